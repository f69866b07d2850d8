"""The papers of a piece of management work that are to be issued: no procedure is asked of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from kcbx_docs.case.files import LoadedWork
from kcbx_docs.issuing.anew import reworded
from kcbx_docs.issuing.of_file import FileMatter
from kcbx_docs.issuing.to_issue import ToIssue
from kcbx_docs.ledger.numbers import normalise
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import Issue
from kcbx_docs.office.work_made import with_issued
from kcbx_docs.papers.issued import issue_of_work
from kcbx_docs.papers.numbers import number_text
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.work_plan import plan_work
from kcbx_docs.problems import Place, Problems, raise_errors, stop
from kcbx_docs.words import advice_for_name


@dataclass(frozen=True)
class WorkMatter(FileMatter):
    """A piece of management work and its file."""

    loaded: LoadedWork

    @property
    def numbers(self) -> Sequence[str]:
        """List the numbers that the file writes."""
        return [made.number for made in self.loaded.work.made]

    def papers(self, wanted: ToIssue) -> tuple[Sequence[Paper], Problems]:
        """Plan a paper for each of those to whom it goes, or for the one who is named."""
        front = self.office.library.find(wanted.document).front
        now = self.loaded if wanted.again else with_issued(self.loaded, self.office)
        papers, found = plan_work(now, self.office, wanted.day, (front.id,))
        found = raise_errors(found)
        papers = self._meant(papers, wanted)
        if len(papers) > 1 and (wanted.number or wanted.final or wanted.existing):
            told = "、".join(one.guardian for one in papers)
            raise stop("ISSU007", Place(), title=front.title, names=told)
        for paper in papers:
            if paper.day > wanted.today:
                raise stop("ISSU006", Place(str(self.loaded.path)), day=paper.day)
        return papers, found

    def _meant(self, papers: tuple[Paper, ...], wanted: ToIssue) -> tuple[Paper, ...]:
        """Keep the paper of the unit that is named; all where none is."""
        names = [party.name for party in self.loaded.work.parties]
        if not wanted.guardian:
            return papers
        if wanted.guardian not in names:
            facts = {"name": wanted.guardian, "advice": advice_for_name(wanted.guardian, names)}
            raise stop("WORK060", Place(str(self.loaded.path)), **facts)
        return tuple(one for one in papers if one.guardian in ("", wanted.guardian))

    def issued(self, paper: Paper, issues: Sequence[Issue]) -> Issue | None:
        """Return the issue of a planned paper; nothing if it never left the house."""
        return issue_of_work(paper, issues)

    def otherwise(self, paper: Paper, earlier: Issue) -> Problems:
        """Say where a paper that was issued would say another thing today."""
        day = earlier.recorded.day  # what it says of days is what it said on its own
        same, _ = plan_work(self.loaded, self.office, day, (paper.document,), draft=True)
        own = next((one for one in same if one.guardian == paper.guardian), paper)
        return reworded(own, earlier, self.office)

    def written_number(self, paper: Paper) -> str:
        """Return the number that the file writes for a paper."""
        room = number_text(paper.flat.front, paper.issuer, paper.day, paper.flat.said_at("文号"))
        return normalise(paper.number) if paper.number != (room or "") else ""

    def verdict(self, paper: Paper) -> Iterator[str]:
        """Tell that nothing was asked."""
        yield "管理工作的文书，不问程序"

    def facts(self, paper: Paper) -> dict[str, Any]:
        """Return to whom a paper goes that is numbered, or of which the file says it: the one whom
        it is for, or whom the file names.
        """
        front, work = paper.flat.front, self.loaded.work
        if not (front.number or work.recipients):
            return {}
        own = (paper.guardian,) if paper.guardian else [party.name for party in work.parties]
        to = own if front.each_party else work.recipients or own
        return {"recipients": list(to), "copies": list(work.cc)}

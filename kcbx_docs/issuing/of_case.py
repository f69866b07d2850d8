"""The papers of a case that are to be issued: as the procedure allows them."""

from collections.abc import Iterator, Sequence
from datetime import time
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import NUMBERED_ELSEWHERE
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.handwriting.days import read_clock
from kcbx_docs.issuing.anew import reworded
from kcbx_docs.issuing.to_issue import ToIssue
from kcbx_docs.issuing.told import event_of
from kcbx_docs.ledger.model import Recorded
from kcbx_docs.ledger.numbers import normalise
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import PUPIL, Issue
from kcbx_docs.office.copied_case import copied, other_cases
from kcbx_docs.office.opened import Office
from kcbx_docs.packs.model import RECEIPT, Card
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.issued import issue_of
from kcbx_docs.papers.numbers import number_text
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.papers.render import check_guardian
from kcbx_docs.problems import Place, Problem, Problems, UserError, problem, raise_errors, stop
from kcbx_docs.procedure.issuers import issuer_of, issues_here
from kcbx_docs.procedure.verdict import permission
from kcbx_docs.record.acts import ONE_PAPER
from kcbx_docs.record.disagreements import other_deadline


@dataclass(frozen=True)
class CaseMatter:
    """A case on the desk of an office."""

    desk: Desk
    loaded: LoadedCase

    @property
    def id(self) -> str:
        """Return the number of the case."""
        return self.desk.case.id

    @property
    def office(self) -> Office:
        """Return the office whose it is."""
        return self.desk.office

    @property
    def recorded(self) -> Sequence[Recorded]:
        """Return what the ledger holds of it."""
        return self.office.recorded(self.loaded)

    @property
    def numbers(self) -> Sequence[str]:
        """List the numbers of everything that happened."""
        return [event.number for event in self.desk.docket.events]

    def names(self, issuer: str) -> bool:
        """Tell whether its file names the office that issues its papers."""
        return issues_here(self.desk.docket, issuer)

    def _whose(self, front: Card, wanted: ToIssue, found: Problems) -> Problems:
        """Say whose paper it is rather than what it lacks here, where it is another office's."""
        lacks = any(one.code == "PAPR002" for one in found)
        if not lacks or not front.number or wanted.number or wanted.reason:
            return found
        issuer = issuer_of(self.desk.docket, front.id, wanted.day, wanted.guardian).organ
        if issuer is None or self.names(issuer.name):
            return found
        own = self.office.workspace.office.name
        return (problem("ISSU091", Place(), title=front.title, issuer=issuer.name, own=own),)

    def papers(self, wanted: ToIssue) -> tuple[Sequence[Paper], Problems]:
        """Ask the procedure which papers may be issued; one of long ago is only judged."""
        front = self.office.library.find(wanted.document).front
        if front.unit == RECEIPT:
            raise stop("ISSU015", Place(), title=front.title)
        planned, found = plan_case(self.desk, (front.id,))
        found = raise_errors(self._whose(front, wanted, found))
        papers = _meant([paper for paper in planned if paper.document == front.id], wanted)
        papers = tuple(_of_time(papers, wanted))
        if not papers:
            raise stop("PAPR005", Place(str(self.loaded.path)))
        if len(papers) > 1 and (wanted.number or wanted.final or wanted.existing):
            raise _several(papers)
        if not self.recorded:  # the first paper of a case: later ones are of what is known
            found = (*found, *copied(self.loaded, other_cases(self.office.root)))
        if wanted.existing and not wanted.again:
            _check_day(self.desk, papers[0], wanted)
        return papers, found

    def issued(self, paper: Paper, issues: Sequence[Issue]) -> Issue | None:
        """Return the issue of a planned paper; nothing if it never left the house."""
        return issue_of(paper, issues)

    def otherwise(self, paper: Paper, earlier: Issue) -> Problems:
        """Say where a paper that was issued would say another thing today."""
        return (*reworded(paper, earlier, self.office), *self._moved(earlier))

    def _moved(self, earlier: Issue) -> Iterator[Problem]:
        """Say that the file plans another deadline than the order says that was issued."""
        docket, day = self.desk.docket, self.desk.day
        guardian = docket.guardian(earlier.guardian)
        progress = docket.progress(guardian, day) if guardian else None
        order = progress.order if progress else None
        if progress and order and order.act.document == earlier.document:
            yield from other_deadline(docket, progress)

    def written_number(self, paper: Paper) -> str:
        """Return the number under which the record knows a paper."""
        event = paper.facts.get("事项") or {}
        if event.get("事项") in NUMBERED_ELSEWHERE:
            event = {**event, "文号": ""}
        if paper.told is None and not event.get("文号"):
            return ""
        room = number_text(paper.flat.front, paper.issuer, paper.day)
        number = normalise(paper.number)
        return number if number != normalise(room or "") else normalise(event.get("文号") or "")

    def event(self, paper: Paper, number: str) -> tuple[Event | None, Problems]:
        """Return the event of its card; say what the file must tell first."""
        return event_of(paper, self.desk.docket, number, older=self.desk.draft)

    def verdict(self, paper: Paper) -> Iterator[str]:
        """Tell in words what the procedure said of the paper on its day."""
        answer = permission(self.desk.docket, paper.document, paper.guardian, paper.day)
        yield answer.verdict
        for finding in answer.findings:
            yield f"{finding.verdict}：{finding.as_problem().message}"

    def facts(self, paper: Paper) -> dict[str, Any]:
        """Return whose case it is: by another child's file of the same number nobody is served."""
        return {PUPIL: self.loaded.case.pupil.name}


def case_matter(office: Office, loaded: LoadedCase, wanted: ToIssue) -> CaseMatter:
    """Put a case on the desk; stop where its papers are wanted for nobody."""
    check_guardian(loaded, wanted.guardian)
    desk = Desk(
        office,
        office.docket(loaded),
        wanted.day,
        draft=wanted.existing is not None,
        reason=wanted.reason,
        guardian=wanted.guardian,
        anew=wanted.again,
    )
    return CaseMatter(desk, loaded)


def _told_of_day(paper: Paper, wanted: ToIssue) -> bool:
    """Tell whether the record tells of this very paper on the day that is given."""
    return paper.told is not None and paper.told.day == wanted.day


def _several(papers: Sequence[Paper]) -> UserError:
    """Say that only one of several papers may be meant: for whom, or of which time."""
    names = "、".join(_named(paper) for paper in papers)
    timed = len({paper.whom for paper in papers}) < len(papers)
    return stop("ISSU094" if timed else "ISSU007", Place(), title=papers[0].title, names=names)


def _of_time(papers: Sequence[Paper], wanted: ToIssue) -> Sequence[Paper]:
    """Keep the papers of the day of an old one, and of the time that is given."""
    if wanted.existing:
        papers = [paper for paper in papers if _told_of_day(paper, wanted)] or papers
    if wanted.clock is None:
        return papers
    return [paper for paper in papers if _begun(paper) == wanted.clock]


def _begun(paper: Paper) -> time | None:
    """Return at which time that began which a paper records."""
    return read_clock(str((paper.facts.get("事项") or {}).get("时间") or ""))


def _named(paper: Paper) -> str:
    """Name whom a paper is for, with the time of what it records."""
    begun = _begun(paper)
    return f"{paper.whom} {begun:%H:%M}" if begun else paper.whom


def _check_day(desk: Desk, paper: Paper, wanted: ToIssue) -> None:
    """Refuse an older paper whose day the case file tells otherwise."""
    if _told_of_day(paper, wanted):
        return
    made = desk.docket.all_issued(paper.document, wanted.today, paper.guardian)
    near = [act.day for act in made if abs((act.day - wanted.day).days) <= ONE_PAPER]
    if near and wanted.day not in near:
        raise stop("ISSU008", Place(), title=paper.title, day=near[-1], said=wanted.day)


def _meant(papers: Sequence[Paper], wanted: ToIssue) -> tuple[Paper, ...]:
    """Choose for each person the paper that may be made now, else the last that was made, or the
    one that the number or the day says; each event has a paper of its own.
    """
    chosen: dict[object, Paper] = {}
    for place, paper in enumerate(papers):
        whose: object = place if paper.facts["事项"] else paper.guardian
        if not _is_said(chosen.get(whose), wanted):
            chosen[whose] = paper
    return tuple(chosen.values())


def _is_said(paper: Paper | None, wanted: ToIssue) -> bool:
    if paper is None or not paper.issued:
        return False
    numbered = wanted.number and normalise(wanted.number) == normalise(paper.number)
    return bool(numbered or (wanted.existing and paper.day == wanted.day))

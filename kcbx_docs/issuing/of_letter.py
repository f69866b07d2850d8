"""The one paper of an official letter that is to be issued: no procedure is asked of it."""

from collections.abc import Iterator, Sequence
from typing import Any

from kcbx_docs.case.files import LoadedLetter
from kcbx_docs.issuing.of_file import FileMatter
from kcbx_docs.issuing.to_issue import ToIssue
from kcbx_docs.ledger.numbers import normalise
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import Issue, issues_in
from kcbx_docs.papers.issued import letter_marks, letter_problems, standing_letter
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.plan import plan_letter
from kcbx_docs.problems import Place, Problems, raise_errors, stop


@dataclass(frozen=True)
class LetterMatter(FileMatter):
    """An official letter and its file."""

    loaded: LoadedLetter

    @property
    def numbers(self) -> Sequence[str]:
        """List the number that the file writes."""
        return [self.loaded.letter.number]

    def papers(self, wanted: ToIssue) -> tuple[Sequence[Paper], Problems]:
        """Plan the letter; its file says for whom it is and of which day."""
        letter, place = self.loaded.letter, Place(str(self.loaded.path))
        if wanted.guardian:
            raise stop("ISSU060", place, name=wanted.guardian)
        papers, found = plan_letter(letter, self.office, wanted.day)
        paper = papers[0]
        self._check_document(paper, wanted)
        if letter.samples and not wanted.existing:
            raise stop("ISSU082", place, text=letter.samples[0])
        if paper.day > wanted.today:
            raise stop("ISSU006", place, day=paper.day)
        if wanted.existing and paper.day != wanted.day:
            raise stop("ISSU008", place, title=paper.title, day=paper.day, said=wanted.day)
        typed, given = normalise(letter.number), normalise(wanted.number)
        if typed and given and typed != given:
            raise stop("ISSU061", place, typed=letter.number, given=wanted.number)
        return papers, raise_errors((*found, *self._changed(wanted)))

    def _changed(self, wanted: ToIssue) -> Problems:
        """Say where the file tells another thing than the letter that left the house."""
        earlier = None if wanted.again else standing_letter(issues_in(self.recorded))
        return letter_problems(self.loaded, earlier) if earlier else ()

    def _check_document(self, paper: Paper, wanted: ToIssue) -> None:
        """Refuse the name of another document; a letter is what its file says."""
        if not wanted.document:
            return
        known = {paper.document, paper.flat.front.title, self.loaded.letter.kind}
        if wanted.document not in known:
            facts = {"kind": self.loaded.letter.kind, "document": wanted.document}
            raise stop("ISSU062", Place(str(self.loaded.path)), **facts)

    def issued(self, paper: Paper, issues: Sequence[Issue]) -> Issue | None:
        """Return its issue, the last if there are several."""
        return standing_letter(issues)

    def otherwise(self, paper: Paper, earlier: Issue) -> Problems:
        """Say nothing more: whoever plans a letter is told already."""
        return ()

    def written_number(self, paper: Paper) -> str:
        """Return the number that its file writes."""
        return normalise(self.loaded.letter.number)

    def verdict(self, paper: Paper) -> Iterator[str]:
        """Tell that nothing was asked."""
        yield "公文，不问程序"

    def facts(self, paper: Paper) -> dict[str, Any]:
        """Return whom the letter is for, who signed it, and by what a changed file is known."""
        letter = self.loaded.letter
        return {
            "recipients": list(letter.recipients),
            "copies": list(letter.copies),
            "signatory": "、".join(letter.signer),
            "marks": letter_marks(letter),
        }

"""The same file brought for two papers, two people or two days: told, for a clerk may have taken
the wrong one; that one receipt bears several papers is how receipts are.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import name_key
from kcbx_docs.case.service_methods import CONFIRMATION
from kcbx_docs.issuing.proofs import ProofFile
from kcbx_docs.issuing.unsigned import unsigned
from kcbx_docs.ledger.blobs import name_of
from kcbx_docs.ledger.model import ISSUED, SEALED, SERVED, Attached, Recorded
from kcbx_docs.ledger.numbers import normalise
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import Issue, event_in, told_of
from kcbx_docs.office.detached import as_attached_now
from kcbx_docs.papers.issued import SCAN
from kcbx_docs.problems import Place, Problem, problem

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book


@dataclass(frozen=True)
class _Use:
    """For what a file is kept: a paper, and whom it reached in which attempt."""

    role: str
    issue: int
    paper: str
    number: str
    whom: str = ""
    day: date | None = None
    mail: str = ""
    """Of an attempt; a scan of the paper itself has no day and no letter."""
    attempt: int = 0
    """Where the ledger holds the attempt, if it does already."""

    def fits(self, other: "_Use") -> bool:
        """Tell whether one sheet of paper is rightly kept for both."""
        if self.attempt and self.attempt == other.attempt:
            return True  # the same attempt, be it told with another day now
        if self.issue and self.issue == other.issue and not (self.day and other.day):
            return True  # the receipt stands on the sealed paper itself
        if not (self.day and other.day):
            return bool(self.number) and normalise(self.number) == normalise(other.number)
        if name_key(self.whom) != name_key(other.whom):
            return False
        together = self.day == other.day or (bool(self.mail) and self.mail == other.mail)
        return together or self.role == other.role == CONFIRMATION

    def __str__(self) -> str:
        served = f"{self.day}送给 {self.whom} 的" if self.day else ""
        return f"{served}{self.paper}的{self.role}"


def of_proofs(
    book: "Book",
    proofs: Sequence[ProofFile],
    issue: int | None,
    whom: str,
    event: Event,
    attempt: int = 0,
) -> Iterator[Problem]:
    """Remind of proofs of an attempt that are kept already for something else."""
    for proof in proofs:
        own = _of_attempt(proof.kind, issue, whom, event, attempt)
        yield from _told(book, proof.data, proof.name, own)
        yield from unsigned(proof.data, proof.name)


def _of_attempt(role: str, issue: int | None, whom: str, event: Event, attempt: int) -> _Use:
    paper, mail = f"《{event.document}》{event.number}", event.mail_number
    return _Use(role, issue or 0, paper, event.number, whom, event.proof_day, mail, attempt)


def another_letter(sent: Iterable[Event], event: Event) -> Iterator[Problem]:
    """Ask whether a letter whose end is told is the one on its way, its number misread."""
    waiting = [one for one in sent if one.mail_number and one.day <= event.day]
    numbers = [one.mail_number for one in waiting]
    if event.mail_number and not event.in_transit and waiting and event.mail_number not in numbers:
        facts = {"mail": numbers[-1], "day": waiting[-1].day, "own": event.mail_number}
        yield problem("SERV111", Place(), **facts)


def of_scan(book: "Book", issue: Issue, data: bytes, name: str) -> Iterator[Problem]:
    """Remind of a scan of a paper that is kept already for something else."""
    about = f"《{issue.title}》{issue.number}"
    own = _Use(SEALED, issue.seq, about, issue.number, issue.guardian)
    told = [*_told(book, data, name, own)]
    yield from told or unsigned(data, name)


def of_older(book: "Book", number: str, data: bytes, name: str) -> Iterator[Problem]:
    """Remind of the scan of a paper that is older than the ledger, if it is of another there."""
    yield from _told(book, data, name, _Use(SCAN, 0, "", number))


def _told(book: "Book", data: bytes, name: str, own: _Use) -> Iterator[Problem]:
    """Say once that a file is kept for something else, be it for several."""
    digest = name_of(data)
    for one in as_attached_now(book.events_naming(digest)):
        for file in one.attached:
            if file.sha256 != digest:
                continue
            if one.kind == ISSUED and not own.day and file.role in _UNSEALED:
                yield problem("SERV091", Place(), name=name, seq=one.seq)
                return
            other = _use(book, one, file)
            if other and not own.fits(other):
                yield problem("SERV090", Place(), name=name, seq=one.seq, about=other)
                return


_UNSEALED = ("pdf", "docx")


def _use(book: "Book", one: Recorded, file: Attached) -> _Use | None:
    """Tell for what an event keeps a file; a slip of a school proves neither paper nor service."""
    about = one.data.get("proves") or one.data.get("corrects") or one.data.get("issue")
    root = book.event(about) if about and one.kind != SERVED else one
    if root is None or root.kind not in (ISSUED, SERVED):
        return None
    if root.kind == ISSUED:
        issue = Issue(root)
        paper = f"《{issue.title}》{issue.number}"
        return _Use(file.role, root.seq, paper, issue.number, issue.guardian)
    told = told_of(book.events(root.case)).get(root.seq)
    event = told or event_in(root.data["event"])
    whom = str(root.data.get("guardian") or root.data.get("organ") or "")
    return _of_attempt(file.role, root.data.get("issue"), whom, event, root.seq)

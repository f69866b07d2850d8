"""What would be issued if it were issued now: laid out to be looked at, and nothing is recorded."""

from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kcbx_docs.case.files import Issuable
from kcbx_docs.issuing.issue import Issued, check_asked, made_ready, matter_of
from kcbx_docs.issuing.number_judged import judged, number_of
from kcbx_docs.issuing.prepare import Ready, expected, lay_out
from kcbx_docs.issuing.to_issue import ToIssue
from kcbx_docs.ledger.codes import code_to_try
from kcbx_docs.ledger.model import Series
from kcbx_docs.light import dataclass
from kcbx_docs.office.opened import Office
from kcbx_docs.office.reason import unknown_signatory
from kcbx_docs.papers.files import File
from kcbx_docs.problems import Problem, Problems, UserError, as_warning, errors

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book


@dataclass(frozen=True)
class Proposed:
    """A paper as it would leave the house now, or as it left it before."""

    document: str
    title: str
    guardian: str
    day: date
    number: str = ""
    """What it would be numbered if nobody else takes that number first."""
    files: tuple[File, ...] = ()
    before: bool = False


def proposed(
    office: Office, loaded: Issuable, wanted: ToIssue, of_file: Problems = ()
) -> tuple[tuple[Proposed, ...], Problems]:
    """Lay out what issuing would make now; raise with every reason against it. All that issuing
    would remind of is told, what is to be said ``of_file`` first.
    """
    check_asked(office, wanted)
    matter = matter_of(replace(office), loaded, wanted)
    book = matter.office.register.book if matter.office.register else None
    done, waiting, found = made_ready(matter, wanted, code_to_try)
    signed = unknown_signatory(wanted.signatory, office.workspace)
    signed = (*signed, *office.unknown_clerk(wanted.by))
    numbered = dict(_numbered(waiting, book))
    doubts = tuple(_judged(waiting, numbered, book))
    papers = (
        _waiting(waiting[at], numbered[at]) if at in waiting else _before(done[at])
        for at in sorted({*done, *waiting})
    )
    return tuple(papers), tuple(dict.fromkeys((*of_file, *signed, *found, *doubts)))


def waived(office: Office, loaded: Issuable, wanted: ToIssue) -> Problems:
    """List what stands against issuing and is let pass for the reason that is given alone."""
    if not wanted.reason:
        return ()
    try:
        proposed(office, loaded, replace(wanted, reason=""))
    except UserError as error:
        return tuple(map(as_warning, errors(error.problems)))
    return ()


def _numbered(waiting: dict[int, Ready], book: "Book | None") -> Iterator[tuple[int, int]]:
    """Tell which serial each paper would probably get: several of them take one each."""
    taken: Counter[Series | None] = Counter()
    for place in sorted(waiting):
        series = waiting[place].series
        yield place, expected(series, book) + taken[series]
        taken[series] += series is not None


def _judged(
    waiting: dict[int, Ready], numbered: dict[int, int], book: "Book | None"
) -> Iterator[Problem]:
    """Yield what is doubtful of the numbers; raise where one could not be taken."""
    with book.looking() if book else nullcontext() as pen:
        for place, one in waiting.items():
            yield from judged(pen, one, numbered[place])[1]


def _before(one: Issued) -> Proposed:
    of = one.issue
    return Proposed(of.document, of.title, of.guardian, of.recorded.day, of.number, before=True)


def _waiting(one: Ready, serial: int) -> Proposed:
    paper = one.paper
    if one.series and not one.laid.fits(serial):
        one, _ = lay_out(one, serial)
    return Proposed(
        paper.document,
        paper.title,
        paper.guardian,
        paper.day,
        number_of(one, serial),
        one.laid.with_serial(serial),
    )

"""What would be issued if it were issued now: laid out to be looked at, and nothing is recorded."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kcbx_docs.case.files import Issuable
from kcbx_docs.issuing.issue import Issued, check_asked, made_ready, matter_of, number_of
from kcbx_docs.issuing.prepare import Ready, expected, lay_out
from kcbx_docs.issuing.to_issue import ToIssue
from kcbx_docs.ledger.codes import code_to_try
from kcbx_docs.ledger.model import Series
from kcbx_docs.light import dataclass
from kcbx_docs.office.opened import Office
from kcbx_docs.office.reason import unknown_signatory
from kcbx_docs.papers.files import File
from kcbx_docs.problems import Problems, UserError, as_warning, errors

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
    return tuple(_told(done, waiting, book)), tuple(dict.fromkeys((*of_file, *signed, *found)))


def waived(office: Office, loaded: Issuable, wanted: ToIssue) -> Problems:
    """List what stands against issuing and is let pass for the reason that is given alone."""
    if not wanted.reason:
        return ()
    try:
        proposed(office, loaded, replace(wanted, reason=""))
    except UserError as error:
        return tuple(map(as_warning, errors(error.problems)))
    return ()


def _told(
    done: dict[int, Issued], waiting: dict[int, Ready], book: "Book | None"
) -> Iterator[Proposed]:
    taken: Counter[Series | None] = Counter()
    for place in sorted({*done, *waiting}):
        if place not in waiting:
            yield _before(done[place])
            continue
        one = waiting[place]
        yield _waiting(one, expected(one.series, book) + taken[one.series])
        taken[one.series] += one.series is not None  # several papers take one number each


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

"""Issue a paper: ask the procedure, lay it out, take its number, freeze and record it.

The number is taken under the ledger's lock and stamped into what was laid out before; number,
bytes and event are recorded together or not at all. Who asks again gets the first answer.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from kcbx_docs.case.files import Issuable, LoadedLetter, LoadedWork
from kcbx_docs.issuing.matter import Matter
from kcbx_docs.issuing.number_judged import judged, number_of
from kcbx_docs.issuing.of_case import case_matter
from kcbx_docs.issuing.of_letter import LetterMatter
from kcbx_docs.issuing.of_work import WorkMatter
from kcbx_docs.issuing.once import before_withdrawal, told_otherwise
from kcbx_docs.issuing.prepare import Ready, lay_out, ready, role_of
from kcbx_docs.issuing.to_issue import ToIssue
from kcbx_docs.ledger.model import ISSUED, Draft, Recorded
from kcbx_docs.ledger.numbers import normalise
from kcbx_docs.ledger.who import at_this_machine
from kcbx_docs.light import dataclass
from kcbx_docs.locking import only_writer
from kcbx_docs.office.book import FOLDER, Issue, book_of, issues_in, ledger_id
from kcbx_docs.office.opened import Office
from kcbx_docs.office.reason import check_reason
from kcbx_docs.problems import Place, Problem, Problems, problem, raise_errors, stop

if TYPE_CHECKING:
    from kcbx_docs.ledger.pen import Pen

_ROUNDS = 50
_PATIENCE = 600.0


@dataclass(frozen=True)
class Issued:
    """A paper that left the house; ``before`` if that was earlier, and nothing new is recorded."""

    issue: Issue
    name: str
    """What its files are called."""
    before: bool = False


class _AgainError(Exception):
    """A paper does not fit the serial that it would get; or, with none, the case moved on."""

    def __init__(self, place: int = 0, serial: int = 0) -> None:
        super().__init__()
        self.place, self.serial = place, serial


def issue(office: Office, loaded: Issuable, wanted: ToIssue) -> tuple[tuple[Issued, ...], Problems]:
    """Issue a document of a case to whom it concerns, or a letter; raise with every reason
    against it.
    """
    check_asked(office, wanted)
    for _ in range(_ROUNDS):
        try:  # each time the ledger is read anew
            return _issue(matter_of(replace(office), loaded, wanted), wanted)
        except _AgainError:
            continue
    raise stop("ISSU003", Place(), case=ledger_id(loaded))


def check_asked(office: Office, wanted: ToIssue) -> None:
    """Refuse what is asked for in a way that cannot be."""
    check_reason(wanted.reason, office.workspace)
    if wanted.again and not wanted.reason:
        raise stop("ISSU004")
    if wanted.final and wanted.existing:
        raise stop("ISSU005")
    if normalise(wanted.number).endswith("〕号"):
        raise stop("ISSU092", Place(), number=wanted.number)
    if wanted.day > wanted.today:
        raise stop("ISSU006", Place(), day=wanted.day)


def matter_of(office: Office, loaded: Issuable, wanted: ToIssue) -> Matter:
    """Return what a paper of a file belongs to; raise where it cannot be issued there."""
    if isinstance(loaded, LoadedLetter):
        return LetterMatter(office, loaded)
    if isinstance(loaded, LoadedWork):
        return WorkMatter(office, loaded)
    return case_matter(office, loaded, wanted)


def _issue(matter: Matter, wanted: ToIssue) -> tuple[tuple[Issued, ...], Problems]:
    known = matter.recorded
    done, waiting, found = made_ready(matter, wanted, partial(_new_code, matter.office))
    if waiting:
        with _turn(matter.office, waiting.values()):
            made, more = _record(matter, waiting, known)
        done |= made
        found = (*found, *more)
    return tuple(done[place] for place in sorted(done)), tuple(dict.fromkeys(found))


def _new_code(office: Office) -> str:
    """Make a code of the ledger's; one that is not begun yet is begun."""
    from kcbx_docs.ledger.codes import new_code

    register = office.register
    book = register.book if register else book_of(office.root, office.workspace, create=True)
    return new_code(book.head().ledger)


def made_ready(
    matter: Matter, wanted: ToIssue, new_code: Callable[[], str]
) -> tuple[dict[int, Issued], dict[int, Ready], Problems]:
    """Tell which of the papers that are wanted left the house before, and lay out the others;
    raise with every reason against them.
    """
    register = matter.office.register
    issues, book = issues_in(matter.recorded), register.book if register else None
    papers, found = matter.papers(wanted)
    done: dict[int, Issued] = {}
    waiting: dict[int, Ready] = {}
    for place, paper in enumerate(papers):
        if earlier := None if wanted.again else matter.issued(paper, issues):
            raise_errors(told_otherwise(earlier, wanted))
            done[place] = Issued(earlier, paper.name, before=True)
            found = (*found, *matter.otherwise(paper, earlier))
            continue
        raise_errors(before_withdrawal(matter, paper, wanted, issues))
        waiting[place], more = ready(matter, paper, wanted, issues, book, new_code)
        found = (*found, *more)
    return done, waiting, (*found, *(dated_back(matter, wanted) if waiting else ()))


def dated_back(matter: Matter, wanted: ToIssue) -> Iterator[Problem]:
    """Ask about a paper that is made now and bears a day that is over; what was signed before has
    the day of its signature.
    """
    if wanted.day >= wanted.today or wanted.existing or wanted.final:
        return
    later = [one.day for one in matter.recorded if one.kind == ISSUED and one.day > wanted.day]
    than = f"，本案 {max(later)} 制发的还在它后面" if later else ""
    yield problem("ISSU110", Place(), day=wanted.day, today=wanted.today, than=than)


@contextmanager
def _turn(office: Office, waiting: Collection[Ready]) -> Iterator[None]:
    """Have those wait for each other whose papers must be laid out for one number alone."""
    slow = any(one.numbering and one.laid.stencil is None for one in waiting)
    if not slow:
        with nullcontext():
            yield
        return
    folder = office.root / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    with only_writer(folder, FOLDER, patience=_PATIENCE):
        yield


def _record(
    matter: Matter, waiting: dict[int, Ready], known: Sequence[Recorded]
) -> tuple[dict[int, Issued], Problems]:
    """Record papers together; what does not fit its number is laid out again first."""
    office = matter.office
    book = book_of(office.root, office.workspace, create=True)
    wanted = next(iter(waiting.values())).wanted
    who = at_this_machine(wanted.by, pack=office.library.chain.pack.version)
    found: Problems = ()
    for _ in range(_ROUNDS):
        try:
            with book.writing(who) as pen:
                done, more = _written(pen, waiting, known)
            return done, (*found, *more)
        except _AgainError as again:
            if not again.serial:
                raise
            waiting[again.place], more = lay_out(waiting[again.place], again.serial)
            found = (*found, *more)
    raise stop("ISSU003", Place(), case=matter.id)


def _written(
    pen: "Pen", waiting: dict[int, Ready], known: Sequence[Recorded]
) -> tuple[dict[int, Issued], Problems]:
    """Append the papers while nobody else writes."""
    done: dict[int, Issued] = {}
    found: list[Problem] = []
    events = pen.events(next(iter(waiting.values())).matter.id)
    moved = len(events) != len(known)
    for place, one in waiting.items():
        if first := pen.known(one.key):
            name = first.attached[0].name.rpartition(".")[0]
            later = tuple(other for other in events if other.data.get("issue") == first.seq)
            done[place] = Issued(Issue(first, later), name, before=True)
            continue
        if moved:
            raise _AgainError
        serial = pen.next_serial(one.series) if one.series else 0
        if one.series and not one.laid.fits(serial):
            raise _AgainError(place, serial)
        copy_of, told = judged(pen, one, serial)
        found += told
        draft = _draft(pen, one, serial, copy_of)
        made = pen.append(draft)
        done[place] = Issued(Issue(made), one.paper.name)
    return done, tuple(found)


def _draft(pen: "Pen", one: Ready, serial: int, copy_of: int) -> Draft:
    """Keep the files of a paper, and write what is recorded of it."""
    number = number_of(one, serial)
    files = one.laid.with_serial(serial)
    attached = [pen.keep(file.data, role_of(file, one.wanted), file.name) for file in files]
    return Draft(
        ISSUED,
        one.matter.id,
        one.paper.day,
        one.data(number, serial, pen.head().ledger, copy_of),
        tuple(attached),
        one.key,
    )

"""Issue a paper: ask the procedure, lay it out, take its number, freeze and record it.

The number is taken under the ledger's lock and stamped into what was laid out before; number,
bytes and event are recorded together or not at all. Who asks again gets the first answer.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.issuing.prepare import Ready, lay_out, ready, role_of
from kcbx_docs.issuing.to_issue import ToIssue
from kcbx_docs.ledger.model import ISSUED, Draft, Recorded, Series
from kcbx_docs.ledger.numbers import normalise
from kcbx_docs.ledger.who import at_this_machine
from kcbx_docs.locking import only_writer
from kcbx_docs.office.book import FOLDER, Issue, book_of, issues_in
from kcbx_docs.office.opened import Office
from kcbx_docs.office.reason import check_reason
from kcbx_docs.packs.model import RECEIPT
from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.issued import issue_of
from kcbx_docs.papers.paper import Paper
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.papers.render import check_guardian
from kcbx_docs.problems import Place, Problem, Problems, problem, raise_errors, stop
from kcbx_docs.record.acts import ONE_PAPER

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book
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


def issue(
    office: Office, loaded: LoadedCase, wanted: ToIssue
) -> tuple[tuple[Issued, ...], Problems]:
    """Issue a document of a case to whom it concerns; raise with every reason against it."""
    _check(office, loaded, wanted)
    for _ in range(_ROUNDS):
        office = replace(office)  # reads the ledger anew
        try:
            return _issue(office, loaded, wanted)
        except _AgainError:
            continue
    raise stop("ISSU003", Place(), case=loaded.case.id)


def _check(office: Office, loaded: LoadedCase, wanted: ToIssue) -> None:
    """Refuse what is asked for in a way that cannot be."""
    check_reason(wanted.reason, office.workspace)
    check_guardian(loaded.case, wanted.guardian)
    if wanted.again and not wanted.reason:
        raise stop("ISSU004")
    if wanted.final and wanted.existing:
        raise stop("ISSU005")
    if wanted.day > wanted.today:
        raise stop("ISSU006", Place(), day=wanted.day)


def _issue(
    office: Office, loaded: LoadedCase, wanted: ToIssue
) -> tuple[tuple[Issued, ...], Problems]:
    register = office.register
    known = register.of_case(loaded.case.id) if register else ()
    issues, book = issues_in(known), register.book if register else None
    desk, papers, found = _planned(office, loaded, wanted)
    done: dict[int, Issued] = {}
    waiting: dict[int, Ready] = {}
    for place, paper in enumerate(papers):
        if earlier := None if wanted.again else issue_of(paper, issues):
            done[place] = Issued(earlier, paper.name, before=True)
            continue
        waiting[place], more = ready(desk, paper, wanted, issues, book)
        found = (*found, *more)
    if waiting:
        with _turn(office, waiting.values()):
            made, more = _record(office, desk, waiting, known)
        done |= made
        found = (*found, *more)
    return tuple(done[place] for place in sorted(done)), tuple(dict.fromkeys(found))


def _planned(
    office: Office, loaded: LoadedCase, wanted: ToIssue
) -> tuple[Desk, Sequence[Paper], Problems]:
    """Ask the procedure which papers may be issued; one that was made long ago is only judged."""
    front = office.library.find(wanted.document).front
    document = front.id
    if front.unit == RECEIPT:
        raise stop("ISSU015", Place(), title=front.title)
    desk = Desk(
        office,
        office.docket(loaded),
        wanted.day,
        draft=wanted.existing is not None,
        reason=wanted.reason,
        guardian=wanted.guardian,
        anew=wanted.again,
    )
    papers, found = plan_case(desk, (document,))
    found = raise_errors(found)
    papers = _meant([paper for paper in papers if paper.document == document], wanted)
    if wanted.existing:
        papers = tuple(paper for paper in papers if _told_of_day(paper, wanted)) or papers
    if not papers:
        raise stop("PAPR005", Place(str(loaded.path)))
    if len(papers) > 1 and (wanted.number or wanted.final or wanted.existing):
        names = "、".join(paper.whom for paper in papers)
        raise stop("ISSU007", Place(), title=papers[0].title, names=names)
    if wanted.existing:
        _check_day(desk, papers[0], wanted)
    return desk, papers, found


def _told_of_day(paper: Paper, wanted: ToIssue) -> bool:
    """Tell whether the record tells of this very paper on the day that is given."""
    return paper.told is not None and paper.told.day == wanted.day


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
    office: Office, desk: Desk, waiting: dict[int, Ready], known: Sequence[Recorded]
) -> tuple[dict[int, Issued], Problems]:
    """Record papers together; what does not fit its number is laid out again first."""
    book = book_of(office.root, office.workspace, create=True)
    wanted = next(iter(waiting.values())).wanted
    who = at_this_machine(wanted.by, pack=desk.library.chain.pack.version)
    found: Problems = ()
    for _ in range(_ROUNDS):
        try:
            with book.writing(who) as pen:
                done, more = _written(book, pen, waiting, known)
            return done, (*found, *more)
        except _AgainError as again:
            if not again.serial:
                raise
            waiting[again.place], more = lay_out(waiting[again.place], again.serial)
            found = (*found, *more)
    raise stop("ISSU003", Place(), case=desk.case.id)


def _written(
    book: "Book", pen: "Pen", waiting: dict[int, Ready], known: Sequence[Recorded]
) -> tuple[dict[int, Issued], Problems]:
    """Append the papers while nobody else writes."""
    done: dict[int, Issued] = {}
    found: list[Problem] = []
    moved = len(book.events(next(iter(waiting.values())).desk.case.id)) != len(known)
    for place, one in waiting.items():
        if first := pen.known(one.key):
            name = first.attached[0].name.rpartition(".")[0]
            done[place] = Issued(Issue(first), name, before=True)
            continue
        if moved:
            raise _AgainError
        serial = pen.next_serial(one.series) if one.series else 0
        if one.series and not one.laid.fits(serial):
            raise _AgainError(place, serial)
        found += _doubts(pen, one, serial)
        draft = _draft(book, one, serial, _shared(pen, one))
        done[place] = Issued(Issue(pen.append(draft)), one.paper.name)
    return done, tuple(found)


def _shared(pen: "Pen", one: Ready) -> int:
    """Return the issue with which a paper shares the number that the case file wrote for several
    people; a number that is given here is nobody else's.
    """
    number = normalise(one.paper.number)
    held = pen.holder_of(number, one.paper.issuer.name) if one.typed else None
    if held is None or held.case != one.desk.case.id:
        return 0
    other = Issue(held)
    same = other.document == one.paper.document and held.day == one.paper.day
    return held.seq if same and other.guardian != one.paper.guardian else 0


def _draft(book: "Book", one: Ready, serial: int, copy_of: int) -> Draft:
    """Keep the files of a paper, and write what is recorded of it."""
    number = one.numbering.text(serial) if one.numbering else normalise(one.paper.number)
    files = one.laid.with_serial(serial)
    attached = [book.keep(file.data, role_of(file, one.wanted), file.name) for file in files]
    return Draft(
        ISSUED,
        one.desk.case.id,
        one.paper.day,
        one.data(number, serial, copy_of),
        tuple(attached),
        one.key,
    )


def _doubts(pen: "Pen", one: Ready, serial: int) -> Iterator[Problem]:
    """Refuse a number of our own that the case file has given already; tell of days that run
    backwards.
    """
    if one.numbering is None or one.series is None:
        return
    typed = [one.numbering.serial_of(normalise(event.number)) for event in one.desk.docket.events]
    highest = max((number for number in typed if number), default=0)
    if highest >= serial and not _given_here(pen, one.series, highest):
        facts = {"word": one.series.word, "year": one.series.year, "last": highest}
        raise stop("ISSU009", Place(), number=one.numbering.text(serial), **facts)
    before = pen.holder(one.series, serial - 1) if serial > 1 else None
    if before and before.day > one.paper.day:
        facts = {"number": one.numbering.text(serial), "day": one.paper.day, "other": before.day}
        yield problem("ISSU011", Place(), **facts)


def _given_here(pen: "Pen", series: Series, serial: int) -> bool:
    """Tell whether a number that the record knows is the ledger's own."""
    return pen.holder(series, serial) is not None

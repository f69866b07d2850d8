"""Series of numbers: where one begins that ran on paper before, and how far each has come."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kcbx_docs.case.files import find_workspace
from kcbx_docs.case.workspace import Organ, school_organ
from kcbx_docs.ledger.model import ISSUED, STARTED, Draft, Series, series_of
from kcbx_docs.ledger.pen import is_given
from kcbx_docs.ledger.who import at_this_machine
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import book_of, register_of
from kcbx_docs.office.files import CASES, files_below
from kcbx_docs.office.opened import Office
from kcbx_docs.papers.numbers import Numbering, numbering
from kcbx_docs.problems import Place, UserError, stop
from kcbx_docs.reading import read_text
from kcbx_docs.words import advice_for_name

WHY = "台账启用以前，纸面上已经用到前一个号"


@dataclass(frozen=True)
class Run:
    """How far a series has come."""

    series: Series
    issued: int
    next: int
    sample: str
    """The next number as it is written."""


def start(office: Office, word: str, year: int, serial: int, reason: str, by: str) -> Run:
    """Have a series go on with a serial, upward only; where it does already, nothing happens."""
    told = _known(office, word, year)
    series = Series(told.organ, told.word, year)
    book = book_of(office.root, office.workspace, create=True)
    with book.writing(at_this_machine(by)) as pen:
        following = pen.above(series)  # of a copy, too: it goes on where it is told to start
        if serial < following:
            facts = {"serial": serial, "word": word, "year": year, "next": following}
            raise stop("ISSU012", Place(), **facts)
        if serial > following:
            data = {
                "series": {"issuer": series.issuer, "word": series.word, "year": year},
                "last": serial - 1,
                "reason": reason or WHY,
            }
            pen.append(Draft(STARTED, "", date(year, 1, 1), data))
            following = pen.next_serial(series)
    issued = sum(series_of(one.data) == series for one in book.events(kinds=(ISSUED,)))
    return Run(series, issued, following, told.text(following))


def runs(office: Office) -> tuple[Run, ...]:
    """List the series that were used, and where each goes on."""
    register = register_of(office.root, office.workspace)
    events = register.book.events(kinds=(ISSUED, STARTED)) if register else ()
    count: dict[Series, int] = {}
    ours: set[Series] = set()
    for one in events:
        if series := series_of(one.data):
            count[series] = count.get(series, 0) + (one.kind == ISSUED)
            ours |= {series} if one.kind == STARTED or not is_given(one.data) else set()
    own = office.workspace.office.name  # what others numbered goes on with them
    count = {one: made for one, made in count.items() if one in ours or one.issuer == own}
    following = register.book.following(tuple(count)) if register else ()
    pairs = zip(count.items(), following, strict=True)
    return tuple(_run(office, series, issued, serial) for (series, issued), serial in pairs)


def _run(office: Office, series: Series, issued: int, serial: int) -> Run:
    known = {(one.organ, one.word): one for one in _every(office, series.year)}
    told = known.get((series.issuer, series.word))
    sample = told.text(serial) if told else f"{series.word}〔{series.year}〕{serial}号"
    return Run(series, issued, serial, sample)


def check_unused(root: Path, told: Numbering) -> None:
    """Refuse the first number of a series whose numbers somebody typed before the ledger began;
    an office within this one has a ledger of its own.
    """
    home = root.resolve()
    every = files_below([root / CASES], workspace=False)
    for path in (one for one in every if find_workspace(one.parent) == home):
        text, _ = read_text(path)
        if used := told.serials_in(text or ""):
            facts = {"word": told.word, "year": told.year, "last": max(used)}
            raise stop("ISSU009", Place(str(path)), number=told.text(1), **facts)


def _known(office: Office, word: str, year: int) -> Numbering:
    """Find how the documents with a word are numbered."""
    every = list(_every(office, year))
    for one in every:
        if one.word == word:
            return one
    advice = advice_for_name(word, sorted({one.word for one in every}))
    raise stop("ISSU013", Place(), word=word, advice=advice)


def _every(office: Office, year: int) -> Iterator[Numbering]:
    """Yield how every document of every organ of the office is numbered."""
    cards, _ = office.library.cards()
    for organ in _organs(office):
        for card in cards.values():
            try:
                told = numbering(card, organ, date(year, 1, 1))
            except UserError:  # an organ without a word of its own numbers nothing
                continue
            if told and (not card.issuers or organ.kind in card.issuers):
                yield told


def _organs(office: Office) -> Iterator[Organ]:
    yield from office.workspace.organs
    yield from (school_organ(school) for school in office.workspace.schools)

"""What speaks against the number that a paper would get: asked before it is taken, and then."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kcbx_docs.issuing.prepare import Ready
from kcbx_docs.ledger.model import Series
from kcbx_docs.ledger.numbers import normalise, parts_of
from kcbx_docs.office.book import Issue
from kcbx_docs.problems import Place, Problem, Problems, problem, stop

if TYPE_CHECKING:
    from kcbx_docs.ledger.pen import Pen


def judged(pen: "Pen | None", one: Ready, serial: int) -> tuple[int, Problems]:
    """Refuse a number that cannot be the paper's; return with which issue it is shared, and what
    is doubtful of it. Without a pen nothing was ever issued here.
    """
    found = tuple(_doubts(pen, one, serial))
    copy_of = _shared(pen, one) if pen else 0
    if pen:
        pen.refuse_taken(one.numbered(number_of(one, serial), serial, copy_of))
    return copy_of, found


def number_of(one: Ready, serial: int) -> str:
    """Return the number of a paper: with its serial, or as it was given."""
    return one.numbering.text(serial) if one.numbering else normalise(one.paper.number)


def _shared(pen: "Pen", one: Ready) -> int:
    """Return the issue with which a paper shares the number that the case file wrote for several
    people; a number that is given here is nobody else's.
    """
    number = normalise(one.paper.number)
    held = pen.holder_of(number, one.paper.issuer.name) if one.typed else None
    if held is None or held.case != one.matter.id:
        return 0
    other = Issue(held)
    same = other.document == one.paper.document and held.day == one.paper.day
    return held.seq if same and other.guardian != one.paper.guardian else 0


def _doubts(pen: "Pen | None", one: Ready, serial: int) -> Iterator[Problem]:
    """Refuse a number of our own that the case file has given already; tell of days that run
    backwards, and of a number of others that looks like none.
    """
    yield from _of_given(one)
    if one.numbering is None or one.series is None:
        return
    typed = [one.numbering.serial_of(normalise(number)) for number in one.matter.numbers]
    highest = max((number for number in typed if number), default=0)
    if highest >= serial and not (pen and _given_here(pen, one.series, highest)):
        facts = {"word": one.series.word, "year": one.series.year, "last": highest}
        raise stop("ISSU009", Place(), number=one.numbering.text(serial), **facts)
    before = pen.holder(one.series, serial - 1) if pen and serial > 1 else None
    if before and before.day > one.paper.day:
        facts = {"number": one.numbering.text(serial), "day": one.paper.day, "other": before.day}
        yield problem("ISSU011", Place(), **facts)


def _of_given(one: Ready) -> Iterator[Problem]:
    """Doubt a number that somebody typed, if it is of no known shape or of another year."""
    number = normalise(one.wanted.number)
    parts = parts_of(number)
    if number and parts is None:
        yield problem("ISSU080", Place(), number=number)
    if parts and parts.year != one.paper.day.year:
        yield problem("ISSU081", Place(), number=number, day=one.paper.day)


def _given_here(pen: "Pen", series: Series, serial: int) -> bool:
    """Tell whether a number that the record knows is the ledger's own."""
    return pen.holder(series, serial) is not None

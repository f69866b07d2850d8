"""What the codes in a picture say: whose slip it is, or why nobody's may be booked."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from math import hypot

from kcbx_docs.ledger.codes import looks_like_code, read_return_code
from kcbx_docs.ledger.model import PRINTED, VOIDED
from kcbx_docs.light import dataclass
from kcbx_docs.office.returns import Returnable, Returns
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.scans.codes import Box, Found, Looked

_NEAR = 2.0
"""Sides of a code: two slips that lie beside each other are farther apart than that."""


@dataclass(frozen=True)
class SlipsAsked:
    """What is wanted: slips of one batch or of all, and whether an uncut sheet is a slip."""

    batch: str = ""
    uncut: bool = False


EVERYTHING = SlipsAsked()


@dataclass(frozen=True)
class SlipSeen:
    """A slip in a picture, known by its code."""

    part: Returnable
    page: int
    box: Box


@dataclass
class Sorted:
    """What a page shows: slips that may be booked, and what a person must look at."""

    slips: list[SlipSeen] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    strange: int = 0
    """Codes that are none of ours and look like none."""


@dataclass(frozen=True)
class _Code:
    found: Found
    code: str
    part: int


def sort_out(looked: Looked, place: Place, known: Returns, asked: SlipsAsked) -> Sorted:
    """Tell what may be booked of a page; only an exact code of our own counts."""
    told = Sorted()
    codes = list(_ours(looked.codes, place, told))
    bare = {one.code for one in codes if not one.part}
    met: set[tuple[str, int]] = set()
    for one in codes:
        where = _spot(one.found.box)
        if (one.code, one.part) in met:
            continue
        met.add((one.code, one.part))
        if one.part and (fault := _unclear(one, codes, looked)):
            told.problems.append(problem(fault, place, where=where))
        elif one.part and one.code in bare and not asked.uncut:
            told.problems.append(_uncut(one, place, known))
        elif one.part or not _has_slip(one, codes):
            _book_or_tell(one, place, known, asked, told)
    for box in looked.unread:
        told.problems.append(problem("SLIP002", place, where=_spot(box)))
    if not (codes or told.problems or looked.blank):
        told.problems.append(problem("SLIP001", place))
    return told


def _ours(codes: Sequence[Found], place: Place, told: Sorted) -> Iterator[_Code]:
    """Yield codes that are whole; a wrong sign is told, what is no code of this kind counted."""
    for found in codes:
        code, part = read_return_code(found.text)
        if code:
            yield _Code(found, code, part)
        elif looks_like_code(found.text.partition(" ")[0]):
            told.problems.append(problem("SLIP003", place, where=_spot(found.box)))
        else:
            told.strange += 1


def _unclear(one: _Code, codes: Sequence[_Code], looked: Looked) -> str:
    """Say why it is not clear which slip the picture shows: another code lies upon it."""
    size = looked.picture.size
    if any(o.code != one.code and _near(o.found.box, one.found.box, size) for o in codes):
        return "SLIP004"
    return "SLIP005" if any(_near(box, one.found.box, size) for box in looked.unread) else ""


def _near(one: Box, other: Box, size: tuple[int, int]) -> bool:
    across, down = (
        abs((one[at] + one[at + 2]) - (other[at] + other[at + 2])) / 2 * size[at] for at in (0, 1)
    )
    side = max(_side(one, size), _side(other, size))
    return hypot(across, down) < _NEAR * side


def _side(box: Box, size: tuple[int, int]) -> float:
    return max((box[2] - box[0]) * size[0], (box[3] - box[1]) * size[1])


def _has_slip(one: _Code, codes: Sequence[_Code]) -> bool:
    return any(other.part and other.code == one.code for other in codes)


def _uncut(one: _Code, place: Place, known: Returns) -> Problem:
    slip = known.by_code(one.code)
    return problem("SLIP006", place, serial=slip.serial if slip else one.code)


def _book_or_tell(
    one: _Code, place: Place, known: Returns, asked: SlipsAsked, told: Sorted
) -> None:
    slip, where = known.by_code(one.code), _spot(one.found.box)
    if slip is None:
        told.problems.append(problem("SLIP007", place, where=where, code=one.code))
    elif not one.part:
        told.problems.append(problem("SLIP008", place, serial=slip.serial))
    elif slip.state == VOIDED:
        other = known.instead_of(slip)
        instead = f"，换成了 {other.serial}" if other else ""
        told.problems.append(problem("SLIP009", place, serial=slip.serial, instead=instead))
    elif asked.batch not in ("", slip.batch):
        facts = {"serial": slip.serial, "batch": slip.batch, "term": slip.term}
        told.problems.append(problem("SLIP010", place, **facts))
    elif slip.state != PRINTED:
        told.problems.append(problem("SLIP011", place, serial=slip.serial, batch=slip.batch))
    elif one.part > len(slip.papers) or slip.papers[one.part - 1] not in slip.back:
        told.problems.append(problem("SLIP007", place, where=where, code=one.code))
    else:
        part = known.of_slip(slip, slip.papers[one.part - 1])
        told.slips.append(SlipSeen(part, one.found.page, one.found.box))


def _spot(box: Box) -> str:
    """Say where on a page something is."""
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    row = "上" if down < 1 / 3 else "下" if down > 2 / 3 else "中"
    column = "左" if across < 1 / 3 else "右" if across > 2 / 3 else "中"
    return "中间" if row == column == "中" else f"{column}{row}"

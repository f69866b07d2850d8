"""Look at laid-out pages: no text outside its place, nothing overlapping, no page too many."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.render.justify import UNDRAWN
from kcbx_docs.render.styles import Layout

PX = 72 / 96  # points in a CSS pixel
TOLERANCE = 1.0  # points
LETTER_MARK_TOP = 30 / 25.4 * 72


@dataclass(frozen=True)
class Line:
    """A laid-out line of text in points from the paper's top left, and the room that it had."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    room: tuple[float, float]
    region: str  # "", "head", "foot" or "slip"

    @property
    def excerpt(self) -> str:
        """Return the beginning of its text."""
        return self.text.translate(UNDRAWN).strip()[:24]


def check_pages(
    pages: Sequence[Any], layout: Layout, place: Place, *, limit: int | None, duplex: bool
) -> Iterator[Problem]:
    """Check the pages of one paper."""
    if limit and len(pages) > limit:
        yield problem("REND105", place, pages=len(pages), limit=limit)
    sheets = [list(read_lines(page)) for page in pages]
    for number, (page, lines) in enumerate(zip(pages, sheets, strict=True), 1):
        yield from _outside(lines, _type_area(page, layout, number), number, place)
        yield from _overlapping(lines, number, place)
    if duplex and layout.duplex_slip:
        yield from _cut_through(sheets, place)


def _type_area(page: Any, layout: Layout, number: int) -> tuple[float, float]:
    box = page._page_box
    top, bottom = box.content_box_y() * PX, (box.content_box_y() + box.height) * PX
    if layout.letterhead and number == 1:
        top = min(top, LETTER_MARK_TOP - 12)
    return top, bottom


def _outside(
    lines: Sequence[Line], area: tuple[float, float], number: int, place: Place
) -> Iterator[Problem]:
    for line in lines:
        where = ""
        if line.top < area[0] - TOLERANCE or line.bottom > area[1] + TOLERANCE:
            where = "版心"
        elif line.left < line.room[0] - TOLERANCE or line.right > line.room[1] + TOLERANCE:
            where = "版心或表格的格子"
        if where:
            yield problem("REND106", place, page=number, where=where, text=line.excerpt)


def _overlapping(lines: Sequence[Line], number: int, place: Place) -> Iterator[Problem]:
    flow = [line for line in lines if not line.region]
    if not flow:
        return
    first, last = min(line.top for line in flow), max(line.bottom for line in flow)
    for line in lines:
        below = line.region in ("foot", "slip") and line.top < last - TOLERANCE
        above = line.region == "head" and line.bottom > first + TOLERANCE and _meets(line, flow)
        if below or above:
            yield problem("REND107", place, page=number, text=line.excerpt)
            return


def _meets(line: Line, others: Sequence[Line]) -> bool:
    for other in others:
        apart = line.right <= other.left or other.right <= line.left
        above = line.bottom - TOLERANCE <= other.top
        below = other.bottom - TOLERANCE <= line.top
        if not (apart or above or below):
            return True
    return False


def _cut_through(sheets: Sequence[Sequence[Line]], place: Place) -> Iterator[Problem]:
    """Find slips that would take text of the other side along when they are cut off."""
    for number, lines in enumerate(sheets):
        slip = [line for line in lines if line.region == "slip"]
        other = number ^ 1  # the other side of the same sheet: 0 and 1, 2 and 3
        if not slip or other >= len(sheets):
            continue
        top = min(line.top for line in slip)
        if any(line.bottom > top for line in sheets[other]):
            yield problem("REND108", place, page=number + 1, other=other + 1)


@cache
def _boxes() -> Any:
    return import_module("weasyprint.formatting_structure.boxes")


def read_lines(page: Any) -> Iterator[Line]:
    """List the lines of text on a page, page numbers aside."""
    boxes = _boxes()
    for child in page._page_box.children:
        if not isinstance(child, boxes.MarginBox):
            yield from _lines(child, (0.0, 0.0), "")


def _lines(box: Any, room: tuple[float, float], region: str) -> Iterator[Line]:
    boxes = _boxes()
    box = getattr(box, "_box", box)
    region = _region(box) or region
    if region in ("corner", "seal"):
        return  # a code in the margin and a seal are no text
    if isinstance(box, boxes.LineBox):
        yield from _line(box, room, region)
    if isinstance(box, boxes.BlockContainerBox):
        left = box.padding_box_x() * PX
        room = (left, left + box.padding_width() * PX)
    for child in getattr(box, "children", ()):
        yield from _lines(child, room, region)


def _line(box: Any, room: tuple[float, float], region: str) -> Iterator[Line]:
    parts = [part for part in _parts(box) if part.width]
    if parts:
        yield Line(
            text=_text(box),
            left=min(part.position_x for part in parts) * PX,
            top=box.position_y * PX,
            right=max(part.position_x + part.width for part in parts) * PX,
            bottom=(box.position_y + box.height) * PX,
            room=room,
            region=region,
        )


def _parts(box: Any) -> Iterator[Any]:
    """Yield the texts and the inline blocks of a line."""
    boxes = _boxes()
    if not isinstance(box, boxes.LineBox | boxes.InlineBox):
        if not isinstance(box, boxes.TextBox) or box.text.strip():
            yield box
        return
    for child in box.children:
        if child.is_in_normal_flow():
            yield from _parts(child)


def _text(box: Any) -> str:
    if isinstance(box, _boxes().TextBox):
        return str(box.text)
    return "".join(_text(child) for child in getattr(box, "children", ()))


def _region(box: Any) -> str:
    # The element of a pseudo-element's box has no attributes.
    if box.element is None or not hasattr(box.element, "get"):
        return ""
    classes = (box.element.get("class") or "").split()
    if "slip" in classes or "receipt" in classes:
        return "slip"
    return next((name for name in ("foot", "head", "corner", "seal") if name in classes), "")

"""A laid-out paper as a plate: what it has in common with its likes, drawn once, and the places of
what is different in each of them.

The blanks of a paper are found by the numbers that their boxes bear. Everything else is drawn as
the layout engine draws it; what stands in the blanks is left out, and set by setting.py.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import field
from itertools import chain
from typing import Any

from kcbx_docs.light import dataclass
from kcbx_docs.render.drawing import (
    SCALE,
    PlatePiece,
    Unfit,
    blank_number,
    boxes,
    draw,
    same_drawing,
    stopping,
)
from kcbx_docs.render.justify import UNDRAWN

LONG = "long"
"""The class of a blank whose value runs on like text."""


@dataclass(frozen=True)
class TextSlot:
    """Where a value stands: its sheet, the left edge and the room in pixels, its baselines."""

    sheet: int
    left: float
    room: float
    baselines: tuple[float, ...]
    centred: bool

    def start(self, width: float) -> float:
        """Return where a line of this width begins."""
        return self.left + (self.room - width) / 2 if self.centred else self.left


@dataclass(frozen=True)
class CodeSlot:
    """Where a code stands: its sheet, its left upper corner and its side in pixels."""

    sheet: int
    left: float
    top: float
    side: float


@dataclass(frozen=True)
class RunLine:
    """A line of a text that runs on: where it begins, how many characters stand on it, and which
    gaps are wider.
    """

    left: float
    baseline: float
    count: int
    gaps: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class RunSlot:
    """Where a value stands that runs on like text: its sheet and its lines."""

    sheet: int
    lines: tuple[RunLine, ...]


Slot = TextSlot | CodeSlot | RunSlot


@dataclass(frozen=True)
class PlateSheet:
    """One page of a plate: its size in points, and what stands outside the blanks."""

    width: float
    height: float
    pieces: tuple[PlatePiece, ...]

    @property
    def drawn(self) -> tuple[bytes, ...]:
        """Return all operators."""
        return tuple(chain.from_iterable(piece.drawn for piece in self.pieces))


Bookmark = tuple[str, tuple[int, float, float], list[Any], str]


@dataclass(frozen=True)
class Plate:
    """A paper without what its blanks hold: its sheets, the places of its values by number, its
    bookmarks, and by face the glyphs that it draws: what each stands for, and its width.
    """

    sheets: tuple[PlateSheet, ...]
    slots: Mapping[int, Slot]
    bookmarks: Sequence[Bookmark]
    drawn: Mapping[str, Mapping[int, tuple[str, int]]]

    def is_like(self, other: "Plate") -> bool:
        """Tell whether another plate is the same, whatever its papers held."""
        return (
            self.slots == other.slots
            and nameless(self.bookmarks) == nameless(other.bookmarks)
            and len(self.sheets) == len(other.sheets)
            and all(
                same_drawing(mine.drawn, yours.drawn)
                for mine, yours in zip(self.sheets, other.sheets, strict=True)
            )
        )


def nameless(bookmarks: Sequence[Bookmark]) -> list[Bookmark]:
    """Return bookmarks without the words of the first, which say whose paper it is."""
    return [("", *one[1:]) for one in bookmarks[:1]] + [*bookmarks[1:]]


@dataclass
class StandingBlank:
    """A blank on a laid-out page: its boxes, the lines and the block that they stand in, and the
    texts in them.
    """

    sheet: int
    boxes: list[Any] = field(default_factory=list)
    lines: list[Any] = field(default_factory=list)
    block: Any = None
    texts: list[Any] = field(default_factory=list)
    split: bool = False
    """Whether it stands on more than one sheet."""
    runs_on: bool = False
    """Whether its text stands where the layout put it, line by line: where no place says so."""

    @property
    def style(self) -> Any:
        """Return how its text is set."""
        return self.boxes[0].style

    @property
    def room(self) -> float:
        """Return how far it is from where it begins to the right edge of its block, or how wide the
        block is if its lines stand in the middle.
        """
        if self.is_centred:
            return float(self.block.width)
        return float(self.block.content_box_x() + self.block.width - self.boxes[0].position_x)

    @property
    def is_centred(self) -> bool:
        """Tell whether its lines stand in the middle of their block."""
        return bool(self.style["text_align_all"] == "center")

    @property
    def is_code(self) -> bool:
        """Tell whether it is drawn as a code."""
        return isinstance(self.boxes[0], boxes().ReplacedBox)

    @property
    def is_long(self) -> bool:
        """Tell whether it holds a value too long for its line."""
        element = getattr(self.boxes[0], "element", None)
        return element is not None and LONG in (element.get("class") or "").split()

    @property
    def is_line(self) -> bool:
        """Tell whether it is a line to write on, and does not run on like text."""
        return len(self.boxes) == 1 and isinstance(self.boxes[0], boxes().InlineBlockBox)


def standing_blanks(document: Any) -> dict[int, StandingBlank]:
    """Find the blanks of a laid-out paper by their numbers."""
    found: dict[int, StandingBlank] = {}
    for number, page in enumerate(document.pages):
        for child in page._page_box.children:
            if not isinstance(child, boxes().MarginBox):
                _collect(child, None, None, number, None, found)
    return found


def _collect(
    box: Any,
    line: Any,
    block: Any,
    sheet: int,
    inside: StandingBlank | None,
    found: dict[int, StandingBlank],
) -> None:
    kinds, box = boxes(), getattr(box, "_box", box)
    number = blank_number(box)
    if number is not None and isinstance(box, kinds.InlineReplacedBox):
        found[number] = StandingBlank(sheet, [box])
    elif number is not None:
        inside = found.setdefault(number, StandingBlank(sheet))
        inside.boxes.append(box)
        inside.split = inside.split or inside.sheet != sheet
        if isinstance(box, kinds.InlineBox):
            inside.lines.append(line)
            inside.block = block
    if isinstance(box, kinds.LineBox):
        line = box
        if inside and isinstance(inside.boxes[-1], kinds.InlineBlockBox):
            inside.lines.append(box)
    if isinstance(box, kinds.BlockContainerBox):
        block = box
    if isinstance(box, kinds.TextBox) and inside:
        inside.texts.append(box)
    for child in getattr(box, "children", ()):
        _collect(child, line, block, sheet, inside, found)


def slot_of(blank: StandingBlank) -> Slot:
    """Return where values stand in a blank of this kind; raise where that is not certain."""
    first = blank.boxes[0]
    if blank.is_code:
        return CodeSlot(blank.sheet, first.content_box_x(), first.content_box_y(), first.width)
    if blank.split:
        raise Unfit("空白处跨页")
    if blank.runs_on:
        return RunSlot(blank.sheet, tuple(map(_run_line, blank.texts)))
    if len({line.position_y for line in blank.lines}) != len(blank.lines) or not blank.lines:
        raise Unfit("空白处断成几段")
    block = first if blank.is_line else blank.block
    centred = blank.is_line or blank.is_centred
    left = block.content_box_x() if centred else first.position_x
    room = block.content_box_x() + block.width - left
    baselines = tuple(line.position_y + line.baseline for line in blank.lines)
    slot = TextSlot(blank.sheet, left, room, baselines, centred)
    _check_texts(blank, slot)
    return slot


def _check_texts(blank: StandingBlank, slot: TextSlot) -> None:
    """Check that texts stand where the place says, plain and black."""
    texts = [text for text in blank.texts if text.text.strip()]
    if texts and len(texts) != len(slot.baselines):
        raise Unfit("空白处的字断成几段")
    for text, baseline in zip(texts, slot.baselines, strict=False):
        color = text.style["color"]
        if abs(text.position_y + text.baseline - baseline) > 0.001:
            raise Unfit("空白处的字不在基线上")
        if abs(text.position_x - slot.start(text.width)) > 0.01:
            raise Unfit("空白处的字不在正中")
        if text.style["text_decoration_line"] != "none" or any(color.coordinates):
            raise Unfit("空白处的字有下划线或者颜色")


def _run_line(text: Any) -> RunLine:
    if any(text.style["color"].coordinates):
        raise Unfit("空白处的字有颜色")
    gaps = getattr(text.pango_layout, "gaps", {})
    baseline, count = text.position_y + text.baseline, len(text.text.translate(UNDRAWN))
    return RunLine(text.position_x, baseline, count, tuple(sorted(gaps.items())))


@contextmanager
def hidden(blanks: Mapping[int, StandingBlank]) -> Iterator[None]:
    """Draw nothing in some blanks while the context lasts, but stop there."""
    with ExitStack() as stack:
        texts = {n: blank for n, blank in blanks.items() if not blank.is_code}
        # What runs on is drawn over the lines below it.
        after = {n: len(one.boxes) if one.runs_on else 0 for n, one in texts.items()}
        stack.enter_context(stopping(after))
        for blank in blanks.values():
            for text in blank.texts:
                stack.callback(setattr, text, "text", text.text)
                text.text = ""
            if blank.is_code:
                stack.callback(setattr, blank.boxes[0], "width", blank.boxes[0].width)
                blank.boxes[0].width = 0
        yield


def drawn_plate(
    document: Any, faces: Mapping[int, Any], blanks: Mapping[int, StandingBlank] | None = None
) -> Plate:
    """Draw the pages of a paper without what stands in some of its blanks."""
    left_out = blanks or {}
    for font in faces.values():
        font.to_unicode, font.widths = {}, {}
    slots = {number: slot_of(blank) for number, blank in sorted(left_out.items())}
    with hidden(left_out):
        sheets = tuple(
            PlateSheet(page.width * SCALE, page.height * SCALE, draw(page, faces))
            for page in document.pages
        )
    drawn = {font.hash: _drawn(font) for font in faces.values() if font.to_unicode}
    return Plate(sheets, slots, document.make_bookmark_tree(SCALE, transform_pages=True), drawn)


def _drawn(font: Any) -> dict[int, tuple[str, int]]:
    return {glyph: (text, font.widths[glyph]) for glyph, text in font.to_unicode.items()}

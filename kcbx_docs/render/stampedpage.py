"""The operators of a stamped page: the pieces of its plate, between them what this paper says."""

from collections.abc import Callable, Iterator, Mapping

from kcbx_docs.render.drawing import PlatePiece
from kcbx_docs.render.pdffile import number
from kcbx_docs.render.plates import CodeSlot, Plate, TextSlot
from kcbx_docs.render.qr import side_of, squares_of
from kcbx_docs.render.seals import is_seal
from kcbx_docs.render.setting import SetLine

Values = Mapping[int, tuple[SetLine, ...] | str]
"""What stands in the blanks of a paper by number: lines, or the text of a code."""
Name = Callable[[int, int, int], bytes]
"""Names what a sheet of a plate draws from one piece to another: sheet, first piece, one past."""


def page_head(height: float) -> bytes:
    """Write what a page of this height begins with: pixels from the left upper corner, black."""
    return b"1 0 0 -1 0 %b cm\n0.75 0 0 0.75 0 0 cm\n/a1.0 gs\n0 0 0 rg" % number(height)


def page_operators(plate: Plate, values: Values, sheet: int, name: Name) -> Iterator[bytes]:
    """Write a page after its head."""
    face: list[tuple[str, float]] = []
    pieces, start = plate.sheets[sheet].pieces, 0
    for end, piece in enumerate(pieces, 1):
        text = list(_text_after(piece, plate, values, face))
        if (text or end == len(pieces)) and (drawn := name(sheet, start, end)):
            yield b"/%b Do" % drawn
        if text:
            start = end
            yield from (b"BT", *text, b"ET")
    for place, slot in plate.slots.items():
        if isinstance(slot, CodeSlot) and slot.sheet == sheet:
            yield from _code(slot, str(values[place]))


def _text_after(
    piece: PlatePiece, plate: Plate, values: Values, face: list[tuple[str, float]]
) -> Iterator[bytes]:
    if piece.blank is None or not (value := values.get(piece.blank)):
        return
    slot = plate.slots.get(piece.blank)
    if isinstance(slot, TextSlot) and not isinstance(value, str):
        yield from _lines(slot, value, face)


def stamped_texts(plate: Plate, values: Values, sheet: int) -> Iterator[bytes]:
    """Write the texts in the blanks of one sheet."""
    face: list[tuple[str, float]] = []
    for place, value in values.items():
        slot = plate.slots.get(place)
        if isinstance(slot, TextSlot) and slot.sheet == sheet and not isinstance(value, str):
            yield from _lines(slot, value, face)


def _lines(
    slot: TextSlot, lines: tuple[SetLine, ...], face: list[tuple[str, float]]
) -> Iterator[bytes]:
    """Write lines; ``face`` is the one that is set, from one text to the next."""
    for line, baseline in zip(lines, slot.baselines, strict=True):
        yield b"1 0 0 -1 %b %b Tm" % (number(slot.start(line.width)), number(baseline))
        for name, size, operand in line.shown:
            if face != [(name, size)]:
                face[:] = [(name, size)]
                yield b"/%b %b Tf" % (name.encode(), number(size))
            yield b"[%b] TJ" % operand


def _code(slot: CodeSlot, code: str) -> Iterator[bytes]:
    """Draw the black modules of a code, each row a hair higher than it is, as svg_of does."""
    if is_seal(code):
        place = (slot.side, -slot.side, slot.left, slot.top + slot.side)
        yield b"q\n%b 0 0 %b %b %b cm" % tuple(map(number, place))
        yield b"/%b Do\nQ" % code.encode()
        return
    scale = slot.side / side_of(code)
    yield b"q"
    yield b"%b 0 0 %b %b %b cm" % tuple(map(number, (scale, scale, slot.left, slot.top)))
    yield squares_of(code) + b"f"
    yield b"Q"

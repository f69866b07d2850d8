"""The operators of a stamped page: the pieces of its plate, between them what this paper says."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from kcbx_docs.render.drawing import PlatePiece, Unfit, draw_texts, same_texts
from kcbx_docs.render.pdffile import number
from kcbx_docs.render.plates import CodeSlot, Plate, RunSlot, Slot, StandingBlank, TextSlot
from kcbx_docs.render.qr import QUIET, mask_of, side_of
from kcbx_docs.render.seals import is_seal
from kcbx_docs.render.setting import SetLine, SetRun

Set = tuple[SetLine, ...] | SetRun | str
"""A value as it is set: lines, what runs on, or the text of a code."""
Values = Mapping[int, Set]
"""What stands in the blanks of a paper by number."""
Name = Callable[[int, int, int], bytes]
"""Names what a sheet of a plate draws from one piece to another: sheet, first piece, one past."""


def page_head(height: float) -> bytes:
    """Write what a page of this height begins with: pixels from the left upper corner, black."""
    return b"1 0 0 -1 0 %b cm\n0.75 0 0 0.75 0 0 cm\n/a1.0 gs\n0 0 0 rg" % number(height)


def page_operators(plate: Plate, values: Values, sheet: int, name: Name) -> list[bytes]:
    """Write a page after its head."""
    written: list[bytes] = []
    face: list[tuple[str, float]] = []
    pieces, start = plate.sheets[sheet].pieces, 0
    for end, piece in enumerate(pieces, 1):
        text = _text_after(piece, plate, values, face)
        if (text or end == len(pieces)) and (drawn := name(sheet, start, end)):
            written.append(b"/%b Do" % drawn)
        if text:
            start = end
            written += (b"BT", *text, b"ET")
    for place, slot in plate.slots.items():
        if isinstance(slot, CodeSlot) and slot.sheet == sheet:
            written += _code(slot, str(values[place]))
    return written


def _text_after(
    piece: PlatePiece, plate: Plate, values: Values, face: list[tuple[str, float]]
) -> list[bytes]:
    if piece.blank is None or not (value := values.get(piece.blank)):
        return []
    slot = plate.slots.get(piece.blank)
    return [] if isinstance(slot, CodeSlot | None) else _lines(slot, value, face)


def check_stamped(
    plate: Plate, blanks: Sequence[StandingBlank], values: Values, faces: Mapping[int, Any]
) -> None:
    """See that what is stamped into blanks is what the layout engine draws there; raise ``Unfit``
    where it is not.
    """
    for sheet in range(len(plate.sheets)):
        here = (one for one in blanks if one.sheet == sheet and not one.is_code)
        texts = chain.from_iterable(one.texts for one in here)
        try:
            stamped = list(_stamped_texts(plate, values, sheet))
        except ValueError as error:  # other lines than those of the layout
            raise Unfit("盖印的和整排的行数不一样") from error
        if not same_texts(draw_texts(texts, faces), stamped):
            raise Unfit("盖印的和整排的不一样")


def _stamped_texts(plate: Plate, values: Values, sheet: int) -> Iterator[bytes]:
    """Write the texts in the blanks of one sheet."""
    face: list[tuple[str, float]] = []
    for place, value in values.items():
        slot = plate.slots.get(place)
        if isinstance(slot, TextSlot | RunSlot) and slot.sheet == sheet:
            yield from _lines(slot, value, face)


def _lines(slot: Slot, value: Any, face: list[tuple[str, float]]) -> list[bytes]:
    """Write lines; ``face`` is the one that is set, from one text to the next."""
    written: list[bytes] = []
    for line, left, baseline in _placed(slot, value):
        written.append(b"1 0 0 -1 %b %b Tm" % (number(left), number(baseline)))
        for name, size, operand in line.shown:
            if face != [(name, size)]:
                face[:] = [(name, size)]
                written.append(b"/%b %b Tf" % (name.encode(), number(size)))
            written.append(b"[%b] TJ" % operand)
    return written


def _placed(slot: Slot, value: Any) -> Iterator[tuple[SetLine, float, float]]:
    """Yield the lines of a value, each with its left edge and its baseline."""
    if isinstance(slot, TextSlot):
        for set_line, baseline in zip(value, slot.baselines, strict=True):
            yield set_line, slot.start(set_line.width), baseline
    elif isinstance(slot, RunSlot):
        start = 0
        for line in slot.lines:
            end = start + line.count
            yield value.line(start, end, dict(line.gaps)), line.left, line.baseline
            start = end


def _code(slot: CodeSlot, code: str) -> Iterator[bytes]:
    """Draw a code within the white around it, or a seal."""
    white, image = 0.0, b"/%b Do" % code.encode()
    if not is_seal(code):
        white, image = slot.side * QUIET / side_of(code), mask_of(code)
    side, left, bottom = slot.side - 2 * white, slot.left + white, slot.top + slot.side - white
    yield b"q\n%b 0 0 %b %b %b cm" % tuple(map(number, (side, -side, left, bottom)))
    yield image
    yield b"Q"

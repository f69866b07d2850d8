"""A PDF whose serial number is left open: laid out once, stamped in no time.

The serial stands on the page with other digits in its place. Before the file is written, every line
that bears it is drawn once more with each digit, aside, so that the fonts hold all ten; the lines
must not differ in anything but the glyphs of the serial. The pages concerned are written plain:
to stamp is to put other glyph numbers into the file where those digits stand.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any

from kcbx_docs.light import dataclass, regex
from kcbx_docs.render.glyphs import Places, placed
from kcbx_docs.render.justify import UNDRAWN

DIGITS = "0123456789"
MOST = len(DIGITS)
"""Digits that a serial may have."""

_SHOWN = regex(rb"[^\n]* Tm\n(?:[^\n]*\n)*[^\n]* TJ")
_GLYPH = regex(rb"[0-9a-f]{4}")


@dataclass(frozen=True)
class Serial:
    """The number that a paper was laid out with, how often it stands there, and which of its
    digits are open.
    """

    number: str
    start: int
    count: int
    times: int = 1

    @property
    def open(self) -> range:
        """Return the places of the open digits within the number."""
        return range(self.start, self.start + self.count)


@dataclass(frozen=True)
class Slot:
    """One open digit in a file: where its glyph stands, which digit of the serial it is, and the
    glyph of every digit.
    """

    at: int
    digit: int
    glyphs: tuple[bytes, ...]

    def drawn_in(self, lines: Sequence[bytes]) -> "Slot":
        """Return it with the glyphs that it has in a line that is drawn with each digit."""
        return replace(self, glyphs=tuple(line[self.at : self.at + 4] for line in lines))


@dataclass(frozen=True)
class OpenPdf:
    """A written PDF with the places of its open digits."""

    data: bytes
    slots: tuple[Slot, ...]

    def stamp(self, serial: str) -> bytes:
        """Return the file with a serial."""
        data = bytearray(self.data)
        for slot in self.slots:
            glyph = slot.glyphs[int(serial[slot.digit])]
            data[slot.at : slot.at + len(glyph)] = glyph
        return bytes(data)


@dataclass(frozen=True)
class DrawnLine:
    """A drawn line that bears open digits: its operators, and the places of their glyphs in it."""

    drawn: bytes
    slots: tuple[Slot, ...]

    @property
    def pattern(self) -> re.Pattern[bytes]:
        """Return what finds the line on its page: there a font that is set already is not set
        again.
        """
        parts = []
        for part in self.drawn.split(b"\n"):
            plain = re.escape(part)
            parts.append(b"(?:%s\n)?" % plain if part.endswith(b" Tf") else b"(%s)\n" % plain)
        return re.compile(b"".join(parts))

    def placed_in(self, places: Places) -> "DrawnLine":
        """Return the line with its glyphs called by their places in packed fonts."""
        if not places:
            return self
        forms = [placed(_stamped(self, digit * MOST), places) for digit in DIGITS]
        slots = tuple(slot.drawn_in(forms) for slot in self.slots)
        return DrawnLine(placed(self.drawn, places), slots)

    def placed(self, found: re.Match[bytes]) -> Iterator[Slot]:
        """Yield the open digits where a match found them."""
        start = group = 0
        for part in self.drawn.split(b"\n"):
            group += not part.endswith(b" Tf")
            for slot in self.slots:
                if start <= slot.at < start + len(part):
                    yield replace(slot, at=found.start(group) + slot.at - start)
            start += len(part) + 1


def open_lines(document: Any, serial: Serial) -> tuple[DrawnLine, ...]:
    """Find the lines of a laid-out document that bear the serial, and have its fonts hold every
    digit; none if they cannot be stamped or are not as many as the text has.
    """
    boxes = list(_texts(document))
    found = list(_occurrences(boxes, serial.number))
    if len(found) < serial.times:
        return ()
    lines = []
    for box, places in _by_box(boxes, found, serial):
        line = _line(document, box, places)
        if line is None:
            return ()
        lines.append(line)
    return tuple(lines)


def plain_pages(pdf: Any, lines: Sequence[DrawnLine]) -> None:
    """Have the pages that bear the lines written without compression."""
    for one in pdf.objects:
        text = _content(one)
        if text and any(line.pattern.search(text) for line in lines):
            one.compress = False


def opened(data: bytes, lines: Sequence[DrawnLine]) -> OpenPdf | None:
    """Find the lines in the written file; nothing if one of them is not where it should be."""
    if not lines:
        return None
    slots: list[Slot] = []
    for line in lines:
        found = list(line.pattern.finditer(data))
        if len(found) != 1:
            return None
        slots += line.placed(found[0])
    return OpenPdf(data, tuple(slots))


def _content(one: Any) -> bytes:
    stream = getattr(one, "stream", None)
    if not isinstance(stream, list):
        return b""
    return b"\n".join(_bytes(part) for part in stream)


def _bytes(part: Any) -> bytes:
    return part if isinstance(part, bytes) else str(part).encode()


def _texts(document: Any) -> Iterator[Any]:
    """Yield the boxes of text of all pages in reading order."""
    kind = import_module("weasyprint.formatting_structure.boxes").TextBox
    for page in document.pages:
        yield from (box for box in page._page_box.descendants() if isinstance(box, kind))


def _drawn_text(box: Any) -> str:
    return str(box.text).translate(UNDRAWN)


def _occurrences(boxes: Sequence[Any], number: str) -> Iterator[int]:
    """Yield where the number begins in the joined text; lines may break within it."""
    whole = "".join(map(_drawn_text, boxes))
    at = whole.find(number)
    while at >= 0:
        yield at
        at = whole.find(number, at + 1)


def _by_box(
    boxes: Sequence[Any], found: Sequence[int], serial: Serial
) -> Iterator[tuple[Any, dict[int, int]]]:
    """Yield the boxes that hold open digits: the place in their text -> which digit it is."""
    wanted: dict[int, int] = {}
    for at in found:
        wanted |= {at + place: digit for digit, place in enumerate(serial.open)}
    start = 0
    for box in boxes:
        size = len(_drawn_text(box))
        inside = {at - start: digit for at, digit in wanted.items() if start <= at < start + size}
        if inside:
            yield box, inside
        start += size


def _line(document: Any, box: Any, places: dict[int, int]) -> DrawnLine | None:
    """Draw a line with every digit; nothing if anything but the glyphs of the digits differs."""
    text = _drawn_text(box)
    same = [_with(text, places, digit * MOST) for digit in DIGITS]
    if len({_width(one, box.style) for one in same}) > 1:
        return None
    plain = [_draw(document, box, one) for one in same]
    spots = _differing(plain)
    if len(spots) != len(places):
        return None
    slots = []
    for spot, place in zip(spots, sorted(places), strict=True):
        slots.append(Slot(spot, places[place], ()).drawn_in(plain))
    line = DrawnLine(_draw(document, box, text), tuple(slots))
    for shift in range(len(DIGITS)):  # neighbours that differ must not change each other
        turned = DIGITS[shift:] + DIGITS[:shift]
        if _stamped(line, turned) != _draw(document, box, _with(text, places, turned)):
            return None
    return line


def _width(text: str, style: Any) -> float:
    line_break = import_module("weasyprint.text.line_break")
    layout = line_break.create_layout(text, style, None, None, 0)
    return float(line_break.line_size(layout.get_first_line()[0], style)[0])


def _with(text: str, places: dict[int, int], serial: str) -> str:
    chars = list(text)
    for place, digit in places.items():
        chars[place] = serial[digit]
    return "".join(chars)


def _stamped(line: DrawnLine, serial: str) -> bytes:
    return OpenPdf(line.drawn, line.slots).stamp(serial)


def _differing(lines: Sequence[bytes]) -> list[int]:
    """Return where the glyphs of lines differ; nowhere if anything else does."""
    spots: list[int] = []
    for glyph in _GLYPH.finditer(lines[0]):
        at = glyph.start()
        if any(line[at : at + 4] != glyph.group() for line in lines):
            spots.append(at)
    return spots if len({_blanked(line, spots) for line in lines}) == 1 else []


def _blanked(line: bytes, spots: Sequence[int]) -> bytes:
    data = bytearray(line)
    for at in spots:
        data[at : at + 4] = b"...."
    return bytes(data)


def _draw(document: Any, box: Any, text: str) -> bytes:
    """Draw a box with other text on a page that nobody keeps; its fonts are the document's."""
    stream_type = import_module("weasyprint.pdf.stream").Stream
    draw_text = import_module("weasyprint.draw.text").draw_text
    stream = stream_type(document.fonts, (0, 0, 0, 0), {"ExtGState": {}}, {}, None, {}, "")
    layout, before = box.pango_layout, box.pango_layout.text
    layout.text = text
    try:
        draw_text(stream, box, 0, "clip", "none")
    finally:
        layout.text = before
    shown = _SHOWN.search(_content(stream))
    return shown.group() if shown else b""

"""Where the characters of a PDF stand, measured by PDFium: the ruler of the layout tests."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MM = 72 / 25.4


@dataclass(frozen=True)
class Char:
    """A character in points from the paper's top left:
    its em box, the top and foot of its ink, its font.
    """

    text: str
    left: float
    right: float
    ink_top: float
    ink_bottom: float
    baseline: float
    size: float
    font: str


@dataclass(frozen=True)
class Line:
    """Characters on one baseline."""

    chars: tuple[Char, ...]

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)

    @property
    def left(self) -> float:
        return self.chars[0].left

    @property
    def right(self) -> float:
        return max(char.right for char in self.chars)

    @property
    def baseline(self) -> float:
        return self.chars[0].baseline

    @property
    def ink_top(self) -> float:
        return min(char.ink_top for char in self.chars)

    @property
    def ink_bottom(self) -> float:
        return max(char.ink_bottom for char in self.chars)


def text_of_pdf(data: bytes) -> str:
    """Return all text of a PDF in the order in which it was drawn."""
    document = pdfium.PdfDocument(data)
    return "".join(page.get_textpage().get_text_range() for page in document)


def pages(data: bytes) -> tuple[tuple[Line, ...], ...]:
    """Return the lines of every page, from the top."""
    document = pdfium.PdfDocument(data)
    return tuple(tuple(_lines(page)) for page in document)


def rules(data: bytes, number: int) -> tuple[tuple[float, float, float, float], ...]:
    """Return the drawn lines and rectangles of a page:
    left, top, right, bottom in points from the top left.
    """
    page = pdfium.PdfDocument(data)[number]
    found, height = [], page.get_height()
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = thing.get_bounds()
        found.append((left, height - top, right, height - bottom))
    return tuple(sorted(found, key=lambda box: box[1]))


def _lines(page: pdfium.PdfPage) -> Iterator[Line]:
    rows: dict[int, list[Char]] = {}
    known: dict[float, int] = {}  # most characters stand on the baseline of others
    for char in _chars(page):
        key = known.get(char.baseline)
        if key is None:
            near = (k for k in rows if abs(rows[k][0].baseline - char.baseline) < 1.5)
            key = known[char.baseline] = next(near, len(rows))
        rows.setdefault(key, []).append(char)
    for row in sorted(rows.values(), key=lambda chars: chars[0].baseline):
        yield Line(tuple(sorted(row, key=lambda char: char.left)))


def _chars(page: pdfium.PdfPage) -> Iterator[Char]:
    text = page.get_textpage()
    ruler = _Ruler(page.get_height())
    for index in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, index))
        if raw.FPDFText_IsGenerated(text, index) or (char.isspace() and char != "\u3000"):
            continue
        yield ruler.measured(text, index, char)


class _Ruler:
    """What PDFium writes its answers into, for one character after another."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.x, self.y, self.bottom, self.top, self.side = (ctypes.c_double() for _ in range(5))
        self.loose, self.name, self.flags = raw.FS_RECTF(), (ctypes.c_char * 128)(), ctypes.c_int()
        self.fonts: dict[bytes, str] = {}

    def measured(self, text: pdfium.PdfTextPage, index: int, char: str) -> Char:
        """Measure a character."""
        side = self.side
        raw.FPDFText_GetCharOrigin(text, index, self.x, self.y)
        raw.FPDFText_GetCharBox(text, index, side, side, self.bottom, self.top)
        raw.FPDFText_GetLooseCharBox(text, index, self.loose)
        raw.FPDFText_GetFontInfo(text, index, self.name, 128, self.flags)
        return Char(
            char,
            self.x.value,
            self.loose.right,
            self.height - self.top.value,
            self.height - self.bottom.value,
            self.height - self.y.value,
            raw.FPDFText_GetFontSize(text, index),
            self._font(self.name.value),
        )

    def _font(self, name: bytes) -> str:
        if name not in self.fonts:
            self.fonts[name] = name.decode().partition("+")[2] or name.decode()
        return self.fonts[name]


_STRONG = bytes(level > 180 for level in range(256))
_WEAK = bytes(level < 100 for level in range(256))
_LIGHT = bytes(range(128, 256))


def ink(
    data: bytes, number: int, *, red: bool = False, dpi: int = 300, sides: float = 0
) -> tuple[tuple[float, float], ...]:
    """Return the bands of rows that hold ink (red ink) on a page:
    top and bottom of each in millimetres; so many of both sides are not looked at.
    """
    crop = (sides * MM, 0, sides * MM, 0)
    page = pdfium.PdfDocument(data)[number]
    bitmap = page.render(scale=dpi / 72, crop=crop, rev_byteorder=True)
    assert bitmap.n_channels == 3
    pixels, stride, width = bytes(bitmap.buffer), bitmap.stride, bitmap.width * 3
    rows = (pixels[row * stride : row * stride + width] for row in range(bitmap.height))
    white = b"\xff" * width  # most rows are, and need no closer look
    marked = [row != white and _has_ink(row, red) for row in rows]
    edges = [row for row in range(1, len(marked)) if marked[row] != marked[row - 1]]
    return tuple(
        (top * 25.4 / dpi, bottom * 25.4 / dpi)
        for top, bottom in zip(edges[::2], edges[1::2], strict=True)
    )


def _has_ink(row: bytes, red: bool) -> bool:
    if not red:
        return bool(row.translate(None, _LIGHT))
    reds, greens = row[::3].translate(_STRONG), row[1::3].translate(_WEAK)
    return bool(int.from_bytes(reds) & int.from_bytes(greens))

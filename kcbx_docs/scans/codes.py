"""Codes read from scans and photographs: turned, dark, blurred, creased, several on a page.

A page is tried in several sizes and lights, the cheapest first, until what was looked for is found.
"""

from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageFilter, ImageOps

from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, stop
from kcbx_docs.scans.bounds import MOST_BYTES
from kcbx_docs.scans.pictures import pages_of

LONGEST = 200
_BLANK = 15  # steps of grey between the darkest and the lightest part of a page that has something
_SIDE = 2400  # dots: an A4 page at 200 to the inch, at which a reader is at its best
_LARGEST = 4800
_OUT_OF_FOCUS = ((1.5, 16), (1.75, 40))
"""How far a lens was off, in dots of half a page, and in how many rounds that is mended."""
_SMALLEST = 0.015  # of the page, 4 mm of A4: what is smaller is no code

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, as parts of the page's width and height."""


@dataclass(frozen=True)
class Found:
    """One code on a page: its text without signs that would steer a screen."""

    text: str
    page: int
    box: Box


@dataclass(frozen=True)
class Looked:
    """A page that was looked at: its codes from top to bottom, where one could not be read, and
    the page as it was seen.
    """

    number: int
    codes: tuple[Found, ...]
    unread: tuple[Box, ...]
    picture: Image.Image

    @property
    def blank(self) -> bool:
        """Tell whether it has nothing on it, as the back of a slip."""
        return _is_blank(self.picture)


def can_read() -> bool:
    """Tell whether this machine has what reads codes."""
    return find_spec("zxingcpp") is not None


def codes_in(source: Path | bytes, *, name: str = "", least: int = 1) -> tuple[Found, ...]:
    """Read all codes of a PDF, a TIFF or a photograph, page by page."""
    pages = pages_in(source, name=name, least=least)
    return tuple(chain.from_iterable(page.codes for page in pages))


def pages_in(source: Path | bytes, *, name: str = "", least: int = 1) -> Iterator[Looked]:
    """Read a file page by page; raise UserError where it cannot be opened, or nothing reads codes.

    A page is given up once it showed ``least`` codes and no part of another.
    """
    place = Place(name or (str(source) if isinstance(source, Path) else "扫描件"))
    if not can_read():
        raise stop("SCAN010", place)
    for number, picture in pages_of(_bytes(source, place), place):
        codes, unread = look(picture, least)
        found = (Found(text, number, box) for text, box in codes)
        yield Looked(number, tuple(sorted(found, key=_order)), unread, picture)


def _order(found: Found) -> tuple[float, float]:
    return found.box[1], found.box[0]


def _bytes(source: Path | bytes, place: Place) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        if source.stat().st_size > MOST_BYTES:
            raise stop("SCAN002", place, most=MOST_BYTES // 1_000_000)
        return source.read_bytes() if source.is_file() else b""
    except OSError as error:
        raise stop("SCAN011", place) from error


def look(page: Image.Image, least: int) -> tuple[list[tuple[str, Box]], tuple[Box, ...]]:
    """Try a page until it showed what was looked for; return its codes, and what stays torn."""
    codes: list[tuple[str, Box]] = []
    torn: list[Box] = []
    unread: tuple[Box, ...] = ()
    for number, picture in enumerate(() if _is_blank(page) else _attempts(page)):
        for text, box in _read(picture):
            if not text:
                torn += [box] if _may_be_code(box, page.size) else []
            elif not any(text == known and _is_one(box, place) for known, place in codes):
                codes.append((text, box))
        unread = tuple(_unread(torn, [box for _, box in codes]))
        if number and len(codes) >= least and not unread:
            break
    return codes, unread


def _is_blank(page: Image.Image) -> bool:
    """Tell whether a page has nothing on it, as the backs of slips."""
    small = page.reduce(max(min(page.size) // 200, 1))
    darkest, lightest = small.getextrema()
    return float(lightest) - float(darkest) < _BLANK  # type: ignore[arg-type]


def _attempts(page: Image.Image) -> Iterator[Image.Image]:
    """Yield pictures of a page from which codes may be read, the cheapest first."""
    base = _fitted(page, min(_SIDE, max(page.size)))
    yield base
    yield _fitted(base, _SIDE * 2 // 3)
    yield _fitted(base, _SIDE // 2)
    if max(page.size) > _SIDE:
        yield _fitted(page, min(_LARGEST, max(page.size)))
    yield _sharper(base, (4, 200), (4, 200))  # a lens that was a little off
    yield _in_even_light(base)
    yield _sharper(base, (6, 600))  # a hand that moved
    yield _fitted(base, min(_LARGEST, 2 * max(base.size)))  # far away
    yield _sharper(base, (5, 150), (5, 150), (5, 150))
    yield base.filter(ImageFilter.MedianFilter(3))  # grains
    yield _enlarged(base.filter(ImageFilter.GaussianBlur(1)), 2)  # many grains
    for blur, rounds in _OUT_OF_FOCUS:
        yield _refocused(base, blur, rounds)


def _fitted(page: Image.Image, side: int) -> Image.Image:
    scale = side / max(page.size)
    size = (max(round(page.width * scale), 1), max(round(page.height * scale), 1))
    way = Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC
    return page if size == page.size else page.resize(size, way)


def _enlarged(page: Image.Image, times: int) -> Image.Image:
    size = page.width * times, page.height * times
    return page.resize(size, Image.Resampling.BICUBIC)


def _refocused(page: Image.Image, blur: float, rounds: int) -> Image.Image:
    """Find what looks like a page once it is blurred so much: what the blurred guess lacks is
    added to the guess. A page that is out of focus says no less at half its size.
    """
    seen = ImageOps.autocontrast(page.reduce(2))
    guess = seen
    for _ in range(rounds):
        again = guess.filter(ImageFilter.GaussianBlur(blur))
        lacking, beyond = ImageChops.subtract(seen, again), ImageChops.subtract(again, seen)
        guess = ImageChops.subtract(ImageChops.add(guess, lacking), beyond)
    return _enlarged(guess, 3)


def _sharper(page: Image.Image, *steps: tuple[int, int]) -> Image.Image:
    for radius, percent in steps:
        page = page.filter(ImageFilter.UnsharpMask(radius, percent, 0))
    return page


def _in_even_light(page: Image.Image) -> Image.Image:
    """Take away the shade that lies on the paper: what is left is ink."""
    small = page.reduce(8).filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(6))
    paper = small.resize(page.size, Image.Resampling.BILINEAR)
    return ImageOps.autocontrast(ImageChops.invert(ImageChops.subtract(paper, page)), 1)


def _read(picture: Image.Image) -> Iterator[tuple[str, Box]]:
    """Yield the codes of a picture with their places; the text of one that is torn is empty."""
    reader = import_module("zxingcpp")
    for binarizer in (reader.Binarizer.LocalAverage, reader.Binarizer.GlobalHistogram):
        for found in reader.read_barcodes(
            picture,
            formats=reader.BarcodeFormat.QRCode,
            binarizer=binarizer,
            text_mode=reader.TextMode.Plain,
            return_errors=True,
        ):
            yield _plain(found.text) if found.valid else "", _box(found.position, picture.size)


def _plain(text: str) -> str:
    """Return what a code says without signs that steer a screen or turn its words around."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text[:LONGEST])


def _box(position: Any, size: tuple[int, int]) -> Box:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    across, down = (
        [corner.x / size[0] for corner in corners],
        [corner.y / size[1] for corner in corners],
    )
    return min(across), min(down), max(across), max(down)


def _may_be_code(box: Box, size: tuple[int, int]) -> bool:
    """Tell whether a place where no text was read looks like a code: as wide as it is high."""
    across, down = (box[2] - box[0]) * size[0], (box[3] - box[1]) * size[1]
    return min(across, down) > max(max(across, down) / 2, max(size) * _SMALLEST)


def _unread(torn: Sequence[Box], read: Sequence[Box]) -> Iterator[Box]:
    """Yield the places of codes that could not be read in any look."""
    for box in _seen_twice(torn):
        if not any(_is_one(box, place) for place in read):
            yield box


def _seen_twice(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """List the places that more than one look took for a code: grains look like one by chance."""
    places: list[Box] = []
    again: list[Box] = []
    for box in boxes:
        if known := next((place for place in places if _is_one(box, place)), None):
            again += [known] if known not in again else []
        else:
            places.append(box)
    return tuple(again)


def _is_one(box: Box, other: Box) -> bool:
    """Tell whether two boxes are of one place: the middle of one lies in the other."""
    return _holds(box, other) or _holds(other, box)


def _holds(box: Box, other: Box) -> bool:
    across, down = (other[0] + other[2]) / 2, (other[1] + other[3]) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]

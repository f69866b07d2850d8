"""Photographs and scans as pictures: opened within bounds, refused by name where they are none."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from math import sqrt
from typing import Any

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from kcbx_docs.problems import Place, stop
from kcbx_docs.quiet import unheard
from kcbx_docs.scans.bounds import MOST_BYTES, MOST_PAGES, MOST_PIXELS
from kcbx_docs.scans.pdfium import UnreadablePdfError, alone, held_pdf, opened_pdf, pictures_on

unheard("PIL")

_COVERED = 0.25
"""How much of a page pictures cover where it was scanned; a seal covers less."""
_DOTS = 300  # per inch, to which a page of a PDF is drawn ...
_DRAWN = 10_000_000  # ... unless it is larger than a sheet of paper
_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "HEIF")
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def pages_of(data: bytes, place: Place, mode: str = "L") -> Iterator[tuple[int, Image.Image]]:
    """Yield the pages of a PDF, a TIFF or a photograph as upright pictures, counted from 1; ``L``
    is grey, ``RGB`` coloured. Raise UserError where there is nothing to be seen.
    """
    if not data:
        raise stop("SCAN001", place)
    if len(data) > MOST_BYTES:
        raise stop("SCAN002", place, most=MOST_BYTES // 1_000_000)
    if data[:1024].lstrip()[:5] == b"%PDF-":
        yield from _pages_of_pdf(data, place, mode)
        return
    with opened(data, place) as picture:
        # A telephone keeps a second, smaller picture behind the first; a TIFF keeps pages.
        count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
        _check_count(count, place)
        for number in range(1, count + 1):
            yield number, _frame(picture, number, place, mode)


@contextmanager
def opened(data: bytes, place: Place) -> Iterator[Image.Image]:
    """Open a picture; how large it may be is decided here, and its end must not be missing."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint has Pillow paint the rest grey
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_known(data, place)) as picture:
                _check_size(picture, place)
                yield picture
    except UnidentifiedImageError as error:
        raise stop("SCAN004", place) from error
    except Image.DecompressionBombError as error:
        raise stop("SCAN003", place, most=MOST_PIXELS // 10_000) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise stop("SCAN005", place) from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def is_heic(data: bytes) -> bool:
    """Tell whether bytes are a photograph as iPhones keep it."""
    return data[4:8] == b"ftyp" and data[8:12] in _HEIC


def _known(data: bytes, place: Place) -> tuple[str, ...]:
    if not is_heic(data):
        return _FORMATS[:-1]
    if find_spec("pi_heif") is None:
        raise stop("SCAN006", place)
    import_module("pi_heif").register_heif_opener(thumbnails=False)
    return _FORMATS[-1:]


def _check_size(picture: Image.Image, place: Place) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise stop("SCAN003", place, most=MOST_PIXELS // 10_000)


def _check_count(count: int, place: Place) -> None:
    if not 0 < count <= MOST_PAGES:
        raise stop("SCAN007", place, count=count, most=MOST_PAGES)


def _frame(picture: Image.Image, number: int, place: Place, mode: str) -> Image.Image:
    if number > 1:
        picture.seek(number - 1)
        _check_size(picture, place)
    return plain(ImageOps.exif_transpose(picture), mode)


def plain(picture: Image.Image, mode: str = "RGB") -> Image.Image:
    """Return a picture in grey or colours of a byte each, what is transparent white."""
    if picture.mode.startswith(("I", "F")):
        deep = picture.convert("F")
        scale = 1 if float(deep.getextrema()[1]) <= 255 else 1 / 257  # type: ignore[arg-type]
        return deep.point(lambda value: value * scale).convert("L").convert(mode)
    if "A" in picture.getbands() or "transparency" in picture.info:
        above = picture.convert("RGBA")
        paper = Image.new("RGBA", above.size, "white")
        paper.alpha_composite(above)
        picture = paper
    return picture.convert(mode)


def _pages_of_pdf(data: bytes, place: Place, mode: str) -> Iterator[tuple[int, Image.Image]]:
    try:
        with held_pdf(data) as document:
            with alone():
                count = len(document)
                _check_count(count, place)
                document.init_forms()
            for number in range(1, count + 1):
                with alone():
                    drawn = _drawn(document[number - 1], place, mode)
                yield number, drawn  # what is done with it keeps nobody off
    except UnreadablePdfError as error:
        raise stop("SCAN008" if error.locked else "SCAN009", place) from error


def _drawn(page: Any, place: Place, mode: str) -> Image.Image:
    """Draw a page of a PDF; what it shows must not be larger than a photograph may be."""
    width, height = page.get_size()
    if not (0 < width < 20_000 and 0 < height < 20_000):
        raise stop("SCAN009", place)
    for image in pictures_on(page):
        columns, rows = image.get_px_size()
        if columns * rows > MOST_PIXELS:
            raise stop("SCAN003", place, most=MOST_PIXELS // 10_000)
    scale = min(_DOTS / 72, sqrt(_DRAWN / (width * height)))
    drawn = page.render(scale=scale, grayscale=mode == "L").to_pil()
    page.close()
    return plain(drawn, mode)


def is_drawn(data: bytes) -> bool:
    """Tell whether a PDF is what a program drew: no page of it is covered by a picture."""
    if not data.startswith(b"%PDF"):
        return False
    try:
        with opened_pdf(data) as document:
            return not any(_covered(page) for page in document)
    except UnreadablePdfError:
        return False  # told when it is read


def _covered(page: Any) -> bool:
    width, height = page.get_size()
    area = 0.0
    for image in pictures_on(page):
        left, bottom, right, top = image.get_bounds()
        area += (right - left) * (top - bottom)
    return bool(area > _COVERED * width * height)

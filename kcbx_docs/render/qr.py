"""QR codes: the squares of a text, as a path for PDF and as a picture for Word."""

import struct
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

ABOUT = "核验码二维码"
"""What a reader who cannot see a code is told."""

QUIET = 4
"""Modules that stay white around a code: the standard asks for so many."""
LONGEST = 120
CORNER = 4
"""Millimetres from the upper edge of the sheet to a code that stands in its corner."""
_SCALE = 12  # dots for a module of the picture: sharp at any size that is printed


def is_code(text: str) -> bool:
    """Tell whether a text may be drawn: plain signs that every reader reads alike."""
    return 0 < len(text) <= LONGEST and text.isascii() and text.isprintable()


@lru_cache(maxsize=64)
def modules_of(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of modules of a text, black is true, without the white around them."""
    import segno

    # What room a size has to spare goes against creases. The search for the prettiest of the
    # eight masks took most of the time, and every reader reads every mask.
    symbol = segno.make_qr(text, error="m", boost_error=True, mask=3)
    return tuple(tuple(map(bool, row)) for row in symbol.matrix)


def runs_of(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the black runs of a code: row, first column, length, counted within the white."""
    for row, modules in enumerate(modules_of(text), QUIET):
        column = QUIET
        for black, group in groupby(modules):
            length = len(list(group))
            if black:
                yield row, column, length
            column += length


def side_of(text: str) -> int:
    """Return how many modules wide and high a code is with the white around it."""
    return len(modules_of(text)) + 2 * QUIET


def svg_of(text: str, size: float) -> str:
    """Draw a code as SVG of so many millimetres, the white around it included."""
    side = side_of(text)
    # A hair more than a module high: no viewer shows a gap between two rows.
    path = "".join(f"M{x} {y}h{n}v1.01h-{n}z" for y, x, n in runs_of(text))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" '
        f'width="{size:g}mm" height="{size:g}mm"><title>{ABOUT}</title><path d="{path}"/></svg>'
    )


def png_of(text: str) -> bytes:
    """Draw a code as a picture of two colours; the same text gives the same bytes."""
    side = side_of(text) * _SCALE
    # A line of dots, then lines that are as the one above: these are all zeros.
    again = (b"\2" + bytes(-(-side // 8))) * (_SCALE - 1)
    white = (_line((), side) + again) * QUIET
    lines = (_line(modules, side) + again for modules in modules_of(text))
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    data = zlib.compress(b"".join([white, *lines, white]), 6)
    parts = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


_DOTS = str.maketrans({"0": "1" * _SCALE, "1": "0" * _SCALE})


def _line(modules: Sequence[bool], side: int) -> bytes:
    """Write a line of dots, white is one, after the sign that it is as it stands."""
    dots = "".join(["0" * QUIET, *map("01".__getitem__, modules)]).translate(_DOTS)
    size = -(-side // 8)
    return b"\0" + int(dots.ljust(size * 8, "1"), 2).to_bytes(size, "big")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

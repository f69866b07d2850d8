"""QR codes: the squares of a text, as a path for PDF and as a picture for Word."""

import io
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import segno

ABOUT = "核验码二维码"
"""What a reader who cannot see a code is told."""

QUIET = 4
"""Modules that stay white around a code: the standard asks for so many."""
LONGEST = 120
_SCALE = 12  # dots for a module of the picture: sharp at any size that is printed


def is_code(text: str) -> bool:
    """Tell whether a text may be drawn: plain signs that every reader reads alike."""
    return 0 < len(text) <= LONGEST and text.isascii() and text.isprintable()


@lru_cache(maxsize=512)
def _symbol(text: str) -> "segno.QRCode":
    import segno

    # A quarter or more of the modules of a code may be lost to a crease; a spare size goes to that.
    return segno.make_qr(text, error="m", boost_error=True)


@lru_cache(maxsize=512)
def modules_of(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of modules of a text, black is true, without the white around them."""
    return tuple(tuple(map(bool, row)) for row in _symbol(text).matrix)


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


@lru_cache(maxsize=512)
def png_of(text: str) -> bytes:
    """Draw a code as a picture of two colours; the same text gives the same bytes."""
    out = io.BytesIO()
    _symbol(text).save(out, kind="png", scale=_SCALE, border=QUIET)
    return out.getvalue()

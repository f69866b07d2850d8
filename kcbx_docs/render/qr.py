"""QR codes: the squares of a text, as a path for PDF and as a picture for Word."""

import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

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
    if _OF_ONE_KIND.fullmatch(text) and not text.isdigit():
        _met[len(text)] += 1
        if _met[len(text)] > _MANY:
            return _composed(text)
    return _encoded(text)


_met: Counter[int] = Counter()
_MANY = 150
"""Codes of one length that are encoded one by one, before it pays to learn what they share."""
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_OF_ONE_KIND = re.compile("[0-9A-Z $%*+./:-]+")


def _encoded(text: str, mode: str | None = None) -> tuple[tuple[bool, ...], ...]:
    import segno

    # What room a size has to spare goes against creases. The search for the prettiest of the
    # eight masks took most of the time, and every reader reads every mask.
    symbol = segno.make_qr(text, error="m", boost_error=True, mask=3, mode=mode)
    return tuple(tuple(map(bool, row)) for row in symbol.matrix)


def _composed(text: str) -> tuple[tuple[bool, ...], ...]:
    """Compose a code: of texts of one length every bit turns the same modules, whatever the others
    are, for the check words of a code are sums of its bits.
    """
    side, bits, turns = _turns(len(text))
    for place, turned in enumerate(turns):
        value = _value(text[2 * place : 2 * place + 2])
        for bit, modules in enumerate(turned):
            bits ^= modules if value >> bit & 1 else 0
    row = f"{bits:0{side * side}b}".translate(_AS_BYTES).encode("latin-1")
    return tuple(tuple(map(bool, row[at : at + side])) for at in range(0, side * side, side))


_AS_BYTES = {ord("0"): "\0", ord("1"): "\1"}


def _value(pair: str) -> int:
    value = 0
    for sign in pair:
        value = value * len(_SIGNS) + _SIGNS.index(sign)
    return value


@lru_cache(maxsize=4)
def _turns(length: int) -> tuple[int, int, tuple[tuple[int, ...], ...]]:
    """Return the side, the modules of a text of zeros, and which of them every bit turns."""
    zeros = "0" * length
    plain = _encoded(zeros, "alphanumeric")
    base = _as_number(plain)
    turns = []
    for start in range(0, length, 2):
        size = len(zeros[start : start + 2])
        turned = []
        for bit in range(11 if size == 2 else 6):
            high, low = divmod(1 << bit, len(_SIGNS))
            signs = (_SIGNS[high] + _SIGNS[low])[-size:]
            text = zeros[:start] + signs + zeros[start + size :]
            turned.append(base ^ _as_number(_encoded(text, "alphanumeric")))
        turns.append(tuple(turned))
    return len(plain), base, tuple(turns)


def _as_number(rows: Sequence[Sequence[bool]]) -> int:
    return int("".join("01"[module] for module in chain.from_iterable(rows)), 2)


def runs_of(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the black runs of a code: row, first column, length, counted within the white."""
    for row, modules in enumerate(modules_of(text), QUIET):
        for run in _BLACK.finditer(bytes(modules)):
            yield row, QUIET + run.start(), run.end() - run.start()


_BLACK = re.compile(b"\1+")


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

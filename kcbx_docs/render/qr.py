"""QR codes: the squares of a text, as a path for PDF and as a picture for Word."""

import hashlib
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from kcbx_docs.light import regex
from kcbx_docs.render.kept import Kept

ABOUT = "核验码二维码"
"""What a reader who cannot see a code is told."""

QUIET = 4
"""Modules that stay white around a code: the standard asks for so many."""
LONGEST = 120
CORNER = 4
"""Millimetres from the upper edge of the sheet to a code that stands in its corner."""
_SCALE = 4  # dots for a module of the picture, white is one: a module is a digit of a line


def is_code(text: str) -> bool:
    """Tell whether a text may be drawn: plain signs that every reader reads alike."""
    return 0 < len(text) <= LONGEST and text.isascii() and text.isprintable()


@lru_cache(maxsize=64)
def rows_of(text: str) -> tuple[str, ...]:
    """Return the rows of a code without the white around it: 1 is black."""
    side, bits = _symbol(text)
    signs = f"{bits:0{side * side}b}"
    return tuple(signs[at : at + side] for at in range(0, side * side, side))


def _symbol(text: str) -> tuple[int, int]:
    """Return how many modules wide a code is, and its modules row by row as one number."""
    if _OF_ONE_KIND.fullmatch(text) and not text.isdigit() and _is_learned(text):
        return _composed(text)
    return _encoded(text)


def _is_learned(text: str) -> bool:
    """Tell whether it is known what codes as long as this one share: that is kept from one run to
    the next, or learned once there are many.
    """
    length = len(text)
    _met[length] += 1
    if length not in _known and _met[length] == _FEW:
        _recall(text)
    elif length not in _known and _met[length] == _MANY:
        _known[length] = _learned(length)
        Kept().put(_key(length), _known[length])
    return length in _known


def _recall(text: str) -> None:
    """Take what an earlier run learned, if this code comes out the same with it."""
    if told := Kept().get(_key(len(text))):
        side, base, turns = told
        _known[len(text)] = side, base, tuple(map(tuple, turns))
        if _composed(text) != _encoded(text):
            del _known[len(text)]
            _turned.cache_clear()


def _key(length: int) -> bytes:
    import segno

    told = f"qr|{segno.__version__}|{length}|".encode()
    return hashlib.sha256(told + Path(__file__).read_bytes()).digest()


_met: Counter[int] = Counter()
_FEW, _MANY = 3, 40
"""Codes of one length that are encoded one by one, before it pays to look whether it is known what
they share, and before it pays to learn it.
"""
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_OF_ONE_KIND = regex("[0-9A-Z $%*+./:-]+")


def _encoded(text: str, mode: str | None = None) -> tuple[int, int]:
    import segno

    # What room a size has to spare goes against creases. The search for the prettiest of the
    # eight masks took most of the time, and every reader reads every mask.
    symbol = segno.make_qr(text, error="m", boost_error=True, mask=3, mode=mode)
    modules = "".join("1" if module else "0" for module in chain.from_iterable(symbol.matrix))
    return len(symbol.matrix), int(modules, 2)


def _composed(text: str) -> tuple[int, int]:
    """Compose a code: of texts of one length every bit turns the same modules, whatever the others
    are, for the check words of a code are sums of its bits.
    """
    length = len(text)
    side, bits = _known[length][:2]
    for start in range(0, length, 2):
        bits ^= _turned(length, start // 2, text[start : start + 2])
    return side, bits


@lru_cache(maxsize=4096)
def _turned(length: int, place: int, pair: str) -> int:
    """Return the modules that two signs in their place turn."""
    value, bits = 0, 0
    for sign in pair:
        value = value * len(_SIGNS) + _SIGNS.index(sign)
    for bit, modules in enumerate(_known[length][2][place]):
        bits ^= modules if value >> bit & 1 else 0
    return bits


Turns = tuple[int, int, tuple[tuple[int, ...], ...]]
_known: dict[int, Turns] = {}


def _learned(length: int) -> Turns:
    """Learn the side, the modules of a text of zeros, and which of them every bit turns."""
    zeros = "0" * length
    side, base = _encoded(zeros, "alphanumeric")
    turns = []
    for start in range(0, length, 2):
        size = len(zeros[start : start + 2])
        turned = []
        for bit in range(11 if size == 2 else 6):
            high, low = divmod(1 << bit, len(_SIGNS))
            signs = (_SIGNS[high] + _SIGNS[low])[-size:]
            text = zeros[:start] + signs + zeros[start + size :]
            turned.append(base ^ _encoded(text, "alphanumeric")[1])
        turns.append(tuple(turned))
    return side, base, tuple(turns)


def runs_of(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the black runs of a code: row, first column, length, counted within the white."""
    for row, modules in enumerate(rows_of(text), QUIET):
        for run in _BLACK.finditer(modules):
            yield row, QUIET + run.start(), run.end() - run.start()


_BLACK = regex("1+")


def mask_of(text: str) -> bytes:
    """Write the modules of a code as a picture within a page, without the white around it: black
    where a bit is 0. A module takes a bit; as a path it would take some ten bytes.
    """
    rows = rows_of(text)
    spare = "0" * (-len(rows) % _BYTE)  # every row begins with a byte of its own
    bits = "".join([row + spare for row in rows]).translate(_TURNED)
    digits = b"%0*x" % (len(bits) // 4, int(bits, 2))
    return b"BI/W %d/H %d/IM true/F/AHx ID %b>\nEI" % (len(rows), len(rows), digits)


_BYTE = 8
_TURNED = str.maketrans("01", "10")


def side_of(text: str) -> int:
    """Return how many modules wide and high a code is with the white around it."""
    return len(rows_of(text)) + 2 * QUIET


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
    side, bits = _symbol(text)
    frame = _frame(side)
    signs = f"{bits:0{side * side}b}".translate(_AS_DOTS)
    rows = (signs[at : at + side] for at in range(0, side * side, side))
    dots = bytes.fromhex(f"{frame.before}{frame.between.join(rows)}{frame.after}")
    # A small window, and runs alone: to set up more takes longer than all the rest.
    deflate = zlib.compressobj(1, zlib.DEFLATED, 12, 4, zlib.Z_RLE)
    return frame.head + _chunk(b"IDAT", deflate.compress(dots) + deflate.flush()) + _END


_AS_DOTS = {ord("0"): "f", ord("1"): "0"}


class _Frame(NamedTuple):
    """What pictures of one size have in common, but for the head in hexadecimal digits."""

    head: bytes
    before: str
    between: str
    after: str


@cache
def _frame(side: int) -> _Frame:
    """Write what stands around the modules: a line of dots, then lines that are as the one above,
    which are all zeros.
    """
    whole = side + 2 * QUIET
    width = -(-whole // 2)  # two modules are a byte of a line
    again = f"02{'00' * width}" * (_SCALE - 1)
    white = f"00{'ff' * width}{again}" * QUIET
    left, right = "f" * QUIET, "f" * (2 * width - side - QUIET)
    size = struct.pack(">IIBBBBB", whole * _SCALE, whole * _SCALE, 1, 0, 0, 0, 0)
    head = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", size)
    return _Frame(head, f"{white}00{left}", f"{right}{again}00{left}", f"{right}{again}{white}")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


_END = _chunk(b"IEND", b"")

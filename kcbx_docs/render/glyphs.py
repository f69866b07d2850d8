"""Glyph numbers in a PDF file: every reader finds each glyph where the pages look for it.

Pages call the glyphs of a font by their place in it. Where a CFF font has numbers of its own for
its glyphs (CID-keyed, as most Chinese ones), Acrobat, Firefox and MuPDF look for the number
instead: they draw another glyph, or none. Here the numbers become the places; and where fonts are
packed, pages call the glyphs by their new places.
"""

import re
import struct
from collections.abc import Iterator, Mapping
from typing import Any

from kcbx_docs.light import regex

Places = Mapping[str, Mapping[int, int]]
"""How pages know a font -> the place that each of its glyphs has now."""

_RECORD = struct.Struct(">4sIII")  # of a table: its name, its sum, where it stands, its size
_LIST, _RANGE_OF_BYTES, _RANGE_OF_WORDS = b"\0", b"\1", b"\2"
CHARACTERS = b"\x11"
"""Where a CFF font says where its outlines stand."""
_CHARSET, _ROS = b"\x0f", b"\x0c\x1e"  # of a CFF font: where its numbers are; that it has them
_SIZES = {28: 3, 29: 5, **dict.fromkeys(range(247, 255), 2)}
_SHOWN = regex(rb"/(\S+) \S+ Tf\n|<((?:[0-9a-f]{4})+)>")


def number_glyphs_by_place(pdf: Any) -> None:
    """Renumber the glyphs of the CFF fonts that a PDF embeds."""
    for thing in pdf.objects:
        if getattr(thing, "extra", {}).get("Subtype") == "/OpenType":
            thing.stream = [numbered_by_place(b"".join(thing.stream))]


def numbered_by_place(data: bytes) -> bytes:
    """Return an OpenType font whose glyphs have their places for numbers; others as they are."""
    font, tables = bytearray(data), dict(tables_of(data))
    if b"CFF " not in tables:
        return data
    record, start = tables[b"CFF "]
    values = dict(top_dictionary(data, start))
    (count,) = struct.unpack_from(">H", data, tables[b"maxp"][1] + 4)
    if _ROS not in values or count < 2:
        return data
    numbers = _in_order(count)
    first = start + values[_CHARSET]
    words = slice(first & ~3, (first + len(numbers) + 3) & ~3)
    before = _sum_of(data[words])
    font[first : first + len(numbers)] = numbers
    known, total, *rest = _RECORD.unpack_from(font, record)
    total = (total + _sum_of(bytes(font[words])) - before) & 0xFFFFFFFF
    _RECORD.pack_into(font, record, known, total, *rest)
    return bytes(font)


def tables_of(data: bytes) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Yield the tables of a font: where its record stands, and where it begins itself."""
    (count,) = struct.unpack_from(">H", data, 4)
    for record in range(12, 12 + count * _RECORD.size, _RECORD.size):
        tag, _, start, _ = _RECORD.unpack_from(data, record)
        yield tag, (record, start)


def top_dictionary(data: bytes, start: int) -> Iterator[tuple[bytes, int]]:
    """Yield the operators of the first dictionary of a CFF table, each with its last number."""
    names = start + data[start + 2]
    at, end = _first_of_index(data, _after_index(data, names))
    number = 0
    while at < end:
        first = data[at]
        if first <= 21:
            size = 2 if first == 12 else 1
            yield data[at : at + size], number
        elif first == 30:
            size = (
                next(n for n in range(1, end) if 0xF in (data[at + n] & 15, data[at + n] >> 4)) + 1
            )
        else:
            size = _SIZES.get(first, 1)
            number = int.from_bytes(data[at + 1 : at + size], "big")
        at += size


def _first_of_index(data: bytes, at: int) -> tuple[int, int]:
    count, size = struct.unpack_from(">HB", data, at)
    base = at + 2 + (count + 1) * size
    offsets = (at + 3, at + 3 + size)
    first, second = (int.from_bytes(data[o : o + size], "big") for o in offsets)
    return base + first, base + second


def _after_index(data: bytes, at: int) -> int:
    count, size = struct.unpack_from(">HB", data, at)
    last = at + 3 + int(count * size)
    return last + int(size) - 1 + int.from_bytes(data[last : last + size], "big")


def _sum_of(words: bytes) -> int:
    return sum(struct.unpack(f">{len(words) // 4}I", words))


def _in_order(count: int) -> bytes:
    """Write the numbers 1, 2, 3 … as one range, which takes no more room than any other list."""
    if count == 2:
        return _LIST + struct.pack(">H", 1)
    if count - 2 <= 0xFF:
        return _RANGE_OF_BYTES + struct.pack(">HB", 1, count - 2)
    return _RANGE_OF_WORDS + struct.pack(">HH", 1, count - 2)


def placed(content: bytes, places: Places) -> bytes:
    """Return what a page draws with every glyph called by its new place; lengths stay."""
    known: Mapping[int, int] = {}

    def replaced(found: re.Match[bytes]) -> bytes:
        nonlocal known
        if found[1]:
            known = places.get(found[1].decode(), {})
            return found[0]
        glyphs = struct.unpack(f">{len(found[2]) // 4}H", bytes.fromhex(found[2].decode()))
        now = [known.get(glyph, glyph) for glyph in glyphs]
        return b"<%s>" % struct.pack(f">{len(now)}H", *now).hex().encode()

    return _SHOWN.sub(replaced, content)

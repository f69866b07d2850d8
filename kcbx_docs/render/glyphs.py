"""Fonts in a PDF file: every reader finds each glyph where the pages look for it.

WeasyPrint names the glyphs of a CFF font by their place in the font. Where such a font has numbers
of its own for its glyphs (CID-keyed, as most Chinese ones), Acrobat, Firefox and MuPDF look for the
number instead: they draw another glyph, or none. Here the numbers become the places.
"""

import struct
from io import BytesIO
from typing import Any

_RANGE_OF_BYTES, _RANGE_OF_WORDS = b"\1", b"\2"


def number_glyphs_by_place(pdf: Any) -> None:
    """Renumber the glyphs of the CFF fonts that a PDF embeds."""
    for thing in pdf.objects:
        if getattr(thing, "extra", {}).get("Subtype") == "/OpenType":
            thing.stream = [numbered_by_place(b"".join(thing.stream))]


def numbered_by_place(data: bytes) -> bytes:
    """Return an OpenType font whose glyphs have their places for numbers; others as they are."""
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables.DefaultTable import DefaultTable

    font = TTFont(BytesIO(data), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    top = font["CFF "].cff.topDictIndex[0].rawDict if "CFF " in font else {}
    (count,) = struct.unpack_from(">H", font.reader["maxp"], 4)  # loaded, it would be made anew
    if "ROS" not in top or count < 3:
        return data
    plain, table = DefaultTable("CFF "), bytearray(font.reader["CFF "])
    numbers = _in_order(count)
    table[top["charset"] : top["charset"] + len(numbers)] = numbers
    plain.data = bytes(table)
    font["CFF "] = plain
    font.save(out := BytesIO(), reorderTables=None)
    return out.getvalue()


def _in_order(count: int) -> bytes:
    """Write the numbers 1, 2, 3 … as one range, which takes no more room than any other list."""
    if count - 2 <= 0xFF:
        return _RANGE_OF_BYTES + struct.pack(">HB", 1, count - 2)
    return _RANGE_OF_WORDS + struct.pack(">HH", 1, count - 2)

"""Faces in a print file: the part that is drawn, with the numbers that its pages use.

A face is described here as the layout engine describes it, so that a stamped page and a page laid
out in full are drawn by one and the same font.
"""

import struct
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

from kcbx_docs.light import dataclass
from kcbx_docs.render.embedding import unicode_map
from kcbx_docs.render.faces import packed_part
from kcbx_docs.render.glyphs import CHARACTERS, numbered_by_place, tables_of, top_dictionary
from kcbx_docs.render.pdffile import PdfFile, number, text

FIXED_PITCH = 1
EMPTY = 4  # bytes: a width and the end
END, WORD, FIRST_NUMBER, FIRST_OF_TWO = 14, 28, 32, 247  # bytes of an outline
Drawn = Mapping[int, tuple[str, int]]
"""What is drawn of a face: by glyph, its text and its width in thousandths."""


@dataclass(frozen=True)
class Face:
    """What a PDF tells of a face, and its font file."""

    name: str
    family: str
    flags: int
    ascent: int
    descent: int
    angle: int
    stems: tuple[int, int]
    data: bytes

    @property
    def is_cff(self) -> bool:
        """Tell whether its outlines are of the kind that OpenType took from PostScript."""
        return self.data[:4] == b"OTTO"


def face_of(font: Any) -> Face | None:
    """Describe a font of the layout engine; nothing if it is coloured, variable or a bitmap."""
    odd = font.bitmap or font.png or font.svg or font.colr or font.missing or font.variations
    if odd or font.index or "fvar" in font.tables:
        return None
    return Face(
        name=font.name.decode("ascii", "replace").removeprefix("/"),
        family=font.family,
        flags=font.flags,
        ascent=font.ascent,
        descent=font.descent,
        angle=font.italic_angle,
        stems=(font.stemv, font.stemh),
        data=font.file_content,
    )


def embed(file: PdfFile, face: Face, drawn: Drawn) -> int | None:
    """Add the drawn part of a face to a file; nothing if that part cannot be made.

    Pages call glyphs by their numbers in the whole face, long before it is known which are drawn:
    a map leads from those to their places in the part.
    """
    part, places = _part(face.data, tuple(sorted(drawn)))
    if not part or not _draws(part, drawn, places):
        return None
    if face.is_cff:
        program = file.add_stream(part, b"/Subtype/OpenType")
    else:
        program = file.add_stream(part, b"/Length1 %d" % len(part))
    descriptor = file.add(_descriptor(face, drawn, program))
    kind, name = 0 if face.is_cff else 2, face.name.encode()
    widths = {places[glyph]: width for glyph, (_, width) in drawn.items()}
    descendant = file.add(
        b"<</Type/Font/Subtype/CIDFontType%d/BaseFont/%b/CIDSystemInfo<<%b>>/CIDToGIDMap/Identity"
        b"/W[%b]/FontDescriptor %d 0 R>>"
        % (kind, name, _SYSTEM, b"".join(_widths(widths)), descriptor)
    )
    words = {glyph: text for glyph, (text, _) in sorted(drawn.items())}
    texts = file.add_stream(b"".join(unicode_map(words)))
    extra = b"/Type/CMap/CMapName/%b/CIDSystemInfo<<%b>>" % (_MAP, _SYSTEM)
    codes = file.add_stream(b"".join(_codes(places)), extra)
    return file.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding %d 0 R/DescendantFonts[%d 0 R]"
        b"/ToUnicode %d 0 R>>" % (name, codes, descendant, texts)
    )


@lru_cache(maxsize=32)
def _part(data: bytes, glyphs: tuple[int, ...]) -> tuple[bytes, Mapping[int, int]]:
    """Take glyphs out of a face: the same ones of a heading for one class after another."""
    part, places = packed_part(data, glyphs)
    return numbered_by_place(part) if part else b"", places


_SYSTEM = b"/Registry(Adobe)/Ordering(Identity)/Supplement 0"
_MAP = b"kcbx-places"
_LINES = 100  # that a map may have in one block
_HEAD = (
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    b"/CIDSystemInfo 3 dict dup begin\n/Registry (Adobe) def\n/Ordering (Identity) def\n"
    b"/Supplement 0 def\nend def\n/CMapName /%b def\n/CMapType 1 def\n"
    b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
) % _MAP
_TAIL = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


def _codes(places: Mapping[int, int]) -> Iterator[bytes]:
    """Write which place each number leads to."""
    yield _HEAD
    lines = [b"<%04x> %d\n" % pair for pair in sorted(places.items())]
    for first in range(0, len(lines), _LINES):
        some = lines[first : first + _LINES]
        yield b"%d begincidchar\n%bendcidchar\n" % (len(some), b"".join(some))
    yield _TAIL


def _descriptor(face: Face, drawn: Drawn, program: int) -> bytes:
    widths = [width for _, width in drawn.values()]
    fixed = FIXED_PITCH if len(widths) > 1 and len(set(widths)) == 1 else 0
    box = b" ".join(map(number, (0, face.descent, max(widths), face.ascent)))
    return (
        b"<</Type/FontDescriptor/FontName/%b/FontFamily%b/Flags %d/FontBBox[%b]/ItalicAngle %d"
        b"/Ascent %d/Descent %d/CapHeight %d/StemV %d/StemH %d/FontFile%d %d 0 R>>"
    ) % (
        face.name.encode(),
        text(face.family),
        face.flags + fixed,
        box,
        face.angle,
        face.ascent,
        face.descent,
        face.ascent,
        *face.stems,
        3 if face.is_cff else 2,
        program,
    )


def _widths(widths: Mapping[int, int]) -> Iterator[bytes]:
    """Write the widths, neighbours together."""
    before = None
    for glyph in sorted(widths):
        if before is None or glyph != before + 1:
            yield b"%b%d[" % (b"" if before is None else b"]", glyph)
        else:
            yield b" "
        yield b"%d" % widths[glyph]
        before = glyph
    yield b"]"


def _draws(part: bytes, drawn: Drawn, places: Mapping[int, int]) -> bool:
    """Tell whether a part of a font holds an outline of every glyph that is more than white."""
    outlines = list(_outlines(part))
    for glyph, (words, _) in drawn.items():
        place = places[glyph]
        if words.strip() and (place >= len(outlines) or _is_empty(outlines[place])):
            return False
    return True


def _is_empty(outline: bytes) -> bool:
    """Tell whether an outline is none: nothing, or numbers and the end."""
    at = 0
    while len(outline) <= EMPTY and at < len(outline):
        first = outline[at]
        if first < FIRST_NUMBER and first not in (END, WORD):
            return False
        at += 2 if first >= FIRST_OF_TWO else 3 if first == WORD else 1
    return len(outline) <= EMPTY


def _outlines(part: bytes) -> Iterator[bytes]:
    """Yield the outlines of a font in their order."""
    tables = {name: start for name, (_, start) in tables_of(part)}
    if (start := tables.get(b"CFF ")) is not None:
        at = start + dict(top_dictionary(part, start))[CHARACTERS]
        count, size = struct.unpack_from(">HB", part, at)
        listed, unit, first = at + 3, 1, at + 2 + size * (count + 1)
    else:
        count = struct.unpack_from(">H", part, tables[b"maxp"] + 4)[0]
        size, unit = (4, 1) if struct.unpack_from(">h", part, tables[b"head"] + 50)[0] else (2, 2)
        listed, first = tables[b"loca"], tables[b"glyf"]
    ends = range(listed, listed + size * (count + 1), size)
    places = [first + unit * int.from_bytes(part[at : at + size], "big") for at in ends]
    return (part[before:after] for before, after in pairwise(places))

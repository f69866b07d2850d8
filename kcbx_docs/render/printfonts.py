"""Faces in a print file: the part that is drawn, with the numbers that its pages use.

A face is described here as the layout engine describes it, so that a stamped page and a page laid
out in full are drawn by one and the same font.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kcbx_docs.render.embedding import unicode_map
from kcbx_docs.render.faces import drawn_part
from kcbx_docs.render.glyphs import CHARACTERS, numbered_by_place, tables_of, top_dictionary
from kcbx_docs.render.pdffile import PdfFile, number, text

FIXED_PITCH = 1
EMPTY_PROGRAM = 4  # bytes: a width and the end
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
    """Add the drawn part of a face to a file; nothing if that part cannot be made."""
    part = drawn_part(face.data, drawn)
    if not part or not _draws(part, drawn):
        return None
    if face.is_cff:
        program = file.add_stream(numbered_by_place(part), b"/Subtype/OpenType")
    else:
        program = file.add_stream(part, b"/Length1 %d" % len(part))
    descriptor = file.add(_descriptor(face, drawn, program))
    kind = 0 if face.is_cff else 2
    descendant = file.add(
        b"<</Type/Font/Subtype/CIDFontType%d/BaseFont/%b/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/W[%b]/FontDescriptor %d 0 R>>"
        % (kind, face.name.encode(), b"".join(_widths(drawn)), descriptor)
    )
    words = {glyph: text for glyph, (text, _) in drawn.items()}
    texts = file.add_stream(b"".join(unicode_map(words)))
    return file.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H/DescendantFonts[%d 0 R]"
        b"/ToUnicode %d 0 R>>" % (face.name.encode(), descendant, texts)
    )


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


def _widths(drawn: Drawn) -> Iterator[bytes]:
    """Write the widths, neighbours together."""
    before = None
    for glyph in sorted(drawn):
        if before is None or glyph != before + 1:
            yield b"%b%d[" % (b"" if before is None else b"]", glyph)
        else:
            yield b" "
        yield b"%d" % drawn[glyph][1]
        before = glyph
    yield b"]"


def _draws(part: bytes, drawn: Drawn) -> bool:
    """Tell whether a part of a font holds an outline of every glyph that is more than white."""
    sizes = _sizes(part)
    least = EMPTY_PROGRAM if part[:4] == b"OTTO" else 0
    return all(
        glyph < len(sizes) and sizes[glyph] > least
        for glyph, (words, _) in drawn.items()
        if words.strip()
    )


def _sizes(part: bytes) -> list[int]:
    """Return the bytes that the outline of each glyph takes."""
    tables = {name: start for name, (_, start) in tables_of(part)}
    if (start := tables.get(b"CFF ")) is not None:
        at = start + dict(top_dictionary(part, start))[CHARACTERS]
        count, size = struct.unpack_from(">HB", part, at)
        places = part[at + 3 : at + 3 + size * (count + 1)]
        unit = 1
    else:
        count = struct.unpack_from(">H", part, tables[b"maxp"] + 4)[0]
        long = struct.unpack_from(">h", part, tables[b"head"] + 50)[0]
        size, unit = (4, 1) if long else (2, 2)
        places = part[tables[b"loca"] : tables[b"loca"] + size * (count + 1)]
    starts = [int.from_bytes(places[at : at + size], "big") for at in range(0, len(places), size)]
    return [(after - before) * unit for before, after in pairwise(starts)]

"""Small fonts for tests: which characters, which of them blank, in either outline format."""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont


def write_font(path: Path, name: str, chars: str, blank: str = "", *, cff: bool = False) -> Path:
    """Write a font that draws a box for each character and nothing for the blank ones."""
    build(name, chars, blank, cff=cff).save(path)
    return path


def write_collection(path: Path, **faces: str) -> Path:
    """Write a collection of faces, each with its characters."""
    collection = TTCollection()
    collection.fonts = [build(name, chars) for name, chars in faces.items()]
    collection.save(path)
    return path


def build(name: str, chars: str, blank: str = "", *, cff: bool = False) -> TTFont:
    codes = {ord(char): f"u{ord(char):X}" for char in chars + blank}
    order = [".notdef", *codes.values()]
    inked = {f"u{ord(char):X}" for char in chars}
    builder = FontBuilder(1000, isTTF=not cff)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(codes)
    pens = {glyph: T2CharStringPen(1000, {}) if cff else TTGlyphPen({}) for glyph in order}
    for glyph, pen in pens.items():
        if glyph in inked:
            _draw_box(pen)
    if cff:
        strings = {glyph: pen.getCharString() for glyph, pen in pens.items()}
        builder.setupCFF(name, {"FullName": name}, strings, {})
    else:
        builder.setupGlyf({glyph: pen.glyph() for glyph, pen in pens.items()})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (1000, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable(
        {
            "familyName": name,
            "styleName": "Regular",
            "psName": name.replace(" ", ""),
            "fullName": name,
        }
    )
    builder.setupOS2()
    builder.setupPost()
    return builder.font


def _draw_box(pen: TTGlyphPen | T2CharStringPen) -> None:
    pen.moveTo((100, 0))
    for point in ((100, 700), (800, 700), (800, 0)):
        pen.lineTo(point)
    pen.closePath()

"""Font files as a renderer should load them: one face, its everyday characters in a file apart.

A Chinese font has tens of thousands of glyphs; WeasyPrint reads and renumbers all of them for
every PDF. The part with the everyday characters is a tenth of it: PDFs are made faster and come
out smaller. The whole face is loaded only for papers with rarer characters.
"""

import ctypes
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

from kcbx_docs.render import native
from kcbx_docs.render.fontfiles import FontFile, opened_font, read_coverage, write_cache

LARGE = 8_000_000  # bytes; smaller files are loaded as they are
READ_ONLY, KEEP_NOTDEF, FEATURES = 1, 0x40, 6  # constants of HarfBuzz
NO_HINTS, DROPPED = 0x1, 3
NOT_DRAWN = (
    *("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "MATH", "OS/2", "VORG"),
    *("cmap", "gasp", "kern", "name", "post", "vhea", "vmtx", "FFTM", "PCLT"),
)
# No forms of other countries: fonts choose them by ``locl``.
KEPT_FEATURES = ("calt", "ccmp", "clig", "kern", "liga", "mark", "mkmk", "rlig")
SUBSET_NAMES = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")
BASE_NAMES = ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")


@cache
def gb2312() -> str:
    """Return the 6,763 Han characters of GB/T 2312."""
    pairs = product(range(0xB0, 0xF8), range(0xA1, 0xFF))
    return "".join(bytes(pair).decode("gb2312", "ignore") for pair in pairs)


@cache
def everyday() -> frozenset[int]:
    """Return the code points of the everyday part: GB/T 2312, letters, digits, signs."""
    return frozenset((*map(ord, gb2312()), *range(0x20, 0x3100), *range(0xFE30, 0xFFF0)))


def has_parts(font: FontFile) -> bool:
    """Tell whether the everyday characters of a font are loaded apart."""
    return font.size > LARGE


def face_folder(folder: Path) -> Path:
    """Return the folder of the faces and parts taken out of font files."""
    return folder / "faces"


def whole_face(font: FontFile, folder: Path) -> Path:
    """Return a file with this face alone: renderers take the first, or all, of a collection."""
    if not font.collection:
        return font.path
    target = _target(font, folder, "")
    if not target.exists():
        copy = BytesIO()
        with opened_font(font.path, font.face) as face:
            face.save(copy, reorderTables=None)
        write_cache(target, copy.getvalue())
    return target if target.exists() else font.path


def everyday_face(font: FontFile, folder: Path) -> Path:
    """Return a file with the everyday part of a large face, the whole one without HarfBuzz."""
    if not has_parts(font):
        return whole_face(font, folder)
    target = _target(font, folder, "-everyday")
    if not target.exists():
        coverage = read_coverage(font, folder)
        codes = sorted(
            code for code in everyday() if code in coverage.empty or coverage.draws(chr(code))
        )
        part = subset(font.path.read_bytes(), font.face, codes)
        if _maps(part, codes):
            write_cache(target, part)
    return target if target.exists() else whole_face(font, folder)


def _maps(data: bytes, codes: Iterable[int]) -> bool:
    from fontTools.ttLib import TTFont, TTLibError

    from kcbx_docs.quiet import unheard

    unheard("fontTools")
    try:
        with TTFont(BytesIO(data), lazy=True) as font:
            return set(codes) <= set(font.getBestCmap() or ())
    except TTLibError:
        return False


def _target(font: FontFile, folder: Path, part: str) -> Path:
    return face_folder(folder) / f"{font.postscript or font.path.stem}-{font.key[:8]}{part}.otf"


def subset(data: bytes, face: int, codes: Iterable[int]) -> bytes:
    """Return the font with these characters alone; nothing where it or HarfBuzz cannot do it."""
    native.load_unpacked()
    base, more = _library(*BASE_NAMES), _library(*SUBSET_NAMES)
    if not base or not more:
        return b""
    blob = base.hb_blob_create(data, ctypes.c_uint(len(data)), READ_ONLY, None, None)
    source = ctypes.c_void_p(base.hb_face_create(ctypes.c_void_p(blob), ctypes.c_uint(face)))
    wanted = ctypes.c_void_p(more.hb_subset_input_create_or_fail())
    more.hb_subset_input_set_flags(wanted, KEEP_NOTDEF)
    features = ctypes.c_void_p(more.hb_subset_input_set(wanted, FEATURES))
    base.hb_set_clear(features)
    for feature in KEPT_FEATURES:
        base.hb_set_add(features, int.from_bytes(feature.encode(), "big"))
    characters = ctypes.c_void_p(more.hb_subset_input_unicode_set(wanted))
    for code in codes:
        base.hb_set_add(characters, code)
    made = more.hb_subset_or_fail(source, wanted)
    result = _bytes(base, made) if made else b""
    more.hb_subset_input_destroy(wanted)
    base.hb_face_destroy(source)
    base.hb_blob_destroy(ctypes.c_void_p(blob))
    return result


def packed_part(data: bytes, glyphs: Iterable[int]) -> tuple[bytes, dict[int, int]]:
    """Return the font with these glyphs alone, packed closely, without what is not drawn, and the
    new place of each; nothing where it or HarfBuzz cannot do it.
    """
    native.load_unpacked()
    base, more = _library(*BASE_NAMES), _library(*SUBSET_NAMES)
    if not base or not hasattr(more, "hb_subset_plan_create_or_fail"):
        return b"", {}
    blob = ctypes.c_void_p(
        base.hb_blob_create(data, ctypes.c_uint(len(data)), READ_ONLY, None, None)
    )
    source = ctypes.c_void_p(base.hb_face_create(blob, ctypes.c_uint(0)))
    wanted = ctypes.c_void_p(more.hb_subset_input_create_or_fail())
    more.hb_subset_input_set_flags(wanted, NO_HINTS)
    numbers = ctypes.c_void_p(more.hb_subset_input_glyph_set(wanted))
    dropped = ctypes.c_void_p(more.hb_subset_input_set(wanted, DROPPED))
    for number in glyphs:
        base.hb_set_add(numbers, number)
    for table in NOT_DRAWN:
        base.hb_set_add(dropped, int.from_bytes(table.ljust(4).encode(), "big"))
    plan = ctypes.c_void_p(more.hb_subset_plan_create_or_fail(source, wanted))
    found = _planned(base, more, plan, glyphs) if plan else (b"", {})
    more.hb_subset_input_destroy(wanted)
    base.hb_face_destroy(source)
    base.hb_blob_destroy(blob)
    return found


def _planned(
    base: Any, more: Any, plan: ctypes.c_void_p, glyphs: Iterable[int]
) -> tuple[bytes, dict[int, int]]:
    made = more.hb_subset_plan_execute_or_fail(plan)
    places = ctypes.c_void_p(more.hb_subset_plan_old_to_new_glyph_mapping(plan))
    base.hb_map_get.restype = ctypes.c_uint
    new = {glyph: int(base.hb_map_get(places, glyph)) for glyph in glyphs}
    data = _bytes(base, made) if made else b""
    more.hb_subset_plan_destroy(plan)
    return data, new


def _bytes(base: Any, face: int) -> bytes:
    blob = ctypes.c_void_p(base.hb_face_reference_blob(ctypes.c_void_p(face)))
    length = ctypes.c_uint()
    start = base.hb_blob_get_data(blob, ctypes.byref(length))
    result = ctypes.string_at(start, length.value) if start else b""
    base.hb_blob_destroy(blob)
    base.hb_face_destroy(ctypes.c_void_p(face))
    return result


@cache
def _library(*names: str) -> Any:
    for name in names:
        try:
            library = ctypes.CDLL(name)
            # ctypes takes results for 32-bit ints: pointers would be cut off.
            for function in POINTERS:
                if hasattr(library, function):
                    getattr(library, function).restype = ctypes.c_void_p
        except OSError:
            continue
        return library
    return None


POINTERS = (
    "hb_blob_create",
    "hb_face_create",
    "hb_face_reference_blob",
    "hb_blob_get_data",
    "hb_subset_input_create_or_fail",
    "hb_subset_input_set",
    "hb_subset_input_unicode_set",
    "hb_subset_input_glyph_set",
    "hb_subset_plan_create_or_fail",
    "hb_subset_plan_execute_or_fail",
    "hb_subset_plan_old_to_new_glyph_mapping",
    "hb_subset_or_fail",
)

"""Fonts in a PDF file: the glyphs that its pages show, packed closely, and nothing else.

WeasyPrint leaves room for every glyph of a font, so that a glyph keeps its place: thousands of
empty entries in each file. Here HarfBuzz packs the glyphs that are used, and the pages call them by
their new places.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from functools import cache
from importlib import import_module
from itertools import count, takewhile
from typing import Any

from kcbx_docs.light import dataclass
from kcbx_docs.render.glyphs import Places, number_glyphs_by_place, numbered_by_place, placed

_NO_HINTING = 1
_DROPPED = (b"BASE", b"DSIG", b"GDEF", b"GPOS", b"GSUB", b"JSTF", b"MATH", b"OS/2", b"VORG")
_DROPPED_TOO = (b"cmap", b"gasp", b"kern", b"name", b"post", b"vhea", b"vmtx", b"FFTM", b"PCLT")
_CDEF = """
    typedef ... hb_subset_plan_t;
    typedef ... hb_map_t;
    hb_subset_plan_t * hb_subset_plan_create_or_fail (
        hb_face_t *face, const hb_subset_input_t *input);
    void hb_subset_plan_destroy (hb_subset_plan_t *plan);
    hb_face_t * hb_subset_plan_execute_or_fail (hb_subset_plan_t *plan);
    hb_map_t * hb_subset_plan_old_to_new_glyph_mapping (const hb_subset_plan_t *plan);
    hb_codepoint_t hb_map_get (const hb_map_t *map, hb_codepoint_t key);
"""
_LINES = 100  # entries that a ToUnicode map may have in one block
_ALL_MISSING = 2**32 - 1
_HEAD_OF_MAP = (
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
)
_END_OF_MAP = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


_active: ContextVar[dict[str, Mapping[int, int]] | None] = ContextVar("packed", default=None)
Finish = Callable[[Any, Places], None]


def write_packed(
    document: Any, finish: Finish = lambda _pdf, _places: None, **options: Any
) -> bytes:
    """Write a laid-out document as a PDF with packed fonts; ``finish`` has the last word."""
    _install()
    places: dict[str, Mapping[int, int]] = {}

    def finisher(_document: Any, pdf: Any) -> None:
        finish(pdf, places)
        pdf.objects[:] = [_settled(one) for one in pdf.objects]

    token = _active.set(places)
    try:
        return bytes(document.write_pdf(finisher=finisher, **options))
    finally:
        _active.reset(token)


@cache
def _install() -> None:
    """Pack the fonts of our files; elsewhere, and where that cannot be, WeasyPrint embeds them."""
    pdf: Any = import_module("weasyprint.pdf")
    build = pdf.build_fonts_dictionary

    def our_build(file: Any, fonts: Any, compress: bool, subset: bool, options: Any) -> Any:
        places = _active.get()
        if places is None:
            return build(file, fonts, compress, subset, options)
        packed = pack_all(fonts)
        if packed:
            places |= {name: one.places for name, (_, one) in packed.items()}
            _renumber(file, places)
            return _written(file, packed, compress)
        known = build(file, fonts, compress, subset, options)
        number_glyphs_by_place(file)
        return known

    pdf.build_fonts_dictionary = our_build


def _settled(one: Any) -> Any:
    """Return an object of a PDF as it will be written: WeasyPrint would ask for it twice, once to
    sum up the whole file, and compress it each time.
    """
    return one if one.free == "f" else _settled_type()(one)


@cache
def _settled_type() -> type[Any]:
    class Settled(import_module("pydyf").Object):  # type: ignore[misc]
        data = b""
        compressible = False

        def __init__(self, one: Any) -> None:
            super().__init__()
            self.number, self.generation, self.free = one.number, one.generation, one.free
            self.data, self.compressible = one.data, one.compressible

    return Settled


@dataclass(frozen=True)
class PackedFont:
    """A font program with the glyphs of one file, and the place of each number in it."""

    program: bytes
    places: Mapping[int, int]

    @property
    def cff(self) -> bool:
        """Tell what kind of outlines it has."""
        return self.program.startswith(b"OTTO")


def pack_all(fonts: Mapping[Any, Any]) -> dict[str, tuple[list[Any], PackedFont]]:
    """Pack the fonts of a document, those of one face together; none where one of them is of a
    kind that papers do not use.
    """
    groups: dict[str, list[Any]] = {}
    for font in fonts.values():
        groups.setdefault(font.hash, []).append(font)
    packed = {name: (group, one) for name, group in groups.items() if (one := _packed(group))}
    return packed if len(packed) == len(groups) else {}


def _renumber(pdf: Any, places: Places) -> None:
    """Have the pages call their glyphs by their new places."""
    pages = import_module("weasyprint.pdf.stream").Stream
    for one in pdf.objects:
        if isinstance(one, pages):
            one.stream = [placed(b"\n".join(map(_as_bytes, one.stream)), places)]


def _as_bytes(part: Any) -> bytes:
    if isinstance(part, bytes):
        return part
    return bytes(part.data) if hasattr(part, "data") else str(part).encode()


def _written(pdf: Any, packed: Mapping[str, tuple[list[Any], PackedFont]], compress: bool) -> Any:
    """Add the fonts to a file, and return the dictionary that pages know them by."""
    known = {
        name: _Written(pdf, group, one, compress).reference()
        for name, (group, one) in packed.items()
    }
    return import_module("pydyf").Dictionary(known)


def _packed(group: Sequence[Any]) -> PackedFont | None:
    font = group[0]
    odd = font.bitmap or font.png or font.svg or font.colr or font.used_in_forms
    if odd or font.variations or any(one.missing for one in group):
        return None
    return pack(font.hb_face, sorted(set().union(*(one.to_unicode for one in group))))


def pack(face: Any, glyphs: Sequence[int]) -> PackedFont | None:
    """Pack some glyphs of a face; nothing where HarfBuzz or the font is not up to it."""
    ffi, harfbuzz, subset = _libraries()
    asked = ffi.gc(subset.hb_subset_input_create_or_fail(), subset.hb_subset_input_destroy)
    subset.hb_subset_input_set_flags(asked, _NO_HINTING)
    _add(subset.hb_subset_input_glyph_set(asked), glyphs)
    tags = [harfbuzz.hb_tag_from_string(tag, -1) for tag in (*_DROPPED, *_DROPPED_TOO)]
    _add(subset.hb_subset_input_set(asked, subset.HB_SUBSET_SETS_DROP_TABLE_TAG), sorted(tags))
    plan = subset.hb_subset_plan_create_or_fail(face, asked)
    if not plan:
        return None
    plan = ffi.gc(plan, subset.hb_subset_plan_destroy)
    made = subset.hb_subset_plan_execute_or_fail(plan)
    if not made:
        return None
    made = ffi.gc(made, harfbuzz.hb_face_destroy)
    mapping = subset.hb_subset_plan_old_to_new_glyph_mapping(plan)
    places = {glyph: harfbuzz.hb_map_get(mapping, glyph) for glyph in glyphs}
    if _ALL_MISSING in places.values():
        return None
    program = numbered_by_place(_bytes(harfbuzz.hb_face_reference_blob(made)))
    return PackedFont(program, places)


class _Written:
    """The objects of one font in a file."""

    def __init__(self, pdf: Any, group: Sequence[Any], packed: PackedFont, compress: bool) -> None:
        self.pdf, self.font, self.packed, self.compress = pdf, group[0], packed, compress
        self.pydyf = import_module("pydyf")
        self.texts: dict[int, str] = {}
        self.widths: dict[int, int] = {}
        for one in group:
            for glyph, text in one.to_unicode.items():
                self.texts[packed.places[glyph]] = text
                self.widths[packed.places[glyph]] = one.widths[glyph]

    def reference(self) -> bytes:
        """Add them and return the reference of the font."""
        font = {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": self.font.name,
            "Encoding": "/Identity-H",
            "DescendantFonts": self.pydyf.Array([self._add(self._descendant())]),
            "ToUnicode": self._add(self._stream(b"".join(unicode_map(self.texts)))),
        }
        return self._add(self.pydyf.Dictionary(font))

    def _descendant(self) -> Any:
        cff = self.packed.cff
        string = self.pydyf.String
        system = {"Registry": string("Adobe"), "Ordering": string("Identity"), "Supplement": 0}
        about = {
            "Type": "/Font",
            "Subtype": f"/CIDFontType{0 if cff else 2}",
            "BaseFont": self.font.name,
            "CIDSystemInfo": self.pydyf.Dictionary(system),
            "W": self.pydyf.Array(_widths(self.widths, self.pydyf.Array)),
            "FontDescriptor": self._add(self._descriptor()),
            "CIDToGIDMap": "/Identity",
        }
        return self.pydyf.Dictionary(about)

    def _descriptor(self) -> Any:
        font, widths = self.font, set(self.widths.values())
        fixed = len(self.widths) > 1 and len(widths) == 1
        box = (0, font.descent, max(widths, default=0), font.ascent)
        about = {
            "Type": "/FontDescriptor",
            "FontName": font.name,
            "FontFamily": self.pydyf.String(font.family),
            "Flags": font.flags + fixed,
            "FontBBox": self.pydyf.Array(box),
            "ItalicAngle": font.italic_angle,
            "Ascent": font.ascent,
            "Descent": font.descent,
            "CapHeight": font.ascent,
            "StemV": font.stemv,
            "StemH": font.stemh,
            f"FontFile{3 if self.packed.cff else 2}": self._add(self._program()),
        }
        return self.pydyf.Dictionary(about)

    def _program(self) -> Any:
        program = self.packed.program
        extra = {"Subtype": "/OpenType"} if self.packed.cff else {"Length1": len(program)}
        return self._stream(program, extra)

    def _stream(self, data: bytes, extra: Mapping[str, Any] | None = None) -> Any:
        about = self.pydyf.Dictionary(extra or {})
        return self.pydyf.Stream([data], about, compress=self.compress)

    def _add(self, thing: Any) -> bytes:
        self.pdf.add_object(thing)
        return bytes(thing.reference)


def unicode_map(texts: Mapping[int, str]) -> Iterator[bytes]:
    """Write which characters the glyphs stand for, neighbours as one list."""
    yield _HEAD_OF_MAP
    for first in sorted(glyph for glyph in texts if glyph - 1 not in texts):
        run = list(takewhile(texts.__contains__, count(first)))
        while run:
            some = [one for one in run[:_LINES] if one >> 8 == run[0] >> 8]
            told = b"".join(b"<%s>" % _hex(texts[one]) for one in some)
            yield b"1 beginbfrange\n<%04x><%04x>[%s]\nendbfrange\n" % (some[0], some[-1], told)
            run = run[len(some) :]
    yield _END_OF_MAP


def _hex(text: str) -> bytes:
    return text.encode("utf-16-be").hex().encode()


def _widths(widths: Mapping[int, int], array: Any) -> Iterator[Any]:
    """Yield the first of some neighbours and their widths, in turn."""
    for first in sorted(glyph for glyph in widths if glyph - 1 not in widths):
        run = takewhile(widths.__contains__, count(first))
        yield first
        yield array(map(widths.get, run))


@cache
def _libraries() -> tuple[Any, Any, Any]:
    """Return WeasyPrint's door to HarfBuzz, with what it has not opened yet."""
    library = import_module("weasyprint.text.ffi")
    library.ffi.cdef(_CDEF)
    return library.ffi, library.harfbuzz, library.harfbuzz_subset


def _add(group: Any, numbers: Sequence[int]) -> None:
    ffi, harfbuzz, _ = _libraries()
    array = ffi.new(f"hb_codepoint_t[{len(numbers)}]", list(numbers))
    harfbuzz.hb_set_add_sorted_array(group, array, len(numbers))


def _bytes(blob: Any) -> bytes:
    """Take the bytes out of one of HarfBuzz's blobs."""
    ffi, harfbuzz, _ = _libraries()
    length = ffi.new("unsigned int *")
    data = harfbuzz.hb_blob_get_data(blob, length)
    taken = bytes(ffi.unpack(data, length[0])) if data else b""
    harfbuzz.hb_blob_destroy(blob)
    return taken

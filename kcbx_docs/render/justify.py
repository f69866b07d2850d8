"""Chinese lines for WeasyPrint: each full line ends at the right edge, each has its own height.

WeasyPrint 70 stretches spaces only, so Chinese lines stay ragged by up to a character, and it cuts
each glyph's advance to a thousandth of the type size, which adds up to half a point a line. Here
the room left over is shared among the gaps between characters, and each advance is rounded so that
the errors cancel. It also lets a line grow where a font with other metrics stands in it, so that a
page loses its 22nd line; here the em box alone places the baseline, whatever the font.
Nothing changes for other users of WeasyPrint in the same process.
"""

import math
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from importlib import import_module
from itertools import zip_longest
from typing import Any

from kcbx_docs.light import dataclass
from kcbx_docs.problems import stop
from kcbx_docs.render.native import load_weasyprint

SUPPORTED = "70."
# One point: what would make a gap wider goes to the blanks or spaces of the line, else beside signs
# and numbers, where a quarter of a character is usual; what is left then stays free.
WIDEST_GAP = 1.0 * 96 / 72
BESIDE_SIGNS = 0.25
SLIGHTLY = 4.0  # pixels by which a line may be too long
ASCENT, DESCENT = 0.88, 0.12  # of the em box of a Han character
_FULL_WIDTH_SPACE = "\u3000"
UNDRAWN = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))  # break opportunities and prohibitions
_OBJECT = "\ufffc"
_INSEPARABLE = frozenset(("——", "……", "⸺⸺"))
_active: ContextVar[bool] = ContextVar("cjk_justification", default=False)


@contextmanager
def cjk_justification() -> Iterator[None]:
    """Lay out and draw Chinese lines flush while the context lasts."""
    install()
    with justifying():
        yield


@contextmanager
def justifying() -> Iterator[None]:
    """Do so while the context lasts with whatever is laid out after ``install``."""
    token = _active.set(True)
    try:
        yield
    finally:
        _active.reset(token)


@cache
def install() -> None:
    """Put our functions in the place of WeasyPrint's, once; outside the context they call those."""
    weasyprint = load_weasyprint()
    if not weasyprint.VERSION.startswith(SUPPORTED):
        raise stop("REND100", found=weasyprint.VERSION, supported=SUPPORTED + "x")
    inline = import_module("weasyprint.layout.inline")
    line_break = import_module("weasyprint.text.line_break")
    if inline.justify_line.__module__ == __name__:
        return
    _replace_alignment(inline)
    _replace_metrics(inline, line_break)
    _replace_drawing(line_break.Layout)


def _replace_alignment(inline: Any) -> None:
    justify_line, text_align = inline.justify_line, inline.text_align

    def our_justify_line(context: Any, line: Any, extra_width: float) -> None:
        if _active.get():
            fill_line(line, extra_width)
        else:
            justify_line(context, line, extra_width)

    def our_text_align(context: Any, line: Any, available_width: float, last: bool) -> float:
        if _active.get() and not last:
            _hang_spaces(line)
        # A prohibition has letter spacing when lines are broken, but none when they are drawn.
        if _active.get() and 0 < line.width - available_width < SLIGHTLY:
            fill_line(line, available_width - line.width)
        return float(text_align(context, line, available_width, last))

    inline.justify_line, inline.text_align = our_justify_line, our_text_align


def _replace_metrics(inline: Any, line_break: Any) -> None:
    strut, split_text_box = inline.strut, inline.split_text_box

    def our_strut(style: Any) -> tuple[float, float]:
        height, baseline = strut(style)
        return height, (_baseline(height, style) if _active.get() else baseline)

    def our_split_text_box(*arguments: Any, **named: Any) -> tuple[Any, Any, Any]:
        box, resume_at, broken = split_text_box(*arguments, **named)
        if box is not None and _active.get():
            _place_on_baseline(box, strut(box.style)[0])
            if (drawn := box.text.translate(UNDRAWN)) != box.text:
                box.width = width_of(drawn, box.style)
        return box, resume_at, broken

    def width_of(text: str, style: Any) -> float:
        layout = line_break.create_layout(text, style, None, None, 0)
        return float(line_break.line_size(layout.get_first_line()[0], style)[0])

    inline.strut, inline.split_text_box = our_strut, our_split_text_box


def _replace_drawing(layout_type: Any) -> None:
    reactivate, get_first_line = layout_type.reactivate, layout_type.get_first_line

    def our_reactivate(self: Any, style: Any) -> None:
        if _active.get():
            self.text = self.text.translate(UNDRAWN)
        reactivate(self, style)
        self.being_drawn = _active.get()

    def our_get_first_line(self: Any) -> tuple[Any, Any]:
        line, index = get_first_line(self)
        if getattr(self, "being_drawn", False):
            self.being_drawn = False
            _space_glyphs(line, self.text, getattr(self, "gaps", {}), self.style["font_size"])
        return line, index

    layout_type.reactivate, layout_type.get_first_line = our_reactivate, our_get_first_line


def _baseline(line_height: float, style: Any) -> float:
    """Return how far below the top of a line of this height its baseline stands."""
    return (line_height + (ASCENT - DESCENT) * float(style["font_size"])) / 2


def _place_on_baseline(box: Any, line_height: float) -> None:
    baseline = _baseline(line_height, box.style)
    shift = baseline - box.baseline
    box.margin_top += shift
    box.margin_bottom -= shift
    box.baseline = baseline


def _hang_spaces(line: Any) -> None:
    """Let full-width spaces hang out of the end of a broken line, as Pango did when it broke it."""
    boxes = _boxes()
    path = [line]
    while isinstance(path[-1], boxes.LineBox | boxes.InlineBox) and path[-1].children:
        path.append(path[-1].children[-1])
    box = path[-1]
    if not isinstance(box, boxes.TextBox):
        return
    spaces = len(box.text) - len(box.text.rstrip(_FULL_WIDTH_SPACE))
    hanging = spaces * (float(box.style["font_size"]) + _letter_spacing(box))
    for part in path:
        part.width -= hanging


@dataclass(frozen=True)
class _Unit:
    """A character of a text box, or a whole inline block."""

    box: Any
    index: int
    char: str


def fill_line(line: Any, room: float) -> None:
    """Share the room among the gaps of a line; what would look stretched goes to its blanks."""
    units = list(_units(line))
    while units and units[-1].char == _FULL_WIDTH_SPACE:
        units.pop()
    if not units:
        return
    if units[-1].char != _OBJECT:
        room += _letter_spacing(units[-1].box)
    gaps = _gaps(units)
    blanks = [unit.box for unit in units if _is_blank(unit)]
    spaces = [gap for gap in gaps if units[gap].char in " \u00a0\u3000"]
    each, excess = _share(room, len(gaps), len(blanks) or len(spaces))
    wider = dict.fromkeys(gaps, each)
    if not blanks and not spaces:
        wider |= _beside_signs(units, gaps, each, room - each * len(gaps))
    elif not blanks:
        wider |= dict.fromkeys(spaces, each + excess)
    spaced: dict[int, dict[int, float]] = {}
    for gap, grown in wider.items():
        spaced.setdefault(id(units[gap].box), {})[units[gap].index] = grown
    _spread(line, spaced, {id(box): excess for box in blanks}, 0.0)


def _share(room: float, gaps: int, elastic: int) -> tuple[float, float]:
    """Divide room among gaps; beyond what reads well, among the elastic places if any."""
    each = min(room / gaps, WIDEST_GAP) if gaps else 0.0
    return each, (room - each * gaps) / elastic if elastic else 0.0


def _beside_signs(
    units: list[_Unit], gaps: list[int], each: float, room: float
) -> dict[int, float]:
    """Widen the gaps beside punctuation and numbers by what is left, within reason."""
    soft = [gap for gap in gaps if _parts_kinds(units[gap].char, units[gap + 1].char)]
    most = BESIDE_SIGNS * float(units[0].box.style["font_size"])
    return dict.fromkeys(soft, each + min(room / len(soft), most)) if soft else {}


@cache
def _boxes() -> Any:
    return import_module("weasyprint.formatting_structure.boxes")


def _units(box: Any) -> Iterator[_Unit]:
    boxes = _boxes()
    if isinstance(box, boxes.TextBox):
        for index, char in enumerate(box.text.translate(UNDRAWN)):
            if not _selects_variant(char):
                yield _Unit(box, index, char)
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _units(child)
    elif box.width:
        yield _Unit(box, 0, _OBJECT)


def _gaps(units: list[_Unit]) -> list[int]:
    pairs = range(len(units) - 1)
    found = [i for i in pairs if can_stretch(units[i].char, units[i + 1].char)]
    return found or [i for i in pairs if not unicodedata.combining(units[i + 1].char)]


@lru_cache(maxsize=4096)
def can_stretch(left: str, right: str) -> bool:
    """Tell whether a line may be stretched between two neighbouring characters."""
    if left + right in _INSEPARABLE or unicodedata.combining(right):
        return False
    if left in " \u00a0":
        return True
    if right in " \u00a0":
        return False
    return _is_wide(left) or _is_wide(right)


@lru_cache(maxsize=4096)
def _parts_kinds(left: str, right: str) -> bool:
    """Tell whether a sign, or the change to letters or digits, parts two neighbours."""
    kinds = [unicodedata.category(char)[0] for char in (left, right)]
    return "P" in kinds or _is_wide(left) != _is_wide(right)


def _is_wide(char: str) -> bool:
    return char == _OBJECT or char in "“”‘’—…·" or unicodedata.east_asian_width(char) in "WF"


def _selects_variant(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _is_blank(unit: _Unit) -> bool:
    if unit.char != _OBJECT or unit.box.element is None:
        return False
    return "blank" in (unit.box.element.get("class") or "").split()


def _letter_spacing(box: Any) -> float:
    spacing = box.style["letter_spacing"]
    return 0.0 if spacing == "normal" else float(spacing)


def _spread(
    box: Any, spaced: Mapping[int, Mapping[int, float]], wider: Mapping[int, float], x: float
) -> float:
    """Move a box by x and all after it by what it grew; return the new x."""
    boxes = _boxes()
    if isinstance(box, boxes.TextBox):
        box.position_x += x
        box.pango_layout.gaps = gaps = spaced.get(id(box), {})
        grown = sum(gaps.values())
        box.width += grown
        return x + grown
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += x
        start = x
        for child in box.children:
            if child.is_in_normal_flow():
                x = _spread(child, spaced, wider, x)
        box.width += x - start
        return x
    box.translate(x, 0)
    if grown := wider.get(id(box), 0.0):
        box.width += grown
        for child in box.children:
            child.translate(grown / 2, 0)
    return x + grown + sum(spaced.get(id(box), {}).values())


def _space_glyphs(line: Any, text: str, gaps: Mapping[int, float], type_size: float) -> None:
    """Widen the glyphs before the gaps, and round all advances so that their errors cancel.

    The drawing writes advance corrections as whole thousandths of the type size, cut off, not
    rounded. Offsets along the line, by which Pango halves letter spacing, become part of the
    advances.
    """
    library = import_module("weasyprint.text.ffi")
    pango, to_units = library.pango, library.TO_UNITS
    scale = 1000 * library.FROM_UNITS / type_size
    glyphs = list(_glyphs(line, library.ffi, _gap_bytes(text, gaps)))
    ink, logical = library.ffi.new("PangoRectangle *"), library.ffi.new("PangoRectangle *")
    error = 0.0
    for (font, glyph, extra), following in zip_longest(glyphs, glyphs[1:]):
        geometry = glyph.geometry
        wanted = geometry.width - geometry.x_offset + extra * to_units
        wanted += following[1].geometry.x_offset if following else geometry.x_offset
        if glyph.glyph == pango.PANGO_GLYPH_EMPTY or glyph.glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
            geometry.width = round(wanted * 1000 * library.FROM_UNITS)
            continue
        pango.pango_font_get_glyph_extents(font, glyph.glyph, ink, logical)
        own = round(logical.width * scale)
        exact = own - wanted * scale + error
        correction = round(exact)
        error = exact - correction
        # Half a thousandth away from zero, so that cutting off gives the wanted figure.
        middle = correction + math.copysign(0.5, correction) if correction else 0.0
        geometry.width = round((own - middle) / scale)
    for _, glyph, _ in glyphs:
        glyph.geometry.x_offset = 0


def _glyphs(
    line: Any, ffi: Any, gap_after: Mapping[int, float]
) -> Iterator[tuple[Any, Any, float]]:
    """Yield every glyph of a line with its font and the gap that follows its cluster."""
    run = line.runs
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        run = run.next
        clusters, count = string.log_clusters, string.num_glyphs
        for i in range(count):
            end = clusters[i + 1] if i + 1 < count else item.length
            bytes_of_cluster = range(item.offset + clusters[i], item.offset + end)
            gap = sum(gap_after.get(at, 0.0) for at in bytes_of_cluster)
            yield item.analysis.font, string.glyphs[i], gap


def _gap_bytes(text: str, gaps: Mapping[int, float]) -> dict[int, float]:
    if not gaps:
        return {}
    starts, at = [], 0
    for char in text:
        starts.append(at)
        at += len(char.encode())
    return {starts[index]: extra for index, extra in gaps.items()}

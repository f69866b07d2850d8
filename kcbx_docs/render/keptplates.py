"""Plates and proofs from one run to the next: a kind of paper that stood its trial need not be laid
out again while the words, the styles, the fonts, the program and its libraries are the same.

No value of a paper is kept, and no bookmark that names whose it was.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from kcbx_docs.render.css import stylesheet
from kcbx_docs.render.drawing import PlatePiece, Unfit
from kcbx_docs.render.fonts import FontSet
from kcbx_docs.render.html import BlankLook
from kcbx_docs.render.kept import Kept
from kcbx_docs.render.pdf import LayoutRun, font_configuration, mark_of
from kcbx_docs.render.plates import (
    Bookmark,
    CodeSlot,
    Plate,
    PlateSheet,
    RunLine,
    RunSlot,
    Slot,
    TextSlot,
    nameless,
)
from kcbx_docs.render.recipe import programs
from kcbx_docs.render.styles import Layout

if TYPE_CHECKING:
    from kcbx_docs.render.typecase import Typecase

SETTING = (
    *("font_family", "font_size", "font_weight", "font_style", "font_stretch", "font_kerning"),
    *("font_feature_settings", "font_variation_settings", "font_language_override"),
    *("font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian"),
    *("letter_spacing", "word_spacing", "white_space", "overflow_wrap", "word_break", "tab_size"),
    *("hyphens", "hyphenate_character", "hyphenate_limit_chars"),
    *("lang", "direction", "text_decoration_line"),
)
"""The properties that the engine asks for when it sets a text."""


class KeptStyle(dict[str, Any]):
    """How a text is set, as it was computed in an earlier run."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        super().__init__({name: _frozen(value) for name, value in told.items()})

    @property
    def font_config(self) -> Any:
        """Return the fonts that the engine knows."""
        return font_configuration()

    def __missing__(self, name: str) -> Any:
        raise Unfit(f"没有记下 {name}")


def kind_key(static: str, layout: Layout, run: LayoutRun, *, duplex: bool) -> bytes:
    """Return the hash of all that the plates of one kind of papers depend on."""
    styles = stylesheet(layout, run.fonts.stack) + mark_of(layout, run.fonts, draft=run.draft)
    told = [static, styles, layout.name, run.draft, duplex, fonts_told(run.fonts), programs()]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).digest()


def fonts_told(fonts: FontSet) -> list[tuple[str, ...]]:
    """Name the fonts of all roles in the order in which they are tried, and their state."""
    return [(role, *_keys(fonts, role)) for role in fonts.own]


def _keys(fonts: FontSet, role: str) -> Iterator[str]:
    return (font.key for font in fonts.chain(role))


def kept_kind(kept: Kept, key: bytes) -> Any:
    """Return the blanks of a kind, the styles that values are set in, and their rooms."""
    if not (told := kept.get(key)):
        return None
    blanks = [BlankLook(*one) for one in told["blanks"]]
    styles = {int(n): KeptStyle(style) for n, style in told["styles"].items()}
    return blanks, styles, {int(n): room for n, room in told["rooms"].items()}


def keep_kind(
    kept: Kept,
    key: bytes,
    blanks: Sequence[BlankLook],
    styles: Mapping[int, Any],
    rooms: Mapping[int, float],
) -> None:
    """Keep what is known of a kind of papers, once it stood its trial."""
    told = {
        "blanks": [astuple(one) for one in blanks],
        "styles": {n: style_told(style) for n, style in styles.items()},
        "rooms": rooms,
    }
    kept.put(key, told)


def kept_plate(kept: Kept, kind: bytes, shape: Sequence[Any], cases: "Typecase") -> Plate | None:
    """Return the plate of a shape with the faces that it needs, if all are as they were."""
    told = kept.get(_key(kind, shape))
    if not told or not all(cases.know(*face) for face in told["faces"]):
        return None
    return Plate(
        tuple(_sheet(*one) for one in told["sheets"]),
        {n: _slot(slot) for n, slot in told["slots"]},
        [_bookmark(one) for one in told["bookmarks"]],
        {face: _glyphs(some) for face, some in told["drawn"]},
    )


def keep_plate(
    kept: Kept, kind: bytes, shape: Sequence[Any], plate: Plate, cases: "Typecase"
) -> None:
    """Keep the plate of a shape."""
    faces = [cases.told(name) for name in plate.drawn]
    if not all(faces):
        return
    told = {
        "faces": faces,
        "sheets": list(map(_sheet_told, plate.sheets)),
        "slots": [(n, astuple(slot)) for n, slot in plate.slots.items()],
        "bookmarks": nameless(plate.bookmarks),
        "drawn": [(face, list(glyphs.items())) for face, glyphs in plate.drawn.items()],
    }
    kept.put(_key(kind, shape), told)


def _key(kind: bytes, shape: Sequence[Any]) -> bytes:
    return hashlib.sha256(kind + json.dumps(shape).encode()).digest()


def style_told(style: Any) -> dict[str, Any]:
    """Tell all that decides how a text is set; a line below it belongs to its plate."""
    return {name: style[name] for name in SETTING} | {"text_decoration_line": "none"}


def _glyphs(told: Sequence[Any]) -> dict[int, tuple[str, int]]:
    return {number: (text, width) for number, (text, width) in told}


def _sheet_told(sheet: PlateSheet) -> tuple[Any, ...]:
    pieces = [(b"\n".join(one.drawn).decode("latin-1"), one.blank) for one in sheet.pieces]
    return sheet.width, sheet.height, pieces


def _sheet(width: float, height: float, pieces: Sequence[Any]) -> PlateSheet:
    made = (
        PlatePiece(tuple(drawn.encode("latin-1").split(b"\n")) if drawn else (), blank)
        for drawn, blank in pieces
    )
    return PlateSheet(width, height, tuple(made))


def _slot(told: Sequence[Any]) -> Slot:
    if len(told) == len(CodeSlot.__dataclass_fields__):
        return CodeSlot(*told)
    if len(told) == len(RunSlot.__dataclass_fields__):
        sheet, lines = told
        return RunSlot(sheet, tuple(RunLine(*_frozen(line)) for line in lines))
    sheet, left, room, baselines, centred = told
    return TextSlot(sheet, left, room, tuple(baselines), centred)


def _bookmark(told: Sequence[Any]) -> Bookmark:
    words, (page, x, y), children, state = told
    return words, (page, x, y), [_bookmark(one) for one in children], state


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value

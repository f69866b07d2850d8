"""The faces and styles that values are set in, kept while a program makes print files."""

from collections.abc import Mapping
from typing import Any

from kcbx_docs.render.pdf import LayoutRun
from kcbx_docs.render.setting import Setter


class Typecase:
    """Faces known to the layout engine, the characters that were looked for, and the setters."""

    def __init__(self) -> None:
        self.faces: dict[int, Any] = {}
        self._setters: dict[tuple[Any, ...], Setter] = {}
        self._seen: dict[str, set[str]] = {}
        self._lost: dict[str, set[str]] = {}
        self._loaded: set[str] = set()

    def lost(self, texts: Mapping[str, str], run: LayoutRun) -> dict[str, str]:
        """Return what no font draws of the texts of each role; the fonts of the rest are loaded."""
        found = {}
        for role, text in texts.items():
            chars = set(text)
            if new := chars - self._seen.setdefault(role, set()):
                self._look_for(role, "".join(sorted(new)), run)
            if gone := chars & self._lost.get(role, set()):
                found[role] = "".join(sorted(gone))
        return found

    def _look_for(self, role: str, new: str, run: LayoutRun) -> None:
        self._seen[role].update(new)
        self._lost.setdefault(role, set()).update(run.fonts.missing(new, role))
        rules = run.fonts.css({role: new}).splitlines(keepends=True)
        if wanted := [rule for rule in rules if rule not in self._loaded]:
            run.load_faces("".join(wanted))
            self._loaded.update(wanted)
            for setter in self._setters.values():
                setter.forget_layout()

    def setter(self, style: Any) -> Setter:
        """Return what sets values in a style."""
        key = tuple(str(style[name]) for name in _DECIDING)
        if key not in self._setters:
            self._setters[key] = Setter(style, self.faces)
        return self._setters[key]


_DECIDING = (
    "font_family",
    "font_size",
    "letter_spacing",
    "word_spacing",
    "font_weight",
    "font_style",
    "font_stretch",
    "font_kerning",
    "font_feature_settings",
    "font_variant_ligatures",
    "lang",
    "direction",
    "white_space",
    "overflow_wrap",
    "word_break",
    "hyphens",
)
"""The properties that decide how a text is set."""

"""The faces and styles that values are set in, kept while a program makes print files."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kcbx_docs.render.fonts import face_rule
from kcbx_docs.render.pdf import LayoutRun
from kcbx_docs.render.printfonts import Face, face_of
from kcbx_docs.render.setting import Setter


class Typecase:
    """Faces known to the layout engine, the characters that were looked for, and the setters."""

    def __init__(self) -> None:
        self.faces: dict[int, Any] = {}
        self._setters: dict[tuple[Any, ...], Setter] = {}
        self._seen: dict[str, set[str]] = {}
        self._lost: dict[str, set[str]] = {}
        self._loaded: dict[str, Path] = {}
        self._kept: dict[str, tuple[Face, str]] = {}

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
        faces = dict(run.fonts.faces({role: new}))
        if wanted := {name: file for name, file in faces.items() if name not in self._loaded}:
            run.load_faces("".join(face_rule(name, file) for name, file in wanted.items()))
            self._loaded.update(wanted)
            for setter in self._setters.values():
                setter.forget_layout()

    def face(self, name: str) -> Face | None:
        """Return a face by the name that pages call it by."""
        if name in self._kept:
            return self._kept[name][0]
        return next((face_of(font) for font in self.faces.values() if font.hash == name), None)

    def told(self, name: str) -> tuple[Any, ...]:
        """Describe a face for a later run: its name, its file with its hash, and what it is like;
        nothing if it does not come from a file as it is.
        """
        face = self.face(name)
        file = self._loaded.get(face.family) if face else None
        if face is None or file is None:
            return ()
        like = asdict(face)
        digest = hashlib.sha256(like.pop("data")).hexdigest()
        return name, str(file), digest, like

    def know(self, name: str, file: str, digest: str, like: dict[str, Any]) -> bool:
        """Take a face from a description, if its file is still the same."""
        if name not in self._kept:
            try:
                data = Path(file).read_bytes()
            except OSError:
                return False
            face = Face(**{**like, "stems": tuple(like["stems"]), "data": data})
            self._kept[name] = face, hashlib.sha256(data).hexdigest()
        return self._kept[name][1] == digest

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

"""The faces and styles that values are set in, kept while a program makes print files."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kcbx_docs.render.fonts import face_rule
from kcbx_docs.render.justify import install
from kcbx_docs.render.kept import Kept
from kcbx_docs.render.letters import Letters
from kcbx_docs.render.pdf import LayoutRun
from kcbx_docs.render.printfonts import Face, face_of
from kcbx_docs.render.setting import Setter


class Typecase:
    """Faces known to the layout engine, the characters that were looked for, and the setters."""

    def __init__(self, kept: Kept | None = None) -> None:
        self._store = kept
        self.run: LayoutRun | None = None
        """The run whose papers are composed."""
        self.faces: dict[int, Any] = {}
        self._setters: dict[tuple[Any, ...], Setter] = {}
        self._seen: dict[str, set[str]] = {}
        self._lost: dict[str, set[str]] = {}
        self._loaded: dict[str, Path] = {}
        self._waiting: dict[str, Path] = {}
        self._letters: dict[int, Letters] = {}
        self._described: dict[str, tuple[Path, str, Mapping[str, Any]]] = {}
        self._read: dict[str, Face] = {}
        self._told: dict[str, tuple[Any, ...]] = {}

    def lost(self, texts: Mapping[str, str], run: LayoutRun) -> dict[str, str]:
        """Return what no font draws of the texts of each role; the fonts of the rest are wanted."""
        self.run, found = run, {}
        for role, text in texts.items():
            chars = set(text)
            self.look_for(role, chars)
            if gone := chars & self._lost.get(role, set()):
                found[role] = "".join(sorted(gone))
        return found

    def look_for(self, role: str, chars: Iterable[str]) -> None:
        """Find the fonts of characters, if they were not looked for before."""
        assert self.run is not None
        seen = self._seen.setdefault(role, set())
        if new := "".join(sorted({*chars} - seen)):
            seen.update(new)
            fonts = self.run.fonts
            self._lost.setdefault(role, set()).update(fonts.missing(new, role))
            wanted = dict(fonts.faces({role: new}))
            self._waiting |= {n: file for n, file in wanted.items() if n not in self._loaded}

    def begin(self) -> None:
        """Make the layout engine ready, with the fonts that are wanted: not before it is needed."""
        install()
        if self._waiting and self.run:
            rules = (face_rule(name, file) for name, file in self._waiting.items())
            self.run.load_faces("".join(rules))
            self._loaded |= self._waiting
            self._waiting = {}
            for setter in self._setters.values():
                setter.forget_layout()

    def face(self, name: str) -> Face | None:
        """Return a face by the name that pages call it by."""
        if name in self._described:
            return self._read_face(name)
        return next((face_of(font) for font in self.faces.values() if font.hash == name), None)

    def _read_face(self, name: str) -> Face | None:
        """Read a face that was described, not before its outlines are drawn."""
        if name not in self._read:
            file, digest, like = self._described[name]
            data = file.read_bytes()
            if hashlib.sha256(data).hexdigest() != digest:
                return None
            self._read[name] = Face(**{**like, "stems": tuple(like["stems"]), "data": data})
        return self._read[name]

    def told(self, name: str) -> tuple[Any, ...]:
        """Describe a face for a later run: its name, its file with its hash, and what it is like;
        nothing if it does not come from a file as it is.
        """
        if name not in self._told:
            self._told[name] = self._describe(name)
        return self._told[name]

    def _describe(self, name: str) -> tuple[Any, ...]:
        face = self.face(name)
        file = self._loaded.get(face.family) if face else None
        if face is None or file is None:
            return ()
        like = asdict(face)
        digest = hashlib.sha256(like.pop("data")).hexdigest()
        return name, str(file), digest, like

    def know(self, name: str, file: str, digest: str, like: dict[str, Any]) -> bool:
        """Take a face from a description, if its file is still the same."""
        if name not in self._described:
            try:
                with Path(file).open("rb") as opened:
                    found = hashlib.file_digest(opened, "sha256").hexdigest()
            except OSError:
                return False
            self._described[name] = Path(file), found, like
            self._told[name] = name, file, found, like
        return self._described[name][1] == digest

    def setter(self, style: Any, role: str) -> Setter:
        """Return what sets values in a style of a role."""
        key = role, *(str(style[name]) for name in _DECIDING)
        if key not in self._setters:
            setter = self._setters[key] = Setter(style, self.faces, self.begin)
            if self._store:
                letters = Letters(self._store, self, style, role)
                letters.recall(setter)
                setter.letters = letters.glyphs
                self._letters[id(setter)] = letters
        return self._setters[key]

    def keep(self) -> None:
        """Keep what the setters learned for the next run."""
        for setter in self._setters.values():
            if letters := self._letters.get(id(setter)):
                letters.keep(setter)


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

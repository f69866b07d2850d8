"""Fonts by role: which file sets 仿宋 on this machine, what it covers, and how a renderer loads it.

DOCX names the standard fonts, found or not; PDF embeds the first font of the role's list that is
here, and the next ones for characters that it lacks. Fonts are loaded by file: without fontconfig.
"""

import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problem, Problems, problem
from kcbx_docs.render.faces import (
    everyday,
    everyday_face,
    face_folder,
    gb2312,
    has_parts,
    whole_face,
)
from kcbx_docs.render.fontfiles import (
    Coverage,
    FontFile,
    font_folders,
    list_fonts,
    read_coverage,
    user_cache_folder,
)

RARE_NAMES = "喆堃犇镕䶮㛃𬎆𬱖"


@dataclass(frozen=True)
class Role:
    """A kind of type: its standard name in DOCX, and the fonts that may set it, best first."""

    name: str
    docx: str
    install: str
    fonts: tuple[str, ...]


@dataclass(frozen=True)
class RoleReport:
    """What ``kcbx doctor`` tells of a role.

    Its own fonts are counted; the names are those that even the last resort lacks.
    """

    role: str
    docx: str
    fonts: tuple[FontFile, ...]
    gb2312_missing: int
    han_drawn: int
    rare_missing: str


@dataclass(frozen=True)
class FontUsed:
    """A font for the manifest."""

    name: str
    file: str
    sha256: str


@cache
def _table() -> tuple[Mapping[str, Role], tuple[str, ...]]:
    data = tomllib.loads(Path(__file__).with_name("fonts.toml").read_text("utf-8"))
    roles = {
        name: Role(name, entry["docx"], entry["install"], tuple(entry["fonts"]))
        for name, entry in data["roles"].items()
    }
    return MappingProxyType(roles), tuple(data["last_resort"]["fonts"])


ROLES, LAST_RESORT = _table()


@dataclass(frozen=True)
class FontSet:
    """The fonts of this machine by role."""

    own: Mapping[str, tuple[FontFile, ...]]
    last_resort: tuple[FontFile, ...]
    cache: Path

    def chain(self, role: str) -> tuple[FontFile, ...]:
        """Return the fonts of a role in the order in which they are tried."""
        # One font may lie in two folders: its PostScript name tells that it is one.
        fonts = {font.postscript or font.path: font for font in self._chain(role)}
        return tuple(fonts.values())

    def _chain(self, role: str) -> Iterator[FontFile]:
        own = self.own[role]
        names = {font.postscript for font in own}
        yield from own
        yield from (font for font in self.last_resort if font.postscript not in names)

    def coverage(self, font: FontFile) -> Coverage:
        """Return the characters that a font draws."""
        return read_coverage(font, self.cache)

    def font_for(self, char: str, role: str) -> FontFile | None:
        """Return the font that draws a character, None if it would come out blank or as a box."""
        return self._first(char, self.chain(role))

    def _first(self, char: str, fonts: Iterable[FontFile]) -> FontFile | None:
        for font in fonts:
            coverage = self.coverage(font)
            if coverage.draws(char):
                return font
            # The renderer takes the empty glyph, too, and never asks the next font.
            if ord(char) in coverage.empty:
                return None
        return None

    def missing(self, text: str, role: str) -> str:
        """Return the characters of a text that no font of the role draws, each once."""
        fonts = self.chain(role)
        return "".join(char for char in visible(text) if self._first(char, fonts) is None)

    def drawn_in(self, postscript: str, text: str, role: str) -> str:
        """Return the characters of a text that this font of the role draws."""
        fonts = self.chain(role)
        found = ((char, self._first(char, fonts)) for char in text)
        return "".join(char for char, font in found if font and font.postscript == postscript)

    def check(self, text: str = "", roles: Iterable[str] = tuple(ROLES)) -> Problems:
        """Report the roles without a font of their own and the characters that nothing draws."""
        return tuple(self._check(text, tuple(roles)))

    def _check(self, text: str, roles: tuple[str, ...]) -> Iterator[Problem]:
        for role in roles:
            entry = ROLES[role]
            if not self.chain(role):
                yield problem("FONT002", role=role, install=entry.install)
                continue
            if not self.own[role]:
                stand_in = self.last_resort[0].family
                yield problem("FONT001", role=role, used=stand_in, install=entry.install)
            if lost := self.missing(text, role):
                spelled = "、".join(f"{char}（U+{ord(char):04X}）" for char in lost)
                yield problem("FONT003", role=role, chars=spelled)

    def stack(self, role: str) -> str:
        """Return the CSS ``font-family`` value of a role."""
        families = itertools.chain.from_iterable(css_families(font) for font in self.chain(role))
        return ", ".join(f'"{family}"' for family in families)

    def css(self, texts: Mapping[str, str] | None = None) -> str:
        """Return the ``@font-face`` rules of all fonts, or of those that set texts by role."""
        return "".join(face_rule(family, file) for family, file in self.faces(texts))

    def faces(self, texts: Mapping[str, str] | None = None) -> Iterator[tuple[str, Path]]:
        """Yield the files that a renderer loads for texts by role, each with its family."""
        for font in self.used(texts):
            yield css_family(font), everyday_face(font, self.cache)
        for font in self._whole(texts):
            yield css_families(font)[1], whole_face(font, self.cache)

    def _whole(self, texts: Mapping[str, str] | None) -> tuple[FontFile, ...]:
        """Return the fonts whose rarer characters are needed."""
        if texts is None:
            return tuple(font for font in self.used() if has_parts(font))
        fonts: dict[FontFile, None] = {}
        for role, text in texts.items():
            for char in visible(text):
                font = None if ord(char) in everyday() else self.font_for(char, role)
                if font and has_parts(font):
                    fonts[font] = None
        return tuple(fonts)

    def used(self, texts: Mapping[str, str] | None = None) -> tuple[FontFile, ...]:
        """Return the fonts of all chains, or those that texts need, with each role's first."""
        if texts is None:
            fonts = itertools.chain.from_iterable(map(self.chain, self.own))
        else:
            fonts = itertools.chain.from_iterable(
                self._used(role, text) for role, text in texts.items()
            )
        return tuple(dict.fromkeys(fonts))

    def _used(self, role: str, text: str) -> Iterator[FontFile]:
        fonts = self.chain(role)
        yield from fonts[:1]
        for char in visible(text):
            if font := self._first(char, fonts):
                yield font

    def folders(self) -> tuple[Path, ...]:
        """Return the folders that a renderer must be allowed to read."""
        return tuple(sorted({font.path.parent for font in self.used()} | {face_folder(self.cache)}))

    def manifest(self, fonts: Iterable[FontFile] | None = None) -> tuple[FontUsed, ...]:
        """Identify fonts for the manifest: name, file name and the head of the file's sha256."""
        chosen = self.used() if fonts is None else tuple(fonts)
        return tuple(map(self._identify, chosen))

    def _identify(self, font: FontFile) -> FontUsed:
        return FontUsed(font.postscript, font.path.name, self.coverage(font).sha256[:16])

    def report(self) -> tuple[RoleReport, ...]:
        """Tell for each role which files set it and what they cover."""
        return tuple(self._report(role) for role in ROLES.values())

    def _report(self, role: Role) -> RoleReport:
        own = self.own[role.name]
        bits = 0
        for font in own:
            bits |= int.from_bytes(self.coverage(font).drawn, "little")
        han = (bits >> 0x4E00) & ((1 << 0x5200) - 1)  # U+4E00 to U+9FFF
        return RoleReport(
            role=role.name,
            docx=role.docx,
            fonts=own,
            gb2312_missing=(_gb2312_bits() & ~bits).bit_count(),
            han_drawn=han.bit_count(),
            rare_missing=self.missing(RARE_NAMES, role.name),
        )


def find_fonts(folders: Iterable[Path] | None = None, cache: Path | None = None) -> FontSet:
    """Find the fonts of all roles in the folders, by default the user's and the system's."""
    kept = cache or user_cache_folder()
    faces = list_fonts(font_folders() if folders is None else folders, kept)
    named: dict[str, FontFile] = {}
    for font, names in faces:
        for name in names:
            named.setdefault(name, font)
    own = {role.name: _choose(role.fonts, named) for role in ROLES.values()}
    return FontSet(MappingProxyType(own), _choose(LAST_RESORT, named), kept)


def _choose(candidates: Iterable[str], named: Mapping[str, FontFile]) -> tuple[FontFile, ...]:
    chosen: dict[FontFile, None] = {}
    for name in candidates:
        if font := named.get(name.lower()):
            chosen[replace(font, path=font.path.resolve())] = None
    return tuple(chosen)


def css_family(font: FontFile) -> str:
    """Return the name under which a stylesheet knows a font."""
    return "kcbx-" + re.sub(r"[^A-Za-z0-9]+", "-", font.postscript or font.path.stem)


def css_families(font: FontFile) -> tuple[str, ...]:
    """Return the names under which a font is loaded: its everyday part, then the whole if apart."""
    name = css_family(font)
    return (name, f"{name}-whole") if has_parts(font) else (name,)


def face_rule(family: str, file: Path) -> str:
    """Write the rule that makes a font file known to a renderer."""
    source = f'font-family: "{family}"; src: url("{file.as_uri()}")'
    return f"@font-face {{ {source}; font-weight: normal; font-style: normal }}\n"


def visible(text: str) -> str:
    """Return the characters of a text that need a glyph, each once, in order."""
    return "".join(char for char in dict.fromkeys(text) if _needs_glyph(char))


def _needs_glyph(char: str) -> bool:
    return char.isprintable() and not char.isspace()


@cache
def _gb2312_bits() -> int:
    return sum(1 << ord(char) for char in gb2312())

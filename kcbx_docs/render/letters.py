"""The glyphs of characters in one style, from one run to the next.

They are learned by whole groups of characters: what is kept tells nothing of which of them a paper
held. With them a value is set without the layout engine.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kcbx_docs.render.faces import gb2312
from kcbx_docs.render.kept import Kept
from kcbx_docs.render.keptplates import fonts_told, style_told
from kcbx_docs.render.recipe import programs
from kcbx_docs.render.setting import Glyph, Room, Setter

if TYPE_CHECKING:
    from kcbx_docs.render.typecase import Typecase

_SIGNS = "0123456789\u3000、，。（）·-ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_COMMON = 3755  # characters of the first level of GB/T 2312
_FIRST_OF_SECOND = 0xD8  # byte
_HAN = range(0x3400, 0xA000)
_BLOCK = 256
"""Rarer characters are learned by blocks of so many."""

Group = tuple[int, str]
"""Which characters are learned together, and in which font if they are rare."""
Packed = Mapping[Room, Mapping[str, int]]
"""The numbers of glyphs by their room."""


class Letters:
    """The glyphs of one style."""

    def __init__(self, kept: Kept, cases: "Typecase", style: Any, role: str) -> None:
        assert cases.run is not None
        told = [style_told(style), role, fonts_told(cases.run.fonts), programs()]
        self._key = hashlib.sha256(json.dumps(told).encode()).digest()
        self._kept, self._cases, self._role = kept, cases, role
        self._groups: dict[Group, Packed] = {}
        self._told: list[Any] = []

    def recall(self, setter: Setter) -> None:
        """Tell a setter which patterns it tried in earlier runs, and how it broke them."""
        self._told = self._kept.get(self._named("patterns")) or [[], [], {}]
        setter.alike.update(dict.fromkeys(self._told[0], True))
        setter.heads.update({key: (end, begin) for key, end, begin in self._told[1]})
        setter.pairs |= self._told[2]

    def keep(self, setter: Setter) -> None:
        """Keep which patterns a setter tried, if they are more than before."""
        alike = sorted(pattern for pattern, same in setter.alike.items() if same)
        heads = sorted([key, *place] for key, place in setter.heads.items())
        if (told := [alike, heads, setter.pairs]) != self._told:
            self._told = told
            self._kept.put(self._named("patterns"), self._told)

    def glyphs(self, chars: str, setter: Setter) -> Iterator[Glyph]:
        """Yield the glyphs of those characters that belong to a group."""
        for char in chars:
            place = self._group_of(char)
            if place is None:
                continue
            if place not in self._groups:
                self._groups[place] = self._recalled(place) or self._learned(place, setter)
            for room, numbers in self._groups[place].items():
                if char in numbers:
                    yield Glyph(numbers[char], char, room)

    def _group_of(self, char: str) -> Group | None:
        """Return the group of a character; a rarer one is learned with those of its font alone, so
        that no other font is loaded.
        """
        if char in _SIGNS:
            return 0, ""
        if ord(char) not in _HAN:
            return None
        try:
            return int(char.encode("gb2312")[0] >= _FIRST_OF_SECOND), ""
        except UnicodeEncodeError:
            return ord(char) // _BLOCK, self._font_of(char)

    def _font_of(self, char: str) -> str:
        assert self._cases.run is not None
        font = self._cases.run.fonts.font_for(char, self._role)
        return font.postscript if font else ""

    def _named(self, what: object) -> bytes:
        return hashlib.sha256(self._key + f"{what}".encode()).digest()

    def _recalled(self, place: Group) -> Packed:
        """Take a group from an earlier run, if the fonts are as they were."""
        told = self._kept.get(self._named(place))
        if not told or not all(self._cases.know(*face) for face in told["faces"]):
            return {}
        return {
            Room(*room): dict(zip(chars, numbers, strict=True))
            for *room, chars, numbers in told["glyphs"]
        }

    def _learned(self, place: Group, setter: Setter) -> Packed:
        """Have the layout engine shape a whole group, and keep what comes out."""
        group, font = place
        chars = _chars_of(group)
        if font and self._cases.run:
            chars = self._cases.run.fonts.drawn_in(font, chars, self._role)
        self._cases.look_for(self._role, chars)
        packed: dict[Room, dict[str, int]] = {}
        faces: set[str] = set()
        for glyph in setter.shaped_apart(chars):
            packed.setdefault(glyph.room, {})[glyph.text] = glyph.number
            faces.add(glyph.room.face)
        told = [self._cases.told(name) for name in sorted(faces)]
        if packed and all(told):
            glyphs = [[*room, *_columns(numbers)] for room, numbers in packed.items()]
            self._kept.put(self._named(place), {"faces": told, "glyphs": glyphs})
        return packed


def _columns(numbers: Mapping[str, int]) -> tuple[str, Sequence[int]]:
    return "".join(numbers), list(numbers.values())


def _chars_of(group: int) -> str:
    """Return the usual characters, the others of GB/T 2312, or those of a block that are rarer."""
    known = gb2312()
    if group == 0:
        return "国".join(_SIGNS) + known[:_COMMON]  # beside each other some signs stand closer
    if group == 1:
        return known[_COMMON:]
    block = range(group * _BLOCK, (group + 1) * _BLOCK)
    return "".join(sorted({chr(code) for code in block if code in _HAN} - {*known}))

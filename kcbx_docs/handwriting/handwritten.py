"""A text that is being looked at: its slips, and what mends them in memory."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from kcbx_docs.light import dataclass, regex

KEY = regex(
    r"""(?P<key>"[^"\n]*"|'[^'\n]*'|[^\s#"'\[\]{},&*!|>%@`?-][^\n]*?|-[^\s-][^\n]*?)"""
    r"""[ \t\u3000]*:(?=[ \t]|$)""",
    re.MULTILINE,
)
"""What stands before the colon of a block mapping."""
SHORT_KEY = r"[^\s:：︰﹕∶，。；、,{}\[\]（）()“”\"'#]{1,16}"
"""What looks like a key, whatever comes after it."""
ALIKE = regex(rf"(?P<key>{SHORT_KEY})[ \t\u3000\xa0]*(?P<colon>[:：︰﹕∶])(?!//)")
"""A key with something that may be meant for its colon."""
EQUALS = regex(
    r"(?P<key>[\u4e00-\u9fff]{1,12})[ \t\u3000]*"
    r"(?P<mark>[=＝]+[>＞]?|[-－—]+[>＞]|[→⇒]|[－—]+|(?<=[ \t\u3000])(?:-+|是|为)(?=[ \t\u3000]))"
    r"[ \t\u3000]*(?=\S)"
)
"""A key with another sign than a colon before its value: 记录人 = 段晓岚."""
COMMENT = regex(r"[ \t]#")

_KEYS = regex(rf"(?:^|[\s{{,])({SHORT_KEY})[ \t]*:(?=[ \t]|$)", re.MULTILINE)


@dataclass(frozen=True)
class Patch:
    """Other characters in one place of the text; never an end of line."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class PenSlip:
    """One slip: its code and facts, where a person must type, and whether the patch is the only
    right mending.
    """

    code: str
    at: int
    facts: Mapping[str, Any]
    patch: Patch | None = None
    sure: bool = False


_HEAD = regex(
    rf"[ \t]*{SHORT_KEY}[ \t]*\n(?P<deep>[ \t]*)(?P<below>- |(?:{SHORT_KEY})[ \t]*[:：][ \t\n])"
)
"""A word alone on its line, with a block below it."""


@dataclass
class Handwritten:
    """What is known so far of a text; the text keeps its length while it is looked at."""

    text: str
    slips: list[PenSlip] = field(default_factory=list)
    patches: list[Patch] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = frozenset(_KEYS.findall(self.text))
        self.starts = [0, *(found.end() for found in re.finditer("\n", self.text))]

    def slip(
        self, code: str, at: int, patch: Patch | None = None, *, sure: bool = False, **facts: Any
    ) -> None:
        """Take note of a slip and of what mends it in memory, which is never more than a line."""
        if patch and "\n" in self.text[patch.start : patch.end]:
            patch = None
        self.slips.append(PenSlip(code, at, facts, patch, sure and patch is not None))
        if patch:
            self.patches.append(patch)

    def key_within(self, word: str) -> str:
        """Return the longest key of this text with which a word begins: 记录人段晓岚."""
        known = [key for key in self.words if word.startswith(key) and len(key) > 1]
        return max(known, key=len, default="")

    def heads_block(self, at: int, depth: int) -> bool:
        """Tell whether a line is a key whose colon was forgotten: alone, with a block below it."""
        head = _HEAD.match(self.text, at)
        if head is None:
            return False
        return head["below"].startswith("-") or len(head["deep"]) > depth

    def eol(self, at: int) -> int:
        """Return where the line of an offset ends."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def where(self, at: int) -> tuple[int, int]:
        """Return the line and column of an offset, both from nought."""
        line = bisect_right(self.starts, at) - 1
        return line, at - self.starts[line]

    def column(self, at: int) -> int:
        """Return the column of an offset."""
        return self.where(at)[1]

    def content_end(self, at: int) -> int:
        """Return where the line of an offset ends without its comment and blanks."""
        end = self.eol(at)
        if cut := COMMENT.search(self.text, at, end):
            end = cut.start()
        return at + len(self.text[at:end].rstrip())

    def mended(self) -> "Mended":
        """Return the text with every patch that does not lie within another."""
        kept: list[Patch] = []
        for patch in sorted(set(self.patches), key=lambda p: (p.start, -p.end)):
            if not kept or patch.start >= kept[-1].end:
                kept.append(patch)
        pieces, at = [], 0
        for patch in kept:
            pieces += [self.text[at : patch.start], patch.new]
            at = patch.end
        shifts: dict[int, list[tuple[int, int, int]]] = {}
        for patch in kept:
            line, column = self.where(patch.start)
            shifts.setdefault(line, []).append((column, patch.end - patch.start, len(patch.new)))
        return Mended("".join([*pieces, self.text[at:]]), shifts)


@dataclass(frozen=True)
class Mended:
    """A text as it is read on, and how its columns lie in the text that was typed."""

    text: str
    shifts: Mapping[int, list[tuple[int, int, int]]]

    def back(self, mark: tuple[int, int]) -> tuple[int, int]:
        """Return where something of this text stands in the one that was typed."""
        line, column = mark
        moved = 0
        for start, old, new in self.shifts.get(line, ()):
            if column < start + moved:
                break
            if column < start + moved + new:
                return line, start
            moved += new - old
        return line, column - moved

"""How far lines are indented, and which of them stand out of line."""

import re
from dataclasses import field

from kcbx_docs.handwriting.handwritten import Handwritten, Patch
from kcbx_docs.light import dataclass

BLANKS = {
    "\t": ("制表符（Tab）", 2),
    "\u3000": ("全角空格", 2),
    "\xa0": ("不换行空格", 1),
    "\u2002": ("半角宽的空格", 1),
    "\u2003": ("全角宽的空格", 2),
    "\u2009": ("窄空格", 1),
    "\u202f": ("窄不换行空格", 1),
}
BLANK = " " + "".join(BLANKS)


@dataclass
class Level:
    """The keys of a mapping, or the items of a list, one under another."""

    indent: int
    mapping: bool
    first: int
    """Where its first key or item stands."""
    also: set[int] = field(default_factory=set)
    """Other indents that were told once and are taken for this one."""
    members: int = 1


class Levels:
    """The levels that are open where a text is being looked at."""

    def __init__(self, page: Handwritten) -> None:
        self.page = page
        self.levels: list[Level] = []
        self.waiting = True
        """Whether the last key or dash has no value yet."""
        self.left: list[Level] = []
        """The levels before the last line that was less indented than those above it."""
        self.dedented: list[int] = []
        """The keys since then."""
        self.typed_at = -1
        """Where the first key of an item was typed, whose dash was mended."""

    def enter(self, at: int, column: int, *, mapping: bool) -> None:
        """Find the level that a key or an item belongs to; tell where it stands out of line."""
        deepest = self.levels[-1] if self.levels else None
        if deepest is None or (self.waiting and column > deepest.indent):
            also = {self.typed_at} - {column} if self.typed_at >= 0 else set()
            self.levels.append(Level(column, mapping, at, also))
            self.typed_at = -1
            return
        before = [*self.levels]
        if column < deepest.indent and mapping:
            self.left, self.dedented = before, []
        while self.levels and self.levels[-1].indent > column:
            self.levels.pop()
        if not self.in_line(at, column, mapping=mapping, deepest=deepest):
            self.out_of_line(at, column, before, mapping=mapping)

    def in_line(self, at: int, column: int, *, mapping: bool, deepest: Level) -> bool:
        """Tell whether an open level takes a key or an item at a column."""
        top = self.levels[-1] if self.levels else None
        if top is None or top.indent != column:
            return False
        if top.mapping == mapping:
            top.members += 1
            self.dedented.append(at)
            return True
        if not mapping and self.waiting and top is deepest:  # a list as far out as its key
            self.levels.append(Level(column, mapping=False, first=at))
            return True
        if mapping and len(self.levels) > 1 and self.levels[-2].indent == column:
            self.levels.pop()
            return True
        return False

    def out_of_line(self, at: int, column: int, before: list[Level], *, mapping: bool) -> None:
        """Take a key or item for one of the nearest level of its kind."""
        if self.others_out_of_line(column, mapping=mapping):
            return
        fitting = [level for level in before if level.mapping == mapping]
        told = next((level for level in reversed(fitting) if column in level.also), None)
        chosen = told or min(
            reversed(fitting), key=lambda one: abs(one.indent - column), default=None
        )
        if chosen is None or (chosen is before[-1] and chosen.indent == column):
            self.levels = before
            return
        self.levels = before[: before.index(chosen) + 1]
        page = self.page
        line_start = page.starts[page.where(at)[0]]
        patch = Patch(line_start, at, " " * chosen.indent)
        if page.text[line_start:at].strip(BLANK):
            return
        if told:
            page.patches.append(patch)
            return
        if self.first_is_out_of_line(at, column, chosen):
            return
        chosen.also.add(column)
        sure = abs(chosen.indent - column) == 1
        facts = {"found": column, "wanted": chosen.indent}
        page.slip("READ033", at, patch, sure=sure, **facts)

    def others_out_of_line(self, column: int, *, mapping: bool) -> bool:
        """Tell of the lines before this one, where it goes on with what was left before them."""
        page, level = self.page, self.left[-1] if self.left else None
        few = 0 < len(self.dedented) <= 2
        if level is None or level.indent != column or level.mapping != mapping or not few:
            return False
        for at in self.dedented:
            start = page.starts[page.where(at)[0]]
            facts = {"found": at - start, "wanted": column}
            page.slip("READ033", at, Patch(start, at, " " * column), sure=True, **facts)
        self.levels, self.left = self.left, []
        return True

    def first_is_out_of_line(self, at: int, column: int, level: Level) -> bool:
        """Tell of the first of a level, where this line and the next one agree against it."""
        page = self.page
        following = re.compile(r"\n( *)\S").search(page.text, page.eol(at))
        if level.also or level.members > 1 or not following or len(following[1]) != column:
            return False
        start = len(page.text[: level.first].rstrip(" "))
        wanted = column - page.column(start) if page.column(level.first) else column
        if wanted < 1 or page.column(level.first) != level.indent:
            return False
        facts = {"found": level.indent, "wanted": column}
        page.slip(
            "READ033", level.first, Patch(start, level.first, " " * wanted), sure=True, **facts
        )
        level.indent = column
        return True

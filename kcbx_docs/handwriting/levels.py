"""How far lines are indented, and which of them stand out of line."""

from collections.abc import Iterator
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
_STEP = 2
"""Blanks by which people indent a level."""
SEEN = 60
"""Lines that are looked at to see what a line of them is."""
_FEW = 3
"""Lines that may be out of line before it is likelier that the others are."""


def width_of(blanks: str) -> int:
    """Return how far blanks of whatever kind indent what follows them."""
    return sum(BLANKS.get(char, ("", 1))[1] for char in blanks)


@dataclass
class Level:
    """The keys of a mapping, or the items of a list, one under another."""

    indent: int
    mapping: bool
    first: int
    """Where its first key or item stands."""
    also: set[int] = field(default_factory=set)
    """Other indents that were told once and are taken for this one."""
    places: list[int] = field(default_factory=list)
    """Where its keys or items stand, the first one too."""
    orphans: list[int] | None = None
    """Its keys since one without a value, which may be meant for what belongs below that one."""

    def __post_init__(self) -> None:
        self.places.append(self.first)


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
            self.count(top, at)
            return True
        if not mapping and self.waiting and top is deepest:  # a list as far out as its key
            self.levels.append(Level(column, mapping=False, first=at))
            return True
        if mapping and len(self.levels) > 1 and self.levels[-2].indent == column:
            self.levels.pop()
            return True
        return False

    def count(self, level: Level, at: int) -> None:
        """Take a key or item into its level, and remember whether the one before had no value."""
        level.places.append(at)
        self.dedented.append(at)
        if self.waiting:
            level.orphans = []
        if level.orphans is not None:
            level.orphans.append(at)

    def out_of_line(self, at: int, column: int, before: list[Level], *, mapping: bool) -> None:
        """Take a key or item for one of the nearest level of its kind."""
        if self.others_out_of_line(column, mapping=mapping):
            return
        chosen = self.nearest(at, column, [one for one in before if one.mapping == mapping])
        if chosen is None or (chosen is before[-1] and chosen.indent == column):
            self.levels = before
            return
        self.levels = before[: before.index(chosen) + 1]
        page = self.page
        line_start = page.starts[page.where(at)[0]]
        patch = Patch(line_start, at, " " * chosen.indent)
        if page.text[line_start:at].strip(BLANK):
            return
        if column in chosen.also:
            page.patches.append(patch)
        elif not self.earlier_lines_are(at, column, chosen):
            sure = abs(chosen.indent - column) == 1
            last = self.last_alike(at, column, chosen)
            chosen.also.add(column)
            self.told(at, patch, chosen.indent, sure=sure, last=last)

    def nearest(self, at: int, column: int, fitting: list[Level]) -> Level | None:
        """Return the level that a line out of line is taken for."""
        if column >= _STEP and self.has_value(at):  # whoever types two blanks means "below"
            fitting = [level for level in fitting if level.indent] or fitting
        fitting.reverse()
        told = next((level for level in fitting if column in level.also), None)
        return told or min(fitting, key=lambda one: abs(one.indent - column), default=None)

    def earlier_lines_are(self, at: int, column: int, level: Level) -> bool:
        """Tell of lines before this one, where it is they that stand out of line."""
        if self.orphans_are_out_of_line(at, column, level):
            return True
        return self.others_of_level_are(at, column, level)

    def others_out_of_line(self, column: int, *, mapping: bool) -> bool:
        """Tell of the lines before this one, where it goes on with what was left before them."""
        page, level = self.page, self.left[-1] if self.left else None
        few = 0 < len(self.dedented) <= 2 and all(map(self.has_value, self.dedented))
        if level is None or level.indent != column or level.mapping != mapping or not few:
            return False
        for at in self.dedented:
            start = page.starts[page.where(at)[0]]
            self.told(at, Patch(start, at, " " * column), column, sure=True)
        self.levels, self.left = self.left, []
        return True

    def orphans_are_out_of_line(self, at: int, column: int, level: Level) -> bool:
        """Tell of keys that follow one without a value, where a deeper line shows what it holds."""
        if not level.orphans or column <= level.indent or len(level.orphans) > _FEW:
            return False
        for place in level.orphans:
            start = self.page.starts[self.page.where(place)[0]]
            self.told(place, Patch(start, place, " " * column), column, sure=True)
        level.orphans = None
        self.levels.append(Level(column, mapping=True, first=at))
        return True

    def others_of_level_are(self, at: int, column: int, level: Level) -> bool:
        """Tell of the lines of a level before this one, where more of the lines go on with this."""
        if level.also or not level.mapping or not level.indent:
            return False
        if self.its_dash_is(column, level):
            return True
        below = [found for _, found in self.below(at, min(column, level.indent))]
        mine = below.count(column) + 1
        if mine <= len(level.places) + below.count(level.indent) or len(level.places) > _FEW:
            return False
        patches = [*map(self.moved_to, level.places, [column] * len(level.places))]
        if not all(patches):
            return False
        for place, patch in zip(level.places, patches, strict=True):
            self.told(place, patch, column, sure=True, found=level.indent)
        level.indent = column
        return True

    def its_dash_is(self, column: int, level: Level) -> bool:
        """Tell of an item's dash where its other keys and the items below stand further in."""
        place = self.levels.index(level)
        items = self.levels[place - 1] if place else level
        further = column - level.indent
        if items.mapping or len(items.places) + len(level.places) > 2 or further <= 0:
            return False
        dash = items.first
        start = self.page.starts[self.page.where(dash)[0]]
        below = {found for _, found in self.below(dash, items.indent + 1)}
        if self.page.text[start:dash].strip(" ") or min(below) < items.indent + further:
            return False
        facts = {"found": items.indent, "further": further, "wanted": items.indent + further}
        patch = Patch(start, start, " " * further)
        self.page.slip("READ045", dash, patch, sure=True, **facts)
        items.indent += further
        level.indent = column
        return True

    def moved_to(self, at: int, column: int) -> Patch | None:
        """Return what moves the first thing of a line, or what follows its dash, to a column."""
        start = len(self.page.text[:at].rstrip(" "))
        wanted = column - self.page.column(start) if self.page.column(at) else column
        return Patch(start, at, " " * wanted) if wanted >= 1 or not column else None

    def below(self, at: int, least: int) -> Iterator[tuple[int, int]]:
        """Yield where the lines begin that follow, as far as they are indented, and how far."""
        page, first = self.page, self.page.where(at)[0] + 1
        for number in range(first, min(first + SEEN, len(page.starts))):
            start = page.starts[number]
            line = page.text[start : page.eol(start)]
            body = line.lstrip(" ")
            if body and body[0] != "#":
                if len(line) - len(body) < least:
                    return
                yield start, len(line) - len(body)

    def last_alike(self, at: int, column: int, level: Level) -> int | None:
        """Return the last line that is out of line as this one is, before one that is not."""
        last = None
        for start, found in self.below(at, min(column, level.indent)):
            if found == level.indent:
                break
            last = self.page.where(start)[0] if found == column else last
        return last

    def told(
        self,
        at: int,
        patch: Patch | None,
        wanted: int,
        *,
        sure: bool,
        found: int | None = None,
        last: int | None = None,
    ) -> None:
        """Tell of a line that stands out of line, and of those below it that do as it does."""
        page = self.page
        column = page.column(at) if found is None else found
        alike = "" if last is None else f"到第 {last + 1} 行为止，下面同样空 {column} 格的也一样；"
        page.slip("READ033", at, patch, sure=sure, found=column, wanted=wanted, alike=alike)

    def has_value(self, at: int) -> bool:
        """Tell whether something follows the colon of a key in its line."""
        return not self.page.text[at : self.page.content_end(at)].rstrip().endswith((":", "："))

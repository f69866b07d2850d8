"""Dates, numbers and names stay whole in the cells of tables: a line ends before them instead.

The layout of a PDF can be told so, Word and LibreOffice cannot; besides, LibreOffice puts a fifth
of a character between Han characters and digits. So the lines are counted here as wide and as
narrow as any reader sets them, and broken alike for all.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.markup import Element, Tag, Text
from kcbx_docs.packs.structure import CELLS, PARAGRAPHS, holds_blocks
from kcbx_docs.render.grid import CELL_MARGINS, column_widths, placed
from kcbx_docs.render.static import MADE, MARK, Static, number_of, with_values
from kcbx_docs.render.styles import Layout, Style, style_of
from kcbx_docs.render.text import tight, with_breaks

_GAPS = (0.2, 0.0)  # of a character, between Han characters and letters or digits
_SPARE = (1.0, 0.0, -1.0)  # pt by which readers may differ
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_WHOLE = (
    r"[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}时[0-9]{1,2}分"
    rf"|[{_HAN}]{{2,6}}〔[0-9]{{4}}〕(?:[0-9]+|\s+)号|[0-9]{{3,4}}-[0-9]{{7,8}}|[0-9]+[—-][0-9]+"
    r"|[一二三四五六七八九]年级[0-9]+班|[0-9][0-9.,]*[年月日时分元号条款项名人级班次份页岁]?"
)
_LISTED = regex(rf"[{_HAN}]{{2,4}}(?:·[{_HAN}]{{1,20}})*(?:、|$)")
_OPENERS, _CLOSERS = "（《〈〔“‘", "）》〉〕”’，。、；：？！"
_NEVER_FIRST = _CLOSERS + "·…—％%"
_WITHIN = regex("(?=〔)|(?<=·)|(?<=年)(?=[0-9])|(?<=月)(?=[0-9])")


@dataclass(frozen=True)
class _Cell:
    """A paragraph in a cell, how it is set, and in what width."""

    paragraph: Element
    style: Style
    width: float


def keep_whole(root: Element, layout: Layout, facts: Mapping[str, Any]) -> None:
    """Break the lines in the cells of a filled tree before what would be torn apart.

    The facts that it was filled with tell the names of people.
    """
    cells = list(_cells(root, layout, layout.text_width))
    if not any(map(_is_long, cells)):
        return
    names = _LAST.of(facts)
    ours = {id(cell.paragraph) for cell in cells}
    others = {tight(one.text()) for one in _paragraphs(root) if id(one) not in ours}
    wanted: dict[str, set[int]] = {}  # equal words are broken alike: Word files know no cells
    for cell in filter(_is_long, cells):
        words = tight(cell.paragraph.text())
        text = "".join(with_breaks(cell.paragraph))
        if words not in others and (breaks := _breaks(text, cell.style, cell.width, names)):
            wanted.setdefault(words, set()).update(breaks)
    for cell in cells if wanted else ():
        if breaks := wanted.get(tight(cell.paragraph.text()), set()):
            _insert(cell.paragraph, set(breaks), 0)


class Wholes:
    """Where lines must be broken in trees that differ in the contents of their blanks only."""

    def __init__(self, common: Static, layout: Layout) -> None:
        cells = list(_cells(common.root, layout, layout.text_width))
        marked = [(MARK.split("".join(with_breaks(cell.paragraph))), cell) for cell in cells]
        self.open = [(parts, cell) for parts, cell in marked if len(parts) > 1]
        self.closed = [(parts, cell) for parts, cell in marked if len(parts) == 1]
        ours = {id(cell.paragraph) for cell in cells}
        others = [MARK.split(one.text()) for one in _paragraphs(common.root) if id(one) not in ours]
        self.others = [parts for parts in others if len(parts) > 1]
        fixed = [parts for parts, _ in self.closed] + others
        self.fixed = {tight(parts[0]) for parts in fixed if len(parts) == 1}
        self.closed = [(parts, cell) for parts, cell in self.closed if _is_long(cell)]

    def broken(
        self, values: tuple[str, ...], names: Callable[[], Collection[str]]
    ) -> tuple[str, ...] | None:
        """Return values with their line breaks as ``keep_whole`` makes them; nothing where it must
        be asked itself.
        """
        wanted: dict[str, set[int]] = {}
        known: Collection[str] | None = None
        for parts, cell in (*self.open, *self.closed):
            text = with_values(parts, values)
            if not _may_be_long(text.replace("\n", ""), cell.style, cell.width):
                continue
            known = names() if known is None else known
            if breaks := _breaks(text, cell.style, cell.width, known):
                wanted.setdefault(tight(text), set()).update(breaks)
        if not wanted:
            return values
        others = (tight(with_values(parts, values)) for parts in self.others)
        if not wanted.keys().isdisjoint(self.fixed.union(others)):
            return None
        return self._with_lines(wanted, values)

    def _with_lines(
        self, wanted: Mapping[str, Collection[int]], values: tuple[str, ...]
    ) -> tuple[str, ...] | None:
        lines = list(values)
        for parts, _ in self.open:
            breaks = wanted.get(tight(with_values(parts, values)))
            if breaks and (len(parts) != 3 or parts[0] or parts[2]):
                return None  # the words of the template are broken, too
            if breaks:
                number = number_of(parts[1])
                lines[number] = "".join(_in_lines(values[number], breaks))
        return tuple(lines)


def _in_lines(text: str, breaks: Collection[int]) -> Iterator[str]:
    """Break a text after so many words, as ``_insert`` does."""
    count = 0
    left = set(breaks)
    for char in text:
        if count in left and not char.isspace():
            left.discard(count)
            yield "\n"
        yield char
        count += not char.isspace()


def _is_long(cell: _Cell) -> bool:
    return _may_be_long(cell.paragraph.text(), cell.style, cell.width)


def _may_be_long(text: str, style: Style, width: float) -> bool:
    """Tell whether the words of a cell may take more than one line."""
    return len(text) * style.size * (1 + _GAPS[0]) > width


def broken_cells(root: Element) -> dict[str, tuple[str, ...]]:
    """Return the lines of the paragraphs that were broken here: words without spaces -> lines."""
    found = {}
    for paragraph in _paragraphs(root):
        made = "".join(_with_made_breaks(paragraph))
        if "\n" in made:
            found[tight(made)] = tuple(made.split("\n"))
    return found


def names_in(facts: Any) -> frozenset[str]:
    """Return the names of the people in the facts of a paper."""
    found: set[str] = set()
    left = [facts]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            if isinstance(name := value.get("姓名"), str) and 1 < len(name) <= 20:
                found.add(name)
            value = value.values()
        left += [v for v in value if type(v) not in _LEAVES and isinstance(v, _HOLDERS)]
    return frozenset(found)


_HOLDERS = (dict, list, tuple)
_LEAVES = frozenset((str, type(None), bool))


class Names:
    """The names in the facts of one paper after another; what two share is looked at once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[object, frozenset[str]]] = {}

    def of(self, facts: Mapping[str, Any]) -> frozenset[str]:
        """Return the names of the people in the facts of a paper."""
        found = set(names_in({"姓名": facts.get("姓名")}))
        for name, value in facts.items():
            if not isinstance(value, _HOLDERS):
                continue
            known = self._known.get(name)
            if known is None or known[0] is not value:
                known = value, names_in([value])
                self._known[name] = known
            found.update(known[1])
        return frozenset(found)


_LAST = Names()
"""Those of the paper filled last: its other wordings and the next paper of its case ask again."""


def _with_made_breaks(paragraph: Element) -> Iterator[str]:
    for node in paragraph.walk():
        if isinstance(node, Text):
            yield node.text
        elif isinstance(node, Element) and MADE in node.attributes:
            yield "\n"


def _paragraphs(element: Element) -> Iterator[Element]:
    for child in element.elements():
        if child.name in PARAGRAPHS or (child.name in CELLS and not holds_blocks(child)):
            yield child
        else:
            yield from _paragraphs(child)


def _cells(element: Element, layout: Layout, total: float) -> Iterator[_Cell]:
    for child in element.elements():
        if child.name == "table":
            yield from _cells_of_table(child, layout, total)
        elif child.name == "div":
            yield from _cells(child, layout, total)


def _cells_of_table(table: Element, layout: Layout, total: float) -> Iterator[_Cell]:
    columns = column_widths(table, total)
    covered = [0] * len(columns)
    for row in table.elements():
        cells = [cell for cell in row.elements() if cell.name in CELLS]
        for cell, column, span in placed(cells, covered):
            if cell is None or cell.name == "th":
                continue  # heads are broken by hand
            width = sum(columns[column : column + span]) - CELL_MARGINS
            if holds_blocks(cell):
                yield from _cells(cell, layout, width)
            for paragraph in _own_paragraphs(cell):
                if _is_plain(paragraph):
                    yield _Cell(paragraph, _style(paragraph, cell, layout), width)


def _own_paragraphs(cell: Element) -> Iterator[Element]:
    """Yield the paragraphs of a cell, none of those of a table in it."""
    if cell.name in CELLS and not holds_blocks(cell):
        yield cell
        return
    for child in cell.elements():
        if child.name in PARAGRAPHS:
            yield child
        elif child.name == "div":
            yield from _own_paragraphs(child)


def _style(paragraph: Element, cell: Element, layout: Layout) -> Style:
    given = paragraph.attributes.get("class")
    if paragraph.name in ("p", *CELLS):
        given = given or cell.attributes.get("class")
    name = "p" if paragraph.name in CELLS else paragraph.name
    return layout.style(style_of(name, given, cell.name))


def _is_plain(paragraph: Element) -> bool:
    """Tell whether a paragraph has words alone, nothing to be written on."""
    inside = [node for node in paragraph.walk() if isinstance(node, Element)]
    return not any(
        node.name in ("tab", "qr")
        or (node.name == "blank" and node.attributes.get("class") != "格")
        for node in inside
    )


def _breaks(text: str, style: Style, width: float, names: Collection[str]) -> set[int]:
    """Tell before which of its words without spaces a paragraph must be broken."""
    spans = tuple(_spans(text, [name for name in names if name in text]))
    breaks = _breaks_of(text.translate(_SHAPES), spans, style, width) if spans else ()
    return {len(tight(text[:at])) for at in breaks}


@lru_cache(maxsize=4096)
def _breaks_of(
    shape: str, spans: tuple[tuple[int, int], ...], style: Style, width: float
) -> frozenset[int]:
    """Tell where a text of a shape must be broken: many addresses have the same."""
    breaks: set[int] = set()
    for between in _GAPS:
        steps = _steps(shape, style, between)
        for spare in _SPARE:
            while (at := _torn(shape, steps, spans, width - spare, breaks)) is not None:
                breaks.add(at)
    return frozenset(breaks)


class _Shapes(dict[int, str]):
    """Characters by what decides over the ends of lines; one stands for all of its kind."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _NEVER_FIRST or char in _OPENERS or char in "\n年月":
            kind = char
        elif char.isascii():
            kind = "0" if char.isdigit() else "a" if char.isalpha() else "-"
        else:
            kind = "汉" if char.isalnum() else "□"
        self[code] = kind
        return kind


_SHAPES = _Shapes()


def _spans(text: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """Find what must stay whole, with the marks that stand by it."""
    known = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    for found in re.finditer(f"{known}|{_WHOLE}" if known else _WHOLE, text):
        yield _with_marks(text, *found.span())
    for line in re.finditer("[^\n]+", text):
        if "、" in line[0] and re.fullmatch(f"(?:{_LISTED.pattern})+", line[0]):
            for found in _LISTED.finditer(text, *line.span()):
                yield found.span()


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    while start and text[start - 1] in _OPENERS:
        start -= 1
    while end < len(text) and text[end] in _CLOSERS:
        end += 1
    return start, end


def _steps(text: str, style: Style, between: float) -> list[tuple[float, float]]:
    """Return the gap before each character and its width; numbers stand apart from Han words."""
    steps = []
    size, tracking = style.size, style.tracking
    for before, char in pairwise(f" {text}"):
        parted = before.isascii() != char.isascii() and before.isalnum() and char.isalnum()
        width = (0.5 if char.isascii() else 1.0) * size + tracking
        steps.append((between * parted * size, width))
    return steps


def _torn(
    text: str,
    steps: Sequence[tuple[float, float]],
    spans: Sequence[tuple[int, int]],
    room: float,
    breaks: Collection[int],
) -> int | None:
    """Return where a line must be broken, before the first whole that would be torn apart."""
    start = 0
    while start < len(text):
        end = _line_end(text, steps, room, start, breaks)
        for first, last in spans:
            if not first < end < last or text[end - 1] == "\n" or end in breaks:
                continue
            if first > start:
                return first
            within = [at.start() for at in _WITHIN.finditer(text) if start < at.start() <= end]
            if within and within[-1] != end:
                return within[-1]
        start = end
    return None


def _line_end(
    text: str,
    steps: Sequence[tuple[float, float]],
    room: float,
    start: int,
    breaks: Collection[int],
) -> int:
    """Return where the line that starts here ends."""
    filled = 0.0
    for at in range(start, len(text)):
        if at > start and at in breaks:
            return at
        if text[at] == "\n":
            return at + 1
        gap, width = steps[at]
        filled += width + (gap if at > start else 0.0)
        if filled > room and at > start:
            return _backwards(text, at, start)
    return len(text)


def _backwards(text: str, at: int, start: int) -> int:
    """Go back from where a line is full to where it may be broken."""
    end = at
    while end > start + 1 and not _may_break(text[end - 1], text[end]):
        end -= 1
    return end if end > start + 1 else at


def _may_break(before: str, after: str) -> bool:
    if after in _NEVER_FIRST or before in _OPENERS:
        return False
    return not (before.isascii() and after.isascii() and before.isalnum() and after.isalnum())


def _insert(element: Element, breaks: set[int], count: int) -> int:
    """Break the texts below an element after so many words; return how many were passed."""
    children: list[Element | Text | Tag] = []
    for child in element.children:
        if isinstance(child, Text):
            start = 0
            for at, char in enumerate(child.text):
                if count in breaks and not char.isspace():
                    breaks.discard(count)
                    children.append(Text(child.text[start:at], child.offset))
                    children.append(Element("br", {MADE: "1"}, child.offset))
                    start = at
                count += not char.isspace()
            children.append(Text(child.text[start:], child.offset))
            continue
        if isinstance(child, Element):
            count = _insert(child, breaks, count)
        children.append(child)
    element.children[:] = children
    return count

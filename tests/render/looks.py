"""What is wrong with the pages of a paper as a reader of paper would see it."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from kcbx_docs.packs.markup import Element
from kcbx_docs.render.styles import CLOSING, Layout
from kcbx_docs.render.text import tight
from tests.render.measure import MM, Line

Page = Sequence[Line]
SEAL = 42 * MM
PAGE_NUMBER = re.compile("—[0-9]+—")


def thin_pages(sheets: Sequence[Page], root: Element, layout: Layout) -> Iterator[str]:
    """Find later pages with nothing but signatures, a box or a single line."""
    own = "".join(_own_text(root, grid=layout.grid))
    for number, page in enumerate(sheets[1:], 2):
        lines = [tight(line.text) for line in _inside(page, layout)]
        if lines and lines[0] in _starts(root):
            continue
        said = [text for text in lines if len(text) > 1 and text in own]
        if lines and (len(lines) < 2 or not said):
            yield f"第{number}页只有：{'｜'.join(lines)[:60]}"


GAP = 0.34
"""Of the type area that may stay blank; more where enclosures and a signature keep together."""


def gaps(sheets: Sequence[Page], root: Element, layout: Layout, most: float = GAP) -> Iterator[str]:
    """Find pages that a paragraph or a row left half blank though no part of the paper ends there:
    a sentence that goes on overleaf has left its last two lines only.
    """
    top, foot = layout.margins[0] * MM, (layout.sheet[1] - layout.margins[2]) * MM
    blocks = [node for node in root.walk() if isinstance(node, Element)]
    words = [tight(block.text()) for block in blocks if block.name not in ("div", "table", "tr")]
    for number, (page, then) in enumerate(pairwise(sheets), 1):
        first = tight(then[0].text) if then else ""
        begins = first and any(text.startswith(first) for text in words)
        if not begins or first in _starts(root):
            continue
        last = max((line.baseline for line in page if line.baseline < foot), default=foot)
        if (gap := (foot - last) / (foot - top)) > most:
            yield f"第{number}页下面空着{gap:.0%}"


def crowded_seals(
    page: Page, rules: Sequence[tuple[float, float, float, float]], dates: Sequence[str]
) -> Iterator[str]:
    """Find dates below which a seal that stands on them would touch text or a box."""
    for date in page:
        if tight(date.text) not in dates:
            continue
        middle = (date.ink_top + date.ink_bottom) / 2
        below = [line for line in page if line.ink_top > middle + 10]
        tops = [line.ink_top for line in below if not PAGE_NUMBER.fullmatch(tight(line.text))]
        tops += [rule[1] for rule in rules if rule[1] > middle + 10]
        if tops and min(tops) - middle < SEAL / 2 - 1:
            yield f"{date.text}下面只有{(min(tops) - middle) / MM:.1f}毫米"


def dates_of(root: Element) -> list[str]:
    """List the dates below signatures; a note in brackets stands on the next line by rule."""
    blocks = [node for node in root.walk() if isinstance(node, Element)]
    return [tight(b.text()) for b in blocks if b.attributes.get("class") == "成文日期"]


def _inside(page: Page, layout: Layout) -> list[Line]:
    foot = (layout.sheet[1] - layout.margins[2] + (8 if layout.grid else -6)) * MM
    if layout.grid:
        foot -= 6 * MM
    return [line for line in page if line.baseline < foot]


def _starts(root: Element) -> set[str]:
    """Return the text of the blocks that start a page on purpose."""
    blocks = [node for node in root.walk() if isinstance(node, Element)]
    return {tight(block.text()) for block in blocks if "newpage" in block.attributes}


def _own_text(element: Element, *, grid: bool) -> Iterator[str]:
    """Yield the text of a paper without its closing lines, and without boxes where it is prose."""
    for child in element.elements():
        if child.name == "table" and grid and not _says_much(child):
            continue
        if child.name == "div" or child.name in ("table", "tr", "td", "th"):
            yield from _own_text(child, grid=grid)
            if child.name in ("td", "th"):
                yield tight(child.text())
        elif child.attributes.get("class") not in CLOSING:
            yield tight(child.text())


def _says_much(table: Element) -> bool:
    """Tell a table of facts from a box to be filled in: facts have more rows."""
    return len([row for row in table.elements() if row.name == "tr"]) > 2


WIDEST = 1.05  # pt that a line may be stretched between two Han characters


def stretched(line: Line) -> list[float]:
    """Return how much wider than set each gap between two Han characters of a line is.

    A gap of six points and more is a blank or the edge of a cell.
    """
    found = [
        after.left - before.left - 0.987 * 0.75 * before.size  # PDFium gives pixels
        for before, after in pairwise(line.chars)
        if _is_han(before.text) and _is_han(after.text) and before.size == after.size
    ]
    return [gap for gap in found if gap < 6]


def _is_han(text: str) -> bool:
    return "一" <= text <= "龥"


def is_flush(line: Line, right: float, drawn: Sequence[float]) -> bool:
    """Tell whether a line ends at the right edge, or is stretched as far as it may be."""
    gaps = stretched(line)
    return abs(max(drawn) - right) < 0.8 or (max(drawn) < right and median(gaps or [1]) > 0.9)

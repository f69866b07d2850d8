"""Which blocks stay with the next: no page may hold only a signature, a box or a last line."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kcbx_docs.packs.markup import Element, Tag, Text
from kcbx_docs.packs.structure import NEW_PAGE, NEW_SHEET, PARAGRAPHS
from kcbx_docs.render.styles import CLOSING, SIGNATURES, Layout

ENCLOSURES = "附件说明"
PHRASE = "特此"  # 特此报告, 特此通知, 特此函达
LAST_ROWS = 3  # of a table that closes a paper: they go to the next page together


def kept_with_next(children: Sequence[Element | Text | Tag], layout: Layout) -> frozenset[int]:
    """Identify the blocks that no page break parts from the next.

    They are those before a signature or the names of enclosures, and all that closes the paper or
    the part before a new page, down from the last block with something to say.
    """
    many = frozenset(_in_loops(children))
    blocks = [block for block in _blocks(children) if _flows(block, layout)]
    kept: set[int] = set()
    pulled: set[int] = set()  # by the phrase that ends the paper
    # Whether what comes is the last block, or only closes the paper.
    ends = not any(map(_says_much, blocks[-1:]))
    for block, then in reversed(list(pairwise(blocks))):
        if starts_page(then):
            ends = not _says_much(block)
            kept.update(_last_rows(block))
            continue
        enclosed = then.attributes.get("class") == ENCLOSURES and id(block) not in many
        if _is_phrase(then) or (id(then) in pulled & many):
            pulled.add(id(block))
        if ends or enclosed or then.attributes.get("class") in SIGNATURES:
            kept.add(id(block))
            kept.update(_last_rows(block))
        elif block.name == "table" and _is_signed(then):
            kept.add(id(block))  # its last row is signed with it, the rest fills its own page
        ends = ends and then.attributes.get("class") in CLOSING
    kept.update(*map(_last_rows, blocks[-1:]))
    return frozenset(kept | pulled)


def _flows(block: Element, layout: Layout) -> bool:
    if block.attributes.get("foot") == "1":
        return False
    style = layout.styles.get(block.attributes.get("class", ""))
    return block.name not in PARAGRAPHS or not style or not (style.foot or style.head)


def _says_much(block: Element) -> bool:
    """Tell whether a group that is kept together has sentences of its own."""
    return block.name == "div" and any(
        child.name == "p" and "class" not in child.attributes for child in block.elements()
    )


def _is_signed(block: Element) -> bool:
    """Tell whether a group that is kept together holds a signature."""
    return any(child.attributes.get("class") in CLOSING for child in block.elements())


def _is_phrase(block: Element) -> bool:
    """Tell whether a paragraph only ends a paper."""
    return block.name == "p" and block.text().strip().startswith(PHRASE)


def _in_loops(children: Sequence[Element | Text | Tag]) -> Iterator[int]:
    """Identify the blocks that a template repeats: nobody knows which of them is the last."""
    loops = 0
    for child in children:
        if isinstance(child, Tag):
            loops += {"for": 1, "endfor": -1}.get(child.word, 0)
        elif isinstance(child, Element) and loops and child.attributes.get("class") != ENCLOSURES:
            yield id(child)


def _last_rows(block: Element) -> set[int]:
    """Identify the rows that stay with the last row of a table."""
    rows = [row for row in block.elements() if row.name == "tr"]
    return {id(row) for row in rows[-LAST_ROWS:-1]}


def starts_page(block: Element) -> bool:
    """Tell whether a block starts a page."""
    return block.attributes.get("newpage") in (NEW_PAGE, NEW_SHEET)


def starts_sheet(block: Element) -> bool:
    """Tell whether a block starts a sheet of paper: the back of the last one stays blank."""
    return block.attributes.get("newpage") == NEW_SHEET


def _blocks(children: Sequence[Element | Text | Tag]) -> Iterator[Element]:
    """List the blocks of the flow; a group that is kept together counts as one."""
    for child in children:
        if not isinstance(child, Element):
            continue
        grouped = "keep" in child.attributes or "foot" in child.attributes
        if child.name == "div" and not grouped:
            yield from _blocks(child.children)
        else:
            yield child

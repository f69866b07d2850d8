"""Which blocks stay with the next: no page may hold only a signature, a box or a last line."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kcbx_docs.packs.markup import Element, Tag, Text
from kcbx_docs.packs.structure import NEW_PAGE, NEW_SHEET, PARAGRAPHS
from kcbx_docs.render.styles import CLOSING, SIGNATURES, Layout

ENCLOSURES = "附件说明"
PHRASE = "特此"  # 特此报告, 特此通知, 特此函达
LAST_ROWS = 3  # of a table that closes a paper: they go to the next page together
LAST_LINES = 2  # of the body stay with what closes it: no page holds a signature alone
BOX_ROWS = 2  # a table with more says something
_LINE = 26  # characters in the first line of a paragraph


def kept_with_next(children: Sequence[Element | Text | Tag], layout: Layout) -> frozenset[int]:
    """Identify the blocks that no page break parts from the next.

    They are those before a signature or the names of enclosures, and all that closes the paper or
    the part before a new page, with the last two lines that say something and no more: what moves
    to the next page leaves a gap on this one.
    """
    many = frozenset(_in_loops(children))
    blocks = [block for block in _blocks(children) if _flows(block, layout)]
    tails, signed = _in_groups(children)
    kept = _pulled(blocks, many)
    wanted = LAST_LINES - _lines(blocks[-1:])
    for block, then in reversed(list(pairwise(blocks))):
        if starts_page(then):
            wanted = LAST_LINES - _lines([block])
            kept.update(_last_rows(block))
            continue
        closes = _closes(then, tails, once=id(block) not in many)
        wanted = LAST_LINES if closes else wanted if id(block) not in many else 0
        if wanted > 0:
            kept.update((id(block), *_last_rows(block)))
        elif block.name == "table" and (_is_signed(then) or id(then) in signed):
            kept.add(id(block))  # its last row is signed with it, the rest fills its own page
        wanted -= LAST_LINES if id(block) in many | signed else _lines([block])
    kept.update(*map(_last_rows, blocks[-1:]))
    return frozenset(kept)


def _closes(then: Element, tails: set[int], *, once: bool) -> bool:
    """Tell whether a block may not begin a page; names of enclosures may after what is repeated."""
    style = then.attributes.get("class")
    return style in SIGNATURES or id(then) in tails or (once and style == ENCLOSURES)


def _pulled(blocks: Sequence[Element], many: frozenset[int]) -> set[int]:
    """Identify the blocks that go along with the phrase that ends the paper."""
    pulled: set[int] = set()
    for block, then in reversed(list(pairwise(blocks))):
        if not starts_page(then) and (_is_phrase(then) or id(then) in pulled & many):
            pulled.add(id(block))
    return pulled


def stays_whole(block: Element) -> bool:
    """Tell whether no page break may fall into a group: one that says something and is signed
    may be broken above its last sentence.
    """
    return block.attributes.get("keep") == "1" and not _opens(block)


def _opens(block: Element) -> bool:
    grouped = block.attributes.get("keep") == "1" and "foot" not in block.attributes
    torn_off = block.attributes.get("class") == "回执" or starts_page(block)
    return grouped and not torn_off and _says_much(block) and _is_signed(block)


def _in_groups(children: Sequence[Element | Text | Tag]) -> tuple[set[int], set[int]]:
    """Identify what follows the last sentence of the signed groups, and their first blocks."""
    tails: set[int] = set()
    first: set[int] = set()
    for group in filter(_opens, _divisions(children)):
        blocks = list(_blocks(group.children))
        last = max(number for number, block in enumerate(blocks) if _is_sentence(block))
        tails.update(map(id, blocks[last + 1 :]))
        first.add(id(blocks[0]))
    return tails, first


def _divisions(children: Sequence[Element | Text | Tag]) -> Iterator[Element]:
    for child in children:
        if isinstance(child, Element) and child.name == "div":
            yield child
            yield from _divisions(child.children)


def _lines(blocks: Sequence[Element]) -> int:
    """Count the lines of the body that blocks surely hold; what is filled in is long enough."""
    return sum(map(_lines_of, blocks))


def _lines_of(block: Element) -> int:
    if block.name == "div":
        return LAST_LINES if _says_much(block) else 0
    if block.name == "table":
        rows = [row for row in block.elements() if row.name == "tr"]
        return LAST_LINES if len(rows) > BOX_ROWS else 0
    if block.name != "p" or block.attributes.get("class") in (*CLOSING, ENCLOSURES):
        return 0
    text = block.text().strip()
    return LAST_LINES if len(text) > _LINE or any(map(_is_filled, block.walk())) else 1


def _is_filled(node: Element | Text | Tag) -> bool:
    return isinstance(node, Tag) and node.kind == "variable"


def _flows(block: Element, layout: Layout) -> bool:
    if block.attributes.get("foot") == "1":
        return False
    style = layout.styles.get(block.attributes.get("class", ""))
    return block.name not in PARAGRAPHS or not style or not (style.foot or style.head)


def _says_much(block: Element) -> bool:
    """Tell whether a group that is kept together has sentences of its own."""
    return block.name == "div" and any(map(_is_sentence, block.elements()))


def _is_sentence(block: Element) -> bool:
    return block.name == "p" and "class" not in block.attributes


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
    """Identify the rows that stay with the last row of a table; one that a template repeats may
    be any of hundreds.
    """
    rows = [row for row in block.elements() if row.name == "tr"]
    return {id(row) for row in rows[-LAST_ROWS:-1]} - {*_in_loops(block.children)}


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
        if child.name == "div" and (not grouped or _opens(child)):
            yield from _blocks(child.children)
        else:
            yield child

"""The wording of a Word template before it is filled, beside that of its text source: which
paragraphs are lost, added or changed, and in which words.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.language import CODE_FILTER
from kcbx_docs.packs.markup import Element, Tag, Text
from kcbx_docs.packs.structure import CELLS, PARAGRAPHS, holds_blocks
from kcbx_docs.render.text import tight

_STATEMENT = regex(r"\{%(?:p|tr|tc|r)(?=(?:if|elif|else|endif|for|endfor|set))")
_BLANK = regex(r"\{\{\(((?:(?!\}\}).)*)\)\|_blank\([0-9.]+\)\}\}")
_CODE = regex(r"\{\{\(?((?:(?!\}\}).)*?)\)?\|%s(?:\(-?[0-9.]+\))?\}\}" % CODE_FILTER)
_TAG = regex(r"\{\{.*?\}\}|\{%.*?%\}")
_TOKEN = regex(r"\{\{.*?\}\}|\{%.*?%\}|[A-Za-z0-9]+|.", re.DOTALL)
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_ALIKE = 0.5
"""From here on two paragraphs are one that was changed."""
_AROUND, _MOST, _LONGEST = 8, 3, 40


@dataclass(frozen=True)
class OtherWording:
    """A paragraph that differs: which of the Word file, or before which one is missing."""

    number: int
    detail: str
    missing: bool = False


@dataclass(frozen=True)
class Parted:
    """A paragraph in which two texts part: its number in either, nothing where that has none."""

    ours: int | None
    theirs: int | None
    at: int
    """Before which paragraph of theirs one of ours is missing; otherwise which of theirs it is."""
    behind: int
    """Behind which of ours it stands, -1 for the first."""


def differences(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[OtherWording]:
    """Compare the paragraphs of a source with those of a Word file, both without white space."""
    for one in parted(ours, theirs):
        if one.theirs is None:
            detail = f"少了一段「{_short(ours[one.ours or 0])}」"
            yield OtherWording(one.at, detail, missing=True)
        elif one.ours is None:
            yield OtherWording(one.at, f"多了一段「{_short(theirs[one.theirs])}」")
        else:
            yield OtherWording(one.at, changed_words(ours[one.ours], theirs[one.theirs]))


def parted(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Parted]:
    """Tell changed paragraphs from lost and added ones."""
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            yield from _paired(ours, theirs, range(start, end), range(first, last))


def _paired(
    ours: Sequence[str], theirs: Sequence[str], mine: range, others: range
) -> Iterator[Parted]:
    at = others.start
    for number in mine:
        alike = (n for n in range(at, others.stop) if _ratio(ours[number], theirs[n]) >= _ALIKE)
        here = next(alike, None)
        if here is None:
            yield Parted(number, None, at, number - 1)
            continue
        yield from _added(range(at, here), number - 1)
        yield Parted(number, here, here, number - 1)
        at = here + 1
    yield from _added(range(at, others.stop), mine.stop - 1)


def _added(numbers: range, behind: int) -> Iterator[Parted]:
    for number in numbers:
        yield Parted(None, number, number, behind)


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def changed_words(ours: str, theirs: str) -> str:
    """Show the words in which two paragraphs differ, with the words around them."""
    old, new = _TOKEN.findall(ours), _TOKEN.findall(theirs)
    found: list[str] = []
    for kind, start, end, first, last in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            continue
        before, after = "".join(old[:start][-_AROUND:]), "".join(old[end:][:_AROUND])
        lost, added = _short("".join(old[start:end])), _short("".join(new[first:last]))
        found.append(f"{before}{_change(lost, added)}{after}")
    more = f"，等 {len(found)} 处" if len(found) > _MOST else ""
    return "；".join(found[:_MOST]) + more


def _change(lost: str, added: str) -> str:
    if not added:
        return f"【少了「{lost}」】"
    return f"【「{lost}」改成了「{added}」】" if lost else f"【多了「{added}」】"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"


def plain_tags(text: str) -> str:
    """Write the tags of a Word template as the text source writes them, without white space."""
    straight = _TAG.sub(lambda tag: tag[0].translate(_QUOTES), tight(text))
    bare = _STATEMENT.sub("{%", straight)
    return _CODE.sub(r"{{\1}}", _BLANK.sub(_plain_blank, bare))


def _plain_blank(blank: re.Match[str]) -> str:
    # An empty blank holds no variable: the source has no words there.
    return "" if blank[1] == "none" else "{{%s}}" % blank[1]


def static_paragraphs(root: Element) -> tuple[str, ...]:
    """List the paragraphs of a template in reading order with their tags, without white space."""
    return tuple(text for _, text in units_of(root))


def units_of(root: Element) -> Iterator[tuple[Element | Tag, str]]:
    """Yield each of them with the element that it is, or the tag that stands by itself."""
    for node in _paragraphs(root):
        whole = tag_text(node) if isinstance(node, Tag) else "".join(_inline(node))
        if text := tight(whole):
            yield node, text


def _paragraphs(element: Element) -> Iterator[Element | Tag]:
    for child in element.children:
        if isinstance(child, Tag):
            yield child
        elif isinstance(child, Element):
            if child.name in PARAGRAPHS or (child.name in CELLS and not holds_blocks(child)):
                yield child
            else:
                yield from _paragraphs(child)


def _inline(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, Text):
            yield child.text
        elif isinstance(child, Tag):
            yield tag_text(child)
        else:
            yield from _inline(child)


def tag_text(tag: Tag) -> str:
    """Write a tag as a template does."""
    return "{{%s}}" % tag.code if tag.kind == "variable" else "{%%%s%%}" % tag.code

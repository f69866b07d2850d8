"""What papers of one template have in common: the tree of their words without the contents of their
blanks, which are values.

A notice for a thousand pupils is one static tree and a thousand tuples of values.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import cache, cached_property

from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.markup import VALUED, Element, Tag, Text
from kcbx_docs.render.text import paragraphs, tight

MADE = "made"
"""The attribute of a line break that was made to keep a number or a name whole."""

_OPEN, _CLOSE, _ZERO = "\ufdd0", "\ufdd1", 0xFDE0
MARK = regex(f"{_OPEN}([\ufde0-\ufde9]+){_CLOSE}")
_Node = Element | Text | Tag


def mark(number: int) -> str:
    """Write the mark that stands for a value: signs that no text may hold."""
    return _OPEN + "".join(chr(_ZERO + int(digit)) for digit in str(number)) + _CLOSE


@cache
def number_of(digits: str) -> int:
    """Read the number of a mark."""
    return int("".join(chr(ord(digit) - _ZERO + ord("0")) for digit in digits))


def with_values(marked: Sequence[str], values: Sequence[str]) -> str:
    """Put values into a text that was split at its marks."""
    texts = list(marked)
    texts[1::2] = [values[number_of(digits)] for digits in marked[1::2]]
    return "".join(texts)


@dataclass(frozen=True, eq=False)
class Static:
    """A tree whose blanks hold marks.

    A value may hold ``\\n``: there a line ends in a cell, to keep a number or a name whole.
    """

    root: Element
    count: int
    known: frozenset[int] = field(default=frozenset())
    """The blanks that a template fills in; the others are always empty."""
    codes: frozenset[int] = field(default=frozenset())
    """Those that are drawn as codes."""

    @cached_property
    def key(self) -> str:
        """Identify the words and looks: the same in every process."""
        digest = hashlib.sha256()
        for part in _written(self.root):
            digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
        return digest.hexdigest()

    @cached_property
    def characters(self) -> frozenset[str]:
        """Return every character that stands outside the blanks."""
        texts = (node.text for node in self.root.walk() if isinstance(node, Text))
        return frozenset(MARK.sub("", "".join(texts)))

    @cached_property
    def marked(self) -> tuple[str, ...]:
        """Return all words without white space, split at the marks."""
        return tuple(MARK.split("".join(paragraphs(self.root))))

    def words(self, values: Sequence[str]) -> str:
        """Return the words of one paper without white space."""
        return with_values(self.marked, [*map(tight, values)])

    def tree(self, values: Sequence[str]) -> Element:
        """Build the whole tree with the values of one paper; it belongs to the caller."""
        return _filled_in(self.root, iter(values))


def _filled_in(element: Element, values: Iterator[str]) -> Element:
    if element.name in VALUED:
        return with_value(element, next(values))
    children = [
        _filled_in(child, values) if isinstance(child, Element) else child
        for child in element.children
    ]
    return Element(element.name, dict(element.attributes), element.offset, children)


def with_value(element: Element, value: str) -> Element:
    """Return a blank with a value in it; a code is an attribute, no word."""
    attributes = dict(element.attributes)
    if "code" in attributes:
        attributes["code"] = value
        return Element(element.name, attributes, element.offset)
    return Element(element.name, attributes, element.offset, [*_nodes(value, element.offset)])


def _nodes(value: str, offset: int) -> Iterator[_Node]:
    if "\n" not in value:
        if value:
            yield Text(value, offset)
        return
    first, *others = value.split("\n")
    yield Text(first, offset)
    for line in others:
        yield Element("br", {MADE: "1"}, offset)
        yield Text(line, offset)


def static_of(
    root: Element, known: frozenset[int] | None = None, codes: frozenset[int] = frozenset()
) -> tuple[Static, tuple[str, ...]]:
    """Take the contents of the blanks out of a filled tree."""
    values: list[str] = []
    tree = _emptied(root, values)
    everything = frozenset(range(len(values)))
    return Static(tree, len(values), everything if known is None else known, codes), tuple(values)


def _emptied(element: Element, values: list[str]) -> Element:
    if element.name in VALUED:
        values.append("".join(_value(element)))
        return with_value(element, mark(len(values) - 1))
    children = [
        _emptied(child, values) if isinstance(child, Element) else child
        for child in element.children
    ]
    return Element(element.name, dict(element.attributes), element.offset, children)


def _value(element: Element) -> Iterator[str]:
    yield element.attributes.get("code", "")
    for node in element.walk():
        if isinstance(node, Text):
            yield node.text
        elif isinstance(node, Element) and node.name == "br":
            yield "\n"


def _written(element: Element) -> Iterator[str]:
    yield f"<{element.name}"
    for name, value in sorted(element.attributes.items()):
        yield f"{name}={value}"
    for child in element.children:
        if isinstance(child, Element):
            yield from _written(child)
        elif isinstance(child, Text):
            yield f"_{child.text}"
    yield ">"

"""The words of a template that are printed whatever the case: stretches of text whose characters
know where they stand.
"""

from collections.abc import Iterator

from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.markup import Element, Tag, Text
from kcbx_docs.packs.structure import BLOCKS, CELLS

VALUE = "\ufffc"
"""Stands for a value that is not known yet; ``\\n`` stands for a statement, beyond which the text
may go on otherwise.
"""
_FROM_LAW = regex(r"(?:法条|规则)\([^)]*\)")
_VALUE, _STATEMENT = regex(r"\{\{.*?\}\}"), regex(r"\{%.*?%\}")
_STRING = regex(r"\"([^\"]*)\"|'([^']*)'")


@dataclass(frozen=True)
class Stretch:
    """Text of one paragraph, with the offset of every character in the source."""

    text: str
    offsets: tuple[int, ...]

    @property
    def tight(self) -> "Stretch":
        """Return it without white space; where a statement stands, it stays."""
        kept = [n for n, char in enumerate(self.text) if char == "\n" or not char.isspace()]
        return Stretch("".join(self.text[n] for n in kept), tuple(self.offsets[n] for n in kept))


def stretches_of(root: Element) -> Iterator[Stretch]:
    """Yield the text of every paragraph of a template, then what its tags print as it is."""
    yield from _paragraphs(root)
    for node in root.walk():
        if isinstance(node, Tag) and node.kind == "variable":
            for found in _STRING.finditer(_FROM_LAW.sub("", node.code)):
                text = found[1] or found[2] or ""
                yield Stretch(text, (node.offset,) * len(text))


def _paragraphs(element: Element) -> Iterator[Stretch]:
    blocks = any(isinstance(one, Element) and one.name in _OUTER for one in element.children)
    if element.name in _OUTER and not blocks:
        marks = [*_marks(element)]
        yield Stretch("".join(char for char, _ in marks), tuple(at for _, at in marks))
        return
    for child in element.elements():
        yield from _paragraphs(child)


_OUTER = frozenset((*BLOCKS, *CELLS, "tr"))


def _marks(element: Element) -> Iterator[tuple[str, int]]:
    for child in element.children:
        if isinstance(child, Text):
            yield from (
                (" " if c == "\n" else c, child.offset + n) for n, c in enumerate(child.text)
            )
        elif isinstance(child, Tag):
            yield VALUE if child.kind == "variable" else "\n", child.offset
        else:
            yield from _marks(child)


def plain_stretch(text: str) -> Stretch:
    """Make a stretch of a text that is no template's: its tags stand for what they print."""
    bare = _STATEMENT.sub("\n", _VALUE.sub(VALUE, text))
    return Stretch(bare, (0,) * len(bare)).tight

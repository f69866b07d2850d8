"""A template's wording as a lawyer reads it: paragraphs in their blocks, values and conditions in
brackets, citations in words.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.flatten import Block, FlatTemplate, TemplateFile
from kcbx_docs.packs.library import Library
from kcbx_docs.packs.markup import Element, Piece, Tag, Text
from kcbx_docs.packs.structure import PARAGRAPHS
from kcbx_docs.papers.functions import Citer
from kcbx_docs.problems import Place, UserError

BODY = ""
"""What lies in no block."""
_WORDS = {"if": "如果", "elif": "否则，如果", "for": "逐个："}
_ALONE = {"else": "【否则】", "endif": "【完】", "endfor": "【完】"}
_CITED = regex(r"^法条(\(.*\))$", re.DOTALL)
_FIGURE = regex(r"^规则\((['\"])([^'\"]+)\1\)$")
_HIDDEN = frozenset(("set", "block", "endblock", "include"))


@dataclass(frozen=True)
class Wording:
    """One paragraph, or one condition between paragraphs."""

    block: str
    text: str
    place: str


@dataclass(frozen=True)
class Reader:
    """Reads one document of a place on a day."""

    library: Library
    flat: FlatTemplate
    day: date

    def wordings(self) -> Iterator[Wording]:
        """Yield what the document says, in its order."""
        yield from self._below(self.flat.tree)

    def _below(self, element: Element) -> Iterator[Wording]:
        for child in element.children:
            if isinstance(child, Tag):
                yield from self._told(child.offset, self._tag(child))
            elif isinstance(child, Text):
                lead = len(child.text) - len(child.text.lstrip())
                yield from self._told(child.offset + lead, child.text)
            elif child.name in PARAGRAPHS or child.name == "tr":
                yield from self._told(_first(child), self._line(child))
            else:
                yield from self._below(child)

    def _line(self, element: Element) -> str:
        """Return a paragraph, or the cells of a row beside each other."""
        if element.name != "tr":
            return "".join(self._inline(element))
        return " ｜ ".join("".join(self._inline(cell)).strip() for cell in element.elements())

    def _told(self, offset: int, text: str) -> Iterator[Wording]:
        if words := " ".join(text.split()):
            yield self._at(offset, words)

    def _at(self, offset: int, text: str) -> Wording:
        place = self.flat.place(offset)
        return Wording(self._block_at(offset), text, str(Place(place.file, place.line)))

    def _inline(self, element: Element) -> Iterator[str]:
        for child in element.children:
            if isinstance(child, Text):
                yield child.text
            elif isinstance(child, Tag):
                yield self._tag(child)
            elif child.name == "br":
                yield " "
            elif child.name in ("blank", "qr"):
                yield "".join(self._inline(child)) or f"〔{child.attributes.get('name', '')}〕"
            else:
                yield from self._inline(child)

    def _tag(self, tag: Tag) -> str:
        if tag.kind == "variable":
            return self._value(tag.code)
        if tag.word in _HIDDEN:
            return ""
        rest = tag.code.removeprefix(tag.word).strip()
        return _ALONE.get(tag.word) or f"【{_WORDS.get(tag.word, tag.word)}{rest}】"

    def _value(self, code: str) -> str:
        if found := _CITED.match(code):
            return self._cited(found[1]) or f"〔{code}〕"
        if found := _FIGURE.match(code):
            return f"〔{found[2]}〕"
        return f"〔{code}〕"

    def _cited(self, arguments: str) -> str:
        """Return a citation in words; nothing where it needs a value to be known."""
        try:
            call = ast.parse(f"f{arguments}", mode="eval").body
            assert isinstance(call, ast.Call)
            given = [ast.literal_eval(one) for one in call.args]
            named = {one.arg: ast.literal_eval(one.value) for one in call.keywords if one.arg}
            citer = Citer(self.library.registry, self.day, Place())
            return citer(*given, **named)
        except (SyntaxError, ValueError, TypeError, AssertionError, UserError):
            return ""

    def _block_at(self, offset: int) -> str:
        at = max(number for number, start in enumerate(self.flat.starts) if start <= offset)
        span = self.flat.spans[at]
        return self._blocks[id(span.file)].get(span.offset, BODY)

    @cached_property
    def _blocks(self) -> Mapping[int, Mapping[int, str]]:
        """Of each file: the block in which each of its pieces stands."""
        files = {id(span.file): span.file for span in self.flat.spans}
        return {key: dict(_pieces(file)) for key, file in files.items()}


def _pieces(file: TemplateFile) -> Iterator[tuple[int, str]]:
    yield from _within(file.items, BODY)


def _within(items: "tuple[Piece | Block, ...]", name: str) -> Iterator[tuple[int, str]]:
    for item in items:
        if isinstance(item, Block):
            yield from _within(item.items, item.name)
        else:
            yield item.offset, name


def _first(element: Element) -> int:
    """Return where the first words of a paragraph stand: a tag of the markup has no block."""
    for node in element.walk():
        if isinstance(node, Text) and node.text.strip():
            return node.offset + len(node.text) - len(node.text.lstrip())
        if isinstance(node, Tag):
            return node.offset
    return element.offset

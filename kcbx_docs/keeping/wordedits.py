"""The words that a keeper changed in Word, as changes of the text that they were made from."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from html import escape

from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.flatten import FlatTemplate
from kcbx_docs.packs.markup import Element, Tag, Text
from kcbx_docs.problems import Place
from kcbx_docs.render.text import tight
from kcbx_docs.render.wordwording import Parted, parted, tag_text, units_of

_TOKEN = regex(r"\{\{.*?\}\}|\{%.*?%\}|.", re.DOTALL)
_BRACED = ("{{", "{%")
_IN_BRACES = "动了大括号里的内容，或者紧挨着大括号"
_NO_PARAGRAPH = "不是单独的一段正文，或者里面有大括号"


@dataclass(frozen=True)
class SourceEdit:
    """A stretch of the flattened source and what stands there instead."""

    start: int
    end: int
    text: str
    anchor: int
    """A character beside which it stands: it tells in which file."""


@dataclass(frozen=True)
class WordChange:
    """A paragraph that Word says otherwise, and how the source would say so."""

    where: str
    before: str
    after: str
    place: Place
    edits: tuple[SourceEdit, ...] = ()
    why: str = ""
    """Why the source cannot say so by itself; nothing where it can."""


@dataclass(frozen=True)
class _Sign:
    """One character of a paragraph, or a whole tag, which stays as it is."""

    text: str
    offset: int = -1

    @property
    def fixed(self) -> bool:
        return self.offset < 0


class _ByHandError(Exception):
    """The source cannot be changed without somebody's thought."""


@dataclass(frozen=True)
class WordEdits:
    """A document beside what a Word file says: where, which words."""

    flat: FlatTemplate
    worded: tuple[tuple[str, str], ...]

    def changes(self) -> Iterator[WordChange]:
        """Yield what differs, in the order of the Word file."""
        units = [*units_of(self.flat.tree)]
        ours, theirs = [text for _, text in units], [text for _, text in self.worded]
        nodes = [node for node, _ in units]
        for one in _joined(parted(ours, theirs)):
            number = max(one.behind if one.ours is None else one.ours, 0)
            where = self.worded[one.at][0] if one.at < len(self.worded) else "末尾"
            before = "" if one.ours is None else ours[one.ours]
            after = "" if one.theirs is None else theirs[one.theirs]
            place = self.flat.place(_first(nodes[number]))
            try:
                edits = tuple(self._edits(one, nodes, after))
            except _ByHandError as error:
                yield WordChange(where, before, after, place, why=str(error))
            else:
                yield WordChange(where, before, after, place, edits)

    def _edits(
        self, one: Parted, nodes: Sequence[Element | Tag], after: str
    ) -> Iterator[SourceEdit]:
        if one.theirs is None:
            start, end = self._span(nodes[one.ours or 0])
            yield SourceEdit(start, end, "", start)
        elif one.ours is None:
            if one.behind < 0 or _TOKEN.sub(_only_braces, after):
                raise _ByHandError(_NO_PARAGRAPH)
            start, end = self._span(nodes[one.behind], whole=False)
            yield SourceEdit(end, end, f"\n<p>{escape(after, quote=False)}</p>", start)
        else:
            yield from self._changed([*self._signs(nodes[one.ours])], after)

    def _span(self, node: Element | Tag, *, whole: bool = True) -> tuple[int, int]:
        """Return where a paragraph begins and ends; ``whole`` refuses one that has tags."""
        if not isinstance(node, Element) or node.name != "p":
            raise _ByHandError(_NO_PARAGRAPH)
        if whole and any(isinstance(one, Tag) for one in node.walk()):
            raise _ByHandError(_NO_PARAGRAPH)
        return node.offset, self.flat.source.index("</p>", node.offset) + len("</p>")

    def _signs(self, node: Element | Tag) -> Iterator[_Sign]:
        leaves = [node] if isinstance(node, Tag) else node.walk()
        for leaf in leaves:
            if isinstance(leaf, Tag):
                yield _Sign(tight(tag_text(leaf)))
            elif isinstance(leaf, Text):
                yield from self._characters(leaf)

    def _characters(self, leaf: Text) -> Iterator[_Sign]:
        """Yield what is seen of a text; one that is written with entities is left alone."""
        plain = self.flat.source.startswith(leaf.text, leaf.offset)
        for number, char in enumerate(leaf.text):
            if tight(char):
                yield _Sign(char, leaf.offset + number if plain else -1)

    def _changed(self, signs: Sequence[_Sign], after: str) -> Iterator[SourceEdit]:
        tokens = _TOKEN.findall(after)
        matcher = SequenceMatcher(None, [one.text for one in signs], tokens, autojunk=False)
        for kind, start, end, first, last in matcher.get_opcodes():
            if kind != "equal":
                yield from self._stretch(signs, range(start, end), tokens[first:last])

    def _stretch(
        self, signs: Sequence[_Sign], old: range, new: Sequence[str]
    ) -> Iterator[SourceEdit]:
        gone = signs[old.start : old.stop]
        if any(one.fixed for one in gone) or any(map(_braced, new)):
            raise _ByHandError(_IN_BRACES)
        text = escape("".join(new), quote=False)
        if not gone:
            yield _inserted(signs, old.start, text)
        for run in _runs(gone):
            yield SourceEdit(run[0].offset, run[-1].offset + 1, text, run[0].offset)
            text = ""


def _joined(found: Iterable[Parted]) -> Iterator[Parted]:
    """Take a paragraph that is lost where another is added for one that was written anew."""
    lost: Parted | None = None
    for one in found:
        if lost and one.ours is None and (one.behind, one.at) == (lost.ours, lost.at):
            yield Parted(lost.ours, one.theirs, one.at, lost.behind)
            lost = None
            continue
        if lost:
            yield lost
        lost = one if one.theirs is None else None
        if lost is None:
            yield one
    if lost:
        yield lost


def _inserted(signs: Sequence[_Sign], at: int, text: str) -> SourceEdit:
    """Put words behind the sign before them, or before the one behind them."""
    if at and not signs[at - 1].fixed:
        offset = signs[at - 1].offset
        return SourceEdit(offset + 1, offset + 1, text, offset)
    if at < len(signs) and not signs[at].fixed:
        offset = signs[at].offset
        return SourceEdit(offset, offset, text, offset)
    raise _ByHandError(_IN_BRACES)


def _runs(signs: Sequence[_Sign]) -> Iterator[list[_Sign]]:
    """Divide signs where something that is not seen stands between them."""
    run: list[_Sign] = []
    for sign in signs:
        if run and sign.offset != run[-1].offset + 1:
            yield run
            run = []
        run.append(sign)
    if run:
        yield run


def _braced(token: str) -> bool:
    return token.startswith(_BRACED) or token in "{}"


def _only_braces(token: "re.Match[str]") -> str:
    return token[0] if _braced(token[0]) else ""


def _first(node: Element | Tag) -> int:
    """Return where the first words of a paragraph stand: its markup may lie in another file."""
    if isinstance(node, Element):
        for leaf in node.walk():
            if isinstance(leaf, Tag) or (isinstance(leaf, Text) and leaf.text.strip()):
                return leaf.offset
    return node.offset

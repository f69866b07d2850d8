"""The tags of a Word template: whether each is written rightly, and whether they are in pairs.

A missing brace or ``endif`` is told with the paragraph in which it stands, in the words in which
it is told of the text templates.
"""

from collections.abc import Iterator, Sequence

from jinja2.exceptions import TemplateSyntaxError
from lxml import etree

from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.contract import fault_alone, parse_source
from kcbx_docs.packs.markup import Piece, chinese_jinja_error, scan
from kcbx_docs.packs.structure import BETWEEN, CLOSES
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.render.wordreading import Paragraph, w

_KIND = regex(r"\{%(p|tr|tc|r)\s+")
_TAG = regex(r"\{\{.*?\}\}|\{%.*?%\}")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_LEVELS = {"tr": w("tr"), "tc": w("tc")}


@dataclass(frozen=True)
class Statement:
    """A tag of a statement in a paragraph; ``kind`` is what it stands for: a paragraph, a row."""

    piece: Piece
    kind: str
    paragraph: Paragraph

    @property
    def is_within(self) -> bool:
        """Tell whether it stands among the words of a paragraph."""
        return self.kind == "r" or len(_line(self.paragraph.text).strip()) > len(self.piece.text)

    def beside(self, other: "Statement") -> bool:
        """Tell whether another stands in the same paragraph."""
        return self.paragraph.element is other.paragraph.element


class WordText:
    """The paragraphs of one story as a source that Jinja reads, a line for each."""

    def __init__(self, file: str, paragraphs: Sequence[Paragraph]) -> None:
        self.file, self.paragraphs = file, tuple(paragraphs)
        self.lines = tuple(_line(one.text) for one in paragraphs)
        self.source = "\n".join(self.lines)

    def place(self, offset: int) -> Place:
        """Return the place of an offset: a Word file has paragraphs only."""
        return self.place_of_line(self.source.count("\n", 0, offset) + 1)

    def place_of_line(self, line: int) -> Place:
        """Return the place of a line of the source."""
        where = self.paragraphs[line - 1].where if 0 < line <= len(self.paragraphs) else ""
        return Place(self.file, path=where)

    @property
    def with_optional_blanks(self) -> str:
        """Return what is filled: a blank of a Word file is a filter, and prints anything."""
        return self.source

    def faults(self) -> tuple[Problem, ...]:
        """Say what is wrong with the tags; all at once."""
        found = [*self._slips()]
        if not found:
            found += self._unpaired()
        if not found:
            found += self._unread()
        return tuple(found)

    def _slips(self) -> Iterator[Problem]:
        for number, line in enumerate(self.lines, 1):
            here = self.place_of_line(number)
            pieces, found = scan(line, lambda _, here=here: here)  # type: ignore[misc]
            yield from found
            for piece in pieces:
                if piece.kind in ("variable", "block") and (said := fault_alone(piece)):
                    yield problem("TMPL002", here, detail=chinese_jinja_error(said))

    def _unpaired(self) -> Iterator[Problem]:
        opened: list[Statement] = []
        for one in self._statements():
            word = one.piece.word
            while opened and opened[-1].is_within and not opened[-1].beside(one):
                yield self._without_end(opened.pop())
            inside = opened[-1].piece.word if opened else ""
            if word in ("if", "for"):
                opened.append(one)
            elif inside in ((CLOSES[word],) if word in CLOSES else BETWEEN.get(word, (inside,))):
                if inside and word != "set" and not _level(opened[-1], one):
                    yield problem("TMPL029", self._place(one), word=word)
                opened = opened[:-1] if word in CLOSES else opened
            else:
                wanted = f"{{% {CLOSES.get(word, 'if')} … %}}"
                yield problem("TMPL040", self._place(one), tag=one.piece.text, wanted=wanted)
        yield from map(self._without_end, opened)

    def _without_end(self, one: Statement) -> Problem:
        wanted = f"{{% end{one.piece.word} %}}"
        return problem("TMPL040", self._place(one), tag=one.piece.text, wanted=wanted)

    def _place(self, one: Statement) -> Place:
        return Place(self.file, path=one.paragraph.where)

    def _statements(self) -> Iterator[Statement]:
        for paragraph, line in zip(self.paragraphs, self.lines, strict=True):
            kinds = _kinds(paragraph.text)
            pieces, _ = scan(line, lambda _: Place())
            tags = [one for one in pieces if one.kind in ("variable", "block")]
            for piece, kind in zip(tags, kinds, strict=True):
                if piece.kind == "block":
                    yield Statement(piece, kind, paragraph)

    def _unread(self) -> Iterator[Problem]:
        """Yield what only the whole shows to be unreadable."""
        try:
            parse_source(self.source)
        except (TemplateSyntaxError, RecursionError) as error:
            line, said = getattr(error, "lineno", 1), getattr(error, "message", "recursion")
            yield problem(
                "TMPL002", self.place_of_line(line), detail=chinese_jinja_error(said or "")
            )


def _line(text: str) -> str:
    """Write a paragraph in one line, its tags as the text source writes them."""
    plain = _KIND.sub("{% ", text.replace("\n", " "))
    return _TAG.sub(lambda tag: tag[0].translate(_QUOTES), plain)


def _kinds(text: str) -> list[str]:
    found = []
    for tag in _TAG.finditer(text.replace("\n", " ")):
        kind = _KIND.match(tag[0])
        found.append(kind[1] if kind else "")
    return found


def _level(start: Statement, end: Statement) -> bool:
    """Tell whether what stands between two statements can be left out or repeated as a whole."""
    one, other = _path(start), _path(end)
    common = 0
    for here, there in zip(one, other, strict=False):
        if here is not there:
            break
        common += 1
    return _names(one[common:]) == _names(other[common:])


def _names(path: list[etree._Element]) -> list[str]:
    return [element.tag for element in path]


def _path(statement: Statement) -> list[etree._Element]:
    """List the elements from the top to what a statement stands for."""
    path = [statement.paragraph.element, *statement.paragraph.element.iterancestors()]
    if level := _LEVELS.get(statement.kind):
        tags = [element.tag for element in path]
        path = path[tags.index(level) :] if level in tags else path
    return path[::-1]

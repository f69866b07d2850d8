"""Word files of papers that differ in the contents of their blanks only: the template is filled and
compared once, with marks in its blanks; values take their places.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from itertools import chain
from typing import Any

from markupsafe import escape

from kcbx_docs.light import dataclass, regex
from kcbx_docs.packs.language import as_code, in_blank, marking
from kcbx_docs.render.docx import BREAK, FIRST_HEADER, FilledWord, WordTemplate
from kcbx_docs.render.fill import broken_lines
from kcbx_docs.render.joining import Section, section_of
from kcbx_docs.render.pictures import drawn
from kcbx_docs.render.seals import is_seal
from kcbx_docs.render.static import MARK, Static, mark, number_of
from kcbx_docs.render.text import lines
from kcbx_docs.render.wordreading import DOCUMENT
from kcbx_docs.render.wordruns import dressed, is_plain

_RUN = regex(
    r"(<w:r>(?:<w:rPr>(?:(?!</?w:r[ >]|</w:rPr>).)*</w:rPr>)?<w:t(?: [^<>]*)?>)"
    rf"{MARK.pattern}(</w:t></w:r>)"
)


@dataclass(frozen=True)
class Spot:
    """The run of a blank or a code: which value it takes, how wide it is, what stands around."""

    number: int
    size: float
    is_code: bool
    head: str
    tail: str

    def run(self, value: str) -> str:
        """Write the run with a value; an empty value has none."""
        if self.is_code:
            return self._drawn(value)
        if "\n" in value:
            text = BREAK.join(map(_escaped, value.split("\n")))
        else:
            text = _escaped(in_blank(value, self.size))
        if not text:
            return ""
        run = f"{self.head}{text}{self.tail}"
        return run if is_plain(value) else dressed(run)

    def _drawn(self, code: str) -> str:
        """Draw a code as one that was drawn before: they differ in their names alone."""
        if not code:
            return ""
        if is_seal(code):
            return self._drawn_anew(code)
        before, after = self._around
        return f"{before}{code.encode().hex()}{after}"

    @cached_property
    def _around(self) -> tuple[str, str]:
        before, after = self._drawn_anew(_ANY).split(_ANY.encode().hex())
        return before, after

    def _drawn_anew(self, code: str) -> str:
        return drawn(f"{self.head}{_escaped(as_code(code, self.size))}{self.tail}")


_ANY = "KCBX"
_SPECIAL = regex("[&<>'\"]")


def _escaped(text: str) -> str:
    return str(escape(text)) if _SPECIAL.search(text) else text


Pieces = tuple[str | Spot, ...]


@dataclass(frozen=True, eq=False)
class WordForm:
    """A filled Word template with places for the values."""

    word: FilledWord
    """The template filled with marks."""
    places: Mapping[int, Spot]
    _pieces: dict[object, Pieces] = field(default_factory=dict)

    def filled(self, values: Sequence[str]) -> FilledWord:
        """Return the Word document of one paper."""
        texts = {
            name: with_runs(self.pieces(name, text), values)
            for name, text in self.word.texts.items()
        }
        return FilledWord(self.word.template, texts)

    def pieces(self, key: object, text: str) -> Pieces:
        """Divide a text at the runs of its blanks, once."""
        if key not in self._pieces:
            self._pieces[key] = tuple(_pieces(text, self.places))
        return self._pieces[key]

    @cached_property
    def section(self) -> Section:
        """Return the document with its marks as a section."""
        return section_of(self.word)

    def text(self, kind: str, values: Sequence[str], *, last: bool) -> str:
        """Return the content of one paper with its section properties."""
        key = (kind, last)
        text = "" if key in self._pieces else self.section.text(kind, last=last)
        return with_runs(self.pieces(key, text), values)


@dataclass(frozen=True)
class FormSection:
    """The document of one paper as a section beside which others can stand."""

    form: WordForm
    values: Sequence[str]

    @property
    def template(self) -> WordTemplate:
        """Return the template that it was filled from."""
        return self.form.word.template

    @property
    def opening(self) -> str:
        """Return what stands before the body."""
        return self.form.section.opening

    @property
    def headers(self) -> Mapping[str, str]:
        """Return the other parts that were filled."""
        known = self.form.section.headers.items()
        return {name: with_runs(self.form.pieces(name, text), self.values) for name, text in known}

    def text(self, kind: str, *, last: bool) -> str:
        """Return the content with its section properties; the last section's close the body."""
        return self.form.text(kind, self.values, last=last)


def with_runs(pieces: Pieces, values: Sequence[str]) -> str:
    """Put the values of a paper into their places."""
    return "".join(
        piece if isinstance(piece, str) else piece.run(values[piece.number]) for piece in pieces
    )


def _pieces(text: str, places: Mapping[int, Spot]) -> Iterator[str | Spot]:
    last = 0
    for run in _RUN.finditer(text):
        yield text[last : run.start()]
        yield places[number_of(run[2])]
        last = run.end()
    yield text[last:]


def word_form(
    template: WordTemplate, static: Static, context: Mapping[str, Any], *, draft: bool
) -> WordForm | None:
    """Fill a Word template with marks, and prove that its words and its marks are those of the
    source; nothing where they are not.
    """
    numbers = [n for n in sorted(static.known) if not (draft and n in static.codes)]
    words = frozenset(numbers) - static.codes
    marks = [mark(number) if number in words else "" for number in range(static.count)]
    source = static.tree(marks)
    with marking(map(mark, numbers)) as sizes:
        word = template.filled(context, broken_lines(source))
    if len(sizes) != len(numbers):
        return None
    known = dict(zip(numbers, sizes, strict=True))
    places = {place.number: place for place in _places(word, known, static.codes)}
    if list(places) != numbers or _marks_in(word) != numbers:
        return None
    form = WordForm(word, places)
    return None if form.filled(marks).compare(lines(source)) else form


def _places(word: FilledWord, sizes: Mapping[int, float], codes: frozenset[int]) -> Iterator[Spot]:
    """Find the runs that hold a mark and nothing else, in the order of the words."""
    for text in _in_order(word):
        for run in _RUN.finditer(text):
            number = number_of(run[2])
            yield Spot(number, sizes.get(number, 0.0), number in codes, run[1], run[3])


def _marks_in(word: FilledWord) -> list[int]:
    marks = chain.from_iterable(map(MARK.finditer, _in_order(word)))
    return [number_of(found[1]) for found in marks]


def _in_order(word: FilledWord) -> Iterator[str]:
    """Yield the texts as they are read: the header of the first page, the body, the others."""
    others = word.texts.keys() - {FIRST_HEADER, DOCUMENT}
    for name in (FIRST_HEADER, DOCUMENT, *sorted(others)):
        yield word.texts.get(name, "")

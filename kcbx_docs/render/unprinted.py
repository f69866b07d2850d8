"""What could not be printed while a template was being filled: which expression, and where."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, Protocol

from jinja2 import Template
from jinja2.exceptions import SecurityError, TemplateError

from kcbx_docs.packs.collecting import Collected, collecting
from kcbx_docs.packs.language import ON_FILTER, TOLD_FILTER, environment
from kcbx_docs.packs.markup import TAG
from kcbx_docs.problems import Place, Problem, problem

STOPS = (
    TemplateError,
    SecurityError,
    TypeError,
    ValueError,
    KeyError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
"""What a template that does what it must not ends with."""
_CODES = {
    "missing": "REND010",
    "empty": "REND011",
    "unconfirmed": "REND012",
    "unprintable": "REND013",
    "pieces": "TMPL050",
    "number": "TMPL051",
    "date": "TMPL052",
}
_UNNAMED = ("empty", "unconfirmed", "unprintable")
"""Faults of which the engine knows the line alone."""
_SHOWN = 60


class TaggedText(Protocol):
    """A text with tags that knows where its lines stand: a template, or a part of a Word file."""

    @property
    def source(self) -> str:
        """Return the text as it is written."""

    @property
    def with_optional_blanks(self) -> str:
        """Return the text that is filled."""

    def place(self, offset: int) -> Place:
        """Return the place of an offset."""

    def place_of_line(self, line: int) -> Place:
        """Return the place of a line."""


def faults_of(
    flat: TaggedText, collected: Collected, context: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield what was noted during a filling, by the expressions that were to be printed."""
    unnamed = any(kind in _UNNAMED for kind, _, _ in collected.faults)
    told = _told(flat, context) if unnamed else []
    for kind, name, line in collected.faults:
        if kind not in _UNNAMED:
            yield problem(_CODES[kind], flat.place_of_line(line), name=name)
            continue
        same = [number for other, number, at in told if (other, at) == (kind, line)]
        for said, place in _expressions(flat, line, same):
            yield problem(_CODES[kind], place, name=said)


def place_of_stop(flat: TaggedText, line: int, context: Mapping[str, Any]) -> Place:
    """Find the expression of a line at which a filling stops."""
    with collecting() as again, suppress(*STOPS):
        _with_numbers(flat.with_optional_blanks).render(context)
    numbers = [] if again.now is None else [str(again.now)]
    return next(place for _, place in _expressions(flat, line, numbers))


def _told(flat: TaggedText, context: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """Fill a template once more, its expressions numbered line by line."""
    with collecting() as again, suppress(*STOPS):
        _with_numbers(flat.with_optional_blanks).render(context)
    return again.faults


@lru_cache(maxsize=64)  # a fault of a roster is met once for every pupil
def _with_numbers(source: str) -> Template:
    return environment.from_string("\n".join(map(_numbered, source.split("\n"))))


def _numbered(line: str) -> str:
    out, last = [], 0
    for number, tag in enumerate(TAG.finditer(line)):
        if tag[0].startswith("{{"):
            facts = (number, ON_FILTER, tag[0][2:-2], TOLD_FILTER)
            said = "{{ ((%d|%s) or (%s))|%s }}" % facts
            out += [line[last : tag.start()], said]
            last = tag.end()
    return "".join([*out, line[last:]])


def _expressions(flat: TaggedText, line: int, numbers: list[str]) -> Iterator[tuple[str, Place]]:
    """Yield the expressions of a line by their numbers, the line itself where none is known."""
    lines = flat.source.split("\n")
    text = lines[line - 1] if line <= len(lines) else ""
    start = sum(len(one) + 1 for one in lines[: line - 1])
    tags = [*TAG.finditer(text)]
    known = [tags[int(one)] for one in numbers if one.isdecimal() and int(one) < len(tags)]
    for tag in known:
        yield tag[0][2:-2].strip(), flat.place(start + tag.start())
    if not known:
        yield text.strip()[:_SHOWN], flat.place_of_line(line)

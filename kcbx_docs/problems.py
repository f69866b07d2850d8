"""The one record for everything a user can get wrong, and its catalogue of codes.

Readers, checks and linters return ``(value, problems)``; only code that cannot go on raises
``UserError``. Texts live in ``problems.toml`` (code -> message, hint), call sites give facts only.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from kcbx_docs.light import dataclass, regex

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Place:
    """Where something stands: file, 1-based line and column, and the path of keys to it."""

    file: str = ""
    line: int | None = None
    column: int | None = None
    path: str = ""

    def __str__(self) -> str:
        return ":".join(
            str(part) for part in (self.file, self.line, self.column) if part not in (None, "")
        )


@dataclass(frozen=True)
class Mending:
    """The one right mending of a mistake: other characters in one place of a line."""

    line: int
    column: int
    old: str
    new: str


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where, and what to do about it."""

    code: str
    severity: Severity
    message: str
    hint: str = ""
    place: Place = Place()
    subject: str = ""
    """The paper or the pupil that it is about, where its place does not tell."""
    count: int = 1
    """How many like it there are; ``subject`` is the first of them."""
    missing: tuple[str, ...] = ()
    """The keys that are not written, any of which would mend it."""
    mending: Mending | None = None
    """What to type in the file of its place, where nothing else can be meant."""
    facts: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)
    """What its words were made from, for who words it otherwise; no part of what is told."""

    @property
    def is_error(self) -> bool:
        """Tell whether it stops the work."""
        return self.severity == "error"

    def __str__(self) -> str:
        head = ": ".join(filter(None, (str(self.place), self.subject)))
        tail = f" {self.hint}" if self.hint else ""
        return f"{head}{': ' if head else ''}[{self.code}] {self.message}{tail}"

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for ``--json``."""
        told = asdict(self)
        del told["facts"]
        return told


Problems = tuple[Problem, ...]


_CODE = regex(r"^\[([A-Z]+[0-9]+)\]$", re.MULTILINE)


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Read the texts of all codes."""
    return tomllib.loads(_text())


@cache
def texts_of(code: str) -> dict[str, str]:
    """Read the texts of one code: a run meets a few of many hundred, and the parser is slow."""
    return tomllib.loads(_sections()[code])


@cache
def _sections() -> dict[str, str]:
    _, *parts = _CODE.split(_text())
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _text() -> str:
    return Path(__file__).with_name("problems.toml").read_text("utf-8")


def problem(code: str, place: Place | None = None, /, **facts: object) -> Problem:
    """Make the problem of a code from its facts; an unknown code or missing fact is a bug."""
    entry = texts_of(code)
    for name in _SAID_BY_LIBRARIES & facts.keys():
        facts[name] = in_chinese(facts[name])
    return Problem(
        code,
        entry.get("severity", "error"),  # type: ignore[arg-type]
        entry["message"].format_map(facts),
        entry.get("hint", "").format_map(facts),
        place or Place(),
        facts=tuple((name, str(fact)) for name, fact in facts.items()),
    )


_SAID_BY_LIBRARIES = {"detail", "reason"}
_COMMANDS = regex(r"(?:kcbx|pip)[ a-z-]*")
_ENGLISH = regex(r"[A-Za-z']{2,}(?: [A-Za-z'`]{2,}){2,}")


def in_chinese(said: object, otherwise: str = "写法不对，程序库没有用中文说明") -> object:
    """Return what a library says unless it says it in an English sentence: nobody here reads it."""
    if not isinstance(said, str):
        return said
    return otherwise if _ENGLISH.search(_COMMANDS.sub("", said)) else said


def errors(problems: Iterable[Problem]) -> Problems:
    """Keep those that stop the work."""
    return tuple(p for p in problems if p.is_error)


def as_warning(found: Problem) -> Problem:
    """Return the same problem as something that does not stop the work."""
    return replace(found, severity="warning")


def as_note(found: Problem) -> Problem:
    """Return the same problem as something that nobody needs to mend now."""
    return found if found.severity == "note" else replace(found, severity="note")


def with_subject(found: Problem, subject: str) -> Problem:
    """Return the same problem with the paper or the pupil that it is about."""
    return replace(found, subject=subject)


def with_mending(found: Problem, mending: Mending) -> Problem:
    """Return the same problem with the characters that mend it."""
    return replace(found, mending=mending)


class UserError(Exception):
    """The work cannot go on for reasons that the user can mend."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["UserError"], tuple[Problems]]:
        """Come whole out of another process."""
        return type(self), (self.problems,)


def stop(code: str, place: Place | None = None, /, **facts: object) -> UserError:
    """Return the exception of a single problem, to be raised."""
    return UserError([problem(code, place, **facts)])


def raise_errors(problems: Iterable[Problem]) -> Problems:
    """Raise if any problem is an error; otherwise return them."""
    found = tuple(problems)
    if errors(found):
        raise UserError(found)
    return found


_LINES = regex(r"第 [\d、至到～—-]+ 行|(?<=ml):\d+(?::\d+)?")


def not_told_before(old: Iterable[Problem], new: Iterable[Problem]) -> Problems:
    """Return what is said of a changed file only: a line more moves the places of all below it, and
    those that a message names. Of two that say the same each is told once.
    """
    known, fresh = [*dict.fromkeys(old)], [*dict.fromkeys(new)]
    for told_apart in (_at_its_place, _wherever_it_is):
        left = Counter(map(told_apart, known))
        come: list[Problem] = []
        for one in fresh:
            if left[told_apart(one)] > 0:
                left[told_apart(one)] -= 1
            else:
                come.append(one)
        known = [*_still(known, left, told_apart)]
        fresh = come
    return tuple(fresh)


def _at_its_place(found: Problem) -> tuple[str, ...]:
    return (*_wherever_it_is(found), found.place.path)


def _wherever_it_is(found: Problem) -> tuple[str, ...]:
    return found.code, found.subject, _LINES.sub("", found.message)


def _still(
    known: Iterable[Problem],
    left: Counter[tuple[str, ...]],
    told_apart: Callable[[Problem], tuple[str, ...]],
) -> Iterator[Problem]:
    """Yield those of which nothing new says the same."""
    for one in known:
        if left[told_apart(one)] > 0:
            left[told_apart(one)] -= 1
            yield one


MOST_ALIKE = 20
"""Mistakes of one kind that are told of one file; the rest is counted."""


def notes_last(found: Iterable[Problem]) -> Problems:
    """Return what has to be mended before what nobody needs to mend, else in the order given."""
    return tuple(sorted(found, key=lambda one: one.severity == "note"))


def few_of_each(found: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the first few of every code in a file, and then how many more there are of each."""
    counts: Counter[tuple[str, str]] = Counter()
    severity: dict[tuple[str, str], Severity] = {}
    for one in found:
        kind = (one.place.file, one.code)
        counts[kind] += 1
        if one.is_error or kind not in severity:
            severity[kind] = one.severity
        if counts[kind] <= MOST_ALIKE:
            yield one
    for kind, count in counts.items():
        if count > MOST_ALIKE:
            more = problem("READ016", Place(kind[0]), code=kind[1], count=count - MOST_ALIKE)
            yield replace(more, severity=severity[kind])


class Tally:
    """The problems of one file: the first few of each code, and how many more there are.

    A file that is no text at all has a mistake in every character: nobody reads so many lines.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.counts: Counter[str] = Counter()

    def add(self, code: str, place: Place, **facts: object) -> None:
        """Take note of a mistake."""
        self.counts[code] += 1
        if self.counts[code] <= MOST_ALIKE:
            self.problems.append(problem(code, place, **facts))

    def take(self, found: Problem) -> None:
        """Take note of a mistake that is worded already."""
        self.counts[found.code] += 1
        if self.counts[found.code] <= MOST_ALIKE:
            self.problems.append(found)

    def told(self) -> Problems:
        """Return what is told of it."""
        rest = {code: count - MOST_ALIKE for code, count in self.counts.items()}
        place = Place(self.name)
        more = [problem("READ016", place, code=c, count=n) for c, n in rest.items() if n > 0]
        return (*self.problems, *more)

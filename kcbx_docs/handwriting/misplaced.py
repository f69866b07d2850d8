"""Keys that stand at another level than theirs: where each belongs, and how far its line moves."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from pydantic import BaseModel

from kcbx_docs.handwriting.known_keys import known_keys
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Mending
from kcbx_docs.words import spell

Loc = tuple[int | str, ...]


class WithPlaces(Protocol):
    """The data of a text with the places of its keys."""

    @property
    def text(self) -> str:
        """Return the text as it was typed."""

    @property
    def marks(self) -> Mapping[Loc, tuple[int, int]]:
        """Return the line and column of every key, from nought."""

    def at(self, loc: Sequence[int | str]) -> Any:
        """Return the data at a path."""


@dataclass(frozen=True)
class Belonging:
    """The level where a key belongs: in words, and what moves it there."""

    advice: str
    there: Loc
    mending: Mending | None = None


def level_of(model: type[BaseModel], source: WithPlaces, base: Loc, loc: Loc) -> Belonging | None:
    """Find the level where a key belongs that its own does not know; nothing for the rest."""
    key, here = str(loc[-1]), known_keys(model, loc[len(base) : -1])
    for there in _levels(source, base, loc, here):
        data = source.at(there)
        if key in (data or ()) or key not in known_keys(model, there[len(base) :]):
            continue
        first = (*there, next(iter(data or ()), ""))
        if not data:  # nothing stands below it: its own key tells where that begins
            return _moved(source, loc, there, source.marks[there][1] + _STEP)
        if not _before(source, first).strip(" -"):
            return _moved(source, loc, there, source.marks[first][1])
    return None


_STEP = 2
"""Blanks by which a level is indented where nothing shows it."""


def _levels(source: WithPlaces, base: Loc, loc: Loc, here: Sequence[str]) -> Iterator[Loc]:
    """Yield the levels around a key, and the one that ends before it and its like."""
    for end in range(len(loc) - 2, len(base) - 1, -1):
        if isinstance(source.at(loc[:end]), dict):
            yield loc[:end]
    beside = [*source.at(loc[:-1])]
    before = [name for name in beside[: beside.index(loc[-1])] if name in here]
    if not before:
        return
    inner = (*loc[:-1], before[-1])
    value = source.at(inner)
    if isinstance(value, list) and value:
        inner, value = (*inner, len(value) - 1), value[-1]
    if isinstance(value, dict) or (value is None and inner in source.marks):
        yield inner


def _moved(source: WithPlaces, loc: Loc, there: Loc, column: int) -> Belonging:
    """Say how a line is moved to the level where its key belongs."""
    key, (line, found) = str(loc[-1]), source.marks[loc]
    said = f"「{key}」写在{_in_words(there)}"
    if _before(source, loc).strip(" "):  # within brackets, or after a dash: no line can be moved
        return Belonging(f"{said}，另起一行，前面空 {column} 格。", there)
    if len(there) < len(loc) - 1 and not _is_last(source, loc):
        top = str(loc[len(there)])
        advice = f"{said}：把这一行移到「{top}」那一行的前面，前面空 {column} 格。"
        return Belonging(advice, there)
    way = f"向{'左' if column < found else '右'}移 {abs(column - found)} 格，前面空 {column} 格"
    if not isinstance(source.at(loc), str):
        return Belonging(f"{said}：把这一行{way}；下面跟着缩进的各行一起移。", there)
    mending = Mending(line + 1, 1, " " * found, " " * column)
    return Belonging(f"{said}：把这一行{way}。", there, mending)


def _in_words(there: Loc) -> str:
    if not there:
        return "最外一层"
    number = there[-1]
    if isinstance(number, int):
        return f"「{spell(there[:-1])}」第 {number + 1} 项里"
    return f"「{spell(there)}」里"


def _is_last(source: WithPlaces, loc: Loc) -> bool:
    """Tell whether nothing follows a key in its mapping, and in the list that holds this."""
    if [*source.at(loc[:-1])][-1] != loc[-1]:
        return False
    return not isinstance(loc[-2], int) or loc[-2] == len(source.at(loc[:-2])) - 1


def _before(source: WithPlaces, loc: Loc) -> str:
    """Return what stands before a key in its line."""
    number, column = source.marks[loc]
    lines = source.text.split("\n")
    found = number < len(lines) and str(loc[-1]) in lines[number]  # else the text is embedded
    return lines[number][:column] if found else "?"

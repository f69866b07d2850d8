"""What a pack.yaml leaves open without meaning to: items that are empty, lists in lists."""

from collections.abc import Iterator
from typing import Any

from kcbx_docs.light import regex
from kcbx_docs.packs.parameters import PARAMETERS
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.reading import Loc, Source
from kcbx_docs.words import TAGS, spell

_NOTHING = ("null", "~", "none", "nil", "nan")
"""What programs write for nothing; here it would be printed."""
_QUOTED_OR_SAID = regex(r"'[^'\n]*'|\"[^\"\n]*\"|(?<=\s)#.*")
_LAST_COMMA = regex(r",(?=\s*\])")


def gaps_in(source: Source) -> Iterator[Problem]:
    """Report parameters and items that say nothing, or what only a template may say, and lists
    whose items are lists.
    """
    table = source.data.get("参数") if isinstance(source.data, dict) else None
    if isinstance(table, dict):
        yield from _below(source, table, ("参数",))
    yield from _last_commas(source)


def _below(source: Source, value: Any, loc: Loc) -> Iterator[Problem]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _below(source, one, (*loc, key))
    elif isinstance(value, list):
        yield from _listed(source, value, loc)
    elif found := _amiss(value, source.place(loc, value=True), spell(loc)):
        yield found


def _listed(source: Source, value: list[Any], loc: Loc) -> Iterator[Problem]:
    if isinstance(loc[-1], int) and loc[1] not in PARAMETERS:
        yield problem("PACK063", source.place(loc, value=True), name=spell(loc))
        return
    for number, one in enumerate(value):
        yield from _below(source, one, (*loc, number))


def _amiss(value: str | None, place: Place, name: str) -> Problem | None:
    if value is None or value.lower() in _NOTHING:
        return problem("PACK062", place, name=name, value=value or "")
    braces = any(tag in value for tag in TAGS)
    return problem("PACK066", place, name=name) if braces else None


def _last_commas(source: Source) -> Iterator[Problem]:
    """Report commas after which a list ends: nothing is lost, but somebody may be missing."""
    for number, line in enumerate(source.text.split("\n"), 1):
        plain = _QUOTED_OR_SAID.sub(lambda said: "_" * len(said[0]), f" {line}")
        for comma in _LAST_COMMA.finditer(plain):
            yield problem("PACK064", Place(source.name, number, comma.start()))

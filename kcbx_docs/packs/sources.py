"""Where each value of a pack comes from: what its file says of that value, or of all of them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kcbx_docs.light import dataclass
from kcbx_docs.packs.model import UNKNOWN, Pack, Sourced
from kcbx_docs.problems import Problem, problem
from kcbx_docs.reading import Loc, Source
from kcbx_docs.words import advice_for_name, spell

TABLES = ("标题", "制发机关", "文号", "责任线", "程序", "期间", "参数", "送达证明")
"""The keys of a pack whose items have a source of their own."""


@dataclass(frozen=True)
class Provenance:
    """Where a value comes from and when it was checked."""

    source: str
    checked_on: date | None
    note: str = ""


NOBODY = Provenance("没有人核对过", None)


def provenance(pack: Pack, data: Mapping[str, Any], loc: Loc) -> Provenance:
    """Tell where a value of one file comes from; 未知 comes from nowhere."""
    if value_in(data, loc) == UNKNOWN:
        return NOBODY
    said = _said_of(pack, loc)
    if said is None:
        return Provenance(pack.source or "", pack.checked_on)
    return Provenance(said.source, said.checked_on or pack.checked_on, said.note or "")


def _said_of(pack: Pack, loc: Loc) -> Sourced | None:
    """Find what is said of a value, else of the table that it stands in."""
    above = [spell(loc[:length]) for length in range(len(loc), 0, -1)]
    for name in above:
        for one in pack.sources:
            if name in one.items:
                return one
    return None


def value_in(data: object, loc: Sequence[int | str]) -> object:
    """Return what a file says at a place; nothing where it says nothing."""
    for part in loc:
        data = data.get(part) if isinstance(data, dict) else None
    return data


def source_faults(pack: Pack, source: Source) -> Iterator[Problem]:
    """Refuse a source of what the same file does not say, and a second one of the same value."""
    known, seen = [*_names(source.data)], set[str]()
    for number, one in enumerate(pack.sources):
        for place, name in enumerate(one.items):
            at = source.place(("各项来源", number, "各项", place), value=True)
            if name not in known:
                yield problem("PACK082", at, name=name, advice=advice_for_name(name, known))
            elif name in seen:
                yield problem("PACK083", at, name=name)
            seen.add(name)


def _names(data: Mapping[str, Any]) -> Iterator[str]:
    """Name every value and table that a file writes."""
    for key in TABLES:
        table = data.get(key)
        if table is not None:
            yield key
        if isinstance(table, dict):
            yield from _below(table, (key,))
    if data.get("停用文书") is not None:
        yield "停用文书"


def _below(table: Mapping[str, Any], loc: Loc) -> Iterator[str]:
    for key, value in table.items():
        yield spell((*loc, key))
        if isinstance(value, dict):
            yield from _below(value, (*loc, key))

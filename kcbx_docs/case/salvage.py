"""The sound part of a faulty file, so that one reading shows every mistake in it."""

from collections.abc import Collection, Mapping
from dataclasses import field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place
from kcbx_docs.reading import Loc, Source

M = TypeVar("M", bound=BaseModel)
ROUNDS = 5


@dataclass(frozen=True)
class Salvaged(Source):
    """Data without the faulty parts; places are still those of the original text."""

    original: Source = field(default_factory=lambda: Source(""))
    origin: Mapping[Loc, Loc] = field(default_factory=dict)

    def place(self, loc: Any = (), *, value: bool = False) -> Place:
        """Find the place in the original text."""
        path = tuple(loc)
        end = next(n for n in range(len(path), -1, -1) if path[:n] in self.origin)
        return self.original.place((*self.origin[path[:end]], *path[end:]), value=value)


def salvage(
    model: type[M], source: Source, stand_ins: Mapping[str, Any]
) -> tuple[M, Salvaged] | None:
    """Drop what has no type until the rest has one; stand-ins replace lost required keys."""
    dropped: set[Loc] = set()
    # Each round may uncover faults that those before it hid.
    for _ in range(ROUNDS):
        kept = without(source, dropped)
        if not isinstance(kept.data, dict):
            return None
        try:
            return model.model_validate({**stand_ins, **kept.data}), kept
        except ValidationError as error:
            found = {_culprit(kept, detail["type"], detail["loc"]) for detail in error.errors()}
        if () in found or found <= dropped:
            return None
        dropped |= found
    return None


def _culprit(kept: Salvaged, kind: str, loc: Loc) -> Loc:
    path = loc[:-1] if kind == "missing" else loc
    while path and path not in kept.origin:
        path = path[:-1]
    return kept.origin[path]


def without(source: Source, dropped: Collection[Loc]) -> Salvaged:
    """Copy the data of a source without some of its paths."""
    origin: dict[Loc, Loc] = {(): ()}
    data = _copy(source.data, (), (), frozenset(dropped), origin)
    return Salvaged(source.name, source.text, data, original=source, origin=origin)


def _copy(data: Any, old: Loc, new: Loc, dropped: frozenset[Loc], origin: dict[Loc, Loc]) -> Any:
    origin[new] = old
    if isinstance(data, dict):
        keys = [key for key in data if (*old, key) not in dropped]
        return {key: _copy(data[key], (*old, key), (*new, key), dropped, origin) for key in keys}
    if isinstance(data, list):
        items: list[Any] = []
        for number, item in enumerate(data):
            if (*old, number) not in dropped:
                # Items move up into the places of those that were dropped.
                loc = (*new, len(items))
                items.append(_copy(item, (*old, number), loc, dropped, origin))
        return items
    return data

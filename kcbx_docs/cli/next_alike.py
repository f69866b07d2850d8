"""What several guardians have in common, so that it is told once."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kcbx_docs.light import dataclass

Data = Mapping[str, Any]
SELF, OTHER = "本人", "另一名监护人"
_PAIR = 2
_OWN = ("name", "relation")


class UnlikeError(Exception):
    """Two guardians differ."""


@dataclass(frozen=True)
class Party:
    """Guardians of whom the same is told, and what that is."""

    people: tuple[Data, ...]
    told: Data


def parties_of(people: Sequence[Data]) -> tuple[Party, ...]:
    """Gather the guardians of whom the same is told, whoever is named in it."""
    found: list[Party] = []
    for person in people:
        place, party = _joined(found, person, people)
        found[place:] = [party, *found[place + 1 :]]
    return tuple(found)


def _joined(found: Sequence[Party], person: Data, people: Sequence[Data]) -> tuple[int, Party]:
    own = {key: value for key, value in person.items() if key not in _OWN}
    say = _speaker(person["name"], people)
    for place, party in enumerate(found):
        before = _speaker(party.people[0]["name"], people)
        try:
            return place, Party((*party.people, person), _merged(party.told, own, before, say))
        except UnlikeError:
            continue
    return len(found), Party((person,), own)


def in_common(parties: Sequence[Party], key: str, people: Sequence[Data]) -> list[Any]:
    """List the steps of one kind of which the same is told to all, whoever is named in it."""
    if len(parties) < _PAIR:
        return []
    shared = []
    for option in parties[0].told[key]:
        told = option
        first = _speaker(parties[0].people[0]["name"], people)
        for party in parties[1:]:
            say = _speaker(party.people[0]["name"], people)
            same = [one for one in party.told[key] if one["step"] == option["step"]]
            told = _of_both(told, same[0], first, say) if told and same else None
        shared += [told] if told else []
    return shared


def _of_both(one: Data, other: Data, first: "Say", second: "Say") -> Any:
    try:
        return _merged(one, other, first, second)
    except UnlikeError:
        return None


Say = Callable[[str], str]


def _speaker(name: str, people: Sequence[Data]) -> Say:
    """Return how a text reads that speaks to one guardian and names nobody."""
    names = sorted((person["name"] for person in people), key=len, reverse=True)
    known = {one: OTHER if len(names) == _PAIR else one for one in names} | {name: SELF}
    pattern = re.compile("|".join(map(re.escape, names)))
    return lambda text: pattern.sub(lambda found: known[found[0]], text)


def _merged(one: Any, other: Any, first: Say, second: Say) -> Any:
    """Return what both say; texts that differ in names only are said without them."""
    if one == other:
        return one
    if isinstance(one, str) and isinstance(other, str) and first(one) == second(other):
        return first(one)
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return {key: _merged(value, other[key], first, second) for key, value in one.items()}
    if _listed(one) and _listed(other) and len(one) == len(other):
        return [_merged(a, b, first, second) for a, b in zip(one, other, strict=True)]
    raise UnlikeError


def _listed(value: Any) -> bool:
    return isinstance(value, list | tuple)

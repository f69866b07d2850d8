"""What too many pupils of a list share to be true: a telephone number, a parent."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kcbx_docs.case.columns import roster_words
from kcbx_docs.case.names import without_letters
from kcbx_docs.case.roster_doubles import Seen
from kcbx_docs.problems import Problem, problem

MANY = 4
"""Pupils of different families from whom on a shared number is asked about."""
OFTEN, SHORT = 8, 3
"""Pupils from whom on a short name without a surname is asked about: 岩罕 and 扎西 are many."""


def shared(seen: Sequence[Seen]) -> Iterator[Problem]:
    """Yield the numbers and the names that stand with pupils of too many families."""
    phones: dict[str, list[Seen]] = {}
    parents: dict[str, list[Seen]] = {}
    for one in seen:
        for number in filter(None, one.pupil.phone.split("、")):
            phones.setdefault(number, []).append(one)
        for guardian in one.pupil.guardians:
            parents.setdefault(guardian.name, []).append(one)
    yield from _told_apart(seen, parents)
    for number, whose in phones.items():
        if len({_family(one) for one in whose}) >= MANY:
            yield problem("ROST120", whose[0].place("电话"), phone=number, count=len(whose))
    for name, whose in parents.items():
        if not _has_a_surname(name) and len(whose) >= (MANY if len(name) > SHORT else OFTEN):
            yield problem("ROST122", whose[0].place("姓名"), name=name, count=len(whose))


def _told_apart(seen: Sequence[Seen], parents: Mapping[str, list[Seen]]) -> Iterator[Problem]:
    """Yield names with a letter beside the same name with another one or none: 阮文A alone is a
    name, 李国A and 李国B are two of one name.
    """
    called = {one.pupil.pupil.name: [one] for one in seen}
    for names in (called, parents):
        bare = Counter(without_letters(name) or name for name in names)
        for name, whose in names.items():
            if (plain := without_letters(name)) and bare[plain] > 1:
                yield problem("ROST139", whose[0].place("姓名"), name=name, plain=plain)


def _family(one: Seen) -> frozenset[str]:
    people = (*one.pupil.guardians, *one.pupil.carers)
    return frozenset(person.name for person in people) or frozenset((one.pupil.pupil.name,))


def _has_a_surname(name: str) -> bool:
    words = roster_words()["surnames"]
    return name[:1] in words["single"] or name[:2] in words["double"]

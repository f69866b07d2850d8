"""What too many pupils of a list share to be true: a telephone number, a parent."""

from collections.abc import Iterator, Sequence

from kcbx_docs.case.columns import roster_words
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
    for number, whose in phones.items():
        if len({_family(one) for one in whose}) >= MANY:
            yield problem("ROST120", whose[0].place("电话"), phone=number, count=len(whose))
    for name, whose in parents.items():
        if not _has_a_surname(name) and len(whose) >= (MANY if len(name) > SHORT else OFTEN):
            yield problem("ROST122", whose[0].place("姓名"), name=name, count=len(whose))


def _family(one: Seen) -> frozenset[str]:
    people = (*one.pupil.guardians, *one.pupil.carers)
    return frozenset(person.name for person in people) or frozenset((one.pupil.pupil.name,))


def _has_a_surname(name: str) -> bool:
    words = roster_words()["surnames"]
    return name[:1] in words["single"] or name[:2] in words["double"]

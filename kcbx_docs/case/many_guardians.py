"""Guardians who are hardly so at one time: somebody else beside a parent who can look after the
child, a parent by birth beside the one who adopted it. Each would get papers of his own.
"""

from collections.abc import Iterator
from datetime import date

from kcbx_docs.case.model import PARENTS, Case, Guardian
from kcbx_docs.case.whereabouts import AT_HOME, AWAY
from kcbx_docs.problems import Problem, problem
from kcbx_docs.reading import Source

_ABLE = (None, AT_HOME, *AWAY)
"""Where a parent is who can look after the child himself, or have it looked after."""
_BY_BIRTH = {"养父": ("父亲", "生父"), "养母": ("母亲", "生母")}


def check_many_guardians(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Ask about a guardian beside whom a parent still is one by what the file tells."""
    still = [one for one in case.guardians if not one.ended(today)]
    parents = [one for one in still if one.relation in PARENTS and one.whereabouts in _ABLE]
    for number, guardian in enumerate(case.guardians):
        if guardian not in still or not guardian.relation:
            continue
        place = source.place(("监护人", number, "关系"), value=True)
        facts = {"name": guardian.name, "relation": guardian.relation}
        # Without a basis it is told already that he is none.
        if guardian.relation not in PARENTS and guardian.basis:
            yield from (
                problem(code, place, **facts, parents=who) for code, who in _rivals(parents, today)
            )
        born = _BY_BIRTH.get(guardian.relation, ())
        if others := [one for one in parents if one.relation in born]:
            yield problem("CASE312", place, **facts, parents=_named(others))


def _rivals(parents: list[Guardian], today: date) -> Iterator[tuple[str, str]]:
    """Name the parents beside whom nobody else is one; where all are of limited capacity,
    those of whom nobody told yet what was found out.
    """
    if able := [one for one in parents if not one.limited(today)]:
        yield "CASE311", _named(able)
    elif unclear := [one for one in parents if not one.condition_note]:
        yield "CASE355", _named(unclear)


def _named(people: list[Guardian]) -> str:
    return "、".join(f"{one.name}（{one.relation}）" for one in people)

"""Checks of a civil suit as it is meant and as it was brought: parties that can be parties,
two places that agree.
"""

from collections.abc import Iterator
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Case, name_key
from kcbx_docs.case.suit import OFFICE, SCHOOLING
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.problems import Problem, problem
from kcbx_docs.reading import Source
from kcbx_docs.words import did_you_mean

_ENDS = ("撤诉", "民事判决", "调解")
ROLES = {"被告": "defendants", "法定代理人": "representatives"}


def check_suit(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Parties are guardians, nobody stands on both sides, the history says the same."""
    if case.suit is None:
        return
    known = {name_key(guardian.name): guardian.name for guardian in case.guardians}
    for key, name in ROLES.items():
        for number, person in enumerate(getattr(case.suit, name)):
            if name_key(person) not in known:
                place = source.place(("民事诉讼", key, number), value=True)
                advice = did_you_mean(person, tuple(known.values()))
                yield problem("CASE081", place, key=key, name=person, advice=advice)
    yield from _both_sides(case, source)
    for number, event in enumerate(case.history):
        meant = event.kind == "起诉" and event.purpose in ("", SCHOOLING)
        if meant and case.suit.purpose == SCHOOLING and not _over(case, event):
            yield from _told_otherwise(case, event, number, source)


def _over(case: Case, event: Event) -> bool:
    """Tell whether a suit came to an end: what is meant now may be another one."""
    return any(later.kind in _ENDS and later.day >= event.day for later in case.history)


def _both_sides(case: Case, source: Source) -> Iterator[Problem]:
    assert case.suit
    sued = set(map(name_key, case.suit.defendants))
    for number, person in enumerate(case.suit.representatives):
        if name_key(person) in sued:
            place = source.place(("民事诉讼", "法定代理人", number), value=True)
            yield problem("CASE082", place, name=person)


def _told_otherwise(case: Case, event: Event, number: int, source: Source) -> Iterator[Problem]:
    plan = case.suit
    assert plan
    meant = ("、".join(sorted(plan.defendants)), "、".join(sorted(event.targets)))
    pairs = {"原告": (plan.plaintiff or "", event.plaintiff), "被告": meant}
    for key, (first, second) in pairs.items():
        if first and second and name_key(first) != name_key(second):
            loc = ("经过", number, "对象" if key == "被告" else key)
            other = source.place(("民事诉讼", key), value=True)
            line = f"第 {other.line} 行" if other.line else "另一处"
            facts = {"key": key, "here": second, "there": first, "line": line}
            yield problem("CASE083", source.place(loc, value=True), **facts)


def plaintiff_formerly(case: Case, source: Source, workspace: Workspace) -> Iterator[Problem]:
    """A suit that names the office among those present is read as before, and told."""
    office = workspace.organ_named(case.office)
    if office is None:
        return
    for number, event in enumerate(case.history):
        formerly = event.kind == "起诉" and office.name in event.participants
        if formerly and not event.plaintiff:
            place = source.place(("经过", number, "参加人"), value=True)
            yield problem("CASE084", place, office=office.name, own=OFFICE)

"""One person at two places with no time to go from one to the other: an officer at a home and, five
minutes later, at a school. Places are told apart only where they surely are not one.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_checks import is_organisation
from kcbx_docs.case.model import name_key
from kcbx_docs.case.service_methods import METHODS
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.disagreements import where
from kcbx_docs.record.docket import Docket

_ON_THE_WAY = timedelta(minutes=10)
"""Nobody leaves one house and begins at another in less; no rule of law."""
_MET = ("劝返", "核查", "询问", "批评教育", "送达", "送教", "帮扶", "听证")
_AT_HOME, _AT_SCHOOL = ("家访", "上门", "入户"), ("到校",)
_FAR = ("电话", "微信", "短信", "视频", "远程", "QQ", "网络")
_HOMES = ("家", "家中", "家里")
_SCHOOLS = ("学校", "小学", "中学")
_HOME, _SCHOOL = "家里", "学校"


def two_places(docket: Docket) -> Iterator[Problem]:
    """Ask about the times of two things that one person did, or heard, at two places."""
    met = [event for event in docket.events if event.clock and _spot(event)]
    for first, second in combinations(met, 2):
        if not (_too_near(first, second) and _apart(_spot(first), _spot(second))):
            continue
        if names := _in_both(first, second):
            facts: dict[str, object] = {"names": "、".join(names), "day": first.day}
            facts |= {"kind": first.kind, "spot": _spot(first), "clock": _clocks(first)}
            facts |= {"other": second.kind, "there": _spot(second), "then": _clocks(second)}
            facts |= {"results": _contrary(first, second), "where": where(docket.place(first))}
            yield problem("PROC606", docket.place(second), **facts)


def _spot(event: Event) -> str:
    """Say where people met, as far as that is surely told."""
    method = METHODS.get(event.method)
    if event.kind not in _MET or event.method in _FAR or (method and not method.meets):
        return ""
    if is_organisation(event.place):
        return event.place
    if event.method in _AT_SCHOOL:
        return _SCHOOL
    told_home = event.place.endswith(_HOMES) or event.method in _AT_HOME
    return _HOME if told_home else ""


def _apart(one: str, other: str) -> bool:
    """Tell whether two spots are surely two; a short name may be that of a long one."""
    if _SCHOOL in (one, other):
        return not all(spot.endswith(_SCHOOLS) for spot in (one, other))
    return one not in other and other not in one


def _too_near(first: Event, second: Event) -> bool:
    """Tell whether the later began before anybody could come; the same minute is told elsewhere,
    unless a service is one of the two, which the case file need not hold.
    """
    at_once = first.clock == second.clock and "送达" not in (first.kind, second.kind)
    if first.day != second.day or at_once:
        return False
    assert first.clock and second.clock
    left = datetime.combine(first.day, first.end or first.clock)
    return datetime.combine(second.day, second.clock) - left < _ON_THE_WAY


def _in_both(first: Event, second: Event) -> list[str]:
    there = {name_key(name) for name in (*second.handlers, *second.targets)}
    return [name for name in (*first.handlers, *first.targets) if name_key(name) in there]


def _clocks(event: Event) -> str:
    return "—".join(f"{clock:%H:%M}" for clock in (event.clock, event.end) if clock)


def _contrary(first: Event, second: Event) -> str:
    results = first.result, second.result
    both = all(results) and results[0] != results[1]
    return f"，结果一个是「{results[0]}」，一个是「{results[1]}」" if both else ""

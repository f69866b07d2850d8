"""How a child that comes back would usually be placed here, and whether the plan departs from it:
proposed and told, never decided.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

from kcbx_docs.case.return_plan import AT_HOME, SPECIAL, VOCATIONAL
from kcbx_docs.light import dataclass
from kcbx_docs.packs.placements import (
    PARAMETER,
    PLACED_IF,
    UNABLE,
    PlacementRule,
    rules_of,
)
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.docket import Docket

_ASSESSED = (SPECIAL, AT_HOME)
"""Assessments that one placement follows; 普通学校 leaves several."""


@dataclass(frozen=True)
class Usual:
    """What the rule of the place says of one child on a day."""

    rules: tuple[PlacementRule, ...]
    """The lines that hold."""
    open: tuple[PlacementRule, ...]
    """The lines that hold if a person says that something is so."""

    @property
    def placements(self) -> tuple[str, ...]:
        """List the placements that are usual, whatever a person still has to say."""
        lines = (*self.rules, *self.open)
        return tuple(dict.fromkeys(chain.from_iterable(line.placements for line in lines)))

    @property
    def lines(self) -> tuple[str, ...]:
        """Write its lines, those that a person has to judge last."""
        asked = (f"{_line(rule)}（由学校判断）" for rule in self.open)
        return (*map(_line, self.rules), *asked)


def _line(rule: PlacementRule) -> str:
    return f"{rule.when}：{'、'.join(rule.placements)}"


def usual_placement(docket: Docket, day: date) -> Usual | None:
    """Return what is usual here for the child; nothing where the place has no rule."""
    rules = rules_of(docket.law.pack.values.get(PARAMETER))
    if not rules:
        return None
    away = _away(docket, day)
    told = _told(docket)
    fitting = [rule for rule in rules if _in_time(rule, away) and not _denied(rule, told)]
    if told[UNABLE]:  # who cannot come to school at all is asked nothing else
        fitting = [rule for rule in fitting if UNABLE in rule.asks]
    certain = tuple(rule for rule in fitting if all(map(told.get, rule.asks)))
    return Usual(certain, tuple(rule for rule in fitting if rule not in certain))


def months_away(docket: Docket, day: date) -> int | None:
    """Count the whole months from the first day of the absence until the return, or a day."""
    away = _away(docket, day)
    return _months(*away) if away else None


def _away(docket: Docket, day: date) -> tuple[date, date] | None:
    attendance = docket.attendance(day)
    start = attendance.since or attendance.round_start or attendance.first
    return (start, attendance.returned or day) if start else None


def _months(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(0, months - (end.day < start.day))


def _told(docket: Docket) -> dict[str, bool | None]:
    """Tell what the file says of each condition; nothing where it says nothing."""
    pupil, plan = docket.case.pupil, docket.case.return_plan
    unable = plan.unable if plan else None
    if unable is None and (pupil.placement or not pupil.disabled):
        unable = pupil.placement == AT_HOME
    judged = (plan.overage, plan.unwilling, plan.long_away) if plan else (None, None, None)
    return dict(zip(PLACED_IF, (*judged, unable), strict=True))


def _denied(rule: PlacementRule, told: Mapping[str, bool | None]) -> bool:
    """Tell whether somebody said that a line does not hold."""
    return any(told[ask] is False for ask in rule.asks)


def _in_time(rule: PlacementRule, away: tuple[date, date] | None) -> bool:
    """Tell whether a line may hold after some time; who has no absence fits all of them."""
    if away is None:
        return True
    late = rule.up_to is not None and _longer(*away, rule.up_to)
    early = rule.over is not None and not _longer(*away, rule.over)
    return not late and not early


def _longer(start: date, end: date, months: int) -> bool:
    """Tell whether it is more than so many months; to the day so many are not more."""
    whole = _months(start, end)
    return whole > months or (whole == months and end.day > start.day)


def doubts_of_plan(docket: Docket, day: date) -> Iterator[Problem]:
    """Tell where a plan departs from the usual without a reason, from an assessment, or sends a
    child to a vocational school that did not ask for it.
    """
    plan = docket.case.return_plan
    if plan is None or (plan.day and plan.day > day):
        return
    place = docket.place_of("复学方案", "安置")
    told = {"name": docket.case.pupil.name, "placement": plan.placement}
    usual = usual_placement(docket, plan.day or day)
    if usual and usual.placements and plan.placement not in usual.placements and not plan.reason:
        yield problem("CASE211", place, **told, usual="；".join(usual.lines))
    assessed = docket.case.pupil.placement
    if assessed in _ASSESSED and plan.placement != assessed:
        yield problem("CASE212", place, **told, assessed=assessed)
    if plan.placement == VOCATIONAL and plan.applied is None:
        yield problem("CASE213", place, **told)

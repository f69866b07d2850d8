"""Whether a child that is taught at home is visited as often as the place asks: counted, told."""

from collections.abc import Iterator
from datetime import date, timedelta

from kcbx_docs.case.event import Event
from kcbx_docs.case.return_plan import AT_HOME
from kcbx_docs.light import dataclass
from kcbx_docs.packs.model import Unknown
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.docket import Docket

VISIT = "送教"
_VISITS, _LESSONS = "送教每周次数", "送教每次课时"
_WEEK = timedelta(days=7)
_LOOKED_BACK = 8
"""So many weeks are looked at: what was missed long before is not caught up any more."""


@dataclass(frozen=True)
class Teaching:
    """The weeks that are over, what the place asks for in them, and what is recorded."""

    first: date
    weeks: int
    visits: int
    lessons: int
    per_week: int
    per_visit: int
    thin: tuple[date, ...]
    """The Mondays of the weeks with fewer visits or lessons."""

    @property
    def wanted_visits(self) -> int:
        """Return how many visits the place asks for in these weeks."""
        return self.weeks * self.per_week

    @property
    def wanted_lessons(self) -> int:
        """Return how many lessons the place asks for in these weeks."""
        return self.wanted_visits * self.per_visit


def teaching_of(docket: Docket, day: date) -> Teaching | None:
    """Count the visits of the last weeks; nothing where the child is not taught at home or the
    place names no number.
    """
    per_week, per_visit = (_number(docket, name) for name in (_VISITS, _LESSONS))
    start = taught_since(docket, day)
    if per_week is None or start is None:
        return None
    first = max(_next_monday(start), _monday(day) - _LOOKED_BACK * _WEEK)
    mondays = [one for one in _mondays(first, day) if _has_workday(docket, one)]
    if not mondays:
        return None
    visits = [one for one in docket.happened(day) if one.kind == VISIT]
    by_week = {monday: _within(visits, monday) for monday in mondays}
    wanted = per_week * (per_visit or 0)
    thin = [m for m, held in by_week.items() if len(held) < per_week or _lessons(held) < wanted]
    count, lessons = sum(map(len, by_week.values())), sum(map(_lessons, by_week.values()))
    return Teaching(first, len(mondays), count, lessons, per_week, per_visit or 0, tuple(thin))


def behind(docket: Docket, day: date) -> Iterator[Problem]:
    """Tell of weeks in which less teaching at home is recorded than the place asks for."""
    taught = teaching_of(docket, day)
    if taught is None or not taught.thin:
        return
    facts = {
        "name": docket.case.pupil.name,
        "first": taught.first,
        "weeks": taught.weeks,
        "visits": taught.visits,
        "lessons": taught.lessons,
        "per_week": taught.per_week,
        "per_visit": taught.per_visit or "几",
        "wanted_visits": taught.wanted_visits,
        "wanted_lessons": taught.wanted_lessons or "相应的",
        "thin": "、".join(map(str, taught.thin)),
    }
    yield problem("CASE214", docket.place_of("经过"), **facts)


def taught_since(docket: Docket, day: date) -> date | None:
    """Return from which day the child is taught at home, as far as the file tells it."""
    happened = docket.happened(day)
    back = [event for event in happened if event.kind == "返校"]
    if back:
        return back[-1].day if back[-1].placed == AT_HOME else None
    return next((event.day for event in happened if event.kind == VISIT), None)


def _number(docket: Docket, name: str) -> int | None:
    value = docket.law.pack.values.get(name)
    return None if value is None or isinstance(value, Unknown) else int(value)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _next_monday(day: date) -> date:
    """Return the first Monday of a whole week from a day on."""
    return day if day.weekday() == 0 else _monday(day) + _WEEK


def _mondays(first: date, day: date) -> Iterator[date]:
    """Yield the Mondays of the weeks that are over before a day."""
    while first + _WEEK <= day:
        yield first
        first += _WEEK


def _has_workday(docket: Docket, monday: date) -> bool:
    days = (monday + timedelta(days=count) for count in range(7))
    calendar, region = docket.law.calendar, docket.law.region
    return any(not calendar.has(one.year) or calendar.is_workday(one, region) for one in days)


def _within(visits: list[Event], monday: date) -> list[Event]:
    return [one for one in visits if monday <= one.day < monday + _WEEK]


def _lessons(visits: list[Event]) -> int:
    return sum(one.lessons or 0 for one in visits)

"""How far the cases of an office had come on past days, as their histories tell."""

from collections.abc import Sequence
from datetime import date, timedelta

from kcbx_docs.record.docket import Docket
from kcbx_docs.record.roads import ROAD_OF, Road, furthest
from kcbx_docs.record.states import state_of

_WEEK = timedelta(days=7)


def week_ends(today: date, count: int) -> tuple[date, ...]:
    """List the last Sundays before a day, and the day itself: tomorrow they are the same."""
    sunday = today - timedelta(days=today.weekday() + 1)
    return (*(sunday - _WEEK * back for back in reversed(range(count))), today)


def road_on(docket: Docket, day: date) -> Road | None:
    """Tell on which road a case was on a day; nothing before anything had happened."""
    if not docket.happened(day):
        return None
    states = (state_of(docket.progress(person, day)) for person in docket.case.parties)
    return furthest(tuple(ROAD_OF[state] for state in states))


def roads_on(docket: Docket, days: Sequence[date]) -> dict[date, Road | None]:
    """Tell on which road a case was on each of some days."""
    return {day: road_on(docket, day) for day in days}

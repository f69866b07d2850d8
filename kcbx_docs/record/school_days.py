"""What is told of a day without lessons as if the school had been open: the first day of an
absence on a Sunday, a child seen in class on a Saturday. Only asked about: schools make up lessons.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from kcbx_docs.case.event import Event
from kcbx_docs.law.calendar import MissingCalendar
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.docket import Docket

_DAY = timedelta(days=1)
_ABSENT = ("首次缺课", "再次缺课")
_IN_CLASS = ("在校", "缺课", "请假")
"""Results of a look at the child that tell of a day of lessons; nobody is in class by phone."""
_AT_SCHOOL = "到校"
_NOT_BY_THE_DAY = ("转学", "职业学校", "送教上门", "其他")
"""Where a return is another thing than the way to the old class."""
_SUMMER = frozenset((7, day) for day in range(16, 32)) | frozenset((8, day) for day in range(1, 21))
"""Month and day when schools everywhere have their summer holidays; no rule of law."""
_SUMMER_NAME = "暑假"


def school_days(docket: Docket) -> Iterator[Problem]:
    """Ask about what happened in class on a day off; on no day whose calendar is unknown."""
    for event in docket.events:
        facts: dict[str, object] = {"kind": event.kind, "day": event.day}
        evening = _comes_in_the_evening(event, docket)
        if _of_lessons(event, docket) and (off := _off(docket, event.day, evening=evening)):
            place = docket.place(event)
            if event.kind in _ABSENT:
                before, after = _nearest(docket, event.day)
                yield problem("PROC600", place, **facts, off=off, before=before, after=after)
            else:
                told = f"写着「{event.result}」，那一天" if event.result else ""
                yield problem("PROC601", place, **facts, off=off, told=told)
        boards = bool(docket.case.pupil.boarding)
        offs = ((day, _off(docket, day, evening=boards)) for day in event.observe_on)
        if days := [(day, off) for day, off in offs if off]:
            named = "、".join(f"{day}（{off}）" for day, off in days)
            _, after = _nearest(docket, days[0][0])
            yield problem("PROC602", docket.place(event), kind=event.kind, days=named, after=after)


def _of_lessons(event: Event, docket: Docket) -> bool:
    """Tell whether an event says that there were lessons on its day."""
    if event.kind in _ABSENT:
        # Who never came is registered on any day; that day was to be the first.
        return event.kind != "首次缺课" or docket.case.situation != "未入学"
    if event.kind == "复学观察":
        return event.result in _IN_CLASS
    if event.kind == "返校":
        return event.placed not in _NOT_BY_THE_DAY
    return event.kind == "核查" and event.method == _AT_SCHOOL


def _comes_in_the_evening(event: Event, docket: Docket) -> bool:
    """Tell whether the child may be at school the evening before lessons begin: it boards, or
    comes back with its things and nobody wrote that it does not board.
    """
    boards = docket.case.pupil.boarding
    return bool(boards) or (event.kind == "返校" and boards is None)


def _off(docket: Docket, day: date, *, evening: bool) -> str:
    """Say why there are no lessons on a day, nor on the next one where that counts."""
    if (day.month, day.day) in _SUMMER:
        return _SUMMER_NAME
    calendar, region = docket.law.calendar, docket.law.region
    try:
        off = calendar.rest_reason(day, region)
        return "" if evening and off and calendar.is_workday(day + _DAY, region) else off
    except MissingCalendar:
        return ""


def _nearest(docket: Docket, day: date) -> tuple[date, date]:
    """Return the days of lessons before and after a day off."""
    calendar, region = docket.law.calendar, docket.law.region
    first = last = day
    while (first.month, first.day) in _SUMMER:
        first -= _DAY
    while (last.month, last.day) in _SUMMER:
        last += _DAY
    try:
        before = first if first != day else calendar.next_workday(day, region, -1)
        return before, calendar.next_workday(last, region)
    except MissingCalendar:
        return first - _DAY, last + _DAY

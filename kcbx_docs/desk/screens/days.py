"""期限日历: a month with what is due on each day, and days off as they are announced."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from flask import Blueprint, Response, abort, render_template, request

from kcbx_docs.desk.here import the_desk
from kcbx_docs.desk.rows import MOST
from kcbx_docs.light import dataclass
from kcbx_docs.office.agenda import Appointment, agenda, as_ics
from kcbx_docs.office.listed import what
from kcbx_docs.problems import UserError
from kcbx_docs.record.jurisdiction import Jurisdiction
from kcbx_docs.words import days_left

pages = Blueprint("days", __name__)
_WEEK = 7
_SATURDAY = 5
_FEW = 5
"""Lines in one day of the month; the others are counted."""
_YEARS = 100
"""So far one may leaf; beyond are no days that anything is due on."""
_LONGEST_MONTH = timedelta(days=31)


@dataclass(frozen=True)
class MonthDay:
    """A day of a month: whether offices work, and what is due."""

    day: date
    note: str
    """Why it is a day off, or that it is worked all the same."""
    off: bool
    due: tuple[str, ...]


@dataclass(frozen=True)
class DueLine:
    """One line of what is due."""

    entry: Appointment
    what: str
    left: str
    late: bool
    call: str


@pages.get("/days")
def show() -> str:
    """Show a month, and all that is due in order."""
    desk = the_desk()
    today = desk.today()
    first = _month(request.args.get("month", ""), today)
    told = desk.outlooks(today)
    listed = agenda(told)
    start = max(request.args.get("from", 0, int), 0)
    calls = {case.case_id: desk.called(case.path) for case in told.cases}
    return render_template(
        "days.html",
        first=first,
        before=first - timedelta(days=1),
        after=_next_month(first),
        weeks=[*_weeks(first, listed, desk.office().law)],
        lines=[_line(entry, calls, today) for entry in listed[start : start + MOST]],
        start=start,
        rest=max(len(listed) - start - MOST, 0),
        most=MOST,
        few=_FEW,
        problems=told.problems,
        command=desk.command("deadlines"),
    )


@pages.get("/days/due.ics")
def as_calendar() -> Response:
    """Hand out what is due as a calendar file, which names nobody."""
    desk = the_desk()
    today = desk.today()
    return Response(as_ics(agenda(desk.outlooks(today)), today), mimetype="text/calendar")


def _month(text: str, today: date) -> date:
    if not text:
        return today.replace(day=1)
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return abort(404)
    return first if abs(first.year - today.year) <= _YEARS else abort(404)


def _next_month(first: date) -> date:
    return (first + _LONGEST_MONTH).replace(day=1)


def _weeks(
    first: date, listed: Sequence[Appointment], law: Jurisdiction
) -> Iterator[list[MonthDay | None]]:
    """Yield the weeks of a month from Monday; days of other months are left open."""
    day = first - timedelta(days=first.weekday())
    while day < _next_month(first):
        week = [day + timedelta(days=number) for number in range(_WEEK)]
        yield [_day(one, listed, law) if one.month == first.month else None for one in week]
        day += timedelta(days=_WEEK)


def _day(day: date, listed: Sequence[Appointment], law: Jurisdiction) -> MonthDay:
    due = tuple(f"{one.case_id or '定期'} {what(one.due)}" for one in listed if one.due.by == day)
    try:
        off = law.calendar.rest_reason(day, law.region)
    except UserError:
        return MonthDay(day, "没有这一年的日历", off=False, due=due)
    made_up = "" if off or day.weekday() < _SATURDAY else "调休上班"
    return MonthDay(day, off or made_up, bool(off), due)


def _line(entry: Appointment, calls: Mapping[str, str], today: date) -> DueLine:
    due = entry.due
    return DueLine(
        entry=entry,
        what=what(due),
        left=days_left((due.by - today).days),
        late=due.by < today,
        call=calls.get(entry.case_id, ""),
    )

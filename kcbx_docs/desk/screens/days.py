"""期限日历: a month with what is due on each day, and days off as they are announced."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from flask import Blueprint, Response, abort, render_template, request

from kcbx_docs.case.users import OF_SCHOOL, OF_TOWN
from kcbx_docs.desk.blanks import asked_number
from kcbx_docs.desk.here import the_desk
from kcbx_docs.desk.pictures.bars import bars
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.rows import MOST
from kcbx_docs.light import dataclass
from kcbx_docs.office.agenda import Appointment, agenda, as_ics
from kcbx_docs.office.listed import what
from kcbx_docs.office.outlook import Outlooks
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
    due: tuple["DueLine", ...]


_SIGNS = {"机关": "■", "学校": "■", "当事人": "◇"}
_LATE, _OTHERS = "△", "○"
"""Who is bound by a day, as a sign beside it: nothing is told by colour alone."""


@dataclass(frozen=True)
class DueLine:
    """One line of what is due."""

    entry: Appointment
    what: str
    left: str
    late: bool
    call: str
    """The case in an address."""
    key: str
    """The day itself in an address."""

    @property
    def sign(self) -> str:
        """Return the sign of whom it binds, or that it is over."""
        return _LATE if self.late else _SIGNS.get(self.entry.due.who, _OTHERS)


@pages.get("/days")
@open_to(OF_SCHOOL, OF_TOWN)
def show() -> str:
    """Show a month, and all that is due in order."""
    desk = the_desk()
    today = desk.today()
    first = _month(request.args.get("month", ""), today)
    told = desk.outlooks(today)
    lines = [*_lines(told)]
    month = [one for one in lines if first <= one.entry.due.by < _next_month(first)]
    start = max(asked_number("from", 0), 0)
    return render_template(
        "days.html",
        first=first,
        before=first - timedelta(days=1),
        after=_next_month(first),
        weeks=[*_weeks(first, lines, desk.office().law)],
        lines=lines[start : start + MOST],
        start=start,
        rest=max(len(lines) - start - MOST, 0),
        most=MOST,
        few=_FEW,
        bound=bars(Counter("已过期" if one.late else one.entry.due.who for one in month)),
        problems=told.problems,
        command=desk.command("deadlines"),
    )


@pages.get("/days/due/<key>")
@open_to(OF_SCHOOL, OF_TOWN)
def reckoning(key: str) -> str:
    """Show how one day was found."""
    desk = the_desk()
    lines = _lines(desk.outlooks(desk.today()))
    line = next((one for one in lines if one.key == key), None) or abort(404)
    how = line.entry.due.reckoned
    counted = ("period", how.rule, str(how.start), "--value", str(abs(how.value))) if how else ()
    return render_template(
        "reckoning.html",
        line=line,
        due=line.entry.due,
        how=how,
        command=desk.command(*counted or ("deadlines",)),
    )


@pages.get("/days/due.ics")
@open_to(OF_SCHOOL, OF_TOWN)
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
    first: date, lines: Sequence[DueLine], law: Jurisdiction
) -> Iterator[list[MonthDay | None]]:
    """Yield the weeks of a month from Monday; days of other months are left open."""
    day = first - timedelta(days=first.weekday())
    while day < _next_month(first):
        week = [day + timedelta(days=number) for number in range(_WEEK)]
        yield [_day(one, lines, law) if one.month == first.month else None for one in week]
        day += timedelta(days=_WEEK)


def _day(day: date, lines: Sequence[DueLine], law: Jurisdiction) -> MonthDay:
    due = tuple(one for one in lines if one.entry.due.by == day)
    try:
        off = law.calendar.rest_reason(day, law.region)
    except UserError:
        return MonthDay(day, "没有这一年的日历", off=False, due=due)
    made_up = "" if off or day.weekday() < _SATURDAY else "调休上班"
    return MonthDay(day, off or made_up, bool(off), due)


def _lines(told: Outlooks) -> Iterator[DueLine]:
    desk = the_desk()
    today = desk.today()
    for entry in agenda(told):
        due, call = entry.due, desk.called(entry.path) if entry.path else ""
        yield DueLine(
            entry=entry,
            what=what(due),
            left=days_left((due.by - today).days),
            late=due.by < today,
            call=call,
            key=desk.mark_of_day(call or entry.office, due.guardian, due.what, due.by, due.detail),
        )

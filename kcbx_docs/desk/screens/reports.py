"""月报表、周报表: the figures of a month or a week, each with the cases that it counts."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.users import OF_SCHOOL, OF_TOWN
from kcbx_docs.desk.blanks import asked_number
from kcbx_docs.desk.here import the_desk
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.screens.lists import MONTHS, as_workbook
from kcbx_docs.filing.work_files import save_work
from kcbx_docs.light import dataclass
from kcbx_docs.listing.children import DaySpan
from kcbx_docs.listing.counting import (
    CountedReport,
    counted_report,
    monthly_title,
    weekly_title,
)
from kcbx_docs.listing.figures import Figure
from kcbx_docs.listing.report import MonthlyDuty, duty_of, work_values
from kcbx_docs.listing.spans import month_span, months_until, week_span

pages = Blueprint("reports", __name__)
_WEEK = "week"
_BEHIND = 100
"""Cases behind a figure on one page."""


@dataclass(frozen=True)
class WantedReport:
    """A report as an address asks for it, counted."""

    title: str
    words: tuple[str, ...]
    """What is written after the name of the command."""
    query: dict[str, str]
    told: CountedReport
    duty: MonthlyDuty | None = None
    month: str = ""

    @property
    def narrative(self) -> Sequence[str]:
        """Say in sentences what the figures of a month say; none where the place has no report."""
        if self.duty is None:
            return ()
        last = self.told.gathered.span.last
        values = work_values(self.duty, self.month, self.told.figures, last, None)
        return str(values["工作情况"]).split("\n")


@pages.get("/lists/report")
@open_to(OF_SCHOOL, OF_TOWN)
def show() -> str:
    """Show the figures; of one of them the cases behind it."""
    desk, wanted = the_desk(), _wanted()
    chosen = _figure(wanted.told.figures, request.args.get("figure", ""))
    told = wanted.told.gathered
    start = max(asked_number("from", 0), 0)
    behind = chosen.counted[start : start + _BEHIND] if chosen else ()
    explained = ("--explain",) if chosen else ()
    return render_template(
        "report.html",
        wanted=wanted,
        table=wanted.told.tables(wanted.title)[0],
        schools_table=wanted.told.tables(wanted.title)[1],
        figures=wanted.told.figures,
        chosen=chosen,
        behind=behind,
        start=start,
        following=start + _BEHIND if chosen and len(chosen.counted) > start + _BEHIND else 0,
        calls=desk.calls,
        months=months_until(desk.today(), MONTHS),
        problems=desk.told(told.problems),
        command=desk.command("report", *wanted.words, *explained),
    )


@pages.get("/lists/report/workbook")
@open_to(OF_SCHOOL, OF_TOWN)
def workbook() -> Response:
    """Hand out the report with its cases as a workbook."""
    wanted = _wanted()
    return as_workbook(wanted.told.tables(wanted.title), f"{wanted.title}.xlsx")


@pages.post("/lists/report/work")
def write() -> ResponseReturnValue:
    """Write the file of work that the narrative report, or the list of the week, is made from."""
    desk, wanted = the_desk(), _wanted()
    typical = request.form.get("typical", "").strip()
    if wanted.month:
        values = wanted.told.monthly_work(wanted.month, wanted.duty, typical or None)
    else:
        values = wanted.told.weekly_work()
    path = save_work(wanted.told.gathered.office, values)
    return redirect(f"/cases/{desk.called(path)}", 303)


def _wanted() -> WantedReport:
    desk = the_desk()
    if _WEEK in request.values:
        return _weekly(request.values[_WEEK] or str(desk.today()))
    return _monthly(request.values.get("month", "") or f"{desk.today():%Y-%m}")


def _count(span: DaySpan) -> Callable[[], CountedReport]:
    """Return what counts a span of days; it runs elsewhere than in the request."""
    desk = the_desk()
    told = partial(counted_report, desk.office(), span)
    return partial(told, among=desk.among, today=desk.today())


def _weekly(text: str) -> WantedReport:
    desk = the_desk()
    try:
        within = date.fromisoformat(text)
    except ValueError:
        return abort(404)
    span = week_span(within, desk.today())
    told = desk.same((_WEEK, span), _count(span))
    words = ("weekly", str(within))
    return WantedReport(weekly_title(span), words, {_WEEK: str(within)}, told)


def _monthly(month: str) -> WantedReport:
    desk = the_desk()
    day = desk.today()
    span = month_span(month, day)
    told = desk.same(("month", span), _count(span))
    duty = duty_of(desk.office().law, month, day)
    words, query = ("monthly", month), {"month": month}
    return WantedReport(monthly_title(month, span), words, query, told, duty, month)


def _figure(figures: Sequence[Figure], number: str) -> Figure | None:
    if not number:
        return None
    return next((one for one in figures if one.number == number), None) or abort(404)

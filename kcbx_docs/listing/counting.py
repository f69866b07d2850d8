"""A report as it was counted: its figures, its sheets, and the files of work made of it."""

from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from kcbx_docs.case.workspace import SCHOOL
from kcbx_docs.light import dataclass
from kcbx_docs.listing.children import DaySpan
from kcbx_docs.listing.figures import Figure, figures_of, report_tables
from kcbx_docs.listing.gathering import CasesGathered, files_of, gathered
from kcbx_docs.listing.report import MonthlyDuty, work_values
from kcbx_docs.listing.weekly import WeeklyLists, weekly_values
from kcbx_docs.office.opened import Office
from kcbx_docs.office.spreadsheet import TextTable
from kcbx_docs.problems import Place, Problems, stop

_SIGNED = "填表人：　　　　　　　　负责人：　　　　　　　　（公章）"


def monthly_title(month: str, span: DaySpan) -> str:
    """Write what stands above the report of a month, and until when one counts that is not over."""
    whole = monthrange(span.last.year, span.last.month)[1]
    last = f"{span.last.month}月{span.last.day}日"  # it is the name of a sheet: 31 characters
    until = f"（截至{last}，未满月）" if span.last.day < whole else ""
    return f"{month} 控辍保学月报表{until}"


def weekly_title(span: DaySpan) -> str:
    """Write what stands above the report of a week: its last day is that until which it counts."""
    return f"{span.first} 至 {span.last} 控辍保学周报表"


@dataclass(frozen=True)
class CountedReport:
    """What was counted, and of whom."""

    gathered: CasesGathered
    figures: tuple[Figure, ...]

    @property
    def problems(self) -> Problems:
        """Return what is wrong with files, and who is on no list."""
        return self.gathered.problems

    @property
    def foot(self) -> tuple[str, ...]:
        """Say of what it was counted."""
        told = self.gathered
        unread = f"另有{told.unread}个文件有错误，没有计入。" if told.unread else ""
        made_of = f"由{len(told.children)}个案件、{len(told.leads)}条线索数出。{unread}"
        return told.head().told, made_of, _SIGNED

    def tables(self, title: str) -> tuple[TextTable, ...]:
        """Lay it out as the sheets of a workbook."""
        return report_tables(title, self.figures, self.foot)

    def as_data(self) -> dict[str, Any]:
        """Return plain data for ``--json``, without the problems."""
        told = self.gathered
        return {
            "ok": not told.unread,
            "as_of": told.span.last,
            "from": told.span.first,
            "figures": [_figure_data(one) for one in self.figures],
        }

    def monthly_work(
        self, month: str, duty: MonthlyDuty | None, typical: str | None = None
    ) -> dict[str, Any]:
        """Return the values of the file of work that the narrative report is made from."""
        if duty is None:
            raise stop("LIST006", Place())
        of = {child.case.id: child for child in self.gathered.children}
        if typical and typical not in of:
            raise stop("LIST007", Place(), case=typical)
        child = of[typical] if typical else None
        return work_values(duty, month, self.figures, self.gathered.span.last, child)

    def weekly_work(self) -> dict[str, Any]:
        """Return the values of the file of work of a school's list of the week."""
        told = self.gathered
        office = told.office.workspace.office
        schools = told.schools or ((office.name,) if office.kind == SCHOOL else ())
        if len(schools) != 1:
            raise stop("LIST008", Place())
        children = [one for one in told.children if one.school == schools[0]]
        leads = [one for one in told.leads if one.who.school in ("", schools[0])]
        values = weekly_values(told.office, children, leads, told.span, schools[0])
        if values is None:
            raise stop("LIST009", Place())
        return values


def counted_report(
    office: Office,
    span: DaySpan,
    schools: Sequence[str] = (),
    among: Collection[Path] | None = None,
    today: date | None = None,
) -> CountedReport:
    """Count what a report tells of a span of days; ``among`` some files alone, if any are given."""
    found = gathered(office, span, schools, today, among=among)
    lists = WeeklyLists(office, files_of(office, among), span, schools)
    found = replace(found, problems=(*found.problems, *lists.faults(found.children)))
    return CountedReport(found, figures_of(found.children, found.leads, lists.pupils))


def _figure_data(figure: Figure) -> dict[str, Any]:
    return {
        "number": figure.number,
        "name": figure.name,
        "unit": figure.unit,
        "total": figure.total,
        "cases": [one.who.id for one in figure.counted],
    }

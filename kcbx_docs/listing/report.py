"""The monthly report of a place as a file of work: figures out of the cases, and sentences that
say no more than the figures do.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from kcbx_docs.light import dataclass
from kcbx_docs.listing.children import CaseChild
from kcbx_docs.listing.figures import ADDED, AFTER, BEFORE, BEGAN, CAME_BACK, LEFT, Figure
from kcbx_docs.procedure.works import MONTH, monthly_work, open_tasks
from kcbx_docs.record.jurisdiction import Jurisdiction

_COUNTED = "由案件数出"
_IN_TABLE = ("16", "17", "20")
"""Figures divided by what people wrote in their own words, and that of one week: they stay in the
table.
"""
_UNKNOWN = ("在校学生数", "应入学人数")
"""Figures that no case tells."""


@dataclass(frozen=True)
class MonthlyDuty:
    """How a place reports of a month: the kind of work, what it is called, the last day."""

    kind: str
    what: str
    by: date | None


def duty_of(law: Jurisdiction, month: str, day: date) -> MonthlyDuty | None:
    """Tell how the place reports of a month; its last day is that of the work file's own step."""
    from kcbx_docs.case.work import Work

    found = monthly_work(law)
    if found is None:
        return None
    kind, step = found
    work = Work.model_validate({"工作": kind, MONTH: month})
    by = next((task.by for task in open_tasks(work, law, day) if task.by), None)
    regular = law.procedure.file.recurring.get(step.regular)
    return MonthlyDuty(kind, (regular.name if regular else "") or step.name, by)


def work_values(
    duty: MonthlyDuty, month: str, figures: Sequence[Figure], last: date, typical: CaseChild | None
) -> dict[str, Any]:
    """Return the values of the file of work; what no case tells is left open."""
    shown = [one for one in figures if one.total or one.number in ADDED]
    numbers = [{"项目": name, "数": "未知"} for name in _UNKNOWN]
    note = f"{_COUNTED}，截至 {last}"
    numbers += [
        {"项目": one.name, "数": f"{one.total}{one.unit}", "说明": note}
        for one in shown
        if one.number.partition(".")[0] not in _IN_TABLE
    ]
    values: dict[str, Any] = {
        "工作": duty.kind,
        "编号": f"{duty.kind}-{month}",
        MONTH: month,
        "主送": "",
        "数字": numbers,
        "工作情况": "\n".join(_sentences(figures, last)),
    }
    if typical:
        values["典型案例"] = {"案件": typical.case.id, "情况": "\n".join(_told(typical))}
    return values


def _sentences(figures: Sequence[Figure], last: date) -> Iterator[str]:
    """Say the five figures that add up, then what was done."""
    of = {one.number: one for one in figures}
    began, left = of[BEGAN].total, of[LEFT].total
    yield (
        f"月初有{of[BEFORE].total}名孩子未到校，本月新增{began}人次，"
        f"返校{of[CAME_BACK].total}人次，"
        f"没有返校而结案、移交{left}人次；截至{_day(last)}，还有{of[AFTER].total}名孩子未到校。"
    )
    done = [one for one in figures if one.number in _DONE and one.total]
    if done:
        yield "本月" + "、".join(f"{one.name}{one.total}{one.unit}" for one in done) + "。"


_DONE = ("7", "8", "9", "10", "11", "12", "13", "18")
"""The figures of what was done."""


_TRIED = ("劝返", "批评教育", "帮扶", "送教")


def _told(child: CaseChild) -> Iterator[str]:
    """Tell of a case without saying whose it is: grade, days, what was done."""
    grade, attendance = child.placed.grade, child.docket.attendance(child.span.last)
    first = attendance.since or attendance.round_start or attendance.first
    who = f"一名{grade or '学龄'}{'学生' if grade else '孩子'}"
    yield f"{who}{f'从{_day(first)}起' if first else ''}未到校。"
    kinds = Counter(one.kind for one in child.happened)
    done = "、".join(f"{kind}{kinds[kind]}次" for kind in _TRIED if kinds[kind])
    if done:
        yield f"先后{done}。"
    if attendance.returned:
        placed = [one.placed for one in child.happened if one.kind == "返校" and one.placed]
        where = f"，安置：{placed[-1]}" if placed else ""
        yield f"{_day(attendance.returned)}返校{where}。"


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""

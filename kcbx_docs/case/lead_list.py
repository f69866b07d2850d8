"""Leads out of a list that somebody keeps: read as rosters are, with the columns of its own."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from kcbx_docs.case.batch import RosterSpec
from kcbx_docs.case.cells import day_in_cell, text_of
from kcbx_docs.case.leads import Whence
from kcbx_docs.case.own_columns import told_besides, without_unused
from kcbx_docs.case.roster import read_roster
from kcbx_docs.case.roster_reading import RosterPupil, RosterReading
from kcbx_docs.light import dataclass

_COLUMNS = {
    "最后到校": ("最后到校", "最后到校日期", "最后到校时间", "最后一次到校", "最后在校日期"),
    "缺课天数": ("缺课天数", "缺课", "旷课天数", "旷课", "未到校天数", "累计缺课", "缺勤天数"),
    "原因": ("原因", "缺课原因", "旷课原因", "情况", "去向原因", "了解的情况", "疑似原因"),
    "反映人": ("反映人", "报告人", "上报人", "填报人", "班主任", "班主任姓名", "发现人"),
}
"""Columns that only lists of leads have, as people call them."""


@dataclass(frozen=True)
class Heard:
    """One child of whom somebody says something, whoever found it: a teacher, or a comparison."""

    row: RosterPupil
    reason: str = ""
    reporter: str = ""
    last_seen: date | None = None
    absent_days: str = ""
    school: str = ""
    source: Whence | None = None
    """Nothing where it is that of the whole list."""


def read_heard(path: Path, day: date) -> tuple[RosterReading, tuple[Heard, ...]]:
    """Read a list; every row that names a child is a lead, whatever else is doubtful in it."""
    reading = read_roster(path, RosterSpec.model_validate({"文件": str(path)}), day, str(path))
    found = tuple(_heard(row, told) for row, told in told_besides(reading, _COLUMNS))
    return without_unused(reading, _COLUMNS), found


def _heard(row: RosterPupil, told: Mapping[str, object]) -> Heard:
    seen = day_in_cell(told["最后到校"]) if "最后到校" in told else None
    return Heard(
        row,
        reason="；".join(_reasons(row, told)),
        reporter=text_of(told.get("反映人", "")),
        last_seen=seen if isinstance(seen, date) else None,
        absent_days=text_of(told.get("缺课天数", "")).removesuffix("天"),
    )


def _reasons(row: RosterPupil, told: Mapping[str, object]) -> Iterator[str]:
    """Yield what the row says of why; a day that nobody can read is kept as it stands."""
    said = dict.fromkeys((text_of(told.get("原因", "")), row.pupil.reason, row.pupil.whereabouts))
    yield from filter(None, said)
    if "最后到校" in told and not isinstance(day_in_cell(told["最后到校"]), date):
        yield f"最后到校：{text_of(told['最后到校'])}"

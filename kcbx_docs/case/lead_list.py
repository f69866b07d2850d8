"""Leads out of a list that somebody keeps: read as rosters are, with the columns of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from kcbx_docs.case.batch import RosterSpec
from kcbx_docs.case.cells import day_in_cell, text_of
from kcbx_docs.case.leads import Whence
from kcbx_docs.case.own_columns import told_besides, without_unused
from kcbx_docs.case.roster import read_roster
from kcbx_docs.case.roster_reading import RosterPupil, RosterReading
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Problem, problem
from kcbx_docs.words import as_number

_COLUMNS = {
    "最后到校": ("最后到校", "最后到校日期", "最后到校时间", "最后一次到校", "最后在校日期"),
    "缺课天数": ("缺课天数", "缺课", "旷课天数", "旷课", "未到校天数", "累计缺课", "缺勤天数"),
    "原因": ("原因", "缺课原因", "旷课原因", "情况", "去向原因", "了解的情况", "疑似原因"),
    "反映人": ("反映人", "报告人", "上报人", "填报人", "班主任", "班主任姓名", "发现人"),
}
"""Columns that only lists of leads have, as people call them."""
_UNIT = regex(r"\.0+$|[天日]$")


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
    rows = tuple(told_besides(reading, _COLUMNS))
    kept = without_unused(reading, _COLUMNS)
    doubts = chain.from_iterable(_doubts(row, told, day, str(path)) for row, told in rows)
    found = tuple(_heard(row, told) for row, told in rows)
    return replace(kept, problems=(*kept.problems, *doubts)), found


def _heard(row: RosterPupil, told: Mapping[str, object]) -> Heard:
    return Heard(
        row,
        reason="；".join(_reasons(row, told)),
        reporter=text_of(told.get("反映人", "")),
        last_seen=_seen(told),
        absent_days="" if (days := _days(told)) is None else str(days),
    )


def _seen(told: Mapping[str, object]) -> date | None:
    """Return the last day at school, if it can be read."""
    seen = day_in_cell(told["最后到校"]) if "最后到校" in told else None
    return seen if isinstance(seen, date) else None


def _days(told: Mapping[str, object]) -> int | None:
    """Return how many days are missed, if it can be read: 5, 5.0, 五天."""
    text = text_of(told.get("缺课天数", ""))
    return as_number(_UNIT.sub("", text))


def _doubts(
    row: RosterPupil, told: Mapping[str, object], day: date, file: str
) -> Iterator[Problem]:
    """Yield what of a row cannot be read, or cannot be."""
    place, name = row.place_in(file), row.pupil.name
    seen, days = _seen(told), _days(told)
    for key, read in (("最后到校", seen), ("缺课天数", days)):
        if key in told and read is None:
            yield problem("LEAD040", place, name=name, key=key, said=text_of(told[key]))
    if seen and seen > day:
        yield problem("LEAD041", place, name=name, seen=seen, day=day)
    elif seen and days and days > (day - seen).days:
        yield problem("LEAD042", place, name=name, seen=seen, days=days, most=(day - seen).days)


def _reasons(row: RosterPupil, told: Mapping[str, object]) -> Iterator[str]:
    """Yield what the row says of why; what nobody can read is kept as it stands."""
    said = dict.fromkeys((text_of(told.get("原因", "")), row.pupil.reason, row.pupil.whereabouts))
    yield from filter(None, said)
    for key, read in (("最后到校", _seen(told)), ("缺课天数", _days(told))):
        if key in told and read is None:
            yield f"{key}：{text_of(told[key])}"

"""The pupils of a school's list out of a roster, with the columns that such lists have besides."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from kcbx_docs.case.batch import RosterSpec
from kcbx_docs.case.cells import text_of
from kcbx_docs.case.model import Pupil
from kcbx_docs.case.own_columns import place_besides, told_besides, without_unused
from kcbx_docs.case.roster import read_roster
from kcbx_docs.case.roster_reading import RosterPupil, RosterReading
from kcbx_docs.case.work_pupils import ARRIVED, MISSING, Arrival, Standing, WorkPupil
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problem, problem
from kcbx_docs.words import parse_number

_COLUMNS = {
    "录取学校": (
        "录取学校",
        "升入学校",
        "接收学校",
        "录取初中",
        "升入初中",
        "初中学校",
        "就读初中",
        "拟就读学校",
        "毕业去向学校",
    ),
    "未报到原因": ("未报到原因", "没有报到的原因", "未报到去向", "未报到原因去向"),
    "缺课天数": ("缺课天数", "缺课", "旷课天数", "未到校天数", "缺勤天数"),
    "类别": ("研判类别", "研判", "研判结果", "缺课类别", "考勤类别"),
    "原因": ("原因", "缺课原因", "旷课原因", "未到校情况"),
    "措施": ("措施", "已做工作", "已采取措施", "采取的措施", "联系家访情况"),
}
_STANDINGS: Mapping[str, Standing] = {
    "请假": "请假",
    "病假": "请假",
    "事假": "请假",
    "疑似辍学": "疑似辍学",
    "辍学": "辍学",
}
_LEFT = "ROST056"
"""That the column of states holds a pupil back: who did not arrive is what these lists are for."""
_NAMED = "ROST137"
"""That a list is called one of those who are away, or leave: it is meant to be."""
_GUARDIAN = "监护人姓名"
_OF_FAMILY = ("ROST016", "ROST033", "ROST138")
"""That nobody of the family is named: a list of absences asks for nobody."""
_NOT_THERE = ("未报到", "没有报到", "没报到", "否", "未到", "未到校", "×", "X", "没到", "没有到")
_THERE = ("已报到", "报到", "是", "已到", "到校", "√", "1", "Y", "已报名")
_COMING = "报到"
_MOST_DAYS = 1000


@dataclass(frozen=True)
class ListRow:
    """One pupil of a roster as the list has it."""

    row: RosterPupil
    pupil: WorkPupil


@dataclass(frozen=True)
class PupilRoster:
    """What a roster gives to a list."""

    rows: tuple[ListRow, ...]
    held: tuple[RosterPupil, ...]
    """Of whom the roster does not say surely who they are, or says that they have left."""
    problems: tuple[Problem, ...]


def read_pupils(
    path: Path, spec: RosterSpec, today: date, name: str, needed: frozenset[str]
) -> PupilRoster:
    """Read a roster as a list of pupils; what is doubtful is told by its cell."""
    reading = read_roster(path, spec, today, name, needed)
    coming = _asks_who_came(reading)
    rows: list[ListRow] = []
    held: list[RosterPupil] = []
    told: list[Problem] = []
    for row, besides in told_besides(reading, _COLUMNS):
        arrival = _arrival(row.state, coming)
        if [one for one in row.held if not (one.code == _LEFT and arrival)]:
            held.append(row)
            continue
        pupil, doubts = _pupil(row, besides, arrival)
        for key, said in doubts:
            place = place_besides(reading, row, key, _COLUMNS)
            told.append(problem("WORK083", place, name=row.pupil.name, key=key, told=said))
        rows.append(ListRow(row, pupil))
    listed = {one.row.row for one in rows}
    kept = without_unused(reading, _COLUMNS).problems
    told_elsewhere = [one for one in kept if one.code == _LEFT and _of_row(one, listed)]
    idle = (_NAMED, *(() if _GUARDIAN in needed else _OF_FAMILY))
    rest = [one for one in kept if one.code not in idle and one not in told_elsewhere]
    return PupilRoster(tuple(rows), tuple(held), (*rest, *told))


def _of_row(one: Problem, rows: set[int]) -> bool:
    digits = "".join(filter(str.isdigit, one.place.path.rpartition("!")[2]))
    return digits.isdecimal() and int(digits) in rows


def _asks_who_came(reading: RosterReading) -> bool:
    """Tell whether the column of states is one of arrivals, where 是 and 否 tell enough."""
    for sheet in reading.sheets:
        if any(known == "状态" and _COMING in label for label, known in sheet.columns):
            return True
    return False


def _arrival(state: str, coming: bool) -> Arrival | None:
    if not coming and _COMING not in state:
        return None
    word = state.strip().upper()
    return MISSING if word in _NOT_THERE else ARRIVED if word in _THERE else None


def _pupil(
    row: RosterPupil, besides: Mapping[str, object], arrival: Arrival | None
) -> tuple[WorkPupil, list[tuple[str, str]]]:
    """Return a pupil of a list, and what could not be read of its own columns."""
    told = {key: text_of(cell) for key, cell in besides.items()}
    doubts: list[tuple[str, str]] = []
    said = told.get("缺课天数", "")
    days = parse_number(said.strip().removesuffix("天").strip()) if said else None
    if said and not (days and days < _MOST_DAYS):
        doubts.append(("缺课天数", said))
        days = None
    standing = told.get("类别", "")
    if standing and standing not in _STANDINGS:
        doubts.append(("类别", standing))
    guardian = row.guardians[0] if row.guardians else None
    values = {
        "姓名": row.pupil.name,
        "性别": row.pupil.sex,
        "身份证号": row.pupil.id_number,
        "班级": row.class_label,
        "首次缺课日期": row.absent_since,
        "缺课天数": days,
        "类别": _STANDINGS.get(standing),
        "原因": told.get("原因", "") or row.pupil.reason,
        "措施": told.get("措施", ""),
        "录取学校": told.get("录取学校", ""),
        "监护人": guardian.name if guardian else "",
        "电话": row.phone,
        "报到": arrival,
        "未报到原因": told.get("未报到原因", ""),
        "备注": "、".join(_special(row.pupil)),
    }
    return WorkPupil.model_validate({key: value for key, value in values.items() if value}), doubts


def _special(pupil: Pupil) -> Iterator[str]:
    """Yield what a school that receives a pupil must know at once."""
    if pupil.left_behind in ("单亲留守", "双亲留守"):
        yield pupil.left_behind
    if pupil.disabled:
        yield pupil.disability
    if pupil.placement:
        yield pupil.placement

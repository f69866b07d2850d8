"""Whatever a roster holds: every row is printed, held or skipped, and nobody is moved to another
class or given another guardian without a word.
"""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from kcbx_docs.case.columns import FIELDS as FIELDS_KNOWN
from kcbx_docs.case.roster_annotated import annotated
from kcbx_docs.case.roster_reading import RosterReading
from tests.case.rosters import read_bytes

HEAD = ["序号", "姓名", "班级", "父亲姓名", "母亲姓名", "身份证号", "状态", "备注"]
NAMES = ["普云飞", "岩温罕", "陈静", "玉儿波", "居马洪·买买提", "李小花", "班玛措", "合一", "王 明"]
HEADING = "七年级3班学生名单"
ODD_NAMES = [
    "",
    "合计",
    "李子涵2",
    "王明（转学）",
    "#N/A",
    "填表人：罗某",
    HEADING,
    "★李明",
    "45",
    "无",
]
CLASSES = {
    "七(1)班": "七年级1班",
    "7-1": "七年级1班",
    "七年级2班": "七年级2班",
    "八2": "八年级2班",
    "未名班": "未名班",
}
ODD_CLASSES = ["", "2026-07-01", "#REF!", "无", "7.1", "同上", "初三（4）班"]
MEANT = {"同上", "7.1"}
"""What means a class, though it names none in its usual form."""
ABOUT_CLASSES = {"ROST064", "ROST069", "ROST088", "ROST090"}
"""What is told once of a table."""
PARENTS = ["普正华", "刀大明", "吴无", "加仓·晋美南杰"]
ODD_PARENTS = [
    "",
    "无",
    "去世",
    "同上",
    "刀大明、白桂仙",
    "李桂芬（继母）",
    "普*华",
    "父亲",
    "阿依 买买提",
]
OTHER = ["", "53049920130506121", "转出", "在读", "备注：走读", "=1+1", "\u3000", "x" * 600]
ROW = st.tuples(
    st.sampled_from(["", "1", "合计", "班主任"]),
    st.sampled_from([*NAMES, *ODD_NAMES]),
    st.sampled_from([*CLASSES, *ODD_CLASSES]),
    st.sampled_from([*PARENTS, *ODD_PARENTS]),
    st.sampled_from([*PARENTS, *ODD_PARENTS]),
    *[st.sampled_from(OTHER)] * 3,
)


def written(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def read(rows: Sequence[Sequence[str]]) -> RosterReading:
    with TemporaryDirectory() as folder:
        return read_bytes(Path(folder), written([["云岭县青石中学"], HEAD, *rows]), "a.csv")


def told_of(reading: RosterReading) -> set[int]:
    """List the rows of which anything is told."""
    places = [one.place.path for one in reading.problems]
    return {int("".join(filter(str.isdigit, place)) or 0) for place in places}


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, max_size=12))
def test_every_row_is_printed_held_or_skipped(rows: list[tuple[str, ...]]) -> None:
    reading = read(rows)
    filled = [at for at, row in enumerate(rows, 3) if any(cell.strip() for cell in row)]
    rows_read = [one.row for one in reading.pupils] + [one.row for one in reading.skipped]
    assert sorted(rows_read) == filled
    assert reading.rows == len(reading.printable) + len(reading.held) + len(reading.skipped)
    assert all(one.reason for one in reading.skipped)
    assert all(row.row in told_of(reading) for row in reading.pupils if row.held)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=12))
def test_nobody_is_moved_or_given_to_another_without_a_word(rows: list[tuple[str, ...]]) -> None:
    reading = read(rows)
    told, codes = told_of(reading), {one.code for one in reading.problems}
    for pupil in reading.printable:
        _, name, label, father, mother, *_ = rows[pupil.row - 3]
        renamed = pupil.pupil.name != name.replace(" ", "")
        people = {one.name for one in pupil.guardians}
        wanted = {one for one in (father, mother) if one in PARENTS}
        headed = any(one[1] == HEADING and not one[2] for one in rows[: pupil.row - 3])
        if headed:
            assert pupil.class_label  # the heading above speaks for what the row leaves out
        elif label in CLASSES:
            assert pupil.class_label == CLASSES[label]
        else:
            assert label in MEANT or pupil.row in told or codes & ABOUT_CLASSES
        assert not renamed or pupil.row in told
        assert people == wanted or pupil.row in told or {father, mother} & {"", "无"}
        assert people <= {*PARENTS, "李桂芬", "白桂仙"}


@settings(max_examples=20, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=6))
def test_the_annotated_workbook_can_always_be_written(rows: list[tuple[str, ...]]) -> None:
    data = annotated(read(rows))
    assert data.startswith(b"PK") and b"<f>" not in data


FIELDS = sorted(set(FIELDS_KNOWN) - {"姓名", "年级", "班级"})
ODD = [
    "0",
    "1",
    "2",
    "9",
    "是",
    "无",
    "/",
    "nan",
    "同上",
    "#N/A",
    "x",
    "男",
    "2013-05-06",
    "2013.5",
]
ODDER = [
    "53049920130506121X",
    "护照",
    "A",
    "走读",
    "单亲",
    "\u202e",
    "=1",
    "奶奶",
    "子",
    "孤儿",
    "甲、乙",
    "é" * 600,
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FIELDS), st.sampled_from([*ODD, *ODDER])), max_size=12))
def test_no_cell_of_any_column_stops_the_reading(cells: list[tuple[str, str]]) -> None:
    own = dict(cells)
    with TemporaryDirectory() as folder:
        rows = [["姓名", "班级", *own], ["方圆", "七年级1班", *own.values()], ["方正", "七年级1班"]]
        reading = read_bytes(Path(folder), written(rows), "a.csv")
    assert len(reading.pupils) == 2
    assert annotated(reading)


def test_every_column_takes_every_odd_cell() -> None:
    for odd in (*ODD, *ODDER):
        with TemporaryDirectory() as folder:
            rows = [["姓名", "班级", *FIELDS], ["方圆", "七年级1班", *[odd] * len(FIELDS)]]
            reading = read_bytes(Path(folder), written(rows), "a.csv")
        assert len(reading.pupils) == 1

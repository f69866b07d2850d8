"""What goes back to the class teacher: readable, and nothing asked for that must not be chased."""

import io
from pathlib import Path

import openpyxl
import pytest

from kcbx_docs.case.roster_annotated import annotated
from kcbx_docs.case.roster_template import template as empty_roster
from tests.case.rosters import read_bytes, reading_of, workbook

HEADS = ("班级", "姓名", "父亲姓名", "母亲姓名", "备注")


def sheet_of(folder: Path, *row: str):
    reading = reading_of(folder, {"名单": [HEADS, row, ("七年级1班", "方圆", "方大", "李兰", "")]})
    return reading, openpyxl.load_workbook(io.BytesIO(annotated(reading)))["名单"]


def test_a_long_reason_is_as_tall_as_its_lines(tmp_path: Path) -> None:
    _, sheet = sheet_of(tmp_path, "七年级1班", "李小明 李小亮", "去世", "无", "9月转出到昆明某小学")
    heights = [sheet.row_dimensions[number].height for number in (1, 2, 3)]
    assert heights == [17, 51, 17]
    assert sheet["F2"].alignment.wrap_text


@pytest.mark.parametrize(
    ("father", "mother", "note", "left"),
    [
        ("普正华", "去世", "", ()),
        ("普正华", "李桂仙（已故）", "", ()),
        ("普正华", "李桂仙", "母亲去世", ()),
        ("去世", "去世", "", ("监护人姓名",)),
        ("普正华", "不详", "", ("母亲姓名",)),
    ],
)
def test_nothing_is_left_to_be_written_for_the_dead(
    tmp_path: Path, father: str, mother: str, note: str, left: tuple[str, ...]
) -> None:
    reading, sheet = sheet_of(tmp_path, "七年级1班", "普云飞", father, mother, note)
    assert reading.pupils[0].doubts == left
    assert sheet["F2"].value == ("可以印；留空：" + "、".join(left) if left else "可以印")


@pytest.mark.parametrize(
    "name", ["李小明A", "Ｂ李小明", "AB李明", "李明AB", "班长李小明", "李小明组长", "欧阳娜双胞胎"]
)
def test_what_may_be_no_part_of_a_name_is_asked_about(tmp_path: Path, name: str) -> None:
    reading, _ = sheet_of(tmp_path, "七年级1班", name, "李志", "张秀", "")
    assert [found.code for found in reading.pupils[0].held] == ["ROST135"]
    kept, _ = sheet_of(tmp_path, "七年级1班", name, "李志", "张秀", "姓名无误")
    assert (kept.pupils[0].pupil.name, kept.pupils[0].held) == (name, ())


@pytest.mark.parametrize(
    "name", ["买买提·艾力", "Anna Müller", "赵C", "李A娜", "小班长", "班长", "欧阳新生", "班固"]
)
def test_an_unusual_name_is_printed(tmp_path: Path, name: str) -> None:
    reading, _ = sheet_of(tmp_path, "七年级1班", name, "阮文A", "张秀", "")
    assert (reading.pupils[0].pupil.name, reading.pupils[0].held) == (name, ())


@pytest.mark.parametrize(
    ("file", "sheet", "state"),
    [
        ("休学学生名单.xlsx", "名单", "休学"),
        ("2026秋转出学生名单-副本.xlsx", "七年级", "转出"),
        ("名册.xlsx", "毕业生", "毕业"),
        ("已复学.xlsx", "名单", "复学"),
        ("控辍保学名单.xlsx", "名单", ""),
        ("毕业班名单.xlsx", "名单", ""),
        ("转入学生.xlsx", "名单", ""),
        ("七年级.xlsx", "名单", ""),
    ],
)
def test_a_list_that_is_called_one_of_those_who_are_away_is_asked_about(
    tmp_path: Path, file: str, sheet: str, state: str
) -> None:
    rows = [HEADS, ("七年级1班", "普云飞", "普正华", "李桂仙", "")]
    reading = read_bytes(tmp_path, workbook({sheet: rows}), file)
    told = [found.message for found in reading.problems if found.code == "ROST137"]
    assert [f"「{state}」学生的名单，里面 1 名照样印" in one for one in told] == [True] * bool(
        state
    )


def test_a_list_that_nobody_filled_yet_is_called_so(tmp_path: Path) -> None:
    assert [one.code for one in reading_of(tmp_path, {"名单": [HEADS]}).problems] == ["ROST136"]
    template = read_bytes(tmp_path, empty_roster())
    assert [one.code for one in template.problems] == ["ROST136"]
    footed = reading_of(tmp_path, {"名单": [HEADS, ("合计", "0人", "", "", "")]})
    assert [one.code for one in footed.problems] == ["ROST008"]

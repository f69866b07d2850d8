"""What goes back to the class teacher: readable, and nothing asked for that must not be chased."""

import io
from pathlib import Path

import openpyxl
import pytest

from kcbx_docs.case.roster_annotated import annotated
from tests.case.rosters import reading_of

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

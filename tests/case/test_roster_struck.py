"""What is struck out in a list is not read, and what stands beside it is."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests.case.rosters import reading_of

HEAD = ["姓名", "班级", "父亲姓名", "母亲姓名", "电话", "备注"]
ROW = ["方甲", "七年级1班", "方大", "李一", "13800000001", "休学"]


@pytest.mark.parametrize(
    ("cell", "field", "code"),
    [("C2", "父亲姓名", "ROST103"), ("E2", "电话", "ROST103"), ("F2", "备注", "ROST103")],
)
def test_a_cell_that_is_struck_out_is_empty(
    tmp_path: Path, cell: str, field: str, code: str
) -> None:
    def change(book: Any) -> None:
        book["名单"]["F2"].font = Font(strike=True)
        book["名单"][cell].font = Font(strike=True)

    reading = reading_of(tmp_path, {"名单": [HEAD, ROW]}, change)
    (pupil,) = reading.printable  # the pupil is back: 休学 is struck out
    assert field in pupil.doubts
    assert (pupil.phone == "") is (field == "电话")
    assert [one.name for one in pupil.guardians] == ["方大", "李一"][field == "父亲姓名" :]
    assert (f"名单!{cell}", code) in [(one.place.path, one.code) for one in reading.problems]


def test_a_class_that_is_struck_out_holds_the_pupil(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["名单"]["B2"].font = Font(strike=True)

    rows = [HEAD, [*ROW[:5], ""], ["方乙", *ROW[1:5], ""]]
    reading = reading_of(tmp_path, {"名单": rows}, change)
    assert [[found.code for found in one.held] for one in reading.pupils] == [["ROST103"], []]


@pytest.mark.parametrize(
    ("struck", "left", "name"),
    [("方大", "方二", ["方二", "李一"]), ("方大", "", ["李一"]), ("", "方二", ["方二", "李一"])],
)
def test_of_a_cell_that_is_struck_out_in_part_the_rest_is_read(
    tmp_path: Path, struck: str, left: str, name: list[str]
) -> None:
    blocks = [TextBlock(InlineFont(strike=True), struck)] if struck else []
    text = CellRichText(*blocks, *([TextBlock(InlineFont(b=True), left)] if left else []))
    reading = reading_of(tmp_path, {"名单": [HEAD, [*ROW[:2], text, *ROW[3:5], ""]]})
    (pupil,) = reading.printable
    assert [one.name for one in pupil.guardians] == name
    assert [one.code for one in reading.problems] == (
        ["ROST104"] if struck and left else ["ROST103"] if struck else []
    )

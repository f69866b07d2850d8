"""What leaves in a register: text alone, for its owner alone, never over somebody's notes."""

import csv
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kcbx_docs.filing.registers import write_registers
from kcbx_docs.office.spreadsheet import TextTable
from kcbx_docs.problems import UserError

DAY = date(2026, 11, 27)
EVIL = ("=1+1", "+8613800000000", "-1", "@SUM(A1)", "＝1+1", "\t=1+1", "\x07响铃", "0871", "1" * 18)
TABLE = TextTable(
    "送达台账", tuple("甲乙丙丁戊己庚辛壬"), (EVIL,), ("册首　2345-6789 1 ab 2026-11-27",)
)


def test_a_workbook_holds_text_alone(tmp_path: Path) -> None:
    (path,) = write_registers([TABLE], tmp_path / "新", "xlsx", DAY)
    (sheet,) = load_workbook(path).worksheets
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    read = [cell.value for cell in sheet[2]]
    assert read == ["响铃" if text == "\x07响铃" else text for text in EVIL]
    assert [cell.quotePrefix for cell in sheet[2]][:6] == [True] * 6 and not sheet["H2"].quotePrefix
    assert sheet["A3"].value == "册首　2345-6789 1 ab 2026-11-27"
    assert path.name == "送达台账-2026-11-27.xlsx"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_csv_holds_nothing_that_is_reckoned(tmp_path: Path) -> None:
    (path,) = write_registers([TABLE], tmp_path, "csv", DAY)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and path.stat().st_mode & 0o777 == 0o600
    _, row, foot = csv.reader(data.decode("utf-8-sig").splitlines())
    assert all(cell.startswith("\t") for cell in (*row[:6], row[7], row[8])) and row[6] == "响铃"
    assert foot == list(TABLE.foot)


def test_what_is_there_stays(tmp_path: Path) -> None:
    (first,) = write_registers([TABLE], tmp_path, "", DAY)
    first.write_bytes("人写的备注".encode())
    (second,) = write_registers([TABLE], tmp_path, "", DAY)
    assert (first.read_text("utf-8"), second.name) == ("人写的备注", "送达台账-2026-11-27-2.xlsx")
    for out, form, code in (
        (first, "", "LEDG081"),
        (tmp_path / "一.csv", "xlsx", "LEDG083"),
        (tmp_path / "二.csv", "", "LEDG082"),
    ):
        with pytest.raises(UserError) as caught:
            write_registers([TABLE, TABLE], out, form, DAY)
        assert [one.code for one in caught.value.problems] == [code]

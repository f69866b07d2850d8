"""Tables out of files that may be hostile: the last size that is read and the first that is not."""

import pytest
from openpyxl import Workbook

from kcbx_docs.case import sheets
from kcbx_docs.case.sheets import ROSTER, Extent, read_sheets
from kcbx_docs.case.spreadsheet_xml import Limits


def write(folder, rows, name="名册.xlsx"):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


def test_the_limits_are_those_that_were_decided():
    """20 MB of file, 60 MB of what is read of it, 20 000 rows, 200 columns and sheets."""
    assert (ROSTER.file, ROSTER.xml, ROSTER.tags) == (20_000_000, 60_000_000, 4_000_000)
    assert (ROSTER.rows, sheets.MAX_COLUMNS, sheets.MAX_SHEETS) == (20_000, 200, 200)
    assert Limits(1, 1).last_row == 2**20


@pytest.mark.parametrize(("size", "code"), [(20_000_000, "ROST004"), (20_000_001, "ROST003")])
def test_a_file_may_have_twenty_megabytes(tmp_path, size, code):
    path = tmp_path / "大.xlsx"
    with path.open("wb") as stream:
        stream.truncate(size)
    (problem,) = read_sheets(path)[1]
    assert problem.code == code
    assert ("20 MB" in problem.message + problem.hint) is (code == "ROST003")


@pytest.mark.parametrize("count", [3, 4])
def test_as_many_rows_as_are_allowed_and_not_one_more(tmp_path, count):
    room = Extent(rows=3)
    rows = [[str(n)] for n in range(count)]
    (tmp_path / "a.csv").write_text("\n".join(row[0] for row in rows), "utf-8")
    for path in (write(tmp_path, rows), tmp_path / "a.csv"):
        found, problems = read_sheets(path, room=room)
        assert [p.code for p in problems] == ([] if count == 3 else ["ROST006"])
        assert bool(found) is (count == 3)


def test_columns_beyond_the_last_are_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MAX_COLUMNS", 2)
    (tmp_path / "a.csv").write_text("甲,乙,丙\n", "utf-8")
    for path in (write(tmp_path, [["甲", "乙", "丙"]]), tmp_path / "a.csv"):
        assert read_sheets(path)[0][0].rows == (("甲", "乙"),)


@pytest.mark.parametrize(("count", "codes"), [(2, []), (3, ["ROST009"])])
def test_as_many_sheets_as_are_allowed(tmp_path, monkeypatch, count, codes):
    monkeypatch.setattr(sheets, "MAX_SHEETS", 2)
    book = Workbook()
    for number in range(1, count):
        book.create_sheet(f"第{number}班").append(["姓名"])
    book.active.append(["姓名"])
    book.save(tmp_path / "a.xlsx")
    assert [p.code for p in read_sheets(tmp_path / "a.xlsx")[1]] == codes


def test_blank_rows_and_trailing_blanks_are_left_out_but_counted(tmp_path):
    path = write(tmp_path, [["姓名", None, " "], [None, ""], ["普云飞"]])
    (sheet,) = read_sheets(path)[0]
    assert (sheet.rows, sheet.numbers) == ((("姓名",), ("普云飞",)), (1, 3))
    assert sheet.place(1).path == "Sheet!第3行"
    assert sheet.place(1, 0).path == "Sheet!A3"


@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_the_sign_between_the_columns_is_the_one_that_is_used_most(tmp_path, sign):
    path = tmp_path / "a.csv"
    path.write_text(sign.join(["姓名", "父亲", "备注"]) + "\n" + sign.join("甲乙丙"), "utf-8")
    (sheet,) = read_sheets(path)[0]
    assert sheet.rows == (("姓名", "父亲", "备注"), ("甲", "乙", "丙"))
    assert sheet.place(0, 1).path == "B1", "a CSV file has no sheets to name"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("没有.xlsx", None, "ROST001"),
        ("a.xls", b"x", "ROST004"),
        ("a.xlsx", b"no zip", "ROST004"),
        ("a.csv", b"a\0b", "ROST007"),
        ("a.csv", b"\xff\xff\xfe\x81", "ROST007"),
    ],
)
def test_a_file_that_is_no_table(tmp_path, name, data, code):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    found, problems = read_sheets(tmp_path / name)
    assert (found, [p.code for p in problems]) == ((), [code])


def test_an_empty_csv_has_no_sheet(tmp_path):
    (tmp_path / "a.csv").write_text("\n\n", "utf-8")
    assert read_sheets(tmp_path / "a.csv") == ((), ())

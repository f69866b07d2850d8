"""Hostile spreadsheets are refused or read in bounded time; nothing in them is evaluated."""

import io
import struct
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from kcbx_docs.case import sheets, spreadsheet_xml
from kcbx_docs.case.batch import RosterSpec
from kcbx_docs.case.raw_sheet import MAX_TEXT, CellText
from kcbx_docs.case.roster import read_roster
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.problems import Problems

TODAY = date(2026, 11, 22)
TURNED = "普\u202e飞"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def read(path: Path) -> tuple[tuple[RosterPupil, ...], Problems]:
    started = time.monotonic()
    reading = read_roster(path, RosterSpec(文件=path.name), TODAY)
    assert time.monotonic() - started < 30
    return reading.pupils, reading.problems


def workbook(
    folder: Path, sheet_xml: str | None = None, extra: dict[str, bytes] | None = None
) -> Path:
    """Write a sound roster, with its sheet or other parts replaced."""
    book, stream = Workbook(), io.BytesIO()
    book.active.title = "1班"
    for row in (["姓名", "家长"], ["普云飞", "普正华"], ["沈䶮", "沈大明"]):
        book.active.append(row)
    book.save(stream)
    path = folder / "名册.xlsx"
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name,
                sheet_xml.encode() if sheet_xml and name == "xl/worksheets/sheet1.xml" else data,
            )
        for name, data in (extra or {}).items():
            new.writestr(name, data)
    return path


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_one_cell_in_the_last_corner_costs_nothing(tmp_path: Path) -> None:
    xml = (
        f'{HEAD}<sheetData><row r="1">{cell("A1", "姓名")}{cell("B1", "家长")}</row>'
        f'<row r="2">{cell("A2", "普云飞")}{cell("B2", "普正华")}</row>'
        f'<row r="1048576">{cell("XFD1048576", "x")}</row></sheetData></worksheet>'
    )
    pupils, problems = read(workbook(tmp_path, xml))
    assert [p.pupil.name for p in pupils] == ["普云飞"]
    assert [p.code for p in problems] == []


def test_a_row_beyond_every_sheet_is_refused(tmp_path: Path) -> None:
    xml = f'{HEAD}<sheetData><row r="1">{cell("A1", "姓名")}</row><row r="99999999999">{cell("A9", "x")}</row></sheetData></worksheet>'
    pupils, problems = read(workbook(tmp_path, xml))
    assert pupils == () and [p.code for p in problems] == ["ROST006"]


def test_a_stale_dimension_hides_no_pupil(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{n}">{cell(f"A{n}", f"生{chr(0x4E00 + n)}")}{cell(f"B{n}", "某")}</row>'
        for n in range(2, 502)
    )
    xml = f'{HEAD}<dimension ref="A1:B1"/><sheetData><row r="1">{cell("A1", "姓名")}{cell("B1", "家长")}</row>{rows}</sheetData></worksheet>'
    pupils, _ = read(workbook(tmp_path, xml))
    assert len(pupils) == 500


def test_too_many_rows_are_refused_not_cut(tmp_path: Path) -> None:
    found, problems = sheets.read_sheets(workbook(tmp_path), room=sheets.Extent(rows=2))
    assert found == () and [p.code for p in problems] == ["ROST006"]


def test_bombs_are_refused_before_they_are_opened(tmp_path: Path) -> None:
    bomb = f"{HEAD}<sheetData>{' ' * 70_000_000}</sheetData></worksheet>"
    pupils, problems = read(workbook(tmp_path, bomb))
    assert pupils == () and [p.code for p in problems] == ["ROST005"]


def test_what_is_not_read_is_no_bomb(tmp_path: Path) -> None:
    pupils, _ = read(workbook(tmp_path, extra={"xl/bomb.xml": b" " * 70_000_000}))
    assert len(pupils) == 2


def test_big_pictures_are_no_bomb(tmp_path: Path) -> None:
    pupils, problems = read(workbook(tmp_path, extra={"xl/media/photo.bmp": b"\0" * 70_000_000}))
    assert len(pupils) == 2 and problems == ()


def test_entities_are_refused(tmp_path: Path) -> None:
    xml = (
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        + HEAD
        + f"<sheetData><row r='1'>{cell('A1', '&a;')}</row></sheetData></worksheet>"
    )
    assert [p.code for p in read(workbook(tmp_path, xml))[1]] == ["ROST051"]


@pytest.mark.parametrize(
    "xml",
    ["<worksheet", "", f"{HEAD}<sheetData><row r='x'><c r='1A'/></row></sheetData></worksheet>"],
)
def test_broken_sheets_are_a_message(tmp_path: Path, xml: str) -> None:
    pupils, problems = read(workbook(tmp_path, xml or " "))
    assert pupils == () and [p.code for p in problems] in (["ROST051"], ["ROST008"])


def test_a_lying_size_is_found(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    raw = bytearray(path.read_bytes())
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (1).to_bytes(4, "little")
    path.write_bytes(bytes(raw))
    assert all(p.code in ("ROST051", "ROST005") for p in read(path)[1])


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    xml = (
        f'{HEAD}<sheetData><row r="1">{cell("A1", "姓名")}{cell("B1", "家长")}{cell("C1", "现住址")}</row>'
        f'<row r="2">{cell("A2", "普云飞")}{cell("B2", "普正华")}{cell("C2", "=HYPERLINK(&quot;http://x&quot;)")}</row>'
        f'<row r="3">{cell("A3", "=1+1")}{cell("B3", "普正华")}</row></sheetData></worksheet>'
    )
    pupils, problems = read(workbook(tmp_path, xml))
    assert pupils[0].pupil.address == '=HYPERLINK("http://x")'
    assert [(p.place.path, p.code) for p in problems] == [("1班!A3", "ROST067")]


def test_a_formula_gives_its_last_result_or_nothing(tmp_path: Path) -> None:
    xml = (
        f'{HEAD}<sheetData><row r="1">{cell("A1", "姓名")}{cell("B1", "家长")}{cell("C1", "性别")}</row>'
        f'<row r="2">{cell("A2", "普云飞")}{cell("B2", "普正华")}<c r="C2" t="str"><f>IF(1,2)</f><v>男</v></c></row>'
        f'<row r="3"><c r="A3"><f>CMD("rm")</f></c>{cell("B3", "普正华")}{cell("C3", "男")}</row></sheetData></worksheet>'
    )
    pupils, problems = read(workbook(tmp_path, xml))
    assert [p.pupil.sex for p in pupils] == ["男"]
    assert [(p.place.path, p.code) for p in problems] == [("1班!A3", "ROST041")]


def test_hidden_sheets_are_not_read_and_said(tmp_path: Path) -> None:
    book = Workbook()
    for name, row in (("1班", ["普云飞", "普正华"]), ("字典", ["不是学生", "无"])):
        sheet = book.create_sheet(name)
        sheet.append(["姓名", "家长"])
        sheet.append(row)
    book.remove(book["Sheet"])
    book["字典"].sheet_state = "hidden"
    book.save(tmp_path / "名册.xlsx")
    pupils, problems = read(tmp_path / "名册.xlsx")
    assert [p.pupil.name for p in pupils] == ["普云飞"]
    assert [(p.place.path, p.code, p.severity) for p in problems] == [("字典", "ROST018", "note")]


def test_too_many_sheets_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_SHEETS", 0)
    assert [p.code for p in read(workbook(tmp_path))[1]] == ["ROST009"]


def test_a_flood_of_commas_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text(
        "姓名,家长\n普云飞,普正华" + "," * 100_000 + "\n" + "沈䶮," + "长" * 100_000 + "\n", "utf-8"
    )
    pupils, problems = read(path)
    assert [p.pupil.name for p in pupils] == ["普云飞", "沈䶮"]
    assert [(p.place.path, p.code) for p in problems if p.code == "ROST094"] == [("B3", "ROST094")]


@pytest.mark.parametrize("text", ["方" + " " * 30_000 + "大", "(" * 30_000, "男" + "1" * 30_000])
def test_a_page_of_text_in_a_cell_costs_no_time(tmp_path: Path, text: str) -> None:
    rows = "".join(
        f'<row r="{n}">{cell(f"A{n}", text)}{cell(f"B{n}", text)}</row>' for n in range(2, 12)
    )
    xml = f"{HEAD}<sheetData><row r='1'>{cell('A1', '姓名')}{cell('B1', '家长')}</row>{rows}</sheetData></worksheet>"
    started = time.process_time()
    read(workbook(tmp_path, xml))
    assert time.process_time() - started < 2


def test_a_sheet_of_the_old_format_that_claims_every_cell_is_not_opened(tmp_path: Path) -> None:
    claim = b"\x00\x02\x0e\x00" + struct.pack("<IIHHH", 0, 65_536, 0, 256, 0)
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + claim
    (tmp_path / "a.xls").write_bytes(old)
    assert [p.code for p in read(tmp_path / "a.xls")[1]] == ["ROST005"]


def test_a_table_repeated_without_end_is_cut_off(tmp_path: Path) -> None:
    row = (
        '<t:table-row t:number-rows-repeated="1048576"><t:table-cell t:number-columns-repeated='
        '"16384"><x:p>姓名</x:p></t:table-cell></t:table-row>'
    )
    xml = f'<o:d xmlns:o="o" xmlns:t="t" xmlns:x="x"><t:table t:name="a">{row}</t:table></o:d>'
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as packed:
        packed.writestr("content.xml", xml)
    assert "ROST006" in [p.code for p in read(tmp_path / "a.ods")[1]]


def renamed(path: Path, old: str, new: str) -> None:
    """Call a part of a workbook otherwise, wherever it is named."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace(old, new), data.replace(old.encode(), new.encode()))


@pytest.mark.parametrize("ending", ["dat", "XML", "bin"])
def test_what_is_read_is_counted_whatever_the_part_is_called(tmp_path: Path, ending: str) -> None:
    xml = f"{HEAD}<sheetData><row r='1'>{cell('A1', 'a' * 200_000)}</row></sheetData></worksheet>"
    path = workbook(tmp_path, xml)
    renamed(path, "sheet1.xml", f"sheet1.{ending}")
    assert [p.code for p in read(path)[1]] == ["ROST011"]
    found = sheets.read_sheets(path, room=sheets.Extent(xml=100_000))[1]
    assert [p.code for p in found] == ["ROST005"]


def test_a_million_empty_cells_are_no_list(tmp_path: Path) -> None:
    room = sheets.Extent(tags=10_000)
    assert sheets.read_sheets(workbook(tmp_path), room=room)[1] == ()
    xml = f"{HEAD}<sheetData><row>{'<c/>' * 20_000}</row></sheetData></worksheet>"
    found = sheets.read_sheets(workbook(tmp_path, xml), room=room)[1]
    assert [p.code for p in found] == ["ROST005"]


def test_a_row_with_a_million_properties_is_no_list(tmp_path: Path) -> None:
    many = " ".join(f'a{n}=""' for n in range(150_000))
    xml = f"{HEAD}<sheetData><row {many}/></sheetData></worksheet>"
    assert [p.code for p in read(workbook(tmp_path, xml))[1]] == ["ROST005"]


def test_looks_without_end_are_no_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet_xml, "MAX_LOOKS", 1_000)
    looks = f"<styleSheet><cellXfs>{'<xf/>' * 2_000}</cellXfs></styleSheet>".encode()
    path = workbook(tmp_path)
    assert len(read(path)[0]) == 2
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, looks if name == "xl/styles.xml" else data)
    assert [p.code for p in read(path)[1]] == ["ROST005"]


def test_a_text_is_cut_before_it_is_kept() -> None:
    written = CellText()
    for _ in range(100):
        written.add("长" * 500)
    assert written.told() == "长" * MAX_TEXT
    written.clear()
    written.add("短")
    assert written.told() == "短"


def test_what_steers_a_screen_is_no_name(tmp_path: Path) -> None:
    xml = (
        f'{HEAD}<sheetData><row r="1">{cell("A1", "姓名")}{cell("B1", "家长")}</row>'
        f'<row r="2">{cell("A2", "普_x001B_[31m飞")}{cell("B2", "普正华")}</row>'
        f'<row r="3">{cell("A3", TURNED)}{cell("B3", "普正华")}</row></sheetData></worksheet>'
    )
    pupils, problems = read(workbook(tmp_path, xml))
    assert pupils == () or all("\x1b" not in p.pupil.name for p in pupils)
    assert {p.place.path for p in problems} >= {"1班!A2", "1班!A3"}

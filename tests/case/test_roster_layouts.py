"""Lists as schools lay them out: which class, which guardian, and what became of every row."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import Font

from kcbx_docs.case.roster_annotated import annotated
from kcbx_docs.case.roster_reading import RosterReading
from tests.case.awkward import awkward_bytes, number
from tests.case.rosters import read_bytes, reading_of

HEAD = ["姓名", "家长"]


def placed(reading: RosterReading) -> list[tuple[str, str]]:
    return [(one.pupil.name, one.class_label) for one in reading.printable]


def told(reading: RosterReading, *codes: str) -> list[str]:
    found = [one for one in reading.problems if one.severity != "note"]
    return [f"{one.place.path} {one.code}" for one in found if not codes or one.code in codes]


def pupils(names: str, *more: object) -> list[list[object]]:
    return [[f"方{name}", f"方大{name}", *more] for name in names]


def test_a_sheet_called_after_a_grade_gives_the_grade(tmp_path: Path) -> None:
    """A1: 七年级 1班 and 八年级 1班 were one class 1班."""
    rows = {
        "七年级": [[*HEAD, "班级"], *pupils("甲", "1班")],
        "八年级": [[*HEAD, "班级"], *pupils("乙", 1)],
    }
    assert placed(reading_of(tmp_path, rows)) == [("方甲", "七年级1班"), ("方乙", "八年级1班")]


def test_one_label_from_two_sheets_without_a_grade_is_asked_about(tmp_path: Path) -> None:
    rows = {
        "男生": [[*HEAD, "班级"], *pupils("甲", "1班")],
        "女生": [[*HEAD, "班级"], *pupils("乙", "1班")],
    }
    reading = reading_of(tmp_path, rows)
    assert placed(reading) == [("方甲", "1班"), ("方乙", "1班")]
    assert told(reading) == [" ROST089"]


@pytest.mark.parametrize(
    "remark", ["备注：走读", "说明：住校", "注：随班就读", "校长：张某", "班主任", "合计"]
)
def test_a_remark_makes_no_pupil_a_foot(tmp_path: Path, remark: str) -> None:
    """A2: 4 of 5 pupils were dropped."""
    rows = [["序号", "姓名", "备注"], [1, "普云飞", remark], [2, "岩温罕", None], ["合计", 2, None]]
    reading = reading_of(tmp_path, {"七年级1班": rows})
    assert [name for name, _ in placed(reading)] == ["普云飞", "岩温罕"]
    assert [row.row for row in reading.skipped] == [4]


def merged(sheet: str, *ranges: str) -> Any:
    def change(book: Any) -> None:
        for one in ranges:
            book[sheet].merge_cells(one)

    return change


def test_merged_classes_stand_in_every_row(tmp_path: Path) -> None:
    """A5: 6 of 8 pupils were in a class called after the sheet."""
    rows = [
        ["班级", *HEAD],
        ["七(1)班", "方甲", "甲"],
        [None, "方乙", "乙"],
        ["七(2)班", "方丙", "丙"],
        [None, "方丁", "丁"],
    ]
    reading = reading_of(tmp_path, {"各班名单": rows}, merged("各班名单", "A2:A3", "A4:A5"))
    assert [label for _, label in placed(reading)] == ["七年级1班"] * 2 + ["七年级2班"] * 2
    assert told(reading) == []


def test_a_class_in_the_first_row_of_each_goes_for_those_below_and_is_told(tmp_path: Path) -> None:
    rows = [
        ["班级", *HEAD],
        ["1班", "方甲", "甲"],
        [None, "方乙", "乙"],
        [None, "方丙", "丙"],
        ["2班", "方丁", "丁"],
        [None, "方戊", "戊"],
    ]
    reading = reading_of(tmp_path, {"七年级": rows})
    assert [label for _, label in placed(reading)] == ["七年级1班"] * 3 + ["七年级2班"] * 2
    assert told(reading) == ["七年级!A2 ROST069"]


def test_one_blank_among_full_cells_is_not_filled_but_held(tmp_path: Path) -> None:
    rows = [
        ["班级", *HEAD],
        ["七年级1班", "方甲", "甲"],
        ["七年级1班", "方乙", "乙"],
        [None, "方丙", "丙"],
        ["七年级2班", "方丁", "丁"],
    ]
    reading = reading_of(tmp_path, {"名单": rows})
    assert [one.pupil.name for one in reading.held] == ["方丙"]
    assert told(reading) == ["名单!A4 ROST034"]


def test_a_block_for_each_class_under_its_heading(tmp_path: Path) -> None:
    rows = [
        ["七年级1班学生名单"],
        HEAD,
        *pupils("甲乙"),
        [],
        ["班级：七年级2班", "班主任：李某"],
        HEAD,
        *pupils("丙"),
    ]
    reading = reading_of(tmp_path, {"七年级": rows})
    assert placed(reading) == [("方甲", "七年级1班"), ("方乙", "七年级1班"), ("方丙", "七年级2班")]
    assert [row.reason for row in reading.skipped] == ["班级的小标题"]


def test_who_has_a_class_of_his_own_heads_no_other_rows(tmp_path: Path) -> None:
    """A row of a pupil whose name reads like a heading is looked at by the school."""
    head = ["姓名", "班级", "父亲姓名"]
    rows = [head, ["七年级3班学生名单", "七(1)班", "普正华"], ["普云飞", "未名班", "刀大明"]]
    reading = reading_of(tmp_path, {"名单": rows})
    assert placed(reading)[-1] == ("普云飞", "未名班")
    assert [one.pupil.name for one in reading.held] == ["七年级3班学生名单"]


def test_two_lists_side_by_side_are_both_read(tmp_path: Path) -> None:
    """S6: the right half got no notice."""
    rows = [
        ["七(1)班", None, None, "七(2)班"],
        ["姓名", "家长", None, "姓名", "家长"],
        ["方甲", "甲", None, "方乙", "乙"],
        ["方丙", "丙", None, None, None],
    ]
    reading = reading_of(tmp_path, {"名单": rows})
    assert placed(reading) == [("方甲", "七年级1班"), ("方丙", "七年级1班"), ("方乙", "七年级2班")]
    assert reading.sheets[0].lists == 2


def test_a_second_column_of_names_that_fits_no_list_is_told_and_counted(tmp_path: Path) -> None:
    rows = [
        ["姓名", "班级", "家长", "姓名"],
        ["方甲", "七年级1班", "甲", "方乙"],
        ["方丙", "七年级1班", "丙", None],
    ]
    reading = reading_of(tmp_path, {"名单": rows})
    assert [name for name, _ in placed(reading)] == ["方甲", "方丙"]
    assert [(row.row, row.text) for row in reading.skipped] == [(2, "方乙")]
    assert told(reading, "ROST066") == ["名单!D1 ROST066"]


def test_rows_that_share_a_merged_name_are_one_pupil_with_several_parents(tmp_path: Path) -> None:
    rows = [
        ["姓名", "班级", "家长姓名", "关系"],
        ["方甲", "七年级1班", "方大", "父亲"],
        [None, None, "李二", "母亲"],
        ["方乙", "七年级1班", "方三", "父亲"],
    ]
    reading = reading_of(tmp_path, {"名单": rows}, merged("名单", "A2:A3", "B2:B3"))
    first, second = reading.printable
    assert [(one.name, one.relation) for one in first.guardians] == [
        ("方大", "父亲"),
        ("李二", "母亲"),
    ]
    assert [one.name for one in second.guardians] == ["方三"]
    assert [row.reason for row in reading.skipped] == ["与上一行是同一名学生"]


def test_hidden_rows_are_printed_and_counted_struck_ones_held(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["七年级1班"].row_dimensions[2].hidden = True
        book["七年级1班"]["A3"].font = Font(strike=True)

    reading = reading_of(tmp_path, {"七年级1班": [HEAD, *pupils("甲乙丙")]}, change)
    assert [name for name, _ in placed(reading)] == ["方甲", "方丙"]
    assert told(reading) == ["七年级1班!A3 ROST054", "七年级1班 ROST055"]


def test_formulas_that_were_never_calculated_are_told_in_every_column(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for place in ("A3", "B2", "C2"):
            book["名单"][place] = "=VLOOKUP(1,A:A,1)"

    rows = [
        ["姓名", "班级", "家长"],
        ["方甲", "x", "x"],
        ["x", "七年级1班", "乙"],
        ["方丙", "七年级1班", "丙"],
    ]
    reading = reading_of(tmp_path, {"名单": rows}, change)
    assert [name for name, _ in placed(reading)] == ["方丙"]
    assert sorted(told(reading)) == ["名单!A3 ROST041", "名单!B2 ROST041", "名单!C2 ROST041"]


def test_decimals_are_read_where_no_nought_can_be_lost(tmp_path: Path) -> None:
    """A7: classes 1 and 10 were merged as 7.1."""
    few = [["姓名", "班级"], ["方甲", 7.1], ["方乙", 7.2]]
    assert placed(reading_of(tmp_path, {"名单": few})) == [
        ("方甲", "七年级1班"),
        ("方乙", "七年级2班"),
    ]
    many = [["姓名", "班级"], ["方甲", 7.1], ["方乙", 7.2], ["方丙", 7.11]]
    reading = reading_of(tmp_path, {"名单": many})
    assert [one.pupil.name for one in reading.held] == ["方甲"]
    assert told(reading, "ROST070") == ["名单!B2 ROST070"]


def test_a_table_of_all_beside_those_of_the_classes_counts_once(tmp_path: Path) -> None:
    one, two = pupils("甲乙丙"), pupils("丁戊己")
    whole = [
        [*row, label] for label, rows in (("七年级1班", one), ("七年级2班", two)) for row in rows
    ]
    sheets = {
        "全校": [[*HEAD, "班级"], *whole],
        "七年级1班": [HEAD, *one],
        "七年级2班": [HEAD, *two],
    }
    reading = reading_of(tmp_path, sheets)
    assert (len(reading.printable), len(reading.held), len(reading.skipped)) == (6, 0, 6)
    assert told(reading) == ["全校 ROST086"]


def test_two_of_one_name_are_told_apart_by_whatever_differs(tmp_path: Path) -> None:
    """Two real pupils of one name stopped the school, whatever their fathers were called."""
    rows = [
        ["姓名", "班级", "家长", "电话"],
        ["陈静", "七年级1班", "陈大", ""],
        ["陈静", "七年级1班", "陈二", ""],
        ["王芳", "七年级1班", "王大", "13800000001"],
        ["王芳", "七年级1班", "王大", "13800000001"],
    ]
    reading = reading_of(tmp_path, {"名单": rows})
    assert [name for name, _ in placed(reading)] == ["陈静", "陈静", "王芳"]
    assert told(reading) == ["名单!A3 ROST036", "名单!A5 ROST082"]


def test_one_number_in_two_classes_holds_both(tmp_path: Path) -> None:
    rows = [
        ["姓名", "班级", "家长", "身份证号"],
        ["陈静", "七年级1班", "陈大", number(1)],
        ["陈静", "七年级2班", "陈大", number(1)],
    ]
    reading = reading_of(tmp_path, {"名单": rows})
    assert len(reading.held) == 2
    assert told(reading) == ["名单!D2 ROST084", "名单!D3 ROST084"]
    assert not any(number(1) in one.message for one in reading.problems)


def test_the_name_of_the_file_is_the_class_where_nothing_else_is(tmp_path: Path) -> None:
    from tests.case.rosters import workbook

    data = workbook({"Sheet1": [HEAD, *pupils("甲乙")]})
    reading = read_bytes(tmp_path, data, "三年级.xlsx")
    assert [label for _, label in placed(reading)] == ["三年级"] * 2
    assert told(reading) == [" ROST090"]
    said = read_bytes(tmp_path, data, "名单.xlsx", 班级="三年级2班")
    assert (placed(said)[0][1], told(said)) == ("三年级2班", [])
    none = read_bytes(tmp_path, data, "名单.xlsx")
    assert (placed(none)[0][1], told(none)) == ("", [" ROST088"])


def test_two_rows_of_headings_over_the_parents(tmp_path: Path) -> None:
    rows = [
        ["姓名", "班级", "父亲信息", None, "监护人信息", None],
        [None, None, "姓名", "电话", "姓名", "与学生关系"],
        ["方甲", "七年级1班", "方大", "13800000138", "李二", "母亲"],
    ]
    (pupil,) = reading_of(tmp_path, {"名单": rows}).printable
    assert [(one.name, one.relation, one.phone) for one in pupil.guardians] == [
        ("方大", "父亲", "13800000138"),
        ("李二", "母亲", ""),
    ]


def test_a_class_of_one_beside_one_of_twenty_is_asked_about(tmp_path: Path) -> None:
    rows = [
        [*HEAD, "班级"],
        *pupils("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉", "七年级1班"),
        ["方戌", "大", "七年级11班"],
    ]
    assert told(reading_of(tmp_path, {"名单": rows})) == ["名单!C22 ROST087"]


def test_csv_of_an_export_is_unwrapped_in_any_encoding(tmp_path: Path) -> None:
    text = f'姓名,班级,家长,电话,身份证号\n普云飞,七年级1班,普正华,"=""13800000001""","=""{number(1)}"""\n'
    for name, data in (
        ("a.csv", text.encode("gb18030")),
        ("a.txt", text.replace(",", "\t").encode("utf-16")),
    ):
        (pupil,) = read_bytes(tmp_path, data, name).printable
        assert (pupil.phone, pupil.pupil.id_number) == ("13800000001", number(1))


def test_a_date_in_a_csv_is_known_by_its_look(tmp_path: Path) -> None:
    reading = read_bytes(tmp_path, "姓名,班级\n方甲,7月1日\n方乙,1-Jul\n".encode(), "a.csv")
    assert [one.held[0].code for one in reading.held] == ["ROST061"] * 2
    assert [one.class_label for one in reading.held] == ["", ""]
    assert all("「七年级1班」" in one.held[0].hint for one in reading.held)


@pytest.mark.parametrize(
    ("sheet", "day", "hint", "label"),
    [
        ("七年级(3)班", datetime(2026, 7, 3), "再写「七年级3班」", "七年级3班"),
        ("七年级(3)班", datetime(2026, 7, 1), "再写全年级和班", "七年级3班"),
        ("八年级", "3月8日", "再写全年级和班", ""),
        ("名单", datetime(2026, 12, 1), "再写全年级和班", ""),
    ],
)
def test_a_class_made_a_day_is_named_as_itself_and_the_sheet_says_where_the_pupil_is(
    tmp_path: Path, sheet: str, day: object, hint: str, label: str
) -> None:
    rows = [["姓名", "班级"], ["方甲", day], ["方乙", "七年级2班"]]
    (one,) = reading_of(tmp_path, {sheet: rows}).held
    assert (one.held[0].code, one.class_label) == ("ROST061", label)
    assert hint in one.held[0].hint


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", b"", "ROST043"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "ROST044",
        ),
        ("a.xls", b"\xef\xbb\xbf<html><table>", "ROST045"),
        (
            "a.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "ROST046",
        ),
        (
            "a.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "ROST047",
        ),
        ("a.xlsx", b"%PDF-1.7", "ROST049"),
        ("a.xlsx", b"\x89PNG\r\n", "ROST049"),
        ("~$a.xlsx", b"x", "ROST050"),
        ("a.xlsx", b"PK\x03\x04 cut off", "ROST051"),
        ("a.xlsx", b"no workbook", "ROST004"),
        ("a.docx", b"PK", "ROST002"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_cause(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    reading = read_bytes(tmp_path, data, name)
    assert [one.code for one in reading.problems] == [code]
    assert reading.pupils == ()


def test_the_annotated_workbook_reads_as_the_roster_did(tmp_path: Path) -> None:
    first = read_bytes(tmp_path, awkward_bytes())
    again = read_bytes(tmp_path, annotated(first), "名单检查.xlsx")
    assert [
        (one.pupil.name, one.class_label, one.guardians, bool(one.held)) for one in again.pupils
    ] == [(one.pupil.name, one.class_label, one.guardians, bool(one.held)) for one in first.pupils]
    assert [row.reason for row in again.skipped] == [row.reason for row in first.skipped]
    assert annotated(first) == annotated(first)


def test_what_is_not_printed_is_never_more_than_a_note(tmp_path: Path) -> None:
    from kcbx_docs.case.batch import RosterSpec
    from kcbx_docs.case.roster import read_roster
    from tests.case.rosters import TODAY, workbook

    rows = [
        ["姓名", "班级", "家长", "身份证号", "出生日期", "留守情况"],
        ["方甲", "七年级1班", "大", "12", "昨天", "是"],
    ]
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook({"名单": rows}))
    needed = frozenset(("监护人姓名", "电话"))
    reading = read_roster(path, RosterSpec(文件="a.xlsx"), TODAY, needed=needed)
    assert {one.severity for one in reading.problems} == {"note"}
    assert len(reading.printable) == 1


def test_a_second_block_may_name_more_columns_than_the_first(tmp_path: Path) -> None:
    first = [["七年级1班"], ["序号", "姓名", "家长"], [1, "方甲", "方大"], []]
    second = [
        ["七年级2班"],
        ["姓名", "性别", "家长", "电话"],
        ["方乙", "男", "方二", "13800000139"],
    ]
    reading = reading_of(tmp_path, {"名单": [*first, *second]})
    assert placed(reading) == [("方甲", "七年级1班"), ("方乙", "七年级2班")]
    assert [one.phone for one in reading.printable] == ["", "13800000139"]


def test_pupils_above_the_header_are_told(tmp_path: Path) -> None:
    rows = [["方甲", "七年级1班", "大"], ["方乙", "七年级1班", "二"], ["方丙", "七年级1班", "三"]]
    reading = reading_of(tmp_path, {"名单": [*rows, ["姓名", "班级", "家长"], *rows[:1]]})
    assert [row.row for row in reading.skipped] == [1, 2, 3]
    assert told(reading) == ["名单!第1行 ROST093"]


@pytest.mark.parametrize(
    ("heads", "row", "labels"),
    [
        (["姓名", "年级", "班级"], ["方甲", 1, 1], "一年级1班"),
        (["姓名", "年级", "班级"], ["方甲", "9", "1班"], "九年级1班"),
        (["姓名", "年级", "班级"], ["方甲", "初二", "（3）"], "八年级3班"),
        (["姓名", "年级/班级"], ["方甲", "七（1）"], "七年级1班"),
        (["姓名", "年级", "班级"], ["方甲", "八年级", "172"], "八年级172班"),
        (["姓名", "班级"], ["方甲", "学前班"], "学前班"),
    ],
)
def test_a_school_of_nine_grades(
    tmp_path: Path, heads: list[str], row: list[object], labels: str
) -> None:
    assert placed(reading_of(tmp_path, {"全校": [heads, row]})) == [("方甲", labels)]


def test_village_schools_have_one_class_a_grade(tmp_path: Path) -> None:
    sheets = {
        "一年级": [HEAD, *pupils("甲")],
        "学前班": [HEAD, *pupils("乙")],
        "Sheet3": [["班级", *HEAD], ["二年级", "方丙", "丙"]],
    }
    assert placed(reading_of(tmp_path, sheets)) == [
        ("方甲", "一年级"),
        ("方乙", "学前班"),
        ("方丙", "二年级"),
    ]


def test_half_a_class_among_whole_ones_is_held(tmp_path: Path) -> None:
    rows = [
        ["姓名", "年级", "班级"],
        ["方甲", "七", "1班"],
        ["方乙", "七", "1班"],
        ["方丙", "七", None],
        ["方丁", None, "1班"],
        ["方戊", "七", "转出"],
    ]
    reading = reading_of(tmp_path, {"名单": rows})
    assert [name for name, _ in placed(reading)] == ["方甲", "方乙"]
    assert told(reading, "ROST034", "ROST099", "ROST056") == [
        "名单!C4 ROST034",
        "名单!C5 ROST099",
        "名单!C6 ROST056",
    ]


def test_a_second_telephone_behind_a_parent_is_that_parents(tmp_path: Path) -> None:
    rows = [
        ["姓名", "电话", "父亲", "电话", "母亲", "电话"],
        ["方甲", "13800000136", "方大", "13800000138", "李二", "13800000139"],
    ]
    (pupil,) = reading_of(tmp_path, {"七年级1班": rows}).printable
    assert (pupil.phone, [one.phone for one in pupil.guardians]) == (
        "13800000136",
        ["13800000138", "13800000139"],
    )


HERE = Path(__file__).parent


@pytest.mark.parametrize("name", ["awkward.xls", "awkward.et", "awkward.ods"])
def test_other_formats_tell_the_same(tmp_path: Path, name: str) -> None:
    """The files were made of tests.case.awkward by LibreOffice."""
    first = read_bytes(tmp_path, awkward_bytes())
    source = HERE / "files" / name.replace(".et", ".xls")
    other = read_bytes(tmp_path, source.read_bytes(), name)
    assert {one.pupil.name for one in other.pupils} == {one.pupil.name for one in first.pupils}
    same = {"施正宁", "杨堃"} if name != "awkward.ods" else set()  # struck out; an error
    for one, two in zip(first.pupils, other.pupils, strict=True):
        if one.pupil.name not in same:
            assert (one.class_label, one.guardians, bool(one.held)) == (
                two.class_label,
                two.guardians,
                bool(two.held),
            ), one.pupil.name
    assert ("ROST052" in {one.code for one in other.problems}) is (name != "awkward.ods")

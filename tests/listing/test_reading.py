"""A list that comes back: what somebody changed is told by the cell, and nothing is written."""

from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from kcbx_docs.listing.children import DaySpan
from kcbx_docs.listing.lists import LISTS, ListHead, tables_of_list
from kcbx_docs.listing.reading import compared, read_list
from kcbx_docs.office.spreadsheet import workbook_of
from kcbx_docs.problems import UserError
from tests.listing.world import SCHOOL, school

ALL = DaySpan(date(2026, 11, 30))


@pytest.fixture
def edited(tmp_path):
    """Write a list, let somebody change it, read it back beside the cases."""

    def edit(change=lambda sheet: None, name="辍学台账", head=None):
        told = school(ALL)
        path = tmp_path / f"{name}.xlsx"
        tables = tables_of_list(LISTS[name], told.children, head or told.head())
        path.write_bytes(workbook_of(tables))
        book = load_workbook(path)
        change(book.worksheets[0])
        book.save(path)
        read = read_list(path)
        return read, compared(read, told.children)

    return edit


def codes(found):
    return [(one.code, one.place.path) for one in found]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_nobody_changed_says_what_the_cases_say(edited, name):
    read, found = edited(name=name)
    assert (read.kept.name, read.problems, found.differing) == (name, [], ())
    assert found.same == len(read.rows) > 0


def test_what_a_list_covers_is_read_from_below_it(edited):
    head = ListHead("某镇", "2026-11-30", "2026年秋季学期", (SCHOOL,))
    read, _ = edited(head=head)
    assert (read.day, read.term, read.schools) == (
        date(2026, 11, 30),
        "2026年秋季学期",
        (SCHOOL,),
    )


def cell_of(sheet, case, head):
    heads = [cell.value for cell in sheet[1]]
    return sheet.cell(row_of(sheet, case), heads.index(head) + 1)


def row_of(sheet, case):
    return next(row[0].row for row in sheet.iter_rows() if row[1].value == case)


def test_a_cell_that_differs_is_told_by_its_place(edited):
    def change(sheet):
        cell_of(sheet, "2026-03", "监护人").value = "普正华（父亲，13800000001）"

    read, found = edited(change)
    at = next(one for one in read.rows if one.cells["案件编号"] == "2026-03")
    assert codes(found.differing) == [("LIST026", str(at.place("监护人").path))]
    assert "表里是「普正华（父亲，13800000001）」，案件里是「普正华（父亲）」" in (
        found.differing[0].message
    )


def test_spaces_and_broken_lines_are_no_difference(edited):
    def change(sheet):
        cell = cell_of(sheet, "2026-03", "监护人")
        cell.value = " 普正华 （父亲）\n"

    assert edited(change)[1].differing == ()


def test_who_is_new_and_who_is_missing(edited):
    def change(sheet):
        at = row_of(sheet, "2026-03")
        sheet.cell(at, 2).value, sheet.cell(at, 3).value = "", "赵新"

    _, found = edited(change)
    assert [one.code for one in found.differing] == ["LIST022", "LIST023"]
    assert "「赵新」" in found.differing[0].message and "2026-03" in found.differing[1].message


def test_a_number_that_was_mistyped_is_told_with_the_right_one(edited):
    def change(sheet):
        cell_of(sheet, "2026-03", "案件编号").value = "2026-30"

    _, found = edited(change)
    assert [one.code for one in found.differing] == ["LIST025", "LIST023"]
    assert "案件里同名的是 2026-03" in found.differing[0].message


def test_one_child_in_two_rows_and_a_row_of_two_children(edited):
    def change(sheet):
        cell_of(sheet, "2026-04", "案件编号").value = "2026-05"
        cell_of(sheet, "2026-03", "姓名").value = "李四"

    _, found = edited(change)
    assert {one.code for one in found.differing} == {"LIST020", "LIST021", "LIST023"}


def test_one_number_of_identity_for_two_children(edited):
    def change(sheet):
        for case in ("2026-03", "2026-04"):
            cell_of(sheet, case, "身份证号").value = "530499201305061217"

    _, found = edited(change)
    assert [one.code for one in found.differing].count("LIST027") == 1


def test_a_child_that_the_list_does_not_name(edited):
    def change(sheet):
        at = row_of(sheet, "2026-04")
        sheet.cell(at, 2).value, sheet.cell(at, 3).value = "2026-06", "周六"

    assert [one.code for one in edited(change)[1].differing] == ["LIST024", "LIST023"]


def test_columns_that_are_missing_unknown_or_doubled(edited):
    def change(sheet):
        heads = [cell.value for cell in sheet[1]]
        sheet.cell(1, heads.index("民族") + 1).value = "班主任意见"
        sheet.cell(1, heads.index("情形") + 1).value = "姓名"

    read, found = edited(change)
    told = {(one.code, one.severity) for one in read.problems}
    assert told == {
        ("LIST012", "note"),
        ("LIST013", "error"),
        ("LIST014", "warning"),
    }
    assert found.differing == (), "which column holds the names is not guessed"


def test_without_the_numbers_of_cases_nothing_is_compared(edited):
    read, found = edited(lambda sheet: sheet.delete_cols(2))
    assert "LIST011" in {one.code for one in read.problems} and found.differing == ()


def test_any_other_table_is_refused(tmp_path):
    told = school(ALL)
    table = tables_of_list(LISTS["辍学台账"], told.children, told.head())[0]
    path = tmp_path / "别的.xlsx"
    path.write_bytes(workbook_of([replace(table, heads=("甲",) * len(table.heads))]))
    with pytest.raises(UserError) as refused:
        read_list(path)
    assert refused.value.problems[0].code == "LIST010"

"""How a table is laid out on its sheet: numbers whole, rows low, everything on one width."""

import io

import openpyxl
import pytest

from kcbx_docs.office.spreadsheet import TextTable, workbook_of

ID, TOLD = "530499************4134", "《责令送被监护人接受义务教育通知书》" * 4


def sheet(*columns: tuple[str, str], rows: int = 3):
    heads, cells = zip(*columns, strict=True)
    table = TextTable("台账", heads, (cells,) * rows, ("表下",))
    return openpyxl.load_workbook(io.BytesIO(workbook_of([table]))).active


def widths(made) -> list[float]:
    return [column.width for column in made.column_dimensions.values()]


def test_what_has_room_is_as_wide_as_its_longest_line():
    assert widths(sheet(("姓名", "方小川"), ("结果", "愿意送学，下周一到校"))) == [8, 22]


@pytest.mark.parametrize("number", [ID, "13800000031", "2026-09-07", "G530499201307154134"])
def test_a_number_is_never_broken_however_many_columns_stand_beside_it(number):
    many = [(f"列{at}", TOLD) for at in range(16)]
    assert widths(sheet(("号", f"最近{number}"), *many))[0] >= len(number)


def test_a_full_cell_gets_more_of_the_room_than_an_empty_one():
    made = sheet(*((f"日期{at}", "2026-09-07") for at in range(10)), ("文书", TOLD), ("备注", ""))
    *_, told, empty = widths(made)
    assert empty == 6 and told > 20
    assert made.row_dimensions[2].height < 120, "no row takes half a page"


def test_a_sheet_is_one_page_wide_with_its_heads_and_title_on_every_page():
    made = sheet(*((f"列{at}", "一") for at in range(19)))
    assert (made.page_setup.paperSize, made.print_title_rows) == (8, "$1:$1")
    assert made.sheet_properties.pageSetUpPr.fitToPage and made.page_setup.fitToHeight == 0
    assert made.oddHeader.center.text == "台账"
    assert made.print_area.endswith("$S$5")

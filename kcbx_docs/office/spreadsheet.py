"""Tables for Excel and WPS: nothing but text in their cells, and no formula however it begins."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kcbx_docs.light import dataclass, regex

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_UNPRINTABLE = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_UNBROKEN = regex(r"[0-9A-Za-z*]{12,}")
_LONG, _MOST = regex(r"0\d+|\d{12,}"), 32_000
"""Digits that a program would read as a number and change; characters that a cell holds."""
_USUAL, _HEAD = 28, 6
_LINE, _HIGHEST = 15.5, 400
"""Points of a line of text, and of the highest row that programs show."""
_LATIN = 0x2E7F
_A3, _A4, _MANY = "8", "9", 18
"""What Excel calls the paper; a table of more columns takes the larger one."""


@dataclass(frozen=True)
class TextTable:
    """A table of text with its title above, and lines of words below."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...] = ()
    widest: int = _USUAL
    """Letters that a column may be wide; longer lines are wrapped, where it is narrower heads too.
    """


def csv_of(rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows as CSV that Excel and WPS open as UTF-8, each cell as the text that it is."""
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerows(map(_plain_row, rows))
    return out.getvalue().encode("utf-8-sig")


def _plain_row(row: Sequence[str]) -> list[str]:
    return [_plain(cell) for cell in row]


def _plain(cell: str) -> str:
    """Put a tab, which nobody sees, before what would be taken for a formula or a number."""
    text = _UNPRINTABLE.sub("", cell)
    return f"\t{text}" if text.startswith(_FORMULA) or _LONG.fullmatch(text) else text


def table_csv(table: TextTable) -> bytes:
    """Write a table with its lines below as CSV."""
    return csv_of((table.heads, *table.rows, *((line,) for line in table.foot)))


def workbook_of(tables: Sequence[TextTable]) -> bytes:
    """Write tables as the sheets of a workbook, ready to be printed; row by row, so that a long
    one is never in memory as cells.
    """
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook(write_only=True)
    for table in tables:
        _sheet(book.create_sheet(table.title), table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(sheet: Any, table: TextTable) -> None:
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

    _page(sheet, table)
    widths = tuple(_widths(table))
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate((table.heads, *table.rows), 1):
        if (lines := _lines(row, widths)) > 1:  # not every program looks for itself
            sheet.row_dimensions[number].height = min(_LINE * lines, _HIGHEST)
    sheet.append(_written(_cells(sheet, bold=True), table.heads))
    cells = _cells(sheet)
    for row in table.rows:
        sheet.append(_written(cells, row))
    cells = _cells(sheet, wrapped=False)
    for line in table.foot:
        sheet.append(_written(cells, (line,)))


def _widths(table: TextTable) -> Iterator[int]:
    """Yield how wide each column is: as its longest line, within bounds."""
    narrow = table.widest < _USUAL
    for column, head in enumerate(table.heads):
        longest = min(_wide(head), _HEAD) if narrow else _wide(head)
        widest = table.widest
        for row in table.rows:
            if longest >= widest and not narrow:
                break
            longest = max(longest, *map(_wide, row[column].split("\n")))
            if narrow:  # a number that is broken is misread
                widest = max(widest, *(len(run) + 2 for run in _UNBROKEN.findall(row[column])), 0)
        yield min(widest, longest + 2, _USUAL)


def _lines(row: Sequence[str], widths: Sequence[int]) -> int:
    """Count the lines that a row takes once its cells are wrapped."""
    most = 1
    for text, width in zip(row, widths, strict=True):
        if len(text) * 2 >= width:
            room = max(width - 2, 1)
            most = max(most, sum(max(1, -(-_wide(line) // room)) for line in text.split("\n")))
    return most


def _wide(line: str) -> int:
    """Count in letters how wide a line is; a Chinese character takes the room of two."""
    return sum(2 if ord(sign) > _LATIN else 1 for sign in line)


def _cells(sheet: Any, *, bold: bool = False, wrapped: bool = True) -> tuple[Any, Any]:
    """Make the two cells that every text of a kind is written with: plain, and as one that stays
    text when somebody edits it.
    """
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
    from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]

    plain, quoted = WriteOnlyCell(sheet), WriteOnlyCell(sheet)
    for cell in (plain, quoted):
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=wrapped, vertical="top")
        if bold:
            cell.font = Font(bold=True)
    quoted.quotePrefix = True
    return plain, quoted


def _written(cells: tuple[Any, Any], row: Iterable[str]) -> Iterator[Any]:
    """Yield the cells of a row; each is written before the next is asked for."""
    for text in row:
        shown = _UNPRINTABLE.sub("", text)[:_MOST]
        cell = cells[shown.startswith(_FORMULA)]
        cell.value = shown
        cell.data_type = "s"  # also where it begins like a formula
        yield cell


def _page(sheet: Any, table: TextTable) -> None:
    """Print it across, one page wide, the heads on every page."""
    from openpyxl.utils import get_column_letter

    last = get_column_letter(len(table.heads))
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{last}{1 + len(table.rows) + len(table.foot)}"
    sheet.page_setup.paperSize = _A3 if len(table.heads) > _MANY else _A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.print_options.gridLines = True
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddHeader.center.text = table.title
    sheet.oddFooter.right.text = "第 &P 页，共 &N 页"

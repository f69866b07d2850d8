"""Tables for Excel and WPS: nothing but text in their cells, and no formula however it begins."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONG, _MOST = re.compile(r"0\d+|\d{12,}"), 32_000
"""Digits that a program would read as a number and change; characters that a cell holds."""
_WIDEST, _LATIN = 28, 0x2E7F


@dataclass(frozen=True)
class TextTable:
    """A table of text with its title above, and lines of words below."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...] = ()


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
    """Write tables as the sheets of a workbook, ready to be printed."""
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook()
    book.remove(book.active)
    for table in tables:
        _sheet(book.create_sheet(table.title), table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(sheet: Any, table: TextTable) -> None:
    for number, row in enumerate((table.heads, *table.rows), 1):
        for column, text in enumerate(row, 1):
            _write(sheet.cell(number, column), text, bold=number == 1)
    for number, line in enumerate(table.foot, len(table.rows) + 2):
        _write(sheet.cell(number, 1), line, wrapped=False)
    for column, head in enumerate(table.heads):
        text = "\n".join((head, *(row[column] for row in table.rows)))
        longest = max(map(_wide, text.split("\n")))
        letter = sheet.cell(1, column + 1).column_letter
        sheet.column_dimensions[letter].width = min(_WIDEST, longest + 2)
    _page(sheet, table)


def _wide(line: str) -> int:
    """Count in letters how wide a line is; a Chinese character takes the room of two."""
    return sum(2 if ord(sign) > _LATIN else 1 for sign in line)


def _write(cell: Any, text: str, *, bold: bool = False, wrapped: bool = True) -> None:
    from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]

    shown = _UNPRINTABLE.sub("", text)[:_MOST]
    cell.value = shown
    cell.data_type = "s"  # also where it begins like a formula
    cell.number_format = "@"
    cell.quotePrefix = shown.startswith(_FORMULA)  # stays text when somebody edits it
    cell.alignment = Alignment(wrap_text=wrapped, vertical="top")
    if bold:
        cell.font = Font(bold=True)


def _page(sheet: Any, table: TextTable) -> None:
    """Print it on A4 across, the heads on every page."""
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToHeight = 0
    sheet.print_options.gridLines = True
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddHeader.center.text = table.title
    sheet.oddFooter.right.text = "第 &P 页，共 &N 页"

"""Tables for Excel and WPS: nothing but text in their cells, and no formula however it begins."""

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kcbx_docs.light import dataclass, regex

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_UNPRINTABLE = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_UNBROKEN = regex(r"[0-9A-Za-z*-]{8,}")
"""Numbers, telephones and days, which are misread where they are broken."""
_LONG, _MOST = regex(r"0\d+|\d{12,}"), 32_000
"""Digits that a program would read as a number and change; characters that a cell holds."""
_HEAD, _WIDEST, _LOOKED_AT = 6, 60, 2_000
"""Letters of a head that stand in one line, and of a column; rows that are measured."""
_LINE, _HIGHEST = 15.5, 400
"""Points of a line of text, and of the highest row that programs show."""
_LATIN = 0x2E7F
_A3, _A4, _MANY = "8", "9", 18
"""What Excel calls the paper; a table of more columns takes the larger one."""
_ROOM = {_A3: 240, _A4: 150}
"""Letters that a sheet laid across has room for, at the size in which people read them."""
_SPARE = 1.2
"""What is left to sentences, however many numbers and days stand beside them."""
_TITLE = 16
"""Points of the title above a sheet, which is not made smaller with it."""


@dataclass(frozen=True)
class TextTable:
    """A table of text with its title above, and lines of words below."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...] = ()

    @property
    def paper(self) -> str:
        """Return what Excel calls the paper that it is printed on."""
        return _A3 if len(self.heads) > _MANY else _A4


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
            sheet.row_dimensions[number].height = min(_LINE * lines + 2, _HIGHEST)
    sheet.append(_written(_cells(sheet, bold=True), table.heads))
    cells = _cells(sheet)
    for row in table.rows:
        sheet.append(_written(cells, row))
    cells = _cells(sheet, wrapped=False)
    for line in table.foot:
        sheet.append(_written(cells, (line,)))


@dataclass(frozen=True)
class _Needed:
    """What a column needs: the least that breaks no number, all its longest line takes, and how
    much text its fullest cell holds.
    """

    least: int
    whole: int
    text: int

    def width(self, share: float) -> int:
        """Return its width where each column gets a share: the fuller its cells, the more."""
        return min(self.whole, max(self.least, round(share * math.sqrt(self.text))))


def _widths(table: TextTable) -> Iterator[int]:
    """Yield how wide each column is: as its longest line where all have room beside one another,
    else so that no row is much higher than the others.
    """
    rows = table.rows[:: len(table.rows) // _LOOKED_AT + 1]
    columns = [*map(_needed, zip(table.heads, *rows, strict=True))]
    room = max(_ROOM[table.paper], round(_SPARE * sum(column.least for column in columns)))
    low, high = 0.0, float(_WIDEST)
    while high - low > 0.05:
        share = (low + high) / 2
        fits = sum(column.width(share) for column in columns) <= room
        low, high = (share, high) if fits else (low, share)
    yield from (column.width(low) for column in columns)


def _needed(column: tuple[str, ...]) -> _Needed:
    head, *cells = column
    least, whole, text = min(_wide(head), _HEAD) + 2, _wide(head) + 2, _wide(head)
    for cell in dict.fromkeys(cells):
        lines = [*map(_wide, cell.split("\n"))]
        runs = [len(run) + 3 for run in _UNBROKEN.findall(cell)]
        least, whole = max(least, *runs, 0), max(whole, *(line + 2 for line in lines))
        text = max(text, sum(lines))
    return _Needed(min(least, _WIDEST), min(max(whole, least), _WIDEST), text)


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
    sheet.page_setup.paperSize = table.paper
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.print_options.gridLines = True
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_format.defaultRowHeight = _LINE + 2
    sheet.sheet_format.customHeight = True
    sheet.HeaderFooter.scaleWithDoc = False
    sheet.oddHeader.center.text, sheet.oddHeader.center.size = table.title, _TITLE
    sheet.oddFooter.right.text = "第 &P 页，共 &N 页"

"""OpenDocument spreadsheets (.ods) read as a stream: what is repeated a million times, blank or
not, costs no memory.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime

from kcbx_docs.case.raw_sheet import CellText, Partly, RawSheet, keep_unstruck
from kcbx_docs.case.spreadsheet_xml import (
    Limits,
    NotAWorkbookError,
    Parts,
    Spoilt,
    TooManySheetsError,
    parse,
)

_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "Err:")


def read_open_document(parts: Parts, max_sheets: int, keep: Limits) -> Iterator[RawSheet]:
    """Read the tables of an OpenDocument spreadsheet in their order."""
    if "content.xml" not in parts:
        raise NotAWorkbookError
    reader = _Reader(max_sheets, keep)
    parse(parts.chunks("content.xml"), reader.start, reader.end, reader.text)
    yield from reader.sheets


class _Reader:
    """Take tables from a stream of events."""

    def __init__(self, max_sheets: int, keep: Limits) -> None:
        self.max_sheets, self.keep = max_sheets, keep
        self.sheets: list[RawSheet] = []
        self.hidden_tables: set[str] = set()
        self.struck_styles: set[str] = set()
        self.style = ""
        self.row = self.column = self.skipping = 0
        self.repeat_row = 1
        self.collapsed = False
        self.cells: dict[int, object] = {}
        self.cell: dict[str, str] | None = None
        self.written = CellText()
        self.spans: list[bool] = []
        """Of the spans that are open: whether they are struck out."""
        self.in_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        told = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "style":
            self.style = told.get("name", "")
        elif name == "table-properties" and told.get("display") == "false":
            self.hidden_tables.add(self.style)
        elif name == "text-properties" and told.get("text-line-through-style", "none") != "none":
            self.struck_styles.add(self.style)
        elif name == "annotation":
            self.skipping += 1
        else:
            self._start_table(name, told)

    def _start_table(self, name: str, told: Mapping[str, str]) -> None:
        if name == "table":
            if len(self.sheets) == self.max_sheets:
                raise TooManySheetsError
            hidden = told.get("style-name", "") in self.hidden_tables
            self.sheets.append(RawSheet(told.get("name", ""), hidden))
            self.row = 0
        elif name == "table-row":
            self.repeat_row = _count(told.get("number-rows-repeated"))
            self.collapsed = told.get("visibility", "visible") != "visible"
            self.cells, self.column = {}, 0
        elif name in ("table-cell", "covered-table-cell"):
            self.cell = dict(told)
            self.written.clear()
        elif name == "p" and self.cell is not None and not self.skipping:
            self.text("\n" if self.written.pieces else "", inside=True)
            self.in_text = True
        elif name in ("s", "tab", "line-break"):
            self.text("\n" if name == "line-break" else " ")
        elif name == "span":
            self.spans.append(self.written.struck)
            self.written.struck |= told.get("style-name", "") in self.struck_styles

    def end(self, name: str) -> None:
        if name == "annotation":
            self.skipping -= 1
        elif name == "p":
            self.in_text = False
        elif name == "span" and self.spans:
            self.written.struck = self.spans.pop()
        elif name in ("table-cell", "covered-table-cell") and self.cell is not None:
            self._keep_cell(self.cell)
            self.cell = None
        elif name == "table-row" and self.sheets:
            self._keep_row(self.sheets[-1])

    def text(self, data: str, *, inside: bool = False) -> None:
        if (self.in_text or inside) and not self.skipping:
            self.written.add(data)

    def _keep_cell(self, told: Mapping[str, str]) -> None:
        repeated = _count(told.get("number-columns-repeated"))
        text = self.written.told()
        if isinstance(text, Partly) and self.sheets:
            text = keep_unstruck(self.sheets[-1], (self.row + 1, self.column), text)
        value = _value(told, text if isinstance(text, str) else text.kept)
        spanned = _count(told.get("number-rows-spanned"))
        if value not in (None, "") and self.sheets:
            for column in range(self.column, min(self.column + repeated, self.keep.columns)):
                self.cells[column] = value
            if told.get("style-name", "") in self.struck_styles:
                self.sheets[-1].struck.add((self.row + 1, self.column))
            if spanned > 1:
                wide = _count(told.get("number-columns-spanned")) - 1
                first = (self.row + 1, self.column)
                last = (self.row + spanned, self.column + wide)
                self.sheets[-1].merged.append((*first, *last))
        self.column += repeated

    def _keep_row(self, sheet: RawSheet) -> None:
        first, self.row = self.row + 1, self.row + self.repeat_row
        if not self.cells:
            return
        for number in range(first, self.row + 1):
            if len(sheet.rows) >= self.keep.rows:
                sheet.too_long = True
                return
            sheet.rows[number] = self.cells
            if self.collapsed:
                sheet.hidden_rows.add(number)


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() else 1


def _value(told: Mapping[str, str], shown: str) -> object:
    kind = told.get("value-type", "")
    if shown.startswith(_ERRORS):
        return Spoilt("ROST040", shown)
    if kind in ("float", "currency", "percentage"):
        with suppress(ValueError):
            number = float(told.get("value", ""))
            return int(number) if number.is_integer() else number
    if kind == "date":
        with suppress(ValueError):
            return datetime.fromisoformat(told.get("date-value", ""))
    if kind == "boolean":
        return "是" if told.get("boolean-value") == "true" else "否"
    return shown

"""Tables out of .xlsx and .csv files that may be hostile: sizes are checked before opening."""

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kcbx_docs.case.paths import is_file
from kcbx_docs.problems import Place, Problem, Problems, problem
from kcbx_docs.reading import decode

MAX_FILE = 20_000_000
MAX_XML = 60_000_000
MAX_RATIO = 400
MAX_ROWS = 20_000
MAX_COLUMNS = 200
LAST_ROW = 1_048_576
MAX_SHEETS = 200

Cells = tuple[object, ...]


@dataclass(frozen=True)
class Sheet:
    """One table: its rows with their numbers, blank ones left out."""

    file: str
    name: str
    rows: tuple[Cells, ...]
    numbers: tuple[int, ...]

    def place(self, row: int, column: int | None = None) -> Place:
        """Say where a cell is as people see it in the spreadsheet: 七年级1班!C5."""
        cell = f"第{self.numbers[row]}行"
        if column is not None:
            cell = f"{_column_letters(column)}{self.numbers[row]}"
        return Place(self.file, path=f"{self.name}!{cell}" if self.name else cell)


def _column_letters(column: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def read_sheets(path: Path, name: str | None = None) -> tuple[tuple[Sheet, ...], Problems]:
    """Read every table of a file."""
    shown, suffix = name or path.name, path.suffix.lower()
    place = Place(shown)
    if not is_file(path):
        return (), (problem("ROST001", place, file=shown),)
    if suffix not in (".xlsx", ".csv"):
        return (), (problem("ROST002", place, suffix=suffix),)
    if path.stat().st_size > MAX_FILE:
        return (), (problem("ROST003", place, limit=MAX_FILE // 1_000_000),)
    return _read_csv(path, shown) if suffix == ".csv" else _read_xlsx(path, shown)


def _read_xlsx(path: Path, shown: str) -> tuple[tuple[Sheet, ...], Problems]:
    if refusal := _refusal(path, Place(shown)):
        return (), (refusal,)
    # Loaded here: it brings Pillow and lxml, which no command on a case needs.
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    # openpyxl raises what its parts raise: KeyError, ValueError, ParseError, zlib.error …
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        with closing(book):
            return _read_book(book, shown)
    except Exception:  # noqa: BLE001
        return (), (problem("ROST004", Place(shown)),)


def _read_book(book: Any, shown: str) -> tuple[tuple[Sheet, ...], Problems]:
    if len(book.worksheets) > MAX_SHEETS:
        return (), (problem("ROST009", Place(shown), limit=MAX_SHEETS),)
    sheets: list[Sheet] = []
    found: list[Problem] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            found.append(problem("ROST018", Place(shown, path=sheet.title)))
            continue
        table, problems = _table(sheet, shown)
        found += problems
        if table.rows:
            sheets.append(table)
    return tuple(sheets), tuple(found)


def _refusal(path: Path, place: Place) -> Problem | None:
    """Refuse a file that would fill the memory, or whose XML may name other files."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = [part for part in packed.infolist() if _is_xml(part)]
            total = sum(part.file_size for part in parts)
            stored = sum(part.compress_size for part in parts)
            # A nearly empty table packs a thousandfold without harm.
            if total > MAX_XML or total > MAX_RATIO * max(stored, 4_000):
                return problem("ROST005", place, total=total // 1_000_000)
            if any(_has_doctype(packed, part) for part in parts):
                return problem("ROST004", place)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return problem("ROST004", place)
    return None


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.lower().endswith((".xml", ".rels"))


def _has_doctype(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with packed.open(part) as stream:
        return b"<!DOCTYPE" in stream.read(2_000)


def _table(sheet: Any, shown: str) -> tuple[Sheet, list[Problem]]:
    sheet.reset_dimensions()
    rows: list[Cells] = []
    numbers: list[int] = []
    blank: object = None
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
        if cells is blank and number <= LAST_ROW:  # openpyxl fills a gap with one and the same row
            continue
        kept = _kept(cells)
        if not kept and number <= LAST_ROW:
            blank = cells
            continue
        if len(rows) == MAX_ROWS or number > LAST_ROW:
            too_long = problem("ROST006", Place(shown, path=sheet.title), limit=MAX_ROWS)
            return Sheet(shown, sheet.title, (), ()), [too_long]
        rows.append(kept)
        numbers.append(number)
    return Sheet(shown, sheet.title, tuple(rows), tuple(numbers)), []


def _kept(cells: tuple[Any, ...]) -> Cells:
    """Cut empty cells off the end; nothing is left of a blank row."""
    # Most rows of a gap are nothing but None, which ``count`` sees much faster than a loop.
    end = 0 if cells.count(None) == len(cells) else len(cells)
    while end and _is_empty(cells[end - 1]):
        end -= 1
    return cells[:end]


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _read_csv(path: Path, shown: str) -> tuple[tuple[Sheet, ...], Problems]:
    text = decode(path.read_bytes())
    if text is None or "\0" in text:
        return (), (problem("ROST007", Place(shown)),)
    rows: list[Cells] = []
    numbers: list[int] = []
    try:
        for number, cells in _csv_rows(text):
            if kept := _kept(cells):
                rows.append(kept)
                numbers.append(number)
            if len(rows) > MAX_ROWS:
                return (), (problem("ROST006", Place(shown), limit=MAX_ROWS),)
    except csv.Error:
        return (), (problem("ROST004", Place(shown)),)
    return (Sheet(shown, "", tuple(rows), tuple(numbers)),) if rows else (), ()


def _csv_rows(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    head = text[:5_000]
    delimiter = max(",\t;", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for number, cells in enumerate(reader, 1):
        yield number, tuple(cells[:MAX_COLUMNS])

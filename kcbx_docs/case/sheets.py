"""Tables out of whatever file a school has; what it really is decides, not what it is called.

The files may be hostile: what is read of them is counted, and there is an end to it.
"""

import codecs
import csv
import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from struct import unpack_from
from typing import Any

from kcbx_docs.case.open_document import read_open_document
from kcbx_docs.case.paths import is_file
from kcbx_docs.case.raw_sheet import MAX_TEXT, RawSheet
from kcbx_docs.case.sniffing import REFUSED, kind_of
from kcbx_docs.case.spreadsheet_xml import (
    MAX_TAGS,
    MAX_XML,
    Limits,
    NotAWorkbookError,
    Parts,
    TooManySheetsError,
    TooMuchError,
    read_workbook,
)
from kcbx_docs.handwriting.encodings import decode
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Place, Problem, Problems, problem

MAX_COLUMNS = 200
MAX_SHEETS = 200
MAX_OLD = 4_000_000
"""Cells, blank ones included, of a sheet of the old format."""
_DIMENSIONS = regex(rb"\x00\x02\x0e\x00(?=.{14})", re.DOTALL)
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt")
WITHOUT_LOOKS = ("xls",)
"""Kinds whose reader tells neither hidden rows nor struck-out cells nor errors."""

Cells = tuple[object, ...]
Cell = tuple[int, int]


@dataclass(frozen=True)
class Extent:
    """How much of a file is read: beyond it, it is no such list."""

    file: int = 20_000_000
    rows: int = 20_000
    xml: int = MAX_XML
    tags: int = MAX_TAGS


ROSTER = Extent()
"""What a school's list of pupils takes."""
COUNTY = Extent(file=100_000_000, rows=300_000, xml=900_000_000, tags=60_000_000)
"""What a list of everybody in a county takes."""


@dataclass(frozen=True)
class Sheet:
    """One table: its rows with their numbers, blank ones left out, and how they look."""

    file: str
    name: str
    rows: tuple[Cells, ...]
    numbers: tuple[int, ...]
    hidden: frozenset[int] = frozenset()
    """Rows that nobody sees, by their place in ``rows``."""
    struck: frozenset[Cell] = frozenset()
    """Cells that are struck out: place of the row, column."""
    partly: Mapping[Cell, str] = field(default_factory=dict)
    """Of cells that are struck out in part: what was, which is no part of what they hold."""
    merged: Mapping[Cell, int] = field(default_factory=dict)
    """Of a cell that others below are merged into: the place of the last row."""

    def place(self, row: int, column: int | None = None) -> Place:
        """Say where a cell is as people see it in the spreadsheet: 七年级1班!C5."""
        cell = f"第{self.numbers[row]}行"
        if column is not None:
            cell = f"{column_letters(column)}{self.numbers[row]}"
        return Place(self.file, path=f"{self.name}!{cell}" if self.name else cell)


def column_letters(column: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def read_sheets(
    path: Path, name: str | None = None, room: Extent = ROSTER
) -> tuple[tuple[Sheet, ...], Problems]:
    """Read every table of a file."""
    shown, suffix = name or path.name, path.suffix.lower()
    place = Place(shown)
    if not is_file(path):
        return (), (problem("ROST001", place, file=shown),)
    if path.stat().st_size > room.file:
        return (), (problem("ROST003", place, limit=room.file // 1_000_000),)
    kind = kind_of(path)
    if suffix not in SUFFIXES and kind not in ("xlsx", "锁文件"):
        return (), (problem("ROST002", place, suffix=suffix),)
    if kind in REFUSED:
        return (), (problem(REFUSED[kind], place),)
    if kind == "文本":
        return _read_text(path, shown, room)
    read = {"xlsx": _packed(read_workbook), "ods": _packed(read_open_document), "xls": _old}[kind]
    sheets, found = _collected(read, path, shown, room)
    if sheets and kind in WITHOUT_LOOKS:
        found = (*found, problem("ROST052", place))
    return sheets, found


Reader = Callable[[Path, Extent], Iterator[RawSheet]]


def _collected(
    read: Reader, path: Path, shown: str, room: Extent
) -> tuple[tuple[Sheet, ...], Problems]:
    sheets: list[Sheet] = []
    found: list[Problem] = []
    try:
        for raw in read(path, room):
            table, told = _table(raw, shown, room)
            found += told
            if table is not None and table.rows:
                sheets.append(table)
    except TooManySheetsError:
        return (), (problem("ROST009", Place(shown), limit=MAX_SHEETS),)
    except TooMuchError:
        return (), (problem("ROST005", Place(shown), total=room.xml // 1_000_000),)
    except (NotAWorkbookError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return (), (problem("ROST051", Place(shown)),)
    # What else a damaged file makes its readers say: zlib.error, ValueError, EOFError …
    except Exception:  # noqa: BLE001
        return (), (problem("ROST051", Place(shown)),)
    return tuple(sheets), tuple(found)


def _table(raw: RawSheet, shown: str, room: Extent) -> tuple[Sheet | None, tuple[Problem, ...]]:
    place = Place(shown, path=raw.name)
    if raw.hidden:
        return None, (problem("ROST018", place),)
    if raw.too_long:
        return None, (problem("ROST006", place, limit=room.rows),)
    numbers = tuple(sorted(raw.rows))
    places = {number: place for place, number in enumerate(numbers)}
    rows = tuple(_row(raw.rows[number]) for number in numbers)
    hidden = frozenset(places[row] for row in raw.hidden_rows if row in places)
    struck = frozenset((places[row], column) for row, column in raw.struck if row in places)
    partly = {(places[row], at): text for (row, at), text in raw.partly.items() if row in places}
    return Sheet(shown, raw.name, rows, numbers, hidden, struck, partly, _merged(raw, places)), ()


def _row(cells: Mapping[int, object]) -> Cells:
    """Lay cells out in a row; blank ones at its end are nothing."""
    last = max((column for column, cell in cells.items() if not _is_empty(cell)), default=-1)
    return tuple(_short(cells.get(column)) for column in range(last + 1))


def _short(cell: object) -> object:
    """Cut what no list of pupils holds: it is told as too long, and costs no time."""
    return cell[:MAX_TEXT] if isinstance(cell, str) and len(cell) > MAX_TEXT else cell


def _merged(raw: RawSheet, places: Mapping[int, int]) -> dict[Cell, int]:
    """Map the first cell of what is merged downwards to the last row that holds anything."""
    merged: dict[Cell, int] = {}
    numbers = tuple(places)
    for first, column, last, _ in raw.merged:
        if last > first and first in places:
            merged[places[first], column] = bisect_right(numbers, last) - 1
    return merged


def _packed(
    read: Callable[[Parts, int, Limits], Iterator[RawSheet]],
) -> Reader:
    def reader(path: Path, room: Extent) -> Iterator[RawSheet]:
        with zipfile.ZipFile(path) as packed:
            parts = Parts(packed, room.xml, room.tags)
            yield from read(parts, MAX_SHEETS, Limits(room.rows, MAX_COLUMNS))

    return reader


def _old(path: Path, room: Extent) -> Iterator[RawSheet]:
    """Read the format of Excel 97 to 2003, which WPS calls .et."""
    from python_calamine import CalamineWorkbook

    data = path.read_bytes()
    if any(rows * columns > MAX_OLD for rows, columns in _sizes_told(data)):
        raise TooMuchError
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    if len(book.sheets_metadata) > MAX_SHEETS:
        raise TooManySheetsError
    for about in book.sheets_metadata:
        if not str(about.typ).endswith("WorkSheet"):
            continue
        hidden = not str(about.visible).endswith(".Visible")
        raw = RawSheet(about.name, hidden)
        if not hidden:
            _fill_old(raw, book.get_sheet_by_name(about.name), room)
        yield raw


def _sizes_told(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the rows and columns that sheets of the old format claim: its reader makes room for
    every cell between the first and the last.
    """
    for found in _DIMENSIONS.finditer(data):
        top, bottom, left, right, rest = unpack_from("<IIHHH", data, found.end())
        if top < bottom <= 65_536 and left < right <= 256 and not rest:
            yield bottom, right


def _fill_old(raw: RawSheet, sheet: Any, room: Extent) -> None:
    width = (sheet.end or (0, -1))[1] + 1
    for number, cells in enumerate(sheet.iter_rows(), 1):
        left = width - len(cells)  # blank columns before the first are not given
        here = enumerate(cells[:MAX_COLUMNS], left)
        kept = {column: cell for column, cell in here if not _is_empty(cell)}
        if kept and len(raw.rows) == room.rows:
            raw.too_long = True
            return
        if kept:
            raw.rows[number] = kept
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        raw.merged.append((top + 1, left, bottom + 1, right))


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _read_text(path: Path, shown: str, room: Extent) -> tuple[tuple[Sheet, ...], Problems]:
    text = _decoded(path.read_bytes())
    if text is None or "\0" in text:
        return (), (problem("ROST007", Place(shown)),)
    rows: list[Cells] = []
    numbers: list[int] = []
    try:
        for number, cells in _lines(text):
            if kept := _row(dict(enumerate(cells))):
                rows.append(kept)
                numbers.append(number)
            if len(rows) > room.rows:
                return (), (problem("ROST006", Place(shown), limit=room.rows),)
    except csv.Error:
        return (), (problem("ROST053", Place(shown)),)
    return (Sheet(shown, "", tuple(rows), tuple(numbers)),) if rows else (), ()


def _decoded(raw: bytes) -> str | None:
    """Decode text; what Excel calls Unicode text is UTF-16."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError:
            return None
    return decode(raw)


def _lines(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    head = text[:5_000]
    delimiter = max(",\t;", key=head.count)
    reader: Iterable[list[str]] = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for number, cells in enumerate(reader, 1):
        yield number, tuple(cells[:MAX_COLUMNS])

"""Rosters of tests: rows written into a workbook and read."""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from kcbx_docs.case.batch import RosterSpec
from kcbx_docs.case.roster import read_roster
from kcbx_docs.case.roster_reading import RosterReading

TODAY = date(2026, 11, 22)
Sheets = Mapping[str, Sequence[Sequence[object]]]


def workbook(sheets: Sheets, change: Callable[[Any], None] | None = None) -> bytes:
    """Write sheets of rows; ``change`` merges, hides and strikes out."""
    book, out = Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cell in (cell for cells in sheet for cell in cells if cell.data_type == "f"):
            cell.data_type = "s"  # what looks like a formula is text, unless ``change`` says else
    if change:
        change(book)
    book.save(out)
    return out.getvalue()


def read_bytes(folder: Path, data: bytes, name: str = "名册.xlsx", **spec: object) -> RosterReading:
    """Read a file of these bytes as a roster."""
    (folder / name).write_bytes(data)
    whole = RosterSpec.model_validate({"文件": name, **spec})
    return read_roster(folder / name, whole, TODAY)


def reading_of(
    folder: Path, sheets: Sheets, change: Callable[[Any], None] | None = None, **spec: object
) -> RosterReading:
    """Write a workbook and read it."""
    return read_bytes(folder, workbook(sheets, change), **spec)

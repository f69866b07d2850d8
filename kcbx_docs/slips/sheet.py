"""The sign-off sheet of a class as the teacher filled it in at the computer."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kcbx_docs.case.sheets import Sheet, read_sheets
from kcbx_docs.office.returns import DEFECTS, Returns
from kcbx_docs.office.slips import Slip
from kcbx_docs.problems import Place, Problem, problem, raise_errors
from kcbx_docs.slips.serials import slips_meant

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "编号": ("编号", "序号", "流水号", "班内号", "核验码"),
    "姓名": ("姓名", "学生姓名", "学生"),
    "班级": ("班级", "班别"),
    "收回": (
        "收回",
        "已收回",
        "交回",
        "是否收回",
        "实收",
        "签收",
        "家长签名",
        "签名",
        "监护人签名",
    ),
    "缺陷": ("缺陷", "问题"),
    "备注": ("备注", "说明"),
}
_YES_WORDS = "是 有 已收 已收回 已交 收 交 签 已签 已签名 √ ✓ ✔ ☑ v y yes 1 1份"
_YES = frozenset(_YES_WORDS.split())
_NO_WORDS = "否 无 未收 未收回 未交 没交 没有 缺 × ✗ ✘ ☐ x n no 0 / - 未到"
_NO = frozenset(_NO_WORDS.split())
_SEARCHED = 15


@dataclass(frozen=True)
class SheetLine:
    """A line of the sheet that says of a serial whether its part came back."""

    slip: Slip
    defect: str


def read_sheet(
    path: Path, known: Returns, batch: str = "", label: str = ""
) -> tuple[tuple[SheetLine, ...], tuple[Problem, ...]]:
    """Read who gave something back; a line that is unclear or of another name is not taken."""
    sheets, problems = read_sheets(path, str(path))
    raise_errors(problems)
    lines: list[SheetLine] = []
    found: list[Problem] = []
    read = 0
    for sheet in sheets:
        if head := _head(sheet):
            read += 1
            row, columns = head
            for at in range(row + 1, len(sheet.rows)):
                told = _line(sheet, at, columns, known, (batch, label))
                lines += (one for one in told if isinstance(one, SheetLine))
                found += (one for one in told if isinstance(one, Problem))
    if not read:
        raise_errors([problem("SLIP040", Place(str(path)))])
    return tuple(lines), tuple(found)


def _head(sheet: Sheet) -> tuple[int, Mapping[str, int]] | None:
    """Find the row of headings: it names the serial and what came back."""
    for at, cells in enumerate(sheet.rows[:_SEARCHED]):
        texts = [_text(cell).replace(" ", "") for cell in cells]
        columns: dict[str, int] = {}
        for name, words in _COLUMNS.items():
            where = [texts.index(word) for word in words if word in texts]
            if where:
                columns[name] = where[0]
        if {"编号", "收回"} <= columns.keys():
            return at, columns
    return None


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return unicodedata.normalize("NFKC", "" if cell is None else str(cell)).strip()


def _line(
    sheet: Sheet,
    at: int,
    columns: Mapping[str, int],
    known: Returns,
    within: tuple[str, str],
) -> list[SheetLine | Problem]:
    cells = sheet.rows[at]
    told = {n: _text(cells[c]) if c < len(cells) else "" for n, c in columns.items()}
    place = sheet.place(at, columns["收回"])
    defect = _defect(told)
    if not told["编号"] or _came_not(told["收回"].lower(), defect):
        return []
    if at in sheet.hidden or (at, columns["编号"]) in sheet.struck:
        return [problem("SLIP041", place)]
    if unclear := _unclear(told, defect):
        return [problem("SLIP042", place, mark=unclear)]
    batch, label = within
    slips, problems = slips_meant((told["编号"],), known, batch, label or _label(told, known))
    if problems or len(slips) != 1:
        found = [replace(one, place=place) for one in problems]
        return [*found] or [problem("SLIP042", place, mark=told["编号"])]
    return _named(slips[0], told, defect, place)


def _defect(told: Mapping[str, str]) -> str:
    """Return the defect that the line names, word for word."""
    named = (told.get("缺陷"), told.get("备注"))
    return next((one for one in DEFECTS if one in named), "")


def _came_not(mark: str, defect: str) -> bool:
    return not defect and (not mark or mark in _NO)


def _unclear(told: Mapping[str, str], defect: str) -> str:
    """Return what was written where it says neither yes nor no, or a defect of no known kind."""
    if defect:
        return ""
    if told["收回"].lower() not in _YES:
        return told["收回"]
    fault = told.get("缺陷", "")
    return "" if fault in _NO else fault


def _label(told: Mapping[str, str], known: Returns) -> str:
    """Return the class that the line names, if any is called so."""
    label = told.get("班级", "")
    return label if any(slip.class_name == label for slip in known.slips) else ""


def _named(
    slip: Slip, told: Mapping[str, str], defect: str, place: Place
) -> list[SheetLine | Problem]:
    """Take a line only if it names whom the ledger knows under the serial."""
    name, remark = told.get("姓名", ""), told.get("备注", "")
    if name and slip.name and _letters(name) != _letters(slip.name):
        return [problem("SLIP043", place, serial=slip.serial, name=name)]
    line = SheetLine(slip, defect)
    if remark and remark not in (*DEFECTS, *_NO):
        return [line, problem("SLIP045", place, serial=slip.serial, remark=remark)]
    return [line]


def _letters(name: str) -> str:
    """Write a name without what people put between its signs."""
    return "".join(char for char in unicodedata.normalize("NFKC", name) if char.isalnum())


def lines_once(lines: Sequence[SheetLine]) -> Iterator[Problem]:
    """Tell of serials of which two lines say different things."""
    met: dict[Slip, str] = {}
    for line in lines:
        if met.setdefault(line.slip, line.defect) != line.defect:
            yield problem("SLIP044", serial=line.slip.serial)

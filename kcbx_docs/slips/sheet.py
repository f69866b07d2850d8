"""The sign-off sheet of a class as the teacher filled it in at the computer."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, product
from pathlib import Path

from kcbx_docs.case.classes import class_in_title, class_of_sheet
from kcbx_docs.case.sheets import Sheet, read_sheets
from kcbx_docs.light import dataclass, regex
from kcbx_docs.office.returns import DEFECTS, Returns
from kcbx_docs.office.slips import Slip
from kcbx_docs.problems import Place, Problem, problem, raise_errors
from kcbx_docs.slips.serials import class_meant, slips_meant

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "编号": ("编号", "序号", "流水号", "班内号", "核验码"),
    "姓名": ("姓名", "学生姓名", "学生"),
    "班级": ("班级", "班别"),
    "收回": (
        "收回",
        "回执",
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
_YES_WORDS = "是 有 已收 已收回 已交 收 交 签 已签 已签名 √ ✓ ✔ ☑ ■ v y yes 1 1份"
_YES = frozenset(_YES_WORDS.split())
_NO_WORDS = "否 无 未收 未收回 未交 没交 没有 缺 × ✗ ✘ ☐ □ x n no 0 / - 未到"
_NO = frozenset(_NO_WORDS.split())
_SEARCHED = 15


@dataclass(frozen=True)
class SheetLine:
    """A line of the sheet that says of a serial that its part came back; ``document`` is empty
    where the heading does not say of which paper.
    """

    slip: Slip
    defect: str
    document: str = ""


@dataclass(frozen=True)
class SheetMark:
    """A cell that says that something came back: of which paper, and with what defect."""

    place: Place
    defect: str
    document: str


@dataclass(frozen=True)
class _Within:
    """What is known of a line from outside: of which batch and class it is."""

    known: Returns
    batch: str
    label: str


def read_sheet(
    path: Path,
    known: Returns,
    batch: str = "",
    label: str = "",
    titles: Mapping[str, str] | None = None,
) -> tuple[tuple[SheetLine, ...], tuple[Problem, ...]]:
    """Read who gave something back; a line that is unclear or of another name is not taken.

    A column may be headed by the title of a paper, as on the sheet that is printed: ``titles``
    says which document each title is.
    """
    sheets, problems = read_sheets(path, str(path))
    raise_errors(problems)
    lines: list[SheetLine] = []
    found: list[Problem] = []
    read = 0
    for sheet in sheets:
        if head := _head(sheet, titles or {}):
            read += 1
            row, columns, marks = head
            within = _Within(known, batch, label or _class_above(sheet, row, known))
            for at, (mark, document) in product(range(row + 1, len(sheet.rows)), marks.items()):
                told = _line(sheet, at, {**columns, "收回": mark}, within, document)
                lines += (one for one in told if isinstance(one, SheetLine))
                found += (one for one in told if isinstance(one, Problem))
    if not read:
        raise_errors([problem("SLIP040", Place(str(path)))])
    return tuple(lines), tuple(found)


def _head(
    sheet: Sheet, titles: Mapping[str, str]
) -> tuple[int, Mapping[str, int], Mapping[int, str]] | None:
    """Find the row of headings: it names the serial and what came back, in one column or in one
    for each paper.
    """
    for at, cells in enumerate(sheet.rows[:_SEARCHED]):
        texts = ["".join(_text(cell).split()) for cell in cells]
        columns: dict[str, int] = {}
        for name, words in _COLUMNS.items():
            where = [texts.index(word) for word in words if word in texts]
            if where:
                columns[name] = where[0]
        marks = {n: titles[text] for n, text in enumerate(texts) if text in titles}
        if not marks and "收回" in columns:
            marks = {columns["收回"]: ""}
        if "编号" in columns and marks:
            return at, columns, marks
    return None


def _class_above(sheet: Sheet, row: int, known: Returns) -> str:
    """Return the one class that stands above the headings, or after which the sheet is called."""
    above = map(_text, chain.from_iterable(sheet.rows[:row]))
    read = [class_of_sheet(sheet.name), *filter(None, map(class_in_title, above))]
    found = {class_meant(one.label, known.slips) for one in read} - {""}
    return found.pop() if len(found) == 1 else ""


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return unicodedata.normalize("NFKC", "" if cell is None else str(cell)).strip()


def _line(
    sheet: Sheet, at: int, columns: Mapping[str, int], within: _Within, document: str
) -> list[SheetLine | Problem]:
    cells = sheet.rows[at]
    told = {n: _text(cells[c]) if c < len(cells) else "" for n, c in columns.items()}
    place = sheet.place(at, columns["收回"])
    defect = _defect(told)
    if not told["编号"] or _came_not(told["收回"].lower(), "" if document else defect):
        return []
    if at in sheet.hidden or (at, columns["编号"]) in sheet.struck:
        return [problem("SLIP041", place)]
    if unclear := _unclear(told, defect):
        return [problem("SLIP042", place, mark=unclear)]
    return _whose(told, SheetMark(place, defect, document), within)


def _whose(told: Mapping[str, str], mark: SheetMark, within: _Within) -> list[SheetLine | Problem]:
    """Find the serials of a line that says that something came back."""
    place = mark.place
    label = class_meant(told.get("班级", ""), within.known.slips) or within.label
    slips, problems = slips_meant((told["编号"],), within.known, within.batch, label)
    if told.get("姓名") and len(slips) > 1:
        return [problem("SLIP042", place, mark=told["编号"])]
    found = [replace(one, place=place) for one in problems]
    if any(one.is_error for one in found):
        return [*found]
    lines = (SheetLine(slip, mark.defect, mark.document) for slip in slips)
    return [*found, *chain.from_iterable(_named(line, told, place) for line in lines)]


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
    fault, remark = told.get("缺陷", ""), told.get("备注", "")
    if fault and fault not in _NO:
        return fault
    return remark if _SOUNDS_AMISS.search(remark) else ""


_SOUNDS_AMISS = regex("签|撕|破|烂|丢|错|不清|空白")
"""A remark that may tell of a defect: whoever wrote it says which."""


def _named(line: SheetLine, told: Mapping[str, str], place: Place) -> list[SheetLine | Problem]:
    """Take a line only if it names whom the ledger knows under the serial."""
    slip, name, remark = line.slip, told.get("姓名", ""), told.get("备注", "")
    if name and slip.name and _letters(name) != _letters(slip.name):
        return [problem("SLIP043", place, serial=slip.serial, name=name)]
    if remark and remark not in (*DEFECTS, *_NO):
        return [line, problem("SLIP045", place, serial=slip.serial, remark=remark)]
    return [line]


def _letters(name: str) -> str:
    """Write a name without what people put between its signs."""
    return "".join(char for char in unicodedata.normalize("NFKC", name) if char.isalnum())


def lines_once(lines: Sequence[SheetLine]) -> Iterator[Problem]:
    """Tell of serials of which two lines say different things."""
    met: dict[tuple[Slip, str], str] = {}
    for line in lines:
        if met.setdefault((line.slip, line.document), line.defect) != line.defect:
            yield problem("SLIP044", serial=line.slip.serial)

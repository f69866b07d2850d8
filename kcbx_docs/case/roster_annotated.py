"""The roster that goes back to the class teachers: the school's own rows, each in its own place,
with colours and comments on the very cells, and a sheet that says what they mean.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from kcbx_docs.case.cells import text_of
from kcbx_docs.case.roster_family import DIED
from kcbx_docs.case.roster_reading import RosterReading, by_class
from kcbx_docs.case.sheets import Sheet
from kcbx_docs.case.workbook import Look, WrittenCell, WrittenSheet, width_of, workbook_bytes
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Problem

RESULT, LEGEND = "检查结果", "检查说明"
_CELL = regex(r"([A-Z]+)(\d+)")
_WIDEST, _NARROWEST, _HEAD = 40, 6, 13
_KEY: tuple[tuple[Look, str], ...] = (
    ("暂缓", "这名学生暂缓，没有印。改好这一格，可以单独印。"),
    ("留空", "这一格有疑问：学生照样印；看批注，有的内容没有用，文书上留空，由家长填写。"),
    ("不补", "写明去世的家长：不印，也不请他签名；没有写错的不用改，也不用补。"),
    ("跳过", "这一行不是学生，跳过了：合计、填表人、小标题、没有姓名的行。"),
    ("普通", "没有颜色的行照样印。"),
)


@dataclass
class _Marks:
    """What is to be seen on the cells of one table."""

    notes: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    looks: dict[tuple[int, int], Look] = field(default_factory=dict)
    results: dict[int, list[str]] = field(default_factory=dict)
    whole_rows: dict[int, Look] = field(default_factory=dict)
    about: list[Problem] = field(default_factory=list)
    """What is told of the table as a whole."""


def annotated(reading: RosterReading) -> bytes:
    """Write what was read as a workbook for the school: nothing in it is a formula."""
    marks = {sheet.name: _Marks() for sheet in reading.tables}
    _mark_rows(reading, marks)
    held: set[tuple[str, Problem]] = set()
    for one in reading.held:
        held.update((one.sheet, found) for found in one.held)
    for found in reading.problems:
        if found.severity != "note":
            _mark(found, marks, held)
    tables = [_table(sheet, marks[sheet.name]) for sheet in reading.tables]
    return workbook_bytes([_legend(reading, marks), *tables])


def _mark_rows(reading: RosterReading, marks: Mapping[str, _Marks]) -> None:
    labels: dict[tuple[str, str], str] = {}
    for sheet in reading.sheets:
        labels.update(((sheet.name, name), label) for label, name in sheet.columns)
    for pupil in reading.pupils:
        own = marks[pupil.sheet]
        said = "；".join(found.message.rstrip("。") for found in pupil.held)
        doubts = "、".join(labels.get((pupil.sheet, name), name) for name in pupil.doubts)
        left = f"可以印；留空：{doubts}" if doubts else "可以印"
        own.results.setdefault(pupil.row, []).append(f"暂缓：{said}" if pupil.held else left)
    for row in reading.skipped:
        marks[row.sheet].results.setdefault(row.row, []).append(f"跳过：{row.reason}")
        marks[row.sheet].whole_rows[row.row] = "跳过"


def _mark(found: Problem, marks: Mapping[str, _Marks], held: set[tuple[str, Problem]]) -> None:
    sheet, _, cell = found.place.path.rpartition("!")
    own = marks.get(sheet) or marks.get(found.place.path)
    place = _place(cell)
    if own is None:
        own = next(iter(marks.values()), _Marks())
        own.about.append(found)
    elif place is None:
        own.about.append(found)
    else:
        own.notes.setdefault(place, []).append(f"{found.message}{found.hint}")
        look = _look_of(found, stops=(sheet, found) in held)
        own.looks[place] = max(look, own.looks.get(place, look), key=_WEIGHTS.index)


_WEIGHTS: tuple[Look, ...] = ("不补", "留空", "暂缓")


def _look_of(found: Problem, *, stops: bool) -> Look:
    if stops:
        return "暂缓"
    return "不补" if found.code == DIED else "留空"


def _place(cell: str) -> tuple[int, int] | None:
    """Return the row and the column of a cell; a whole row is marked in its first."""
    if found := re.fullmatch(r"第(\d+)行", cell):
        return int(found[1]), 0
    found = _CELL.fullmatch(cell)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1


def _table(sheet: Sheet, marks: _Marks) -> WrittenSheet:
    width = max(map(len, sheet.rows), default=0)
    rows: dict[int, dict[int, WrittenCell]] = {}
    widths: dict[int, float] = {width: 44}
    first = min(marks.results, default=0)
    for place, column in sheet.struck:
        marks.looks[sheet.numbers[place], column] = "删去"
    for cells, number in zip(sheet.rows, sheet.numbers, strict=True):
        rows[number] = _row(cells, number, marks, width)
        if number not in marks.results or number in marks.whole_rows:
            continue
        for column, cell in enumerate(cells):
            shown = max(map(width_of, text_of(cell).split("\n")), default=0) + 1
            widths[column] = max(widths.get(column, _NARROWEST), min(shown, _WIDEST))
    above = max((number for number in sheet.numbers if number < first), default=0)
    if above:
        for column, head in rows[above].items():
            widths[column] = max(widths.get(column, 0), min(width_of(head.text) + 1, _HEAD))
        rows[above][width] = WrittenCell(RESULT, "表头")
    return WrittenSheet(sheet.name or "名单", rows, widths, frozen=above)


def _row(cells: Sequence[object], number: int, marks: _Marks, width: int) -> dict[int, WrittenCell]:
    whole = marks.whole_rows.get(number, "普通")
    written: dict[int, WrittenCell] = {}
    for column in range(width):
        place = (number, column)
        text = _shown(cells[column]) if column < len(cells) else ""
        note = "\n".join(marks.notes.get(place, ()))
        if text or note:
            written[column] = WrittenCell(text, marks.looks.get(place, whole), note)
    if result := "；".join(dict.fromkeys(marks.results.get(number, ()))):
        look: Look = "暂缓" if "暂缓：" in result else whole
        written[width] = WrittenCell(result, look)
    return written


def _shown(cell: object) -> str:
    """Return a cell as it stands in the roster, its lines kept."""
    return cell.strip() if isinstance(cell, str) else text_of(cell)


def _legend(reading: RosterReading, marks: Mapping[str, _Marks]) -> WrittenSheet:
    lines = list(_lines(reading, marks))
    rows = {number: cells for number, cells in enumerate(lines, 1) if cells}
    return WrittenSheet(LEGEND, rows, {0: 16, 1: 14, 2: 18, 3: 90})


Cells = dict[int, WrittenCell]


def _lines(reading: RosterReading, marks: Mapping[str, _Marks]) -> Iterator[Cells]:
    """Yield the lines of the sheet that says what was read and what the colours mean."""
    yield {0: WrittenCell("名单检查", "标题")}
    counts = (len(reading.printable), len(reading.held), len(reading.skipped))
    told = (
        f"读到 {reading.rows} 行：可以印 {counts[0]} 名，暂缓 {counts[1]} 名，跳过 {counts[2]} 行。"
    )
    yield _told(told)
    yield _told("请在原来的名册里改，改好后发回；本文件的内容和名册一样，也可以直接在这里改。")
    yield {}
    yield _heads("颜色", "", "", "意思")
    for look, meaning in _KEY:
        yield {0: WrittenCell(look if look != "普通" else "无色", look), 3: WrittenCell(meaning)}
    yield {}
    yield _heads("班级", "可以印", "暂缓", "")
    for label, pupils in by_class(reading.pupils):
        held = sum(bool(one.held) for one in pupils)
        yield _plain(label or "没有班级", str(len(pupils) - held), str(held))
    yield from _columns(reading)
    yield from _about(marks)
    yield from _held(reading)
    yield from _skipped(reading)


def _told(text: str) -> Cells:
    return {0: WrittenCell(""), 3: WrittenCell(text)}


def _heads(*texts: str) -> Cells:
    return {column: WrittenCell(text, "表头") for column, text in enumerate(texts)}


def _plain(*texts: str) -> Cells:
    return {column: WrittenCell(text) for column, text in enumerate(texts)}


def _columns(reading: RosterReading) -> Iterator[Cells]:
    yield {}
    yield _heads("工作表", "读到行数", "", "认得的列；没有用的列")
    for sheet in reading.sheets:
        known = "、".join(label for label, _ in sheet.columns) or "没有表头，没有读"
        unused = f"；没有用：{'、'.join(sheet.unused)}" if sheet.unused else ""
        yield _plain(sheet.name or "名单", str(sheet.rows), "", known + unused)


def _about(marks: Mapping[str, _Marks]) -> Iterator[Cells]:
    if any(own.about for own in marks.values()):
        yield {}
        yield _heads("工作表", "", "", "整个表的提醒")
    for name, own in marks.items():
        for found in own.about:
            yield _plain(name or "名单", "", "", f"{found.message}{found.hint}")


def _held(reading: RosterReading) -> Iterator[Cells]:
    if not reading.held:
        return
    yield {}
    yield _heads("工作表", "行", "暂缓的学生", "为什么，怎么办")
    for pupil in reading.held:
        why = "\n".join(f"{found.message}{found.hint}" for found in pupil.held)
        texts = (pupil.sheet or "名单", str(pupil.row), pupil.pupil.name, why)
        yield {
            column: WrittenCell(text, "暂缓" if column == 2 else "普通")
            for column, text in enumerate(texts)
        }


def _skipped(reading: RosterReading) -> Iterator[Cells]:
    if not reading.skipped:
        return
    yield {}
    yield _heads("工作表", "行", "跳过的原因", "这一行写着")
    reasons = Counter(row.reason for row in reading.skipped)
    for row in reading.skipped:
        if reasons[row.reason] > MANY and not row.problem:
            continue
        yield _plain(row.sheet or "名单", str(row.row), row.reason, row.text)
    for reason, count in reasons.items():
        if count > MANY:
            yield {2: WrittenCell(reason), 3: WrittenCell(f"共 {count} 行")}


MANY = 200
"""Rows skipped for one reason that are listed one by one."""

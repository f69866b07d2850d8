"""The lines of a school's lists: where each list of a sheet begins, and what every row of it is:
a pupil, one more parent of the pupil above, the heading of a class, a foot, or nothing of these.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import chain

from kcbx_docs.case.batch import RosterSpec
from kcbx_docs.case.cells import spoilt, text_of
from kcbx_docs.case.classes import UNPLACED, ClassName, class_in_title, put_together
from kcbx_docs.case.columns import (
    HEADER_WITHIN,
    NAMES,
    Header,
    find_header,
    headers_at,
    phone_of_nobody,
    plain_header,
    roster_words,
    side_by_side,
)
from kcbx_docs.case.ids import mask_numbers
from kcbx_docs.case.remarks import heads_leavers
from kcbx_docs.case.roster_reading import SkippedRow
from kcbx_docs.case.sheets import Sheet
from kcbx_docs.case.spreadsheet_xml import Spoilt
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.words import did_you_mean

MAX_TEXT = 200
_NOTE = regex(
    r"(?:合计|总计|小计|共计|填表|制表|审核|复核|校长|班主任|负责人|经办人|备注|说明|注|注意|填报|"
    r"日期|单位|盖章|签字|签名)[^:：]{0,4}[:：].*|注意?事项.*"
)
_COUNTED = regex(
    r"(?:全[班校]|本[班页表])?(?:共|总共|合计|共计|总计|小计|男生?|女生?)\D{0,4}\d.{0,40}"
)
_TEACHING = regex("任教|任课|职称|教龄|职务|学科")
_SENTENCE = regex("[，。；！？,;!?]")
_LONG_ALONE = 7
"""Characters from which on a lone cell is taken for a sentence and not for a name."""
_PART = regex(
    "(?:新?转入|复学|返校|住校|走读|住宿|寄宿|留守|随班就读|借读|在校|男|女)(?:学?生|儿童)(?:名单)?"
)
_FEW, _LABEL, _MANY = 4, 12, 3
_PLACING = frozenset(("班级", "年级", "性别", "民族"))

_FOOT, _HEADING, _AGAIN = "合计、说明或者签名", "班级的小标题", "与上一行是同一名学生"
_KIND = "小标题"
_NAMELESS, ABOVE = "没有姓名", "在表头上面，没有读"
UNLIKE, OTHER_LIST = "不像学生的姓名", "右边另一列「姓名」，没有读"


@dataclass(frozen=True)
class PupilLine:
    """A row that is a pupil, within the columns of its list."""

    sheet: Sheet
    row: int
    header: Header
    cells: Mapping[int, object]
    title: ClassName = UNPLACED
    """The class that the heading above speaks of."""
    more: tuple[Mapping[int, object], ...] = ()
    """Rows below that belong to the same pupil: the cell of the name is merged over them."""
    left: str = ""
    """The heading above that says that those below have left: 转出学生."""

    def cell(self, field: str) -> object:
        """Return what stands in the column of a field."""
        column = self.header.column_of(field)
        return None if column is None else self.cells.get(column)

    def place(self, field: str = "") -> Place:
        """Say where a field of this row stands."""
        return self.sheet.place(self.row, self.header.column_of(field) if field else None)


@dataclass
class SheetLayout:
    """The lists of one sheet."""

    sheet: Sheet
    headers: tuple[Header, ...] = ()
    lines: list[PupilLine] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def of_sheet(sheet: Sheet, spec: RosterSpec, sheets: Sequence[Sheet]) -> RosterSpec:
    """Leave out the columns that the batch file names and only other sheets have."""
    if not spec.columns or len(sheets) == 1:
        return spec
    here = _labels_in(sheet)
    others = frozenset(chain.from_iterable(map(_labels_in, sheets)))
    own = {
        known: label
        for known, label in spec.columns.items()
        if plain_header(label) in here or plain_header(label) not in others
    }
    return spec.model_copy(update={"columns": own})


def _labels_in(sheet: Sheet) -> frozenset[str]:
    """Return whatever may be the label of a column, as labels are compared."""
    cells = chain.from_iterable(sheet.rows[:HEADER_WITHIN])
    return frozenset(plain_header(cell) for cell in cells if isinstance(cell, str))


def layout_of(sheet: Sheet, spec: RosterSpec, *, wanted: bool) -> SheetLayout:
    """Find the lists of a sheet and divide their rows; ``wanted`` where it must be a list."""
    layout = SheetLayout(sheet)
    header = find_header(sheet.rows, spec.columns, spec.header_row)
    layout.problems += _header_problems(sheet, header, spec, wanted)
    if header is None or header.missing:
        return layout
    if _of_teachers(header):
        layout.problems = [problem("ROST119", Place(sheet.file, path=sheet.name))]
        return layout
    parts = side_by_side(header, spec.columns)
    layout.headers = tuple(part for part in parts if part.column_of("姓名") is not None)
    _above(layout, header.top)
    for part in layout.headers:
        _List(layout, part, spec.columns).read()
    layout.lines.sort(key=lambda line: (line.header.left, line.row))
    return layout


def _of_teachers(header: Header) -> bool:
    """Tell whether a list is of those who teach: it says what they do, and nothing of a pupil."""
    pupils = {"班级", "年级", "学籍号"} & set(header.columns.values())
    teaching = any(_TEACHING.search(label) for label in header.unused)
    return teaching and not pupils and not names_family(header.columns.values())


def _above(layout: SheetLayout, top: int) -> None:
    """Account for what stands above the header where it looks like more than headings."""
    sheet = layout.sheet
    full = [row for row in range(top) if _filled(sheet.rows[row]) >= _MANY]
    if len(full) < _MANY:
        return
    place = sheet.place(full[0])
    layout.problems.append(problem("ROST093", place, row=sheet.numbers[top], count=len(full)))
    for row in full:
        text = mask_numbers(" ".join(filter(None, map(text_of, sheet.rows[row]))))[:MAX_TEXT]
        layout.skipped.append(SkippedRow(sheet.name, sheet.numbers[row], text, ABOVE))


def _filled(cells: Sequence[object]) -> int:
    return sum(map(_says_something, cells))


def _header_problems(
    sheet: Sheet, header: Header | None, spec: RosterSpec, wanted: bool
) -> Iterator[Problem]:
    place = Place(sheet.file, path=sheet.name)
    if header is None:
        yield problem("ROST011" if wanted else "ROST012", place)
        return
    labels = [label for label in header.labels if label]
    for known, label in header.missing:
        advice = did_you_mean(label, labels)
        yield problem("ROST013", place, field=known, label=label, advice=advice)
    parts = side_by_side(header, spec.columns)
    for column, label in header.repeated if len(parts) == 1 else ():
        code = "ROST066" if column in header.other_names else "ROST014"
        yield problem(code, sheet.place(header.first_row - 1, column), label=label)
    yield from _unused(sheet, parts[0])
    yield from _about_family(sheet, header)


def _about_family(sheet: Sheet, header: Header) -> Iterator[Problem]:
    """Say that nobody of the family is named, or that nobody's number is known to be theirs."""
    known = header.columns.values()
    if not names_family(known):
        yield problem("ROST016", Place(sheet.file, path=sheet.name))
        return
    column = phone_of_nobody(header.columns, header.labels)
    if column is not None and not any(name.endswith("电话") and name != "电话" for name in known):
        place = sheet.place(header.first_row - 1, column)
        yield problem("ROST138", place, label=header.label_of("电话"))


def _unused(sheet: Sheet, header: Header) -> Iterator[Problem]:
    ignored, states = roster_words()["ignored"]["columns"], roster_words()["states"]
    unused = [label for label in header.unused if plain_header(label) not in ignored]
    for label in unused:
        column = header.labels.index(label) if label in header.labels else 0
        place = sheet.place(header.first_row - 1, column)
        if re.search("关系|称谓", label):
            yield problem("ROST080", place, label=label)
        elif plain_header(label) in states["gone"] or plain_header(label) in states["here"]:
            yield problem("ROST118", place, label=label)
    if unused:
        yield problem("ROST015", Place(sheet.file, path=sheet.name), labels="、".join(unused))


def names_family(fields: Iterable[str]) -> bool:
    """Tell whether anybody but the pupil is named: 父亲姓名, 监护人1姓名 ..."""
    return any(name.endswith("姓名") and name != "姓名" for name in fields)


class _List:
    """One list of a sheet, read from its header down."""

    def __init__(self, layout: SheetLayout, header: Header, own: Mapping[str, str]) -> None:
        self.layout, self.sheet, self.own = layout, layout.sheet, own
        self.header = header
        self.title: ClassName = self._title_above(header.top)
        self.left = ""
        self.fill: dict[int, tuple[int, object]] = {}
        """Of a column: the last row of a merged cell, and what it holds."""

    def read(self) -> None:
        row, end = self.header.first_row, len(self.sheet.rows)
        while row < end:
            cells = self._cells(row)
            if not any(map(_says_something, cells.values())):
                row += 1
            elif again := self._header_again(row, cells):
                row = again
            else:
                self._take(row, cells)
                row += 1

    def _cells(self, row: int) -> dict[int, object]:
        """Return the cells of this list in a row; what is merged downwards stands in each."""
        header, whole = self.header, self.sheet.rows[row]
        right = min(header.right, len(whole))
        cells = {at: whole[at] for at in range(header.left, right) if whole[at] is not None}
        own = bool(cells)
        self._strike(row, cells)
        for column, (last, value) in tuple(self.fill.items()):
            if row > last:
                del self.fill[column]
            elif own:
                cells.setdefault(column, value)
        if self.sheet.merged:
            for column in range(header.left, right):
                if last_row := self.sheet.merged.get((row, column)):
                    self.fill[column] = (last_row, whole[column])
        return cells

    def _strike(self, row: int, cells: dict[int, object]) -> None:
        """Take out what is struck out; a pupil's own name tells that he is held back."""
        struck, name = self.sheet.struck, self.header.column_of("姓名")
        if struck and (row, name) not in struck:
            for column, cell in cells.items():
                if (row, column) in struck and self.header.columns.get(column):
                    cells[column] = Spoilt("ROST103", text_of(cell))

    def _header_again(self, row: int, cells: Mapping[int, object]) -> int:
        """Return the row after a header that is printed again; it may have other columns."""
        name = self.header.column_of("姓名") or 0
        if plain_header(text_of(cells.get(name))) == plain_header(self.header.labels[name]):
            return self._renewed(row)
        texts = [cell for cell in cells.values() if isinstance(cell, str) and len(cell) < _LABEL]
        named = any(plain_header(text) in NAMES for text in texts if "名" in text or "学生" in text)
        return self._renewed(row) if named and len(texts) > 1 and self._is_header(row) else 0

    def _is_header(self, row: int) -> bool:
        header = next(headers_at(self.sheet.rows, row, self.own))
        return header.column_of("姓名") is not None and len(header.columns) > 1

    def _renewed(self, row: int) -> int:
        """Take the header that stands here for the rows below."""
        found = [one for one in headers_at(self.sheet.rows, row, self.own) if not one.missing]
        found = [one for one in found if one.column_of("姓名") is not None]
        best = max(found, key=lambda one: (len(one.columns), -one.rows), default=None)
        self.fill.clear()
        if best is None or len(best.columns) < 2:
            return row + 1
        parts = [part for part in side_by_side(best, self.own) if part.left == self.header.left]
        if parts and len(parts[0].columns) > 1:
            self.header = parts[0]
        return best.first_row

    def _title_above(self, top: int) -> ClassName:
        """Return the class that the rows above a header speak of."""
        title = ClassName()
        for row in range(top - 1, -1, -1):
            cells = self.sheet.rows[row]
            for piece in (cells[self.header.left : self.header.right], cells):
                text = " ".join(filter(None, map(text_of, piece)))
                if found := class_in_title(text):
                    title = put_together(found, title) if title.label else found
                    break
            if title.name:
                break
        return title

    def _take(self, row: int, cells: dict[int, object]) -> None:
        column = self.header.column_of("姓名") or 0
        if self._merged_from_above(row, column):
            self._add_to_last(row, cells)
            return
        named = cells.get(column)
        texts = list(dict.fromkeys(filter(None, map(text_of, cells.values()))))
        if heading := self._heading(cells, texts):
            self.title, self.left = heading, ""
            self._skip(row, texts, _HEADING)
        elif none := spoilt(named):
            place = self.sheet.place(row, column)
            self._skip(
                row, texts, _NAMELESS, problem(none.code, place, field="姓名", value=none.shown)
            )
        elif kind := self._kind_headed(text_of(named), texts):
            self.left = kind if heads_leavers(kind) else ""
            self._skip(row, texts, _KIND)
        elif self._is_foot(text_of(named), cells):
            self._skip(row, texts, _FOOT)
        elif unlike := self._unlike_name(row, text_of(named), cells):
            self._skip(row, texts, UNLIKE if text_of(named) else _NAMELESS, *unlike)
        else:
            own = (self.sheet, row, self.header, cells, self.title)
            self.layout.lines.append(PupilLine(*own, left=self.left))
        self._other_names(row, cells)

    def _merged_from_above(self, row: int, column: int) -> bool:
        whole = self.sheet.rows[row]
        here = whole[column] if column < len(whole) else None
        return column in self.fill and here is None and (row, column) not in self.sheet.merged

    def _add_to_last(self, row: int, cells: dict[int, object]) -> None:
        """Give a row below a merged name to its pupil: it names another parent."""
        lines = self.layout.lines
        if lines and lines[-1].header is self.header:
            lines[-1] = replace(lines[-1], more=(*lines[-1].more, cells))
        self._skip(row, [text_of(cell) for cell in cells.values()], _AGAIN)

    def _heading(self, cells: Mapping[int, object], texts: Sequence[str]) -> ClassName | None:
        """Return the class of a heading within the list: 七年级2班学生名单."""
        if len(texts) > _FEW:
            return None
        name = text_of(cells.get(self.header.column_of("姓名") or 0))
        if name and not re.search(r"\d|班|年级", name):
            return None
        if name and any(text not in ("", name) for text in self._placing(cells)):
            return None  # whoever has a class of his own heads no other rows
        for column, cell in cells.items():
            if self.header.columns.get(column) in _PLACING:
                return None
            if found := class_in_title(text_of(cell)):
                return found
        return class_in_title(" ".join(texts)) if not name or len(texts) > 1 else None

    def _kind_headed(self, name: str, texts: Sequence[str]) -> str:
        """Return the heading of some of the pupils, alone in its row: 转出学生：, 住校生."""
        words = [text for text in texts if not text.isdigit()]
        title = "".join(words[0].split()).strip("（）()【】:：") if len(words) == 1 else ""
        if not title or (name and name != words[0]):
            return ""
        return title if heads_leavers(title) or _PART.fullmatch(title) else ""

    def _placing(self, cells: Mapping[int, object]) -> Iterator[str]:
        """Yield what stands where a pupil's class, grade, sex and people are written."""
        for column, cell in cells.items():
            if self.header.columns.get(column) in _PLACING:
                yield text_of(cell)

    def _is_foot(self, name: str, cells: Mapping[int, object]) -> bool:
        """Tell whether a row is the foot of a list: 合计, 填表人, a remark on the whole."""
        if name and (_is_note(name) or (_COUNTED.fullmatch(name) and re.search(r"\d", name))):
            return True
        column = self.header.column_of("姓名") or 0
        before = [text_of(cell) for at, cell in cells.items() if at < column]
        if any(_is_note(text) for text in before):
            return True
        if re.search(r"[^\W\d_]", name):
            return False
        others = [text_of(cell) for cell in cells.values()]
        return any(_is_note(text) or _COUNTED.fullmatch(text) for text in others if text)

    def _unlike_name(
        self, row: int, name: str, cells: Mapping[int, object]
    ) -> tuple[Problem | None] | None:
        """Return what to tell of a row that names no pupil; nothing where it does."""
        place = self.sheet.place(row, self.header.column_of("姓名"))
        if not name or name in roster_words()["placeholders"]["nothing"]:
            told = [
                at for at in cells if self.header.columns.get(at, "") and text_of(cells[at]) != name
            ]
            return (problem("ROST017", place) if told else None,)
        filled = sum(map(_says_something, cells.values())) if len(name) >= _LONG_ALONE else 0
        alone = filled == 1 and "·" not in name
        if _SENTENCE.search(name) or not re.search(r"[^\W\d_]", name) or alone:
            return (problem("ROST067", place, value=name[:30]),)
        return None

    def _other_names(self, row: int, cells: Mapping[int, object]) -> None:
        for column in self.header.other_names:
            if text := text_of(cells.get(column)):
                told = problem("ROST066", self.sheet.place(row, column), label="姓名")
                self._skip(row, [text], OTHER_LIST, told)

    def _skip(
        self, row: int, texts: Sequence[str], reason: str, found: Problem | None = None
    ) -> None:
        text = mask_numbers(" ".join(filter(None, texts)))[:MAX_TEXT]
        name, number = self.sheet.name, self.sheet.numbers[row]
        self.layout.skipped.append(SkippedRow(name, number, text, reason, found))
        if found and reason != OTHER_LIST:
            self.layout.problems.append(found)


def _says_something(cell: object) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def _is_note(text: str) -> bool:
    """Tell whether a cell is the label of a foot, alone or with what it says."""
    labels = roster_words()["notes"]["labels"]
    return "".join(text.split()).strip(":：（）()") in labels or bool(_NOTE.fullmatch(text))

"""The people of a list, as much of each as tells him from others.

The lists hold a whole county: each is read, boiled down to columns, and let go before the next.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from kcbx_docs.case.batch import RosterSpec
from kcbx_docs.case.cells import text_of, value_of
from kcbx_docs.case.columns import Header, plain_header, roster_words
from kcbx_docs.case.ids import RESIDENT, IdType, faults_of_id, read_id
from kcbx_docs.case.model import name_key
from kcbx_docs.case.remarks import read_remark
from kcbx_docs.case.roster_states import state_told
from kcbx_docs.case.sheets import COUNTY, Sheet, read_sheets
from kcbx_docs.case.spreadsheet_xml import Spoilt
from kcbx_docs.case.tables import PupilLine, layout_of
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Place, Problem, Problems, problem

if TYPE_CHECKING:
    import polars

Kind = Literal["户籍", "学籍", "在校", "脱贫"]
KINDS: tuple[Kind, ...] = ("户籍", "学籍", "在校", "脱贫")
TOLD = ("性别", "班级", "住址", "监护人", "电话", "家庭类别", "学籍号")
"""What the lists of those found say besides, as far as it is known."""
_PEOPLE = ("父亲", "母亲", "监护人1", "监护人2", "照护人", "户主")
_PHONES = ("电话", *map("{}电话".format, _PEOPLE))
_SCHOOLS = frozenset(
    map(plain_header, ("学校", "学校名称", "就读学校", "所在学校", "学籍所在学校"))
)
_SKIPPED_BY = frozenset(("ROST015", "ROST016", "ROST138"))
"""What matters to papers only: columns without use, and no families."""


@dataclass
class People:
    """Everybody of one kind of list."""

    kind: Kind
    table: "polars.DataFrame"
    """A row for each, with the columns 姓名, key, id, whether that holds, birth, where he stands,
    what is told.
    """
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0
    """Rows below the headers that hold anything."""
    skipped: int = 0
    """Of them: headings, feet, rows without a name."""
    doubled: int = 0
    """Of them: the same person again."""

    @property
    def count(self) -> int:
        """Count the people."""
        return self.table.height

    def column(self, name: str) -> list[Any]:
        """Return a column, row by row."""
        return self.table[name].to_list()

    def told(self, row: int, name: str) -> str:
        """Return what a list says of one person."""
        value = self.table[row, name]
        return "" if value is None else str(value)

    def place(self, row: int) -> Place:
        """Say where somebody stands."""
        file, sheet, line = (self.told(row, name) for name in _WHERE)
        return Place(file, path=f"{sheet}!第{line}行".removeprefix("!"))


_WHERE = ("file", "sheet", "line")
_OLD_LENGTH, _OLDEST = 15, 110
_LIKE_X = regex(r"[×✕╳*]$")
_COLUMNS = ("姓名", "key", "id", "holds", "birth", *_WHERE, "学校", "state", "remark", *TOLD)


def read_people(
    kind: Kind, paths: Sequence[Path], day: date, progress: Callable[[str], None]
) -> People:
    """Read all files of one kind of list."""
    import polars

    people = People(kind, polars.DataFrame(schema=_schema()))
    for path in paths:
        progress(f"{kind}名单 {path.name}")
        for rows in _tables(people, path, day):
            people.table = people.table.vstack(polars.DataFrame(rows, schema=_schema()))
    _tell_doubles(people)
    return people


def _schema() -> "dict[str, polars.DataType | type[polars.DataType]]":
    import polars

    special = {"birth": polars.Date, "line": polars.Int32, "holds": polars.Boolean}
    return {name: special.get(name, polars.String) for name in _COLUMNS}


Columns = dict[str, list[object]]


def _tables(people: People, path: Path, day: date) -> Iterator[Columns]:
    """Yield the people of each table of a file."""
    sheets, found = read_sheets(path, str(path), COUNTY)
    people.problems += found
    ours = roster_words()["ignored"]["sheets"]
    chosen = [sheet for sheet in sheets if sheet.name not in ours]
    spec = RosterSpec.model_validate({"文件": str(path)})
    for sheet in chosen:
        yield _read_sheet(people, sheet, spec, day, wanted=len(chosen) == 1)
    if not sheets and not found:
        people.problems.append(problem("ROST008", Place(str(path))))


def _read_sheet(
    people: People, sheet: Sheet, spec: RosterSpec, day: date, *, wanted: bool
) -> Columns:
    layout = layout_of(sheet, spec, wanted=wanted)
    people.problems += [one for one in layout.problems if one.code not in _SKIPPED_BY]
    people.rows += len(layout.lines) + len(layout.skipped)
    people.skipped += len(layout.skipped)
    columns: Columns = {name: [] for name in _COLUMNS}
    readers: dict[int, _Reader] = {}
    for line in layout.lines:
        known = id(line.header)
        if known not in readers:
            people.problems += _of_other_kind(people.kind, line.header, sheet)
            readers[known] = _Reader(columns, people.problems, line.header, day)
        readers[known].take(line)
    return columns


_OF_HOUSE = frozenset(
    map(plain_header, ("户主", "户号", "与户主关系", "户主姓名", "户别", "住址", "户籍地址"))
)
_OF_ROLL = frozenset((*_SCHOOLS, *map(plain_header, ("学籍号", "全国学籍号", "年级", "班级"))))
_MARKS: Mapping[Kind, tuple[frozenset[str], Kind, frozenset[str]]] = {
    "户籍": (_OF_HOUSE, "学籍", _OF_ROLL),
    "学籍": (_OF_ROLL, "户籍", _OF_HOUSE),
}
"""Headings of a kind of list, and those of another for which it is mistaken."""


def _of_other_kind(kind: Kind, header: Header, sheet: Sheet) -> Iterator[Problem]:
    """Ask whether a list is another one than it was given for: who is missing is read from that."""
    labels = {plain_header(label): label for label in header.labels if label}
    own, other, marks = _MARKS.get(kind, (frozenset(), kind, frozenset()))
    found = [label for plain, label in labels.items() if plain in marks]
    if found and not own & labels.keys():
        facts = {"kind": kind, "other": other, "heads": "、".join(found)}
        yield problem("COMP018", sheet.place(0, 0), **facts)


@lru_cache(maxsize=50_000)
def _state(text: str, label: str) -> str:
    return state_told(text, label)


@lru_cache(maxsize=50_000)
def _remarked(text: str) -> str:
    return read_remark(text).state


def _school_column(header: Header) -> int | None:
    found = (at for at, label in enumerate(header.labels) if plain_header(label) in _SCHOOLS)
    return next(found, None)


def _as_meant(number: str, day: date) -> str:
    """Return a resident's number without hyphens, without the G of a pupil's number, with X for a
    sign like it: where its check digit proves it; otherwise as it is written.
    """
    plain = _LIKE_X.sub("X", number.replace("-", "").removeprefix("G"))
    if plain == number:  # almost everybody's
        return number
    return number if next(faults_of_id(plain, RESIDENT, day), None) else plain


def _of_another_century(number: str, day: date) -> bool:
    """Tell whether fifteen digits are those of a child: they would make him older than anybody."""
    born = read_id(number).birth if len(number) == _OLD_LENGTH else None
    return born is not None and day.year - born.year > _OLDEST


class _Reader:
    """Rows of one header on their way into the columns."""

    line: PupilLine

    def __init__(
        self, columns: Columns, problems: list[Problem], header: Header, day: date
    ) -> None:
        self.columns, self.problems, self.day = columns, problems, day
        self.at = {known: column for column, known in header.columns.items()}
        self.school = _school_column(header)
        self.state_label = header.label_of("状态")
        self.family = [one for one in _PEOPLE if f"{one}姓名" in self.at]
        self.phones = [one for one in _PHONES if one in self.at]

    def take(self, line: PupilLine) -> None:
        """Add one person."""
        self.line = line
        name = self._value("姓名")
        number, holds = self._number()
        born = self._born(read_id(number).birth if holds else None)
        state, remark = self._text("状态"), self._text("备注")
        sheet = line.sheet
        values = {
            "姓名": name,
            "key": name_key(name),
            "id": number or None,
            "holds": holds,
            "birth": born,
            "file": sheet.file,
            "sheet": sheet.name,
            "line": sheet.numbers[line.row],
            "学校": self._school(),
            "state": self._stands(state, remark),
            "remark": "；".join(filter(None, (state, remark))),
            **self._told(),
        }
        for key, column in self.columns.items():
            column.append(values[key])

    def _text(self, key: str) -> str:
        return text_of(self.line.cells.get(self.at[key])) if key in self.at else ""

    def _value(self, key: str) -> str:
        if key not in self.at:
            return ""
        value = value_of(key, self.line.cells.get(self.at[key]))
        return "" if isinstance(value, Spoilt) or value is None else str(value)

    def _tell(self, code: str, key: str, **facts: object) -> None:
        self.problems.append(problem(code, self.line.place(key), **facts))

    def _number(self) -> tuple[str, bool]:
        """Return the number, and whether somebody is known by it: it has no fault."""
        value = value_of("身份证号", self.line.cell("身份证号"))
        if isinstance(value, Spoilt):
            self._tell(value.code, "身份证号", field="身份证号", value=value.shown)
            return "", False
        number = str(value or "")
        if not number:
            return "", False
        told = self._value("证件类型") or RESIDENT
        known = cast("IdType", told if told in get_args(IdType) else "其他")
        number = _as_meant(number, self.day) if known == RESIDENT else number
        holds = next(faults_of_id(number, known, self.day), None) is None
        holds = holds and not _of_another_century(number, self.day)
        if not holds:
            self._tell("COMP001", "身份证号", name=self._value("姓名"))
        return number, holds

    def _born(self, by_number: date | None) -> date | None:
        value = value_of("出生日期", self.line.cell("出生日期"))
        if isinstance(value, Spoilt):
            self._tell("COMP002", "出生日期", name=self._value("姓名"), value=value.shown)
            return by_number
        written = value if isinstance(value, date) else None
        if by_number and written and by_number != written:
            facts = {"written": written, "number": by_number}
            self._tell("COMP003", "出生日期", name=self._value("姓名"), **facts)
        return by_number or written

    def _school(self) -> str:
        return "" if self.school is None else text_of(self.line.cells.get(self.school))

    def _stands(self, state: str, remark: str) -> str:
        """Return what the row itself says: dropped out, gone, or nothing."""
        dropped = roster_words()["states"]["dropped"]
        if state in dropped or self.line.left.removesuffix("学生") in dropped:
            return "辍学"
        told = _state(state, self.state_label) if state else ""
        gone = told == "离校" or self.line.left
        return "离校" if gone or (not told and remark and _remarked(remark) == "离校") else ""

    def _told(self) -> dict[str, str]:
        grade, label = self._value("年级"), self._value("班级")
        address = self._value("现住址") or self._value("户籍地址")
        return {
            "性别": self._value("性别"),
            "班级": label if label.startswith(grade) else grade + label,
            "住址": address,
            "监护人": "、".join(self._guardians()),
            "电话": next(filter(None, map(self._value, self.phones)), ""),
            "家庭类别": self._value("家庭类别"),
            "学籍号": self._value("学籍号"),
        }

    def _guardians(self) -> Iterator[str]:
        for person in self.family:
            if name := self._value(f"{person}姓名"):
                relation = self._value(f"{person}关系") or person.rstrip("12")
                yield f"{name}（{relation}）"


def _tell_doubles(people: People) -> None:
    """Tell one number under two names, one person in two rows, and namesakes born on a day."""
    import polars

    first: dict[str, int] = {}
    again: set[int] = set()
    numbers, holds, keys = (people.column(name) for name in ("id", "holds", "key"))
    for row, number in enumerate(numbers):
        before = first.setdefault(number, row) if holds[row] else row
        if before == row:
            continue
        same = keys[before] == keys[row]
        again |= {row} if same else set()
        people.problems.append(_double(people, row, before, same=same))
    people.doubled = len(again)
    if again:
        once = [row not in again for row in range(people.count)]
        people.table = people.table.filter(polars.Series(once))
    _tell_namesakes(people)


def _double(people: People, row: int, before: int, *, same: bool) -> Problem:
    """Say that a number stands in two rows: of one person, who may be here and gone, or of two."""
    facts = {"name": people.told(row, "姓名"), "who": people.told(before, "姓名")}
    facts["other"] = people.place(before).path
    one, two = (people.told(number, "state") for number in (before, row))
    if same and one != two:
        code, facts["said"] = "COMP017", one or two
    else:
        code = "COMP004" if same else "COMP005"
    return problem(code, people.place(row), **facts)


def _tell_namesakes(people: People) -> None:
    """Tell those of one name and birth day of whom a number is missing: two numbers are two."""
    import polars

    told = people.table.with_row_index("n").filter(polars.col("birth").is_not_null())
    alike = told.group_by("key", "birth", maintain_order=True).agg("n", polars.col("holds").all())
    several = alike.filter((polars.col("n").list.len() > 1) & ~polars.col("holds"))
    for _, birth, (first, *others), _ in several.iter_rows():
        for row in others:
            facts = {"name": people.told(row, "姓名"), "other": people.place(first).path}
            found = problem("COMP006", people.place(row), **facts, birth=birth)
            people.problems.append(found)


def faults(lists: Mapping[Kind, People]) -> Problems:
    """Put together what is told of all lists."""
    return tuple(chain.from_iterable(people.problems for people in lists.values()))

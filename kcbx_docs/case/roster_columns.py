"""Columns under the header of another: all numbers below 父亲姓名, all names below 父亲电话. Every
cell would be told by itself, and nobody would see that two headers have changed places.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import date
from functools import partial
from itertools import combinations, groupby, islice

from kcbx_docs.case.cells import text_of
from kcbx_docs.case.ids import age_on, read_id
from kcbx_docs.case.phones import phones_in
from kcbx_docs.case.tables import PupilLine
from kcbx_docs.handwriting.days import read_day
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Problem, problem

LEAST, SHARE, LOOKED_AT = 3, 0.8, 40
"""How many cells must look alike, what part of a column, of how many pupils at most."""
_NAME, _PHONE, _NUMBER, _SEX, _DAY, _HOME = "姓名", "电话", "身份证号", "性别", "日期", "住址"
_WANTED = {
    _NAME: _NAME,
    _PHONE: _PHONE,
    _NUMBER: _NUMBER,
    _SEX: _SEX,
    "出生日期": _DAY,
    _HOME: _HOME,
}
_HAN_NAME = regex(r"[\u3400-\u9fff·]{2,12}")
_PLACE = regex(r".*([村组镇乡县号室栋幢路街]|社区)\d*[号组栋室]?|.*\d.*[号组栋室村]")
_GROWN, _CHILD = 22, 20
"""A parent is older, a pupil younger."""
_OF_CELLS = ("ROST076", "ROST105", "ROST092")
"""What is told of each cell that is of another kind than its column."""


@dataclass
class Misplaced:
    """What is told of whole columns, and the cells that need not be told of any more."""

    problems: list[Problem] = field(default_factory=list)
    cells: set[str] = field(default_factory=set)

    def left(self, told: Sequence[Problem]) -> list[Problem]:
        """Return what is still to be told of single cells."""
        return [
            one for one in told if one.code not in _OF_CELLS or one.place.path not in self.cells
        ]


def misplaced(lines: Sequence[PupilLine], today: date) -> Misplaced:
    """Find the columns whose values are all of another kind, list by list."""
    found = Misplaced()
    for _, group in groupby(
        lines, lambda line: (line.sheet.name, line.header.top, line.header.left)
    ):
        own = [*group]
        columns = _columns(own, today)
        paired: set[str] = set()
        for one, other in combinations(columns, 2):
            if one.odd and one.fits_below(other) and other.fits_below(one):
                _tell(found, own, "ROST140", one, other)
                paired |= {one.name, other.name}
        for one in columns:
            if one.name not in paired and one.surely_wrong:
                _tell(found, own, "ROST141", one)
    return found


@dataclass(frozen=True)
class _Column:
    """A column of a list: what belongs below it, and what stands there."""

    name: str
    label: str
    wanted: str
    holds: str
    count: int

    @property
    def odd(self) -> bool:
        """Tell whether something else stands below the header."""
        return not self.fits_below(self)

    def fits_below(self, other: "_Column") -> bool:
        """Tell whether what stands here belongs below a header; a number may be anybody's."""
        return self.holds == other.wanted or (
            self.holds == _NUMBER and other.wanted.endswith(_NUMBER)
        )

    @property
    def surely_wrong(self) -> bool:
        """Tell whether it holds what cannot be mistaken: a village may be called like a person."""
        return self.odd and self.holds in (_PHONE, _NUMBER, _SEX, _DAY)


def _columns(lines: Sequence[PupilLine], today: date) -> list[_Column]:
    header, few = lines[0].header, [*islice(lines, LOOKED_AT)]
    found: list[_Column] = []
    for known in header.columns.values():
        wanted = next((kind for end, kind in _WANTED.items() if known.endswith(end)), "")
        texts = [text for line in few if (text := text_of(line.cell(known)).strip())]
        if not wanted or len(texts) < LEAST:
            continue
        told: Callable[[str], str] = _kind
        if wanted == _NUMBER:
            wanted, told = _whose(known), partial(_who, known=known, today=today)
        kind, count = Counter(map(told, texts)).most_common(1)[0]
        if kind and count >= SHARE * len(texts):
            found.append(_Column(known, header.label_of(known), wanted, kind, count))
    return found


def _kind(text: str) -> str:
    """Say what a text is, as far as its looks tell."""
    if text in ("男", "女"):
        return _SEX
    if read_id(text).birth:
        return _NUMBER
    if read_day(text.partition(" ")[0]):
        return _DAY
    if phones_in(text):
        return _PHONE
    if _PLACE.fullmatch(text):
        return _HOME
    return _NAME if _HAN_NAME.fullmatch(text) else ""


_PUPILS, _GROWN_UPS, _MANS, _WOMANS = (
    "学生的身份证号",
    "大人的身份证号",
    "男的身份证号",
    "女的身份证号",
)
_OF_ONE_SEX = {"父亲": _MANS, "母亲": _WOMANS}


def _whose(known: str) -> str:
    """Say whose numbers belong below a header."""
    return _OF_ONE_SEX.get(known[:2], _PUPILS if known == _NUMBER else _GROWN_UPS)


def _who(text: str, known: str, today: date) -> str:
    """Say whose number a text is, where it is one: a pupil's, a man's, a woman's, somebody's."""
    told = read_id(text)
    if not told.birth:
        return _kind(text)
    age = age_on(told.birth, today)
    if age < _CHILD:
        return _PUPILS
    if known[:2] in _OF_ONE_SEX and told.sex:
        return _MANS if told.sex == "男" else _WOMANS
    return _GROWN_UPS if age >= _GROWN else ""


def _tell(found: Misplaced, lines: Sequence[PupilLine], code: str, *columns: _Column) -> None:
    header, sheet = lines[0].header, lines[0].sheet
    one, other = columns[0], columns[-1]
    places = [sheet.place(header.first_row - 1, header.column_of(each.name)) for each in columns]
    facts = {"one": one.label, "holds": _said(one), "other": other.label, "there": _said(other)}
    cell = places[-1].path.rpartition("!")[2]
    found.problems.append(problem(code, places[0], **facts, cell=cell))
    for line in lines:
        found.cells.update(line.place(each.name).path for each in columns)


def _said(column: _Column) -> str:
    return f"{column.count} 格都是{column.holds}"

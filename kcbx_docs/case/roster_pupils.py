"""From a line of a list to a pupil: what is sure is printed, what is doubtful is left to be written
by hand, and who must not be printed is held back; each with its reason and its cell.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from kcbx_docs.case.cells import is_a_pupils, spoilt, text_of, value_of
from kcbx_docs.case.columns import PEOPLE, roster_words
from kcbx_docs.case.fields import NAME_LIMIT
from kcbx_docs.case.ids import RESIDENT, faults_of_id, read_id
from kcbx_docs.case.model import PARENTS, Carer, Guardian, Pupil
from kcbx_docs.case.names import faults_of_name, tidy_name
from kcbx_docs.case.relatives import (
    NamesCell,
    Relative,
    is_child_word,
    people_in,
    relation_of,
)
from kcbx_docs.case.roster_classes import Placed
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.case.spreadsheet_xml import Spoilt
from kcbx_docs.case.tables import PupilLine, names_family
from kcbx_docs.problems import Problem, as_note, problem
from kcbx_docs.reading import forbidden

MAX_CELL = 500
_ID_FAULTS = {
    "CASE020": "ROST060",
    "CASE021": "ROST071",
    "CASE022": "ROST072",
    "CASE023": "ROST073",
    "CASE025": "ROST074",
}
"""Faults of a number, said to somebody with a spreadsheet before him."""
_BRACKET = re.compile(r"[（(\[【]([^（()）\]】]*)[)）\]】]")
_SHARED = ("身份证号", "电话", "住址")
_PUPIL_KEYS = tuple(str(one.alias) for one in Pupil.model_fields.values())
_CHOICES = ("性别", "留守情况", "证件类型", "住校", "就读方式", "是否监护人")


@dataclass
class PupilRow:
    """One pupil in the making."""

    line: PupilLine
    today: date
    needed: frozenset[str] | None
    values: dict[str, str | date] = field(default_factory=dict)
    doubts: dict[str, None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    held: list[Problem] = field(default_factory=list)
    name: str = ""

    def text(self, name: str) -> str:
        """Return a value as text."""
        value = self.values.get(name, "")
        return value.isoformat() if isinstance(value, date) else value

    def tell(self, code: str, name: str, /, **facts: object) -> None:
        """Tell something of a field; what no ordered paper prints is a mere note."""
        column = self.line.header.column_of(name)
        place = self.line.place(name if column is not None else "")
        found = problem(code, place, **facts)
        known = self.needed is None or general(name) in self.needed
        self.problems.append(found if known else as_note(found))

    def doubt(self, code: str, name: str, /, **facts: object) -> None:
        """Leave a field empty, because nobody knows what it should say."""
        self.values.pop(name, None)
        self.doubts[name] = None
        self.tell(code, name, **{"field": self.line.header.label_of(name), **facts})

    def hold(self, code: str, name: str, /, **facts: object) -> None:
        """Hold the pupil back."""
        found = problem(code, self.line.place(name), **facts)
        self.held.append(found)
        self.problems.append(found)


def general(name: str) -> str:
    """Return a field as papers ask for it: 父亲电话 and 监护人1电话 are 监护人电话."""
    for person in PEOPLE:
        if name.startswith(person) and name != person:
            return ("照护人" if person == "照护人" else "监护人") + name.removeprefix(person)
    return name


def pupil_of(
    line: PupilLine, placed: Placed, today: date, needed: frozenset[str] | None
) -> tuple[RosterPupil, list[Problem]]:
    """Make a pupil of a line."""
    row = PupilRow(line, today, needed)
    _name(row)
    _values(row)
    _numbers(row)
    _state(row)
    row.held += placed.held
    row.problems += placed.held
    people = tuple(_people(row))
    guardians = tuple(one for one in people if isinstance(one, Guardian))
    carers = tuple(one for one in people if isinstance(one, Carer))
    unread = any(name.endswith("姓名") for name in row.doubts)
    if not guardians and not unread and names_family(line.header.columns.values()):
        row.tell("ROST033", "监护人姓名", name=row.name)
        row.doubts["监护人姓名"] = None  # the line for it on his papers is left to be written
    phones = (row.text("电话"), *(person.phone for person in people))
    own = {key: row.values[key] for key in _PUPIL_KEYS if row.values.get(key)}
    own |= {"姓名": row.name, "年级": placed.found.grade, "班级": placed.found.name}
    pupil = RosterPupil(
        Pupil.model_validate(own),
        guardians,
        carers,
        next(filter(None, phones), ""),
        placed.found.label,
        0,
        line.sheet.name,
        line.sheet.numbers[line.row],
        tuple(row.doubts),
        text_of(line.cell("状态")),
        since if isinstance(since := row.values.get("首次缺课"), date) else None,
        tuple(row.held),
    )
    return pupil, row.problems


def _name(row: PupilRow) -> None:
    """Read the pupil's name; what stands around it is told, what is no part of one holds."""
    cell = text_of(row.line.cell("姓名"))
    words, signs = roster_words()["beside"]["words"], roster_words()["beside"]["signs"]
    states = roster_words()["states"]
    bare = cell.strip(signs + " ")
    for inside in map(str.strip, _BRACKET.findall(bare)):
        if inside in states["gone"]:
            row.hold("ROST058", "姓名", name=bare, state=inside)
        if inside in states["gone"] or inside in words:
            bare = re.sub(rf"[（(\[【]\s*{re.escape(inside)}\s*[)）\]】]", "", bare).strip()
    row.name = tidy_name(bare)[:NAME_LIMIT]
    if bare != cell and not row.held:
        row.tell("ROST059", "姓名", written=cell, name=row.name)
    strange = [char for char in bare if forbidden(char)]
    if strange:
        row.hold("ROST023", "姓名", field="姓名", value=f"U+{ord(strange[0]):04X}")
        return
    if len(tidy_name(bare)) > NAME_LIMIT:
        row.hold("ROST024", "姓名", limit=NAME_LIMIT)
    for code, facts in faults_of_name("".join(bare.split())):
        if code == "CASE032":
            row.hold("ROST075", "姓名", who=f"「{row.name}」", **facts)
        else:
            row.tell(code, "姓名", who=f"「{row.name}」", **facts)
    if (row.line.row, row.line.header.column_of("姓名")) in row.line.sheet.struck:
        row.hold("ROST054", "姓名", name=row.name)


def _values(row: PupilRow) -> None:
    """Read every other column; a cell that cannot be read leaves its field empty."""
    for column, name in row.line.header.columns.items():
        key = _key(name)
        if key in ("姓名", "年级", "班级", "状态") or column not in row.line.cells:
            continue
        value = _printable(value_of(key, row.line.cells[column]))
        if isinstance(value, Spoilt):
            _unreadable(row, name, key, value)
        elif value:
            row.values[name] = value
    row.values.setdefault("住校", row.values.pop("就读方式", ""))


def _unreadable(row: PupilRow, name: str, key: str, value: Spoilt) -> None:
    reason = value.shown in roster_words()["placeholders"]["no_papers"]
    if key == "身份证号" and reason:
        return
    if value.code == "ROST091":  # a month is no day, and says nothing wrong
        row.problems.append(problem("ROST091", row.line.place(name), value=value.shown))
        return
    row.doubt(value.code, name, value=value.shown)


def _printable(value: str | date | Spoilt | None) -> str | date | Spoilt | None:
    """Refuse what nobody wrote on purpose: a whole page in a cell, characters without a shape."""
    if not isinstance(value, str):
        return value
    if len(value) > MAX_CELL:
        return Spoilt("ROST025", value[:20] + "……")
    if value.isascii() and value.isprintable():
        return value
    strange = [char for char in value if forbidden(char)]
    return Spoilt("ROST023", f"U+{ord(strange[0]):04X}") if strange else value


def _key(name: str) -> str:
    for person in PEOPLE:
        if name.startswith(person):
            return name.removeprefix(person)
    return name


def _numbers(row: PupilRow) -> None:
    """Check the numbers of identity, and what the pupil's own tells against what the row says."""
    number = row.text("身份证号")
    if number in roster_words()["placeholders"]["no_papers"]:
        row.values["无证件原因"] = row.values.pop("身份证号")
        number = ""
    id_type = row.text("证件类型") or RESIDENT
    for person in ("", *PEOPLE):
        name = person + "身份证号"
        own = row.text(name)
        if own in roster_words()["placeholders"]["no_papers"]:
            row.values.pop(name, None)
        elif own and person and own == number:
            row.doubt("ROST031", name, name=text_of(row.line.cell(person + "姓名")))
        elif own:
            _check(row, name, own, RESIDENT if person else id_type)
    if row.text("身份证号"):
        _against_number(row, number, id_type)
    _check_age(row, id_type)


def _check_age(row: PupilRow, id_type: str) -> None:
    birth = row.values.get("出生日期")
    born = birth if isinstance(birth, date) else read_id(row.text("身份证号"), id_type).birth
    if born and not is_a_pupils(born, row.today):
        row.doubt("ROST092", "身份证号" if birth is None else "出生日期", value=born)


def _check(row: PupilRow, name: str, number: str, id_type: str) -> None:
    who = f"「{text_of(row.line.cell(name.removesuffix('身份证号') + '姓名')) or row.name}」"
    for code, facts in faults_of_id(number, id_type, row.today):
        row.doubt(_ID_FAULTS[code], name, who=who, **facts)


def _against_number(row: PupilRow, number: str, id_type: str) -> None:
    told = read_id(number, id_type)
    for name, value in (("出生日期", told.birth), ("性别", told.sex)):
        own = row.values.get(name)
        if own and value and own != value:
            row.doubt("ROST095", name, who=f"「{row.name}」", written=own, told=value)
            row.values.pop("身份证号", None)
            row.doubts["身份证号"] = None


def _state(row: PupilRow) -> None:
    """Hold back who has left the school or is taught elsewhere, as the roster itself says."""
    text = text_of(row.line.cell("状态"))
    states = roster_words()["states"]
    if none := spoilt(row.line.cell("状态")):
        row.tell(none.code, "状态", field="状态", value=none.shown)
    elif text in states["gone"]:
        row.hold("ROST056", "状态", name=row.name, state=text)
    elif (
        text
        and text not in states["here"]
        and text not in roster_words()["placeholders"]["nothing"]
    ):
        row.tell("ROST057", "状态", name=row.name, state=text)
    note = row.text("备注")
    if note in states["gone"] and not note.isdecimal() and note != "否":
        row.tell("ROST057", "备注", name=row.name, state=note)


def _people(row: PupilRow) -> Iterator[Guardian | Carer]:
    """Yield the family; a place that names nobody leaves it to the next."""
    met: set[str] = set()
    for person in PEOPLE:
        for own, cells in _cells_of(row, person):
            named = people_in(own, cells.get("关系", ""), one_person=person in PARENTS)
            _say_named(row, person, named)
            alone = len(named.people) == 1
            for one in named.people:
                if one.name not in met:
                    met.add(one.name)
                    yield from _relative(row, person, one, cells if alone else {})


def _cells_of(row: PupilRow, person: str) -> Iterator[tuple[object, Mapping[str, str]]]:
    """Yield the cells that name a person, each with what the row says of them."""
    column = row.line.header.column_of(person + "姓名")
    if column is None:
        return
    keys = ("关系", "是否监护人", "工作单位", *_SHARED)
    yield row.line.cells.get(column), {key: row.text(person + key) for key in keys}
    for cells in row.line.more:
        told: dict[str, str] = {}
        for key in keys:
            at = row.line.header.column_of(person + key)
            value = value_of(key, cells.get(at)) if at is not None else ""
            told[key] = value if isinstance(value, str) else ""
        yield cells.get(column), told


def _say_named(row: PupilRow, person: str, named: NamesCell) -> None:
    name = person + "姓名"
    if not named.code:
        return
    if named.people:
        row.tell(named.code, name, field=row.line.header.label_of(name), **named.facts)
    else:
        row.doubt(named.code, name, **named.facts)


def _relative(
    row: PupilRow, person: str, one: Relative, cells: Mapping[str, str]
) -> Iterator[Guardian | Carer]:
    """Make a guardian or a carer; whose relation nobody knows is neither."""
    name = person + "姓名"
    for code, facts in faults_of_name(one.written):
        row.tell(code, name, who=f"「{one.name}」", **facts)
    relation = one.relation or cells.get("关系", "") or (person if person in PARENTS else "")
    known = relation_of(relation)
    told = _told_of(one, cells)
    told["关系"] = "" if is_child_word(relation) else known or relation
    marked = cells.get("是否监护人", "")
    if is_child_word(relation) or _is_guardian(person, told["关系"], marked):
        own = {"住址": row.text("现住址"), "工作单位": cells.get("工作单位", "")}
        yield Guardian.model_validate({**own, **told})
    elif relation and not known:
        row.tell("ROST079", name, name=one.name, relation=relation)
        row.doubts[name] = None
    else:
        if person != "照护人":
            row.tell("ROST032", name, name=one.name, relation=told["关系"] or "其他人")
        yield Carer.model_validate(told)


def _told_of(one: Relative, cells: Mapping[str, str]) -> dict[str, str]:
    told = {key: cells[key] for key in _SHARED if cells.get(key)}
    told["姓名"] = one.name
    if one.phone:
        told.setdefault("电话", one.phone)
    return told


def _is_guardian(person: str, relation: str, marked: str) -> bool:
    """Parents are guardians whatever is marked; others only where the roster says so."""
    if person == "照护人":
        return False
    return relation in PARENTS or marked == "是" or (not relation and marked != "否")

"""From a line of a list to a pupil: what is sure is printed, what is doubtful is left to be written
by hand, and who must not be printed is held back; each with its reason and its cell.
"""

import re
from datetime import date
from functools import lru_cache

from kcbx_docs.case.cells import is_a_pupils, text_of, value_of
from kcbx_docs.case.columns import PEOPLE, roster_words
from kcbx_docs.case.fields import NAME_LIMIT
from kcbx_docs.case.ids import RESIDENT, faults_of_id, read_id
from kcbx_docs.case.model import Carer, Guardian, Pupil
from kcbx_docs.case.names import faults_of_name, lettered, tidy_name
from kcbx_docs.case.relatives import is_masked, is_surnamed, two_people
from kcbx_docs.case.remarks import state_in
from kcbx_docs.case.roster_classes import Placed
from kcbx_docs.case.roster_family import people_of
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.case.roster_row import PupilRow
from kcbx_docs.case.roster_states import heed_family, heed_state, said_of
from kcbx_docs.case.spreadsheet_xml import Spoilt
from kcbx_docs.case.tables import PupilLine
from kcbx_docs.handwriting.characters import forbidden
from kcbx_docs.light import regex
from kcbx_docs.problems import Problem, problem

MAX_CELL = 500
_ID_FAULTS = {
    "CASE020": "ROST060",
    "CASE021": "ROST071",
    "CASE022": "ROST072",
    "CASE023": "ROST073",
    "CASE025": "ROST074",
}
"""Faults of a number, said to somebody with a spreadsheet before him."""
_LOOSE_ENDS = " 、,，/。.;；"
_NUMBERED = regex(r"\d{1,3}[.．、\s]\s*(?P<name>[^\d\s].+)")
_BRACKET = regex(r"[（(\[【]([^（()）\]】]*)[)）\]】]")
_STATE_BEHIND = regex(
    r"(?P<name>.{2,}?)[\s\-—_/]*"
    r"(?P<state>(?:已|因病)?(?:转[出学走校]|休学|退学|辍学|失学|离校|去世|已故|死亡)了?)"
)
_HAN_NAME = range(2, 5)
"""How many characters a name that begins with a usual surname has."""
_PUPIL_KEYS = tuple(str(one.alias) for one in Pupil.model_fields.values())
_CHOICES = ("性别", "留守情况", "证件类型", "住校", "就读方式", "是否监护人")


def pupil_of(
    line: PupilLine, placed: Placed, today: date, needed: frozenset[str] | None
) -> tuple[RosterPupil, list[Problem]]:
    """Make a pupil of a line."""
    row = PupilRow(line, today, needed)
    _name(row)
    _values(row)
    _numbers(row)
    said = said_of(line)
    heed_state(row, said)
    row.held += placed.held
    row.problems += placed.held
    people = tuple(people_of(row, said))
    guardians = tuple(one for one in people if isinstance(one, Guardian))
    carers = tuple(one for one in people if isinstance(one, Carer))
    heed_family(row, said, len(guardians))
    guardians = _with_phone_of_all(row, guardians)
    of_all = (row.text("监护人1电话"), row.text("监护人2电话"), row.text("户主电话"))
    phones = (row.text("电话"), *(person.phone for person in people), *of_all)
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


def _with_phone_of_all(row: PupilRow, guardians: tuple[Guardian, ...]) -> tuple[Guardian, ...]:
    """Give 家长电话 to the one guardian there is, where no column says whose it is."""
    phone = "" if row.line.header.column_of("监护人1姓名") is not None else row.text("监护人1电话")
    if phone and len(guardians) == 1 and not guardians[0].phone:
        return (guardians[0].model_copy(update={"phone": phone}),)
    return guardians


def _name(row: PupilRow) -> None:
    """Read the pupil's name; what stands around it is told, what is no part of one holds."""
    cell = text_of(row.line.cell("姓名"))
    signs = roster_words()["beside"]["signs"]
    hidden = is_masked("".join(cell.split()))
    bare = cell if hidden else _without_brackets(row, _without_signs(cell, signs))
    row.name = tidy_name(bare)[:NAME_LIMIT]
    if bare != cell and not row.held:
        row.tell("ROST059", "姓名", written=cell, name=row.name)
    strange = [char for char in bare if forbidden(char)]
    if strange:
        row.hold("ROST023", "姓名", field="姓名", value=f"U+{ord(strange[0]):04X}")
        return
    if hidden or two_people(bare):
        row.hold("ROST133", "姓名", value=cell)
    elif more := _more_than_a_name(row):
        row.hold("ROST135", "姓名", value=cell, more=more)
    else:
        _tell_faults(row, bare)


def _tell_faults(row: PupilRow, bare: str) -> None:
    if len(tidy_name(bare)) > NAME_LIMIT:
        row.hold("ROST024", "姓名", limit=NAME_LIMIT)
    for code, facts in faults_of_name("".join(bare.split())):
        if code == "CASE032":
            row.hold("ROST075", "姓名", who=f"「{row.name}」", **facts)
        else:
            row.tell(code, "姓名", who=f"「{row.name}」", **facts)
    if (row.line.row, row.line.header.column_of("姓名")) in row.line.sheet.struck:
        row.hold("ROST054", "姓名", name=row.name)


def _more_than_a_name(row: PupilRow) -> str:
    """Return what may be no part of the name, unless the school says that it is."""
    return "" if _vouched(row) else lettered(row.name) or _office_in(row.name)


def _office_in(name: str) -> str:
    """Return an office or the like that stands at a whole name: 班长李小明; 小班长 is a name."""
    for word in roster_words()["beside"]["joined"]:
        for rest in {name.removeprefix(word), name.removesuffix(word)} - {name}:
            if len(rest) in _HAN_NAME and is_surnamed(rest):
                return str(word)
    return ""


def _vouched(row: PupilRow) -> bool:
    """Tell whether the school says in a remark that this is the name."""
    clauses = re.split(r"[，,。；;、\s]", text_of(row.line.cell("备注")))
    return "姓名无误" in clauses


def _without_signs(cell: str, signs: str) -> str:
    """Take off what stands around a name: 1.李小明, 李小明。, ★李小明, 李小明 女."""
    bare = cell.strip(signs + _LOOSE_ENDS)
    numbered = _NUMBERED.fullmatch(bare)
    bare = numbered["name"] if numbered else bare
    name, _, last = bare.rpartition(" ")
    beside = last in roster_words()["beside"]["words"] and len(name) > 1
    return name if beside else bare


def _without_brackets(row: PupilRow, bare: str) -> str:
    """Take off what stands in brackets behind a name; whoever has left is held back by it."""
    words, states = roster_words()["beside"]["words"], roster_words()["states"]
    for inside in map(str.strip, _BRACKET.findall(bare)):
        state = state_in(inside)
        gone = inside in states["gone"] or state == "离校"
        if gone:
            row.hold("ROST058", "姓名", name=bare, state=inside)
        back = state in ("在校", "转来") and not inside.isascii()  # 李小明（1） is one of two
        if gone or inside in words or back:
            bare = re.sub(rf"[（(\[【]\s*{re.escape(inside)}\s*[)）\]】]", "", bare).strip()
    found = _STATE_BEHIND.fullmatch(bare)
    if found and state_in(found["state"]) == "离校":
        row.hold("ROST058", "姓名", name=bare, state=found["state"])
        return found["name"]
    return bare


def _values(row: PupilRow) -> None:
    """Read every other column; a cell that cannot be read leaves its field empty."""
    for column, name in row.line.header.columns.items():
        key = _key(name)
        if gone := row.line.sheet.partly.get((row.line.row, column)):
            row.tell("ROST104", name, field=row.line.header.label_of(name), text=gone)
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


@lru_cache(maxsize=4096)
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

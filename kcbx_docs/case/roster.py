"""A school's list of pupils, out of whatever Excel or CSV file the school has."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kcbx_docs.case.batch import RosterSpec
from kcbx_docs.case.cells import Unreadable, Value, grade_and_class, text_of, value_of
from kcbx_docs.case.columns import PEOPLE, Header, find_header, plain_header, roster_words
from kcbx_docs.case.fields import NAME_LIMIT
from kcbx_docs.case.ids import RESIDENT, faults_of_id, mask, read_id
from kcbx_docs.case.model import PARENTS, Carer, Guardian, Pupil
from kcbx_docs.case.names import faults_of_name
from kcbx_docs.case.roster_reading import (
    RosterPupil,
    RosterReading,
    SheetAccount,
    SkippedRow,
)
from kcbx_docs.case.sheets import Sheet, read_sheets
from kcbx_docs.problems import Place, Problem, as_warning, errors, problem
from kcbx_docs.reading import forbidden
from kcbx_docs.words import did_you_mean

MAX_CELL = 500
_NOTE = re.compile(
    r"(合计|总计|小计|填表|制表|审核|校长|班主任|备注|说明|注|填报).{0,2}[:：].*|(合计|总计|小计)"
)
_CLASS_SHEET = re.compile(r".*(班|年级).*")


@dataclass(frozen=True)
class _Record:
    """One row as read: values by field, and where each stands."""

    sheet: Sheet
    row: int
    values: Mapping[str, str | date]
    columns: Mapping[str, int]

    def text(self, field: str) -> str:
        """Return a value as text."""
        value = self.values.get(field, "")
        return value.isoformat() if isinstance(value, date) else value

    def place(self, field: str = "") -> Place:
        """Say where a field of this row stands."""
        return self.sheet.place(self.row, self.columns.get(field))


def read_roster(
    path: Path,
    spec: RosterSpec,
    today: date,
    name: str | None = None,
    needed: frozenset[str] | None = None,
) -> RosterReading:
    """Read a roster; every row is accounted for, every mistake has its cell.

    ``needed`` names the fields that the ordered papers print; nothing means all of them.
    """
    file = name or path.name
    sheets, found = read_sheets(path, name)
    if errors(found):
        return RosterReading(file, problems=found)
    chosen, problems = _chosen(sheets, spec, file)
    problems += found
    skipped: list[SkippedRow] = []
    records, more = _all_records(chosen, spec, skipped)
    problems += more
    pupils = tuple(_pupil(record, number) for number, record in enumerate(records, 1))
    about: list[tuple[int, Problem]] = []
    for number, (record, pupil) in enumerate(zip(records, pupils, strict=True)):
        about += [(number, one) for one in _row_problems(record, pupil, today)]
    numbers = {id(record): number for number, record in enumerate(records)}
    about += [(numbers[id(record)], one) for record, one in _duplicates(records, pupils)]
    problems += [as_warning(one) if one.is_error else one for _, one in about]
    pupils = _held(pupils, about)
    if not pupils and not errors(problems):
        problems.append(problem("ROST008", Place(file)))
    sheets_read = tuple(_account(sheet, spec, pupils, skipped) for sheet in chosen)
    return RosterReading(file, pupils, tuple(skipped), sheets_read, tuple(problems), today)


def _held(
    pupils: Sequence[RosterPupil], about: Sequence[tuple[int, Problem]]
) -> tuple[RosterPupil, ...]:
    """Hold back whoever something is wrong with."""
    reasons: dict[int, list[Problem]] = {}
    for number, one in about:
        if one.is_error:
            reasons.setdefault(number, []).append(as_warning(one))
    held: list[RosterPupil] = []
    for number, pupil in enumerate(pupils):
        held.append(replace(pupil, held=tuple(reasons.get(number, ()))))
    return tuple(held)


def _account(
    sheet: Sheet, spec: RosterSpec, pupils: Sequence[RosterPupil], skipped: Sequence[SkippedRow]
) -> SheetAccount:
    header = find_header(sheet.rows, spec.columns, spec.header_row)
    if header is None or header.missing:
        return SheetAccount(sheet.name)
    columns = tuple((header.labels[column], known) for column, known in header.columns.items())
    own = [pupil for pupil in pupils if pupil.sheet == sheet.name]
    held = sum(bool(pupil.held) for pupil in own)
    passed = sum(row.sheet == sheet.name for row in skipped)
    row = sheet.numbers[header.first_row - 1]
    counts = (len(own) + passed, len(own) - held, held, passed)
    return SheetAccount(sheet.name, row, columns, header.unused, *counts)


def _all_records(
    sheets: Sequence[Sheet], spec: RosterSpec, skipped: list[SkippedRow]
) -> tuple[list[_Record], list[Problem]]:
    records: list[_Record] = []
    problems: list[Problem] = []
    for sheet in sheets:
        header = find_header(sheet.rows, spec.columns, spec.header_row)
        problems += _header_problems(sheet, header, spec, sole=len(sheets) == 1)
        if header and not header.missing:
            records += _records(sheet, header, problems, skipped)
    return records, problems


def _chosen(
    sheets: Sequence[Sheet], spec: RosterSpec, file: str
) -> tuple[tuple[Sheet, ...], list[Problem]]:
    if not spec.sheets:
        return tuple(sheets), []
    names = [sheet.name for sheet in sheets]
    problems: list[Problem] = []
    for name in spec.sheets:
        if name not in names:
            facts = {"name": name, "known": "、".join(names)}
            advice = did_you_mean(name, names)
            problems.append(problem("ROST010", Place(file), **facts, advice=advice))
    return tuple(sheet for sheet in sheets if sheet.name in spec.sheets), problems


def _header_problems(
    sheet: Sheet, header: Header | None, spec: RosterSpec, *, sole: bool
) -> Iterator[Problem]:
    place = Place(sheet.file, path=sheet.name)
    if header is None:
        wanted = bool(sole or spec.sheets or spec.header_row)
        yield problem("ROST011" if wanted else "ROST012", place)
        return
    labels = [label for label in header.labels if label]
    for field, label in header.missing:
        advice = did_you_mean(label, labels)
        yield problem("ROST013", place, field=field, label=label, advice=advice)
    for column, label in header.repeated:
        yield problem("ROST014", sheet.place(header.first_row - 1, column), label=label)
    ignored = roster_words()["ignored"]["columns"]
    unused = [label for label in header.unused if plain_header(label) not in ignored]
    if unused:
        yield problem("ROST015", place, labels="、".join(unused))
    if not _names_family(header.columns.values()):
        yield problem("ROST016", place)


def _names_family(fields: Iterable[str]) -> bool:
    """Tell whether anybody but the pupil is named: 父亲姓名, 监护人1姓名 ..."""
    return any(field.endswith("姓名") and field != "姓名" for field in fields)


def _records(
    sheet: Sheet, header: Header, problems: list[Problem], skipped: list[SkippedRow]
) -> Iterator[_Record]:
    columns = {field: column for column, field in header.columns.items()}
    for row in range(header.first_row, len(sheet.rows)):
        cells = sheet.rows[row]
        if _is_header(cells, header):
            continue
        if _is_note(cells, header):
            skipped.append(_skipped(sheet, row, "不是学生"))
            continue
        values, faults = _values(sheet, row, header)
        faults = list(map(as_warning, faults))
        if values.get("姓名"):
            problems.extend(faults)
            yield _Record(sheet, row, values, columns)
            continue
        place = sheet.place(row, columns["姓名"])
        if not any(fault.place == place for fault in faults):
            faults = (
                [as_warning(problem("ROST017", place))] if len(values) + len(faults) > 1 else []
            )
        problems.extend(faults)
        skipped.append(_skipped(sheet, row, "没有姓名", next(iter(faults), None)))


def _skipped(sheet: Sheet, row: int, reason: str, found: Problem | None = None) -> SkippedRow:
    text = " ".join(filter(None, map(text_of, sheet.rows[row])))
    return SkippedRow(sheet.name, sheet.numbers[row], text[:MAX_CELL], reason, found)


def _is_header(cells: Sequence[object], header: Header) -> bool:
    """Tell whether a row is the header again, as on every page of a printed list."""
    column = header.column_of("姓名") or 0
    if column >= len(cells):
        return False
    return plain_header(cells[column]) == plain_header(header.labels[column])


def _is_note(cells: Sequence[object], header: Header) -> bool:
    # A pupil's row has more than three cells; a remark in one of them is no foot of the list.
    texts = [text_of(cell) for cell in cells if text_of(cell)]
    return len(texts) <= 3 and any(_NOTE.fullmatch(text) for text in texts)


def _values(sheet: Sheet, row: int, header: Header) -> tuple[dict[str, str | date], list[Problem]]:
    values: dict[str, str | date] = {}
    faults: list[Problem] = []
    cells = sheet.rows[row]
    for column, field in header.columns.items():
        if column >= len(cells):
            continue
        value = _printable(value_of(_key(field), cells[column]))
        if isinstance(value, Unreadable):
            place = sheet.place(row, column)
            faults.append(problem(value.code, place, field=field, value=value.shown))
        elif value:
            values[field] = value
    return values, faults


def _printable(value: Value) -> Value:
    """Refuse what nobody wrote on purpose: a whole page in a cell, characters without a shape."""
    if not isinstance(value, str):
        return value
    if len(value) > MAX_CELL:
        return Unreadable("ROST025", value[:20] + "……")
    strange = [char for char in value if forbidden(char)]
    return Unreadable("ROST023", f"U+{ord(strange[0]):04X}") if strange else value


def _key(field: str) -> str:
    for person in PEOPLE:
        if field.startswith(person):
            return field.removeprefix(person)
    return field


def _pupil(record: _Record, serial: int) -> RosterPupil:
    label = record.text("班级")
    if not label and _CLASS_SHEET.fullmatch(record.sheet.name):
        label = record.sheet.name
    grade, class_name = grade_and_class(record.text("年级"), label)
    own = {field: record.text(field) for field in _PUPIL_KEYS if record.text(field)}
    own |= {"姓名": own["姓名"][:NAME_LIMIT], "年级": grade, "班级": class_name}
    pupil = Pupil.model_validate(own)
    guardians, carers = _family(record)
    phones = (record.text("电话"), *(person.phone for person in (*guardians, *carers)))
    return RosterPupil(
        pupil,
        guardians,
        carers,
        next(filter(None, phones), ""),
        class_name if class_name.startswith(grade) else grade + class_name,
        serial,
        record.sheet.name,
        record.sheet.numbers[record.row],
    )


_PUPIL_KEYS = tuple(str(field.alias) for field in Pupil.model_fields.values())
_SHARED = ("姓名", "身份证号", "电话", "住址")


def _name(record: _Record, person: str) -> str:
    """Return the name of somebody of the family, as far as a name may be long."""
    return record.text(person + "姓名")[:NAME_LIMIT]


def _family(record: _Record) -> tuple[tuple[Guardian, ...], tuple[Carer, ...]]:
    guardians: list[Guardian] = []
    carers: list[Carer] = []
    for person in PEOPLE:
        name = _name(record, person)
        if not name or name in {other.name for other in (*guardians, *carers)}:
            continue
        relation = record.text(person + "关系")
        if not relation and person in PARENTS:
            relation = person
        told = {key: record.text(person + key) for key in _SHARED if record.text(person + key)}
        told |= {"姓名": name, "关系": relation}
        if not _is_guardian(person, relation, record.text(person + "是否监护人")):
            carers.append(Carer.model_validate(told))
            continue
        told.setdefault("住址", record.text("现住址"))
        if work := record.text(person + "工作单位"):
            told["工作单位"] = work
        guardians.append(Guardian.model_validate(told))
    return tuple(guardians), tuple(carers)


def _is_guardian(person: str, relation: str, marked: str) -> bool:
    """Parents are guardians whatever is marked; others only where the roster says so."""
    if person == "照护人":
        return False
    return relation in PARENTS or marked == "是" or (not relation and marked != "否")


def _row_problems(record: _Record, pupil: RosterPupil, today: date) -> Iterator[Problem]:
    for person in ("", *PEOPLE):
        name = record.text(person + "姓名")
        if name:
            yield from _person_problems(record, person, name, today)
    for carer in pupil.carers:
        person = next(person for person in PEOPLE if _name(record, person) == carer.name)
        if person != "照护人":
            place, relation = record.place(person + "姓名"), carer.relation or "其他人"
            yield problem("ROST032", place, name=carer.name, relation=relation)
    if not pupil.guardians and _names_family(record.columns):
        yield problem("ROST033", record.place(), name=pupil.pupil.name)
    if not pupil.class_label:
        yield problem("ROST034", record.place("班级"), name=pupil.pupil.name)


def _person_problems(record: _Record, person: str, name: str, today: date) -> Iterator[Problem]:
    """Check a name and a number; ``person`` is nothing for the pupil."""
    place, who = record.place(person + "姓名"), f"「{name}」"
    written = text_of(record.sheet.rows[record.row][record.columns[person + "姓名"]])
    for code, facts in faults_of_name("".join(written.split())):
        yield problem(code, place, who=who, **facts)
    if len(name) > NAME_LIMIT:
        yield problem("ROST024", place, limit=NAME_LIMIT)
    number = record.text(person + "身份证号")
    if not number:
        return
    id_type = RESIDENT if person else record.text("证件类型") or RESIDENT
    for code, facts in faults_of_id(number, id_type, today):
        yield problem(code, record.place(person + "身份证号"), who=who, **facts)
    if not person:
        yield from _against_number(record, number, id_type, who)
    elif number == record.text("身份证号"):
        yield problem("ROST031", record.place(person + "身份证号"), name=name)


def _against_number(record: _Record, number: str, id_type: str, who: str) -> Iterator[Problem]:
    """Compare what the pupil's number tells with what the row says."""
    told = read_id(number, id_type)
    for key, code, value in (("出生日期", "CASE028", told.birth), ("性别", "CASE029", told.sex)):
        own = record.values.get(key)
        if own and value and own != value:
            yield problem(code, record.place(key), who=who, written=own, told=value)


def _duplicates(
    records: Sequence[_Record], pupils: Sequence[RosterPupil]
) -> Iterator[tuple[_Record, Problem]]:
    for field in ("学籍号", "身份证号"):
        yield from _same(records, pupils, [record.text(field) for record in records], field)
    described: list[str] = []
    for record, pupil in zip(records, pupils, strict=True):
        numbered = record.text("学籍号") or record.text("身份证号")
        described.append("" if numbered else pupil.described)
    yield from _same(records, pupils, described, "姓名")
    seen: dict[str, _Record] = {}
    for record, pupil in zip(records, pupils, strict=True):
        name = pupil.pupil.name
        other = seen.setdefault(f"{pupil.class_label}/{name}", record)
        if other is not record and other.text("身份证号") != record.text("身份证号"):
            place, first = record.place("姓名"), other.place("姓名").path
            yield record, problem("ROST036", place, name=name, other=first)


def _same(
    records: Sequence[_Record], pupils: Sequence[RosterPupil], values: Sequence[str], field: str
) -> Iterator[tuple[_Record, Problem]]:
    seen: dict[str, _Record] = {}
    for record, pupil, value in zip(records, pupils, values, strict=True):
        other = seen.setdefault(value, record) if value else record
        if other is not record:
            shown = mask(value) if field != "姓名" else pupil.pupil.name
            facts = {"field": field, "value": shown, "other": other.place(field).path}
            yield record, problem("ROST030", record.place(field), **facts)

"""The leads of an office: new ones from a list or a comparison, those that wait, and what somebody
decides on them. Files are only added to.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kcbx_docs.act import Put, together
from kcbx_docs.case.files import LoadedLeads, load_file, load_source
from kcbx_docs.case.ids import mask
from kcbx_docs.case.lead_list import Heard
from kcbx_docs.case.leads import Handled, LeadEntry, Whence, handled_of
from kcbx_docs.case.model import Guardian, Pupil, name_key
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.light import dataclass
from kcbx_docs.office.children import KnownChild, known_children
from kcbx_docs.office.coming import Coming
from kcbx_docs.office.insertion import Inserted, insert_item
from kcbx_docs.office.opened import Office
from kcbx_docs.office.outlook import LEADS, Outlook
from kcbx_docs.office.todo import Todo
from kcbx_docs.problems import Place, Problem, Problems, problem, raise_errors

_WORD = LEADS.encode()
_DAYS = "线索核查天数"
"""The parameter of a pack that says within how many days somebody looks."""


@dataclass(frozen=True)
class KeptLead:
    """A lead in its file."""

    loaded: LoadedLeads
    handled: Handled

    @property
    def id(self) -> str:
        """Return its number."""
        return self.handled.entry.id


def kept_leads(paths: Iterable[Path], day: date) -> tuple[KeptLead, ...]:
    """Read all leads of some files; of files that are none, and of broken ones, nothing."""
    found: list[KeptLead] = []
    for path in paths:
        if not path.is_file() or _WORD not in path.read_bytes():
            continue
        loaded, _ = load_file(path, day)
        if isinstance(loaded, LoadedLeads):
            found += [KeptLead(loaded, one) for one in handled_of(loaded.leads)]
    return tuple(found)


def pupil_of_lead(entry: LeadEntry) -> Pupil:
    """Return the child of a lead as a case names it."""
    values = {
        "姓名": entry.name,
        "身份证号": entry.id_number,
        "出生日期": entry.birth,
        "学籍号": entry.pupil_number,
        "年级": entry.grade,
        "班级": entry.class_name,
        "现住址": entry.address,
        "电话": entry.phone if not entry.guardian else "",
    }
    return Pupil.model_validate({key: value for key, value in values.items() if value})


def guardians_of_lead(entry: LeadEntry) -> tuple[Guardian, ...]:
    """Return whom a lead names as the child's guardian; he is still to be found out."""
    if not entry.guardian:
        return ()
    return (Guardian.model_validate({"姓名": entry.guardian, "电话": entry.phone}),)


def unheard(heard: Sequence[Heard], files: Sequence[Path], day: date) -> tuple[Heard, ...]:
    """List those of whom there never was a lead, and who have no open case."""
    leads = {_key(one.handled.entry) for one in kept_leads(files, day)}
    cases = tuple(known_children(files, [one.row.pupil for one in heard]))
    new = [one for one in heard if _key_of(one, "") not in leads]
    return tuple(one for one in new if not _has_case(one.row, cases))


def _has_case(row: RosterPupil, cases: Iterable[KnownChild]) -> bool:
    return any(child.may_be(row.pupil, row.guardians) for child in cases)


@dataclass(frozen=True)
class Taken:
    """What becomes of a list: the leads to be written, and what is told of the others."""

    entries: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...]
    doubles: int = 0


def take_in(
    heard: Sequence[Heard],
    files: Sequence[Path],
    day: date,
    source: Whence,
    reporter: str = "",
    school: str = "",
    file: str = "",
) -> Taken:
    """Make leads of persons and reasons, whoever found them; nothing is written yet.

    A child of whom a lead waits already gets no second one, a child that has a case is told of.
    """
    kept = kept_leads(files, day)
    pupils = [one.row.pupil for one in heard]
    cases = tuple(known_children(files, pupils))
    entries: list[dict[str, Any]] = []
    told: list[Problem] = []
    doubles = 0
    waiting = [one for one in kept if one.handled.decision is None]
    before = [one for one in kept if one.handled.decision is not None]
    numbers = free_numbers({one.id for one in kept}, day.year)
    known = {_key(one.handled.entry): one.id for one in waiting}
    for one in heard:
        name, place = one.row.pupil.name, one.row.place_in(file)
        key = _key_of(one, school)
        if key in known:
            doubles += 1
            told.append(problem("LEAD010", place, name=name, id=known[key]))
            continue
        told += _of_another_name(known, key, name, place)
        for case in (
            child.path for child in cases if child.may_be(one.row.pupil, one.row.guardians)
        ):
            told.append(problem("LEAD011", place, name=name, case=case.name))
        told += _rejected_before(before, key, name, place)
        entry = _entry(one, next(numbers), day, source, reporter, school)
        known[key] = entry["编号"]
        entries.append(entry)
    return Taken(tuple(entries), tuple(told), doubles)


def _of_another_name(
    known: Mapping[tuple[str, str], str], key: tuple[str, str], name: str, place: Place
) -> Iterator[Problem]:
    """Tell of a lead of somebody else with the same number: one of the two is wrong."""
    for (other, number), lead in known.items():
        if number == key[1] and other != key[0] and number.isalnum() and number.isascii():
            yield problem("LEAD043", place, name=name, id=lead, number=mask(number))


def _rejected_before(
    before: Sequence[KeptLead], key: tuple[str, str], name: str, place: Place
) -> Iterator[Problem]:
    """Tell how an earlier lead of the same child ended: it may be news, or the same again."""
    for one in before:
        decision = one.handled.decision
        if decision and _key(one.handled.entry) == key:
            facts = {"name": name, "id": one.id, "day": decision.day, "what": decision.outcome}
            yield problem("LEAD012", place, **facts, why=decision.why or decision.case)


def _key(entry: LeadEntry) -> tuple[str, str]:
    number = entry.id_number or entry.pupil_number
    return name_key(entry.name), number or entry.school + entry.class_name


def _key_of(one: Heard, school: str) -> tuple[str, str]:
    pupil = one.row.pupil
    number = pupil.id_number or pupil.pupil_number
    return name_key(pupil.name), number or (one.school or school) + pupil.class_name


def free_numbers(taken: set[str], year: int) -> Iterator[str]:
    """Yield free numbers of leads: X2026-001, X2026-002, ..."""
    for serial in range(1, 100_000):
        number = f"X{year}-{serial:03d}"
        if number not in taken:
            yield number


def _entry(
    one: Heard, number: str, day: date, source: Whence, reporter: str, school: str
) -> dict[str, Any]:
    pupil, row = one.row.pupil, one.row
    guardian = row.guardians[0] if row.guardians else None
    values: Mapping[str, object] = {
        "编号": number,
        "姓名": pupil.name,
        "接到日期": day.isoformat(),
        "来源": one.source or source,
        "反映人": one.reporter or reporter,
        "身份证号": pupil.id_number,
        "出生日期": "" if pupil.id_number else str(pupil.birth or ""),
        "学籍号": pupil.pupil_number,
        "学校": one.school or school,
        "年级": pupil.grade,
        "班级": pupil.class_name,
        "最后到校": str(one.last_seen or ""),
        "缺课天数": one.absent_days,
        "原因": one.reason,
        "监护人": guardian.name if guardian else "",
        "电话": row.phone,
        "住址": pupil.address,
        "备注": f"名单写着 {row.absent_since} 起缺课" if row.absent_since else "",
    }
    return {key: str(value) for key, value in values.items() if value}


def decided(
    office: Office, kept: Sequence[KeptLead], decision: Mapping[str, Any], today: date
) -> tuple[Inserted, ...]:
    """Put a decision below the leads that it is about, in each of their files; nothing is written
    yet, and what is wrong with it is raised.
    """
    changes: list[Inserted] = []
    for path in dict.fromkeys(one.loaded.path for one in kept):
        own = [one.id for one in kept if one.loaded.path == path]
        count = next(len(one.loaded.leads.handled) for one in kept if one.loaded.path == path)
        change = insert_item(path, "处理", count, {**decision, LEADS: own})
        _, found = load_source(path, change.source, (), today, office.workspace)
        # The line is not in the file, so that no place in the file shows it.
        raise_errors(replace(one, place=Place()) for one in found)
        changes.append(change)
    return tuple(changes)


def write_decision(root: Path, changes: Iterable[Inserted], *more: Put) -> Problems:
    """Write what was decided with the case that comes of it: all, or nothing where somebody changed
    a file meanwhile.
    """
    return together(root, (*more, *(Put(one.path, one.data, one.before) for one in changes)))


def outlooks_of_leads(loaded: LoadedLeads, office: Office, day: date) -> Iterator[Outlook]:
    """Tell of each lead that waits: who it is, since when, until when somebody looks."""
    for entry in loaded.leads.open_on(day):
        until = _until(entry, office)
        due = (Coming("核查线索，受理或者不受理", until, "机关"),) if until else ()
        todo = Todo("", "lead", "核查线索，受理或者不受理", "机关", "现在")
        left = (until - day).days if until else 0
        told = {
            "编号": entry.id,
            "学校": entry.school,
            "班级": entry.grade + entry.class_name,
            "来源": entry.source,
            "反映人": entry.reporter,
            "接到日期": entry.day,
            "说的": entry.told,
        }
        yield Outlook(
            path=loaded.path,
            case_id=entry.id,
            pupil=entry.name,
            office=office.workspace.office.name,
            states=(("", "线索没有处理"),),
            due=due,
            first=due[0] if due else None,
            urgency=((0 if left < 0 else 1) if until else 2, left, entry.id),
            todos=(todo,),
            told=told,
            kind=LEADS,
        )


def _until(entry: LeadEntry, office: Office) -> date | None:
    """Tell by when the place wants a lead looked at; nothing where nobody has said so."""
    days = office.library.place_facts().get(_DAYS)
    return entry.day + timedelta(days=int(str(days))) if str(days or "").isdecimal() else None

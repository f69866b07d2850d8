"""What is wrong with a school's list of pupils: days that cannot be, two things that exclude each
other, a child whom the list leaves out, counts that do not add up.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kcbx_docs import clock
from kcbx_docs.case.files import LoadedCase, LoadedWork
from kcbx_docs.case.model import name_key
from kcbx_docs.case.work import PUPILS, Work, WorkParty
from kcbx_docs.case.work_pupils import ARRIVED, MISSING, ON_LEAVE, WorkPupil
from kcbx_docs.light import dataclass
from kcbx_docs.office.children import text_of
from kcbx_docs.office.files import CASES, files_below
from kcbx_docs.office.opened import Office
from kcbx_docs.office.pupil_list import ListedPupil, PupilList, list_of
from kcbx_docs.packs.work_steps import AWAY_LIST, LEAVING_LIST, PupilsOf
from kcbx_docs.problems import Place, Problem, errors, problem
from kcbx_docs.procedure.works import pupils_of_kind
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.presence import AWAY, presence_on

_OF_BOTH = ("姓名", "案件", "线索", "身份证号", "班级", "监护人", "电话")
_OF_EACH: Mapping[PupilsOf, tuple[str, ...]] = {
    AWAY_LIST: ("首次缺课日期", "缺课日期", "缺课天数", "类别", "原因", "措施", "学籍标注日期"),
    LEAVING_LIST: ("性别", "录取学校", "报到", "未报到原因", "备注"),
}
"""What a list says of a pupil, by whom it names."""
_FEW = 10
"""Names that are told one by one."""


def list_faults(loaded: LoadedWork, office: Office, today: date) -> Iterator[Problem]:
    """Yield what is wrong with the list of a piece of work; nothing where it has none."""
    which = pupils_of_kind(loaded.work.kind, office.law)
    if which is None:
        return
    found = list_of(loaded, office, today)
    yield from found.problems
    yield from faults_of(found, loaded, today)
    yield from _idle_keys(loaded, which)
    own = loaded.work.office or office.workspace.office.name
    for number, party in enumerate(loaded.work.parties):
        if which == LEAVING_LIST and party.name == own:
            place = loaded.source.place(("对象", number, "名称"), value=True)
            yield problem("WORK084", place, school=own)
    if which == AWAY_LIST:
        dockets = _cases(loaded, office, today)
        yield from left_out(found, loaded, office, dockets, loaded.work.day or today)


def _idle_keys(loaded: LoadedWork, which: PupilsOf) -> Iterator[Problem]:
    """Ask about keys of a pupil that a list of this kind does not print."""
    known = (*_OF_BOTH, *_OF_EACH[which])
    entries = loaded.source.data.get(PUPILS)
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        for key in entry if isinstance(entry, dict) else ():
            if key not in known:
                place = loaded.source.place((PUPILS, number, key))
                facts = {"kind": loaded.work.kind, "key": key, "known": "、".join(known)}
                yield problem("WORK045", place, **facts)


def faults_of(found: PupilList, loaded: LoadedWork, today: date) -> Iterator[Problem]:
    """Yield what a list itself says that cannot be."""
    yield from _held(found, loaded)
    yield from _twice(found)
    for one in found.pupils:
        yield from _days(one, loaded.work.day or today)
        yield from _contradictions(one)
    yield from _parties(found, loaded)


def _held(found: PupilList, loaded: LoadedWork) -> Iterator[Problem]:
    """Name those of the roster who are not on the list."""
    spec = loaded.work.roster
    if found.held and spec:
        facts = {"count": len(found.held), "names": _names(one.pupil.name for one in found.held)}
        yield problem("WORK082", Place(spec.file), **facts)


def _names(names: Iterator[str]) -> str:
    every = [*names]
    return "、".join(every[:_FEW]) + ("……" if len(every) > _FEW else "")


def _twice(found: PupilList) -> Iterator[Problem]:
    seen: dict[tuple[str, str], ListedPupil] = {}
    for one in found.pupils:
        for key in _keys(one.pupil):
            first = seen.setdefault(key, one)
            if first is not one:
                facts = {"name": one.pupil.name, "other": _where(first)}
                yield problem("WORK076", one.place, **facts)
                break


def _keys(one: WorkPupil) -> Iterator[tuple[str, str]]:
    """Yield by what two entries are one pupil: a number, or the name within a class."""
    if one.id_number:
        yield "", one.id_number
    else:
        yield one.class_name, name_key(one.name)


def _where(one: ListedPupil) -> str:
    return one.place.path or (f"第{one.place.line}行" if one.place.line else one.place.file)


def _days(one: ListedPupil, day: date) -> Iterator[Problem]:
    """Compare the days of absence with one another and with the day of the list."""
    pupil = one.pupil
    absent = [("缺课日期", told) for told in pupil.absent_on]
    for key, told in (("首次缺课日期", pupil.since), *absent):
        if told and told > day:
            yield _odd_day(one, key, told, "晚于填表的", day)
    for key, told in (("学籍标注日期", pupil.marked_on), *absent):
        if told and pupil.since and told < pupil.since:
            yield _odd_day(one, key, told, "早于首次缺课的", pupil.since)
    yield from _count_of_days(one, day)


def _odd_day(one: ListedPupil, key: str, told: date, what: str, day: date) -> Problem:
    facts = {"key": key, "told": told, "what": what, "day": day}
    return problem("WORK074", one.place, name=one.pupil.name, **facts)


def _count_of_days(one: ListedPupil, day: date) -> Iterator[Problem]:
    """Tell of more days than there were, or fewer than are written."""
    pupil = one.pupil
    first = pupil.since or min(pupil.absent_on, default=None)
    least = len(set(pupil.absent_on))
    most = (day - first).days + 1 if first and first <= day else 999
    if pupil.days and not least <= pupil.days <= most:
        facts = {"days": pupil.days, "count": least, "most": most}
        yield problem("WORK075", one.place, name=pupil.name, **facts)


def _contradictions(one: ListedPupil) -> Iterator[Problem]:
    """Tell of two things said of a pupil that exclude each other."""
    pupil = one.pupil
    marked = f"{one.mark}（{pupil.marked_on}）" if one.mark else str(pupil.marked_on or "")
    if pupil.standing == ON_LEAVE and pupil.marked_on:
        yield problem("WORK073", one.place, name=pupil.name, what=f"请假，学籍标注 {marked}")
    if pupil.arrival == ARRIVED and pupil.why_not:
        yield problem("WORK073", one.place, name=pupil.name, what="已报到，又写了未报到原因")
    if one.presence and one.presence != AWAY and pupil.looked_for:
        facts = {"name": pupil.name, "case": pupil.case, "told": pupil.standing}
        yield problem("WORK081", one.place, **facts, presence=one.presence)


def _parties(found: PupilList, loaded: LoadedWork) -> Iterator[Problem]:
    """Tell who is on the list of no school, and counts of a school that do not add up."""
    work = loaded.work
    names = {party.name for party in work.parties}
    for one in found.pupils:
        if names and not (one.pupil.school in names or (len(names) == 1 and not one.pupil.school)):
            school = one.pupil.school or "没有写"
            told = {"name": one.pupil.name, "school": school, "known": "、".join(sorted(names))}
            yield problem("WORK077", one.place, **told)
    for number, party in enumerate(work.parties):
        counts = count_of(found, work, party)
        place = loaded.source.place(("对象", number, "实到人数"), value=True)
        if party.arrived is not None and party.arrived != counts.expected - counts.missing:
            facts: dict[str, object] = {"school": party.name, "arrived": party.arrived}
            facts |= {"expected": counts.expected, "missing": counts.missing}
            yield problem("WORK079", place, **facts)


@dataclass(frozen=True)
class PartyCount:
    """How many go to one school, and how many of them did not come."""

    expected: int
    missing: int


def count_of(found: PupilList, work: Work, party: WorkParty) -> PartyCount:
    """Count the pupils of one school."""
    own = found.of_party(party.name, only=len(work.parties) == 1)
    return PartyCount(len(own), sum(one.pupil.arrival == MISSING for one in own))


def _cases(loaded: LoadedWork, office: Office, today: date) -> Iterator[Docket]:
    """Read the cases in whose files the school is named."""
    school = loaded.work.office or office.workspace.office.name
    known = max(loaded.work.day or today, today, clock.today())
    for path in files_below((office.root / CASES,), workspace=False):
        if school not in text_of(path):
            continue
        case, told = office.read(path, known)
        if isinstance(case, LoadedCase) and not errors(told):
            yield office.docket(case)


def left_out(
    found: PupilList, loaded: LoadedWork, office: Office, dockets: Iterable[Docket], day: date
) -> Iterator[Problem]:
    """Name the children who have a case, are away on the day of the list, and are not on it."""
    listed = {one.pupil.case for one in found.pupils}
    school = loaded.work.office or office.workspace.office.name
    for docket in dockets:
        case = docket.case
        own = case.school is not None and case.school.name == school
        if own and case.id not in listed and presence_on(docket, day) == AWAY:
            facts = {"case": case.id, "name": case.pupil.name, "day": day}
            yield problem("WORK080", loaded.source.place((PUPILS,)), **facts)

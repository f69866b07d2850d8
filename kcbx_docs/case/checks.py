"""What no single value of a case shows: people, numbers and names that contradict each other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, product

from kcbx_docs.case.added_line import line_to_add
from kcbx_docs.case.bases import check_bases
from kcbx_docs.case.births import year_in
from kcbx_docs.case.called_by_post import check_organs, check_posts
from kcbx_docs.case.event_checks import check_dates, check_event_fields, check_targets
from kcbx_docs.case.ids import (
    RESIDENCE_PERMIT,
    RESIDENT,
    age_on,
    faults_of_id,
    mask,
    normalise_id,
    read_id,
)
from kcbx_docs.case.many_guardians import check_many_guardians
from kcbx_docs.case.model import (
    ADOPTERS,
    PARENTS,
    STEPPARENTS,
    Carer,
    Case,
    Guardian,
    Pupil,
)
from kcbx_docs.case.names import faults_of_name, names_nobody, same_name
from kcbx_docs.case.odd_facts import check_odd_facts
from kcbx_docs.case.out_of_place import (
    check_attitudes,
    check_class,
    check_named_people,
    check_number_of_case,
    check_own_number,
    check_ways,
    check_words,
)
from kcbx_docs.case.person import Person
from kcbx_docs.case.prose_checks import check_dangers, check_guardians_told
from kcbx_docs.case.same_things import check_documents, check_evidence, check_told_twice
from kcbx_docs.case.situation_checks import check_situation
from kcbx_docs.case.slip_addresses import check_addresses
from kcbx_docs.case.slip_checks import (
    check_lists,
    check_officers,
    check_phones,
    check_relations,
    parent_meant,
)
from kcbx_docs.case.suit_checks import check_suit, plaintiff_formerly
from kcbx_docs.case.usual_words import entrusted, expelled, ill, stage_of
from kcbx_docs.case.who_is_meant import list_in_chinese, listed, names_with_blanks, names_within
from kcbx_docs.case.whose_number import number_of_pupil, same_number, speaks_against
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.case.written_numbers import check_numbers
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problem, Problems, problem
from kcbx_docs.reading import Loc, Source
from kcbx_docs.words import called_by_pair, did_you_mean, example_of

PARENT_AGE = 16
"""Years between a guardian and the child below which a slip of the pen is likelier;
no rule of law.
"""

Checked = Callable[[Case, Source, date], Iterator[Problem]]


@dataclass(frozen=True)
class NamedPerson:
    """A person of a case with the words for and the place of it."""

    person: Person
    who: str
    loc: Loc


def people_of(case: Case) -> tuple[NamedPerson, ...]:
    """List everybody whose identity the case states."""
    return (
        NamedPerson(case.pupil, f"学生「{case.pupil.name}」", ("学生",)),
        *_entries(case.guardians, "监护人"),
        *_entries(case.carers, "受托照护人"),
    )


def _entries(people: Sequence[Guardian | Carer], role: str) -> Iterator[NamedPerson]:
    for number, person in enumerate(people):
        yield NamedPerson(person, f"{role}「{person.name}」", (role, number))


def check_names(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Names are written as on the identity card."""
    for entry in people_of(case):
        place = source.place((*entry.loc, "姓名"), value=True)
        if len(names_with_blanks(entry.person.name)) > 1:  # two people: check_lists tells it
            continue
        if entry.loc[0] == "监护人" and names_nobody(entry.person.name):
            yield problem("CASE271", place, who=entry.who, name=entry.person.name)
            continue
        for code, facts in faults_of_name(entry.person.name):
            yield problem(code, place, who=entry.who, **facts)


def check_ids(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Numbers are right in themselves and agree with birth date and sex."""
    for entry in people_of(case):
        if entry.person.id_number:
            yield from _id_problems(entry, source, today)


def _id_problems(entry: NamedPerson, source: Source, today: date) -> Iterator[Problem]:
    person, told = entry.person, read_id(entry.person.id_number, entry.person.id_type)
    place = source.place((*entry.loc, "身份证号"), value=True)
    for code, facts in faults_of_id(person.id_number, person.id_type, today):
        yield problem(code, place, who=entry.who, **facts)
    if told.birth and person.birth and told.birth != person.birth:
        at = source.place((*entry.loc, "出生日期"), value=True)
        yield problem("CASE028", at, who=entry.who, written=person.birth, told=told.birth)
    if told.sex and person.sex and told.sex != person.sex:
        at = source.place((*entry.loc, "性别"), value=True)
        yield problem("CASE029", at, who=entry.who, written=person.sex, told=told.sex)


def check_birth(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Nobody is born after today; a year is one."""
    for entry in people_of(case):
        if entry.person.birth and entry.person.birth > today and not entry.person.id_number:
            place = source.place((*entry.loc, "出生日期"), value=True)
            yield problem("CASE024", place, who=entry.who, birth=entry.person.birth)
    for text in case.pupil.birth_years:
        if not (year := year_in(text)) or year > today.year:
            yield problem("CASE329", source.place(("学生", "出生年份"), value=True), value=text)


def check_whereabouts(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """What is told of where somebody is, and of what he can, has begun."""
    for number, guardian in enumerate(case.guardians):
        if guardian.whereabouts_before and guardian.whereabouts_since is None:
            place = source.place(("监护人", number, "下落经过"))
            yield problem("CASE079", place, name=guardian.name)
        if guardian.homes_before and guardian.address_since is None:
            place = source.place(("监护人", number, "住址经过"))
            yield problem("CASE215", place, name=guardian.name)
        days = {
            "下落日期": guardian.whereabouts_since,
            "监护状况日期": guardian.condition_since,
            "住址日期": guardian.address_since,
        }
        for key, since in days.items():
            if since and since > today:
                place = source.place(("监护人", number, key), value=True)
                told = {"who": f"监护人「{guardian.name}」", "key": key, "day": since}
                yield problem("CASE074", place, **told)


def check_pupil_number(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """The 学籍号 is G and the ID number; numbers that start with L are temporary."""
    pupil = case.pupil
    number = normalise_id(pupil.pupil_number)
    if not number or not pupil.id_number or pupil.id_type != RESIDENT:
        return
    if any(same_number(pupil, one) for one in (*case.guardians, *case.carers)):
        return  # whose number it is, is told there
    if number[0] != "L" and number != "G" + pupil.id_number:
        place = source.place(("学生", "学籍号"), value=True)
        yield problem("CASE035", place, name=pupil.name)


def check_completeness(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """What every paper needs to know of the child and the guardians is there."""
    pupil, place = case.pupil, source.place(("学生",))
    if not pupil.id_number and not pupil.no_id_reason:
        yield problem("CASE026", place, name=pupil.name)
    told = pupil.id_number and pupil.id_type in (RESIDENT, RESIDENCE_PERMIT)
    for key, value in (("性别", pupil.sex), ("出生日期", pupil.birth)):
        if not value and not told:
            yield problem("CASE027", place, name=pupil.name, key=key)
    if not case.guardians:
        yield problem("CASE270", source.place(("监护人",)), name=pupil.name)
    yield from _grade_gaps(case, source)
    yield from _reason_gaps(case, source)
    for entry in _entries(case.guardians, "监护人"):
        yield from _guardian_gaps(entry, source)


def check_guardianship(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Who is said to be a guardian is one by law: nobody else is ever addressed."""
    for entry in _entries(case.guardians, "监护人"):
        yield from _basis_gaps(entry, source)


def _grade_gaps(case: Case, source: Source) -> Iterator[Problem]:
    """A grade above the nine years and schooling that is said not to be finished do not agree."""
    finished, stage = case.exclusions.completed, stage_of(case.pupil.grade)
    if stage and finished.result == "否":
        at = source.place(("学生", "年级"), value=True)
        code = "CASE090" if stage == "高中以上" else "CASE091"
        yield problem(code, at, name=case.pupil.name, grade=case.pupil.grade)


def _reason_gaps(case: Case, source: Source) -> Iterator[Problem]:
    """Ask about a reason of the absence that sounds lawful where none was found to be."""
    found = case.exclusions
    yield from _unfounded_reasons(case, source)
    denied = all(one.examined and not one.applies for one in (found.hospital, found.other))
    at = source.place(("学生", "失学原因"), value=True)
    if denied and ill(case.pupil.reason):
        yield problem("CASE092", at, reason=case.pupil.reason)
    if expelled(case.pupil.reason):
        yield problem("CASE093", at, reason=case.pupil.reason)


def _unfounded_reasons(case: Case, source: Source) -> Iterator[Problem]:
    """Ask what shows a lawful reason: once it is said to exist, nobody goes after the child."""
    for name, found in case.exclusions.items():
        if found.applies and not found.evidence:
            at = source.place(("排除情形", name), value=True)
            yield problem("CASE255", at, name=name, result=found.result)


def _guardian_gaps(entry: NamedPerson, source: Source) -> Iterator[Problem]:
    guardian, place = entry.person, source.place(entry.loc)
    assert isinstance(guardian, Guardian)
    if not guardian.relation:
        yield problem("CASE034", place, who=entry.who)
    if not guardian.address:
        added = line_to_add(source, (*entry.loc, "姓名"), "住址", example_of("", "住址"))
        yield problem("CASE033", place, who=entry.who, added=added)
    if not (guardian.id_number or guardian.no_id_reason or names_nobody(guardian.name)):
        yield problem("CASE037", place, who=entry.who)


def _basis_gaps(entry: NamedPerson, source: Source) -> Iterator[Problem]:
    guardian = entry.person
    assert isinstance(guardian, Guardian)
    at = source.place((*entry.loc, "关系"), value=True)
    facts = {"who": entry.who, "relation": guardian.relation}
    if not guardian.relation:
        return
    if parent_meant(guardian.relation) or _names_two(guardian):
        return  # told as another word
    kind = next((k for k, of in _BASES.items() if guardian.relation in of), "")
    example = example_of(kind, "监护依据")
    facts["added"] = line_to_add(source, (*entry.loc, "关系"), "监护依据", example)
    if guardian.relation not in PARENTS and not guardian.basis:
        yield replace(problem("CASE036", at, **facts), missing=("监护依据",))
    elif entrusted(guardian.basis):
        at = source.place((*entry.loc, "监护依据"), value=True)
        yield problem("CASE087", at, who=entry.who, basis=guardian.basis)
    elif guardian.relation in (*ADOPTERS, *STEPPARENTS) and not guardian.basis:
        code = "CASE088" if guardian.relation in STEPPARENTS else "CASE089"
        yield problem(code, at, **facts)


_BASES = {"继父母": STEPPARENTS, "养父母": ADOPTERS}
"""By what they are guardians: which example of it is shown."""


def _names_two(guardian: Guardian) -> bool:
    return not guardian.basis and bool(called_by_pair(guardian.relation))


def check_same_person(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Nobody stands twice in a case: not as child and guardian, not as guardian and carer."""
    people = people_of(case)
    for number, entry in enumerate(people):
        for other in people[:number]:
            if same_number(entry.person, other.person):
                yield _one_number(entry, other, source, today)
            else:
                yield from _one_name(entry, other, source)


def _one_number(entry: NamedPerson, other: NamedPerson, source: Source, today: date) -> Problem:
    """Tell of one number at two people: at whom it is wrong, as far as the file shows that."""
    wrong = _whose_is_wrong(entry, other, today)
    beside = entry if wrong is other else other
    at, there = (
        source.place((*one.loc, "身份证号"), value=True) for one in (wrong or entry, beside)
    )
    facts = {
        "who": (wrong or entry).who,
        "other": beside.who + (f"（第 {there.line} 行）" if there.line else ""),
        "number": mask(normalise_id(entry.person.id_number)),
        "advice": _as_it_shows(wrong, beside) if wrong else "",
    }
    return problem("CASE050", at, **facts)


def _whose_is_wrong(entry: NamedPerson, other: NamedPerson, today: date) -> NamedPerson | None:
    """Return the one of two with one number whom the rest of the file says that it is not his."""
    doubted = [one for one in (entry, other) if speaks_against(one.person, today)]
    return doubted[0] if len(doubted) == 1 else None


def _as_it_shows(wrong: NamedPerson, beside: NamedPerson) -> str:
    told = f"照文件里别的内容看，是{beside.who}的号码，{wrong.who}的写错了"
    own = number_of_pupil(wrong.person) if isinstance(wrong.person, Pupil) else ""
    if own and own != normalise_id(wrong.person.id_number):
        return f"{told}；学生的多半是学籍号里去掉 G 的 {mask(own)}，对照户口簿再改。"
    return f"{told}；查到以前先不写号码。"


def _one_name(entry: NamedPerson, other: NamedPerson, source: Source) -> Iterator[Problem]:
    ids = normalise_id(entry.person.id_number), normalise_id(other.person.id_number)
    roles = {str(entry.loc[0]), str(other.loc[0])}
    if same_name(entry.person.name, other.person.name) and not all(ids):
        place = source.place((*entry.loc, "姓名"), value=True)
        code = "CASE052" if roles == {"监护人", "受托照护人"} else "CASE051"
        yield problem(code, place, who=entry.who, other=other.who)


def check_ages(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """A guardian is some years older than the child."""
    child = case.pupil.birth
    for entry in _entries(case.guardians, "监护人"):
        birth = entry.person.birth
        if _in_doubt(entry, case, today):  # an age reckoned from another's number says nothing
            continue
        if child and birth and age_on(birth, child) < PARENT_AGE:
            key = "身份证号" if entry.person.id_number else "出生日期"
            place = source.place((*entry.loc, key), value=True)
            years = max(age_on(birth, child), 0)
            yield problem("CASE053", place, who=entry.who, years=years, least=PARENT_AGE)


def _in_doubt(entry: NamedPerson, case: Case, today: date) -> bool:
    """Tell whether the number of a guardian, or that of the child, may be somebody else's."""
    people = people_of(case)
    asked = (people[0], next(one for one in people if one.loc == entry.loc))
    doubled = (
        (one, other)
        for one, other in product(asked, people)
        if one.loc != other.loc and same_number(one.person, other.person)
    )
    return any(_whose_is_wrong(one, other, today) in (None, one) for one, other in doubled)


ALONE: tuple[Checked, ...] = (
    check_guardianship,
    check_names,
    check_ids,
    check_birth,
    check_pupil_number,
    check_addresses,
    check_words,
    check_class,
    check_own_number,
    check_named_people,
    check_ways,
    check_attitudes,
    check_phones,
    check_relations,
    check_lists,
    check_event_fields,
)
"""Checks that stay right while other parts of the file are still faulty."""

TOGETHER: tuple[Checked, ...] = (
    check_completeness,
    check_same_person,
    check_ages,
    check_dates,
    check_targets,
    check_documents,
    check_evidence,
    check_told_twice,
    check_many_guardians,
    check_bases,
    check_whereabouts,
    check_dangers,
    check_guardians_told,
    check_suit,
    check_odd_facts,
    check_situation,
)


def check_case(case: Case, source: Source, today: date, *, partial: bool = False) -> Problems:
    """Check everything about a case; ``partial`` leaves out what faulty parts could mislead."""
    checks = ALONE if partial else (*ALONE, *TOGETHER)
    return tuple(chain.from_iterable(check(case, source, today) for check in checks))


def check_against(case: Case, source: Source, workspace: Workspace) -> Problems:
    """Check the names that a case takes from its workspace."""
    checks = (
        _office_problems,
        _school_problems,
        _officer_problems,
        check_officers,
        check_numbers,
        check_number_of_case,
        check_posts,
        check_organs,
        plaintiff_formerly,
    )
    return tuple(chain.from_iterable(check(case, source, workspace) for check in checks))


def _office_problems(case: Case, source: Source, workspace: Workspace) -> Iterator[Problem]:
    if workspace.organ_named(case.office) is None:
        known = [office.name for office in workspace.organs]
        place, advice = source.place(("承办机关",), value=True), did_you_mean(case.office, known)
        yield problem("CASE070", place, name=case.office, known="、".join(known), advice=advice)


def _school_problems(case: Case, source: Source, workspace: Workspace) -> Iterator[Problem]:
    known = [school.name for school in workspace.schools]
    if case.school and case.school.name and known and case.school.name not in known:
        name, place = case.school.name, source.place(("学校", "名称"), value=True)
        yield problem("CASE071", place, name=name, advice=did_you_mean(name, known))


def _officer_problems(case: Case, source: Source, workspace: Workspace) -> Iterator[Problem]:
    known = [officer.name for officer in workspace.officers]
    for number, name in enumerate(case.handlers):
        if not any(same_name(name, officer) for officer in known):
            place = source.place(("承办人", number), value=True)
            facts = {"name": name, "known": "、".join(known) or "没有"}
            several = names_within(name, known) or list_in_chinese(name)
            one = did_you_mean(name, known)
            advice = f"是几个人的，用英文逗号：承办人: {listed(several)}。" if several else one
            yield problem("CASE072", place, **facts, advice=advice)

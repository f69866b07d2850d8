"""What the dangers of a case ask for: which reports are due, to whom, and which were made."""

from collections.abc import Iterator, Mapping
from datetime import date

from kcbx_docs.case.condition import NO_GUARDIAN
from kcbx_docs.case.dangers import Danger, DangerKind
from kcbx_docs.case.event import Event
from kcbx_docs.case.ids import age_on
from kcbx_docs.case.model import Guardian
from kcbx_docs.case.whereabouts import LOCKED_UP
from kcbx_docs.case.workspace import OfficeKind, Organ
from kcbx_docs.law.model import Basis
from kcbx_docs.light import dataclass
from kcbx_docs.packs.procedure import DangerDuty
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.jurisdiction import Jurisdiction

REPORT = "移送"
GRAVE = "建议撤销监护人资格"
"""A suggestion to an applicant reports the danger on which it rests as well."""

ALONE: DangerKind = "无人照料"

OF_KIND: Mapping[OfficeKind, str] = {
    "县级教育行政部门": "教育",
    "村（居）民委员会": "村（居）委会",
}
"""The departments that a kind of office is."""
NAMED: OfficeKind = "其他"
"""Offices of this kind show their department by how their name ends."""


@dataclass(frozen=True)
class Report:
    """One report of a danger to one department."""

    danger: Danger
    department: str
    organ: str
    """Its name as kcbx.yaml has it; empty where it is not there."""
    basis: tuple[Basis, ...] = ()
    made: Event | None = None
    by_word: bool = False
    """Whether it was only made by telephone or by word, and no letter followed."""


def standing_dangers(docket: Docket, day: date) -> tuple[Danger, ...]:
    """List the dangers known by a day that nobody found untrue,
    and that nobody is left to look after the child.
    """
    return docket.once(("dangers", day), lambda: tuple(_standing(docket, day)))


def _standing(docket: Docket, day: date) -> Iterator[Danger]:
    known = tuple(danger for danger in docket.case.dangers if danger.stands(day))
    if not any(danger.kind == ALONE for danger in docket.case.dangers):
        yield from _left_alone(docket, day)
    yield from known


def _left_alone(docket: Docket, day: date) -> Iterator[Danger]:
    """Every guardian is dead, or none any more, or locked up, and nobody else cares for the
    child as far as the file tells: told since that was so, never before the case began.
    """
    guardians = docket.case.guardians
    if (
        not guardians
        or docket.case.carers
        or not all(_gone(guardian, day) for guardian in guardians)
    ):
        return
    told = "、".join(f"{guardian.name}（{_gone(guardian, day)}）" for guardian in guardians)
    since = [since for guardian in guardians if (since := _gone_since(guardian))]
    found = max(since) if len(since) == len(guardians) else day
    begun = next((event.day for event in docket.happened(day)), day)
    yield Danger(种类=ALONE, 发现日期=max(found, begun), 依据=f"案件写明的监护人：{told}")


def found_on(docket: Docket, danger: Danger) -> date | None:
    """Return the day on which somebody found a danger; none where it only follows from the file."""
    return danger.day if danger in docket.case.dangers else None


def who_is_gone(docket: Docket, day: date) -> str:
    """Say of each guardian who cannot look after the child since when that is so."""
    return "、".join(_gone_told(guardian, day) for guardian in docket.case.guardians)


def _gone_told(guardian: Guardian, day: date) -> str:
    since = _gone_since(guardian)
    return f"{guardian.name}{f'自{since}' if since else ''}{_gone(guardian, day)}"


def _gone(guardian: Guardian, day: date) -> str:
    """Say why a guardian cannot look after the child; nothing where he can."""
    where = guardian.where(day)
    return guardian.ended(day) or (str(where) if where in LOCKED_UP else "")


def _gone_since(guardian: Guardian) -> date | None:
    if guardian.condition in NO_GUARDIAN:
        return guardian.condition_since
    return guardian.whereabouts_since


def reports(docket: Docket, day: date) -> tuple[Report, ...]:
    """List every report that must be made, the most urgent addressee of each danger first."""
    found: list[Report] = []
    for danger in standing_dangers(docket, day):
        duty = docket.law.procedure.file.dangers.get(danger.kind, DangerDuty())
        found += _reports_of(danger, duty, docket, day)
    return tuple(found)


def open_reports(docket: Docket, day: date) -> tuple[Report, ...]:
    """List the reports that nobody has made yet."""
    return tuple(report for report in reports(docket, day) if report.made is None)


def _reports_of(danger: Danger, duty: DangerDuty, docket: Docket, day: date) -> Iterator[Report]:
    law = docket.law
    young = _below(duty.young, docket, danger.day)
    child = _below(duty.below, docket, danger.day)
    may_be = young is not False or (child is not False and danger.hazardous)
    also = duty.under_age if may_be else {}
    own_age = duty.below_basis if child else ()
    wanted = {**also, **{name: (*basis, *own_age) for name, basis in duty.report.items()}}
    own = _own_department(docket)
    for department, basis in wanted.items():
        if department != own:
            told = tuple(_told(danger, department, docket, day))
            organ, by_word = organ_of(department, law), all(spoken(one, law) for one in told)
            made = told[0] if told else None
            yield Report(danger, department, organ, basis, made, bool(told) and by_word)


def _below(age: str, docket: Docket, day: date) -> bool | None:
    """Tell whether the child has not reached the age of a rule, nothing where its birth is not
    known: then it may be. Nobody is below no rule.
    """
    birth = docket.case.pupil.birth
    if not age:
        return False
    return age_on(birth, day) < docket.law.registry.figure(age) if birth else None


def _own_department(docket: Docket) -> str:
    office = docket.law.workspace.organ_named(docket.case.office)
    return _department(office, docket.law) if office else ""


def _told(danger: Danger, department: str, docket: Docket, day: date) -> Iterator[Event]:
    """Yield the reports of a danger that a department got; a letter that did not arrive is none."""
    lost = docket.undelivered(day)
    for event in docket.happened(day):
        if any(event is paper.event for paper, _, _ in lost):
            continue
        told = event.kind == GRAVE or (event.kind == REPORT and event.danger == danger.kind)
        if told and event.day >= danger.day and department_told(event, docket.law) == department:
            yield event


def spoken(event: Event, law: Jurisdiction) -> bool:
    """Tell whether a report was made by telephone or by word: it is made, and left no paper."""
    card = law.card(law.document_of(event.kind))
    ways = card.written_ways if card else ()
    by_word = bool(ways and event.method) and event.method not in ways
    return by_word and not (event.document or event.number)


def department_told(event: Event, law: Jurisdiction) -> str:
    """Return the department that a report went to: as written, else that of the organ."""
    if event.department or not event.organ:
        return event.department
    known = law.workspace.organ_named(event.organ)
    return _department(known, law) if known else department_of(event.organ, law)


def with_department(event: Event, law: Jurisdiction) -> Event:
    """Return a referral that says to which department it went."""
    return event.model_copy(update={"department": department_told(event, law)})


def _department(organ: Organ, law: Jurisdiction) -> str:
    """Return the department that an office of kcbx.yaml is: by its kind, never by its place."""
    if organ.kind == NAMED:
        return department_of(organ.name, law)
    return OF_KIND.get(organ.kind, "")


def department_of(name: str, law: Jurisdiction) -> str:
    """Return the department that the end of an organ's name shows; nothing if it shows none.

    A name begins with a place, and places are called 公安县 and 劳动镇.
    """
    words = law.registry.words("departments").meanings
    return next((meaning for word, meaning in words.items() if name.endswith(word)), "")


def organ_of(department: str, law: Jurisdiction) -> str:
    """Return the organ of kcbx.yaml that is a department; nothing where none is."""
    organs = law.workspace.organs
    return next((o.name for o in organs if _department(o, law) == department), "")


def report_event(report: Report, day: date) -> Event:
    """Return the report as it will be told once it is made, for the paper that makes it."""
    return Event(
        日期=day,
        事项=REPORT,
        机关=report.organ,
        部门=report.department,
        危险情形=report.danger.kind,
    )

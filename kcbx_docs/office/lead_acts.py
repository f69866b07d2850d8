"""What somebody decides on leads, as the files will hold it: a case of its own, an entry in one
that is there, or why not. Nothing is written yet.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kcbx_docs.act import Put
from kcbx_docs.case.files import case_without_faults
from kcbx_docs.case.leads import ACCEPTED, AGAIN, REJECTED, LeadEntry
from kcbx_docs.case.model import name_key
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.light import dataclass
from kcbx_docs.office import new_files
from kcbx_docs.office.children import KnownChild, known_children
from kcbx_docs.office.destination import Destination
from kcbx_docs.office.files import folder_key, number_in
from kcbx_docs.office.insertion import Inserted
from kcbx_docs.office.leads import (
    KeptLead,
    decided,
    guardians_of_lead,
    kept_leads,
    pupil_of_lead,
)
from kcbx_docs.office.log import log
from kcbx_docs.office.opened import open_office
from kcbx_docs.problems import Place, Problems, problem, stop
from kcbx_docs.record.leads import LEAD
from kcbx_docs.words import did_you_mean


@dataclass(frozen=True)
class LeadDecision:
    """Who decides, when, and what he says of it; ``today`` is the day on which files are read."""

    day: date
    today: date
    by: str
    text: str = ""

    @property
    def told(self) -> dict[str, Any]:
        """Return it as the file of the leads holds it."""
        people = [name for name in self.by.replace("，", "、").split("、") if name]
        return {**({"说明": self.text} if self.text else {}), "承办人": people}


@dataclass(frozen=True)
class LeadChange:
    """What becomes of a decision: the files of the leads, and that of a case."""

    changes: tuple[Inserted, ...]
    cases: tuple[Put, ...] = ()
    problems: Problems = ()


def named_leads(here: Destination, ids: Sequence[str], day: date) -> tuple[KeptLead, ...]:
    """Find leads by their numbers; raise with the nearest where one is unknown."""
    known = {one.id: one for one in kept_leads(here.files, day)}
    for one in ids:
        if one not in known:
            raise stop("LEAD013", Place(), id=one, advice=did_you_mean(one, tuple(known)))
    return tuple(known[one] for one in dict.fromkeys(ids))


def waiting_leads(here: Destination, ids: Sequence[str], day: date) -> tuple[KeptLead, ...]:
    """Find leads that nobody has decided on."""
    chosen = named_leads(here, ids, day)
    for one in chosen:
        if decision := one.handled.decision:
            raise stop("LEAD014", Place(), id=one.id, day=decision.day, what=decision.outcome)
    return chosen


def accepted_anew(
    here: Destination, one: KeptLead, number: str, situation: str, said: LeadDecision
) -> LeadChange:
    """Take up a lead: a case of its own under a free number."""
    told = {"结果": ACCEPTED, "案件": number, **said.told}
    changes = _decided(here, [one], said, told)
    return LeadChange(changes, (_new_case(here, one, number, situation),))


def accepted_into(
    here: Destination, one: KeptLead, existing: Path, said: LeadDecision
) -> LeadChange:
    """Take up a lead of a child that has a case: it is noted there."""
    number = getattr(number_in(existing), "number", existing.stem)
    changes = _decided(here, [one], said, {"结果": ACCEPTED, "案件": number, **said.told})
    office = open_office(existing)
    done = log(office, existing, _event(one.handled.entry), said.day)
    change = done.change
    puts = (Put(change.path, change.data, change.before),) if change else ()
    return LeadChange(changes, puts, (*_another_child(one, existing), *done.problems))


def rejected(
    here: Destination, chosen: Sequence[KeptLead], why: str, said: LeadDecision
) -> LeadChange:
    """Do not take leads up, and say why."""
    told = {"结果": REJECTED, "理由": why, **said.told}
    return LeadChange(_decided(here, chosen, said, told))


def reopened(here: Destination, chosen: Sequence[KeptLead], said: LeadDecision) -> LeadChange:
    """Think of decided leads once more."""
    for one in chosen:
        if one.handled.decision is None:
            raise stop("LEAD015", id=one.id)
    return LeadChange(_decided(here, chosen, said, {"结果": AGAIN, **said.told}))


def _decided(
    here: Destination, chosen: Sequence[KeptLead], said: LeadDecision, decision: Mapping[str, Any]
) -> tuple[Inserted, ...]:
    """Prove a decision; the files are read anew, for an earlier decision may have been added."""
    again = named_leads(here, [one.id for one in chosen], said.day)
    told = {"日期": said.day.isoformat(), **decision}
    return decided(open_office(here.root), again, told, max(said.day, said.today))


def cases_of_child(here: Destination, chosen: Sequence[KeptLead]) -> dict[str, list[KnownChild]]:
    """Find the open cases of the children of leads, by the number of the lead."""
    pupils = {one.id: pupil_of_lead(one.handled.entry) for one in chosen}
    known = tuple(known_children(here.files, pupils.values()))
    found: dict[str, list[KnownChild]] = {}
    for one in chosen:
        guardians = guardians_of_lead(one.handled.entry)
        found[one.id] = [each for each in known if each.may_be(pupils[one.id], guardians)]
    return found


def refuse_known_children(here: Destination, chosen: Sequence[KeptLead]) -> None:
    """Raise where a child has an open case: it gets no second one."""
    known = cases_of_child(here, chosen)
    for one in chosen:
        for child in known[one.id]:
            facts = {"name": one.handled.entry.name, "case": child.path.name}
            raise stop(
                "LEAD016", Place(), **facts, number=child.path.relative_to(here.root).as_posix()
            )


def case_numbered(here: Destination, number: str) -> Path:
    """Find the file of a case by its number; raise with the nearest where there is none."""
    known = {one.folder: one for one in map(number_in, here.files) if one}
    if folder_key(number) not in known:
        numbers = tuple(one.number for one in known.values())
        raise stop(
            "LEAD046", Place(path="case"), number=number, advice=did_you_mean(number, numbers)
        )
    return known[folder_key(number)].path


def without_case(here: Destination, kept: Sequence[KeptLead]) -> Problems:
    """Remind of leads that were taken up as a case of which there is no file any more."""
    taken = [
        (one, one.handled.decision)
        for one in kept
        if one.handled.decision and one.handled.decision.outcome == ACCEPTED
    ]
    numbers = (number_in(path) for path in here.files) if taken else ()
    known = {one.folder for one in numbers if one} | {folder_key(one.stem) for one in here.files}
    return tuple(
        problem("LEAD045", Place(), id=one.id, name=one.handled.entry.name, case=told.case)
        for one, told in taken
        if folder_key(told.case) not in known
    )


def _another_child(one: KeptLead, existing: Path) -> Problems:
    """Doubt that a case is that of the child of a lead, where the two are called otherwise."""
    entry = one.handled.entry
    case = case_without_faults(existing)
    if case is None or name_key(case.pupil.name) == name_key(entry.name):
        return ()
    if entry.id_number and entry.id_number == case.pupil.id_number:
        return ()
    facts = {"case": case.id, "other": case.pupil.name, "name": entry.name}
    return (problem("LEAD044", Place(), **facts),)


def _event(entry: LeadEntry) -> dict[str, Any]:
    """Return what a case keeps of a lead."""
    values = {
        "日期": entry.day.isoformat(),
        "事项": LEAD,
        "来源": entry.source,
        "线索": entry.id,
        "内容": entry.told,
        "备注": f"反映人：{entry.reporter}" if entry.reporter else "",
    }
    return {key: value for key, value in values.items() if value}


def _new_case(here: Destination, one: KeptLead, number: str, situation: str) -> Put:
    entry = one.handled.entry
    row = RosterPupil(pupil_of_lead(entry), guardians_of_lead(entry))
    school = entry.school or here.school
    values = new_files.case_of_pupil(number, situation, row, school)
    text = new_files.case_text({**values, "经过": [_event(entry)]})
    return Put(here.cases / f"{number}.yaml", text.encode())

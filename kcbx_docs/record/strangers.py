"""Whom the ledger names and the case file does not know: nothing of it may silently be lost."""

from collections.abc import Iterator, Sequence

from kcbx_docs.case.event_checks import is_organisation
from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.model import Case, name_key
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.problems import Place, Problem, Problems, problem
from kcbx_docs.record.agreement import number_key
from kcbx_docs.record.entry import Entry
from kcbx_docs.words import did_you_mean

_ADDRESSED = ("监护人", "收件人")


def of_another_child(entries: Sequence[Entry], case: Case) -> Iterator[Problem]:
    """Say which papers of the ledger were issued in the case of another child of this number."""
    pupil = case.pupil
    own = {name_key(name) for name in (pupil.name, pupil.former_name) if name}
    others: dict[str, list[str]] = {}
    for entry in entries:
        if entry.pupil and name_key(entry.pupil) not in own:
            others.setdefault(entry.pupil, []).append(str(entry.seq))
    for name, numbers in others.items():
        facts = {"name": name, "pupil": pupil.name, "where": "、".join(numbers), "case": case.id}
        yield problem("ISSU089", Place(), **facts)


def strangers(entries: Sequence[Entry], case: Case, workspace: Workspace) -> Problems:
    """Say which people the ledger addressed whom the case file does not name."""
    return tuple(_strangers(entries, case, workspace))


def _strangers(entries: Sequence[Entry], case: Case, workspace: Workspace) -> Iterator[Problem]:
    known = [guardian.name for guardian in case.guardians]
    offices = [organ.name for organ in workspace.organs]
    offices += [school.name for school in workspace.schools]
    offices += [court.name for court in workspace.courts]
    found: dict[str, list[int]] = {}
    for entry in entries:
        for name in _unknown(entry, (*known, *offices)):
            if not _withdrawn(entry, entries):
                found.setdefault(name, []).append(entry.seq)
    for name, numbers in found.items():
        advice = did_you_mean(name, known)
        where = "、".join(map(str, numbers))
        yield problem("ISSU067", Place(), name=name, where=where, advice=advice)


def _unknown(entry: Entry, known: Sequence[str]) -> Iterator[str]:
    if not entry.seq or EVENT_FIELDS[entry.event.kind].addressee not in _ADDRESSED:
        return
    keys = set(map(name_key, known))
    for name in entry.event.targets:
        if name_key(name) not in keys and not is_organisation(name):
            yield name


def _withdrawn(entry: Entry, entries: Sequence[Entry]) -> bool:
    """Tell whether the paper of an event was withdrawn since: it is nobody's any more."""
    event = entry.event
    return any(
        other.event.kind == "撤回"
        and other.event.document == event.document
        and number_key(other.event.number) == number_key(event.number)
        for other in entries
    )

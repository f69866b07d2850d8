"""Where one case stands as plain data: what ``kcbx next`` shows, and what crosses processes."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any

from kcbx_docs.law.citation import Citation
from kcbx_docs.procedure.alarms import Alarm
from kcbx_docs.procedure.dues import Due
from kcbx_docs.procedure.limits import Bound
from kcbx_docs.procedure.standing import CaseStanding, GuardianStanding, Option
from kcbx_docs.procedure.under_way import only_served
from kcbx_docs.procedure.verdict import Finding
from kcbx_docs.record.dangers import Report
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.jurisdiction import Jurisdiction
from kcbx_docs.record.organs import organs_waiting, papers_made
from kcbx_docs.record.responsible import DutyLevel, chain_of_case

OF_EVENTS = ("劝返", "事项")
"""Papers that record an event: it is written first."""
OF_GUARDIAN = "监护人"
OF_SERVED = "送达文书"
AS_PROPOSED = "与调查结论一致"
"""The check that holds a paper against the report of the investigation."""


def standing_data(
    standing: CaseStanding, law: Jurisdiction, known: Collection[str]
) -> dict[str, Any]:
    """Return where a case stands; ``known`` are the documents that have a template."""
    return {
        "case": standing.case_id,
        "pupil": standing.pupil,
        "as_of": standing.day,
        "dangers": [_danger(alarm, law) for alarm in standing.alarms],
        "guardians": [_guardian(person, standing.day, law, known) for person in standing.guardians],
    }


def beside_data(docket: Docket, day: date) -> dict[str, Any]:
    """Return what stands beside the steps: who answers for the child, which organs did not get
    the papers that are for them.
    """
    made = tuple(papers_made(docket.entries, docket.law, day))
    waiting = [
        {"title": one.paper.title, "number": one.paper.number, "organ": one.organ}
        for one in organs_waiting(made, day)
        if not one.on_its_way
    ]
    return {"responsible": responsible_data(docket, day), "undelivered": waiting}


def responsible_data(docket: Docket, day: date) -> list[dict[str, Any]]:
    """Return who answers for the child on each level; nothing where the office names nobody."""
    if not (docket.case.responsible or docket.law.workspace.responsible):
        return []
    told: list[dict[str, Any]] = []
    for line in chain_of_case(docket, day):
        told += [_level(line.name, level) for level in line.levels]
    return told


def _level(line: str, level: DutyLevel) -> dict[str, Any]:
    people = [{"name": p.name, "title": p.title, "phone": p.phone} for p in level.people]
    return {"line": line, "post": level.post, "people": people}


def _danger(alarm: Alarm, law: Jurisdiction) -> dict[str, Any]:
    return {
        "kind": alarm.danger.kind,
        "found_on": alarm.found_on,
        "found": alarm.danger.found,
        "facts": alarm.danger.basis,
        "age": alarm.age,
        "reports": [_report(report) for report in alarm.reports],
        "inform": alarm.inform,
        "issuer": alarm.issuer,
        "documents": _documents([alarm.document] if alarm.document else [], law),
        "basis": articles_of(alarm.basis),
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "department": report.department,
        "organ": report.organ,
        "made": report.made.day if report.made else None,
        "by_word": report.by_word,
    }


def _guardian(
    person: GuardianStanding, day: date, law: Jurisdiction, known: Collection[str]
) -> dict[str, Any]:
    nearest_first = sorted(person.due, key=lambda due: (due.by, due.what))
    return {
        "name": person.guardian,
        "relation": person.relation,
        "state": person.state,
        "notes": person.notes,
        "allowed": [_option(option, law, known) for option in person.allowed],
        "blocked": [_option(option, law, known) for option in person.blocked],
        "due": [due_data(due, day, law) for due in nearest_first],
    }


def _option(option: Option, law: Jurisdiction, known: Collection[str]) -> dict[str, Any]:
    findings = option.findings if option.allowed else option.reasons
    return {
        "step": option.step,
        "event": law.procedure.steps[option.step].event or "",
        "name": option.name,
        "route": option.route,
        "by": option.by,
        "issuer": option.issuer,
        "elsewhere": option.elsewhere,
        "documents": _documents(option.documents, law),
        "enclosed": _documents(option.enclosed, law),
        "templates": [name for name in option.documents if name in known],
        "serves": only_served(law.procedure.steps[option.step]),
        "ways": [*_ways(option, law, known)] if option.allowed else [],
        "verdict": option.verdict,
        "from": _bound(option.earliest),
        "until": _bound(option.latest),
        "effect": option.effect,
        "basis": articles_of(option.basis),
        "findings": [_finding(finding) for finding in findings],
        "refused": [refusal.as_dict() for refusal in option.window.refused],
    }


def _ways(option: Option, law: Jurisdiction, known: Collection[str]) -> Iterator[dict[str, Any]]:
    """Tell how the papers of a step are made: each that excludes another by itself.

    ``how`` is 不点名 (made unasked), 点名, 说明理由, 另作决定 (against what the officers proposed),
    or 先记 (its event is written first).
    """
    # Receipts come by themselves with the papers that are served.
    enclosed = [name for name in option.enclosed if name in known]
    shared = [name for name in enclosed if (card := law.card(name)) and card.unit != OF_SERVED]
    for documents in _apart(option.documents, law):
        made = [name for name in documents if name in known]
        if not made:
            continue
        card = law.card(made[0])
        event = card.event if card and card.unit in OF_EVENTS else ""
        how = _how(option, event)
        named = [law.title(name) for name in (*made, *shared)]
        each = card is not None and card.unit == OF_GUARDIAN
        papers = {"documents": [*made, *shared], "titles": named, "event": event or ""}
        yield {"how": how, **papers, "each": each}


def _how(option: Option, event: str | None) -> str:
    if event and not option.written:
        return "先记"
    if option.verdict == "须说明理由":
        return "说明理由"
    if any(finding.check == AS_PROPOSED for finding in option.findings):
        return "另作决定"
    return "不点名" if option.following or option.written else "点名"


def _apart(documents: Sequence[str], law: Jurisdiction) -> Iterator[tuple[str, ...]]:
    """Yield papers that exclude each other one by one, others together."""
    rivals: set[str] = set()
    for rule in law.procedure.file.exclusive.values():
        present = set(documents) & set(chain.from_iterable(rule.sides))
        if len(present) > 1:
            rivals |= present
    if together := tuple(name for name in documents if name not in rivals):
        yield together
    for name in documents:
        if name in rivals:
            yield (name,)


def _documents(ids: Iterable[str], law: Jurisdiction) -> list[dict[str, str]]:
    return [{"id": name, "title": law.title(name)} for name in ids]


def _bound(bound: Bound | None) -> dict[str, Any] | None:
    if bound is None:
        return None
    return {
        "day": bound.day,
        "name": bound.name,
        "rule": bound.rule,
        "service_doubted": bound.doubted,
        "basis": articles_of(bound.basis),
        "warnings": [w.as_dict() for w in bound.warnings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "verdict": finding.verdict,
        "code": finding.code,
        "reason": finding.reason,
        "hint": finding.hint,
        "basis": articles_of(finding.basis),
    }


def due_data(due: Due, day: date, law: Jurisdiction) -> dict[str, Any]:
    """Return something that is due."""
    documents = [due.document] if due.document else []
    return {
        "what": due.what,
        "by": due.by,
        "days_left": due.days_left(day),
        "overdue": due.overdue,
        "service_doubted": due.doubted,
        "who": due.bound,
        "guardian": due.guardian,
        "step": due.step,
        "rule": due.rule,
        "basis": articles_of(due.basis),
        "document": _documents(documents, law),
        "warnings": [w.as_dict() for w in due.warnings],
    }


def articles_of(basis: Iterable[Citation]) -> list[str]:
    """List articles in short form, each once."""
    return list(dict.fromkeys(citation.short for citation in basis))

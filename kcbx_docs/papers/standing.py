"""One case as ``kcbx next`` tells it: opened with its office and law, and where it stands as plain data."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from kcbx_docs.case.files import load_case
from kcbx_docs.case.workspace import with_school
from kcbx_docs.law.registry import Citation
from kcbx_docs.papers.desk import Desk, desk_for, open_law
from kcbx_docs.papers.run import open_office
from kcbx_docs.problems import Problems, raise_errors
from kcbx_docs.procedure.dues import Due
from kcbx_docs.procedure.jurisdiction import Jurisdiction
from kcbx_docs.procedure.limits import Bound
from kcbx_docs.procedure.next import CaseStanding, GuardianStanding, Option
from kcbx_docs.procedure.verdict import Finding


def open_case(path: Path, day: date, today: date) -> tuple[Desk, Problems]:
    """Put a case file on the desk of its office; events may be as late as the real day ``today``."""
    office, library, found = open_office(path)
    loaded, problems = load_case(path, max(day, today), office.workspace)
    found = raise_errors((*found, *problems))
    assert loaded is not None
    law, more = open_law(library, office.workspace, office.root)
    case = with_school(loaded.case, office.workspace)
    return desk_for(library, law, case, day, source=loaded.source), (*found, *more)


def standing_data(standing: CaseStanding, law: Jurisdiction) -> dict[str, Any]:
    """Return where a case stands, for ``--json``."""
    return {
        "case": standing.case_id, "pupil": standing.pupil, "as_of": standing.day,
        "guardians": [_guardian(person, standing.day, law) for person in standing.guardians],
    }


def _guardian(person: GuardianStanding, day: date, law: Jurisdiction) -> dict[str, Any]:
    return {
        "name": person.guardian, "relation": person.relation, "state": person.state, "notes": person.notes,
        "allowed": [_option(option, law) for option in person.allowed],
        "blocked": [_option(option, law) for option in person.blocked],
        "due": [due_data(due, day, law) for due in due_order(person.due)],
    }


def _option(option: Option, law: Jurisdiction) -> dict[str, Any]:
    return {
        "step": option.step, "name": option.name, "route": option.route, "by": option.by, "issuer": option.issuer,
        "documents": _documents(option.documents, law), "enclosed": _documents(option.enclosed, law),
        "verdict": option.verdict, "from": _bound(option.earliest), "until": _bound(option.latest),
        "effect": option.effect, "basis": articles_of(option.basis), "findings": [_finding(f) for f in option.findings],
        "refused": [p.as_dict() for p in option.window.refused],
    }


def _documents(ids: Iterable[str], law: Jurisdiction) -> list[dict[str, str]]:
    return [{"id": name, "title": law.title(name)} for name in ids]


def _bound(bound: Bound | None) -> dict[str, Any] | None:
    if bound is None:
        return None
    return {"day": bound.day, "name": bound.name, "rule": bound.rule, "basis": articles_of(bound.basis),
            "warnings": [w.as_dict() for w in bound.warnings]}


def _finding(finding: Finding) -> dict[str, Any]:
    return {"check": finding.check, "verdict": finding.verdict, "code": finding.code, "reason": finding.reason,
            "hint": finding.hint, "basis": articles_of(finding.basis)}


def due_data(due: Due, day: date, law: Jurisdiction) -> dict[str, Any]:
    """Return something that is due, for ``--json``."""
    return {
        "what": due.what, "by": due.by, "days_left": due.days_left(day), "overdue": due.overdue, "who": due.bound,
        "guardian": due.guardian, "step": due.step, "rule": due.rule, "basis": articles_of(due.basis),
        "document": _documents([due.document] if due.document else [], law), "warnings": [w.as_dict() for w in due.warnings],
    }


def due_order(dues: Iterable[Due]) -> tuple[Due, ...]:
    """Sort what is due, the nearest first."""
    return tuple(sorted(dues, key=lambda due: (due.by, due.what)))


def articles_of(basis: Iterable[Citation]) -> list[str]:
    """List articles in short form, each once."""
    return list(dict.fromkeys(citation.short for citation in basis))

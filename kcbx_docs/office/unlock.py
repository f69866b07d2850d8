"""What still keeps a clause in the workspace from being used, and what is unknown of it."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kcbx_docs.case.clause_words import nameless_delegation, told_of
from kcbx_docs.case.workspace import OfficeKind, PenaltyBasis
from kcbx_docs.light import dataclass
from kcbx_docs.office.files import CASES, files_below
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.office.outlook import outlooks
from kcbx_docs.problems import Problem, Problems, as_warning, problem
from kcbx_docs.procedure.penalties import faults_of, has_power
from kcbx_docs.reading import Source

ROUTE = "行政处罚"
_KINDS: tuple[str, ...] = OfficeKind.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True)
class UnlockedPaper:
    """A paper of the penalty that may be made now."""

    path: Path
    case_id: str
    guardian: str
    document: str
    title: str


@dataclass(frozen=True)
class BlockedStep:
    """A step of the penalty that a case has come to, and what keeps it from it."""

    case_id: str
    guardian: str
    step: str
    why: str


@dataclass(frozen=True)
class Unlocked:
    """What the clauses of a workspace allow now, and what still keeps cases from it."""

    papers: tuple[UnlockedPaper, ...]
    steps: tuple[BlockedStep, ...]


def unlocked(root: Path, day: date, today: date) -> Unlocked:
    """Tell which papers of the penalty the office's cases may have now."""
    office = open_office(root).workspace.office.name
    told = outlooks(files_below((root / CASES,), workspace=False), day, today, judged=True)
    own = [case for case in told.cases if case.office == office]
    papers, steps = list[UnlockedPaper](), list[BlockedStep]()
    for case in own:
        papers += _papers(case.path, case.case_id, case.told or {})
        steps += _blocked(case.case_id, case.told or {})
    return Unlocked(tuple(papers), tuple(steps))


def _blocked(case_id: str, told: Mapping[str, Any]) -> Iterator[BlockedStep]:
    for person in told.get("guardians", ()):
        for option in person["blocked"]:
            if option["route"] == ROUTE:
                why = "；".join(one["reason"].rstrip("。") for one in option["findings"])
                yield BlockedStep(case_id, person["name"], option["name"], why)


def _papers(path: Path, case_id: str, told: Mapping[str, Any]) -> Iterator[UnlockedPaper]:
    for person in told.get("guardians", ()):
        for option in person["allowed"]:
            if option["route"] != ROUTE:
                continue
            titles = {document["id"]: document["title"] for document in option["documents"]}
            for name in option["templates"]:
                yield UnlockedPaper(path, case_id, person["name"], name, titles[name])


def faults_left(root: Path, basis: PenaltyBasis, day: date) -> Problems:
    """Open the workspace anew and list what stands in the way of the clause."""
    office = open_office(root)
    law = office.law
    facts = {**told_of(basis), "day": day}
    found = [as_warning(problem(code, **facts)) for code in faults_of(basis, law, None, day)]
    if not any(has_power(basis, one, law) for one in office.workspace.organs):
        found.append(as_warning(problem("PROC235", **facts)))
    return (*found, *doubts(basis, Source("", "", {}), office))


def doubts(basis: PenaltyBasis, source: Source, office: Office) -> Iterator[Problem]:
    """Yield what nobody can tell from a clause: an organ by a name that none bears,
    a decision without a name or number (行政处罚法 24).
    """
    names = office.law.registry.words("organ-names")
    own = [one.name for one in office.workspace.organs]
    unknown = [one for one in basis.organs if names.meaning(one) not in (*_KINDS, *own)]
    place = source.place(("机关",), value=True)
    if unknown:
        listed = "、".join(f"「{one}」" for one in unknown)
        yield problem("CLI033", place, organs=listed, kinds="、".join(_KINDS))
    if nameless_delegation(basis):
        place = source.place(("赋权决定",), value=True)
        yield problem("CLI034", place, delegation=basis.delegation)


def unknowns(basis: PenaltyBasis) -> Problems:
    """List what nobody has checked yet; the clause can be used, but the steps concerned ask."""
    values = {
        "以逾期不改为前提": basis.after_order,
        "听证标准": basis.hearing_from,
        "附件": basis.attachment or "未知",
    }
    return tuple(problem("CLI032", key=key) for key, value in values.items() if value == "未知")

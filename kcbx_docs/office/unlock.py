"""What still keeps a clause in the workspace from being used, and what is unknown of it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kcbx_docs.case.clause_words import nameless_delegation, told_of
from kcbx_docs.case.workspace import OfficeKind, PenaltyBasis
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.problems import Problem, Problems, as_warning, problem
from kcbx_docs.procedure.penalties import faults_of, has_power
from kcbx_docs.reading import Source

_KINDS: tuple[str, ...] = OfficeKind.__args__  # type: ignore[attr-defined]


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

"""What still keeps a clause in the workspace from being used, and what is unknown of it."""

from datetime import date
from pathlib import Path

from kcbx_docs.case.clause_words import told_of
from kcbx_docs.case.workspace import PenaltyBasis
from kcbx_docs.office.opened import open_office
from kcbx_docs.problems import Problems, as_warning, problem
from kcbx_docs.procedure.penalties import faults_of, has_power


def faults_left(root: Path, basis: PenaltyBasis, day: date) -> Problems:
    """Open the workspace anew and list what stands in the way of the clause."""
    office = open_office(root)
    law = office.law
    facts = {**told_of(basis), "day": day}
    found = [as_warning(problem(code, **facts)) for code in faults_of(basis, law, None, day)]
    if not any(has_power(basis, one, law) for one in office.workspace.organs):
        found.append(as_warning(problem("PROC235", **facts)))
    return tuple(found)


def unknowns(basis: PenaltyBasis) -> Problems:
    """List what nobody has checked yet; the clause can be used, but the steps concerned ask."""
    values = {
        "以逾期不改为前提": basis.after_order,
        "听证标准": basis.hearing_from,
        "附件": basis.attachment or "未知",
    }
    return tuple(problem("CLI032", key=key) for key, value in values.items() if value == "未知")

"""``kcbx new 线索``: leads out of a list that a teacher keeps, or one that somebody tells."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kcbx_docs.case.lead_list import Heard, read_heard
from kcbx_docs.case.roster import MOST, told_in_short
from kcbx_docs.cli import show
from kcbx_docs.cli.from_list import NO_CLASS, NO_REASON
from kcbx_docs.office.destination import Destination
from kcbx_docs.office.leads import Taken
from kcbx_docs.office.new_leads import LeadsTold, new_leads
from kcbx_docs.problems import UserError, errors, raise_errors, stop

_OF_PAPERS = ("ROST016", "ROST033", "ROST082", "ROST138")
"""What matters to papers of a roster only: no guardian, whose telephone, the same child twice."""


def from_list(path: Path, day: date) -> tuple[Heard, ...]:
    """Read a list of children; say what is doubtful in it."""
    reading, heard = read_heard(path, day)
    if errors(reading.problems):
        raise UserError(reading.problems)
    idle = (*NO_REASON, NO_CLASS, *_OF_PAPERS)
    doubts = tuple(one for one in reading.problems if one.code not in idle)
    show.print_problems(told_in_short(doubts), err=True)
    if not heard:
        raise stop("LEAD018")
    return heard


def write_leads(
    office: Destination, heard: Sequence[Heard], told: LeadsTold, file: str = ""
) -> tuple[Path, Taken]:
    """Write new leads into a file of their own; raise where none is new."""
    made = new_leads(office, heard, told, file)
    show.print_problems(made.taken.problems[:MOST], err=True)
    if not file:
        raise_errors(made.faults(told.day))
    return made.write(), made.taken

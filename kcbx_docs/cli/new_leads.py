"""``kcbx new 线索``: leads out of a list that a teacher keeps, or one that somebody tells."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from kcbx_docs.case.lead_list import Heard, read_heard
from kcbx_docs.case.leads import Whence
from kcbx_docs.case.model import Pupil
from kcbx_docs.case.roster import MOST, told_in_short
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.cli import show
from kcbx_docs.cli.from_list import NO_CLASS, NO_REASON
from kcbx_docs.light import dataclass
from kcbx_docs.office import new_files
from kcbx_docs.office.destination import Destination
from kcbx_docs.office.leads import Taken, take_in
from kcbx_docs.problems import UserError, errors, stop

_OF_PAPERS = ("ROST016", "ROST033", "ROST082", "ROST138")
"""What matters to papers of a roster only: no guardian, whose telephone, the same child twice."""


@dataclass(frozen=True)
class LeadsTold:
    """What is said of leads on the command line."""

    day: date
    source: Whence
    reporter: str = ""
    school: str = ""


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


def one_child(name: str, class_name: str, reason: str, id_number: str) -> Heard:
    """Return a lead that somebody tells."""
    values = {"姓名": name, "班级": class_name, "身份证号": id_number}
    pupil = Pupil.model_validate({key: value for key, value in values.items() if value})
    return Heard(RosterPupil(pupil), reason=reason)


def write_leads(
    office: Destination, heard: Sequence[Heard], told: LeadsTold, file: str = ""
) -> tuple[Path, Taken]:
    """Write new leads into a file of their own; raise where none is new."""
    school = told.school or office.school
    taken = take_in(heard, office.files, told.day, told.source, told.reporter, school, file)
    show.print_problems(taken.problems[:MOST], err=True)
    if not taken.entries:
        raise stop("LEAD019", count=taken.doubles)
    name = next(_free(office, told.day))
    values = {"线索": "疑似辍学", "编号": name, "名单": list(taken.entries)}
    files = {f"{name}.yaml": new_files.leads_text(values)}
    return new_files.write_together(office.root, office.cases, files)[0], taken


def _free(office: Destination, day: date) -> Iterator[str]:
    """Yield names of files that nobody has yet."""
    for serial in range(1, 1000):
        name = f"线索-{day}" + (f"-{serial}" if serial > 1 else "")
        if name not in office.taken:
            yield name

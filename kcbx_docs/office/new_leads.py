"""New leads as the file that holds them: one that somebody tells, or the children of a list."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from kcbx_docs.case.files import load_source
from kcbx_docs.case.lead_list import Heard
from kcbx_docs.case.leads import Whence
from kcbx_docs.case.model import Guardian, Pupil
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.light import dataclass
from kcbx_docs.office import new_files
from kcbx_docs.office.destination import Destination
from kcbx_docs.office.leads import Taken, take_in
from kcbx_docs.problems import Problems, raise_errors, stop
from kcbx_docs.reading import Source, parse_yaml, read_model


@dataclass(frozen=True)
class LeadsTold:
    """What is said of leads, whoever they are about."""

    day: date
    source: Whence
    reporter: str = ""
    school: str = ""


@dataclass(frozen=True)
class NewLeads:
    """A file of leads as it is to be; nothing is written yet."""

    here: Destination
    name: str
    text: str
    taken: Taken

    def faults(self, day: date) -> Problems:
        """Say what the readers of the file say of it."""
        path = self.here.cases / self.name
        return load_source(path, *parse_yaml(self.text, str(path)), day, self.here.workspace)[1]

    def write(self) -> Path:
        """Write it."""
        files = {self.name: self.text}
        return new_files.write_together(self.here.root, self.here.cases, files)[0]


def one_child(told: Mapping[str, str], reason: str, last_seen: date | None = None) -> Heard:
    """Return a lead that somebody tells, with what is known of the child by its keys, and with
    whose child it is; raise with what cannot be so.
    """
    known = {key: value for key, value in told.items() if value}
    guardian = known.pop("监护人", "")
    pupil, found = read_model(Pupil, Source("", "", known))
    raise_errors(found)
    assert pupil is not None
    people: tuple[Guardian, ...] = ()
    if guardian:
        person, found = read_model(Guardian, Source("", "", {"姓名": guardian}))
        raise_errors(found)
        people = (person,) if person else ()
    row = RosterPupil(pupil, people, phone=pupil.phone)
    return Heard(row, reason=reason, last_seen=last_seen)


def new_leads(
    here: Destination, heard: Sequence[Heard], told: LeadsTold, file: str = ""
) -> NewLeads:
    """Make a file of leads; raise where none is new."""
    school = told.school or here.school
    taken = take_in(heard, here.files, told.day, told.source, told.reporter, school, file)
    if not taken.entries:
        raise stop("LEAD019", count=taken.doubles)
    name = next(_free(here, told.day))
    values = {"线索": "疑似辍学", "编号": name, "名单": list(taken.entries)}
    return NewLeads(here, f"{name}.yaml", new_files.leads_text(values), taken)


def _free(here: Destination, day: date) -> Iterator[str]:
    """Yield names of files that nobody has yet."""
    for serial in range(1, 1000):
        name = f"线索-{day}" + (f"-{serial}" if serial > 1 else "")
        if name not in here.taken:
            yield name

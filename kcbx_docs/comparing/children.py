"""The children that a comparison found, read once more as pupils: each becomes a case."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from kcbx_docs.case.batch import RosterSpec
from kcbx_docs.case.roster_classes import Classes
from kcbx_docs.case.roster_pupils import pupil_of
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.case.sheets import COUNTY, read_sheets
from kcbx_docs.case.tables import PupilLine, layout_of
from kcbx_docs.comparing.findings import DROPPED, LISTS, Findings
from kcbx_docs.comparing.people import Kind, People
from kcbx_docs.light import dataclass


@dataclass(frozen=True)
class Child:
    """One child of the lists."""

    list: str
    """失学, 辍学 or 脱贫户辍学."""
    school: str
    pupil: RosterPupil
    file: str


def children_found(
    findings: Findings, lists: Mapping[Kind, People], day: date
) -> tuple[Child, ...]:
    """Return each child of the three lists once: the roll tells most of a pupil, so it is asked
    first.
    """
    wanted: dict[tuple[str, str], tuple[str, str]] = {}
    known: set[object] = set()
    for name in (DROPPED, *(one for one in LISTS if one != DROPPED)):
        for found in findings.lists.get(name, ()):
            people = lists[found.kind]
            who = set(_keys(people, found.row))
            if not who & known:
                place = people.place(found.row)
                wanted[place.file, place.path] = name, people.told(found.row, "学校")
            known |= who
    return tuple(_read(wanted, day))


def _keys(people: People, row: int) -> Iterator[object]:
    number, key, birth = (people.told(row, name) for name in ("id", "key", "birth"))
    if number and people.table[row, "holds"]:
        yield number
    elif birth:
        yield key, birth
    else:
        yield people.kind, row


def _read(wanted: Mapping[tuple[str, str], tuple[str, str]], day: date) -> Iterator[Child]:
    for file in dict.fromkeys(file for file, _ in wanted):
        spec = RosterSpec.model_validate({"文件": file})
        lines = [line for line in _lines(file, spec) if (file, line.place().path) in wanted]
        for line, pupil in _pupils(file, lines, day):
            name, school = wanted[file, line.place().path]
            yield Child(name, school, pupil, file)


def _lines(file: str, spec: RosterSpec) -> Iterator[PupilLine]:
    for sheet in read_sheets(Path(file), file, COUNTY)[0]:
        yield from layout_of(sheet, spec, wanted=False).lines


def _pupils(
    file: str, lines: Sequence[PupilLine], day: date
) -> Iterator[tuple[PupilLine, RosterPupil]]:
    placed = Classes(file, lines, {}).place()
    for line, one in zip(lines, placed, strict=True):
        yield line, pupil_of(line, one, day, None)[0]

"""What ``kcbx new`` takes from a list: the roster of a batch, or one case for each child."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kcbx_docs.case.batch import RosterSpec
from kcbx_docs.case.roster import (
    MOST,
    NO_ROWS,
    account_of,
    read_roster,
    told_briefly,
    told_in_short,
)
from kcbx_docs.case.roster_reading import RosterPupil, RosterReading
from kcbx_docs.cli import show
from kcbx_docs.office.children import known_children
from kcbx_docs.problems import Problem, UserError, errors, problem, raise_errors

NO_HEADER, NO_CLASS = "ROST011", "ROST088"
NO_REASON = frozenset(
    (
        *("ROST034", "ROST056", "ROST058", "ROST061", "ROST065"),
        *("ROST070", "ROST099", "ROST106", "ROST112", "ROST131", "ROST132", "ROST134", "ROST137"),
    )
)
"""What keeps a pupil from a notice of the school but not from a case: no class, dropped out."""
IDENTITY = frozenset(("身份证号", "出生日期"))
"""Doubts that a case file must not begin with."""


def reading_of(path: Path, spec: Mapping[str, Any], day: date) -> RosterReading:
    """Read a list with what is said of it."""
    whole = RosterSpec.model_validate({"文件": str(path), **spec})
    return read_roster(path, whole, day, str(path))


def tells(reading: RosterReading, code: str) -> bool:
    """Tell whether the reading of a list met something."""
    return any(found.code == code for found in reading.problems)


def tell_of_roster(path: Path, spec: Mapping[str, Any], day: date) -> None:
    """Say what the roster of a new batch was read as; one that is not there may come later."""
    if not path.is_file():
        return
    reading = reading_of(path, spec, day)
    raise_errors([one for one in reading.problems if one.code != NO_ROWS])
    told = (*told_briefly(reading.problems), *account_of(reading))
    show.print_problems(told, err=True)


def children_of(path: Path, day: date) -> tuple[RosterPupil, ...]:
    """Read the children of a list, each of whom gets a case; say who does not, and why."""
    reading = reading_of(path, {}, day)
    if errors(reading.problems):
        raise UserError(reading.problems)
    ready = tuple(pupil for pupil in reading.pupils if not list(_against(pupil)))
    show.print_problems(told_in_short(tuple(_told(reading))), err=True)
    if not ready:
        raise UserError(reading.problems)
    left = len(reading.pupils) - len(ready)
    show.tell(f"读到 {len(reading.pupils)} 名学生：写 {len(ready)} 个案件，{left} 名要先改名单。")
    return ready


def without_cases(
    pupils: Sequence[RosterPupil], files: Sequence[Path], roster: Path
) -> tuple[RosterPupil, ...]:
    """Leave out the children who have an open case already, and say which."""
    known = tuple(known_children(files, [one.pupil for one in pupils]))
    new: list[RosterPupil] = []
    told: list[Problem] = []
    for one in pupils:
        cases = [child.path for child in known if child.may_be(one.pupil, one.guardians)]
        if cases:
            facts = {"name": one.pupil.name, "case": show.short(cases[0])}
            told.append(problem("ROST115", one.place_in(str(roster)), **facts))
        else:
            new.append(one)
    show.print_problems(told[:MOST], err=True)
    if told:
        show.tell(f"{len(told)} 名学生已有案件，没有再写；新写 {len(new)} 个。")
    return tuple(new)


def _told(reading: RosterReading) -> Iterator[Problem]:
    """Leave out that somebody has left school: that is what the list is of."""
    for found in reading.problems:
        if found.code not in NO_REASON and found.code != NO_CLASS:
            yield found


def _against(pupil: RosterPupil) -> Iterator[str]:
    """Yield what speaks against making a case of a row."""
    for found in pupil.held:
        if found.code not in NO_REASON:
            yield found.code
    yield from IDENTITY & frozenset(pupil.doubts)

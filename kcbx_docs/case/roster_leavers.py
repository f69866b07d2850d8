"""A table of those who have left, beside the tables of the classes: its pupils are held back
wherever they stand.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field
from pathlib import Path

from kcbx_docs.case.cells import text_of
from kcbx_docs.case.remarks import heads_leavers, state_named
from kcbx_docs.case.roster_doubles import Seen, held_back
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.case.tables import PupilLine
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problem, problem


@dataclass
class Leavers:
    """What the tables of those who have left say of the pupils of the other tables."""

    out: set[int] = field(default_factory=set)
    """Rows of those tables whose pupil stands in another, held back."""
    changed: dict[int, RosterPupil] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def leavers(seen: Sequence[Seen]) -> Leavers:
    """Hold back who stands in a table of those who have left; nobody where there is no other."""
    found = Leavers()
    sheets = {one.pupil.sheet: one.line for one in seen}
    gone = {name for name, line in sheets.items() if _is_of_leavers(line)}
    if not gone or len(gone) == len(sheets):
        found.problems += _alone(seen)
        return found
    named: dict[str, list[int]] = {}
    for number, one in enumerate(seen):
        if one.pupil.sheet not in gone:
            named.setdefault(one.pupil.pupil.name, []).append(number)
    for number, one in enumerate(seen):
        if one.pupil.sheet in gone:
            _heed(found, seen, number, named.get(one.pupil.pupil.name, ()))
    return found


def _alone(seen: Sequence[Seen]) -> Iterator[Problem]:
    """Ask about a list that stands alone and is called one of those who are away or came back."""
    printed = [one for one in seen if not one.pupil.held]
    counts = Counter(one.line.sheet.name for one in printed)
    lines = {one.line.sheet.name: one.line for one in printed}
    for name, line in lines.items():
        titles = (Path(line.sheet.file).stem, name, *_above(line))
        if title := next(filter(state_named, titles), ""):
            facts = {"title": title, "state": state_named(title), "count": counts[name]}
            yield problem("ROST137", Place(line.sheet.file, path=name), **facts)


def _is_of_leavers(line: PupilLine) -> bool:
    titles = (line.sheet.name, *_above(line))
    return any(map(heads_leavers, titles))


def _above(line: PupilLine) -> Iterator[str]:
    for row in line.sheet.rows[: line.header.top]:
        yield from filter(None, map(text_of, row))


def _heed(found: Leavers, seen: Sequence[Seen], number: int, others: Sequence[int]) -> None:
    """Hold a pupil back where the classes have him; of several of one name those of his class."""
    own = seen[number]
    label = own.pupil.class_label
    facts = {"name": own.pupil.pupil.name, "sheet": own.pupil.sheet}
    same = [at for at in others if label and seen[at].pupil.class_label == label] or others
    if not same:
        told = problem("ROST131", own.place(), **facts)
        found.changed[number] = held_back(own.pupil, (told,))
        found.problems.append(told)
        return
    found.out.add(number)
    for at in same:
        told = problem("ROST132", seen[at].place(), **facts, other=own.place().path)
        found.changed[at] = held_back(found.changed.get(at, seen[at].pupil), (told,))
        found.problems.append(told)

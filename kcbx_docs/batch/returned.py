"""Papers that families gave back are not void unless somebody says so: whose would be is held
back and told by name.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from kcbx_docs.batch.assigning import Given, Terms, assign, held_by, line_of
from kcbx_docs.batch.preflight import HeldBack
from kcbx_docs.batch.run import BatchRun, number_pupils, wishes_of
from kcbx_docs.office.returns import Returns
from kcbx_docs.office.slips import Slip
from kcbx_docs.problems import Problem, problem

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book


SAME, RENAMED = "BTCH042", "BTCH053"
"""What came back stays valid: of the same pupil, of one whose name was put right."""


def told_returned(run: BatchRun) -> tuple[Problem, ...]:
    """List what was told of those who keep what came back."""
    return tuple(one for one in run.problems if one.code in (SAME, RENAMED))


def told_apart(run: BatchRun) -> frozenset[int]:
    """Say by identity who is told already to bear another name, with what came back."""
    own = {one.pupil.serial for one in run.held if RENAMED in map(attrgetter("code"), one.faults)}
    pairs = zip(run.everybody, run.present, strict=True)
    return frozenset(id(wish) for pupil, wish in pairs if pupil.serial in own)


def keep_returned(run: BatchRun, book: "Book", slips: Sequence[Slip]) -> None:
    """Hold back those of whose papers some came back, and would be void by this run; where papers
    are given out once more on purpose, only say which those are.
    """
    came = _came_back(run, book)
    ended = list(_ended(run, slips, came)) if came else []
    for who, one in zip(number_pupils(run, ended), ended, strict=True):
        old = one.replaces.serial if one.replaces else ""
        titles = "、".join(run.desk.library.card(name).title for name in came[old])
        facts = {"name": who.pupil.pupil.name, "serial": old, "papers": titles}
        place = who.pupil.place_in(run.roster)
        if run.asked.again:
            run.problems.append(problem("BTCH043", place, **facts))
            continue
        former = one.replaces.name if one.replaces else ""
        renamed = former not in ("", facts["name"])
        told = problem(RENAMED if renamed else SAME, place, **facts, former=former)
        run.problems.append(told)
        run.held.append(HeldBack(who.pupil, (told,)))


def _came_back(run: BatchRun, book: "Book") -> Mapping[str, list[str]]:
    """Return by serial which of the papers of the school came back."""
    found: dict[str, list[str]] = {}
    for school, serial, document in Returns.of(book).came:
        if school == run.desk.school.name:
            found.setdefault(serial, []).append(document)
    return found


def _ended(run: BatchRun, slips: Sequence[Slip], came: Collection[str]) -> Iterator[Given]:
    """Yield what would take the place of papers of which some came back."""
    by_serial = {slip.serial: slip for slip in slips}

    def concerned(slip: Slip | None) -> bool:
        return any(one.serial in came for one in line_of(slip, by_serial))

    held = zip(run.present, held_by(run.present, slips), strict=True)
    own = {id(wish) for wish, slip in held if concerned(slip)}
    wishes = [wish for wish in wishes_of(run) if id(wish) in own]
    terms = Terms(run.desk.day, run.asked.again, "", run.asked.resumed)
    for one in assign(wishes, run.present, slips, terms):
        if one.ends_printed and one.replaces and one.replaces.serial in came:
            yield one

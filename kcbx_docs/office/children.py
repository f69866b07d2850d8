"""The children of whom an office has a case already, so that nobody gets a second one."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from kcbx_docs.case.files import STAND_IN, case_without_faults
from kcbx_docs.case.ids import RESIDENT, read_id
from kcbx_docs.case.model import Case, Guardian, Pupil, name_key
from kcbx_docs.case.paths import is_file
from kcbx_docs.handwriting.encodings import decode
from kcbx_docs.light import dataclass
from kcbx_docs.reading import MAX_BYTES
from kcbx_docs.record.acts import concerning
from kcbx_docs.record.closing import CLOSE, closing_of


@dataclass(frozen=True)
class KnownChild:
    """A child as a case file names it, as far as the file can be read."""

    path: Path
    name: str
    numbers: frozenset[str] = frozenset()
    birth: date | None = None
    guardians: frozenset[str] = frozenset()
    closed: bool = False
    """Whether its case has ended: who drops out again gets a new one."""

    def may_be(self, own: Pupil, guardians: Iterable[Guardian]) -> bool:
        """Tell whether nothing says that a child is another one of the same name."""
        if _numbers(own) & self.numbers:
            return True
        birth, named = _birth(own), _names(guardians)
        return self.name == name_key(own.name) and not (
            _same_kind(_numbers(own), self.numbers)
            or (birth and self.birth and birth != self.birth)
            or (named and self.guardians and not named & self.guardians)
        )

    def surely_is(self, own: Pupil, guardians: Iterable[Guardian]) -> bool:
        """Tell whether it is this very child: a number, or the name with a birth or a guardian."""
        guardians = tuple(guardians)
        if not self.may_be(own, guardians):
            return False
        known = bool(self.birth) and _birth(own) == self.birth
        return (
            bool(_numbers(own) & self.numbers) or known or bool(_names(guardians) & self.guardians)
        )


def _numbers(own: Pupil) -> frozenset[str]:
    return frozenset(filter(None, (own.id_number, own.pupil_number)))


def _birth(own: Pupil) -> date | None:
    return own.birth or read_id(own.id_number, own.id_type or RESIDENT).birth


def _names(guardians: Iterable[Guardian]) -> frozenset[str]:
    return frozenset(name_key(one.name) for one in guardians)


def _same_kind(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether two have numbers of one kind, none of which is the same."""
    return bool({len(number) for number in mine} & {len(number) for number in theirs})


def known_children(
    paths: Iterable[Path], pupils: Iterable[Pupil], *, closed: bool = False
) -> Iterator[KnownChild]:
    """Yield the children of open cases in whose files one of these is named or numbered;
    ``closed``, those of cases that have ended instead.
    """
    wanted: set[str] = set()
    for one in pupils:
        wanted |= {one.name, one.id_number, one.pupil_number} - {""}
    for path in paths:
        text = text_of(path)
        if CASE in text and any(word in text for word in wanted):
            yield from (one for one in _child(path) if one.closed == closed)


CASE = "案件"


def text_of(path: Path) -> str:
    """Return what a file holds; nothing of one that cannot be read."""
    if not is_file(path):
        return ""
    try:
        with path.open("rb") as stream:
            return decode(stream.read(MAX_BYTES)) or ""
    except OSError:
        return ""


def _child(path: Path) -> Iterator[KnownChild]:
    case = case_without_faults(path)
    if case is None:
        return
    own, guardians = case.pupil, _names(case.guardians) - {STAND_IN}
    known = (name_key(own.name), _numbers(own), _birth(own), guardians)
    yield KnownChild(path, *known, closed=_closed(case))


def _closed(case: Case) -> bool:
    """Tell whether a case is closed, or handed over, for every guardian and was not taken up
    again; a close without its result may be a slip and ends nothing.
    """
    history = sorted(case.history, key=lambda event: event.moment)
    done = [event for event in history if event.kind != CLOSE or event.result]
    parties = [concerning(done, guardian) for guardian in case.guardians]
    return all(closing_of(events).ended for events in parties or [tuple(done)])

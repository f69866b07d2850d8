"""The lawful reasons for staying away, as far as they stand on a day and in this dropout."""

from collections.abc import Iterator
from datetime import date

from kcbx_docs.case.exclusions import Examination, Exclusions
from kcbx_docs.light import dataclass
from kcbx_docs.record.attendance import Attendance


@dataclass(frozen=True)
class Excuses:
    """Names of the reasons that exist, by what is known of their day."""

    dated: tuple[str, ...] = ()
    """Those that are known to have begun in this dropout and by the day."""
    undated: tuple[str, ...] = ()
    """Those of which nobody wrote since when: they stand now, and accuse no earlier paper."""
    doubtful: tuple[str, ...] = ()
    """Undated ones of a child that has been back and is away anew: nobody knows of which time."""

    @property
    def standing(self) -> tuple[str, ...]:
        """List those on which the case may rest."""
        return (*self.dated, *self.undated)


def excuses_of(exclusions: Exclusions, attendance: Attendance, day: date) -> Excuses:
    """Sort the reasons; what began before a new absence is no excuse of it."""
    undated = tuple(name for name, found in _applying(exclusions) if found.since is None)
    again = attendance.round > 1
    return Excuses(
        dated=tuple(_begun(exclusions, attendance.round_start or date.min, day)),
        undated=() if again else undated,
        doubtful=undated if again else (),
    )


def _applying(exclusions: Exclusions) -> Iterator[tuple[str, Examination]]:
    return ((name, found) for name, found in exclusions.items() if found.applies)


def _begun(exclusions: Exclusions, start: date, day: date) -> Iterator[str]:
    for name, found in _applying(exclusions):
        if found.since and start <= found.since <= day:
            yield name

"""When the child was away and when at school:
each new dropout after a return opens the procedure anew.
"""

from collections.abc import Sequence
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.case.sightings import saw_absence
from kcbx_docs.light import dataclass

ABSENT = ("首次缺课", "再次缺课")


@dataclass(frozen=True)
class Spell:
    """One dropout that ended: from its first day until the return."""

    start: date
    returned: date


@dataclass(frozen=True)
class Attendance:
    """The child's attendance until a day."""

    first: date | None = None
    """First day of the first absence."""
    since: date | None = None
    """First day of the absence that lasts."""
    returned: date | None = None
    """The return that still holds: the first of its round, whatever confirms it later."""
    seen: date | None = None
    """The last day on which somebody knew that the absence lasts; its first day does not count."""
    round: int = 1
    round_start: date | None = None
    """Day of the second or later absence that opened the present round."""
    before: tuple[Spell, ...] = ()
    """The dropouts that ended before the present one."""
    reopened_without_event: tuple[Event, ...] = ()
    """Checks and visits that tell of a child away after a return, with no new absence recorded."""

    def round_of(self, day: date) -> int:
        """Tell to which dropout a day belongs; what follows a return belongs to the one before."""
        starts = [*(spell.start for spell in self.before[1:])]
        starts += [self.round_start] if self.round_start else []
        return 1 + sum(start <= day for start in starts)

    @property
    def back(self) -> bool:
        """Tell whether the child is at school."""
        return self.returned is not None


def attendance_of(happened: Sequence[Event]) -> Attendance:
    """Follow absences and returns in order."""
    first = since = returned = start = None
    before: list[Spell] = []
    odd: list[Event] = []
    for event in happened:
        if event.kind in ABSENT:
            since = since or event.day
            if returned is not None and first is not None:
                before.append(Spell(start or first, returned))
                start = event.day
            first, returned = first or event.day, None
            odd = [one for one in odd if one.day != event.day]  # told first, of the same day
        elif event.comes_back:
            since, returned = None, returned or event.day
        elif event.still_away and returned is not None:
            odd.append(event)
    return Attendance(
        first=first,
        since=since,
        returned=returned,
        seen=_last_seen(happened, since),
        round=len(before) + 1,
        round_start=start,
        before=tuple(before),
        reopened_without_event=tuple(odd),
    )


def _last_seen(happened: Sequence[Event], since: date | None) -> date | None:
    """Find the last day after its first on which somebody knew of the absence."""
    days = [event.day for event in happened if since and event.day > since and saw_absence(event)]
    return max(days, default=None)

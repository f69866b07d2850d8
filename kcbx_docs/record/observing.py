"""What is looked at after a return: the dated checks that the place or a person set, and how the
last of them went. The case may be closed after the last good one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from kcbx_docs.case.event import Event
from kcbx_docs.case.return_plan import ReturnPlan
from kcbx_docs.light import dataclass
from kcbx_docs.packs.procedure import Moment
from kcbx_docs.record.jurisdiction import Jurisdiction

if TYPE_CHECKING:
    from kcbx_docs.record.progress import Progress

OBSERVED: Moment = "复学观察"
RETURNED = "返校"
AT_SCHOOL = "在校"
EXCUSED = "请假"
_DAYS = "复学观察日"
"""The parameter of a pack: how many days after the return, one number for each check."""


@dataclass(frozen=True)
class Observing:
    """The checks after the present return."""

    planned: tuple[date, ...] = ()
    left: tuple[date, ...] = ()
    """Those of the planned days that nobody has looked on, or after, yet."""
    made: tuple[Event, ...] = ()

    @property
    def next(self) -> date | None:
        """Return the day of the next check."""
        return self.left[0] if self.left else None

    @property
    def last(self) -> Event | None:
        """Return the last check."""
        return self.made[-1] if self.made else None

    @property
    def bad(self) -> Event | None:
        """Return the last check where the child was not at school."""
        return self.last if self.last and self.last.result != AT_SCHOOL else None


def observing(p: Progress, law: Jurisdiction) -> Observing:
    """Tell the checks after a return that still holds; a person's days go before the place's, and
    those of the plan come to both.
    """
    back = p.attendance.returned
    if back is None:
        return Observing()
    events = (*p.kinds.get(RETURNED, ()), *p.kinds.get(OBSERVED, ()))
    written = set(chain.from_iterable(one.observe_on for one in events if one.day >= back))
    days = written or {*_of_the_place(law, back)}
    planned = sorted(days | {one for one in p.reviews if one > back})
    made = [one for one in p.kinds.get(OBSERVED, ()) if one.day >= back]
    return Observing(tuple(planned), tuple(_left(planned, made, back)), tuple(made))


def reviews_of(plan: ReturnPlan | None, start: date, day: date) -> tuple[date, ...]:
    """List the days of the plan of a return, unless it is that of an earlier one or later than a
    day.
    """
    if plan is None or (plan.day and not start <= plan.day <= day):
        return ()
    return plan.reviews


def _of_the_place(law: Jurisdiction, back: date) -> Iterator[date]:
    """Yield the days that the place sets; 未知 is none."""
    told = law.pack.values.get(_DAYS)
    for days in told if isinstance(told, list | tuple) else ():
        yield back + timedelta(days=int(days))


def _left(planned: Sequence[date], made: Sequence[Event], back: date) -> Iterator[date]:
    """Yield the planned days that are open. A check counts for the days that have passed, and for
    the next one if it is nearer to it than to the day before.
    """
    before = back
    last = max((event.day for event in made), default=None)
    for day in planned:
        early = last is not None and last > before and day - last < last - before
        if last is None or not (last >= day or early):
            yield day
        before = day

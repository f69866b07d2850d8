"""The order to correct as it stands for one guardian:
served when, until when, checked, annulled.
"""

from collections.abc import Sequence
from dataclasses import field
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.case.fields import Deadline
from kcbx_docs.case.model import Case
from kcbx_docs.light import dataclass
from kcbx_docs.record.acts import DECISIONS, Act, Acts, acts_with, last_act
from kcbx_docs.record.challenges import Remedy, remedy_of
from kcbx_docs.record.jurisdiction import Jurisdiction, Term
from kcbx_docs.record.terms import end_of, order_term


@dataclass(frozen=True)
class Ordered:
    """The order to correct as it stands for one guardian."""

    act: Act
    deadline: Deadline | None
    term: Term | None
    served: date | None
    end: date | None
    """Last day for this guardian; nothing before service."""
    remedy: Remedy = field(default_factory=Remedy)
    """What became of the challenges to it; once there is a fine, they are against that."""
    checked: Event | None = None
    """The check after the deadline that found the child still away."""

    @property
    def annulled(self) -> bool:
        """Tell whether a challenge took the order away."""
        return self.remedy.annulled is not None


def ordered_of(
    case: Case, events: Sequence[Event], acts: Acts, law: Jurisdiction, day: date
) -> Ordered | None:
    """Derive the order of the present dropout; nothing if none was made."""
    act = last_act(acts, "责令")
    if act is None:
        return None
    own = case.order.deadline if case.order else None
    deadline, served = act.period or own, act.served(day)
    fined = bool(acts_with(acts, *DECISIONS))
    remedy = Remedy() if fined else remedy_of(None, events, law, day=day)
    if deadline is None or served is None:
        return Ordered(act, deadline, None, served, None, remedy)
    term = order_term(deadline, served, law)
    end = deadline.day or end_of(term)
    checked = _still_away(events, end)
    return Ordered(act, deadline, term, served, end, remedy, checked)


def _still_away(events: Sequence[Event], end: date | None) -> Event | None:
    """Return the last check after the deadline that found the child away."""
    if end is None:
        return None
    found = [e for e in events if e.kind == "核查" and e.result == "未返校" and e.day > end]
    return found[-1] if found else None

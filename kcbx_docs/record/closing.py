"""Whether a case is closed: what was taken up again since is open."""

from collections.abc import Iterable

from kcbx_docs.case.event import Event
from kcbx_docs.light import dataclass

CLOSE, RESUME = "结案", "恢复"
_AGAIN = (RESUME, "再次缺课")


@dataclass(frozen=True)
class Closing:
    """The close of a case that still holds, or when a closed one was taken up again."""

    closed: Event | None = None
    reopened: Event | None = None


def closing_of(events: Iterable[Event]) -> Closing:
    """Follow closing and reopening in the order of the record."""
    closed = reopened = None
    for event in events:
        if event.kind == CLOSE:
            closed, reopened = event, None
        elif event.kind in _AGAIN and closed:
            closed, reopened = None, event
    return Closing(closed, reopened)

"""Whether a case is closed, or handed to another organ: what was taken up again since is open."""

from collections.abc import Iterable

from kcbx_docs.case.event import Event
from kcbx_docs.light import dataclass

CLOSE, RESUME, HAND_OVER, ANSWER = "结案", "恢复", "移交", "移交回执"
_AGAIN = (RESUME, "再次缺课")
REFUSED = "不接收"


@dataclass(frozen=True)
class Closing:
    """The end of a case that still holds, or when a case that had ended was taken up again."""

    closed: Event | None = None
    reopened: Event | None = None
    handed: Event | None = None
    """The transfer to another organ; one that the other refused is none."""
    answered: Event | None = None
    """What the other organ answered that took it."""

    @property
    def ended(self) -> Event | None:
        """Return what ended the case for this office."""
        return self.handed or self.closed

    @property
    def over(self) -> bool:
        """Tell whether nothing is awaited any more: closed, or taken by the other organ."""
        return bool(self.answered if self.handed else self.closed)


def closing_of(events: Iterable[Event]) -> Closing:
    """Follow closing, handing over and reopening in the order of the record."""
    now = Closing()
    for event in events:
        if event.kind == CLOSE:
            now = Closing(event, None, now.handed, now.answered)
        elif event.kind == HAND_OVER:
            now = Closing(now.closed, None, event)
        elif event.kind == ANSWER and now.handed and event.result == REFUSED:
            now = Closing(now.closed, event)
        elif event.kind == ANSWER and now.handed:
            now = Closing(now.closed, None, now.handed, event)
        elif event.kind in _AGAIN and now.ended:
            now = Closing(reopened=event)
    return now

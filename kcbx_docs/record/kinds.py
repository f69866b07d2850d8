"""Events by their kind: which came last, and when."""

from collections.abc import Mapping, Sequence
from datetime import date

from kcbx_docs.case.event import Event

Kinds = Mapping[str, tuple[Event, ...]]
"""Events by kind, each kind in order."""


def by_kind(events: Sequence[Event]) -> Kinds:
    """Group events by kind, keeping their order."""
    kinds: dict[str, list[Event]] = {}
    for event in events:
        kinds.setdefault(event.kind, []).append(event)
    return {kind: tuple(found) for kind, found in kinds.items()}


def last_of(kinds: Kinds, *names: str) -> Event | None:
    """Return the latest event of some kinds."""
    found = [kinds[name][-1] for name in names if kinds.get(name)]
    return max(found, key=lambda event: event.day, default=None)


def day_of(event: Event | None) -> date | None:
    """Return the day of an event, if there is one."""
    return event.day if event else None

"""What the events of a case tell, as of a day: absence, persuasion, papers made and served. All pure.

A document is known by several names (its id and titles), so functions take the collection of names.
"""

from collections.abc import Collection, Sequence
from datetime import date, time, timedelta

from kcbx_docs.case.event import EVENT_FIELDS, Event
from kcbx_docs.case.model import Case, Guardian, name_key

History = Sequence[Event]
ABSENT = ("首次缺课", "再次缺课")


def chronological(history: History) -> tuple[Event, ...]:
    """Sort events by day and time; what is written first comes first within a day."""
    return tuple(sorted(history, key=lambda event: (event.day, event.clock or time())))


def as_of(history: History, today: date) -> tuple[Event, ...]:
    """Keep what has happened by the end of a day, in order."""
    return tuple(event for event in chronological(history) if event.day <= today)


def events_of(history: History, *kinds: str) -> tuple[Event, ...]:
    """Keep the events of some kinds, in order."""
    return tuple(event for event in chronological(history) if event.kind in kinds)


def last_of(history: History, *kinds: str) -> Event | None:
    """Return the latest event of some kinds."""
    return next(reversed(events_of(history, *kinds)), None)


def concerns(event: Event, guardian: str) -> bool:
    """Tell whether an event is about a guardian: named, or nobody is named."""
    return not event.targets or name_key(guardian) in {name_key(name) for name in event.targets}


def for_guardian(history: History, guardian: str) -> tuple[Event, ...]:
    """Keep the events that concern one guardian, in order."""
    return tuple(event for event in chronological(history) if concerns(event, guardian))


def targets_of(case: Case, event: Event) -> tuple[Guardian, ...]:
    """List the guardians whom an event is about."""
    return tuple(guardian for guardian in case.guardians if concerns(event, guardian.name))


def first_absence(history: History) -> date | None:
    """Return the first day of absence that the case is about."""
    return next((event.day for event in events_of(history, "首次缺课")), None)


def absent_since(history: History, today: date) -> date | None:
    """Return the first day of the absence that lasts on a day; nothing if the child is at school."""
    start: date | None = None
    for event in as_of(history, today):
        if event.kind in ABSENT:
            start = start or event.day
        elif returns(event):
            start = None
    return start


def is_back(history: History, today: date) -> bool:
    """Tell whether the child has returned and stayed until a day."""
    returned = False
    for event in as_of(history, today):
        returned = returns(event) or (returned and event.kind not in ABSENT)
    return returned


def returned_on(history: History, today: date) -> date | None:
    """Return the day of the return that still holds on a day."""
    if not is_back(history, today):
        return None
    return next((event.day for event in reversed(as_of(history, today)) if returns(event)), None)


def returns(event: Event) -> bool:
    """Tell whether an event says that the child is back at school."""
    return event.kind == "返校" or (event.kind == "核查" and event.result == "已返校")


def persuasions(history: History) -> tuple[Event, ...]:
    """List the visits that tried to bring the child back."""
    return events_of(history, "劝返")


def persuasion_failed(history: History) -> bool:
    """Tell whether there was a visit and the last one did not succeed."""
    last = last_of(history, "劝返")
    return last is not None and last.result not in ("同意返校", "已返校")


def issues_of(history: History, names: Collection[str]) -> tuple[Event, ...]:
    """List the events that made a document, those withdrawn later left out."""
    made = [event for event in chronological(history) if _makes(event, names)]
    return tuple(event for event in made if not _withdrawn(history, event, names))


def issued_on(history: History, names: Collection[str], guardian: str = "") -> date | None:
    """Return the day of the latest document of that name, for one guardian if named."""
    made = [e for e in issues_of(history, names) if not guardian or concerns(e, guardian)]
    return made[-1].day if made else None


def _makes(event: Event, names: Collection[str]) -> bool:
    if event.kind == "制发":
        return event.document in names
    if event.kind in ("送达", "撤回", "收到文书"):
        return False
    return (
        bool(event.document and event.document in names)
        or EVENT_FIELDS[event.kind].document in names
    )


def _withdrawn(history: History, paper: Event, names: Collection[str]) -> bool:
    return any(
        event.document in names and event.day >= paper.day and event.number in ("", paper.number)
        for event in events_of(history, "撤回")
    )


def attempts_of(history: History, names: Collection[str], guardian: str) -> tuple[Event, ...]:
    """List every attempt to serve a document on a guardian, failed ones too."""
    found = events_of(history, "送达")
    return tuple(e for e in found if e.document in names and e.targets and concerns(e, guardian))


def service_of(history: History, names: Collection[str], guardian: str) -> Event | None:
    """Return the latest successful service of a document on a guardian that was not withdrawn."""
    served = [e for e in attempts_of(history, names, guardian) if e.is_service]
    return next((e for e in reversed(served) if not _withdrawn(history, e, names)), None)


def served_on(
    history: History, names: Collection[str], guardian: str, notice_days: int
) -> date | None:
    """Return the day on which a document counts as served; a public notice after ``notice_days`` days."""
    service = service_of(history, names, guardian)
    return effective_day(service, notice_days) if service else None


def effective_day(service: Event, notice_days: int) -> date:
    """Return the day on which a service takes effect (calendar days; the caller knows the period's law)."""
    return service.proof_day + timedelta(days=notice_days if service.method == "公告" else 0)

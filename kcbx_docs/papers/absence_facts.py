"""What papers learn of the absence: how long it was known, whom persuasion reached, the return."""

from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.case.sightings import reached
from kcbx_docs.papers.procedure_facts import ReturnRecord
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.progress import Progress


def persuasions_of(docket: Docket, guardian: str, p: Progress) -> tuple[Event, ...]:
    """List the persuasions of this dropout that reached a guardian; without a name, anybody."""
    return tuple(
        event
        for event in p.kinds.get("劝返", ())
        if reached(event) and (not guardian or p.guardian in docket.addressees(event))
    )


def return_of(p: Progress) -> ReturnRecord:
    """Tell how and when the child came back."""
    a = p.attendance
    start = a.round_start or a.first
    came = next(iter(p.kinds.get("返校", ())), None) if a.back else None
    return ReturnRecord(
        已返校=a.back,
        日期=a.returned,
        方式=came.method or None if came else None,
        安置=came.placed or None if came else None,
        缺课起=start,
        缺课天数=_days_away(start, a.returned, p.day),
    )


def _days_away(start: date | None, returned: date | None, today: date) -> int | None:
    """Count the days of absence: the day of the return is none any more, today is one."""
    if start is None:
        return None
    return (returned - start).days if returned else (today - start).days + 1


def days_seen(p: Progress) -> int | None:
    """Count the days of absence as far as somebody knew of it."""
    a = p.attendance
    return (a.seen - a.since).days + 1 if a.seen and a.since else None

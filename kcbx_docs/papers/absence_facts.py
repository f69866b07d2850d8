"""What papers learn of the absence: how long it was known, whom persuasion reached, the return."""

from collections.abc import Iterator, Sequence
from datetime import date

from kcbx_docs.case.dangers import Danger
from kcbx_docs.case.event import Event
from kcbx_docs.case.sightings import reached
from kcbx_docs.papers.absence_records import DangerLine, ReportedLine, ReturnRecord, SpellLine
from kcbx_docs.record.dangers import found_on, reports, standing_dangers
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


def before_of(p: Progress) -> tuple[SpellLine, ...]:
    """List the dropouts before the present one."""
    return tuple(SpellLine(缺课起=one.start, 返校=one.returned) for one in p.attendance.before)


def since_absent(docket: Docket, p: Progress) -> tuple[Event, ...]:
    """List what happened in the present dropout."""
    start = p.attendance.round_start
    return tuple(e for e in docket.happened(p.day) if start is None or e.day >= start)


def danger_lines(docket: Docket, day: date) -> tuple[DangerLine, ...]:
    """List the dangers with the reports of them that were made."""
    return tuple(_danger_line(danger, docket, day) for danger in standing_dangers(docket, day))


def _danger_line(danger: Danger, docket: Docket, day: date) -> DangerLine:
    due = [one.made for one in reports(docket, day) if one.danger == danger]
    made = [event for event in due if event]
    return DangerLine(
        种类=danger.kind,
        发现日期=found_on(docket, danger),
        依据=danger.basis,
        已报告=bool(made) and all(due),
        报告=tuple(_by_day(made)),
    )


def _by_day(made: Sequence[Event]) -> Iterator[ReportedLine]:
    for day in sorted({event.day for event in made}):
        organs = dict.fromkeys(event.organ for event in made if event.day == day)
        yield ReportedLine(日期=day, 机关=tuple(organs))

"""Everything that is due in all cases by day, and the same as an iCalendar file that names
nobody.
"""

import contextlib
import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from icalendar import Alarm, Calendar, Event

from kcbx_docs.light import dataclass
from kcbx_docs.office.coming import Coming
from kcbx_docs.office.outlook import Outlooks
from kcbx_docs.problems import Place, stop
from kcbx_docs.words import with_doubt
from kcbx_docs.writing import write_over

PRODUCT = "-//kcbx-docs//deadlines//ZH"
BEGIN = b"BEGIN:VCALENDAR"
_ENTRY = b"BEGIN:VEVENT"
EARLY, MORNING = timedelta(days=-3), timedelta(hours=9)


@dataclass(frozen=True)
class Appointment:
    """One day to be kept: of a case, or of the office where no case is named."""

    due: Coming
    case_id: str = ""
    office: str = ""
    path: Path | None = None
    """The file of the case: two towns may use one number."""
    pupil: str = ""


def agenda(told: Outlooks) -> tuple[Appointment, ...]:
    """List what is due, the nearest first."""
    entries: list[Appointment] = []
    for case in told.cases:
        of = (case.case_id, case.office, case.path, case.pupil)
        entries += [Appointment(due, *of) for due in case.due]
    entries += [Appointment(due, "", office) for office, due in told.regular]
    return tuple(sorted(entries, key=_order))


def _order(entry: Appointment) -> tuple[object, ...]:
    due = entry.due
    return due.by, entry.case_id, due.place, due.what


def write_ics(path: Path, entries: Sequence[Appointment], day: date, unread: int = 0) -> None:
    """Write the calendar file. An older calendar is replaced, but by none that is empty, and not
    while files are ``unread`` whose days it may hold; any other file is left alone.
    """
    before = b""
    with contextlib.suppress(OSError):
        before = path.read_bytes()
    if before and not before.startswith(BEGIN):
        raise stop("CLI002", Place(), path=path)
    if count := before.count(_ENTRY):
        if unread:
            raise stop("NEXT006", Place(), path=path, unread=unread)
        if not entries:
            raise stop("NEXT005", Place(), path=path, count=count)
    write_over(path, as_ics(entries, day))


def as_ics(entries: Sequence[Appointment], day: date) -> bytes:
    """Write a calendar of days with an alarm each;
    the same entries on the same day give the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "控辍保学期限")
    for entry, number in _numbered(entries):
        calendar.add_component(_event(entry, number, day))
    return bytes(calendar.to_ical())


def _numbered(entries: Sequence[Appointment]) -> Iterator[tuple[Appointment, int]]:
    """Number entries that would otherwise have one name."""
    seen: dict[str, int] = {}
    for entry in entries:
        key = _key(entry)
        seen[key] = seen.get(key, 0) + 1
        yield entry, seen[key]


def _key(entry: Appointment) -> str:
    due = entry.due
    told = (entry.office, entry.case_id, str(due.place), due.rule or due.what, due.document)
    return "|".join(told)


def _event(entry: Appointment, number: int, day: date) -> Event:
    due = entry.due
    paper = f"《{due.title}》" if due.title else ""
    summary = " ".join(
        filter(None, (entry.case_id, f"{with_doubt(due.what, due.doubted)}{paper}（{due.who}）"))
    )
    # A stable name: who imports the file again gets no second entry.
    name = hashlib.sha256(f"{_key(entry)}|{number}".encode()).hexdigest()[:32]
    notes = [*due.warnings]
    if due.basis:
        notes.insert(0, "依据：" + "、".join(due.basis))
    event = Event()
    event.add("uid", f"{name}@kcbx-docs")
    event.add("dtstamp", datetime.combine(day, time(), UTC))
    event.add("dtstart", due.by)
    event.add("dtend", due.by + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", "\n".join(notes))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add_component(_alarm(summary))
    return event


def _alarm(summary: str) -> Alarm:
    """Ring at nine in the morning three days before."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", EARLY + MORNING)
    return alarm

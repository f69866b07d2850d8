"""What was done in a case, of all guardians, in the order of its days: for the end of it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.papers.procedure_facts import CourseLine, GuardianLine

_TOLD = ("收到文书", "移送")


def course_of(people: Sequence[GuardianLine], happened: Iterable[Event]) -> tuple[CourseLine, ...]:
    """List the papers to each guardian, what other organs sent and what went to them, by date."""
    sent = (_of_event(event) for event in happened if event.kind in _TOLD)
    return tuple(sorted((*_of_people(people), *sent), key=_day))


def _of_people(people: Sequence[GuardianLine]) -> Iterator[CourseLine]:
    for person in people:
        for line in person.dates:
            if line.day or line.served:
                yield CourseLine(监护人=person.name, **line.model_dump(by_alias=True))


def _of_event(event: Event) -> CourseLine:
    return CourseLine(
        事项=event.kind,
        文书=event.document or None,
        文号=event.number or None,
        日期=event.day,
        机关=event.organ or None,
        结果=event.result or None,
    )


def _day(line: CourseLine) -> date:
    return line.day or line.served or date.max

"""A case with everything that is known of it, and its progress for each guardian on any day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Case, Guardian, name_key
from kcbx_docs.problems import Place
from kcbx_docs.reading import Source
from kcbx_docs.record.attendance import Attendance, attendance_of
from kcbx_docs.record.jurisdiction import Jurisdiction
from kcbx_docs.record.progress import Progress, progress_of


@dataclass(frozen=True)
class Docket:
    """A case, the events of its file and of the ledger, the law of its place, and where its values stand."""

    case: Case
    law: Jurisdiction
    events: tuple[Event, ...]
    source: Source | None = None
    _known: dict[object, object] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def happened(self, day: date) -> tuple[Event, ...]:
        """List what has happened by the end of a day, in order."""
        return tuple(event for event in self.events if event.day <= day)

    def attendance(self, day: date) -> Attendance:
        """Return the child's attendance until a day."""
        return attendance_of(self.happened(day))

    def progress(self, guardian: Guardian, day: date) -> Progress:
        """Return one guardian's record on a day."""
        key = (guardian.name, day)
        if key not in self._known:
            happened = self.happened(day)
            self._known[key] = progress_of(
                self.case, guardian, happened, attendance_of(happened), self.law, day
            )
        return self._known[key]  # type: ignore[return-value]

    def guardian(self, name: str) -> Guardian | None:
        """Find a guardian by name."""
        return self.case.guardian(name)

    def defendants(self, day: date) -> tuple[Guardian, ...]:
        """List the guardians whom the latest suit names; all of them where it names none."""
        suits = [event for event in self.happened(day) if event.kind == "起诉"]
        named = {name_key(name) for name in suits[-1].targets} if suits else set()
        return tuple(g for g in self.case.guardians if name_key(g.name) in named) or tuple(
            self.case.guardians
        )

    def place(self, event: Event) -> Place:
        """Return where an event is written."""
        number = next((n for n, known in enumerate(self.case.history) if known is event), None)
        if number is None:
            return Place("登记簿", path=f"{event.day} {event.kind}")
        return (
            self.source.place(("经过", number))
            if self.source
            else Place(path=f"经过[{number + 1}]")
        )

    def carer_or_child(self, name: str) -> str:
        """Tell whether somebody is the child or a carer, who are never addressed."""
        key = name_key(name)
        if key == name_key(self.case.pupil.name):
            return "学生本人"
        return "受托照护人" if key in {name_key(carer.name) for carer in self.case.carers} else ""


def docket_of(
    case: Case,
    law: Jurisdiction,
    events: Sequence[Event] | None = None,
    source: Source | None = None,
) -> Docket:
    """Put a case and its events in order; ``events`` are those of the file and the ledger together."""
    told = case.history if events is None else events
    ordered = sorted(told, key=lambda event: (event.day, event.clock or time()))
    return Docket(case, law, tuple(ordered), source)

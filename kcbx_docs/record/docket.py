"""A case with everything that is known of it:
what was made, for whom, served, withdrawn, returned, on any day.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import TypeVar

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Case, Guardian, name_key
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problems
from kcbx_docs.reading import Source
from kcbx_docs.record.acts import Act
from kcbx_docs.record.agreement import agree
from kcbx_docs.record.attendance import Attendance, attendance_of
from kcbx_docs.record.entry import Entry, entries_of
from kcbx_docs.record.jurisdiction import Jurisdiction
from kcbx_docs.record.organs import OrganPaper, receipt_clashes, undelivered
from kcbx_docs.record.progress import Progress, progress_of
from kcbx_docs.record.strangers import of_another_child, strangers
from kcbx_docs.record.suit import Suit, suit_of
from kcbx_docs.words import spell

T = TypeVar("T")


@dataclass(frozen=True)
class Docket:
    """A case, its events from the file and the ledger in order, and the law of its place."""

    case: Case
    law: Jurisdiction
    entries: tuple[Entry, ...]
    source: Source | None = field(default=None, compare=False, repr=False)
    """The case file with its places, where there is one."""
    clashes: Problems = ()
    """Where the case file says another thing of an event than the ledger."""
    _known: dict[object, object] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """List all events in order, whatever their day."""
        return tuple(entry.event for entry in self.entries)

    def happened(self, day: date) -> tuple[Event, ...]:
        """List what has happened by the end of a day, in order."""
        events = self.events
        return self.once(("happened", day), lambda: tuple(e for e in events if e.day <= day))

    def attendance(self, day: date) -> Attendance:
        """Return the child's attendance until a day."""
        return self.once(("attendance", day), lambda: attendance_of(self.happened(day)))

    def progress(self, guardian: Guardian, day: date) -> Progress:
        """Return one guardian's record on a day."""
        return self.once((guardian.name, day), lambda: self._progress(guardian, day))

    def _progress(self, guardian: Guardian, day: date) -> Progress:
        happened = self.happened(day)
        attendance = self.attendance(day)
        return progress_of(self.case, guardian, happened, attendance, self.law, day)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made for a key before, or make it; only for what never changes."""
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]  # type: ignore[return-value]

    def guardian(self, name: str) -> Guardian | None:
        """Find a guardian by name."""
        return self.case.guardian(name)

    def issued(self, document: str, day: date, guardian: str = "") -> Act | None:
        """Return the latest paper made of a document by a day, for one guardian if named."""
        made = self.all_issued(document, day, guardian)
        return made[-1] if made else None

    def all_issued(self, document: str, day: date, guardian: str = "") -> tuple[Act, ...]:
        """List the papers made of a document by a day, for one guardian if named, by day.

        In one dropout each that bears a number of its own, else the latest; withdrawn papers were
        never made.
        """
        key = ("issued", document, day, guardian)
        return self.once(key, lambda: self._all_issued(document, day, guardian))

    def _all_issued(self, document: str, day: date, guardian: str) -> tuple[Act, ...]:
        papers: list[Act] = []
        for person in self.case.guardians:
            if guardian in ("", person.name):
                papers += self._made(document, person, day)
        rounds: dict[int, dict[str, Act]] = {}
        for act in sorted(papers, key=lambda act: act.event.moment):
            rounds.setdefault(self.attendance(day).round_of(act.day), {})[act.number] = act
        found: list[Act] = []
        for made in rounds.values():
            numbered = [act for number, act in made.items() if number]
            found += numbered or made.values()
        return tuple(sorted(found, key=lambda act: act.day))

    def _made(self, document: str, guardian: Guardian, day: date) -> tuple[Act, ...]:
        papers = self.progress(guardian, day).papers.get(document, ())
        return tuple(act for act in papers if not act.implied)

    def undelivered(self, day: date) -> tuple[tuple[OrganPaper, str, Event], ...]:
        """List the papers for organs of which every attempt failed, with the organ and the last."""
        return self.once(("undelivered", day), lambda: undelivered(self.entries, self.law, day))

    def suit(self, day: date) -> Suit:
        """Return the parties of the suit as far as they are written."""
        workspace = self.law.workspace
        return self.once(("suit", day), lambda: suit_of(self.case, self.events, day, workspace))

    def defendants(self, day: date) -> tuple[Guardian, ...]:
        """List the guardians whom a suit concerns: the defendants;
        where nobody wrote them, all who still are.
        """
        return self.suit(day).defendants or self.concerned(day)

    def remaining(self, day: date) -> tuple[Guardian, ...]:
        """List who still is a guardian on a day."""
        return tuple(person for person in self.case.guardians if not person.ended(day))

    def concerned(self, day: date) -> tuple[Guardian, ...]:
        """List whom a paper to nobody by name concerns: who still is a guardian;
        where nobody is any more all of the case, so that the reason is told of each.
        """
        return self.remaining(day) or self.case.parties

    def place_of(self, *loc: int | str) -> Place:
        """Return where a value of the case file is written."""
        return self.source.place(loc, value=True) if self.source else Place(path=spell(loc))

    def place(self, event: Event) -> Place:
        """Return where an event is written."""
        return self._places.get(id(event), Place())

    def lacking(self, event: Event) -> tuple[tuple[str, ...], ...]:
        """List what is still to be brought as the proof of a service that the ledger holds."""
        return next((entry.lacking for entry in self.entries if entry.event is event), ())

    def made_by(self, event: Event) -> str:
        """Name the office that made the paper of an event as the ledger or the event tells it."""
        known = next((entry.maker for entry in self.entries if entry.event is event), "")
        return known or event.organ

    @cached_property
    def _places(self) -> dict[int, Place]:
        # By identity: two equal events of a case are two lines of its file. An event that was
        # copied on the way (``on_the_spot``) has no line of its own.
        return {id(entry.event): entry.place for entry in self.entries}

    def addressees(self, event: Event) -> tuple[Guardian, ...]:
        """List the guardians whom an event is about: those whom it names, or all of them."""
        named = {name_key(name) for name in event.targets}
        return tuple(g for g in self.case.guardians if not named or name_key(g.name) in named)

    def carer_or_child(self, name: str) -> str:
        """Tell whether somebody is the child or a carer, who are never addressed."""
        key = name_key(name)
        if key == name_key(self.case.pupil.name):
            return "学生本人"
        if any(name_key(carer.name) == key for carer in self.case.carers):
            return "受托照护人"
        return ""


def docket_of(
    case: Case, law: Jurisdiction, source: Source | None = None, ledger: Iterable[Entry] = ()
) -> Docket:
    """Put a case and its events in order: those of its file and those of the ledger, each once."""
    kept = tuple(ledger)
    entries, clashes = agree(entries_of(case, source), kept, case, law)
    lost = (*of_another_child(kept, case), *strangers(entries, case, law.workspace))
    found = (*clashes, *receipt_clashes(entries, law), *lost)
    return Docket(case, law, entries, source, found)

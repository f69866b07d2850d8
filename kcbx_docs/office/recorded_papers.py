"""Papers that tell of what the case file records, as a referral and its letter: written down, and
not issued yet.
"""

from collections.abc import Iterator
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.light import dataclass
from kcbx_docs.office.opened import Office
from kcbx_docs.office.standing_data import OF_EVENTS
from kcbx_docs.record.docket import Docket


@dataclass(frozen=True)
class RecordedPaper:
    """A document with the events that the ledger holds no paper of."""

    document: str
    title: str
    kind: str
    events: tuple[Event, ...]

    @property
    def told(self) -> str:
        """Say which events they are: their days, and the organs to which they went."""
        return "、".join(f"{one.day} {one.organ}".strip() for one in self.events)


def recorded_papers(office: Office, docket: Docket, day: date) -> Iterator[RecordedPaper]:
    """Yield the documents that may be made of what is recorded by a day."""
    for name in office.library.ids:
        card = office.library.card(name)
        if card.unit not in OF_EVENTS or not card.event:
            continue
        own = (one for one in docket.entries if one.event.kind == card.event and not one.seq)
        events = tuple(one.event for one in own if one.event.day <= day)
        if events:
            yield RecordedPaper(name, office.law.title(name), card.event, events)

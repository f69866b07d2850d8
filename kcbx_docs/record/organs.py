"""Papers that go to organs: which organ each is for, and whether it got there.

No period runs from them; what a guardian is told is judged elsewhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_checks import written_keys
from kcbx_docs.case.model import name_key
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problem, Problems, problem
from kcbx_docs.record.acts import document_of
from kcbx_docs.record.agreement import number_key
from kcbx_docs.record.entry import Entry
from kcbx_docs.record.jurisdiction import Jurisdiction
from kcbx_docs.record.organ_refusals import reached

_RECEIVED = "签收日期"


@dataclass(frozen=True)
class OrganPaper:
    """A paper, the organs for which it is, and the attempts to bring it to any organ."""

    document: str
    title: str
    event: Event
    organs: tuple[str, ...] = ()
    attempts: tuple[Entry, ...] = ()
    seq: int = 0
    """Where the ledger holds its making; nothing where only the case file tells of it."""
    gone: bool = False
    """Whether it was withdrawn or voided since: what was done with it stays known."""
    copied: tuple[str, ...] = ()
    """Those of the organs that get a copy only."""

    @property
    def number(self) -> str:
        """Return its number."""
        return self.event.number

    @property
    def day(self) -> date:
        """Return the day on which it was made."""
        return self.event.day

    def tried(self, organ: str) -> tuple[Entry, ...]:
        """List the attempts to bring it to an organ."""
        key = name_key(organ)
        return tuple(one for one in self.attempts if key in map(name_key, one.event.targets))

    def received(self, organ: str, today: date) -> date | None:
        """Return the day on which an organ got it; nothing if it did not, or nobody wrote it."""
        days = [one.event.proof_day for one in self.tried(organ) if reached(one.event, organ)]
        if _RECEIVED in written_keys(self.event) and self.event.received:
            days.append(self.event.received)
        return min((day for day in days if day <= today), default=None)

    def failed(self, organ: str, today: date) -> Event | None:
        """Return the last attempt where all of them failed and nothing is on its way."""
        known = [one.event for one in self.tried(organ) if one.event.day <= today]
        if not known or self.received(organ, today) or known[-1].in_transit:
            return None
        return known[-1]


def organ_papers(entries: Sequence[Entry], law: Jurisdiction, day: date) -> tuple[OrganPaper, ...]:
    """List the papers of a case that were made by a day and are for organs."""
    return tuple(paper for paper in papers_made(entries, law, day) if paper.organs)


def papers_made(entries: Sequence[Entry], law: Jurisdiction, day: date) -> Iterator[OrganPaper]:
    """Yield the papers of a case that were made by a day and stand, also those that are for
    people: of any an organ may get a copy.
    """
    yield from (paper for paper in papers_ever(entries, law, day) if not paper.gone)


def papers_ever(entries: Sequence[Entry], law: Jurisdiction, day: date) -> Iterator[OrganPaper]:
    """Yield the papers that were made, also those that were withdrawn since."""
    known = [entry for entry in entries if entry.event.day <= day]
    for entry in known:
        document = document_of(entry.event, law)
        if document:
            gone = _withdrawn(document, entry.event, known, law)
            attempts = tuple(attempts_at(document, entry.event, known, law))
            organs = organs_of(entry.event, law)
            title = law.title(document)
            yield OrganPaper(document, title, entry.event, organs, attempts, entry.seq, gone)


def organs_of(event: Event, law: Jurisdiction) -> tuple[str, ...]:
    """Name the organs for which the paper of an event is, as its card says."""
    card = law.card(document_of(event, law))
    if card is None or not card.receiver:
        return ()
    told = {"对象": event.targets, "机关": (event.organ,), "法院": (event.court,)}
    return tuple(filter(None, told[card.receiver]))


def undelivered(
    entries: Sequence[Entry], law: Jurisdiction, day: date
) -> tuple[tuple[OrganPaper, str, Event], ...]:
    """List the papers that no organ got of those for which they are: every attempt failed; with
    the last of them.
    """
    found: list[tuple[OrganPaper, str, Event]] = []
    for paper in organ_papers(entries, law, day):
        failed = [(organ, paper.failed(organ, day)) for organ in paper.organs]
        if all(event for _, event in failed):
            found += [(paper, organ, event) for organ, event in failed if event]
    return tuple(found)


@dataclass(frozen=True)
class OrganWaiting:
    """A paper that left the house and is not known to have reached an organ."""

    paper: OrganPaper
    organ: str
    tried: str
    on_its_way: bool
    since: date

    @property
    def copied(self) -> bool:
        """Tell whether the organ gets a copy only."""
        return name_key(self.organ) in map(name_key, self.paper.copied)


def organs_waiting(every: Sequence[OrganPaper], day: date) -> tuple[OrganWaiting, ...]:
    """List the papers of the ledger, organ by organ, that nobody is known to have received."""
    return tuple(_waiting(every, day))


def _waiting(every: Sequence[OrganPaper], day: date) -> Iterator[OrganWaiting]:
    for paper in every:
        for organ in paper.organs if paper.seq else ():
            if paper.day <= day and paper.received(organ, day) is None:
                events = [one.event for one in paper.tried(organ) if one.event.day <= day]
                told = "；".join(_said(event) for event in events)
                since = max((event.day for event in events), default=paper.day)
                sent = bool(events) and events[-1].in_transit
                yield OrganWaiting(paper, organ, told or "还没有登记送过", sent, since)


def _said(event: Event) -> str:
    return f"{event.day}{event.method}：{event.reason or ('在途' if event.in_transit else '')}"


def attempts_at(
    document: str, paper: Event, entries: Iterable[Entry], law: Jurisdiction
) -> Iterator[Entry]:
    """Yield the attempts to bring this very paper to anybody: that of its number, if written."""
    for entry in entries:
        event = entry.event
        if event.kind == "送达" and _is_of(document, paper, event, law):
            yield entry


def _withdrawn(document: str, paper: Event, entries: Iterable[Entry], law: Jurisdiction) -> bool:
    return any(
        entry.event.kind == "撤回"
        and entry.event.day >= paper.day
        and _is_of(document, paper, entry.event, law)
        for entry in entries
    )


def _is_of(document: str, paper: Event, event: Event, law: Jurisdiction) -> bool:
    same = not (event.number and paper.number) or number_key(event.number) == number_key(
        paper.number
    )
    return same and law.document(event.document) == document


def receipt_clashes(entries: Sequence[Entry], law: Jurisdiction) -> Problems:
    """Say where the making of a paper names another day of receipt than its recorded service."""
    return tuple(_receipt_clashes(entries, law))


def _receipt_clashes(entries: Sequence[Entry], law: Jurisdiction) -> Iterator[Problem]:
    for paper in papers_made(entries, law, date.max):
        typed = paper.event.received
        told = chain.from_iterable(map(paper.tried, paper.organs))
        days = [one for one in told if one.event.is_service and one.seq]
        if typed and days and typed not in {one.event.proof_day for one in days}:
            place = next(one.place for one in entries if one.event is paper.event)
            facts = {"kind": paper.event.kind, "typed": typed, "document": paper.title}
            facts |= {"recorded": days[0].event.proof_day, "seq": days[0].seq}
            yield problem("SERV060", place, **facts)

"""The papers of a case as one guardian received them:
every event that made one, joined with its services.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kcbx_docs.case.event import EVENT_FIELDS, Event
from kcbx_docs.case.fields import Deadline
from kcbx_docs.case.model import Case, Guardian, name_key
from kcbx_docs.packs.model import Role
from kcbx_docs.record.jurisdiction import Jurisdiction
from kcbx_docs.record.service import Service, on_the_spot, service_of_event

_ONE_PAPER = 31
"""Days within which 制发 and the event of its own kind are taken to tell of one paper;
a guess, no law.
"""

_ABOUT_CHILD = ("不限", "相关人")
_NO_PAPER = ("制发", "送达", "撤回", "收到文书")


@dataclass(frozen=True)
class Act:
    """One paper for one guardian."""

    document: str
    role: Role | None
    """What the procedure takes it for, whatever the place calls it."""
    event: Event
    day: date
    number: str = ""
    amount: Decimal | None = None
    period: Deadline | None = None
    hearing_told: bool | None = None
    services: tuple[Service, ...] = ()
    failures: tuple[Event, ...] = ()
    implied: bool = False
    """Only its service is recorded, not its making."""

    @property
    def service(self) -> Service | None:
        """Return the first service that counts."""
        return next((s for s in self.services if s.valid), None)

    def served(self, today: date) -> date | None:
        """Return the day of service if it has come."""
        day = self.service.day if self.service else None
        return day if day and day <= today else None

    def pending(self, today: date) -> date | None:
        """Return the day on which a running public notice will count as service."""
        day = self.service.day if self.service else None
        return day if day and day > today else None


def concerning(events: Iterable[Event], guardian: Guardian) -> tuple[Event, ...]:
    """Keep the events about one guardian:
    named, or nobody is named, or about the child whoever was met.
    """
    key = name_key(guardian.name)
    return tuple(
        e
        for e in events
        if not e.targets
        or EVENT_FIELDS[e.kind].addressee in _ABOUT_CHILD
        or key in {name_key(name) for name in e.targets}
    )


def acts_of(
    events: Sequence[Event], case: Case, guardian: Guardian, law: Jurisdiction
) -> dict[str, tuple[Act, ...]]:
    """Return a guardian's papers by document, each kind in the order of making;
    withdrawn ones left out.
    """
    acts: dict[str, list[Act]] = {}
    for event in events:
        if document := document_of(event, law):
            _add(acts.setdefault(document, []), _act(document, event, law))
    failures: list[Event] = []
    for event in events:
        if event.kind == "送达" and event.targets and (document := law.document(event.document)):
            if not event.is_service:
                failures.append(event)
            place = _carried(acts.setdefault(document, []), document, event, law)
            _serve(acts[document], place, event, case, guardian, failures, law)
    for event in events:
        if event.kind == "撤回" and (document := law.document(event.document)):
            acts[document] = [a for a in acts.get(document, ()) if not _withdraws(event, a)]
    return {
        document: tuple(sorted(made, key=lambda act: act.day))
        for document, made in acts.items()
        if made
    }


def document_of(event: Event, law: Jurisdiction) -> str:
    """Return the id of the paper that an event made."""
    if event.kind == "制发":
        return law.document(event.document)
    return "" if event.kind in _NO_PAPER else law.document_of(event.kind)


def _act(document: str, event: Event, law: Jurisdiction) -> Act:
    handed_over = event.kind == "当场处罚" and event.result != "未送达"
    services = (on_the_spot(event),) if handed_over else ()
    return Act(
        document,
        law.role(document),
        event,
        event.day,
        event.number,
        event.amount,
        event.period,
        event.hearing_right,
        services,
    )


def _add(made: list[Act], act: Act) -> None:
    """Add a paper; 制发 and the event of its own kind are two accounts of one paper."""
    for place, other in enumerate(made):
        if _same_paper(act, other):
            first, second = (other, act) if other.event.kind != "制发" else (act, other)
            made[place] = replace(
                first,
                number=first.number or second.number,
                amount=first.amount or second.amount,
                period=first.period or second.period,
                services=(*first.services, *second.services),
                hearing_told=second.hearing_told
                if first.hearing_told is None
                else first.hearing_told,
            )
            return
    made.append(act)


def _same_paper(act: Act, other: Act) -> bool:
    near = abs((act.day - other.day).days) <= _ONE_PAPER
    return act.event.kind != other.event.kind and near and _same_number(act.number, other.number)


def _same_number(one: str, other: str) -> bool:
    return one == other or not one or not other


def _carried(made: list[Act], document: str, event: Event, law: Jurisdiction) -> int:
    """Find the paper that a service carries:
    that of its number, else the latest made by then, else a new one.
    """
    fitting = [
        n
        for n, act in enumerate(made)
        if _same_number(act.number, event.number) and act.day <= event.proof_day
    ]
    exact = [n for n in fitting if event.number and made[n].number == event.number]
    if not fitting:
        role = law.role(document)
        made.append(Act(document, role, event, event.day, event.number, implied=True))
        return len(made) - 1
    return (exact or fitting)[-1]


def _serve(
    made: list[Act],
    place: int,
    event: Event,
    case: Case,
    guardian: Guardian,
    failures: Sequence[Event],
    law: Jurisdiction,
) -> None:
    act = made[place]
    if not event.is_service:
        made[place] = replace(act, failures=(*act.failures, event))
    else:
        made[place] = replace(
            act, services=(*act.services, service_of_event(event, case, guardian, failures, law))
        )


def _withdraws(event: Event, act: Act) -> bool:
    return event.day >= act.day and _same_number(event.number, act.number)


Acts = Mapping[str, tuple[Act, ...]]
"""A guardian's papers by document."""


def since(acts: Acts, start: date) -> Acts:
    """Keep the papers made on or after a day."""
    kept = {
        document: tuple(act for act in made if act.day >= start) for document, made in acts.items()
    }
    return {document: made for document, made in kept.items() if made}


def acts_with(acts: Acts, *roles: Role) -> tuple[Act, ...]:
    """List the papers that the procedure takes for some things, by day."""
    found = [act for made in acts.values() for act in made if act.role in roles]
    return tuple(sorted(found, key=lambda act: act.day))


def last_act(acts: Acts, *roles: Role) -> Act | None:
    """Return the latest paper that the procedure takes for one of some things."""
    found = acts_with(acts, *roles)
    return found[-1] if found else None


DECISIONS: tuple[Role, ...] = ("处罚决定", "当场处罚")
"""What the procedure takes for a penalty decision."""

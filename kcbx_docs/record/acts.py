"""The papers of a case as one guardian received them:
every event that made one, joined with its services.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.fields import Deadline
from kcbx_docs.case.model import Case, Guardian, name_key
from kcbx_docs.light import dataclass
from kcbx_docs.packs.model import Role
from kcbx_docs.record.conditions import Attempt, Fault
from kcbx_docs.record.jurisdiction import Jurisdiction
from kcbx_docs.record.service import Service, on_the_spot, service_of_event
from kcbx_docs.record.suit import is_suit

ONE_PAPER = 31
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
    sent: tuple[Event, ...] = ()
    """Sendings of which nobody has heard since."""
    implied: bool = False
    """Only its service is recorded, not its making."""
    withdrawn: date | None = None

    @property
    def service(self) -> Service | None:
        """Return the service that counts first: handed over while a public notice runs,
        a paper is served that day. Who serves again because of a doubt is not held to it.
        """
        valid = [service for service in self.services if service.valid]
        sound = [service for service in valid if not service.doubts]
        return min(sound or valid, key=lambda service: service.day or date.max, default=None)

    def served(self, today: date) -> date | None:
        """Return the day of service if it has come."""
        day = self.service.day if self.service else None
        return day if day and day <= today else None

    @property
    def doubted(self) -> bool:
        """Tell whether the service that counts is doubtful, so that its days are not sure."""
        return self.service is not None and bool(self.service.doubts)

    def counted_before(self, service: Service) -> date | None:
        """Return since when the paper was served already when it was served once more."""
        first, day = self.service, service.day
        if first is None or first is service or first.day is None or day is None:
            return None
        return first.day if first.day <= day else None

    def pending(self, today: date) -> date | None:
        """Return the day on which a running public notice will count as service."""
        noticed = self.service if self.service and self.service.term else None
        return noticed.day if noticed and noticed.day and noticed.day > today else None


def concerning(events: Iterable[Event], guardian: Guardian) -> tuple[Event, ...]:
    """Keep the events about one guardian:
    named, or nobody is named, or about the child whoever was met.
    """
    return tuple(event for event in events if _concerns(event, name_key(guardian.name)))


def _concerns(event: Event, key: str) -> bool:
    if not event.targets or EVENT_FIELDS[event.kind].addressee in _ABOUT_CHILD:
        return True
    return key in map(name_key, event.targets)


def acts_of(
    events: Sequence[Event], case: Case, guardian: Guardian, law: Jurisdiction
) -> dict[str, tuple[Act, ...]]:
    """Return a guardian's papers by document, each kind in the order of making;
    withdrawn ones left out.
    """
    acts, _ = _account(events, case, guardian, law)
    standing = {document: _standing(made) for document, made in acts.items()}
    return {document: made for document, made in standing.items() if made}


def withdrawn_acts(
    events: Sequence[Event], case: Case, guardian: Guardian, law: Jurisdiction
) -> tuple[Act, ...]:
    """List a guardian's papers that were withdrawn, with what had been done with them."""
    every = chain.from_iterable(_account(events, case, guardian, law)[0].values())
    return tuple(act for act in every if act.withdrawn)


def vain_withdrawals(
    events: Sequence[Event], case: Case, guardian: Guardian, law: Jurisdiction
) -> tuple[Event, ...]:
    """List the withdrawals that found no paper of this guardian."""
    return tuple(_account(events, case, guardian, law)[1])


def _account(
    events: Sequence[Event], case: Case, guardian: Guardian, law: Jurisdiction
) -> tuple[dict[str, list[Act]], list[Event]]:
    """Follow making, service and withdrawal; withdrawals that found nothing come second."""
    acts, waiting = _made_and_withdrawn(events, law)
    _serve_all(acts, events, case, guardian, law)
    # What is left may be of a paper written below it on the same day, or known by its service only.
    vain = [event for event in waiting if not _withdraw(_papers_of(event, acts, law), event)]
    return acts, vain


def _papers_of(event: Event, acts: dict[str, list[Act]], law: Jurisdiction) -> list[Act]:
    return acts.get(law.document(event.document), [])


def _standing(acts: Iterable[Act]) -> tuple[Act, ...]:
    return _by_day(act for act in acts if not act.withdrawn)


def _made_and_withdrawn(
    events: Sequence[Event], law: Jurisdiction
) -> tuple[dict[str, list[Act]], list[Event]]:
    """Follow the making of papers in order: a withdrawal takes what stood before it.

    Withdrawals that found nothing come second.
    """
    acts: dict[str, list[Act]] = {}
    waiting: list[Event] = []
    for event in events:
        if document := document_of(event, law):
            _add(acts.setdefault(document, []), _act(document, event, law))
        elif event.kind == "撤回" and not _withdraw(_papers_of(event, acts, law), event):
            waiting.append(event)
    return acts, waiting


def _withdraw(made: list[Act], event: Event) -> bool:
    """Withdraw the paper of a number, or the latest that stands; tell whether there was one."""
    fitting: list[int] = []
    for place, act in enumerate(made):
        if not act.withdrawn and act.day <= event.day and _same_number(event.number, act.number):
            fitting.append(place)
    exact = [place for place in fitting if event.number and made[place].number == event.number]
    for place in exact or fitting[-1:]:
        made[place] = replace(made[place], withdrawn=event.day)
    return bool(fitting)


def _by_day(acts: Iterable[Act]) -> tuple[Act, ...]:
    return tuple(sorted(acts, key=lambda act: act.day))


def _serve_all(
    acts: dict[str, list[Act]],
    events: Sequence[Event],
    case: Case,
    guardian: Guardian,
    law: Jurisdiction,
) -> None:
    """Give every service to the paper that it carried; one that nobody recorded is implied."""
    failures: list[Event] = []
    for event in events:
        document = law.document(event.document) if event.kind == "送达" else ""
        if not document or not event.targets:
            continue
        if not event.is_service and not event.in_transit:
            failures.append(event)
        made = acts.setdefault(document, [])
        place = _carried(made, document, event, law)
        _serve(made, place, event, case, guardian, failures, law)


def document_of(event: Event, law: Jurisdiction) -> str:
    """Return the id of the paper that an event made."""
    if event.kind == "制发":
        return law.document(event.document)
    if event.kind == "起诉" and not is_suit(event):
        return ""
    return "" if event.kind in _NO_PAPER else law.document_of(event.kind)


def _act(document: str, event: Event, law: Jurisdiction) -> Act:
    handed_over = event.kind == "当场处罚" and event.result != "未送达"
    return Act(
        document=document,
        role=law.role(document),
        event=event,
        day=event.day,
        number=event.number,
        amount=event.amount,
        period=event.period,
        hearing_told=event.hearing_right,
        services=(on_the_spot(event),) if handed_over else (),
    )


def _add(made: list[Act], act: Act) -> None:
    """Add a paper; 制发 and the event of its own kind are two accounts of one paper."""
    for place, other in enumerate(made):
        if not other.withdrawn and _same_paper(act, other):
            made[place] = _joined(act, other)
            return
    made.append(act)


def _joined(act: Act, other: Act) -> Act:
    """Join two accounts of a paper: that of its own kind says more than 制发."""
    first, second = (other, act) if other.event.kind != "制发" else (act, other)
    told = first.hearing_told
    return replace(
        first,
        number=first.number or second.number,
        amount=first.amount or second.amount,
        period=first.period or second.period,
        services=(*first.services, *second.services),
        hearing_told=second.hearing_told if told is None else told,
    )


def _same_paper(act: Act, other: Act) -> bool:
    near = abs((act.day - other.day).days) <= ONE_PAPER
    return act.event.kind != other.event.kind and near and _same_number(act.number, other.number)


def _same_number(one: str, other: str) -> bool:
    return one == other or not one or not other


def _carried(made: list[Act], document: str, event: Event, law: Jurisdiction) -> int:
    """Find the paper that a service carries:
    that of its number, else the latest made by then, else a new one.
    """
    fitting: list[int] = []
    exact: list[int] = []
    for place, act in enumerate(made):
        if act.day > event.proof_day or not _same_number(act.number, event.number):
            continue
        fitting.append(place)
        if event.number and act.number == event.number:
            exact.append(place)
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
    act = made[place] = _unless_later(made[place], event)
    if event.in_transit:
        made[place] = replace(act, sent=(*act.sent, event))
        return
    act = replace(act, sent=tuple(sent for sent in act.sent if not _came_of(sent, event)))
    if not event.is_service:
        made[place] = replace(act, failures=(*act.failures, event))
    else:
        elsewhere = [failed for failed in failures if failed not in act.failures]
        made_by = None if act.implied else act.event
        before = (act.failures, act.sent, elsewhere)
        attempt = Attempt(event, case, guardian.living(event.day), law, *before, made_by)
        service = service_of_event(attempt)
        if act.implied and (later := _made_later(made, event)):
            service = replace(service, faults=(*service.faults, _too_early(attempt, later)))
        made[place] = replace(act, services=(*act.services, service))


def _unless_later(act: Act, event: Event) -> Act:
    """A fine on the spot of which somebody wrote a later service was not handed over at once."""
    if event.day <= act.day:
        return act
    recorded = tuple(one for one in act.services if one.event.kind == "送达")
    return replace(act, services=recorded)


def _came_of(sent: Event, outcome: Event) -> bool:
    """Tell whether an attempt says what became of a letter: that of its number or day of posting,
    else any that went the same way.
    """
    if sent.method != outcome.method:
        return False
    for one, other in ((sent.mail_number, outcome.mail_number), (sent.posted, outcome.posted)):
        if one and other:
            return one == other
    return True


def _made_later(made: Sequence[Act], event: Event) -> date | None:
    """Return when the paper of a service was made, where that was only after the service."""
    fitting = [act for act in made if not act.implied and _same_number(act.number, event.number)]
    return min((act.day for act in fitting), default=None)


def _too_early(attempt: Attempt, made: date) -> Fault:
    return "PROC116", {**attempt.facts, "day": attempt.event.proof_day, "made": made}


Acts = Mapping[str, tuple[Act, ...]]
"""A guardian's papers by document."""


def since(acts: Acts, start: date) -> Acts:
    """Keep the papers made on or after a day."""
    kept: dict[str, tuple[Act, ...]] = {}
    for document, made in acts.items():
        if later := tuple(act for act in made if act.day >= start):
            kept[document] = later
    return kept


def acts_with(acts: Acts, *roles: Role) -> tuple[Act, ...]:
    """List the papers that the procedure takes for some things, by day."""
    every = chain.from_iterable(acts.values())
    return _by_day(act for act in every if act.role in roles)


def last_act(acts: Acts, *roles: Role) -> Act | None:
    """Return the latest paper that the procedure takes for one of some things."""
    found = acts_with(acts, *roles)
    return found[-1] if found else None


DECISIONS: tuple[Role, ...] = ("处罚决定", "当场处罚")
"""What the procedure takes for a penalty decision."""

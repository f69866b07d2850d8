"""How far a case has come for one guardian on a day: every fact that the checks and the papers need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from kcbx_docs.case.event import Event
from kcbx_docs.case.fields import Deadline
from kcbx_docs.case.model import Case, Guardian
from kcbx_docs.packs.model import Role
from kcbx_docs.record.acts import Act, acts_of, concerning
from kcbx_docs.record.attendance import Attendance
from kcbx_docs.record.challenges import Remedy, remedy_of
from kcbx_docs.record.debt import Debt, debt_on
from kcbx_docs.record.jurisdiction import Jurisdiction, Term
from kcbx_docs.record.moments import days_of, deadline_end, order_term, terms_of

Kinds = Mapping[str, tuple[Event, ...]]


@dataclass(frozen=True)
class Enforcement:
    """What follows a penalty decision that was made, whichever dropout it is about."""

    decision: Act
    served: date | None
    amount: Decimal | None
    remedy: Remedy
    pay_term: Term | None
    pay_by: date | None
    extension: Event | None
    payments: tuple[Event, ...]
    debt: Debt | None
    demand: Act | None
    demand_term: Term | None
    window_from: date | None
    """The unrolled day from which the three months for the court run."""
    window: Term | None
    application: Act | None
    accepted: Event | None
    ruling: Event | None
    execution: Event | None

    @property
    def on_the_spot(self) -> bool:
        """Tell whether the fine was set on the spot."""
        return self.decision.role == "当场处罚"

    @property
    def paid_up(self) -> bool:
        """Tell whether everything that was owed is paid."""
        return self.debt is not None and self.debt.total <= 0


@dataclass(frozen=True)
class Ordered:
    """The order to correct as it stands for one guardian."""

    act: Act
    deadline: Deadline | None
    term: Term | None
    served: date | None
    end: date | None
    """Last day for this guardian; nothing before service."""
    annulled: bool = False
    checked: Event | None = None
    """The check after the deadline that found the child still away."""


@dataclass(frozen=True)
class Progress:
    """One guardian's record of the present dropout on a day."""

    guardian: Guardian
    day: date
    attendance: Attendance
    papers: Mapping[str, tuple[Act, ...]]
    """Every paper by document, those of earlier dropouts too; withdrawn ones left out."""
    acts: Mapping[str, tuple[Act, ...]]
    """Papers of the present dropout."""
    kinds: Kinds
    """Events of the present dropout by kind."""
    order: Ordered | None
    filing: Act | None
    notice: Act | None
    window: Term | None
    hearing_request: Term | None
    decision: Act | None
    """The penalty decision of the present dropout."""
    no_penalty: Act | None
    enforcement: Enforcement | None
    earlier: tuple[Act, ...] = ()
    """Penalty decisions of earlier dropouts."""
    moments: Mapping[str, date] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    """The periods behind moments, also those that cannot be computed."""

    def last(self, *kinds: str) -> Event | None:
        """Return the latest event of some kinds in the present dropout."""
        found = [events[-1] for kind in kinds if (events := self.kinds.get(kind))]
        return max(found, key=lambda event: event.day, default=None)

    def act(self, *roles: Role) -> Act | None:
        """Return the latest paper that the procedure takes for one of some things."""
        return last_act(self.acts, *roles)

    def served(self, act: Act | None) -> date | None:
        """Return the day on which a paper was served on this guardian."""
        return act.served(self.day) if act else None

    @property
    def order_over(self) -> bool:
        """Tell whether the order was served and its deadline has passed."""
        return bool(
            self.order and self.order.end and self.order.end < self.day and not self.order.annulled
        )

    @property
    def window_over(self) -> bool:
        """Tell whether the time for defence has passed."""
        return (
            self.window is not None and self.window.end is not None and self.window.end < self.day
        )

    @property
    def waived(self) -> Event | None:
        """Return where the guardian clearly gave up the right to be heard, after the notice."""
        event = self.last("放弃陈述申辩")
        return event if event and self.notice and event.day >= self.notice.day else None

    @property
    def hearing_open(self) -> bool:
        """Tell whether a hearing was asked for and neither held nor given up."""
        asked, done = self.last("要求听证"), self.last("放弃听证", "听证")
        return asked is not None and (done is None or done.day < asked.day)


def by_kind(events: Sequence[Event]) -> Kinds:
    """Group events by kind, keeping their order."""
    kinds: dict[str, list[Event]] = {}
    for event in events:
        kinds.setdefault(event.kind, []).append(event)
    return {kind: tuple(found) for kind, found in kinds.items()}


DECISIONS: tuple[Role, ...] = ("处罚决定", "当场处罚")
"""What the procedure takes for a penalty decision."""


def progress_of(
    case: Case,
    guardian: Guardian,
    happened: Sequence[Event],
    attendance: Attendance,
    law: Jurisdiction,
    day: date,
) -> Progress:
    """Derive one guardian's record from what happened until a day."""
    events = concerning(happened, guardian)
    every = acts_of(events, case, guardian, law)
    start = attendance.round_start or date.min
    acts = since(every, start)
    decisions = acts_with(every, *DECISIONS)
    mine = [act for act in decisions if act.day >= start]
    notice = last_act(acts, "事先告知")
    told = notice.served(day) if notice else None
    progress = Progress(
        guardian,
        day,
        attendance,
        every,
        acts,
        by_kind([e for e in events if e.day >= start]),
        order=_ordered(case, events, acts, law, day),
        filing=last_act(acts, "立案"),
        notice=notice,
        window=law.term("defence-window", told) if told else None,
        hearing_request=law.term("hearing-request", told) if told else None,
        decision=mine[-1] if mine else None,
        no_penalty=last_act(acts, "不予处罚"),
        enforcement=_enforcement(decisions[-1], events, every, law, day, len(case.guardians) > 1)
        if decisions
        else None,
        earlier=tuple(act for act in decisions if act.day < start),
    )
    terms = terms_of(progress)
    return replace(progress, moments=days_of(progress, terms, law), terms=terms)


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


def _ordered(
    case: Case,
    events: Sequence[Event],
    acts: Mapping[str, tuple[Act, ...]],
    law: Jurisdiction,
    day: date,
) -> Ordered | None:
    act = last_act(acts, "责令")
    if act is None:
        return None
    deadline = act.period or (case.order.deadline if case.order else None)
    served = act.served(day)
    term = order_term(deadline, served, law) if deadline and served else None
    end = ((deadline.day if deadline else None) or (term.end if term else None)) if served else None
    annulled = not acts_with(acts, *DECISIONS) and remedy_of(None, events, law).annulled is not None
    after = [e for e in events if e.kind == "核查" and e.result == "未返校" and end and e.day > end]
    return Ordered(act, deadline, term, served, end, annulled, after[-1] if after else None)


def _enforcement(
    decision: Act,
    events: Sequence[Event],
    acts: Mapping[str, tuple[Act, ...]],
    law: Jurisdiction,
    day: date,
    several: bool,
) -> Enforcement:
    after = [e for e in events if e.day >= decision.day]
    later, served = by_kind(after), decision.served(day)
    later_acts = since(acts, decision.day)
    remedy = remedy_of(served, after, law)
    pay_term = law.term("pay-15", served) if served else None
    extension = _final(later, "批准延期分期")
    extended = _extended(extension, law)
    pay_by = max((d for d in (pay_term.end if pay_term else None, extended) if d), default=None)
    payments = tuple(e for e in later.get("缴纳罚款", ()) if e.targets or not several)
    amount = remedy.changed.end.amount if remedy.changed and remedy.changed.end else decision.amount
    spans = [span for contest in remedy.contests if (span := contest.span(day))]
    demand = last_act(later_acts, "催告")
    demanded = demand.served(day) if demand else None
    start = _window_start(remedy, extended)
    return Enforcement(
        decision,
        served,
        amount,
        remedy,
        pay_term,
        pay_by,
        extension,
        payments,
        debt_on(day, amount, pay_by, payments, spans, law) if amount and pay_by else None,
        demand,
        law.term("demand-10", demanded) if demanded else None,
        start,
        law.term("court-application-window", start) if start else None,
        last_act(later_acts, "强制执行申请"),
        _final(later, "法院受理"),
        _final(later, "法院裁定"),
        _final(later, "执行"),
    )


def _final(kinds: Kinds, kind: str) -> Event | None:
    found = kinds.get(kind)
    return found[-1] if found else None


def _extended(grant: Event | None, law: Jurisdiction) -> date | None:
    """Return the last day of a granted deferral; one that counts from receipt starts with the grant."""
    if grant is None or grant.period is None:
        return None
    return deadline_end(grant.period, grant.day, law)


def _window_start(remedy: Remedy, extended: date | None) -> date | None:
    """The three months count from the unrolled end of the suit period, or from the end of a deferral (72 II)."""
    if remedy.suit is None or remedy.pending or remedy.judged:
        return None
    ends = [d for d in (remedy.suit.unrolled, extended) if d]
    return max(ends, default=None) if remedy.suit.unrolled else None

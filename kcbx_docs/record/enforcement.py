"""What follows a penalty decision: service, challenges, payment, the demand and the court."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from kcbx_docs.case.event import Event
from kcbx_docs.light import dataclass
from kcbx_docs.record.acts import Act, Acts, last_act, since
from kcbx_docs.record.challenges import Remedy, remedy_of, review_comes_first
from kcbx_docs.record.debt import Debt, debt_on
from kcbx_docs.record.jurisdiction import Jurisdiction, Term
from kcbx_docs.record.kinds import Kinds, by_kind, last_of
from kcbx_docs.record.terms import deadline_end, end_of, latest, term_from

_DONE = ("执行完毕", "终结执行")
"""Results after which the court collects nothing more."""


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

    @property
    def settled(self) -> bool:
        """Tell whether nothing is left to be collected: paid, taken away, or done by the court."""
        done = self.execution is not None and self.execution.result in _DONE
        return self.paid_up or self.remedy.annulled is not None or done


def enforcement_of(
    decision: Act,
    events: Sequence[Event],
    acts: Acts,
    law: Jurisdiction,
    day: date,
    *,
    several: bool,
) -> Enforcement:
    """Derive what followed a decision; ``several`` guardians:
    a payment without a name is nobody's.
    """
    after = [event for event in events if event.day >= decision.day]
    kinds, later = by_kind(after), since(acts, decision.day)
    served = decision.served(day)
    spot = decision.role == "当场处罚" and review_comes_first(law, decision.day)
    remedy = remedy_of(served, after, law, review_first=spot, day=day)
    extended = _extended(last_of(kinds, "批准延期分期"), law)
    pay_term = term_from(law, "pay-15", served)
    pay_by = latest(end_of(pay_term), extended)
    payments = tuple(e for e in kinds.get("缴纳罚款", ()) if e.targets or not several)
    amount = _amount(decision, remedy)
    demand = last_act(later, "催告")
    window_from = _window_start(remedy, extended)
    return Enforcement(
        decision=decision,
        served=served,
        amount=amount,
        remedy=remedy,
        pay_term=pay_term,
        pay_by=pay_by,
        payments=payments,
        debt=_debt(day, amount, pay_by, payments, remedy, law),
        demand=demand,
        demand_term=term_from(law, "demand-10", demand.served(day) if demand else None),
        window_from=window_from,
        window=term_from(law, "court-application-window", window_from),
        application=last_act(later, "强制执行申请"),
        **_events(kinds),
    )


def extended_window(e: Enforcement, law: Jurisdiction) -> Term | None:
    """Count the months for the court from the end of a granted deferral, if there is one."""
    return term_from(law, "court-application-window", e.pay_by if e.extension else None)


def _events(kinds: Kinds) -> dict[str, Event | None]:
    return {
        "extension": last_of(kinds, "批准延期分期"),
        "accepted": last_of(kinds, "法院受理"),
        "ruling": last_of(kinds, "法院裁定"),
        "execution": last_of(kinds, "执行"),
    }


def _amount(decision: Act, remedy: Remedy) -> Decimal | None:
    """Return the fine: what a review or suit changed it to, else what was decided."""
    changed = remedy.changed.end if remedy.changed else None
    return changed.amount if changed else decision.amount


def _debt(
    day: date,
    amount: Decimal | None,
    pay_by: date | None,
    payments: Sequence[Event],
    remedy: Remedy,
    law: Jurisdiction,
) -> Debt | None:
    if not amount or not pay_by:
        return None
    spans = [span for contest in remedy.contests if (span := contest.span(day))]
    return debt_on(day, amount, pay_by, payments, spans, law)


def _extended(grant: Event | None, law: Jurisdiction) -> date | None:
    """Return the last day of a granted deferral;
    one that counts from receipt starts with the grant.
    """
    if grant is None or grant.period is None:
        return None
    return deadline_end(grant.period, grant.day, law)


def _window_start(remedy: Remedy, extended: date | None) -> date | None:
    """Return the day before the months for the court:
    the unrolled end of the suit period, or of a deferral.
    """
    others = remedy.pending or remedy.judged or remedy.handed_over
    if others or remedy.suit is None or not remedy.suit.unrolled:
        return None
    return latest(remedy.suit.unrolled, extended)

"""What a fined guardian owes on a day:
the fine, the surcharge with its cap, what was paid (行政处罚法 72, 73).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from kcbx_docs.case.event import Event
from kcbx_docs.law.citation import Citation
from kcbx_docs.law.surcharge import Span, Surcharge, surcharge
from kcbx_docs.light import dataclass
from kcbx_docs.record.jurisdiction import Jurisdiction

_CENT = Decimal("0.01")
_HORIZON = 4000
"""Days after which a surcharge has long reached its cap."""


@dataclass(frozen=True)
class Debt:
    """Fine and surcharge on a day, in yuan."""

    on: date
    fine: Decimal
    paid: Decimal
    days_late: int
    surcharge: Decimal
    daily: Decimal
    capped: bool
    basis: tuple[Citation, ...]

    @property
    def fine_left(self) -> Decimal:
        """Return what is left of the fine; payments go on the fine first."""
        return max(self.fine - self.paid, Decimal(0))

    @property
    def surcharge_left(self) -> Decimal:
        """Return what is left of the surcharge."""
        return max(self.surcharge - max(self.paid - self.fine, Decimal(0)), Decimal(0))

    @property
    def total(self) -> Decimal:
        """Return everything that is still owed."""
        return self.fine_left + self.surcharge_left


def debt_on(
    day: date,
    fine: Decimal,
    pay_by: date,
    payments: Sequence[Event],
    suspended: Sequence[Span],
    law: Jurisdiction,
) -> Debt:
    """Compute the debt on a day; the surcharge runs on the part of the fine that is unpaid,
    up to the fine.
    """
    paid = [(p.day, p.amount or Decimal(0)) for p in payments if p.day <= day]
    until = min(day, date.fromordinal(min(pay_by.toordinal() + _HORIZON, date.max.toordinal())))
    whole = surcharge(fine, pay_by, until, law.registry, suspended)
    parts = tuple(_parts(until, fine, pay_by, paid, suspended, law))
    owed = min(sum((part.amount for part in parts), Decimal(0)), fine)
    amount = whole.amount if not paid else owed.quantize(_CENT, ROUND_HALF_UP)
    days = _late_days(pay_by, day, suspended)
    daily = fine * Decimal(law.registry.figure("surcharge")) / 100
    total_paid = sum((sum_ for _, sum_ in paid), Decimal(0))
    stopped = amount >= fine or (parts[-1].fine > 0 and parts[-1].capped)
    return Debt(
        day,
        fine,
        total_paid,
        days,
        amount,
        daily.quantize(_CENT, ROUND_HALF_UP),
        bool(days) and stopped,
        whole.basis,
    )


def _parts(
    day: date,
    fine: Decimal,
    pay_by: date,
    paid: Sequence[tuple[date, Decimal]],
    suspended: Sequence[Span],
    law: Jurisdiction,
) -> Iterator[Surcharge]:
    """Yield the surcharge of each stretch between two payments;
    the day of a payment still counts.
    """
    left, start = fine, pay_by
    for when, amount in (*sorted(paid), (day, Decimal(0))):
        until = max(when, start)
        yield surcharge(max(left, Decimal(0)), start, until, law.registry, suspended)
        left, start = left - amount, until


def _late_days(pay_by: date, day: date, suspended: Sequence[Span]) -> int:
    """Count the days after the last day of payment, without those of review and suit."""
    counted, reached = max((day - pay_by).days, 0), pay_by.toordinal()
    for first, last in sorted(suspended):
        start, end = max(first.toordinal(), reached + 1), min(last.toordinal(), day.toordinal())
        if end >= start:
            counted, reached = counted - (end - start + 1), end
    return counted

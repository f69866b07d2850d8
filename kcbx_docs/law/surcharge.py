"""The surcharge on a fine paid late: 3 % a day, never more than the fine (行政处罚法 72)."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from kcbx_docs.law.citation import Citation
from kcbx_docs.law.numerals import parse_amount
from kcbx_docs.law.registry import Registry
from kcbx_docs.light import dataclass

Span = tuple[date, date]


@dataclass(frozen=True)
class Surcharge:
    """What is owed on top of a fine on a day, in yuan."""

    fine: Decimal
    days: int
    amount: Decimal
    capped: bool
    basis: tuple[Citation, ...]

    @property
    def total(self) -> Decimal:
        """Return fine and surcharge together."""
        return self.fine + self.amount

    def explain(self) -> str:
        """Tell in Chinese how the amount was found."""
        law = "、".join(citation.short for citation in self.basis)
        cap = "，已达罚款本数，不再增加" if self.capped else ""
        return f"罚款{self.fine}元，逾期{self.days}日，加处罚款{self.amount}元{cap}（{law}）"


def surcharge(
    fine: Decimal | int | str,
    pay_by: date,
    on: date,
    registry: Registry,
    suspended: Iterable[Span] = (),
) -> Surcharge:
    """Compute the surcharge on a day; days of review and suit do not count (73)."""
    amount = parse_amount(fine)
    late = set(range(pay_by.toordinal() + 1, on.toordinal() + 1))
    # Both ends of a span count as suspended; spans may overlap, hence a set of days.
    for first, last in suspended:
        late -= set(range(first.toordinal(), last.toordinal() + 1))
    rate, cap = registry.rule("surcharge"), registry.rule("surcharge-cap")
    owed = amount * len(late) * Decimal(registry.figure(rate.id)) / 100
    most = amount * Decimal(registry.figure(cap.id)) / 100
    basis, _ = registry.basis((*rate.basis, *cap.basis), on)
    rounded = min(owed, most).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Surcharge(amount, len(late), rounded, bool(late) and owed >= most, basis)

"""Three per cent a day from the day after the last day to pay, and never more than the fine."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kcbx_docs.law.registry import Registry
from kcbx_docs.law.surcharge import surcharge
from kcbx_docs.problems import UserError

PAY_BY = date(2026, 3, 25)


@pytest.mark.parametrize(
    ("late", "amount", "capped"),
    [
        (0, "0.00", False),
        (1, "15.00", False),
        (33, "495.00", False),
        (34, "500.00", True),
        (400, "500.00", True),
    ],
)
def test_the_fine_of_500(registry: Registry, late: int, amount: str, capped: bool) -> None:
    owed = surcharge(500, PAY_BY, PAY_BY + timedelta(days=late), registry)
    assert (owed.days, owed.amount, owed.capped) == (late, Decimal(amount), capped)
    assert owed.total == 500 + Decimal(amount)


def test_paying_in_time_owes_nothing(registry: Registry) -> None:
    assert surcharge(500, PAY_BY, date(2026, 3, 20), registry).amount == 0


def test_days_of_review_and_suit_do_not_count_even_when_they_overlap(registry: Registry) -> None:
    review, suit = (date(2026, 3, 30), date(2026, 4, 5)), (date(2026, 4, 4), date(2026, 4, 8))
    owed = surcharge("333.33", PAY_BY, date(2026, 4, 10), registry, [review, suit])
    assert owed.days == 16 - 10
    assert owed.amount == Decimal("60.00")


def test_it_explains_itself(registry: Registry) -> None:
    assert surcharge(500, PAY_BY, date(2026, 4, 28), registry).explain() == (
        "罚款500元，逾期34日，加处罚款500.00元，已达罚款本数，不再增加"
        "（《行政处罚法》第七十二条第一款第（一）项、《行政强制法》第四十五条第二款）"
    )


def test_a_fine_that_is_no_sum_of_money_is_refused(registry: Registry) -> None:
    with pytest.raises(UserError, match="LAW031"):
        surcharge("-5", PAY_BY, PAY_BY, registry)

"""What is owed on a day: three per cent a day of what is unpaid, never more than the fine."""

from datetime import date
from decimal import Decimal

import pytest

from kcbx_docs.case.event import Event
from kcbx_docs.record.debt import debt_on
from tests.procedure.world import DECIDED, law_of, standing

PAY_BY = date(2026, 3, 25)


def paid(day, amount):
    return Event.model_validate({"日期": day, "事项": "缴纳罚款", "金额": amount})


def owed(day, *payments, fine=500, suspended=()):
    return debt_on(date.fromisoformat(day), Decimal(fine), PAY_BY, payments, suspended, law_of())


@pytest.mark.parametrize(
    ("day", "late", "surcharge", "capped"),
    [
        ("2026-03-25", 0, "0", False),
        ("2026-03-26", 1, "15", False),
        ("2026-04-27", 33, "495", False),
        ("2026-04-28", 34, "500", True),
        ("2027-04-28", 399, "500", True),
    ],
)
def test_unpaid_the_surcharge_grows_until_it_is_as_large_as_the_fine(day, late, surcharge, capped):
    debt = owed(day)
    assert (debt.days_late, debt.surcharge, debt.capped) == (late, Decimal(surcharge), capped)
    assert debt.total == 500 + Decimal(surcharge)
    assert (debt.daily, debt.fine_left, debt.paid) == (15, 500, 0)


def test_paid_on_the_last_day_nothing_is_left():
    debt = owed("2026-06-01", paid("2026-03-25", "500"))
    assert (debt.total, debt.surcharge, debt.fine_left) == (0, 0, 0)


def test_a_payment_counts_from_its_own_day():
    late = paid("2026-04-04", "200")
    assert owed("2026-04-03", late).paid == 0
    assert owed("2026-04-04", late).fine_left == 300
    # ten days on 500 yuan, then five on the 300 that are left
    assert owed("2026-04-09", late).surcharge == 10 * 15 + 5 * 9


def test_money_goes_on_the_fine_first_and_then_on_the_surcharge():
    debt = owed("2026-04-04", paid("2026-04-04", "600"))
    assert (debt.fine_left, debt.surcharge, debt.surcharge_left) == (0, 150, 50)
    more = owed("2026-04-10", paid("2026-04-04", "600"), paid("2026-04-10", "50"))
    assert more.total == 0, "the surcharge stands still once the fine is paid"


def test_two_payments_of_one_day_count_both():
    debt = owed("2026-04-10", paid("2026-04-04", "200"), paid("2026-04-04", "100"))
    assert (debt.paid, debt.surcharge) == (300, 150 + 6 * 6)


def test_the_surcharge_of_all_parts_together_is_no_more_than_the_fine():
    debt = owed("2027-03-25", paid("2026-04-20", "100"))
    assert debt.surcharge == 500 and debt.capped


def test_days_of_review_do_not_count_and_days_of_two_are_left_out_once():
    review, suit = (date(2026, 3, 30), date(2026, 4, 5)), (date(2026, 4, 4), date(2026, 4, 8))
    debt = owed("2026-04-10", suspended=[suit, review])
    assert (debt.days_late, debt.surcharge) == (16 - 10, 6 * 15)
    assert owed("2026-04-03", suspended=[review]).days_late == 9 - 5


def test_a_review_before_the_last_day_of_payment_takes_only_the_days_after_it():
    before = (date(2026, 3, 20), date(2026, 3, 27))
    assert owed("2026-04-04", suspended=[before]).days_late == 10 - 2
    over = (date(2026, 3, 1), date(2026, 3, 25))
    assert owed("2026-04-04", suspended=[over]).days_late == 10


def test_odd_sums_are_rounded_to_the_cent_as_people_do():
    debt = owed("2026-03-26", fine="333.50")
    assert (debt.surcharge, debt.daily) == (Decimal("10.01"), Decimal("10.01"))


def test_the_end_of_time_is_survived():
    assert debt_on(date.max, Decimal(500), PAY_BY, (), (), law_of()).surcharge == 500


def test_a_fine_that_a_review_lowered_is_what_is_owed():
    lowered = DECIDED + (
        "- {日期: 2026-03-12, 事项: 申请行政复议, 对象: 普正华}\n"
        "- {日期: 2026-03-20, 事项: 复议决定, 对象: 普正华, 结果: 变更, 金额: 300}\n"
    )
    debt = standing(lowered, "2026-03-26").progress.enforcement.debt
    assert (debt.fine, debt.surcharge) == (300, 9)


def test_a_payment_of_which_nobody_wrote_the_amount_pays_nothing():
    unknown = Event.model_validate({"日期": "2026-04-04", "事项": "缴纳罚款"})
    debt = owed("2026-04-04", unknown)
    assert (debt.paid, debt.fine_left, debt.surcharge) == (0, 500, 150)

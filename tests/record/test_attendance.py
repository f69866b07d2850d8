"""A child who came back in time stays back in time, however often somebody looks again."""

from datetime import date

import pytest

from kcbx_docs.papers.fill_facts import procedure_facts
from tests.procedure.world import FATHER, ORDERED, codes, docket, may

BACK = ORDERED + "- {日期: 2026-01-20, 事项: 返校, 方式: 回原班}\n"
"""The order's last day is 2026-01-23."""


@pytest.mark.parametrize(
    "later",
    [
        "- {日期: 2026-02-03, 事项: 核查, 结果: 已返校}\n",
        "- {日期: 2026-02-03, 事项: 返校, 方式: 转到职业学校}\n",
    ],
)
def test_a_later_look_does_not_move_the_return(later: str) -> None:
    told = procedure_facts(docket(BACK + later), FATHER, date(2026, 2, 4)).back
    assert (told.back, told.day, told.how, told.absent_days) == (
        True,
        date(2026, 1, 20),
        "回原班",
        15,
    )
    filing = may("case-filing", "2026-02-04", BACK + later)
    assert "PROC212" in codes(filing, "禁止") and "PROC213" not in codes(filing), (
        "back before the order's last day"
    )


def test_a_new_absence_makes_room_for_a_new_return() -> None:
    again = (
        BACK
        + "- {日期: 2026-03-02, 事项: 再次缺课}\n- {日期: 2026-03-09, 事项: 核查, 结果: 已返校}\n"
    )
    seen = docket(again)
    assert [seen.attendance(date(2026, 3, day)).returned for day in (1, 5, 9)] == [
        date(2026, 1, 20),
        None,
        date(2026, 3, 9),
    ]


VISIT = "- {日期: 2026-03-02, 事项: 劝返, 方式: 家访, 结果: 拒绝}\n"
AWAY = "- {日期: 2026-03-02, 事项: 再次缺课}\n"


@pytest.mark.parametrize(
    "told", [VISIT + AWAY, AWAY + VISIT, VISIT], ids=["先劝返", "先缺课", "漏记"]
)
def test_what_is_told_of_one_day_has_no_order(told: str) -> None:
    seen = docket(BACK + told).attendance(date(2026, 3, 3))
    assert bool(seen.reopened_without_event) is (AWAY not in told)

"""Who found the child at school during a visit has recorded its return."""

from datetime import date

import pytest

from tests.kinds import Kind
from tests.kinds.world import ABSENT, FATHER, OVERDUE, SERVED, codes, docket, may, read, standing

KIND = Kind(
    "劝返记下已返校",
    "劝返的结果写「已返校」而没有另写「返校」的，孩子已经返校，不能再责令、立案",
    (("yiwu-jiaoyu-fa", "58"), ("xingzheng-chufa-fa", "33", "1")),
)

VISIT = "- {日期: %s, 事项: 劝返, 方式: 家访, 承办人: 施文, 结果: %s}\n"
BACK = ABSENT + VISIT % ("2026-03-11", "已返校")
AWAY_AGAIN = "- {日期: 2026-03-12, 事项: 再次缺课}\n"


def test_no_order_for_a_child_whom_the_visit_found_at_school() -> None:
    assert "PROC211" in codes(may("order-to-correct", "2026-03-12", BACK), "禁止")
    assert standing("2026-03-12", BACK).state == "已返校"


def test_a_return_in_time_ends_the_matter_whoever_wrote_it_down() -> None:
    history = SERVED + VISIT % ("2026-03-20", "已返校")
    assert "PROC212" in codes(may("case-filing", "2026-03-27", history), "禁止")


def test_a_return_after_the_deadline_asks_for_a_reason_only() -> None:
    history = OVERDUE + VISIT % ("2026-03-26", "已返校")
    assert "PROC213" in codes(may("case-filing", "2026-03-27", history), "须说明理由")


@pytest.mark.parametrize("result", ["同意返校", "未见到", "未表态", "拒绝"])
def test_who_only_promised_or_was_not_met_has_not_come_back(result: str) -> None:
    history = ABSENT + VISIT % ("2026-03-11", result)
    assert may("order-to-correct", "2026-03-12", history).verdict in ("通过", "提醒")


def test_a_new_absence_opens_the_way_again() -> None:
    seen = docket(BACK + AWAY_AGAIN).attendance(date(2026, 3, 13))
    assert (seen.round, seen.since, seen.back) == (2, date(2026, 3, 12), False)
    assert "PROC211" not in codes(may("order-to-correct", "2026-03-13", BACK + AWAY_AGAIN))


@pytest.mark.parametrize(
    ("result", "told"), [("拒绝", True), ("同意返校", True), ("未见到", False)]
)
def test_a_later_visit_that_tells_of_an_absent_child_asks_from_when(
    result: str, told: bool
) -> None:
    history = BACK + VISIT % ("2026-03-16", result)
    case, _ = read(history)
    found = [event.result for event in case.attendance(date(2026, 3, 17)).reopened_without_event]
    assert found == [result] * told
    assert "PROC211" in codes(may("order-to-correct", "2026-03-17", history, FATHER), "禁止")


def test_what_was_seen_before_the_first_absence_opens_no_second_dropout() -> None:
    seen = docket(VISIT % ("2026-02-20", "已返校") + ABSENT).attendance(date(2026, 3, 12))
    assert (seen.round, seen.back) == (1, False)

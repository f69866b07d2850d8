"""A fine rests on what somebody saw lately: a child may have come back unnoticed."""

import pytest

from tests.kinds.page import Kind
from tests.kinds.world import ABSENT, DECIDED, OFFICE, OVERDUE, SERVED, TOLD, codes, may

KIND = Kind(
    "很久以前见到的缺课",
    "三月核查以后再没有人看过，八月立案、六月决定，照样写仍未到校",
    (
        ("xingzheng-chufa-fa", "40"),
        ("xingzheng-chufa-fa", "54", "1"),
        ("xingzheng-chufa-fa", "57", "1"),
        ("yiwu-jiaoyu-fa", "58"),
    ),
)
SEEN = "- {{日期: {day}, 事项: 核查, 结果: 未返校, 承办人: [普文清, 段晓岚]}}\n"
CALL = "- {日期: 2026-03-25, 事项: 联系, 方式: 电话, 对象: 普正华, 到校情况: 未到校}\n"


@pytest.mark.parametrize(
    ("document", "day", "history"),
    [
        ("case-filing", "2026-08-03", OVERDUE),
        ("penalty-notice", "2026-05-28", TOLD.split("- {日期: 2026-04-07")[0]),
        ("penalty-decision", "2026-06-20", TOLD),
        ("penalty-approval", "2026-06-20", TOLD),
        ("spot-decision", "2026-08-03", OVERDUE),
        ("civil-complaint", "2026-08-03", OVERDUE),
    ],
)
def test_an_old_sighting_asks_for_a_reason(document: str, day: str, history: str) -> None:
    assert "PROC227" in codes(may(document, day, history), "须说明理由")


def test_between_one_month_and_two_a_reminder_is_enough() -> None:
    assert "PROC227" in codes(may("case-filing", "2026-04-25", OVERDUE), "提醒")
    assert "PROC227" in codes(may("case-filing", "2026-05-24", OVERDUE), "提醒")
    assert "PROC227" in codes(may("case-filing", "2026-05-25", OVERDUE), "须说明理由")


@pytest.mark.parametrize("day", ["2026-03-27", "2026-04-24"])
def test_a_check_of_the_last_thirty_days_passes(day: str) -> None:
    assert "PROC227" not in codes(may("case-filing", day, OVERDUE))


def test_looking_again_is_enough() -> None:
    again = OVERDUE + SEEN.format(day="2026-08-01")
    assert "PROC227" not in codes(may("case-filing", "2026-08-03", again))


def test_a_child_that_is_back_is_no_matter_of_sightings() -> None:
    back = OVERDUE + "- {日期: 2026-04-02, 事项: 返校}\n"
    assert "PROC227" not in codes(may("case-filing", "2026-08-03", back))


def test_demand_and_application_rest_on_the_decision() -> None:
    assert "PROC227" not in codes(may("demand-letter", "2026-09-20", DECIDED))
    assert "PROC227" not in codes(may("enforcement-application", "2026-10-21", DECIDED))


def test_a_telephone_call_tells_of_the_absence_but_is_no_check_for_a_filing() -> None:
    ordered = may("order-to-correct", "2026-04-20", ABSENT + CALL.replace("03-25", "04-17"))
    assert "PROC227" not in codes(ordered)
    filed = may("case-filing", "2026-03-27", SERVED + CALL)
    assert "PROC246" in codes(filed, "须说明理由") and "PROC227" not in codes(filed)


def test_who_is_asked_to_look_again_is_told_what_a_filing_needs() -> None:
    late = may("case-filing", "2026-06-08", SERVED)
    hints = {one.code: one.hint for one in late.findings}
    assert "「核查」" in hints["PROC227"] and "立案要有" in hints["PROC227"]
    assert "「核查」" in hints["PROC246"] and "「联系」" in hints["PROC246"]


@pytest.mark.parametrize(
    ("document", "history", "asked"),
    [
        ("spot-decision", SERVED, True),
        ("spot-decision", SERVED + CALL, True),
        ("spot-decision", OVERDUE, False),
        ("case-filing", SERVED, True),
    ],
)
def test_a_fine_for_disobedience_asks_who_looked_after_the_deadline(
    document: str, history: str, *, asked: bool
) -> None:
    assert ("PROC246" in codes(may(document, "2026-03-27", history), "须说明理由")) is asked


def test_a_fine_that_needs_no_order_asks_for_no_look_after_its_deadline() -> None:
    bare = OFFICE.replace("以逾期不改为前提: 是", "以逾期不改为前提: 否").replace(
        "逾期不改正的，处", "处"
    )
    assert "PROC246" not in codes(may("spot-decision", "2026-03-27", SERVED, office=bare))

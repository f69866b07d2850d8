"""Neighbours of a fine that was decided: more time where nothing is owed,
and a fine on the spot where a case was filed.
"""

import pytest

from tests.kinds.world import DECIDED, OVERDUE, TOLD, codes, may

ASKED = "- {{日期: {day}, 事项: 申请延期分期, 对象: 普正华, 原因: 家里有病人}}\n"
PAID = "- {日期: 2026-05-04, 事项: 缴纳罚款, 对象: 普正华, 金额: 600}\n"
HALF = PAID.replace("600", "300")
ANNULLED = (
    "- {日期: 2026-04-28, 事项: 申请行政复议, 对象: 普正华}\n"
    "- {日期: 2026-05-04, 事项: 复议决定, 对象: 普正华, 结果: 撤销}\n"
)
FILED = OVERDUE + "- {日期: 2026-03-27, 事项: 立案, 对象: 普正华, 文号: 青政罚立〔2026〕1号}\n"


@pytest.mark.parametrize(
    ("between", "code"),
    [("", ""), (HALF, ""), (PAID, "PROC306"), (ANNULLED, "PROC302")],
    ids=["还没有缴", "缴了一半", "缴清了", "已撤销"],
)
def test_more_time_is_given_only_for_what_is_owed(between: str, code: str) -> None:
    history = DECIDED + between + ASKED.format(day="2026-05-06")
    assert codes(may("payment-extension", "2026-05-06", history), "禁止") == [code] * bool(code)


@pytest.mark.parametrize(
    ("history", "day", "asked"),
    [(OVERDUE, "2026-03-26", False), (FILED, "2026-03-30", True), (TOLD, "2026-04-20", True)],
    ids=["没有立案", "立案以后", "告知以后"],
)
def test_what_was_filed_is_not_fined_on_the_spot(history: str, day: str, *, asked: bool) -> None:
    found = codes(may("spot-decision", day, history), "须说明理由")
    assert ("PROC430" in found) == asked

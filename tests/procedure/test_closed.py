"""A case is closed for a reason: the child is back, the fine is paid, or somebody writes why."""

import pytest

from tests.kinds.world import ABSENT, DECIDED, OVERDUE, checked

CLOSED = "- {日期: 2026-03-28, 事项: 结案, 结果: 孩子答应回来%s}\n"
DAY = "2026-03-30"


def told(history: str, day: str = DAY) -> list[str]:
    return [one.message for one in checked(day, history) if one.code == "PROC471"]


def test_a_child_that_only_promised_is_not_closed_without_a_word() -> None:
    (one,) = told(OVERDUE + CLOSED % "")
    assert "孩子没有返校" in one


@pytest.mark.parametrize(
    ("history", "day"),
    [
        (OVERDUE + CLOSED % ", 原因: 负责人同意，全家迁往外省", DAY),
        (ABSENT + "- {日期: 2026-03-20, 事项: 返校}\n" + CLOSED % "", DAY),
        (OVERDUE + "- {日期: 2026-03-29, 事项: 核查, 结果: 未返校}\n", DAY),
    ],
    ids=["写了为什么", "已经返校", "没有结案"],
)
def test_who_says_why_or_is_back_is_closed(history: str, day: str) -> None:
    assert told(history, day) == []


def test_a_fine_that_is_not_paid_is_told_too() -> None:
    back = "- {日期: 2026-05-08, 事项: 返校}\n- {日期: 2026-05-09, 事项: 结案, 结果: 已返校}\n"
    (one,) = told(DECIDED + back, "2026-05-20")
    assert "普正华" in one

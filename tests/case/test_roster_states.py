"""What a column of states says: ticks, crosses, words with a day behind them."""

import pytest

from kcbx_docs.case.roster_states import state_told

PRESENT = ("在籍在读", "√", "Y", "已到", "住校生", "无异动", "关键信息变更", "已复学(2026.9)")
GONE = ("休学（2026.3-2027.3）", "转学（出）", "跨省转出", "停学", "死亡注销", "毕业生")


@pytest.mark.parametrize("text", PRESENT)
def test_the_pupil_is_at_school(text: str) -> None:
    assert state_told(text, "学生状态") == "在校"


@pytest.mark.parametrize("text", GONE)
def test_the_pupil_has_left(text: str) -> None:
    assert state_told(text, "学生状态") == "离校"


def test_a_cross_says_that_nobody_came_or_that_nothing_changed() -> None:
    assert state_told("×", "是否到校") == "离校"
    assert state_told("×", "异动情况") == ""
    assert state_told("无", "学籍异动") == ""
    assert state_told("√", "异动情况") == "看不出"


def test_what_nobody_can_read_is_asked_about() -> None:
    assert state_told("待核", "状态") == "看不出"
    assert state_told("省内转学", "学籍变动") == "看不出"

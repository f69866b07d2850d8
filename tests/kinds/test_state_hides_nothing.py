"""Where a case stands hides no lawful step: a suit bars no penalty, a reason found late closes,
a child that is away may always be reported.
"""

import pytest

from tests.kinds import Kind
from tests.kinds.world import (
    ABSENT,
    DECIDED,
    EXAMINED,
    OVERDUE,
    SERVED,
    TOLD,
    may,
    offered,
    standing,
)

KIND = Kind(
    "状态不遮住合法的步骤",
    "起诉以后不能再立案，责令以后查明转学不能结案，缴款期内不能移送：程序一句话不说就不列出",
    (
        ("xingzheng-chufa-fa", "54"),
        ("yiwu-jiaoyu-fa", "11", "2"),
        ("yiwu-jiaoyu-fa", "12"),
        ("weichengnianren-baohu-fa", "11", "2"),
    ),
)
SUED = (
    OVERDUE + "- {日期: 2026-03-30, 事项: 起诉, 原告: 本机关, 对象: 普正华, 法院: 云岭县人民法院}\n"
)
FILED = OVERDUE + (
    "- {日期: 2026-03-27, 事项: 立案, 文号: 青政罚立〔2026〕1号, 对象: 普正华, 承办人: [普文清, 段晓岚]}\n"
)
RETURNED = "- {日期: 2026-03-20, 事项: 返校}\n"


def judged(result: str) -> str:
    return SUED + (
        f"- {{日期: 2026-04-10, 事项: 民事判决, 对象: 普正华, 结果: {result}, 法院: 云岭县人民法院}}\n"
    )


def found(reason: str) -> str:
    return EXAMINED.replace(f"{reason}: 否", f"{reason}: {{结论: 是, 依据: 学籍系统}}").replace(
        f"{reason}: 无", f"{reason}: {{结论: 有, 依据: 批准文件}}"
    )


@pytest.mark.parametrize("history", [SUED, judged("驳回起诉"), judged("驳回诉讼请求")])
def test_a_suit_bars_no_penalty_and_no_second_order_takes_its_place(history: str) -> None:
    steps = offered("2026-04-13", history)
    assert "filing" in steps and "order" not in steps


def test_the_suit_gives_the_state_its_name() -> None:
    assert standing("2026-04-01", SUED).state == "民事诉讼中"
    assert standing("2026-04-13", judged("支持")).state == "民事已结"


def test_no_second_suit_while_one_is_open() -> None:
    assert "civil-suit" not in offered("2026-04-01", SUED)
    assert "civil-suit" in offered("2026-03-30", FILED), "a filed penalty bars no suit"


@pytest.mark.parametrize("reason", ["转学", "缓学休学批准", "已完成义务教育"])
@pytest.mark.parametrize("history", [SERVED, OVERDUE])
def test_a_reason_found_after_the_order_closes_the_case(reason: str, history: str) -> None:
    steps = offered("2026-04-13", history, exclusions=found(reason))
    assert "close" in steps
    assert not {"persuasion", "check", "filing", "order"} & set(steps)
    assert may("case-close", "2026-04-13", history, exclusions=found(reason)).verdict == "通过"


def test_without_a_reason_there_is_no_plain_close() -> None:
    assert "close" not in offered("2026-04-13", OVERDUE)
    assert may("case-close", "2026-04-13", OVERDUE).verdict == "须说明理由"


def test_a_deferral_after_filing_ends_in_no_penalty_and_no_notice() -> None:
    steps = offered("2026-03-30", FILED, exclusions=found("缓学休学批准"))
    assert "no-penalty" in steps and "notice" not in steps


@pytest.mark.parametrize("history", [ABSENT, SERVED, OVERDUE, FILED, TOLD, DECIDED, SUED])
def test_a_child_that_is_away_may_be_reported_at_any_time(history: str) -> None:
    assert "referral" in offered("2026-04-20", history)


def test_a_child_that_is_back_is_not_reported_as_away() -> None:
    assert "referral" not in offered("2026-04-13", SERVED + RETURNED)


SUSPENDED = "- {日期: 2026-03-26, 事项: 中止, 原因: 联系不上}\n"


def test_a_suspended_case_is_taken_up_again_reported_or_closed() -> None:
    steps = offered("2026-03-30", OVERDUE + SUSPENDED)
    assert {"resume", "referral", "close"} == set(steps)
    assert may("case-close", "2026-03-30", OVERDUE + SUSPENDED).verdict == "须说明理由"


def test_a_child_that_comes_back_meanwhile_closes_it() -> None:
    steps = offered("2026-03-30", OVERDUE + SUSPENDED + "- {日期: 2026-03-28, 事项: 返校}\n")
    assert {"return", "close", "resume"} <= set(steps)


def test_taken_up_again_it_goes_on_where_it_was() -> None:
    history = OVERDUE + SUSPENDED + "- {日期: 2026-03-28, 事项: 恢复}\n"
    steps = offered("2026-03-30", history)
    assert "filing" in steps and "resume" not in steps


def test_after_the_fine_the_child_may_still_be_sued_for() -> None:
    assert "civil-suit" in offered("2026-04-20", DECIDED)

"""A first judgment binds nobody while it may be appealed, or is."""

import pytest

from tests.kinds import Kind
from tests.kinds.world import DECIDED, OVERDUE, codes, may, offered, standing

KIND = Kind(
    "上诉",
    "第一审裁判一下来就当作生效：上诉期内、上诉以后照样催告、申请执行、当作已经撤销",
    (
        ("行政诉讼法", "85"),
        ("行政诉讼法", "89", "1"),
        ("民事诉讼法", "171", "1"),
        ("民事诉讼法", "171", "2"),
        ("民事诉讼法", "177", "1"),
        ("民事诉讼法", "182"),
    ),
)
FINED = DECIDED + ("- {日期: 2026-05-06, 事项: 提起行政诉讼, 对象: 普正华, 法院: 云岭县人民法院}\n")
SUED = OVERDUE + (
    "- {日期: 2026-03-30, 事项: 起诉, 原告: 本机关, 对象: 普正华, 法院: 云岭县人民法院}\n"
)


def judged(result: str, day: str = "2026-06-30", kind: str = "行政判决", more: str = "") -> str:
    return f"- {{日期: {day}, 事项: {kind}, 对象: 普正华, 结果: {result}{more}}}\n"


def appealed(day: str = "2026-07-10", of: str = "行政判决") -> str:
    return f"- {{日期: {day}, 事项: 上诉, 对象: 普正华, 裁判: {of}}}\n"


def demand(day: str, history: str) -> list[str]:
    return codes(may("demand-letter", day, history), "禁止")


def civil(day: str, history: str) -> list[str]:
    told = standing(day, history)
    option = told.option("civil-execution")
    return [] if option is None else [found.code for found in option.findings]


@pytest.mark.parametrize(
    ("result", "last", "first"),
    [
        ("驳回诉讼请求", "2026-07-15", "2026-07-16"),
        ("撤销", "2026-07-15", "2026-07-16"),
        ("驳回起诉", "2026-07-10", "2026-07-11"),
    ],
)
def test_a_first_judgment_waits_for_fifteen_days_and_a_ruling_for_ten(
    result: str, last: str, first: str
) -> None:
    history = FINED + judged(result)
    assert standing(last, history).state == "复议诉讼中"
    assert "PROC459" in demand(last, history)
    assert standing(first, history).state != "复议诉讼中"
    assert "PROC459" not in demand(first, history)


@pytest.mark.parametrize("result", ["撤诉", "调解, 金额: 300"])
def test_what_nobody_can_appeal_takes_effect_at_once(result: str) -> None:
    assert standing("2026-06-30", FINED + judged(result)).state != "复议诉讼中"


def test_an_appeal_keeps_the_decision_in_dispute_for_as_long_as_it_lasts() -> None:
    history = FINED + judged("撤销") + appealed()
    assert standing("2026-11-02", history).state == "复议诉讼中"
    assert "PROC460" in demand("2026-11-02", history)


@pytest.mark.parametrize("result", ["驳回上诉", "撤回上诉"])
def test_a_dismissed_appeal_leaves_the_first_judgment(result: str) -> None:
    history = (
        FINED + judged("撤销") + appealed() + judged(result, "2026-10-12", more=", 审级: 二审")
    )
    assert standing("2026-10-11", history).state == "复议诉讼中"
    assert standing("2026-10-12", history).state == "处罚已撤销"
    assert "PROC302" in demand("2026-10-12", history)


def test_the_second_court_may_decide_otherwise_and_at_once() -> None:
    history = FINED + judged("撤销") + appealed() + judged("驳回诉讼请求", "2026-10-12")
    assert standing("2026-10-12", history).state == "逾期未缴"
    assert demand("2026-10-12", history) == []


def test_sent_back_the_suit_is_heard_again() -> None:
    history = FINED + judged("撤销") + appealed() + judged("发回重审", "2026-10-12")
    assert "PROC303" in demand("2026-10-13", history)
    again = history + judged("驳回诉讼请求", "2026-11-02", more=", 审级: 一审")
    assert "PROC459" in demand("2026-11-03", again)
    assert demand("2026-11-18", again) == []


def test_a_written_day_of_effect_goes_before_any_reckoning() -> None:
    history = FINED + judged("驳回诉讼请求", more=", 生效日期: 2026-07-20")
    assert "PROC461" in demand("2026-07-17", history)
    assert demand("2026-07-20", history) == []


def test_next_tells_until_when_a_judgment_may_be_appealed() -> None:
    told = standing("2026-07-01", FINED + judged("撤销"))
    assert {one.what: str(one.by) for one in told.due}["上诉"] == "2026-07-15"
    assert any("可以上诉" in note and "2026-07-15" in note for note in told.notes)
    late = standing("2026-07-13", FINED + judged("撤销") + appealed())
    assert "上诉" not in {one.what for one in late.due}
    assert any("2026-07-10有人上诉" in note for note in late.notes)


def test_a_civil_judgment_under_appeal_is_not_enforced() -> None:
    history = SUED + judged("支持", "2026-04-20", "民事判决", ", 期限: 生效之日起10日")
    assert civil("2026-04-21", history) == ["PROC366"]
    under = history + appealed("2026-04-28", "民事判决")
    assert standing("2026-05-06", under).option("civil-execution") is None
    assert "close" not in offered("2026-05-06", under)
    final = under + judged("驳回上诉", "2026-07-06", "民事判决")
    assert civil("2026-07-16", final) == []
    assert "civil-execution" not in offered("2026-07-16", final)
    assert "civil-execution" in offered("2026-07-17", final)


def test_an_appeal_in_one_suit_leaves_the_other_alone() -> None:
    history = FINED + judged("撤销") + appealed(of="民事判决")
    assert standing("2026-07-16", history).state == "处罚已撤销"


def test_without_an_appeal_a_judgment_with_its_day_is_enforced_as_before() -> None:
    day = ", 期限: 生效之日起10日, 生效日期: 2026-05-08"
    history = SUED + judged("支持", "2026-04-20", "民事判决", day)
    assert "civil-execution" in offered("2026-05-19", history)

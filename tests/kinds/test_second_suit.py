"""What a court decided is enforced, once it is in force; it is not brought again."""

import pytest

from kcbx_docs.procedure.audit import audit
from tests.kinds import Kind
from tests.kinds.world import OVERDUE, codes, docket, may, offered, read, standing

KIND = Kind(
    "判决以后再起诉",
    "已有判决、调解的同一请求只提醒一下，又起诉的不说；判决三天就让申请执行，不问生效没有",
    (
        ("minshi-susong-fa", "127"),
        ("minshi-susong-fa", "171", "1"),
        ("minsu-jieshi", "212"),
        ("minsu-jieshi", "214", "1"),
        ("minsu-jieshi", "247", "1"),
        ("minsu-jieshi", "248"),
    ),
)
TOWN_SUES = "民事诉讼: {原告: 本机关, 被告: [普正华]}\n"
SUED = f"{OVERDUE}- {{日期: 2026-03-30, 事项: 起诉, 对象: 普正华, 原告: 本机关, 法院: 云岭县人民法院}}\n"
GRANTED = "事项: 民事判决, 结果: 支持, 法院: 云岭县人民法院"
AGAIN = """\
- {日期: 2026-05-06, 事项: 返校}
- {日期: 2026-05-11, 事项: 再次缺课}
- {日期: 2026-05-12, 事项: 劝返, 方式: 家访, 承办人: 施文, 结果: 拒绝}
"""


def ended(outcome: str, more: str = "") -> str:
    return f"{SUED}- {{日期: 2026-04-10, {outcome}}}\n{more}"


def complaint(history: str, more: str = TOWN_SUES):
    return may("civil-complaint", "2026-05-13", history, more=more)


@pytest.mark.parametrize(
    "outcome",
    [
        GRANTED,
        f"{GRANTED}, 生效日期: 2026-04-28",
        "事项: 民事判决, 结果: 部分支持",
        "事项: 民事判决, 结果: 驳回诉讼请求",
        "事项: 调解, 内容: 一周内送孩子返校, 法院: 云岭县人民法院",
    ],
)
def test_what_was_judged_or_settled_in_court_is_not_brought_again(outcome: str) -> None:
    answer = complaint(ended(outcome))
    assert "PROC360" in codes(answer, "禁止")
    assert "civil-suit" not in offered("2026-05-13", ended(outcome), more=TOWN_SUES)


@pytest.mark.parametrize(
    "outcome",
    [
        "事项: 民事判决, 结果: 驳回起诉",
        "事项: 民事判决, 结果: 不予受理",
        "事项: 撤诉, 原因: 答应送学",
        "事项: 调解, 内容: 一周内送孩子返校, 机关: 白沙村人民调解委员会",
    ],
)
def test_what_no_court_decided_may_be_brought_again(outcome: str) -> None:
    answer = complaint(ended(outcome))
    assert answer.verdict in ("通过", "提醒") and "PROC360" not in codes(answer)


def test_after_a_refusal_the_child_may_sue_instead_of_the_town() -> None:
    child = "民事诉讼: {原告: 学生, 被告: [普正华]}\n"
    one, problems = read(ended("事项: 民事判决, 结果: 驳回起诉"), more=child)
    assert "CASE083" not in [p.code for p in problems]
    assert one.suit(one.events[-1].day.replace(month=5)).by_child


def test_another_plaintiff_is_asked_for_a_reason() -> None:
    second = "- {日期: 2026-05-13, 事项: 起诉, 对象: 普正华, 原告: 学生}\n"
    told = complaint(ended("事项: 民事判决, 结果: 驳回诉讼请求", second), "")
    assert "PROC360" in codes(told, "须说明理由")


def test_a_judgment_against_the_father_bars_no_suit_against_the_mother() -> None:
    both = "民事诉讼: {原告: 本机关, 被告: [李桂仙]}\n"
    history = ended(f"{GRANTED}, 对象: 普正华")
    people = ("普正华", "李桂仙")
    told = may("civil-complaint", "2026-05-13", history, "李桂仙", guardians=people, more=both)
    assert "PROC360" not in codes(told)


def test_a_new_dropout_is_a_new_fact() -> None:
    told = complaint(ended(GRANTED, AGAIN))
    assert "PROC361" in codes(told, "提醒") and "PROC360" not in codes(told)


def test_a_dropout_before_the_judgment_is_none() -> None:
    judged = f"{SUED}{AGAIN}- {{日期: 2026-05-12, {GRANTED}}}\n"
    assert "PROC360" in codes(complaint(judged), "禁止")


def test_a_suit_that_is_still_open_bars_another_after_a_return_too() -> None:
    assert "PROC334" in codes(complaint(SUED + AGAIN), "禁止")


def test_a_second_suit_that_was_brought_is_told() -> None:
    second = "- {日期: 2026-05-11, 事项: 起诉, 对象: 普正华, 原告: 本机关}\n"
    for outcome, told in ((GRANTED, True), ("事项: 撤诉", False)):
        one = docket(ended(outcome, second))
        found = [p.message for p in audit(one, one.events[-1].day)]
        assert any("同一请求" in message for message in found) is told


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (GRANTED, "PROC366"),
        (f"{GRANTED}, 生效日期: 2026-05-28", "PROC367"),
        (f"{GRANTED}, 生效日期: 2026-04-28", ""),
        ("事项: 调解, 内容: 一周内送孩子返校, 法院: 云岭县人民法院", ""),
    ],
)
def test_only_what_is_in_force_is_enforced(outcome: str, code: str) -> None:
    option = standing("2026-05-13", ended(outcome)).option("civil-execution")
    assert option and [f.code for f in option.findings if f.verdict == "禁止"] == [code] * bool(
        code
    )
    assert option.allowed is not bool(code)


@pytest.mark.parametrize(
    "outcome",
    ["事项: 民事判决, 结果: 驳回诉讼请求", "事项: 调解, 内容: 送学, 机关: 白沙村人民调解委员会"],
)
def test_what_orders_nothing_is_not_enforced(outcome: str) -> None:
    assert standing("2026-05-13", ended(outcome)).option("civil-execution") is None

"""What an officer writes now against what was made and served before: both places are named."""

from datetime import date

import pytest

from kcbx_docs.procedure.standing import stand
from tests.kinds.world import ABSENT, FATHER, MADE, MOTHER, OVERDUE, PEOPLE, TOLD, docket, papers
from tests.kinds.world import standing as stands

SINCE = "住址: 云岭县青石镇白沙村15号"


def said(history, day="2026-04-20", **changes):
    """Return the codes of what the record says against itself, with the lines that they name."""
    found = stand(docket(history, **changes), date.fromisoformat(day)).problems
    return {p.code: p.message for p in found if p.code.startswith("PROC44")}


def person(text):
    return PEOPLE[FATHER].replace(SINCE, f"{SINCE}, {text}")


def test_a_slip_with_another_number_names_the_paper_that_was_made():
    slip = OVERDUE.replace(
        "事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号",
        "事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕7号",
    )
    message = said(slip)["PROC440"]
    assert "7号" in message and "1号" in message and "（第 " in message


def test_a_slip_without_a_number_is_that_of_the_paper():
    assert not said(
        OVERDUE.replace(
            "送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号",
            "送达, 文书: 责令限期改正通知书",
        )
    )


def with_period(text, period):
    return text.replace(
        "对象: 普正华, 文号: 青政责改〔2026〕1号}",
        f"对象: 普正华, 文号: 青政责改〔2026〕1号, 期限: {period}}}",
    )


def test_an_order_made_with_a_deadline_keeps_it_whatever_is_planned_now():
    history = with_period(MADE, "2026-03-30")
    assert "2026年3月30日" in said(history, "2026-03-12")["PROC441"]
    order, *_ = papers("2026-03-12", history, "order-to-correct").values()
    assert "最迟于2026年3月30日" in order
    assert "自收到本通知书之日起" not in order


def test_two_parents_may_have_two_deadlines_where_the_file_tells_one_of_them():
    hers = "- {日期: 2026-03-12, 事项: 制发, 文书: 责令限期改正通知书, 对象: 李桂仙, 文号: 青政责改〔2026〕2号, 期限: "
    his, both = with_period(MADE, "2026-03-30"), {"guardians": (FATHER, MOTHER)}
    assert not said(his + hers + "收到之日起10日}\n", "2026-03-12", **both)
    assert "PROC441" in said(his + hers + "2026-04-05}\n", "2026-03-12", **both)


def test_an_order_made_with_the_planned_deadline_is_no_disagreement():
    assert not said(with_period(MADE, "收到之日起10日"), "2026-03-12")


@pytest.mark.parametrize(
    ("state", "event"),
    [
        (
            "下落: 死亡, 下落日期: 2026-03-01",
            "{日期: 2026-03-06, 事项: 劝返, 方式: 家访, 对象: 普正华, 结果: 拒绝}",
        ),
        (
            "下落: 下落不明, 下落日期: 2026-02-20",
            "{日期: 2026-03-06, 事项: 劝返, 方式: 家访, 对象: 普正华, 结果: 未表态}",
        ),
        (
            "下落: 下落不明, 下落日期: 2026-02-20",
            "{日期: 2026-03-06, 事项: 批评教育, 对象: 普正华}",
        ),
    ],
)
def test_nobody_is_met_who_was_dead_or_not_found(state, event):
    assert "PROC442" in said(
        ABSENT + f"- {event}\n", "2026-03-12", guardians=(person(state), MOTHER)
    )


@pytest.mark.parametrize(
    ("state", "event"),
    [
        (
            "下落: 下落不明, 下落日期: 2026-03-07",
            "{日期: 2026-03-06, 事项: 劝返, 方式: 家访, 对象: 普正华, 结果: 拒绝}",
        ),
        (
            "下落: 下落不明, 下落日期: 2026-02-20",
            "{日期: 2026-03-06, 事项: 劝返, 方式: 家访, 对象: 普正华, 结果: 未见到}",
        ),
        (
            "下落: 死亡, 下落日期: 2026-03-01",
            "{日期: 2026-03-06, 事项: 劝返, 方式: 家访, 对象: 李桂仙, 结果: 拒绝}",
        ),
        (
            "下落: 外出, 下落日期: 2026-02-20",
            "{日期: 2026-03-06, 事项: 劝返, 方式: 家访, 对象: 普正华, 结果: 拒绝}",
        ),
    ],
)
def test_who_may_well_have_been_met_is_no_disagreement(state, event):
    assert not said(ABSENT + f"- {event}\n", "2026-03-12", guardians=(person(state), MOTHER))


@pytest.mark.parametrize(
    ("state", "how", "told"),
    [
        ("服刑", "方式: 家访", True),
        ("羁押", "方式: 约谈", True),
        ("境外", "方式: 家访", True),
        ("境外", "方式: 其他, 地点: 普正华家中", True),
        ("服刑", "方式: 其他, 地点: 云岭县监狱", False),
        ("境外", "方式: 电话", False),
        ("外出", "方式: 家访", False),
    ],
)
def test_who_is_kept_or_abroad_is_asked_about_where_he_was_met(state, how, told):
    """A father in prison was persuaded at his home."""
    event = f"- {{日期: 2026-03-06, 事项: 劝返, {how}, 对象: 普正华, 结果: 拒绝}}\n"
    for since, after in (("2026-02-20", True), ("2026-03-06", False), ("2026-03-08", False)):
        parent = person(f"下落: {state}, 下落日期: {since}")
        case = docket(ABSENT + event, guardians=(parent, MOTHER))
        found = stand(case, date(2026, 3, 12)).problems
        assert ("PROC628" in [one.code for one in found]) is (told and after)


def test_a_persuasion_before_the_first_absence_is_told():
    assert "2026-03-08" in said(ABSENT.replace("2026-03-02", "2026-03-08"))["PROC443"]


def test_two_accounts_of_one_notice_with_two_amounts_are_told():
    twice = (
        TOLD
        + "- {日期: 2026-04-07, 事项: 制发, 文书: 行政处罚事先告知书, 文号: 青政罚告〔2026〕1号, 对象: 普正华, 金额: 500}\n"
    )
    message = said(twice)["PROC445"]
    assert "500" in message and "600" in message


def test_two_accounts_that_agree_are_one_paper():
    twice = (
        TOLD
        + "- {日期: 2026-04-07, 事项: 制发, 文书: 行政处罚事先告知书, 文号: 青政罚告〔2026〕1号, 对象: 普正华, 金额: 600}\n"
    )
    assert not said(twice)
    assert stands("2026-04-10", twice).state == "申辩期内"

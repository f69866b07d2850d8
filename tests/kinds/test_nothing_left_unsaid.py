"""What may still be done is listed, what is over is not, and what is owed is not forgotten."""

import pytest

from tests.kinds import Kind
from tests.kinds.world import (
    ABSENT,
    DECIDED,
    EXAMINED,
    FATHER,
    MOTHER,
    OVERDUE,
    checked,
    codes,
    may,
    offered,
    papers,
    standing,
)

KIND = Kind(
    "该说的说，不该做的不列",
    "催告以后不列延期和申辩，复议逾期没有人知道，判决以后还支持起诉，死亡的孩子还劝返，罚款没缴就结案",
    (
        ("xingzheng-chufa-fa", "66", "2"),
        ("xingzheng-qiangzhi-fa", "36"),
        ("xingzheng-fuyi-fa", "62", "1"),
        ("xingzheng-susong-fa", "45"),
        ("minshi-susong-fa", "127"),
        ("minshi-susong-fa", "250"),
        ("xingzheng-chufa-fa", "72", "1"),
    ),
)
DEMANDED = (
    DECIDED
    + """\
- {日期: 2026-06-01, 事项: 催告, 对象: 普正华, 文书: 催告书, 文号: 青政催〔2026〕1号, 金额: 1068}
- {日期: 2026-06-02, 事项: 送达, 对象: 普正华, 文书: 催告书, 文号: 青政催〔2026〕1号, 方式: 直接, 承办人: [普文清, 段晓岚]}
"""
)
REVIEWED = (
    DECIDED + "- {日期: 2026-05-20, 事项: 申请行政复议, 对象: 普正华, 机关: 云岭县人民政府}\n"
)
SUED = (
    OVERDUE + "- {日期: 2026-03-30, 事项: 起诉, 原告: 学生, 对象: 普正华, 法院: 云岭县人民法院}\n"
)
WON = (
    SUED
    + "- {日期: 2026-05-11, 事项: 民事判决, 对象: 普正华, 结果: 支持, 法院: 云岭县人民法院, 生效日期: 2026-05-27, 期限: 2026-06-10}\n"
)
CHILD_SUES = "民事诉讼: {原告: 学生, 被告: 普正华, 法定代理人: 李桂仙}\n"
BOTH = (FATHER, MOTHER)
CLOSED = (
    DECIDED + "- {日期: 2026-05-11, 事项: 返校}\n- {日期: 2026-05-12, 事项: 结案, 结果: 返校}\n"
)
PAID = CLOSED.replace(
    "- {日期: 2026-05-11", "- {日期: 2026-04-30, 事项: 缴纳罚款, 金额: 600}\n- {日期: 2026-05-11"
)


@pytest.mark.parametrize("day", ["2026-06-05", "2026-07-01"])
def test_after_a_demand_deferral_and_defence_are_listed(day) -> None:
    assert {"extension", "demand-defence"} <= set(offered(day, DEMANDED))
    assert "demand-defence" not in offered(day, DECIDED)


def test_a_defence_to_a_demand_cites_its_own_article() -> None:
    said = DEMANDED + "- {日期: 2026-06-08, 事项: 陈述申辩, 对象: 普正华, 内容: 已经缴过}\n"
    text = "".join(papers("2026-06-08", said, "defence-record").values())
    assert "《催告书》" in text and "《中华人民共和国行政强制法》第三十六条" in text
    assert "事先告知书" not in text


@pytest.mark.parametrize(
    ("day", "told", "late"),
    [("2026-07-01", False, False), ("2026-07-25", True, False), ("2026-09-01", True, True)],
)
def test_a_review_that_should_be_over_is_told_with_its_day(day, told, late) -> None:
    person = standing(day, REVIEWED)
    notes = "".join(person.notes)
    assert ("请向复议机关查问" in notes) is told
    assert ("逾期不作决定" in notes) is late
    (due,) = (one for one in person.due if one.rule == "review-decision-60")
    assert due.by.isoformat() == "2026-08-18" and due.overdue is late


def test_a_review_that_was_decided_is_nobodys_due() -> None:
    done = (
        REVIEWED
        + "- {日期: 2026-07-10, 事项: 复议决定, 对象: 普正华, 结果: 维持, 机关: 云岭县人民政府, 生效日期: 2026-07-13}\n"
    )
    person = standing("2026-09-01", done)
    assert "查问" not in "".join(person.notes)
    assert not [one for one in person.due if one.rule == "review-decision-60"]


@pytest.mark.parametrize("document", ["support-request", "support-opinion"])
def test_nobody_supports_a_suit_that_was_won(document) -> None:
    asked = {"who": FATHER, "guardians": BOTH, "more": CHILD_SUES}
    assert "PROC360" in codes(may(document, "2026-06-15", WON, **asked), "禁止")
    assert "PROC360" not in codes(may(document, "2026-04-02", SUED, **asked))


@pytest.mark.parametrize("reason", ["死亡或出境", "转学", "已完成义务教育"])
def test_who_will_not_come_back_is_not_persuaded(reason) -> None:
    found = EXAMINED.replace(f"{reason}: 否", f"{reason}: {{结论: 是, 依据: 学籍系统}}")
    assert "persuasion" not in offered("2026-04-20", DECIDED, exclusions=found)
    assert "PROC528" in codes(may("visit-record", "2026-04-20", DECIDED, exclusions=found))


def test_a_child_at_home_is_persuaded_and_the_visit_that_found_out_is_recorded() -> None:
    assert "persuasion" in offered("2026-04-20", DECIDED)
    found = EXAMINED.replace("转学: 否", "转学: {结论: 是, 依据: 走访, 日期: 2026-03-05}")
    assert "PROC528" not in codes(may("visit-record", "2026-03-05", ABSENT, exclusions=found))


def test_who_won_applies_for_execution() -> None:
    (due,) = (d for d in standing("2026-07-01", WON).due if d.step == "civil-execution")
    assert due.bound == "原告"
    ours = WON.replace("原告: 学生", "原告: 本机关")
    (due,) = (d for d in standing("2026-07-01", ours).due if d.step == "civil-execution")
    assert due.bound == "机关"


@pytest.mark.parametrize(("history", "told"), [(CLOSED, True), (PAID, False)])
def test_a_case_closed_over_an_unpaid_fine_is_told(history, told) -> None:
    found = [one.code for one in checked("2026-05-20", history)]
    assert ("PROC529" in found) is told
    dues = [one.step for one in standing("2026-05-20", history).due]
    assert ("application" in dues) is told


def test_only_who_was_met_was_persuaded() -> None:
    missed = ABSENT.replace("结果: 拒绝", "结果: 未见到")
    assert "PROC530" in codes(may("order-to-correct", "2026-03-12", missed), "提醒")
    assert not {"PROC530", "PROC223"} & set(codes(may("order-to-correct", "2026-03-12", ABSENT)))

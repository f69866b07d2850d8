"""Which of the things that happened names the state:
the furthest up the ladder, and what undoes it.
"""

import pytest

from tests.procedure.world import DECIDED, DEMANDED, FILED, ORDERED, TOLD, standing


def event(day, kind, more="", who="普正华"):
    return f"- {{日期: 2026-{day}, 事项: {kind}, 对象: {who}{more}}}\n"


UNSERVED_NOTICE = FILED + event("03-02", "事先告知", ", 金额: 500")
UNSERVED_DECISION = TOLD + event("03-10", "处罚决定", ", 金额: 500")
UNSERVED_DEMAND = DECIDED + event("08-25", "催告")
APPLIED = DEMANDED + event("09-11", "申请强制执行")
REVIEWED = DECIDED + event("04-01", "申请行政复议")
HEARING = TOLD + event("03-05", "要求听证")
SUED = ORDERED + "- {日期: 2026-02-02, 事项: 起诉, 法院: 云岭县人民法院}\n"


@pytest.mark.parametrize(
    ("history", "day", "state"),
    [
        (UNSERVED_NOTICE, "03-03", "告知待送达"),
        (UNSERVED_DECISION, "03-11", "决定待送达"),
        (UNSERVED_DEMAND, "08-26", "催告待送达"),
        (HEARING, "03-20", "待听证"),
        (HEARING + event("03-16", "放弃听证"), "03-20", "待决定"),
        (HEARING + event("03-16", "听证"), "03-20", "待决定"),
        (HEARING + event("03-05", "听证"), "03-20", "待决定"),
        (TOLD + event("03-03", "放弃听证") + event("03-04", "要求听证"), "03-09", "待听证"),
        (APPLIED + event("09-15", "法院受理", ", 结果: 受理"), "09-16", "已申请执行"),
        (APPLIED + event("09-15", "法院受理", ", 结果: 不予受理"), "09-16", "法院不准执行"),
        (APPLIED + event("09-21", "法院裁定", ", 结果: 不准予执行"), "09-22", "法院不准执行"),
        (APPLIED + event("09-21", "法院裁定", ", 结果: 部分准予执行"), "09-22", "法院执行中"),
        (APPLIED + event("10-12", "执行", ", 结果: 部分执行"), "10-13", "法院执行中"),
        (APPLIED + event("10-12", "缴纳罚款", ", 金额: 1000"), "10-13", "已缴清"),
        (REVIEWED + event("05-20", "复议决定", ", 结果: 维持"), "05-21", "逾期未缴"),
        (REVIEWED + event("05-20", "复议决定", ", 结果: 撤销"), "05-21", "处罚已撤销"),
        (SUED, "02-03", "民事诉讼中"),
        (SUED + "- {日期: 2026-02-02, 事项: 民事判决, 结果: 支持}\n", "02-03", "民事已结"),
        (SUED + "- {日期: 2026-03-02, 事项: 调解, 内容: 返校}\n", "03-03", "民事已结"),
        (SUED + "- {日期: 2026-03-02, 事项: 撤诉}\n", "03-03", "责令期满"),
        (
            SUED + "- {日期: 2026-03-02, 事项: 撤诉}\n"
            "- {日期: 2026-04-02, 事项: 起诉, 法院: 云岭县人民法院}\n",
            "04-03",
            "民事诉讼中",
        ),
        (ORDERED + "- {日期: 2026-01-14, 事项: 劝返通知}\n", "01-15", "责令期内"),
    ],
)
def test_the_furthest_step_names_the_state(history, day, state):
    assert standing(history, f"2026-{day}").state == state


@pytest.mark.parametrize(
    ("resumed", "state"),
    [
        ("", "中止"),
        ("- {日期: 2026-02-04, 事项: 恢复}\n", "中止"),
        ("- {日期: 2026-02-05, 事项: 恢复}\n", "责令期满"),
    ],
)
def test_a_suspended_case_goes_on_from_the_day_of_its_resumption(resumed, state):
    history = ORDERED + resumed + "- {日期: 2026-02-05, 事项: 中止, 原因: 孩子住院}\n"
    assert standing(history, "2026-02-10").state == state


def test_a_closed_case_stays_closed_whatever_was_suspended():
    history = ORDERED + (
        "- {日期: 2026-02-05, 事项: 中止, 原因: 孩子住院}\n"
        "- {日期: 2026-02-20, 事项: 结案, 结果: 已返校}\n"
    )
    assert standing(history, "2026-02-19").state == "中止"
    assert standing(history, "2026-02-20").state == "已结案"


def test_persuasion_by_letter_is_persuasion_too():
    absent = "- {日期: 2026-01-05, 事项: 首次缺课}\n"
    assert (
        standing(absent + "- {日期: 2026-01-06, 事项: 劝返通知}\n", "2026-01-07").state == "劝返中"
    )
    assert standing(absent + "- {日期: 2026-01-06, 事项: 批评教育}\n", "2026-01-07").state == "缺课"


def test_a_fine_is_paid_when_the_last_yuan_of_the_surcharge_is():
    """500 yuan due on 25 March; 15 yuan of surcharge on the 26th."""
    for amount, state in (("514.99", "逾期未缴"), ("515", "已缴清")):
        paid = DECIDED + event("03-26", "缴纳罚款", f", 金额: {amount}")
        assert standing(paid, "2026-03-26").state == state, amount


def test_an_annulled_order_is_none_but_a_fine_that_stands_keeps_its_order():
    annulled = event("01-15", "申请行政复议") + event("01-19", "复议决定", ", 结果: 撤销")
    assert standing(ORDERED + annulled, "2026-01-20").state == "已报告"
    fined = DECIDED + event("04-01", "申请行政复议") + event("05-20", "复议决定", ", 结果: 撤销")
    assert standing(fined, "2026-05-21").progress.order.annulled is False

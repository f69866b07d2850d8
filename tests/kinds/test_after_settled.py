"""A penalty that came to its end does not end the duty: the child that is still away may be
asked for and ordered anew, and a fine that nobody owes is no longer due.
"""

import pytest

from tests.kinds import Kind
from tests.kinds.world import DECIDED, OVERDUE, TOLD, codes, may, offered, standing

KIND = Kind(
    "了结以后仍未到校",
    "罚款缴清、不予处罚以后孩子仍未到校，不能再劝返、再责令；罚款已缴清，仍提醒申请法院执行",
    (("义务教育法", "58"), ("行政处罚法", "29"), ("行政强制法", "53")),
)
PAID = DECIDED + "- {日期: 2026-04-20, 事项: 缴纳罚款, 对象: 普正华, 金额: 600}\n"
SPARED = TOLD + (
    "- {日期: 2026-04-17, 事项: 不予处罚, 对象: 普正华, 原因: 一直住院, 法定情形: 没有主观过错}\n"
)
SEEN = "- {日期: 2026-05-11, 事项: 核查, 结果: 未返校, 承办人: [普文清, 段晓岚]}\n"
EXECUTED = (
    DECIDED
    + "- {日期: 2026-10-20, 事项: 催告, 对象: 普正华, 文号: 青政催〔2026〕1号, 金额: 600}\n"
    + "- {日期: 2026-11-05, 事项: 申请强制执行, 对象: 普正华, 法院: 云岭县人民法院}\n"
    + "- {日期: 2026-11-06, 事项: 法院裁定, 对象: 普正华, 结果: 准予执行, 法院: 云岭县人民法院}\n"
    + "- {日期: 2026-11-10, 事项: 执行, 对象: 普正华, 结果: 执行完毕}\n"
)
ORDER = "- {日期: 2026-05-12, 事项: 制发, 文书: 责令限期改正通知书, 对象: 普正华, 文号: 青政责改〔2026〕2号}\n"
SERVED = ORDER + (
    "- {日期: 2026-05-13, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕2号,"
    " 对象: 普正华, 方式: 直接, 承办人: [普文清, 段晓岚]}\n"
)
BACK = "- {日期: 2026-05-11, 事项: 返校}\n"
AGAIN = BACK + "- {日期: 2026-09-07, 事项: 再次缺课}\n"


@pytest.mark.parametrize(
    ("history", "day"),
    [(PAID + SEEN, "2026-05-12"), (SPARED + SEEN, "2026-05-12"), (EXECUTED, "2026-11-12")],
    ids=["已缴清", "不予处罚", "执行完毕"],
)
def test_the_duty_goes_on(history: str, day: str) -> None:
    assert {"persuasion", "urge", "order"} <= set(offered(day, history))


def test_a_child_that_is_back_is_not_ordered_again() -> None:
    steps = offered("2026-05-12", PAID + BACK)
    assert not {"persuasion", "urge", "order"} & set(steps)
    assert "close" in steps


def test_while_the_fine_is_being_paid_the_order_is_not_the_next_thing() -> None:
    assert "order" not in offered("2026-04-20", DECIDED)


def test_the_new_order_is_served_and_looked_after() -> None:
    assert "serve-order" in offered("2026-05-12", PAID + SEEN + ORDER)
    due = {one.what: str(one.by) for one in standing("2026-05-14", PAID + SEEN + SERVED).due}
    assert due["改正期限"] == "2026-05-25"
    assert "check" in offered("2026-05-27", PAID + SEEN + SERVED)


def test_the_same_refusal_is_not_fined_twice() -> None:
    answer = may("case-filing", "2026-05-27", PAID + SEEN + SERVED)
    assert "PROC274" in codes(answer, "禁止")


@pytest.mark.parametrize(("history", "owed"), [(PAID + AGAIN, False), (DECIDED + AGAIN, True)])
def test_only_what_is_owed_is_due(history: str, *, owed: bool) -> None:
    due = [one.what for one in standing("2026-09-10", history).due]
    assert ("申请法院强制执行" in due) == owed


def test_nothing_is_due_after_the_execution() -> None:
    assert "申请法院强制执行" not in [one.what for one in standing("2026-11-12", EXECUTED).due]


def test_the_order_of_old_days_is_still_over() -> None:
    assert "filing" in offered("2026-03-27", OVERDUE)

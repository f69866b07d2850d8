"""Papers as a guardian received them:
which event made one, which service carries it, what took it away.
"""

from dataclasses import replace
from datetime import date

import pytest

from tests.procedure.world import ABSENT, CLAUSE, FATHER, FILED, MADE, MOTHER, docket, law_of

TITLE = "责令限期改正通知书"
NOTICE = "行政处罚事先告知书"


def act(history, day="2026-06-01", role="责令", **changes):
    case = docket(history, **changes)
    return case.progress(case.case.guardians[0], date.fromisoformat(day)).act(role)


def papers(history, day="2026-06-01"):
    case = docket(history)
    record = case.progress(case.case.guardians[0], date.fromisoformat(day))
    return [(one.day.isoformat()[5:], one.number) for one in record.papers["order-to-correct"]]


def made(day, number, title=TITLE):
    return f"- {{日期: 2026-{day}, 事项: 制发, 文书: {title}, 文号: {number}}}\n"


def served(day, number="", title=TITLE, more=""):
    tail = f", 文号: {number}" if number else ""
    return f"- {{日期: 2026-{day}, 事项: 送达, 文书: {title}, 对象: {FATHER}, 方式: 直接{tail}{more}}}\n"


@pytest.mark.parametrize(("day", "count"), [("02-27", 1), ("02-28", 2)])
def test_making_and_event_within_a_month_are_one_paper(day, count):
    """制发 on 27 January: the event of its own kind 31 days later is the same paper,
    32 days no more.
    """
    history = FILED.replace("- {日期: 2026-01-26", "- {日期: 2026-01-24") + (
        made("01-27", "告1号", NOTICE)
        + f"- {{日期: 2026-{day}, 事项: 事先告知, 对象: {FATHER}, 金额: 500}}\n"
    )
    case = docket(history)
    record = case.progress(case.case.guardians[0], date(2026, 6, 1))
    assert len(record.acts["penalty-notice"]) == count


def test_one_paper_told_twice_has_what_either_tells():
    both = made("01-27", "告1号", NOTICE) + (
        f"- {{日期: 2026-01-28, 事项: 事先告知, 对象: {FATHER}, 金额: 500, 告知听证: 是}}\n"
    )
    notice = act(FILED + both, role="事先告知")
    assert (notice.number, notice.amount, notice.hearing_told) == ("告1号", 500, True)


def test_two_numbers_are_two_papers():
    two = made("01-27", "告1号", NOTICE) + (
        f"- {{日期: 2026-01-28, 事项: 事先告知, 对象: {FATHER}, 文号: 告2号, 金额: 500}}\n"
    )
    case = docket(FILED + two)
    record = case.progress(case.case.guardians[0], date(2026, 6, 1))
    assert [one.number for one in record.acts["penalty-notice"]] == ["告1号", "告2号"]


def test_a_service_carries_the_paper_of_its_number():
    history = ABSENT + made("01-12", "1号") + made("01-13", "2号") + served("01-14", "1号")
    assert papers(history) == [("01-12", "1号"), ("01-13", "2号")]
    assert act(history).served(date(2026, 2, 1)) is None, "the later order was not served"


def test_a_service_without_a_number_carries_the_latest_made_by_then():
    history = ABSENT + made("01-12", "1号") + made("01-13", "2号") + made("01-20", "3号")
    history += served("01-14")
    case = docket(history)
    record = case.progress(case.case.guardians[0], date(2026, 1, 15))
    assert [bool(one.services) for one in record.papers["order-to-correct"]] == [False, True]


def services_of(history):
    case = docket(history)
    record = case.progress(case.case.guardians[0], date(2026, 2, 1))
    return [bool(one.services) for one in record.papers["order-to-correct"]]


def test_a_number_goes_before_the_latest_and_no_number_is_no_number():
    unnumbered = made("01-13", '""').replace(', 文号: ""', "")
    history = ABSENT + made("01-12", "1号") + unnumbered + made("01-14", "2号")
    assert services_of(history + served("01-15", "1号")) == [True, False, False]
    assert services_of(history + served("01-15")) == [False, False, True]
    only = ABSENT + made("01-12", "1号") + unnumbered
    assert services_of(only + served("01-15", "1号")) == [True, False]


def test_a_service_before_anything_was_made_tells_of_a_paper_that_nobody_recorded():
    order = act(ABSENT + served("01-11", "9号") + made("01-12", "1号"), "2026-01-11")
    assert (order.implied, order.number, order.day) == (True, "9号", date(2026, 1, 11))


def test_a_service_on_the_very_day_of_making_carries_it():
    assert act(ABSENT + made("01-12", "1号") + served("01-12")).implied is False


@pytest.mark.parametrize(("day", "stands"), [("01-11", True), ("01-12", False), ("01-13", False)])
def test_a_withdrawal_takes_what_was_made_until_that_day(day, stands):
    history = MADE + f"- {{日期: 2026-{day}, 事项: 撤回, 文书: {TITLE}, 原因: 写错}}\n"
    assert (act(history) is not None) is stands


def test_an_attempt_that_failed_is_no_service_but_is_remembered():
    failed = served("01-13", more=", 结果: 未送达, 原因: 不在家")
    order = act(MADE + failed)
    assert (order.service, len(order.failures)) == (None, 1)
    later = act(MADE + failed + served("01-14"))
    assert later.served(date(2026, 1, 14)) == date(2026, 1, 14)
    assert later.served(date(2026, 1, 13)) is None


def test_the_first_service_that_counts_is_the_one():
    by_child = served("01-13", more=", 签收人: 普云飞")
    order = act(MADE + by_child + served("01-15") + served("01-16"))
    assert order.served(date(2026, 2, 1)) == date(2026, 1, 15)
    assert [one.valid for one in order.services] == [False, True, True]


def test_a_public_notice_is_pending_until_its_last_day():
    notice = served("01-14").replace(
        "方式: 直接", "方式: 公告, 原因: 找不到, 公告媒介: 公告栏, 公告日期: 2026-01-14"
    )
    order = act(MADE + served("01-13", more=", 结果: 未送达, 原因: 不在") + notice)
    end = date(2026, 2, 13)
    assert (order.pending(date(2026, 2, 12)), order.served(date(2026, 2, 12))) == (end, None)
    assert (order.pending(end), order.served(end)) == (None, end)


def test_an_event_for_the_mother_is_none_for_the_father_but_a_visit_is_for_both():
    history = ABSENT.replace("结果: 拒绝", f"结果: 拒绝, 对象: {MOTHER}") + (
        f"- {{日期: 2026-01-12, 事项: 制发, 文书: {TITLE}, 对象: {MOTHER}}}\n"
    )
    case = docket(history, guardians=(FATHER, MOTHER))
    father, mother = (case.progress(one, date(2026, 2, 1)) for one in case.case.guardians)
    assert (father.order, bool(mother.order)) == (None, True)
    assert father.last("劝返") is not None


def test_a_spot_fine_that_could_not_be_handed_over_is_not_served():
    spot = f"- {{日期: 2026-01-27, 事项: 当场处罚, 对象: {FATHER}, 金额: 200%s}}\n"
    handed = act(FILED + spot % "", role="当场处罚")
    assert handed.served(date(2026, 1, 27)) == date(2026, 1, 27)
    assert act(FILED + spot % ", 结果: 未送达", role="当场处罚").services == ()


@pytest.mark.parametrize("kind", ["送达", "撤回", "收到文书"])
def test_events_about_papers_make_none_whatever_a_template_says(kind):
    """A keeper who writes 事项: 送达 into a head must not turn every service into a paper."""
    law = law_of("530499", CLAUSE)
    card = law.cards["service-receipt"].model_copy(update={"event": kind})
    odd = replace(law, cards={**law.cards, "service-receipt": card})
    history = (
        MADE
        + served("01-13")
        + (
            "- {日期: 2026-01-14, 事项: 收到文书, 文书: 督促监护令, 机关: 法院}\n"
            f"- {{日期: 2026-01-15, 事项: 撤回, 文书: {NOTICE}, 原因: 写错}}\n"
        )
    )
    case = docket(history, odd)
    record = case.progress(case.case.guardians[0], date(2026, 2, 1))
    assert "service-receipt" not in record.papers


@pytest.mark.parametrize(("day", "of_this"), [("03-01", False), ("03-02", True)])
def test_a_paper_of_the_day_of_the_new_absence_belongs_to_the_new_dropout(day, of_this):
    history = (
        ABSENT
        + "- {日期: 2026-02-02, 事项: 返校}\n- {日期: 2026-03-02, 事项: 再次缺课}\n"
        + made(day, "9号")
    )
    assert (act(history, "2026-03-02") is not None) is of_this

"""The named days of a record: each from its own event, none before it is known."""

from datetime import date

import pytest

from tests.procedure.world import (
    ABSENT,
    CLAUSE,
    DECIDED,
    DEMANDED,
    ORDERED,
    docket,
    law_of,
)

WHOLE = DEMANDED + (
    "- {日期: 2026-04-20, 事项: 听证, 对象: 普正华}\n"
    "- {日期: 2026-09-11, 事项: 申请强制执行, 对象: 普正华}\n"
    "- {日期: 2026-09-15, 事项: 法院受理, 对象: 普正华, 结果: 受理}\n"
    "- {日期: 2026-09-21, 事项: 法院裁定, 对象: 普正华, 结果: 不准予执行}\n"
)


def moments(history, day):
    case = docket(history)
    found = case.progress(case.case.guardians[0], date.fromisoformat(day)).moments
    return {name: moment.isoformat()[5:] for name, moment in found.items()}


def test_at_the_end_of_the_ladder_every_day_is_known():
    assert moments(WHOLE, "2026-10-01") == {
        "首次缺课": "01-05",
        "本次缺课": "01-05",
        "劝返": "01-08",
        "书面报告": "01-09",
        "责令": "01-12",
        "责令送达": "01-13",
        "责令期满": "01-23",
        "核查": "01-26",
        "立案": "01-27",
        "告知": "03-02",
        "告知送达": "03-02",
        "申辩期满": "03-09",
        "听证期满": "03-09",
        "听证": "04-20",
        "决定": "03-10",
        "决定送达": "03-10",
        "缴款期满": "03-25",
        "复议期满": "05-09",
        "起诉期满": "09-10",
        "起诉期满（未顺延）": "09-10",
        "催告": "08-25",
        "催告送达": "08-25",
        "催告期满": "09-08",
        "申请执行": "09-11",
        "法院受理": "09-15",
        "法院拒绝": "09-21",
    }


def test_before_the_service_nothing_runs():
    made = moments(ORDERED, "2026-01-12")
    assert made == {
        "首次缺课": "01-05",
        "本次缺课": "01-05",
        "劝返": "01-08",
        "书面报告": "01-09",
        "责令": "01-12",
    }


def test_the_periods_behind_the_days_are_those_that_run():
    case = docket(WHOLE)
    terms = case.progress(case.case.guardians[0], date(2026, 10, 1)).terms
    assert {name: term.rule.id for name, term in terms.items()} == {
        "责令期满": "order-deadline",
        "申辩期满": "defence-window",
        "听证期满": "hearing-request",
        "缴款期满": "pay-15",
        "复议期满": "review-60",
        "起诉期满": "suit-6m",
        "催告期满": "demand-10",
    }


@pytest.mark.parametrize(
    ("court", "refused"),
    [
        ("法院受理, 对象: 普正华, 结果: 不予受理", "09-15"),
        ("法院受理, 对象: 普正华, 结果: 受理", None),
        ("法院裁定, 对象: 普正华, 结果: 不准予执行", "09-15"),
        ("法院裁定, 对象: 普正华, 结果: 准予执行", None),
        ("法院裁定, 对象: 普正华, 结果: 部分准予执行", None),
    ],
)
def test_the_court_refuses_to_take_the_case_or_to_enforce(court, refused):
    history = DEMANDED + f"- {{日期: 2026-09-15, 事项: {court}}}\n"
    assert moments(history, "2026-10-01").get("法院拒绝") == refused


def test_a_ruling_that_enforces_undoes_an_earlier_refusal_to_take_the_case():
    history = DEMANDED + (
        "- {日期: 2026-09-15, 事项: 法院受理, 对象: 普正华, 结果: 不予受理}\n"
        "- {日期: 2026-10-15, 事项: 法院裁定, 对象: 普正华, 结果: 准予执行}\n"
    )
    assert "法院拒绝" in moments(history, "2026-10-14")
    assert "法院拒绝" not in moments(history, "2026-10-15")


@pytest.mark.parametrize(
    ("judgment", "performed_by"),
    [
        ("民事判决, 结果: 支持", None),
        ("民事判决, 结果: 支持, 生效日期: 2026-03-20", "03-20"),
        ("民事判决, 结果: 支持, 期限: 2026-04-01", None),
        ("民事判决, 结果: 支持, 期限: 2026-04-01, 生效日期: 2026-03-20", "04-01"),
        ("民事判决, 结果: 部分支持, 期限: 收到之日起10日, 生效日期: 2026-03-20", "03-30"),
        ("民事判决, 结果: 驳回诉讼请求", None),
        ("民事判决, 结果: 驳回起诉", None),
        ("民事判决, 结果: 不予受理", None),
        ("调解, 内容: 一周内送孩子返校", "03-02"),
    ],
)
def test_a_judgment_is_performed_by_the_day_that_it_sets(judgment, performed_by):
    history = ORDERED + f"- {{日期: 2026-03-02, 事项: {judgment}}}\n"
    assert moments(history, "2026-06-01").get("民事履行期满") == performed_by


def test_a_deferral_moves_the_last_day_of_payment_and_the_court_with_it():
    granted = DECIDED + (
        "- {日期: 2026-03-20, 事项: 批准延期分期, 对象: 普正华, 期限: 2026-10-31}\n"
    )
    later = moments(granted, "2026-04-01")
    assert (later["缴款期满"], later["起诉期满（未顺延）"]) == ("10-31", "10-31")
    shorter = moments(granted.replace("2026-10-31", "2026-03-22"), "2026-04-01")
    assert (shorter["缴款期满"], shorter["起诉期满（未顺延）"]) == ("03-25", "09-10")


def test_while_a_suit_is_open_or_was_dismissed_the_court_window_does_not_run():
    sued = DECIDED + "- {日期: 2026-04-01, 事项: 提起行政诉讼, 对象: 普正华}\n"
    assert "起诉期满（未顺延）" not in moments(sued, "2026-12-01")
    dismissed = sued + "- {日期: 2026-08-03, 事项: 行政判决, 对象: 普正华, 结果: 驳回诉讼请求}\n"
    assert "起诉期满（未顺延）" not in moments(dismissed, "2026-12-01")
    given_up = sued + "- {日期: 2026-08-03, 事项: 行政判决, 对象: 普正华, 结果: 撤诉}\n"
    assert "起诉期满（未顺延）" not in moments(given_up, "2026-12-01"), "nobody has settled it"


def test_a_deadline_fixed_by_date_is_the_end_whenever_the_order_is_served():
    case = docket(ORDERED, law_of("530499", CLAUSE), deadline="2026-02-10")
    record = case.progress(case.case.guardians[0], date(2026, 1, 20))
    assert (record.order.end, record.order.term) == (date(2026, 2, 10), None)
    assert (record.moments["责令期满"], "责令期满" in record.terms) == (date(2026, 2, 10), False)


def test_only_a_check_after_the_deadline_that_found_the_child_away_counts():
    end = "2026-01-23"
    for day, result, counts in (
        (end, "未返校", False),
        ("2026-01-24", "未返校", True),
        ("2026-01-24", "未见到", False),
    ):
        history = ORDERED + f"- {{日期: {day}, 事项: 核查, 结果: {result}}}\n"
        assert ("核查" in moments(history, "2026-02-01")) is counts, (day, result)


def test_of_several_checks_the_last_is_named():
    twice = ORDERED + (
        "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}\n"
        "- {日期: 2026-01-29, 事项: 核查, 结果: 未返校}\n"
    )
    assert moments(twice, "2026-02-01")["核查"] == "01-29"


def test_a_child_that_came_back_is_no_longer_absent_but_was_first_absent_that_day():
    back = ABSENT + "- {日期: 2026-02-02, 事项: 返校}\n"
    found = moments(back, "2026-02-10")
    assert (found["首次缺课"], found["返校"], "本次缺课" in found) == ("01-05", "02-02", False)
    again = moments(back + "- {日期: 2026-03-02, 事项: 再次缺课}\n", "2026-03-10")
    assert (again["首次缺课"], again["本次缺课"], "返校" in again) == ("01-05", "03-02", False)

"""The ladder from the first absence to the court: each step opens exactly when the law lets it."""

from datetime import date

import pytest

from kcbx_docs.papers.fill_facts import procedure_facts
from tests.procedure.world import (
    ABSENT,
    DECIDED,
    DEMANDED,
    FATHER,
    FILED,
    ORDERED,
    TOLD,
    docket,
    may,
    standing,
)

PAID = DECIDED + "- {日期: 2026-03-20, 事项: 缴纳罚款, 对象: 普正华, 金额: 500}\n"
APPLIED = DEMANDED + "- {日期: 2026-09-11, 事项: 申请强制执行, 对象: 普正华}\n"
RULED = APPLIED + "- {日期: 2026-09-21, 事项: 法院裁定, 对象: 普正华, 结果: 准予执行}\n"


@pytest.mark.parametrize(
    ("history", "day", "state"),
    [
        ("", "2026-01-06", "无缺课"),
        ("- {日期: 2026-01-05, 事项: 首次缺课}", "2026-01-06", "缺课"),
        (
            "- {日期: 2026-01-05, 事项: 首次缺课}\n- {日期: 2026-01-08, 事项: 劝返, 方式: 家访, 结果: 拒绝}",
            "2026-01-08",
            "劝返中",
        ),
        (ABSENT, "2026-01-12", "已报告"),
        (ORDERED, "2026-01-12", "责令待送达"),
        (ORDERED, "2026-01-23", "责令期内"),
        (ORDERED, "2026-01-24", "责令期满"),
        (FILED, "2026-02-02", "已立案"),
        (TOLD, "2026-03-09", "申辩期内"),
        (TOLD, "2026-03-10", "待决定"),
        (DECIDED, "2026-03-25", "缴款期内"),
        (DECIDED, "2026-03-26", "逾期未缴"),
        (PAID, "2026-03-26", "已缴清"),
        (DEMANDED, "2026-09-08", "催告期内"),
        (DEMANDED, "2026-09-09", "催告期满"),
        (APPLIED, "2026-09-12", "已申请执行"),
        (RULED, "2026-09-22", "法院执行中"),
        (
            RULED + "- {日期: 2026-10-12, 事项: 执行, 对象: 普正华, 结果: 执行完毕}",
            "2026-10-13",
            "执行完毕",
        ),
        (ORDERED + "- {日期: 2026-01-20, 事项: 返校}", "2026-01-21", "已返校"),
        (
            FILED + "- {日期: 2026-02-03, 事项: 不予处罚, 对象: 普正华, 原因: 已改正}",
            "2026-02-04",
            "不予处罚",
        ),
        (
            ORDERED
            + "- {日期: 2026-01-20, 事项: 返校}\n- {日期: 2026-01-30, 事项: 结案, 结果: 返校}",
            "2026-02-04",
            "已结案",
        ),
        (ORDERED + "- {日期: 2026-01-30, 事项: 中止, 原因: 孩子住院}", "2026-02-04", "中止"),
        (
            DECIDED + "- {日期: 2026-04-01, 事项: 申请行政复议, 对象: 普正华}",
            "2026-04-02",
            "复议诉讼中",
        ),
        (
            DECIDED + "- {日期: 2026-04-01, 事项: 申请行政复议, 对象: 普正华}\n"
            "- {日期: 2026-05-20, 事项: 复议决定, 对象: 普正华, 结果: 撤销}",
            "2026-05-21",
            "处罚已撤销",
        ),
        (
            ORDERED + "- {日期: 2026-02-02, 事项: 起诉, 对象: 普正华, 法院: 云岭县人民法院}",
            "2026-02-03",
            "民事诉讼中",
        ),
    ],
)
def test_every_state_has_its_first_and_last_day(history: str, day: str, state: str) -> None:
    assert standing(history, day).state == state


@pytest.mark.parametrize(
    ("document", "history", "last_no", "first_yes"),
    [
        (
            "case-filing",
            ORDERED + "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}",
            "2026-01-23",
            "2026-01-26",
        ),
        ("penalty-decision", TOLD, "2026-03-09", "2026-03-10"),
        ("demand-letter", DECIDED, "2026-03-25", "2026-03-26"),
        ("enforcement-application", DEMANDED, "2026-09-10", "2026-09-11"),
    ],
)
def test_each_paper_opens_on_its_day_and_not_before(
    document: str, history: str, last_no: str, first_yes: str
) -> None:
    assert may(document, last_no, history).verdict == "禁止"
    assert may(document, first_yes, history).verdict in ("通过", "提醒")


def test_every_step_of_the_ladder_says_its_earliest_and_latest_day() -> None:
    waiting = standing(DECIDED, "2026-08-01")
    demand, court = waiting.option("demand"), waiting.option("application")
    assert demand and demand.allowed and demand.latest and demand.latest.day == date(2026, 11, 25)
    assert court and not court.allowed
    assert court.earliest and court.earliest.day == date(2026, 9, 11)
    assert court.latest and court.latest.day == date(2026, 12, 10)


def test_what_forbids_a_step_comes_with_its_article() -> None:
    court = standing(DEMANDED, "2026-09-01").option("application")
    assert court
    told = [str(f) for f in court.reasons]
    assert any(
        "起诉期限到 2026年9月10日，2026年9月11日 起才可以申请法院执行" in line
        and "《行政强制法》第五十三条" in line
        for line in told
    )
    assert any(
        "期限到 2026年9月8日 为止" in line and "《行政强制法》第六十九条" in line for line in told
    )


def test_the_dates_of_law_facts_stand_in_the_papers() -> None:
    told = procedure_facts(docket(DEMANDED), FATHER, date(2026, 9, 11))
    assert told.order.deadline == date(2026, 1, 23)
    assert told.notice.window_end == date(2026, 3, 9)
    assert told.decision.pay_by == date(2026, 3, 25)
    assert told.decision.latest == date(2026, 4, 27)
    assert told.remedies.decision.review_end == date(2026, 5, 9)
    assert told.remedies.decision.suit_end == date(2026, 9, 10)
    assert told.demand.ends == date(2026, 9, 8)
    assert told.demand.latest_service == date(2026, 11, 25)
    assert (told.court.earliest, told.court.latest) == (date(2026, 9, 11), date(2026, 12, 10))


def test_what_is_due_is_listed_with_the_nearest_first() -> None:
    due = [(d.what, d.by.isoformat(), d.bound) for d in standing(DECIDED, "2026-03-20").due]
    assert ("缴纳罚款", "2026-03-25", "当事人") in due
    assert ("申请行政复议", "2026-05-09", "当事人") in due
    assert ("申请法院强制执行", "2026-12-10", "机关") in due


def test_instalments_move_the_start_of_the_courts_window() -> None:
    granted = DECIDED + (
        "- {日期: 2026-03-20, 事项: 申请延期分期, 对象: 普正华}\n"
        "- {日期: 2026-03-23, 事项: 批准延期分期, 对象: 普正华, 期限: 2026-10-31}\n"
    )
    assert standing(granted, "2026-04-10").state == "缴款期内"
    demand = may("demand-letter", "2026-10-31", granted)
    assert demand.verdict == "禁止"
    court = standing(granted, "2026-11-02").option("application")
    assert court and court.latest and court.latest.day == date(2027, 1, 31)


def test_an_officers_application_after_the_window_needs_a_reason() -> None:
    late = may("enforcement-application", "2026-12-11", DEMANDED)
    assert late.verdict == "须说明理由"
    assert [f.code for f in late.of("须说明理由")] == ["PROC314"]
    assert may("enforcement-application", "2026-12-10", DEMANDED).verdict in ("通过", "提醒")

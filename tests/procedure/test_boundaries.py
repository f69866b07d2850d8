"""Both sides of every boundary that is not already a trap or a rung of the ladder;
years without a calendar.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kcbx_docs.papers.fill_facts import procedure_facts
from kcbx_docs.procedure.standing import stand
from tests.procedure.world import (
    CLAUSE,
    DECIDED,
    DEMANDED,
    FATHER,
    FILED,
    MOTHER,
    ORDERED,
    TOLD,
    codes,
    docket,
    law_of,
    may,
    standing,
)

REFUSED = TOLD + "- {日期: 2026-03-05, 事项: 要求听证, 对象: 普正华}\n"


@pytest.mark.parametrize(
    ("fine", "verdict"), [("99.99", "PROC252"), ("100", ""), ("1000", ""), ("1000.01", "PROC251")]
)
def test_the_fine_keeps_to_its_range(fine: str, verdict: str) -> None:
    found = codes(may("penalty-notice", "2026-03-02", TOLD.replace("金额: 500", f"金额: {fine}")))
    assert [c for c in found if c in ("PROC251", "PROC252")] == ([verdict] if verdict else [])


@pytest.mark.parametrize(("day", "late"), [("2026-04-27", False), ("2026-04-28", True)])
def test_a_decision_after_ninety_days_needs_a_reason(day: str, late: bool) -> None:
    looked = "- {日期: 2026-04-20, 事项: 核查, 结果: 未返校, 承办人: [普文清, 段晓岚]}\n"
    decision = may("penalty-decision", day, TOLD + looked)
    assert ("PROC255" in codes(decision, "须说明理由")) is late
    assert decision.verdict == ("须说明理由" if late else "提醒")


@pytest.mark.parametrize(
    ("day", "codes_wanted"),
    [
        ("2026-04-12", set()),
        ("2026-04-14", {"PROC281"}),
        ("2026-04-17", {"PROC281"}),
        ("2026-04-20", {"PROC280"}),
    ],
)
def test_a_notice_must_leave_room_before_day_ninety(day: str, codes_wanted: set[str]) -> None:
    assert {*codes(may("penalty-notice", day, FILED))} & {"PROC280", "PROC281"} == codes_wanted


@pytest.mark.parametrize(("day", "over"), [("2028-02-02", False), ("2028-02-03", True)])
def test_two_years_after_the_return_nothing_is_punished(day: str, over: bool) -> None:
    back = FILED + "- {日期: 2026-02-02, 事项: 返校}\n"
    assert ("PROC254" in codes(may("case-filing", day, back), "禁止")) is over


@pytest.mark.parametrize(("fine", "over"), [("200", False), ("200.01", True)])
def test_the_cap_of_a_fine_on_the_spot(fine: str, over: bool) -> None:
    history = ORDERED + (
        "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}\n"
        f"- {{日期: 2026-01-27, 事项: 当场处罚, 对象: 普正华, 承办人: [普文清, 段晓岚], 金额: {fine}}}\n"
    )
    assert ("PROC278" in codes(may("spot-decision", "2026-01-27", history), "禁止")) is over


def test_a_fine_on_the_spot_counts_as_handed_over() -> None:
    history = ORDERED + "- {日期: 2026-01-27, 事项: 当场处罚, 对象: 普正华, 金额: 200}\n"
    told = standing(history, "2026-01-28")
    assert told.state == "缴款期内"
    assert told.progress.enforcement and told.progress.enforcement.pay_by == date(2026, 2, 11)


@pytest.mark.parametrize(
    ("asked", "code", "verdict"),
    [("2026-03-09", "PROC266", "禁止"), ("2026-03-10", "PROC267", "须说明理由")],
)
def test_a_hearing_is_asked_for_within_five_working_days(
    asked: str, code: str, verdict: str
) -> None:
    history = REFUSED.replace("2026-03-05, 事项: 要求听证", f"{asked}, 事项: 要求听证")
    assert code in codes(may("penalty-decision", "2026-03-20", history), verdict)


def test_a_hearing_that_was_given_up_holds_nothing_back() -> None:
    given_up = REFUSED + "- {日期: 2026-03-06, 事项: 放弃听证, 对象: 普正华}\n"
    assert "PROC266" not in codes(may("penalty-decision", "2026-03-10", given_up))


@pytest.mark.parametrize(("told", "late"), [("2026-03-11", False), ("2026-03-12", True)])
def test_a_hearing_is_announced_seven_working_days_ahead(told: str, late: bool) -> None:
    held = REFUSED + (
        f"- {{日期: {told}, 事项: 制发, 文书: 听证通知书, 对象: 普正华}}\n"
        f"- {{日期: {told}, 事项: 送达, 文书: 听证通知书, 对象: 普正华, 方式: 直接}}\n"
        "- {日期: 2026-03-20, 事项: 听证, 对象: 普正华}\n"
        "- {日期: 2026-03-23, 事项: 法制审核, 结果: 同意}\n"
    )
    assert ("PROC269" in codes(may("penalty-decision", "2026-03-24", held), "须说明理由")) is late


@pytest.mark.parametrize(
    ("review", "code"),
    [
        ("", "PROC271"),
        ("- {日期: 2026-03-23, 事项: 法制审核, 结果: 退回补充}\n", "PROC272"),
        ("- {日期: 2026-03-23, 事项: 法制审核, 结果: 同意}\n", ""),
    ],
)
def test_after_a_hearing_the_legal_review_must_agree(review: str, code: str) -> None:
    held = REFUSED + "- {日期: 2026-03-20, 事项: 听证, 对象: 普正华}\n" + review
    found = [
        c
        for c in codes(may("penalty-decision", "2026-03-24", held), "禁止")
        if c in ("PROC271", "PROC272")
    ]
    assert found == ([code] if code else [])


@pytest.mark.parametrize(
    ("on", "days", "surcharge", "capped"),
    [
        ("2026-03-25", 0, "0", False),
        ("2026-03-26", 1, "15", False),
        ("2026-04-27", 33, "495", False),
        ("2026-04-28", 34, "500", True),
        ("2026-09-11", 170, "500", True),
    ],
)
def test_the_surcharge_grows_by_three_percent_up_to_the_fine(
    on: str, days: int, surcharge: str, capped: bool
) -> None:
    debt = procedure_facts(docket(DECIDED), FATHER, date.fromisoformat(on)).debt
    assert (debt.days_late, debt.surcharge, debt.capped) == (days, Decimal(surcharge), capped)
    assert debt.total == 500 + Decimal(surcharge) and debt.daily == 15


def test_the_surcharge_stands_still_during_review() -> None:
    contested = DECIDED + (
        "- {日期: 2026-04-01, 事项: 申请行政复议, 对象: 普正华}\n"
        "- {日期: 2026-05-20, 事项: 复议决定, 对象: 普正华, 结果: 维持}\n"
    )
    debt = procedure_facts(docket(contested), FATHER, date(2026, 5, 25)).debt
    assert (debt.days_late, debt.surcharge) == (11, Decimal(165)), "26–31 March and 21–25 May"
    refused = contested.replace("维持", "不予受理")
    assert procedure_facts(docket(refused), FATHER, date(2026, 5, 25)).debt.capped


def test_after_a_review_the_suit_period_is_fifteen_days_from_its_decision() -> None:
    contested = DEMANDED.replace("2026-08-25", "2026-06-01") + (
        "- {日期: 2026-04-01, 事项: 申请行政复议, 对象: 普正华}\n"
        "- {日期: 2026-05-20, 事项: 复议决定, 对象: 普正华, 结果: 维持}\n"
    )
    court = standing(contested, "2026-06-16").option("application")
    assert court and court.allowed and court.earliest and court.earliest.day == date(2026, 6, 16)
    assert court.latest and court.latest.day == date(2026, 9, 4), "4 June unrolled and three months"


def test_a_part_payment_lowers_what_the_surcharge_runs_on() -> None:
    part = DECIDED + "- {日期: 2026-04-04, 事项: 缴纳罚款, 对象: 普正华, 金额: 400}\n"
    debt = procedure_facts(docket(part), FATHER, date(2026, 4, 14)).debt
    assert debt.surcharge == 10 * 15 + 10 * 3
    assert (debt.fine_left, debt.surcharge_left, debt.total) == (
        Decimal(100),
        Decimal(180),
        Decimal(280),
    )


@pytest.mark.parametrize(
    ("paid", "day", "amount", "stopped"),
    [
        (200, "2026-04-27", 297, False),
        (200, "2026-04-28", 300, True),
        (200, "2026-06-30", 300, True),
        (500, "2026-06-30", 0, False),
    ],
)
def test_after_a_part_payment_in_time_the_surcharge_stops_at_the_unpaid_part(
    paid: int, day: str, amount: int, stopped: bool
) -> None:
    part = DECIDED + f"- {{日期: 2026-03-20, 事项: 缴纳罚款, 对象: 普正华, 金额: {paid}}}\n"
    debt = procedure_facts(docket(part), FATHER, date.fromisoformat(day)).debt
    assert (debt.surcharge, debt.capped) == (Decimal(amount), stopped)


def test_a_fine_paid_late_still_owes_its_surcharge() -> None:
    late = DECIDED + "- {日期: 2026-03-27, 事项: 缴纳罚款, 对象: 普正华, 金额: 500}\n"
    assert standing(late, "2026-03-28").state == "逾期未缴"
    assert "PROC308" in codes(may("demand-letter", "2026-03-28", late), "提醒")
    assert (
        standing(
            late + "- {日期: 2026-03-28, 事项: 缴纳罚款, 对象: 普正华, 金额: 30}", "2026-03-28"
        ).state
        == "已缴清"
    )


@pytest.mark.parametrize(("day", "enough"), [("2026-11-25", True), ("2026-11-26", False)])
def test_the_last_useful_day_of_a_demand(day: str, enough: bool) -> None:
    assert ("PROC316" in codes(may("demand-letter", day, DECIDED), "须说明理由")) is not enough


def test_an_open_suit_stops_demand_and_application() -> None:
    sued = (
        DEMANDED + "- {日期: 2026-09-01, 事项: 提起行政诉讼, 对象: 普正华, 法院: 云岭县人民法院}\n"
    )
    for document in ("demand-letter", "enforcement-application"):
        assert "PROC303" in codes(may(document, "2026-10-12", sued), "禁止")
    annulled = sued + "- {日期: 2026-11-02, 事项: 行政判决, 对象: 普正华, 结果: 撤销}\n"
    assert "PROC459" in codes(may("enforcement-application", "2026-11-17", annulled), "禁止")
    assert "PROC302" in codes(may("enforcement-application", "2026-11-18", annulled), "禁止")


def test_each_guardian_has_a_record_of_his_own() -> None:
    history = TOLD + (
        "- {日期: 2026-01-20, 事项: 送达, 文书: 责令限期改正通知书, 对象: 李桂仙, 方式: 直接}\n"
    )
    told = stand(docket(history, guardians=(FATHER, MOTHER)), date(2026, 3, 10))
    assert [(g.guardian, g.state) for g in told.guardians] == [
        (FATHER, "待决定"),
        (MOTHER, "责令期满"),
    ]
    assert told.guardians[1].progress.order.end == date(2026, 1, 30)  # type: ignore[union-attr]


def test_a_refusal_by_the_court_can_be_reviewed_for_fifteen_days() -> None:
    refused = DEMANDED + (
        "- {日期: 2026-09-11, 事项: 申请强制执行, 对象: 普正华}\n"
        "- {日期: 2026-09-17, 事项: 法院受理, 对象: 普正华, 结果: 不予受理}\n"
    )
    told = standing(refused, "2026-09-18")
    assert told.state == "法院不准执行"
    review = told.option("court-review")
    assert review and review.latest and review.latest.day == date(2026, 10, 2)
    taken = standing(refused.replace("不予受理", "受理"), "2026-09-18")
    assert taken.state == "已申请执行"
    assert [(d.what, d.by) for d in taken.due if d.bound == "法院"] == [
        ("法院裁定", date(2026, 9, 28))
    ]


@pytest.mark.parametrize(("result", "offered"), [("支持", True), ("驳回起诉", False)])
def test_a_judgment_can_be_enforced_for_two_years(result: str, offered: bool) -> None:
    judged = ORDERED + (
        "- {日期: 2026-02-02, 事项: 起诉, 法院: 云岭县人民法院}\n"
        f"- {{日期: 2026-03-02, 事项: 民事判决, 结果: {result}, 期限: 收到之日起5日, "
        f"生效日期: 2026-03-02}}\n"
    )
    option = standing(judged, "2026-03-10").option("civil-execution")
    assert bool(option) is offered
    if option:
        assert (option.earliest.day, option.latest.day) == (date(2026, 3, 10), date(2028, 3, 9))  # type: ignore[union-attr]


# ---- years without a calendar (design 6.5)
# ------------------------------------------------------------

WINTER = TOLD.replace("2026-03-02", "2026-12-30").replace(
    "2026-01-27, 事项: 立案", "2026-12-21, 事项: 立案"
)


def test_working_days_into_an_unknown_year_are_refused_with_the_file_name() -> None:
    decision = may("penalty-decision", "2027-02-01", WINTER)
    told = [f for f in decision.of("禁止") if f.code == "PROC200"]
    assert told and "2027.yaml" in told[0].reason and "kcbx calendar add 2027" in told[0].reason
    assert not standing(WINTER, "2027-02-01").option("decision").allowed  # type: ignore[union-attr]


def test_calendar_days_into_an_unknown_year_are_given_unrolled_and_say_so() -> None:
    late = DECIDED.replace("2026-03-10, 事项: 处罚决定", "2026-12-30, 事项: 处罚决定").replace(
        "2026-03-10, 事项: 送达, 文书: 行政处罚决定书",
        "2026-12-30, 事项: 送达, 文书: 行政处罚决定书",
    )
    paid = next(d for d in standing(late, "2026-12-31").due if d.what == "缴纳罚款")
    assert paid.by == date(2027, 1, 14)
    review = next(d for d in standing(late, "2026-12-31").due if d.rule == "review-60")
    assert "CAL002" in [w.code for w in review.warnings]


def test_a_waiver_needs_no_calendar() -> None:
    waived = WINTER + "- {日期: 2026-12-31, 事项: 放弃陈述申辩, 对象: 普正华}\n"
    assert "PROC200" not in codes(may("penalty-decision", "2027-01-04", waived))


def test_the_states_go_on_without_a_calendar() -> None:
    assert standing(WINTER, "2027-02-01").state == "申辩期内"
    assert standing(ORDERED.replace("2026-01-1", "2026-12-2"), "2027-03-01").state == "责令期满"


def test_an_order_with_a_fixed_day_or_in_working_days() -> None:
    fixed = standing(ORDERED, "2026-01-14", deadline="2026-01-20").progress.order
    counted = standing(ORDERED, "2026-01-14", deadline="收到之日起5个工作日").progress.order
    assert fixed and fixed.end == date(2026, 1, 20)
    assert counted and counted.end == date(2026, 1, 20)
    assert standing(ORDERED, "2026-02-14", deadline="收到之日起1个月").progress.order.end == date(
        2026, 2, 13
    )  # type: ignore[union-attr]


def test_a_place_may_lengthen_but_not_shorten_a_partys_period() -> None:
    law = law_of("530499", CLAUSE)
    for days, end in ((20, date(2026, 3, 30)), (10, date(2026, 3, 25))):
        local = replace(law, pack=law.pack.model_copy(update={"periods": {"pay-15": str(days)}}))
        assert standing(DECIDED, "2026-03-11", local).progress.enforcement.pay_by == end  # type: ignore[union-attr]
    three = replace(law, pack=law.pack.model_copy(update={"periods": {"defence-window": "3"}}))
    assert standing(TOLD, "2026-03-03", three).progress.window.end == date(2026, 3, 5)  # type: ignore[union-attr]

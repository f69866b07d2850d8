"""Each check at its edge: the day and the case on which it still speaks and no longer does."""

from dataclasses import replace

import pytest

from tests.procedure.world import (
    ABSENT,
    CLAUSE,
    DECIDED,
    DEMANDED,
    EXAMINED,
    FATHER,
    FILED,
    MADE,
    ORDERED,
    PEOPLE,
    TOLD,
    codes,
    law_of,
    may,
)

CHECKED = ORDERED + "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}\n"


def event(day, kind, more="", who="普正华"):
    return f"- {{日期: 2026-{day}, 事项: {kind}, 对象: {who}{more}}}\n"


def speaks(code, document, day, history, law=None, **changes):
    return code in codes(may(document, f"2026-{day}", history, law, **changes))


@pytest.mark.parametrize(
    ("result", "asked"),
    [("同意返校", True), ("已返校", True), ("拒绝", False), ("未见到", False), ("未表态", False)],
)
def test_a_report_follows_a_visit_that_did_not_succeed(result, asked):
    history = ABSENT.replace("结果: 拒绝", f"结果: {result}")
    assert speaks("PROC226", "dropout-report", "01-12", history) is asked
    later = history + event("01-10", "劝返", ", 方式: 家访, 结果: 拒绝")
    assert speaks("PROC226", "dropout-report", "01-12", later) is False, "the last visit counts"


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [("结案", ", 结果: 其他", "PROC248"), ("中止", ", 原因: 住院", "PROC249")],
)
def test_a_case_ends_after_the_day_of_its_close_or_suspension(kind, more, code):
    history = CHECKED + event("02-02", kind, more)
    assert not speaks(code, "case-filing", "02-02", history)
    assert speaks(code, "case-filing", "02-03", history)


@pytest.mark.parametrize(("resumed", "stopped"), [("02-01", True), ("02-02", False)])
def test_a_case_goes_on_from_the_day_of_its_resumption(resumed, stopped):
    history = CHECKED + event("02-02", "中止", ", 原因: 住院") + event(resumed, "恢复")
    assert speaks("PROC249", "case-filing", "02-05", history) is stopped


@pytest.mark.parametrize(("day", "asked"), [("01-23", False), ("01-24", True)])
def test_after_the_deadline_somebody_must_look(day, asked):
    assert speaks("PROC246", "case-filing", day, ORDERED) is asked


@pytest.mark.parametrize(("end", "useless"), [("2026-01-13", True), ("2026-01-14", False)])
def test_an_order_whose_deadline_is_the_day_of_its_service_gives_no_time(end, useless):
    assert speaks("PROC244", "case-filing", "02-02", CHECKED, deadline=end) is useless


@pytest.mark.parametrize(
    ("returned", "code"), [("01-23", "PROC212"), ("01-24", "PROC213"), ("01-20", "PROC212")]
)
def test_back_on_the_last_day_obeyed_the_order_and_a_day_later_did_not(returned, code):
    found = codes(may("case-filing", "2026-02-02", ORDERED + event(returned, "返校")))
    assert [c for c in found if c in ("PROC212", "PROC213")] == [code]


@pytest.mark.parametrize(
    ("failed", "where", "asked"),
    [
        ("", "", True),
        (", 结果: 未送达, 原因: 不在", "", False),
        ("", "下落: 下落不明, ", False),
        ("", "下落: 外出, ", True),
    ],
)
def test_a_public_notice_comes_when_all_else_failed_or_nobody_knows_where(failed, where, asked):
    history = MADE
    if failed:
        history += event("01-13", "送达", f", 文书: 责令限期改正通知书, 方式: 直接{failed}")
    person = PEOPLE[FATHER].replace("住址", f"{where}住址")
    assert speaks("PROC247", "public-notice", "01-20", history, guardians=(person,)) is asked


def test_reasons_need_evidence_except_the_age_that_the_birth_tells():
    assert speaks("PROC216", "order-to-correct", "01-12", ABSENT)
    age_only = "{未到入学年龄: 否}"
    assert not speaks("PROC216", "order-to-correct", "01-12", ABSENT, exclusions=age_only)
    assert speaks("PROC215", "order-to-correct", "01-12", ABSENT, exclusions=age_only)
    assert not speaks("PROC215", "order-to-correct", "01-12", ABSENT, exclusions=EXAMINED)


# ---- officers ----


@pytest.mark.parametrize(
    ("officers", "asked"),
    [
        ("[普文清, 段晓岚]", False),
        ("[普文清]", True),
        ("[普文清, 罗玉芬]", True),
        ("[普文清, 段晓岚, 罗玉芬]", False),
        ("", False),
    ],
)
def test_two_officers_with_certificates_take_down_an_interview(officers, asked):
    more = f", 承办人: {officers}" if officers else ""
    history = FILED + event("02-02", "询问", more)
    assert speaks("PROC205", "interview-record", "02-02", history) is asked
    assert not speaks("PROC205", "interview-record", "02-03", history), "it is of another day"


@pytest.mark.parametrize(("certified", "refused"), [(0, True), (1, True), (2, False)])
def test_an_office_needs_two_officers_with_certificates(certified, refused):
    law = law_of("530499", CLAUSE)
    officers = tuple(
        one if number < certified else one.model_copy(update={"certificate": ""})
        for number, one in enumerate(law.workspace.officers)
    )
    few = replace(law, workspace=law.workspace.model_copy(update={"officers": officers}))
    answer = may("case-filing", "2026-02-02", CHECKED, few)
    assert ("PROC204" in codes(answer, "禁止")) is refused
    if certified == 1:
        told = next(f.reason for f in answer.findings if f.code == "PROC204")
        assert "段晓岚没有写证号" in told and "普文清" not in told


# ---- after the decision ----


@pytest.mark.parametrize(
    ("period", "short"),
    [
        ("2026-03-24", True),
        ("2026-03-25", False),
        ("收到之日起14日", True),
        ("收到之日起15日", False),
        ("收到之日起1个月", False),
    ],
)
def test_a_decision_leaves_at_least_the_time_of_the_law_for_payment(period, short):
    history = DECIDED.replace(
        "1号, 金额: 500}\n- {日期: 2026-03-10, 事项: 送达",
        f"1号, 金额: 500, 期限: {period}}}\n- {{日期: 2026-03-10, 事项: 送达",
    )
    assert period in history
    assert speaks("PROC309", "penalty-decision", "03-10", history) is short


@pytest.mark.parametrize(("day", "early"), [("08-09", True), ("08-10", False)])
def test_a_demand_more_than_a_month_before_the_end_of_the_suit_period_is_early(day, early):
    assert speaks("PROC317", "demand-letter", day, DECIDED) is early


@pytest.mark.parametrize(("day", "over"), [("12-10", False), ("12-11", True)])
def test_the_court_is_asked_by_the_last_day_of_its_window(day, over):
    assert speaks("PROC314", "enforcement-application", day, DEMANDED) is over


@pytest.mark.parametrize(("said", "asked"), [("08-24", False), ("08-25", True), ("09-01", True)])
def test_what_was_said_to_the_demand_is_answered(said, asked):
    history = DEMANDED + event(said, "陈述申辩", ", 内容: 没钱")
    assert speaks("PROC319", "enforcement-application", "09-11", history) is asked


@pytest.mark.parametrize(
    ("day", "court", "asked"),
    [
        ("09-11", "", False),
        ("09-12", "", True),
        ("09-20", event("09-15", "法院受理", ", 结果: 不予受理"), False),
        ("09-20", event("09-15", "法院受理", ", 结果: 受理"), True),
    ],
)
def test_the_court_is_asked_once_unless_it_did_not_take_the_case(day, court, asked):
    history = DEMANDED + event("09-11", "申请强制执行") + court
    assert speaks("PROC320", "enforcement-application", day, history) is asked


@pytest.mark.parametrize(
    ("history", "codes_found"),
    [
        (DECIDED, ["PROC326"]),
        (DECIDED + event("03-20", "缴纳罚款", ", 金额: 500"), ["PROC327"]),
        (DECIDED + event("03-20", "缴纳罚款", ", 金额: 500") + event("03-23", "返校"), []),
        (DEMANDED + event("10-12", "执行", ", 结果: 执行完毕"), ["PROC327"]),
        (DEMANDED + event("10-12", "执行", ", 结果: 终结执行"), ["PROC327"]),
        (DEMANDED + event("10-12", "执行", ", 结果: 终结本次执行"), ["PROC326"]),
        (DEMANDED + event("10-12", "执行", ", 结果: 部分执行"), ["PROC326"]),
        (
            DECIDED
            + event("04-01", "申请行政复议")
            + event("05-06", "复议决定", ", 结果: 撤销")
            + event("05-11", "返校"),
            [],
        ),
        (CHECKED, ["PROC327"]),
        (CHECKED + event("02-02", "返校"), []),
    ],
)
def test_a_case_is_closed_when_nothing_is_owed_and_the_child_is_back(history, codes_found):
    found = codes(may("case-close", "2026-10-20", history))
    assert [code for code in found if code in ("PROC326", "PROC327")] == codes_found


@pytest.mark.parametrize(("amount", "owed"), [(", 金额: 1", True), ("", False)])
def test_one_yuan_is_owed_and_a_fine_without_amount_is_none(amount, owed):
    history = DECIDED.replace("1号, 金额: 500}", f"1号{amount}}}")
    assert speaks("PROC326", "case-close", "10-20", history) is owed


def test_a_lawful_reason_closes_a_case_too():
    moved = EXAMINED.replace("转学: 否", "转学: 是")
    assert not speaks("PROC327", "case-close", "02-05", CHECKED, exclusions=moved)


@pytest.mark.parametrize(("paid", "left"), [("500", True), ("515", False), ("499.99", False)])
def test_what_is_left_after_the_fine_is_paid_late_is_the_surcharge(paid, left):
    history = DECIDED + event("03-26", "缴纳罚款", f", 金额: {paid}")
    assert speaks("PROC308", "demand-letter", "04-10", history) is left


# ---- other routes ----


@pytest.mark.parametrize(
    ("history", "code"),
    [
        ("- {日期: 2026-01-05, 事项: 首次缺课}\n", "PROC332"),
        (ABSENT, "PROC333"),
        (ORDERED, "PROC333"),
        (MADE, "PROC333"),
    ],
)
def test_a_suit_is_against_who_refused(history, code):
    found = codes(may("civil-complaint", "2026-01-20", history))
    assert [c for c in found if c in ("PROC332", "PROC333")] == [code]
    assert not {"PROC332", "PROC333"} & {*codes(may("civil-complaint", "2026-01-24", ORDERED))}


@pytest.mark.parametrize(
    ("day", "ended", "open_"),
    [
        ("02-02", "", False),
        ("02-03", "", True),
        ("02-10", event("02-02", "撤诉"), False),
        ("02-10", event("02-05", "民事判决", ", 结果: 支持"), False),
        ("02-10", event("02-05", "调解", ", 内容: 返校"), False),
        ("02-10", event("02-01", "撤诉"), True),
    ],
)
def test_one_suit_at_a_time(day, ended, open_):
    history = CHECKED + event("02-02", "起诉") + ended
    assert speaks("PROC334", "civil-complaint", day, history) is open_


@pytest.mark.parametrize(
    ("organ", "wrong"),
    [
        ("云岭县民政局", False),
        ("白沙村民委员会", False),
        ("青石中学", False),
        ("青石镇人民政府", True),
    ],
)
def test_a_suggestion_goes_to_somebody_who_may_apply(organ, wrong):
    history = CHECKED + event("02-02", "建议撤销监护人资格", f", 机关: {organ}, 原因: 虐待")
    assert speaks("PROC338", "guardianship-suggestion", "02-02", history) is wrong


@pytest.mark.parametrize(
    ("day", "more", "asked"),
    [("02-02", ", 原因: 虐待", False), ("02-03", ", 原因: 虐待", True), ("02-02", "", True)],
)
def test_a_suggestion_rests_on_a_grave_ground_of_that_day(day, more, asked):
    history = CHECKED + event("02-02", "建议撤销监护人资格", f", 机关: 县民政局{more}")
    assert speaks("PROC337", "guardianship-suggestion", day, history) is asked


@pytest.mark.parametrize(("day", "asked"), [("02-02", False), ("02-03", True)])
def test_a_referral_is_of_the_day_of_its_event(day, asked):
    history = CHECKED + event("02-02", "移送", ", 机关: 县人社局, 原因: 用工")
    assert speaks("PROC339", "referral", day, history) is asked


# ---- the penalty ----


@pytest.mark.parametrize(
    ("kind", "day", "asked"),
    [("处罚决定", "03-10", False), ("处罚决定", "03-11", True), ("当场处罚", "03-11", True)],
)
def test_one_refusal_is_fined_once(kind, day, asked):
    history = TOLD + event("03-10", kind, ", 金额: 100, 文号: 1号")
    assert speaks("PROC274", "penalty-decision", day, history) is asked


@pytest.mark.parametrize(("result", "asked"), [("撤销", False), ("确认违法", True), ("维持", True)])
def test_a_fine_that_was_taken_away_may_be_set_anew(result, asked):
    history = (
        DECIDED + event("04-01", "申请行政复议") + event("05-06", "复议决定", f", 结果: {result}")
    )
    assert speaks("PROC274", "penalty-decision", "05-11", history) is asked


@pytest.mark.parametrize(
    ("defence", "asked"),
    [
        (event("03-05", "陈述申辩", ", 内容: 没钱"), True),
        (event("03-05", "陈述申辩", ", 内容: 没钱, 结果: 不采纳"), False),
        (event("03-02", "陈述申辩", ", 内容: 没钱"), True),
        (event("03-01", "陈述申辩", ", 内容: 没钱"), False),
    ],
)
def test_every_defence_after_the_notice_is_answered(defence, asked):
    assert speaks("PROC259", "penalty-decision", "03-10", TOLD + defence) is asked


@pytest.mark.parametrize(("fine", "heavier"), [("500", False), ("500.01", True), ("400", False)])
def test_the_fine_is_not_above_the_one_that_was_told(fine, heavier):
    history = TOLD + event("03-10", "处罚决定", f", 金额: {fine}")
    assert speaks("PROC260", "penalty-decision", "03-10", history) is heavier


@pytest.mark.parametrize(("day", "asked"), [("03-09", False), ("03-10", True)])
def test_a_case_that_ended_without_a_penalty_is_over(day, asked):
    history = TOLD + event("03-09", "不予处罚", ", 原因: 已改正")
    assert speaks("PROC275", "penalty-decision", day, history) is asked


@pytest.mark.parametrize(
    ("review", "code"),
    [("同意", None), ("不同意", "PROC272"), ("退回补充", "PROC272"), ("", None)],
)
def test_only_a_review_that_agrees_opens_the_decision(review, code):
    history = TOLD + (event("03-09", "法制审核", f", 结果: {review}") if review else "")
    found = codes(may("penalty-decision", "2026-03-10", history))
    assert [c for c in found if c in ("PROC271", "PROC272")] == ([code] if code else [])

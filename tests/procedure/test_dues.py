"""What is due, until when, and for whom:
the list that ``kcbx deadlines`` and the calendar are made of.
"""

from datetime import date

import pytest

from kcbx_docs.procedure.standing import stand
from tests.procedure.world import (
    ABSENT,
    DECIDED,
    DEMANDED,
    FATHER,
    FILED,
    MADE,
    MOTHER,
    ORDERED,
    TOLD,
    docket,
)

REFUSED = DEMANDED + (
    "- {日期: 2026-09-11, 事项: 申请强制执行, 对象: 普正华}\n"
    "- {日期: 2026-09-21, 事项: 法院裁定, 对象: 普正华, 结果: 不准予执行}\n"
)
COURT = ("申请法院强制执行", "12-10", "机关")
SUIT = ("提起行政诉讼", "09-10", "当事人")
DEMAND = ("催告书送达", "11-25", "机关")
NINETY = ("立案到处罚决定", "04-27", "机关")


def due(history, day, **changes):
    (first, *_) = stand(docket(history, **changes), date.fromisoformat(f"2026-{day}")).guardians
    return first.due


@pytest.mark.parametrize(
    ("history", "day", "wanted"),
    [
        (ABSENT, "01-12", []),
        (MADE, "01-20", []),
        (ORDERED, "01-23", [("改正期限", "01-23", "当事人")]),
        (ORDERED, "01-24", []),
        (FILED, "02-02", [NINETY]),
        (
            TOLD,
            "03-09",
            [NINETY, ("陈述申辩", "03-09", "当事人"), ("申请听证", "03-09", "当事人")],
        ),
        (TOLD, "03-10", [NINETY]),
        (
            DECIDED,
            "03-25",
            [
                ("缴纳罚款", "03-25", "当事人"),
                DEMAND,
                ("申请行政复议", "05-09", "当事人"),
                SUIT,
                COURT,
            ],
        ),
        (DECIDED, "05-09", [DEMAND, COURT, ("申请行政复议", "05-09", "当事人"), SUIT]),
        (DECIDED, "05-10", [DEMAND, COURT, SUIT]),
        (DECIDED, "09-10", [DEMAND, COURT, SUIT]),
        (DECIDED, "09-11", [DEMAND, COURT]),
        (DEMANDED, "09-08", [COURT, ("催告后履行", "09-08", "当事人"), SUIT]),
        (DEMANDED, "09-09", [COURT, SUIT]),
        (REFUSED, "10-01", [("对不予受理裁定申请复议", "10-06", "机关")]),
    ],
)
def test_each_day_has_its_duties_and_nothing_else(history, day, wanted):
    found = [(d.what, f"{d.by:%m-%d}", d.bound) for d in due(history, day)]
    assert found == wanted


APPLIED = DEMANDED + "- {日期: 2026-09-11, 事项: 申请强制执行, 对象: 普正华}\n"
TAKEN = APPLIED + "- {日期: 2026-09-15, 事项: 法院受理, 对象: 普正华, 结果: 受理}\n"
UNSERVED_NOTICE = FILED + "- {日期: 2026-03-02, 事项: 事先告知, 对象: 普正华, 金额: 500}\n"
UNSERVED_DECISION = TOLD + "- {日期: 2026-03-10, 事项: 处罚决定, 对象: 普正华, 金额: 500}\n"
UNSERVED_DEMAND = DECIDED + "- {日期: 2026-08-25, 事项: 催告, 对象: 普正华}\n"


@pytest.mark.parametrize(
    ("history", "day", "steps"),
    [
        (FILED, "02-02", ["investigation"]),
        (UNSERVED_NOTICE, "03-03", ["serve-notice"]),
        (UNSERVED_DECISION, "03-11", ["serve-decision"]),
        (UNSERVED_DEMAND, "08-26", ["serve-demand", "application"]),
        (APPLIED, "09-12", ["acceptance"]),
        (TAKEN, "09-16", ["ruling"]),
        (DECIDED, "03-20", ["payment", "demand", "application"]),
    ],
)
def test_each_duty_names_the_step_that_ends_it(history, day, steps):
    assert [d.step for d in due(history, day) if d.step] == steps


def test_part_of_a_fine_does_not_end_the_duty_to_pay():
    part = DECIDED + "- {日期: 2026-03-20, 事项: 缴纳罚款, 对象: 普正华, 金额: 100}\n"
    assert "缴纳罚款" in [d.what for d in due(part, "03-21")]


def test_what_the_office_missed_stays_and_what_a_party_missed_goes():
    late = {d.what: d.overdue for d in due(DECIDED, "12-12")}
    assert late == {"催告书送达": True, "申请法院强制执行": True}
    assert [d.overdue for d in due(DECIDED, "12-10") if d.what == "申请法院强制执行"] == [False]


def test_during_a_review_neither_demand_nor_court_is_due():
    reviewed = DECIDED + "- {日期: 2026-04-01, 事项: 申请行政复议, 对象: 普正华}\n"
    (waiting,) = due(reviewed, "04-02")
    assert waiting.what == "复议决定（没有收到的，向复议机关查问）"


def test_a_review_that_ended_leaves_the_suit_and_no_second_review():
    ended = DECIDED + (
        "- {日期: 2026-04-01, 事项: 申请行政复议, 对象: 普正华}\n"
        "- {日期: 2026-04-20, 事项: 复议决定, 对象: 普正华, 结果: 维持}\n"
    )
    assert [(d.what, f"{d.by:%m-%d}") for d in due(ended, "04-21") if d.bound == "当事人"] == [
        ("提起行政诉讼", "05-06")
    ]


def test_a_public_notice_runs_until_it_counts_as_service():
    notice = MADE + (
        "- {日期: 2026-01-13, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 直接, 结果: 未送达}\n"
        "- {日期: 2026-01-14, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 公告, 原因: 找不到,"
        " 公告媒介: 公告栏, 公告日期: 2026-01-14}\n"
    )
    (entry,) = due(notice, "01-20")
    assert (entry.what, entry.by, entry.document) == (
        "公告期满",
        date(2026, 2, 13),
        "order-to-correct",
    )
    assert due(notice, "02-13") != (entry,)


def test_the_days_that_are_left_are_counted_to_the_last_day():
    (entry,) = due(ORDERED, "01-20")
    assert [entry.days_left(date(2026, 1, day)) for day in (20, 23, 25)] == [3, 0, -2]


def test_what_the_office_owes_comes_before_what_parties_may_do():
    told = stand(docket(TOLD), date(2026, 3, 5))
    assert told.next_due.what == "立案到处罚决定", "the defence ends earlier, but is not ours"
    only_theirs = stand(docket(ORDERED), date(2026, 1, 20))
    assert only_theirs.next_due.what == "改正期限"


@pytest.mark.parametrize(
    ("history", "day", "urgency"),
    [
        (ABSENT, "01-12", (2, 0)),
        (ORDERED, "01-20", (2, 3)),
        (FILED, "04-12", (2, 15)),
        (FILED, "04-13", (1, 14)),
        (FILED, "04-27", (1, 0)),
        (FILED, "04-28", (0, -1)),
        (ORDERED + "- {日期: 2026-01-30, 事项: 结案, 结果: 已返校}\n", "02-01", (4, 0)),
    ],
)
def test_the_urgency_of_a_case_grows_as_its_day_comes_near(history, day, urgency):
    told = stand(docket(history), date.fromisoformat(f"2026-{day}"))
    assert told.urgency == (*urgency, "2026-001")


def test_a_case_is_closed_only_when_it_is_for_every_guardian():
    closed = ORDERED + "- {日期: 2026-01-30, 事项: 结案, 结果: 已返校, 对象: 普正华}\n"
    told = stand(docket(closed, guardians=(FATHER, MOTHER)), date(2026, 2, 1))
    assert [one.state for one in told.guardians] == ["已结案", "责令待送达"]
    assert told.urgency[0] == 2, "the mother still has no order"


@pytest.mark.parametrize(("day", "overdue"), [("12-10", False), ("12-11", True)])
def test_a_suspended_case_keeps_the_last_day_of_the_court(day, overdue):
    """The window does not stop with the case; on its last day it is not over yet."""
    suspended = DECIDED + "- {日期: 2026-12-01, 事项: 中止, 原因: 住院}\n"
    (court,) = [d for d in due(suspended, day) if d.what == "申请法院强制执行"]
    assert (court.by, court.overdue) == (date(2026, 12, 10), overdue)


def test_the_service_of_another_paper_does_not_end_the_duty_to_serve_this_one():
    other = UNSERVED_DECISION + (
        "- {日期: 2026-03-11, 事项: 送达, 文书: 行政处罚事先告知书, 对象: 普正华, 方式: 直接}\n"
    )
    assert "serve-decision" in [d.step for d in due(other, "03-12")]


def decided(served):
    return DECIDED.replace("2026-03-10", served)


def test_the_last_day_for_the_demand_is_counted_back_where_a_later_one_would_need_next_year():
    """Ten working days from a Sunday end on 25 December; nothing of January is asked."""
    (demand,) = (d for d in due(decided("2026-03-27"), "11-01") if d.what == "催告书送达")
    assert (f"{demand.by:%m-%d}", demand.warnings) == ("12-13", ())


def test_where_the_last_day_for_the_demand_needs_next_years_calendar_it_is_said():
    told = {d.what: [w.code for w in d.warnings] for d in due(decided("2026-04-10"), "11-01")}
    assert "催告书送达" not in told and "CAL014" in told["申请法院强制执行"]
    known = {d.what: d.warnings for d in due(DECIDED, "11-01")}
    assert known["申请法院强制执行"] == ()


def unsure(history: str, document: str) -> str:
    """Let a committee sign for one paper."""
    (line,) = [row for row in history.split("\n") if f"送达, 文书: {document}" in row]
    return history.replace(line, line.removesuffix("}") + ", 签收人: 白沙村村民委员会}")


@pytest.mark.parametrize(
    ("history", "document", "day", "doubted"),
    [
        (ORDERED, "责令限期改正通知书", "01-20", {"改正期限"}),
        (TOLD, "行政处罚事先告知书", "03-09", {"陈述申辩", "申请听证"}),
        (TOLD, "责令限期改正通知书", "03-09", set()),
        (
            DECIDED,
            "行政处罚决定书",
            "03-25",
            {"缴纳罚款", "催告书送达", "申请行政复议", "提起行政诉讼", "申请法院强制执行"},
        ),
        (DECIDED, "行政处罚事先告知书", "03-25", set()),
    ],
)
def test_what_counts_from_a_doubtful_service_is_marked(history, document, day, doubted):
    assert {one.what for one in due(unsure(history, document), day) if one.doubted} == doubted
    assert not [one.what for one in due(history, day) if one.doubted]


@pytest.mark.parametrize("deadline", ["2026-01-25", "收到之日起10日"])
def test_an_order_until_a_named_day_rests_on_the_same_article(deadline):
    (told,) = [one for one in due(ORDERED, "01-14", deadline=deadline) if one.what == "改正期限"]
    assert told.articles == "《义务教育法》第五十八条"

"""What the papers learn: lists that are built from the history, remedies, officers, clauses,
drafts before anything is known.
"""

from datetime import date
from decimal import Decimal

import pytest

from kcbx_docs.packs.schema import shape_of, walk
from kcbx_docs.papers.fill_facts import procedure_facts
from kcbx_docs.papers.outcome_facts import earliest_hearing
from kcbx_docs.papers.procedure_facts import ProcedureFacts
from tests.procedure.world import (
    ABSENT,
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


def test_evidence_is_built_from_the_history_with_one_receipt_for_each_guardian() -> None:
    history = (
        ORDERED
        + "- {日期: 2026-01-14, 事项: 送达, 文书: 责令限期改正通知书, 对象: 李桂仙, 方式: 直接}\n"
    )
    told = procedure_facts(
        docket(history, law_of("玉溪市"), guardians=(FATHER, MOTHER)), "", date(2026, 2, 1)
    )
    assert [(line.number, line.name) for line in told.evidence] == [
        (1, "劝返记录（2026年1月8日）"),
        (2, "学校书面报告（2026年1月9日）"),
        (3, "《责令送被监护人接受义务教育通知书》（青政责〔2026〕1号）"),
        (4, "《责令送被监护人接受义务教育通知书》送达回证（普正华）"),
        (5, "《责令送被监护人接受义务教育通知书》送达回证（李桂仙）"),
    ]


def test_the_table_of_dates_for_the_court() -> None:
    told = procedure_facts(docket(DEMANDED), FATHER, date(2026, 9, 11))
    assert [(row.what, row.day, row.served, row.ends) for row in told.dates] == [
        ("责令限期改正", date(2026, 1, 12), date(2026, 1, 13), date(2026, 1, 23)),
        ("立案", date(2026, 1, 27), None, date(2026, 4, 27)),
        ("事先告知", date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 9)),
        ("处罚决定", date(2026, 3, 10), date(2026, 3, 10), date(2026, 3, 25)),
        ("申请行政复议的期限", None, None, date(2026, 5, 9)),
        ("提起行政诉讼的期限", None, None, date(2026, 9, 10)),
        ("催告", date(2026, 8, 25), date(2026, 8, 25), date(2026, 9, 8)),
        ("申请法院强制执行", None, None, date(2026, 12, 10)),
    ]
    assert all(row.basis for row in told.dates)


def test_remedies_name_organ_court_periods_and_articles() -> None:
    remedy = procedure_facts(docket(DECIDED), FATHER, date(2026, 3, 10)).remedies.decision
    assert (remedy.organ, remedy.court) == ("云岭县人民政府", "云岭县人民法院")
    assert (remedy.review_period, remedy.suit_period) == ("六十日", "六个月")
    assert "行政复议法》第二十条第一款" in (remedy.review_basis or "")
    old = procedure_facts(
        docket("- {日期: 2023-09-04, 事项: 首次缺课}"), FATHER, date(2023, 12, 29)
    ).remedies.order
    assert "行政复议法》第九条第一款" in (old.review_basis or ""), (
        "the act of that day, not of today"
    )


@pytest.mark.parametrize(
    ("result", "period", "end", "article"),
    [
        ("维持", "十五日", date(2026, 5, 15), "第四十五条"),
        ("终止", "六个月", date(2026, 9, 10), "第四十六条"),
    ],
)
def test_after_a_review_the_time_for_suit_is_that_of_the_table(
    result: str, period: str, end: date, article: str
) -> None:
    history = (
        DECIDED
        + "- {日期: 2026-03-20, 事项: 申请行政复议, 对象: 普正华}\n"
        + (f"- {{日期: 2026-04-30, 事项: 复议决定, 对象: 普正华, 结果: {result}}}\n")
    )
    told = procedure_facts(docket(history), FATHER, date(2026, 5, 6))
    remedy = told.remedies.decision
    assert (remedy.suit_period, remedy.suit_end) == (period, end) and article in (
        remedy.suit_basis or ""
    )
    assert [row.ends for row in told.dates if row.what == "提起行政诉讼的期限"] == [end]
    assert told.remedies.order.suit_end == date(2026, 7, 13), (
        "the order was not reviewed: six months from its own service"
    )


def test_a_draft_before_anything_happened_has_every_record_and_no_guess() -> None:
    told = procedure_facts(docket("", law_of()), FATHER, date(2026, 1, 12))
    assert told.state == "无缺课" and told.order.deadline_text == "自收到之日起10日内"
    assert (told.order.deadline, told.decision.pay_by, told.debt.total, told.notice.fine) == (
        None,
        None,
        None,
        None,
    )
    assert (
        not told.basis.confirmed
        and told.basis.after_order is None
        and told.notice.hearing_right is None
    )


def test_the_clause_is_told_as_it_was_confirmed() -> None:
    basis = procedure_facts(docket(FILED), FATHER, date(2026, 2, 2)).basis
    assert (basis.citation, basis.most, basis.after_order, basis.sample) == (
        "《云岭示例义务教育条例》第五十二条",
        Decimal(1000),
        True,
        True,
    )


def test_officers_are_those_who_acted_and_never_those_who_are_only_listed() -> None:
    assert procedure_facts(docket(FILED), FATHER, date(2026, 2, 2)).officers == ()
    named = FILED.replace("事项: 立案,", "事项: 立案, 承办人: [段晓岚, 新来的人],")
    told = procedure_facts(docket(named), FATHER, date(2026, 2, 2)).officers
    assert [(o.name, o.certificate) for o in told] == [("段晓岚", "云F0000002"), ("新来的人", None)]


def test_the_intended_fine_is_that_of_the_notice_until_there_is_a_decision() -> None:
    told = procedure_facts(docket(TOLD), FATHER, date(2026, 3, 9))
    assert told.notice.fine == told.decision.fine == Decimal(500)
    assert told.notice.window_days == 5


def test_the_first_day_of_a_hearing_whose_notice_is_served_today() -> None:
    assert earliest_hearing(docket(TOLD), date(2026, 3, 11)) == date(2026, 3, 20)
    assert earliest_hearing(docket(TOLD), date(2026, 12, 30)) is None, "no calendar of 2027"
    assert earliest_hearing(docket(TOLD), date(2026, 12, 23)) is None, "it would be in 2027"


def test_return_and_close_are_told() -> None:
    history = (
        ORDERED
        + "- {日期: 2026-01-20, 事项: 返校, 方式: 回原班}\n- {日期: 2026-01-30, 事项: 结案, 结果: 已返校}\n"
    )
    told = procedure_facts(docket(history), FATHER, date(2026, 2, 1))
    assert (told.back.back, told.back.day, told.back.how, told.back.absent_days) == (
        True,
        date(2026, 1, 20),
        "回原班",
        15,
    )
    assert (told.close.day, told.close.result, told.state) == (
        date(2026, 1, 30),
        "已返校",
        "已结案",
    )


def test_a_paper_about_all_guardians_tells_each() -> None:
    lines = procedure_facts(
        docket(DECIDED, guardians=(FATHER, MOTHER)), "", date(2026, 3, 30)
    ).guardians
    assert [(line.name, line.state) for line in lines] == [
        (FATHER, "逾期未缴"),
        (MOTHER, "责令待送达"),
    ]
    assert (lines[0].debt.total, lines[1].debt.total) == (Decimal(575), None)


def test_every_value_is_described_for_the_docs() -> None:
    for path, variable in walk(shape_of(ProcedureFacts)):
        assert variable.description, path


def test_a_clause_that_needs_no_order_opens_the_case_at_once() -> None:
    free = CLAUSE.replace("以逾期不改为前提: 是", "以逾期不改为前提: 否").replace(
        "逾期不改正的", "不送入学的"
    )
    filing = standing(ABSENT, "2026-01-12", law_of("530499", free)).option("filing")
    assert filing and filing.allowed
    assert standing(ABSENT, "2026-01-12").option("filing") is None
    notice = ABSENT + "- {日期: 2026-01-12, 事项: 立案, 对象: 普正华}\n"
    joined = codes(may("penalty-decision", "2026-01-13", notice, law_of("530499", free)))
    assert "PROC277" in joined and "PROC238" not in joined


def test_a_clause_whose_condition_nobody_read_asks() -> None:
    unknown = law_of("530499", CLAUSE.replace("以逾期不改为前提: 是", "以逾期不改为前提: 未知"))
    assert "PROC239" in codes(may("case-filing", "2026-01-20", ORDERED, unknown), "须说明理由")
    over = ORDERED + "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}\n"
    assert "PROC239" not in codes(may("case-filing", "2026-01-26", over, unknown))


def test_no_penalty_is_offered_only_where_a_case_was_filed() -> None:
    back = "- {日期: 2026-02-02, 事项: 返校}\n"
    assert standing(ORDERED + back, "2026-02-03").option("no-penalty") is None
    spared = standing(FILED + back, "2026-02-03").option("no-penalty")
    assert spared and spared.allowed and "《行政处罚法》第三十三条" in spared.articles


def test_a_review_of_the_order_is_noted() -> None:
    notes = standing(
        ORDERED + "- {日期: 2026-01-20, 事项: 申请行政复议, 对象: 普正华}\n", "2026-01-26"
    ).notes
    assert notes == ("2026-01-20对责令行政复议，还没有结果；复议、诉讼期间不停止执行",)

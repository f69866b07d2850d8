"""One case per place of the five seeds, run as that notice says."""

from dataclasses import replace
from datetime import date

import pytest

from kcbx_docs.case.workspace import Organ
from kcbx_docs.papers.fill_facts import procedure_facts
from kcbx_docs.procedure.dues import recurring
from kcbx_docs.procedure.verdict import permission
from kcbx_docs.record.jurisdiction import Jurisdiction
from tests.procedure.world import (
    CLAUSE,
    DECIDED,
    DEMANDED,
    EXAMINED,
    FATHER,
    ORDERED,
    TOLD,
    codes,
    docket,
    law_of,
    may,
    standing,
)

SPRING = """\
- {日期: 2026-03-02, 事项: 首次缺课}
- {日期: 2026-03-06, 事项: 劝返, 方式: 家访, 结果: 拒绝}
"""


def with_office(law: Jurisdiction, name: str, kind: str) -> Jurisdiction:
    office = Organ(名称=name, 类型=kind, 机关代字="代", 负责人="方志远")
    return replace(
        law, workspace=law.workspace.model_copy(update={"office": office, "offices": ()})
    )


def test_wuhua_orders_come_from_the_education_bureau_not_from_a_street_office() -> None:
    street = with_office(law_of("530102"), "五华区翠湖街道办事处", "街道办事处")
    bureau = with_office(law_of("530102"), "五华区教育体育局", "县级教育行政部门")
    day = date(2026, 3, 10)
    assert "PROC202" in codes(
        permission(docket(SPRING, street), "order-to-correct", FATHER, day), "禁止"
    )
    ordered = permission(docket(SPRING, bureau), "order-to-correct", FATHER, day)
    assert (
        ordered.verdict == "提醒"
        and ordered.issuer.organ
        and ordered.issuer.organ.name == "五华区教育体育局"
    )
    assert ordered.title == "责令送被监护人接受义务教育通知书"
    assert permission(docket(SPRING, street), "urge-notice", FATHER, day).verdict == "通过"


def test_wuhua_tracks_an_absence_from_its_third_day() -> None:
    due = standing("- {日期: 2026-03-02, 事项: 首次缺课}", "2026-03-03", law_of("530102")).due
    assert [(d.what, d.by) for d in due] == [("无正当理由未到校跟踪报告（云南）", date(2026, 3, 5))]


@pytest.mark.parametrize(
    ("history", "day", "step"),
    [
        (SPRING, "2026-03-10", "admonition"),
        (SPRING, "2026-03-10", "order"),
        (ORDERED + "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}\n", "2026-01-26", "filing"),
        (TOLD, "2026-03-10", "decision"),
        (DECIDED, "2026-08-25", "demand"),
        (DEMANDED, "2026-09-11", "application"),
        (ORDERED + "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}\n", "2026-01-26", "civil-suit"),
    ],
)
def test_yuxi_four_steps_from_education_to_court_or_suit(history: str, day: str, step: str) -> None:
    option = standing(history, day, law_of("玉溪市", CLAUSE)).option(step)
    assert option and option.allowed, option and option.reasons


def test_yuxi_has_no_third_step_without_a_clause() -> None:
    filing = standing(ORDERED, "2026-01-26", law_of("玉溪市")).option("filing")
    assert filing and not filing.allowed
    assert filing.reasons[0].reason == "没有登记本地的处罚依据，义务教育法没有对监护人罚款的规定。"


@pytest.mark.parametrize(
    ("day", "by"),
    [
        ("2026-06-01", "2026-06-22"),
        ("2026-06-22", "2026-06-22"),
        ("2026-08-03", "2026-08-21"),
        ("2026-02-02", "2026-02-14"),
    ],
)
def test_liujiang_reports_by_the_22nd_or_the_working_day_before(day: str, by: str) -> None:
    report = next(iter(recurring(law_of("450206"), date.fromisoformat(day))))
    assert (report.what, report.by.isoformat(), report.bound) == (
        "控辍保学月报表和月工作情况报告",
        by,
        "学校",
    )


def test_liujiang_works_around_sanyuesan() -> None:
    told = (
        TOLD.replace("2026-", "2025-")
        .replace("2025-03-02", "2025-03-26")
        .replace("〔2026〕", "〔2025〕")
    )
    here, elsewhere = (
        standing(told, "2025-03-27", law_of(code, CLAUSE)).progress.window
        for code in ("450206", "530102")
    )
    assert here and elsewhere
    assert (elsewhere.end, here.end) == (date(2025, 4, 2), date(2025, 4, 7)), (
        "三月三 off on 31 March and 1 April 2025"
    )


def test_liujiang_says_that_sanyuesan_of_this_year_was_not_found() -> None:
    told = TOLD.replace("2026-03-02, 事项: 送达", "2026-04-16, 事项: 送达")
    decision = may("penalty-decision", "2026-04-24", told, law_of("450206", CLAUSE))
    assert any("壮族三月三" in f.reason for f in decision.of("提醒"))


def test_liujiang_may_sue_where_courts_have_heard_such_suits() -> None:
    checked = ORDERED + "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}\n"
    sued = "- {日期: 2026-02-02, 事项: 起诉, 原告: 本机关, 对象: 普正华}\n"
    suit = may("civil-complaint", "2026-01-26", checked + sued, law_of("450206"))
    assert suit.verdict == "提醒"
    assert any("巴马" in f.reason for f in suit.findings)


def test_kaizhou_stops_at_the_school_where_nobody_confirmed_more() -> None:
    law = law_of("500154")
    school = standing(SPRING, "2026-03-10", law)
    assert {"persuasion", "report", "urge", "order"} <= {o.step for o in school.allowed}
    later = standing(
        ORDERED + "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}\n", "2026-01-26", law
    )
    assert "PROC230" in [f.code for f in later.option("filing").reasons]  # type: ignore[union-attr]
    assert later.option("civil-suit").verdict == "须说明理由"  # type: ignore[union-attr]


def test_kaizhou_home_teaching_is_schooling_and_no_dropout() -> None:
    taught = EXAMINED.replace("送教上门: 否", "送教上门: 是")
    assert "PROC217" in codes(
        may("order-to-correct", "2026-03-10", SPRING, law_of("500154"), exclusions=taught), "禁止"
    )


def test_nanan_reports_on_the_day_and_within_three_working_days_of_the_visit() -> None:
    law = law_of("350583")
    first = standing("- {日期: 2026-03-02, 事项: 首次缺课}", "2026-03-02", law)
    assert [(d.what, d.by) for d in first.due] == [("缺课当日报告（南安）", date(2026, 3, 2))]
    visited = standing(SPRING, "2026-03-11", law)
    assert [(d.what, d.by) for d in visited.due] == [
        ("劝返后未返校书面报告乡镇（南安）", date(2026, 3, 11))
    ]
    assert not visited.due[0].overdue
    assert standing(SPRING, "2026-03-12", law).due[0].overdue


@pytest.mark.parametrize(
    "done",
    [
        "联系, 方式: 电话, 对象: 某, 结果: 未表态",
        "书面报告, 对象: 南安市青石镇人民政府",
    ],
)
def test_nanan_the_report_of_the_day_is_done_once_the_parents_were_asked_or_the_town_told(
    done: str,
) -> None:
    absent = "- {日期: 2026-03-02, 事项: 首次缺课}\n"
    told = absent + f"- {{日期: 2026-03-02, 事项: {done}}}"
    assert "缺课当日报告（南安）" not in [
        d.what for d in standing(told, "2026-03-20", law_of("350583")).due
    ]


def test_nanan_after_the_order_comes_the_justice_office_and_no_fine() -> None:
    law = law_of("350583", CLAUSE)
    over = standing(ORDERED + "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}\n", "2026-01-26", law)
    justice, filing = over.option("justice"), over.option("filing")
    assert justice and justice.allowed
    assert filing and filing.reasons[0].code == "PROC190"
    assert "福建" in str(filing.reasons[0]) or "南安" in str(filing.reasons[0])


def test_the_justice_office_step_is_offered_nowhere_else() -> None:
    over = ORDERED + "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}\n"
    for region in ("530102", "450206", "500154"):
        assert standing(over, "2026-01-26", law_of(region)).option("justice") is None


def test_nanan_civil_suit_needs_a_reason() -> None:
    suit = may(
        "civil-complaint",
        "2026-01-26",
        ORDERED + "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}\n",
        law_of("350583"),
    )
    assert suit.verdict == "须说明理由"
    assert any("集美区法院" in f.reason for f in suit.of("须说明理由"))


def test_papers_are_called_as_they_call_themselves() -> None:
    """The packs' own list goes first, then the heading that the paper bears,
    then the law's list.
    """
    law = law_of()
    dates = procedure_facts(
        docket(DEMANDED, law_of("530499", CLAUSE)), FATHER, date(2026, 9, 11)
    ).dates
    assert [row.document for row in dates if row.what == "催告"] == ["催告书"]
    assert law.document("履行行政决定催告书") == "demand-letter", (
        "the law's name is still understood"
    )
    named = replace(
        law, pack=law.pack.model_copy(update={"titles": {"demand-letter": "履行催告书"}})
    )
    bare = replace(law, cards={})
    assert [place.title("demand-letter") for place in (named, law, bare)] == [
        "履行催告书",
        "催告书",
        "履行行政决定催告书",
    ]

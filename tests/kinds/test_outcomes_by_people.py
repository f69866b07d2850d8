"""Unasked only what the record holds and the single next step; outcomes where people say so."""

import pytest

from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.plan import plan_case
from tests.kinds import Kind
from tests.kinds.world import (
    ABSENT,
    DECIDED,
    FATHER,
    MOTHER,
    OVERDUE,
    TOLD,
    codes,
    date,
    docket,
    may,
    office_of,
    papers,
)

KIND = Kind(
    "结果由人决定",
    "没有点名就做出互相排斥的文书：处罚和不予处罚、当场处罚和立案、两种起诉状",
    (("行政处罚法", "57", "1"), ("行政处罚法", "51"), ("民事诉讼法", "124")),
)
BOTH = (FATHER, MOTHER)
FILED = OVERDUE + "- {日期: 2026-03-27, 事项: 立案, 文号: 青政罚立〔2026〕1号}\n"
INVESTIGATED = FILED + "- {日期: 2026-04-02, 事项: 调查终结, 结果: 建议处罚}\n"
SPARED = INVESTIGATED + (
    "- {日期: 2026-04-03, 事项: 不予处罚, 对象: 李桂仙, 原因: 一直住院, 法定情形: 没有主观过错, 文号: 青政不罚〔2026〕1号}\n"
)
SUED = OVERDUE + (
    "- {日期: 2026-03-30, 事项: 制发, 文书: 民事起诉状（要素式）}\n"
    "- {日期: 2026-03-30, 事项: 起诉, 原告: 本机关, 对象: 普正华, 法院: 云岭县人民法院}\n"
)


def titles(day: str, history: str, *named: str, **changes: object) -> set[str]:
    """Return what is made, without numbers before and names behind."""
    return {name.split("-")[1] for name in papers(day, history, *named, **changes)}


def planned(day: str, history: str, *named: str, who: str = "", **changes: object):
    desk = Desk(office_of(), docket(history, **changes), date.fromisoformat(day), guardian=who)
    return plan_case(desk, named)


@pytest.mark.parametrize(
    ("history", "day", "following", "never"),
    [
        (ABSENT, "2026-03-12", "责令送被监护人接受义务教育通知书", "劝返通知书"),
        (OVERDUE, "2026-03-26", "", "立案审批表 当场行政处罚决定书 民事起诉状 支持起诉申请书"),
        (FILED, "2026-03-27", "", "案件调查终结报告 行政处罚事先告知书 不予行政处罚决定书"),
        (INVESTIGATED, "2026-04-03", "", "行政处罚事先告知书 不予行政处罚决定书"),
        (TOLD, "2026-04-20", "行政处罚审批表", "行政处罚决定书 不予行政处罚决定书"),
        (DECIDED, "2026-10-27", "催告书", "强制执行申请书 延期（分期）缴纳罚款批准书"),
    ],
    ids=["已报告", "责令期满", "立案当天", "调查终结", "待决定", "逾期未缴"],
)
def test_unasked_only_the_record_and_the_single_next_step(
    history: str, day: str, following: str, never: str
) -> None:
    made = titles(day, history)
    assert not made & set(never.split())
    assert not following or following in made


def test_who_is_not_spared_gets_no_decision_that_spares() -> None:
    made = papers("2026-04-07", SPARED, guardians=BOTH)
    spared = [name for name in made if name.startswith("530-")]
    assert spared == [f"530-不予行政处罚决定书-{MOTHER}"]


def test_a_receipt_comes_with_the_paper_that_is_served() -> None:
    made = papers("2026-03-12", ABSENT)
    assert [name for name in made if "送达回证" in name] == [
        f"320-送达回证-责令送被监护人接受义务教育通知书-{FATHER}"
    ]


@pytest.mark.parametrize(
    ("history", "day", "named"),
    [
        (TOLD, "2026-04-20", ("penalty-decision", "no-penalty-decision")),
        (OVERDUE, "2026-03-26", ("spot-decision", "case-filing")),
        (OVERDUE, "2026-03-26", ("civil-complaint", "civil-complaint-elements")),
    ],
)
def test_papers_that_exclude_each_other_are_refused_together(
    history: str, day: str, named: tuple[str, ...]
) -> None:
    desk = Desk(
        office_of(), docket(history), date.fromisoformat(day), reason="普文清：已经问过法院"
    )
    _, problems = plan_case(desk, named)
    assert "PAPR024" in {problem.code for problem in problems}


@pytest.mark.parametrize("named", ["penalty-decision", "no-penalty-decision"])
def test_each_alone_may_be_named(named: str) -> None:
    grounds = "结果: 建议不予处罚, 法定情形: 没有主观过错"
    history = TOLD + f"- {{日期: 2026-04-18, 事项: 调查终结, {grounds}}}\n"
    made, problems = planned("2026-04-20", history, named)
    assert named in {paper.document for paper in made}
    assert "PAPR024" not in {problem.code for problem in problems}


def test_one_guardian_may_be_spared_and_the_other_told() -> None:
    """Both papers in one run, each for whom the record names."""
    told = SPARED + (
        "- {日期: 2026-04-07, 事项: 事先告知, 对象: 普正华, 金额: 600, 告知听证: 是}\n"
    )
    assert {"不予行政处罚决定书", "行政处罚事先告知书"} <= titles(
        "2026-04-07", told, guardians=BOTH
    )


def test_only_the_papers_of_one_guardian_may_be_wanted() -> None:
    made, _ = planned("2026-04-07", SPARED, "no-penalty-decision", who=MOTHER, guardians=BOTH)
    assert {paper.guardian for paper in made} == {MOTHER}


def test_the_form_of_the_plaint_that_was_filed_is_made_alone() -> None:
    made = titles("2026-03-30", SUED)
    assert "民事起诉状（要素式）" in made
    assert "民事起诉状" not in made


def test_after_a_hearing_the_review_is_next() -> None:
    """No paper of it exists before it happened; nothing that comes later is made meanwhile."""
    heard = TOLD + (
        "- {日期: 2026-04-09, 事项: 要求听证, 对象: 普正华}\n"
        "- {日期: 2026-04-24, 事项: 听证, 对象: 普正华, 地点: 会议室, 承办人: [普文清, 段晓岚]}\n"
    )
    assert "行政处罚审批表" not in titles("2026-04-27", heard)


def test_what_was_filed_is_not_closed_before_its_outcome() -> None:
    """The child is back: somebody still has to decide not to punish."""
    back = FILED + "- {日期: 2026-04-01, 事项: 返校}\n"
    assert "结案审批表" not in titles("2026-04-02", back)
    assert "PROC429" in codes(may("case-close", "2026-04-02", back), "须说明理由")
    spared = back + "- {日期: 2026-04-02, 事项: 不予处罚, 对象: 普正华, 原因: 已经返校}\n"
    assert "PROC429" not in codes(may("case-close", "2026-04-03", spared))


def test_nobody_is_reminded_of_what_was_to_be_done_long_ago() -> None:
    """The notice of April was made; in August only the demand has something to be said of."""
    _, problems = planned("2026-08-03", DECIDED)
    about = {problem.subject for problem in problems}
    assert about <= {f"《催告书》（{FATHER}）"}

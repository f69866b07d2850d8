"""What the record itself shows to be unlawful is said first, and nothing builds on it in silence."""

import pytest

from kcbx_docs.papers.desk import Desk
from kcbx_docs.papers.plan import plan_case
from kcbx_docs.procedure.audit import audit, wrongs
from tests.kinds import Kind
from tests.kinds.world import (
    DECIDED,
    FATHER,
    MADE,
    OFFICE,
    OVERDUE,
    SERVED,
    TOLD,
    codes,
    date,
    docket,
    may,
    office_of,
    standing,
)

KIND = Kind(
    "经过里的违法",
    "写进经过的决定高于告知、在申辩期内、没有告知或者没有职权，后面的步骤照样往下走",
    (("行政处罚法", "45", "2"), ("行政处罚法", "62"), ("行政处罚法", "38")),
)
TODAY = date(2027, 1, 4)
DECISION = "- {{日期: {day}, 事项: 处罚决定, 对象: 普正华, 文书: 行政处罚决定书, 文号: 青政罚决〔2026〕1号, 金额: {fine}}}\n"
ABOVE = TOLD + DECISION.format(day="2026-04-17", fine=900)
WITHIN = TOLD + DECISION.format(day="2026-04-13", fine=600)
UNTOLD = OVERDUE + DECISION.format(day="2026-04-13", fine=600)
RECEIVED = "- {日期: 2026-04-17, 事项: 送达, 文书: 行政处罚决定书, 文号: 青政罚决〔2026〕1号, 对象: 普正华, 方式: 直接, 承办人: [普文清, 段晓岚]}\n"
WITHDRAWN = "- {日期: 2026-04-20, 事项: 撤回, 文书: 行政处罚决定书, 文号: 青政罚决〔2026〕1号, 原因: 高于告知的数额}\n"
REVIEWED = (
    "- {日期: 2026-05-06, 事项: 申请行政复议, 对象: 普正华}\n"
    "- {日期: 2026-06-30, 事项: 复议决定, 对象: 普正华, 结果: 撤销}\n"
)
DEMANDED = "- {日期: 2026-08-03, 事项: 催告, 对象: 普正华, 金额: 600}\n"
AGAIN = (
    OVERDUE
    + "- {日期: 2026-03-27, 事项: 事先告知, 对象: 普正华, 金额: 1200}\n"
    + "- {日期: 2026-03-28, 事项: 立案, 对象: 普正华}\n"
    + "- {日期: 2026-04-07, 事项: 事先告知, 对象: 普正华, 文号: 2号, 金额: 600, 告知听证: 是}\n"
)


def told(history: str, office: str = OFFICE, **changes: object) -> list[str]:
    """Return what was unlawful in a history."""
    return [problem.message for problem in wrongs(docket(history, office, **changes), TODAY)]


@pytest.mark.parametrize(
    ("history", "reason"),
    [
        (ABOVE, "高于告知的 600"),
        (WITHIN, "申辩期到 2026年4月15日"),
        (UNTOLD, "没有对 普正华 事先告知"),
        (DECIDED + REVIEWED + DEMANDED, "已被行政复议「撤销」"),
    ],
    ids=["高于告知", "申辩期内", "没有告知", "撤销以后催告"],
)
def test_it_is_an_error_of_the_file(history: str, reason: str) -> None:
    assert any(reason in message for message in told(history)), told(history)


def test_an_organ_without_power_punished() -> None:
    office = OFFICE.replace("机关: [乡镇人民政府, 县级教育行政部门]", "机关: [县级公安机关]")
    assert any("处罚" in message for message in told(DECIDED, office))


@pytest.mark.parametrize(
    "history",
    [DECIDED, ABOVE + WITHDRAWN, ABOVE + RECEIVED + REVIEWED, AGAIN],
    ids=["合法的", "已撤回", "复议已撤销", "已重新告知"],
)
def test_what_is_lawful_or_mended_is_no_error(history: str) -> None:
    assert told(history) == []


def ended(result: str) -> str:
    return REVIEWED.replace("结果: 撤销", f"结果: {result}")


COURT = (
    "- {日期: 2026-05-06, 事项: 提起行政诉讼, 对象: 普正华}\n"
    "- {日期: 2026-06-30, 事项: 行政判决, 对象: 普正华, 结果: 驳回诉讼请求, 生效日期: 2026-07-16}\n"
)


@pytest.mark.parametrize("answer", [ended("维持"), COURT], ids=["复议维持", "判决驳回"])
def test_what_was_upheld_is_a_reminder(answer: str) -> None:
    history = ABOVE + RECEIVED + answer
    said = [one.code for one in audit(docket(history), TODAY)]
    assert told(history) == [] and "PROC452" in said
    assert "PROC284" not in codes(may("demand-letter", "2026-08-03", history))


@pytest.mark.parametrize("answer", [ended("驳回"), ended("不予受理")])
def test_who_did_not_look_at_it_upheld_nothing(answer: str) -> None:
    assert told(ABOVE + RECEIVED + answer) != []


def test_until_the_judgment_takes_effect_it_is_an_error() -> None:
    assert wrongs(docket(ABOVE + RECEIVED + COURT), date(2026, 7, 15))


def test_an_upheld_fine_says_nothing_of_another_paper() -> None:
    late = (
        "- {日期: 2026-08-03, 事项: 处罚决定, 对象: 普正华, 文号: 青政罚决〔2026〕2号, 金额: 900}\n"
    )
    assert told(ABOVE + RECEIVED + ended("维持") + late) != []


def test_a_transfer_found_later_makes_no_order_unlawful() -> None:
    """The finding has no day: it says nothing of the day of the order."""
    from tests.kinds.world import EXAMINED

    found = EXAMINED.replace("转学: 否", "转学: {结论: 是, 依据: 学籍系统}")
    assert told(SERVED, exclusions=found) == []


@pytest.mark.parametrize(
    ("step", "history", "day"),
    [("serve-decision", ABOVE, "2026-04-18"), ("demand", ABOVE + RECEIVED, "2026-08-03")],
)
def test_no_step_builds_on_it_in_silence(step: str, history: str, day: str) -> None:
    option = standing(day, history).option(step)
    assert option
    assert option.verdict == "须说明理由"
    assert "PROC284" in [finding.code for finding in option.reasons]


def test_withdrawn_it_may_be_made_anew() -> None:
    answer = may("penalty-decision", "2026-04-21", ABOVE + WITHDRAWN)
    assert answer.verdict in ("通过", "提醒"), answer.findings


def test_a_lawful_decision_asks_for_nothing() -> None:
    assert "PROC284" not in codes(may("demand-letter", "2026-08-03", DECIDED))


def test_render_says_why_it_does_not_make_the_recorded_decision() -> None:
    desk = Desk(office_of(), docket(ABOVE), date(2026, 4, 18))
    made, problems = plan_case(desk)
    assert "penalty-decision" not in {paper.document for paper in made}
    refused = [problem.code for problem in problems if problem.code.startswith(("PAPR", "PROC26"))]
    assert refused == ["PAPR026", "PROC260"]


def test_the_order_that_is_not_served_is_no_fault() -> None:
    assert told(MADE) == []
    assert standing("2026-03-13", MADE).option("serve-order").verdict in ("通过", "提醒")  # type: ignore[union-attr]


def test_the_father_s_fault_is_not_the_mother_s() -> None:
    assert FATHER in told(ABOVE)[0]

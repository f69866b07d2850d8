"""Each reason that no trap or boundary tells:
once where it is given, once where a small change takes it away.
"""

from dataclasses import replace
from datetime import date

import pytest

from kcbx_docs.problems import catalogue
from kcbx_docs.procedure.checks.competence import competent
from kcbx_docs.procedure.checks.view import View
from kcbx_docs.procedure.penalties import Clause
from kcbx_docs.procedure.standing import outline, stand
from kcbx_docs.procedure.verdict import permission
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
    TOLD,
    codes,
    docket,
    law_of,
    may,
    standing,
)

CHECKED = ORDERED + "- {日期: 2026-01-26, 事项: 核查, 结果: 未返校}\n"
HELD = TOLD + (
    "- {日期: 2026-03-05, 事项: 要求听证, 对象: 普正华}\n- {日期: 2026-03-20, 事项: 听证, 对象: 普正华}\n"
    "- {日期: 2026-03-23, 事项: 法制审核, 结果: 同意}\n"
)
HEARING_NOTICE = "- {日期: 2026-03-06, 事项: 制发, 文书: 听证通知书, 对象: 普正华}\n"
HEARING_SERVED = (
    HEARING_NOTICE
    + "- {日期: 2026-03-06, 事项: 送达, 文书: 听证通知书, 对象: 普正华, 方式: 直接}\n"
)
RETURNED = "- {日期: 2026-02-02, 事项: 返校}\n"
PAID = "- {日期: 2026-03-20, 事项: 缴纳罚款, 对象: 普正华, 金额: 500}\n"

REASONS = [
    ("PROC207", "提醒", "enforcement-application", "2026-09-11", DEMANDED, None),
    ("PROC210", "禁止", "order-to-correct", "2026-01-12", "", ABSENT),
    ("PROC214", "禁止", "return-certificate", "2026-02-03", ABSENT, ABSENT + RETURNED),
    ("PROC216", "提醒", "order-to-correct", "2026-01-12", ABSENT, None),
    ("PROC222", "须说明理由", "order-to-correct", "2026-01-20", MADE, ABSENT),
    (
        "PROC223",
        "提醒",
        "order-to-correct",
        "2026-01-12",
        "- {日期: 2026-01-05, 事项: 首次缺课}",
        ABSENT,
    ),
    (
        "PROC225",
        "提醒",
        "dropout-report",
        "2026-01-12",
        "- {日期: 2026-01-05, 事项: 首次缺课}",
        ABSENT,
    ),
    ("PROC226", "提醒", "dropout-report", "2026-01-12", ABSENT.replace("拒绝", "同意返校"), ABSENT),
    (
        "PROC243",
        "须说明理由",
        "case-filing",
        "2026-03-02",
        CHECKED
        + "- {日期: 2026-01-20, 事项: 申请行政复议, 对象: 普正华}\n- {日期: 2026-02-20, 事项: 复议决定, 对象: 普正华, 结果: 撤销}\n",
        CHECKED,
    ),
    ("PROC245", "须说明理由", "case-filing", "2026-01-23", ORDERED, None),
    ("PROC246", "须说明理由", "case-filing", "2026-01-26", ORDERED, CHECKED),
    (
        "PROC248",
        "禁止",
        "case-filing",
        "2026-02-03",
        CHECKED + "- {日期: 2026-02-02, 事项: 结案, 结果: 其他}\n",
        CHECKED,
    ),
    (
        "PROC249",
        "禁止",
        "case-filing",
        "2026-02-03",
        CHECKED + "- {日期: 2026-02-02, 事项: 中止, 原因: 住院}\n",
        CHECKED
        + "- {日期: 2026-02-02, 事项: 中止, 原因: 住院}\n- {日期: 2026-02-03, 事项: 恢复}\n",
    ),
    (
        "PROC250",
        "提醒",
        "penalty-notice",
        "2026-02-02",
        FILED,
        FILED + "- {日期: 2026-02-02, 事项: 事先告知, 对象: 普正华, 金额: 300}\n",
    ),
    (
        "PROC257",
        "禁止",
        "penalty-decision",
        "2026-03-10",
        FILED + "- {日期: 2026-03-02, 事项: 事先告知, 对象: 普正华, 金额: 500}\n",
        TOLD,
    ),
    (
        "PROC261",
        "须说明理由",
        "penalty-decision",
        "2026-03-10",
        TOLD.replace(", 金额: 500", ""),
        TOLD,
    ),
    ("PROC268", "须说明理由", "penalty-decision", "2026-03-24", HELD, HELD + HEARING_SERVED),
    ("PROC270", "须说明理由", "hearing-notice", "2026-03-06", TOLD, HELD),
    (
        "PROC273",
        "提醒",
        "penalty-decision",
        "2026-03-24",
        HELD,
        HELD + "- {日期: 2026-03-23, 事项: 集体讨论, 参加人: [李建川]}\n",
    ),
    (
        "PROC275",
        "禁止",
        "penalty-decision",
        "2026-03-10",
        TOLD + "- {日期: 2026-03-09, 事项: 不予处罚, 原因: 已改正}\n",
        TOLD,
    ),
    ("PROC279", "提醒", "spot-decision", "2026-01-26", CHECKED, None),
    (
        "PROC301",
        "禁止",
        "demand-letter",
        "2026-04-10",
        "\n".join(DECIDED.strip().split("\n")[:-1]) + "\n",
        DECIDED,
    ),
    (
        "PROC304",
        "须说明理由",
        "demand-letter",
        "2026-08-10",
        DECIDED
        + (
            "- {日期: 2026-04-01, 事项: 提起行政诉讼, 对象: 普正华}\n- {日期: 2026-07-01, 事项: 行政判决, 对象: 普正华, 结果: 驳回诉讼请求}\n"
        ),
        DECIDED
        + "- {日期: 2026-04-01, 事项: 提起行政诉讼, 对象: 普正华}\n- {日期: 2026-07-01, 事项: 行政判决, 对象: 普正华, 结果: 撤诉}\n",
    ),
    (
        "PROC305",
        "禁止",
        "demand-letter",
        "2026-03-25",
        DECIDED,
        DECIDED.replace("2026-03-10, 事项: 送达", "2026-03-09, 事项: 送达"),
    ),
    ("PROC306", "禁止", "demand-letter", "2026-04-10", DECIDED + PAID, DECIDED),
    (
        "PROC307",
        "禁止",
        "demand-letter",
        "2026-04-10",
        DECIDED.replace("1号, 金额: 500", "1号"),
        DECIDED,
    ),
    ("PROC310", "禁止", "enforcement-application", "2026-09-11", DECIDED, DEMANDED),
    (
        "PROC311",
        "禁止",
        "enforcement-application",
        "2026-09-11",
        DECIDED + "- {日期: 2026-08-25, 事项: 催告, 对象: 普正华}\n",
        DEMANDED,
    ),
    (
        "PROC315",
        "禁止",
        "enforcement-application",
        "2026-10-31",
        DEMANDED + "- {日期: 2026-03-23, 事项: 批准延期分期, 对象: 普正华, 期限: 2026-10-31}\n",
        DEMANDED,
    ),
    ("PROC317", "提醒", "demand-letter", "2026-08-09", DECIDED, None),
    (
        "PROC319",
        "须说明理由",
        "enforcement-application",
        "2026-09-11",
        DEMANDED + "- {日期: 2026-08-28, 事项: 陈述申辩, 对象: 普正华, 内容: 没钱}\n",
        DEMANDED + "- {日期: 2026-08-28, 事项: 陈述申辩, 对象: 普正华, 内容: 没钱, 结果: 不采纳}\n",
    ),
    (
        "PROC320",
        "须说明理由",
        "enforcement-application",
        "2026-09-14",
        DEMANDED + "- {日期: 2026-09-11, 事项: 申请强制执行, 对象: 普正华}\n",
        DEMANDED,
    ),
    (
        "PROC325",
        "须说明理由",
        "payment-extension",
        "2026-03-20",
        DECIDED,
        DECIDED + "- {日期: 2026-03-18, 事项: 申请延期分期, 对象: 普正华}\n",
    ),
    ("PROC326", "须说明理由", "case-close", "2026-04-10", DECIDED, DECIDED + PAID),
    ("PROC327", "须说明理由", "case-close", "2026-02-03", CHECKED, CHECKED + RETURNED),
    (
        "PROC332",
        "禁止",
        "civil-complaint",
        "2026-01-12",
        "- {日期: 2026-01-05, 事项: 首次缺课}",
        ABSENT,
    ),
    ("PROC333", "须说明理由", "civil-complaint", "2026-01-20", ORDERED, None),
    (
        "PROC334",
        "禁止",
        "civil-complaint",
        "2026-02-10",
        CHECKED + "- {日期: 2026-02-02, 事项: 起诉}\n",
        CHECKED + "- {日期: 2026-02-02, 事项: 起诉}\n- {日期: 2026-02-05, 事项: 撤诉}\n",
    ),
    (
        "PROC341",
        "须说明理由",
        "civil-complaint",
        "2026-01-26",
        CHECKED,
        CHECKED + "- {日期: 2026-02-02, 事项: 起诉, 原告: 本机关, 对象: 普正华}\n",
    ),
    (
        "PROC343",
        "须说明理由",
        "civil-complaint",
        "2026-01-26",
        CHECKED + "- {日期: 2026-02-02, 事项: 起诉, 原告: 学生, 对象: 普正华}\n",
        CHECKED + "- {日期: 2026-02-02, 事项: 起诉, 原告: 本机关, 对象: 普正华}\n",
    ),
    (
        "PROC346",
        "禁止",
        "support-opinion",
        "2026-01-26",
        CHECKED + "- {日期: 2026-02-02, 事项: 起诉, 原告: 本机关, 对象: 普正华}\n",
        CHECKED + "- {日期: 2026-02-02, 事项: 起诉, 原告: 学生, 对象: 普正华}\n",
    ),
    (
        "PROC339",
        "提醒",
        "referral",
        "2026-01-26",
        CHECKED,
        CHECKED + "- {日期: 2026-01-26, 事项: 移送, 机关: 云岭县人社局, 原因: 用工}\n",
    ),
]


@pytest.mark.parametrize(
    ("code", "verdict", "document", "day", "history", "mended"),
    REASONS,
    ids=[r[0] for r in REASONS],
)
def test_a_reason_is_given_and_goes_away(
    code: str, verdict: str, document: str, day: str, history: str, mended: str | None
) -> None:
    law = law_of("530499", CLAUSE)
    if code == "PROC207":
        law = replace(
            law,
            workspace=law.workspace.model_copy(
                update={"office": law.workspace.office.model_copy(update={"head": ""})}
            ),
        )
    answer = may(document, day, history, law)
    assert code in codes(answer, verdict)
    assert answer.findings[0].hint
    if mended is not None:
        assert code not in codes(may(document, day, mended, law))


def test_a_referral_begins_with_its_event() -> None:
    """Without the event no paper is made, so nothing would be left to fill in by hand."""
    step = standing(CHECKED, "2026-01-26").option("referral")
    assert step and step.allowed
    told = next(found for found in step.findings if found.code == "PROC339")
    assert (
        "写了才能做出" in told.reason
        and "留空" not in told.reason
        and "先在经过里写「移送」" in told.hint
    )


@pytest.mark.parametrize(
    ("field", "document", "day", "history", "code"),
    [
        ("courts", "enforcement-application", "2026-09-11", DEMANDED, "PROC322"),
        ("bank", "penalty-decision", "2026-03-10", TOLD, "PROC323"),
        ("review", "order-to-correct", "2026-01-12", ABSENT, "PROC324"),
        ("courts", "civil-complaint", "2026-01-26", CHECKED, "PROC335"),
    ],
)
def test_what_the_office_did_not_write_is_asked_for(
    field: str, document: str, day: str, history: str, code: str
) -> None:
    law = law_of("530499", CLAUSE)
    empty = replace(
        law, workspace=law.workspace.model_copy(update={field: () if field == "courts" else None})
    )
    assert code in codes(may(document, day, history, empty), "须说明理由")
    assert code not in codes(may(document, day, history, law))


def test_a_case_without_a_deadline_or_with_a_young_guardian() -> None:
    bare = docket(ABSENT)
    bare = replace(bare, case=bare.case.model_copy(update={"order": None}))
    assert "PROC220" in codes(
        permission(bare, "order-to-correct", FATHER, date(2026, 1, 12)), "禁止"
    )
    young = "{姓名: 普正华, 关系: 父亲, 出生日期: 2008-05-06, 住址: 白沙村15号}"
    assert "PROC206" in codes(
        may("order-to-correct", "2026-05-05", ABSENT, guardians=(young,)), "须说明理由"
    )
    assert "PROC206" not in codes(may("order-to-correct", "2026-05-06", ABSENT, guardians=(young,)))


def test_evidence_of_the_examination_silences_the_reminder() -> None:
    shown = EXAMINED
    for name in (
        "缓学休学批准: 无",
        "送教上门: 否",
        "特殊教育就读: 否",
        "转学: 否",
        "已完成义务教育: 否",
        "住院治疗: 否",
        "死亡或出境: 否",
        "其他正当理由: 无",
    ):
        key, result = name.split(": ")
        shown = shown.replace(name, f"{key}: {{结论: {result}, 依据: 查过}}")
    assert "PROC216" not in codes(may("order-to-correct", "2026-01-12", ABSENT, exclusions=shown))


def test_two_clauses_that_would_do_are_told() -> None:
    two = law_of("530499", CLAUSE, CLAUSE.replace("编号: 示例条款", "编号: 另一条"))
    assert "PROC237" in codes(may("penalty-notice", "2026-02-02", FILED, two), "提醒")
    one = law_of(
        "530499",
        CLAUSE,
        CLAUSE.replace("编号: 示例条款", "编号: 旧条").replace(
            "示例: 是", "示例: 是\n失效日期: 2025-01-01"
        ),
    )
    answer = may("penalty-notice", "2026-02-02", FILED, one)
    assert answer.verdict in ("通过", "提醒") and "PROC237" not in codes(answer)


@pytest.mark.parametrize(
    ("signed", "code"),
    [
        ("签收人: 普大伯, 关系: 伯父", "PROC108"),
        ("签收人: 普大伯, 关系: 伯父, 同住: 是", "PROC109"),
        ("签收人: 普大伯, 关系: 伯父, 指定代收: 是", ""),
        ("签收人: 普大伯, 关系: 伯父, 同住: 是, 成年: 是", ""),
    ],
)
def test_a_doubtful_service_counts_but_asks(signed: str, code: str) -> None:
    history = CHECKED.replace("方式: 直接}", f"方式: 直接, {signed}}}")
    assert standing(history, "2026-01-26").state == "责令期满"
    asked = [
        c
        for c in codes(may("case-filing", "2026-01-26", history), "须说明理由")
        if c in ("PROC108", "PROC109")
    ]
    assert asked == ([code] if code else [])


def test_a_public_notice_that_nothing_led_to_does_not_count() -> None:
    history = MADE + (
        "- {日期: 2026-01-15, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 公告, 原因: 不在家, 公告媒介: 公告栏, 公告日期: 2026-01-15}\n"
    )
    told = stand(docket(history), date(2026, 3, 2))
    assert "PROC103" in [p.code for p in told.problems] and told.guardians[0].state == "责令待送达"


def test_a_period_beyond_the_calendar_is_refused() -> None:
    assert [p.code for p in law_of().term("penalty-limitation", date.max).refusal] == ["PROC001"]


def test_an_office_that_nobody_named() -> None:
    case, day = docket(ABSENT), date(2026, 1, 12)
    view = View(
        case.law,
        case.case,
        case.progress(case.case.guardians[0], day),
        "order",
        "order-to-correct",
        None,
        Clause(),
        case.suit(day),
        day,
    )
    assert [h.code for h in competent(view)] == ["PROC201"]


def test_the_most_urgent_case_comes_first() -> None:
    days = {
        "过期": (FILED, "2026-05-04"),
        "将到": (FILED, "2026-04-20"),
        "等着做，没有期限": (ABSENT, "2026-02-02"),
        "还早": (FILED, "2026-02-02"),
        "已结": (ORDERED + "- {日期: 2026-01-20, 事项: 结案, 结果: 其他}", "2026-02-02"),
    }
    told = {
        name: stand(docket(history), date.fromisoformat(day)).urgency
        for name, (history, day) in days.items()
    }
    assert sorted(told, key=told.__getitem__) == list(days)
    brief = {
        name: outline(docket(history), date.fromisoformat(day)).urgency
        for name, (history, day) in days.items()
    }
    assert brief == told


def test_every_reason_tells_what_to_do() -> None:
    for code, entry in catalogue().items():
        if code.startswith("PROC"):
            assert entry.get("hint") or code == "PROC420", code

"""Histories that cannot be are told with their places;
papers already made are judged as of their own day.
"""

from datetime import date

import pytest

from kcbx_docs.problems import Place
from kcbx_docs.procedure.audit import audit
from kcbx_docs.procedure.standing import stand
from kcbx_docs.record.docket import docket_of
from kcbx_docs.record.entry import Entry
from tests.procedure.world import (
    ABSENT,
    DECIDED,
    FATHER,
    FILED,
    MADE,
    MOTHER,
    ORDERED,
    TOLD,
    docket,
)

TODAY = date(2026, 11, 22)


def told(history: str, **changes: object) -> list[str]:
    """Return line:column and code of what is wrong, line 1 being the first event."""
    found = stand(docket(history, **changes), TODAY).problems
    return [f"{(p.place.line or 10) - 10}:{p.place.column} {p.code}" for p in found]


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (ABSENT, []),
        (
            ABSENT
            + "- {日期: 2026-02-01, 事项: 返校}\n- {日期: 2026-03-01, 事项: 核查, 结果: 未返校}",
            ["5:5 PROC404"],
        ),
        (
            ABSENT
            + "- {日期: 2026-02-01, 事项: 结案, 结果: 返校}\n- {日期: 2026-03-01, 事项: 批评教育}",
            ["5:5 PROC405"],
        ),
        (ABSENT + "- {日期: 2026-02-01, 事项: 催告}", ["4:5 PROC406"]),
        (ABSENT + "- {日期: 2026-02-01, 事项: 执行, 结果: 执行完毕}", ["4:5 PROC406"]),
        (ABSENT + "- {日期: 2026-02-01, 事项: 复议决定, 结果: 维持}", ["4:5 PROC409"]),
        (ABSENT + "- {日期: 2026-02-01, 事项: 制发, 文书: 红头文件}", ["4:5 PROC402"]),
        (
            ABSENT
            + "- {日期: 2026-02-01, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 直接}",
            ["4:5 PROC408"],
        ),
        (MADE.replace("青政责〔2026〕", "青政责〔2025〕"), ["4:5 PROC403"]),
        (TOLD.replace("2026-03-02, 事项: 事先告知", "2026-01-26, 事项: 事先告知"), ["8:5 PROC407"]),
        (
            DECIDED + "- {日期: 2026-03-20, 事项: 缴纳罚款, 对象: 普正华, 金额: 900}",
            ["12:5 PROC410"],
        ),
        (
            DECIDED + "- {日期: 2026-04-20, 事项: 催告, 对象: 普正华, 金额: 1000.01}",
            ["12:5 PROC411"],
        ),
        (DECIDED + "- {日期: 2026-04-20, 事项: 催告, 对象: 普正华, 金额: 1000}", []),
    ],
)
def test_contradictions_have_places(history: str, expected: list[str]) -> None:
    assert told(history) == expected


def test_a_payment_without_a_name_is_given_to_nobody() -> None:
    history = DECIDED + "- {日期: 2026-03-20, 事项: 缴纳罚款, 金额: 500}\n"
    assert told(history, guardians=(FATHER, MOTHER)) == ["12:5 PROC412"]
    assert (
        stand(docket(history, guardians=(FATHER, MOTHER)), TODAY).guardians[0].state == "逾期未缴"
    )
    assert stand(docket(history), TODAY).guardians[0].state == "已缴清"


def test_ledger_events_are_named_as_such() -> None:
    case = docket(ABSENT)
    stray = docket(ABSENT + "- {日期: 2026-02-01, 事项: 催告}").events[-1]
    told_elsewhere = Entry(stray, Place("登记簿", path="第7号"))
    joined = docket_of(case.case, case.law, ledger=[told_elsewhere])
    assert [p.place.file for p in stand(joined, TODAY).problems] == ["登记簿"]


def test_what_is_not_yet_known_on_the_day_does_not_count() -> None:
    assert stand(docket(DECIDED), date(2026, 1, 20)).guardians[0].state == "责令期内"


@pytest.mark.parametrize(
    ("history", "code"),
    [
        (
            TOLD + "- {日期: 2026-03-06, 事项: 处罚决定, 对象: 普正华, 金额: 500}",
            "申辩期到 2026年3月9日",
        ),
        (
            FILED + "- {日期: 2026-02-06, 事项: 处罚决定, 对象: 普正华, 金额: 500}",
            "没有对 普正华 事先告知",
        ),
        (
            FILED.replace("2026-01-27, 事项: 立案", "2026-01-20, 事项: 立案"),
            "改正期限到 2026年1月23日",
        ),
        (
            DECIDED
            + "- {日期: 2026-07-06, 事项: 处罚决定, 对象: 普正华, 文号: 青政罚决〔2026〕2号, 金额: 500}",
            "已经为这次拒不送学罚过一次",
        ),
        (DECIDED + "- {日期: 2026-03-20, 事项: 催告, 对象: 普正华}", "缴款期限到 2026年3月25日"),
    ],
)
def test_the_audit_finds_what_a_checker_would_find(history: str, code: str) -> None:
    found = [p for p in audit(docket(history), TODAY) if code in p.message]
    assert found and all(p.code in ("PROC420", "PROC421") and p.place.line for p in found)


def test_the_audit_is_silent_on_a_clean_ladder() -> None:
    checked = DECIDED
    assert [p.message for p in audit(docket(checked), TODAY)] == []


def test_a_withdrawn_order_opens_the_way_for_another() -> None:
    withdrawn = (
        ORDERED + "- {日期: 2026-01-15, 事项: 撤回, 文书: 责令限期改正通知书, 原因: 期限写错}\n"
    )
    assert stand(docket(withdrawn), date(2026, 1, 16)).guardians[0].state == "已报告"
    again = withdrawn + (
        "- {日期: 2026-01-16, 事项: 制发, 文书: 责令限期改正通知书, 文号: 青政责〔2026〕2号}\n"
        "- {日期: 2026-01-17, 事项: 送达, 文书: 责令限期改正通知书, 对象: 普正华, 方式: 直接}\n"
    )
    order = stand(docket(again), date(2026, 1, 20)).guardians[0].progress.order
    assert order and (order.act.number, order.end) == ("青政责〔2026〕2号", date(2026, 1, 27))

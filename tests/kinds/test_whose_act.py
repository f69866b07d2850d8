"""What one organ did is not printed as the act of another."""

import pytest

from tests.kinds.page import Kind
from tests.kinds.world import (
    BUREAU,
    DECIDED,
    MADE,
    OFFICE,
    OVERDUE,
    TOLD,
    TOWN,
    checked,
    codes,
    docket,
    may,
    office_of,
    papers,
    standing,
)

KIND = Kind(
    "谁制发的",
    "街道办事处的文号，印成教育局的责令；没有处罚权的镇政府立案、告知、决定，印成教育局的决定",
    (
        ("yiwu-jiaoyu-fa", "58"),
        ("xingzheng-chufa-fa", "17"),
        ("xingzheng-chufa-fa", "38", "1"),
        ("difang-zuzhi-fa", "85", "3"),
    ),
)
STREET = "云岭县湖滨街道办事处"
BY_STREET = MADE.replace("青政责改", "湖办责改")
BUREAU_ONLY = OFFICE.replace("机关: [乡镇人民政府, 县级教育行政部门]", "机关: [县级教育行政部门]")
BY_BUREAU = DECIDED.replace("青政", "云教体")


def told(history: str, day: str, office: str = OFFICE, **changes: object) -> set[str]:
    """List the codes of what check says of a case, but for reminders of the audit."""
    found = checked(day, history, office, **changes)
    return {one.code for one in found if one.code != "PROC420"}


def test_an_order_under_the_number_of_a_sub_district_is_its_own_and_void() -> None:
    answer = may("order-to-correct", "2026-03-12", BY_STREET)
    assert answer.issuer.organ and answer.issuer.organ.name == STREET
    assert "PROC202" in codes(answer, "禁止")
    assert "PROC421" in told(BY_STREET, "2026-03-12", more=f"承办机关: {STREET}\n")


def test_nothing_is_printed_over_the_number_of_another() -> None:
    assert not any("责令" in name for name in papers("2026-03-12", BY_STREET))


def test_a_decision_of_a_town_without_power_is_not_the_bureaus() -> None:
    answer = may("penalty-decision", "2026-04-17", DECIDED, office=BUREAU_ONLY)
    assert "PROC235" in codes(answer, "禁止") and answer.issuer.organ
    assert answer.issuer.organ.name == TOWN
    assert "PROC421" in told(DECIDED, "2026-04-20", BUREAU_ONLY)


def test_no_step_builds_on_it_in_silence() -> None:
    filed = TOLD.replace("青政罚告", "云教体罚告")
    assert "PROC284" in codes(may("penalty-decision", "2026-04-17", filed, office=BUREAU_ONLY))


def test_the_same_by_the_bureau_is_lawful_and_printed_as_its_own() -> None:
    text = papers("2026-04-17", BY_BUREAU, "penalty-decision", office=BUREAU_ONLY, reason="核对过")
    assert BUREAU in next(iter(text.values())) and "云教体罚决" in next(iter(text.values()))
    assert "PROC421" not in told(BY_BUREAU, "2026-04-20", BUREAU_ONLY)


@pytest.mark.parametrize("office", [OFFICE, BUREAU_ONLY])
def test_who_decided_demands_and_applies(office: str) -> None:
    option = standing("2026-05-20", BY_BUREAU, office=office).option("demand")
    assert option and option.issuer == BUREAU


def test_the_town_orders_though_the_bureau_handles_the_case() -> None:
    answer = may("order-to-correct", "2026-03-12", MADE, more=f"承办机关: {BUREAU}\n")
    assert answer.issuer.organ and answer.issuer.organ.name == TOWN
    assert "PROC421" not in told(MADE, "2026-03-12", more=f"承办机关: {BUREAU}\n")


@pytest.mark.parametrize("number", ["", "文号: 县控辍责改〔2026〕1号, "])
def test_a_number_that_tells_no_organ_leaves_the_rule(number: str) -> None:
    """An empty number, or the word of an organ that the workspace does not know."""
    history = MADE.replace("文号: 青政责改〔2026〕1号", number.rstrip(", ") or "备注: 无")
    answer = may("order-to-correct", "2026-03-12", history)
    assert answer.issuer.organ and answer.issuer.organ.name == TOWN


def test_the_key_tells_what_the_number_does_not() -> None:
    history = MADE.replace("文号: 青政责改〔2026〕1号", f"机关: {STREET}")
    assert "PROC202" in codes(may("order-to-correct", "2026-03-12", history), "禁止")
    two = MADE.replace("文号: 青政", f"机关: {STREET}, 文号: 青政")
    assert "PROC502" in told(two, "2026-03-12")
    unknown = MADE.replace("文号: 青政", "机关: 云岭县教育局督导室, 文号: 青政")
    assert "PROC503" in told(unknown, "2026-03-12")


def test_a_penalty_that_changes_hands_is_reminded_of() -> None:
    history = DECIDED.replace("青政罚决", "云教体罚决")
    assert "PROC504" in told(history, "2026-04-20")
    assert "PROC504" not in told(DECIDED.replace("青政责改", "云教体责改"), "2026-04-20")


def test_a_delegated_town_keeps_its_decision() -> None:
    delegated = BUREAU_ONLY.replace("赋权决定: 不需要", "赋权决定: 示例省人民政府令第1号")
    answer = may("penalty-decision", "2026-04-17", DECIDED, office=delegated)
    assert "PROC235" not in codes(answer) and "PROC236" in codes(answer, "提醒")
    assert office_of(delegated) and docket(DECIDED, delegated)


def test_the_wish_for_many_papers_is_kept() -> None:
    """The order of the town stays the town's in what the bureau writes about it."""
    filed = OVERDUE.replace("云教体", "青政")
    assert may("case-filing", "2026-03-27", filed, office=BUREAU_ONLY).issuer.organ.name == BUREAU  # type: ignore[union-attr]

"""Deadlines by hand (periods.yaml), and what must hold for every rule and day."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kcbx_docs.law.calendar import Calendar, MissingCalendar, read_calendar
from kcbx_docs.law.periods import PeriodResult, add_months, compute, latest_start
from kcbx_docs.law.registry import Registry, load_registry
from kcbx_docs.problems import UserError

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("periods.yaml").read_text("utf-8")
)
REGISTRY, CALENDAR = load_registry()[0], read_calendar()[0]
DAYS = st.dates(date(2024, 2, 1), date(2026, 8, 1))
FORWARD = ["pay-15", "review-60", "suit-6m", "suit-after-review", "review-untold"]
WORKING = ["hearing-request", "decision-service", "demand-10", "court-rule-7", "spot-money-hand-in"]


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize(
    "case", CASES, ids=lambda c: f"{c['规则']}-{c['起算']}-{c.get('地区') or c.get('数值') or ''}"
)
def test_a_deadline_is_what_was_counted_by_hand(
    case: dict[str, Any], registry: Registry, calendar: Calendar
) -> None:
    if code := case.get("错误"):
        with pytest.raises(UserError) as stopped:
            compute(
                case["规则"], case["起算"], calendar, registry, case.get("地区"), case.get("数值")
            )
        assert [p.code for p in stopped.value.problems] == [code]
        return
    result = compute(
        case["规则"], case["起算"], calendar, registry, case.get("地区"), case.get("数值")
    )
    assert result.end == case["末日"], case["理由"]
    assert result.unrolled == case.get("未顺延", case["末日"]), case["理由"]
    assert case.get("次日") in (None, result.earliest_next)
    assert case.get("条", "") in "、".join(citation.text for citation in result.basis)
    loud = [w.code for w in result.warnings if w.code != "LAW006"]
    assert loud == case.get("提醒", [])


def test_the_explanation_names_every_skipped_and_rolled_day(
    registry: Registry, calendar: Calendar
) -> None:
    assert compute("pay-15", date(2026, 3, 20), calendar, registry).explain() == (
        "缴纳罚款（15日，《行政处罚法》第六十七条第三款）：2026年4月7日（星期二）\n"
        "  2026年3月20日（星期五）处罚决定书送达，当天不计，从2026年3月21日起算\n"
        "  第15日为2026年4月4日（星期六）\n"
        "  2026年4月4日清明节放假，顺延一日\n"
        "  2026年4月5日清明节放假，顺延一日\n"
        "  2026年4月6日清明节放假，顺延一日\n"
        "  顺延后的末日为2026年4月7日（星期二）"
    )
    assert compute("hearing-request", date(2026, 9, 17), calendar, registry).explain().splitlines()[
        2:
    ] == [
        "  2026年9月19日星期六，不计",
        "  2026年9月20日星期日，调休上班，计入",
        "  第5个工作日为2026年9月23日（星期三）",
    ]


def test_the_json_has_the_agreed_keys(registry: Registry, calendar: Calendar) -> None:
    data = compute("decision-90", date(2026, 7, 6), calendar, registry).as_dict()
    assert {"rule", "start", "end", "earliest_next", "steps", "basis", "warnings"} <= set(data)
    assert data["end"] == "2026-10-04" and data["earliest_next"] == "2026-10-05"
    assert data["warnings"][0]["code"] == "LAW020"
    assert (
        "2026-10-08" in data["warnings"][0]["message"]
        and "2026-09-30" in data["warnings"][0]["hint"]
    )


def test_a_missing_year_names_the_file_and_the_command(
    registry: Registry, calendar: Calendar
) -> None:
    with pytest.raises(MissingCalendar, match=r"2027\.yaml.*kcbx calendar add 2027") as stopped:
        compute("demand-10", date(2026, 12, 25), calendar, registry)
    assert stopped.value.year == 2027


def test_a_rule_is_found_by_its_chinese_name_and_a_wrong_name_gets_the_nearest(
    registry: Registry,
) -> None:
    assert registry.rule("缴纳罚款").id == "pay-15"
    with pytest.raises(UserError, match="是不是「缴纳罚款」"):
        registry.rule("交纳罚款")


def test_the_last_useful_service_leaves_the_court_day_open(
    registry: Registry, calendar: Calendar
) -> None:
    served = latest_start("demand-10", date(2026, 12, 10), calendar, registry)
    assert (served.start, served.end, served.earliest_next) == (
        date(2026, 11, 25),
        date(2026, 12, 9),
        date(2026, 12, 10),
    )


def test_corresponding_days_go_back_as_well_as_forward() -> None:
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 15), -13) == date(2024, 12, 15)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)


@given(DAYS, st.sampled_from(FORWARD + WORKING))
def test_serving_later_never_ends_earlier(day: date, rule: str) -> None:
    today, tomorrow = (_compute(rule, d) for d in (day, day + timedelta(days=1)))
    assert today is None or tomorrow is None or today.end <= tomorrow.end


@given(DAYS, st.sampled_from(FORWARD), st.sampled_from([None, "450206"]))
def test_a_rolled_deadline_never_ends_on_a_day_off(
    day: date, rule: str, region: str | None
) -> None:
    result = compute(rule, day, CALENDAR, REGISTRY, region)
    if not any(w.code == "CAL002" for w in result.warnings):
        assert CALENDAR.is_workday(result.end, region)
        between = [
            result.unrolled + timedelta(days=n) for n in range((result.end - result.unrolled).days)
        ]
        assert not any(CALENDAR.is_workday(d, region) for d in between)


@given(DAYS, st.sampled_from(FORWARD), st.integers(0, 400))
def test_rolled_days_add_up(day: date, rule: str, value: int) -> None:
    result = (
        compute("pay-15", day, CALENDAR, REGISTRY, value=value)
        if rule == "pay-15"
        else compute(rule, day, CALENDAR, REGISTRY)
    )
    rolls = [s.day for s in result.steps if s.kind == "顺延"]
    assert (result.end - result.unrolled).days == len(rolls)
    assert rolls == [result.unrolled + timedelta(days=n) for n in range(len(rolls))]
    if result.rule.unit == "日":
        assert (result.unrolled - day).days == result.value


@settings(max_examples=200)
@given(
    st.dates(date(2024, 2, 1), date(2026, 9, 1)),
    st.integers(-15, 25),
    st.sampled_from([None, "45", "530102"]),
)
def test_working_days_add_up(day: date, value: int, region: str | None) -> None:
    rule = "hearing-notice" if value < 0 else "hearing-request"
    result = compute(rule, day, CALENDAR, REGISTRY, region, value)
    skipped = [s.day for s in result.steps if s.kind == "跳过"]
    assert abs((result.end - day).days) == abs(value) + len(skipped)
    assert not any(CALENDAR.is_workday(d, region) for d in skipped)
    assert value == 0 or CALENDAR.is_workday(result.end, region)


@given(DAYS, st.sampled_from(["decision-90", "court-application-window", "penalty-limitation"]))
def test_an_authority_never_gains_a_day(day: date, rule: str) -> None:
    result = compute(rule, day, CALENDAR, REGISTRY)
    assert result.end == result.unrolled
    if CALENDAR.has(result.end.year):
        warned = any(w.code == "LAW020" for w in result.warnings)
        assert warned is not CALENDAR.is_workday(result.end)


def _compute(rule: str, day: date) -> PeriodResult | None:
    try:
        result = compute(rule, day, CALENDAR, REGISTRY)
    except MissingCalendar:
        return None
    return None if any(w.code == "CAL002" for w in result.warnings) else result

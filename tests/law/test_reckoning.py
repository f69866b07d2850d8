"""How a period is counted, step by step, and where it is refused:
the edges that no rule of today touches.
"""

from datetime import date

import pytest

from kcbx_docs.law.calendar import load_calendar
from kcbx_docs.law.model import Rule
from kcbx_docs.law.periods import add_months, compute, latest_start
from kcbx_docs.problems import UserError
from kcbx_docs.reading import parse_yaml

MONDAY = date(2026, 3, 9)


def rule(unit="日", value=5, **more):
    keys = {
        "编号": "example",
        "名称": "示例期限",
        "数值": value,
        "单位": unit,
        "种类": "期间",
        "约束": "当事人",
        "起算": "事件",
        "核对": "已核对",
        **more,
    }
    return Rule.model_validate({key: one for key, one in keys.items() if one is not None})


def refused(registry, calendar, known, start=MONDAY, value=None):
    with pytest.raises(UserError) as stopped:
        compute(known, start, calendar, registry, None, value)
    return [p.code for p in stopped.value.problems]


@pytest.mark.parametrize(
    ("unit", "value", "end"),
    [
        ("日", 0, "2026-03-09"),
        ("日", 1, "2026-03-10"),
        ("日", -1, "2026-03-06"),
        ("工作日", 0, "2026-03-09"),
        ("工作日", 5, "2026-03-16"),
        ("工作日", -5, "2026-03-02"),
        ("月", 1, "2026-04-09"),
        ("月", -1, "2026-02-09"),
        ("年", 1, "2027-03-09"),
        ("周岁", 6, "2032-03-09"),
        ("每月日", 9, "2026-03-09"),
        ("每月日", 8, "2026-04-08"),
        ("每月日", 31, "2026-03-31"),
    ],
)
def test_each_unit_from_a_monday(registry, calendar, unit, value, end):
    assert compute(rule(unit, value), MONDAY, calendar, registry).end == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("start", "end"),
    [("2026-12-20", "2026-12-22"), ("2026-12-23", "2027-01-22"), ("2026-02-25", "2026-03-20")],
)
def test_the_day_of_every_month_comes_next_month_once_it_is_over(registry, calendar, start, end):
    found = compute(rule("每月日", 22), date.fromisoformat(start), calendar, registry)
    assert found.end == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("unit", "value", "fine"),
    [
        ("日", 11_000, True),
        ("日", 11_001, False),
        ("工作日", 0, True),
        ("工作日", 5_501, False),
        ("月", 354, True),
        ("月", 355, False),
        ("年", 30, True),
        ("年", 31, False),
        ("周岁", 30, True),
        ("周岁", 31, False),
        ("每月日", 1, True),
        ("每月日", 31, True),
        ("每月日", 0, False),
        ("每月日", 32, False),
        ("日", True, False),
    ],
)
def test_some_thirty_years_are_the_longest_that_is_counted(registry, calendar, unit, value, fine):
    if fine:
        assert compute(rule(unit), MONDAY, calendar, registry, None, value).value == value
    else:
        assert refused(registry, calendar, rule(unit), value=value) == ["LAW024"]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2026-01-31", ["LAW016"]),
        ("2026-02-01", []),
        ("2026-06-30", []),
        ("2026-07-01", ["LAW016"]),
    ],
)
def test_a_rule_holds_from_its_first_day_to_its_last(registry, calendar, day, codes):
    known = rule(施行="2026-02-01", 失效="2026-06-30")
    start = date.fromisoformat(day)
    if codes:
        assert refused(registry, calendar, known, start) == codes
    else:
        assert compute(known, start, calendar, registry).start == start


def test_a_figure_that_is_no_period_cannot_be_counted(registry, calendar):
    assert refused(registry, calendar, registry.rule("summary-cap-citizen")) == ["LAW015"]


def test_a_rule_that_counts_back_does_so_whatever_the_sign(registry, calendar):
    back = rule("工作日", -7)
    for value in (7, -7):
        assert compute(back, MONDAY, calendar, registry, None, value).value == -7
    assert compute(back, MONDAY, calendar, registry).earliest_next == MONDAY


@pytest.mark.parametrize(
    ("bound", "end", "kind"),
    [
        ("当事人", "2026-03-16", "顺延"),
        ("法院", "2026-03-16", "顺延"),
        ("机关", "2026-03-14", None),
    ],
)
def test_a_last_day_on_a_saturday_moves_for_all_but_the_office(
    registry, calendar, bound, end, kind
):
    found = compute(rule(约束=bound), MONDAY, calendar, registry)
    assert (found.end, found.unrolled) == (date.fromisoformat(end), date(2026, 3, 14))
    assert [step.day.day for step in found.steps if step.kind == "顺延"] == (
        [14, 15] if kind else []
    )
    assert [w.code for w in found.warnings] == ([] if kind else ["LAW020"])


def test_every_step_is_told_in_words(registry, calendar):
    lines = compute(rule("月", 1, 起算="决定送达"), date(2026, 1, 31), calendar, registry).explain()
    assert lines.splitlines()[1:] == [
        "  2026年1月31日（星期六）决定送达，当天不计，从2026年2月1日起算",
        "  满1个月为2026年2月28日（星期六），当月没有31日，以月末为末日",
        "  2026年2月28日星期六，调休上班，不顺延",
    ]
    back = compute(rule("工作日", -2), MONDAY, calendar, registry).explain().splitlines()
    assert back[1:] == [
        "  2026年3月9日（星期一）事件，当天不计，往前推算",
        "  2026年3月8日星期日，不计",
        "  2026年3月7日星期六，不计",
        "  第2个工作日为2026年3月5日（星期四）",
    ]
    today = compute(rule("日", 0), MONDAY, calendar, registry).explain().splitlines()
    assert today[1:] == [
        "  2026年3月9日（星期一）事件，以当日为准",
        "  当日为2026年3月9日（星期一）",
    ]


def test_a_rule_that_nobody_checked_and_a_figure_that_is_only_advice_say_so(registry, calendar):
    unchecked = compute(rule(核对="未核对", 说明="没有查到"), MONDAY, calendar, registry)
    assert [w.code for w in unchecked.warnings] == ["LAW022"]
    advice = registry.rule("defence-window")
    assert "LAW023" in [w.code for w in compute(advice, MONDAY, calendar, registry).warnings]
    given = compute(advice, MONDAY, calendar, registry, None, 3)
    assert "LAW023" not in [w.code for w in given.warnings]


def test_the_data_for_other_programs_is_complete(registry, calendar):
    data = compute(rule("日", 1), MONDAY, calendar, registry).as_dict()
    assert data == {
        "rule": {"id": "example", "name": "示例期限", "value": 1, "unit": "日"},
        "start": "2026-03-09",
        "end": "2026-03-10",
        "unrolled": "2026-03-10",
        "earliest_next": "2026-03-11",
        "steps": [
            {
                "kind": "起算",
                "day": "2026-03-09",
                "text": "2026年3月9日（星期一）事件，当天不计，从2026年3月10日起算",
            },
            {"kind": "届满", "day": "2026-03-10", "text": "第1日为2026年3月10日（星期二）"},
        ],
        "basis": [],
        "warnings": [],
    }


def test_no_more_than_half_as_many_working_days_as_days_are_counted(registry, calendar):
    """What is not too long runs into years without a calendar."""
    assert refused(registry, calendar, rule("工作日"), value=5_500) == ["CAL001"]


def test_a_period_of_no_days_ends_today_and_the_next_step_is_open_tomorrow(registry, calendar):
    found = compute(rule("日", 0), MONDAY, calendar, registry)
    assert (found.end, found.earliest_next) == (MONDAY, date(2026, 3, 10))


def test_the_latest_start_leaves_the_day_itself_free(registry, calendar):
    found = latest_start(rule("日", 1), date(2026, 3, 13), calendar, registry)
    assert (found.start, found.earliest_next) == (date(2026, 3, 11), date(2026, 3, 13))


def test_months_end_where_the_month_does():
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert add_months(date(2026, 11, 30), 1) == date(2026, 12, 30)
    assert add_months(date(2026, 1, 31), 12) == date(2027, 1, 31)


YEAR = """
年份: 2027
地区: 广西
代码: "45"
来源: 示例通知
核对: %s
放假: [{节日: 三月三, 自: 2027-04-08, 至: 2027-04-09}]
待核对: [{节日: 中元节, 自: 2027-08-15, 至: 2027-08-16}]
"""


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2027-08-14", "2027-08-14", False),
        ("2027-08-14", "2027-08-15", True),
        ("2027-08-16", "2027-08-20", True),
        ("2027-08-17", "2027-08-20", False),
        ("2027-08-20", "2027-08-14", True),
    ],
)
def test_a_feast_that_nobody_confirmed_matters_only_where_the_period_touches_it(first, last, told):
    calendar, problems = load_calendar(parse_yaml(YEAR % "已核对", "a.yaml")[0])
    assert problems == ()
    found = calendar.doubts(date.fromisoformat(first), date.fromisoformat(last), "4502")
    assert ("CAL005" in [p.code for p in found]) is told
    assert calendar.doubts(date.fromisoformat(first), date.fromisoformat(last), "53") == ()


@pytest.mark.parametrize(
    ("value", "open_from"), [(-1, MONDAY), (-2, MONDAY), (1, date(2026, 3, 11))]
)
def test_what_is_counted_back_leaves_the_next_step_open_from_its_event(
    registry, calendar, value, open_from
):
    assert compute(rule("日", value), MONDAY, calendar, registry).earliest_next == open_from

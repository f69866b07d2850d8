"""Working days against an independent library,
and what a clerk can get wrong in a calendar file.
"""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from kcbx_docs.law.calendar import (
    Calendar,
    MissingCalendar,
    as_rows,
    load_calendar,
    read_calendar,
    year_template,
)
from kcbx_docs.reading import Source, parse_yaml


def days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def source(text: str, name: str = "2027.yaml") -> Source:
    found, problems = parse_yaml(text, name)
    assert problems == ()
    return found


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_national_calendar_agrees_with_chinesecalendar(calendar: Calendar, year: int) -> None:
    differing = [
        d for d in days(year) if calendar.is_workday(d) is not chinese_calendar.is_workday(d)
    ]
    assert differing == []


def test_2026_is_what_the_state_council_announced(calendar: Calendar) -> None:
    weekend_work = [
        d.strftime("%m-%d") for d in days(2026) if d.weekday() >= 5 and calendar.is_workday(d)
    ]
    assert weekend_work == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]
    assert calendar.rest_reason(date(2026, 2, 23)) == "春节放假"
    assert calendar.rest_reason(date(2026, 3, 7)) == "星期六"
    assert calendar.work_note(date(2026, 5, 9)) == "星期六，调休上班"


@pytest.mark.parametrize(
    ("region", "off"),
    [
        ("450206", True),
        ("45", True),
        ("广西壮族自治区柳州市柳江区", True),
        ("530102", False),
        (None, False),
        ("", False),
    ],
)
def test_a_provincial_feast_is_off_only_there(
    calendar: Calendar, region: str | None, off: bool
) -> None:
    assert calendar.is_workday(date(2025, 3, 31), region) is not off
    assert calendar.is_workday(date(2025, 3, 28), region)


def test_an_unknown_year_is_never_guessed(calendar: Calendar) -> None:
    assert not calendar.has(2027)
    with pytest.raises(MissingCalendar, match=r"2027\.yaml"):
        calendar.is_workday(date(2027, 3, 1))


def test_an_unconfirmed_feast_warns_only_where_it_may_matter(calendar: Calendar) -> None:
    def found(first: date, last: date, region: str) -> list[str]:
        return [p.code for p in calendar.doubts(first, last, region)]

    assert found(date(2026, 4, 1), date(2026, 4, 17), "45") == ["CAL005"]
    assert found(date(2026, 4, 1), date(2026, 4, 16), "45") == []
    assert found(date(2026, 4, 23), date(2026, 4, 30), "45") == []
    assert found(date(2026, 4, 1), date(2026, 4, 30), "53") == []


NEXT_YEAR = """
年份: 2027
来源: 示例通知
核对: 已核对
放假:
  - {节日: 元旦, 自: 2027-01-01, 至: 2027-01-03}
调休上班: [2027-01-09]
"""


REST = """\
  - {节日: 春节, 自: 2027-02-05, 至: 2027-02-13}
  - {节日: 清明节, 自: 2027-04-03, 至: 2027-04-05}
  - {节日: 劳动节, 自: 2027-05-01, 至: 2027-05-05}
  - {节日: 端午节, 自: 2027-06-09, 至: 2027-06-09}
  - {节日: 国庆节、中秋节, 自: 2027-10-01, 至: 2027-10-07}
"""
WHOLE_YEAR = NEXT_YEAR.replace("调休", REST.replace("国庆节、中秋节", "中秋、国庆") + "调休")


def test_a_year_whose_feasts_are_not_all_written_counts_as_missing(tmp_path: Path) -> None:
    """A file just made by calendar add must not turn the Spring Festival into working days."""
    for text, missing in (
        (year_template(2027), "春节、清明节、劳动节、端午节、中秋节、国庆节"),
        (NEXT_YEAR, "春节"),
        (WHOLE_YEAR.replace("端午", "端五"), "端午节"),
    ):
        (tmp_path / "2027.yaml").write_text(text, "utf-8")
        calendar, problems = read_calendar(tmp_path)
        assert not calendar.has(2027)
        assert [(p.code, p.severity) for p in problems] == [("CAL011", "warning")]
        assert missing in problems[0].message


def test_a_workspace_adds_a_year_and_a_province_that_misses_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "2027.yaml").write_text(WHOLE_YEAR, "utf-8")
    calendar, problems = read_calendar(tmp_path)
    assert problems == ()
    assert not calendar.is_workday(date(2027, 1, 1)) and calendar.is_workday(date(2027, 1, 9))
    assert [p.code for p in calendar.doubts(date(2027, 3, 1), date(2027, 4, 1), "45")] == ["CAL006"]


def test_a_workspace_replaces_a_shipped_file() -> None:
    text = '年份: 2026\n地区: 广西\n代码: "45"\n来源: 示例通知\n核对: 已核对\n放假:\n  - {节日: 三月三, 自: 2026-04-20, 至: 2026-04-21}\n'
    calendar, problems = load_calendar(source(text, "guangxi-2026.yaml"))
    assert problems == () and calendar.rest_reason(date(2026, 4, 20), "45") == "三月三放假"
    assert calendar.doubts(date(2026, 4, 1), date(2026, 4, 30), "45") == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        (
            "自: 2027-01-01, 至: 2027-01-03",
            "自: 2026-01-01, 至: 2026-01-03",
            "CAL003",
            "2027.yaml:6:5",
        ),
        ("[2027-01-09]", "[2028-01-08]", "CAL003", "2027.yaml:7:8"),
        ("[2027-01-09]", "[2027-01-08]", "CAL004", "2027.yaml:7:8"),
        ("[2027-01-09]", "[2027-01-03]", "CAL008", "2027.yaml:7:8"),
        ("至: 2027-01-03", "至: 2026-12-03", "CAL009", "2027.yaml:6:5"),
        ("2027-01-09", "2027-02-30", "TYPE015", "2027.yaml:7:8"),
    ],
)
def test_mistakes_in_a_calendar_file_have_their_places(
    old: str, new: str, code: str, place: str
) -> None:
    _, problems = load_calendar(source(NEXT_YEAR.replace(old, new)))
    assert [(p.code, str(p.place)) for p in problems] == [(code, place)]


def test_two_files_of_one_year_are_refused() -> None:
    _, problems = load_calendar(source(NEXT_YEAR), source(NEXT_YEAR, "again.yaml"))
    assert [p.code for p in problems] == ["CAL007"]
    assert "2027.yaml、again.yaml" in problems[0].message


def test_the_new_file_is_valid_and_marked_as_unchecked() -> None:
    calendar, problems = load_calendar(
        source(year_template(2027)), source(year_template(2027, "广西", "45"), "g.yaml")
    )
    assert problems == ()
    assert [p.code for p in calendar.doubts(date(2027, 3, 1), date(2027, 3, 2))] == ["CAL010"]


def test_a_year_is_listed_in_order_with_its_source(calendar: Calendar) -> None:
    rows = as_rows(calendar, 2025, "45")
    assert [row["自"] for row in rows] == sorted(row["自"] for row in rows)
    assert {"壮族三月三", "春节"} <= {row["名称"] for row in rows} and all(
        row["来源"] for row in rows
    )
    assert "壮族三月三" not in {row["名称"] for row in as_rows(calendar, 2025)}


def test_the_rows_of_a_year_say_from_when_until_when_and_why(calendar: Calendar) -> None:
    rows = as_rows(calendar, 2026)
    spring = next(row for row in rows if row["名称"] == "春节")
    assert (spring["类别"], spring["自"], spring["至"]) == (
        "放假",
        date(2026, 2, 15),
        date(2026, 2, 23),
    )
    worked = [(row["自"], row["至"]) for row in rows if row["类别"] == "调休上班"]
    assert worked[0] == (date(2026, 1, 4), date(2026, 1, 4)) and len(worked) == 6
    assert {row["名称"] for row in rows if row["类别"] == "待核对"} == set()


def test_a_new_file_asks_for_every_feast_of_the_year() -> None:
    text = year_template(2027)
    for feast in ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"):
        assert f"节日: {feast}," in text, feast
    assert "春节" not in year_template(2027, "广西", "45")

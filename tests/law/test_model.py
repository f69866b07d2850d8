"""What is in force when: the first and the last day of a version, a basis, a feast."""

from datetime import date

import pytest

from kcbx_docs.law.calendar import Holiday, load_calendar, read_calendar
from kcbx_docs.law.model import Basis, Rule, Statute, Version
from kcbx_docs.reading import parse_yaml

FIRST, LAST = date(2026, 2, 1), date(2026, 6, 30)
DAYS = [
    (date(2026, 1, 31), False),
    (FIRST, True),
    (LAST, True),
    (date(2026, 7, 1), False),
]


@pytest.mark.parametrize(("day", "inside"), DAYS)
def test_the_first_and_the_last_day_belong_to_it(day, inside):
    version = Version.model_validate({"施行": FIRST, "失效": LAST, "核对": "已核对"})
    basis = Basis.model_validate({"法": "甲", "自": FIRST, "至": LAST})
    feast = Holiday.model_validate({"节日": "甲", "自": FIRST, "至": LAST})
    assert [one.covers(day) for one in (version, basis, feast)] == [inside] * 3


@pytest.mark.parametrize("day", [date.min, FIRST, date.max])
def test_without_days_it_holds_always(day):
    version = Version.model_validate({"核对": "已核对"})
    assert version.covers(day) and Basis.model_validate({"法": "甲"}).covers(day)
    assert version.span == "施行日期未核对 至 今"


@pytest.mark.parametrize(
    ("unit", "event", "period"),
    [
        *((unit, "送达", True) for unit in ("日", "工作日", "月", "年", "周岁", "每月日")),
        *((unit, "送达", False) for unit in ("及时", "元", "百分比", "人", "是否")),
        ("日", "", False),
    ],
)
def test_a_figure_from_which_a_day_can_be_computed(unit, event, period):
    rule = {
        "编号": "a",
        "名称": "甲",
        "单位": unit,
        "种类": "期间",
        "起算": event,
        "核对": "已核对",
    }
    assert Rule.model_validate(rule).is_period is period


def test_a_statute_is_cited_by_any_of_its_names_and_articles_belong_to_versions():
    statute = Statute.model_validate(
        {
            "编号": "a-b",
            "名称": "某某条例",
            "简称": "条例",
            "别名": ["旧称"],
            "层级": "地方性法规",
            "版本": [
                {"核对": "已核对", "条文": {2: {"要旨": "新"}}},
                {"核对": "已核对", "另行编号": "是", "条文": {3: {"要旨": "旧"}}},
            ],
            "条文": {1: {"要旨": "通用"}},
        }
    )
    assert statute.names == ("某某条例", "条例", "a-b", "旧称")
    numbered = statute.model_copy(update={"number": "第8号"})
    assert numbered.names[-1] == "第8号"
    assert [set(statute.articles_of(version)) for version in statute.versions] == [{1, 2}, {3}]


LOCAL = """\
年份: 2027
地区: %s
代码: "%s"
来源: 示例通知
核对: %s
放假: [{节日: %s, 自: 2027-04-08, 至: 2027-04-09}]
调休上班: [%s]
"""
NATION = """\
年份: 2027
来源: 示例通知
核对: 已核对
放假: [{节日: 元旦, 自: 2027-01-01, 至: 2027-01-03}]
调休上班: [2027-01-09]
"""


def year(*texts):
    calendar, problems = load_calendar(
        *(parse_yaml(t, f"{n}.yaml")[0] for n, t in enumerate(texts))
    )
    assert problems == ()
    return calendar


def test_the_nearest_calendar_goes_before_the_wider_one():
    province = LOCAL % ("广西", "45", "已核对", "三月三", "")
    city = LOCAL % ("广西柳州", "4502", "已核对", "歌节", "2027-04-10")
    calendar = year(NATION, province, city)
    assert calendar.rest_reason(date(2027, 4, 8), "450206") == "歌节放假"
    assert calendar.rest_reason(date(2027, 4, 8), "4501") == "三月三放假"
    assert calendar.rest_reason(date(2027, 4, 8)) == ""
    assert calendar.work_note(date(2027, 4, 10), "4502") == "星期六，调休上班"
    assert calendar.rest_reason(date(2027, 4, 10), "45") == "星期六"
    assert calendar.is_workday(date(2027, 4, 10), "4502")


def test_a_region_may_be_named_in_words():
    calendar = year(NATION, LOCAL % ("广西", "45", "已核对", "三月三", ""))
    assert not calendar.is_workday(date(2027, 4, 8), "广西壮族自治区")
    assert calendar.is_workday(date(2027, 4, 8), "云南省")


def test_the_next_working_day_may_be_the_day_itself_and_lies_on_either_side():
    calendar = year(NATION)
    assert calendar.next_workday(date(2027, 1, 4)) == date(2027, 1, 4)
    assert calendar.next_workday(date(2027, 1, 1)) == date(2027, 1, 4)
    assert calendar.next_workday(date(2027, 1, 17), None, -1) == date(2027, 1, 15)


def test_what_nobody_checked_is_told_for_its_own_region_and_year():
    calendar = year(NATION, LOCAL % ("广西", "45", "未核对", "三月三", ""))
    found = calendar.doubts(date(2027, 3, 1), date(2027, 3, 2), "45")
    assert [p.code for p in found] == ["CAL010"]
    assert calendar.doubts(date(2027, 3, 1), date(2027, 3, 2), "53") == ()
    before = calendar.doubts(date(2026, 3, 1), date(2026, 3, 2), "45")
    assert "CAL010" not in [p.code for p in before]


def test_two_regions_of_one_year_are_no_doubles():
    calendar = year(
        NATION,
        LOCAL % ("广西", "45", "已核对", "三月三", ""),
        LOCAL % ("云南", "53", "已核对", "火把节", ""),
    )
    assert calendar.rest_reason(date(2027, 4, 9), "53") == "火把节放假"


def test_a_folder_without_calendars_adds_nothing(tmp_path):
    assert read_calendar(tmp_path)[0].years == read_calendar()[0].years
    (tmp_path / "2027.yaml").write_text("年份: [", "utf-8")
    calendar, problems = read_calendar(tmp_path)
    assert problems and not calendar.has(2027)


@pytest.mark.parametrize(
    ("number", "fine"), [(1999, False), (2000, True), (2100, True), (2101, False)]
)
def test_years_of_this_century(number, fine):
    text = NATION.replace("2027", str(number)).replace(
        f"调休上班: [{number}-01-09]", "调休上班: []"
    )
    _, problems = load_calendar(parse_yaml(text, "a.yaml")[0])
    assert (problems == ()) is fine


def test_a_year_that_a_province_misses_is_told_of_the_province():
    """Both the province and the city have a calendar of 2026 and none of 2027."""
    texts = [
        LOCAL.replace("2027", "2026") % ("广西", "45", "已核对", "三月三", ""),
        LOCAL.replace("2027", "2026") % ("广西柳州", "4502", "已核对", "歌节", ""),
    ]
    found = year(NATION, *texts).doubts(date(2027, 3, 1), date(2027, 3, 2), "4502")
    assert [p.code for p in found] == ["CAL006"]
    assert "广西没有" in found[0].message or "广西柳州" not in found[0].message

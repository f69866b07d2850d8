"""A school of twelve children in every state: figures counted by hand, lists that add up."""

from collections import Counter
from datetime import date

import pytest

from kcbx_docs.listing.children import STAGES, CaseChild, DaySpan
from kcbx_docs.listing.figures import behind, figures_of, report_tables
from kcbx_docs.listing.gathering import BOTH, CASES_ALONE, LEADS_ALONE, gathered
from kcbx_docs.listing.leads import lead_table
from kcbx_docs.listing.lists import LISTS, tables_of_list
from kcbx_docs.listing.over_time import road_on
from tests.kinds.world import docket
from tests.listing.world import CHILDREN, NOVEMBER, school

ALL = DaySpan(date(2026, 11, 30))
COUNTED = """
1 期初未到校 01 02 06 07 08
2 本期新增 03 04 05 11
2.1 其中：再次辍学 05
2.2 其中：恢复办理 11
2.3 其中：辍学 03 04
3 本期返校 02 04
4 本期没有返校而结案、移交 07 08
5 期末未到校 01 03 05 06 11
6 学籍标注 03
7 劝返 01 03 03
7.1 其中：同意返校 03
7.2 其中：拒绝 03
7.3 其中：未见到 01
10 帮扶 10 10
11 送教 09 09
13 制发文书
16 期末未到校的，按失学原因 01 03 05 06 11
18 复学观察 04 09 09
18.1 其中：在校 04 09
18.2 其中：请假 09
19 期末已返校、观察没有做完的 04
"""


@pytest.fixture(scope="module")
def november():
    told = school()
    assert told.problems == () and len(told.children) == len(CHILDREN)
    return {one.number: one for one in figures_of(told.children, told.leads)}


@pytest.mark.parametrize("line", COUNTED.strip().splitlines())
def test_each_figure_is_the_children_that_were_counted_by_hand(november, line):
    number, name, *children = line.split(" ")
    figure = november[number]
    assert figure.name == name
    assert sorted(one.who.id.removeprefix("2026-") for one in figure.counted) == children


def test_the_five_figures_add_up_in_every_stage(november):
    before, began, back, left, after = (november[number] for number in "12345")
    assert before.total + began.total - back.total - left.total == after.total == 5
    for stage in STAGES:
        of = [one.of_stage(stage) for one in (before, began, back, left, after)]
        assert of[0] + of[1] - of[2] - of[3] == of[4]
    assert [one.of_stage("没有写明") for one in (before, after)] == [1, 1]


def test_lessons_are_added_up_not_counted(november):
    assert (november["11"].total, november["12"].total) == (2, 5)


def test_what_was_decided_later_does_not_change_the_month(november):
    """One lead was accepted in November, one rejected in December only, one came in December."""
    assert [(one.who.name, one.what) for one in november["14"].counted] == [
        ("周三", "受理"),
        ("白一", "没有处理"),
    ]
    assert [one.who.name for one in november["15"].counted] == ["白一", "白二"]


def test_the_rows_behind_a_figure_add_up_to_it(november):
    rows = list(behind(november.values()))
    for figure in november.values():
        own = [row for row in rows if row[0] == figure.number]
        assert sum(int(row[8]) for row in own) == figure.total


def test_the_month_by_schools_adds_up(november):
    _, schools, _ = report_tables("月报表", tuple(november.values()), ("",))
    assert schools.rows == (
        ("云岭县青石中学", "5", "4", "2", "2", "5"),
        ("合计", "5", "4", "2", "2", "5"),
    )


LISTED = {
    "失学台账": "06",
    "辍学台账": "01 02 03 04 05 07 08 09 10 11",
    "送教台账": "09",
    "帮扶台账": "02 10",
    "红白名单": "01 02 10",
    "留守儿童": "01",
    "一校一册": "01 02 03 04 05 06 07 08 09 10 11 12",
}


@pytest.mark.parametrize("name", LISTS)
def test_each_list_names_those_it_should(name):
    told = school(ALL)
    tables = tables_of_list(LISTS[name], told.children, told.head())
    rows = [dict(zip(tables[0].heads, row, strict=True)) for row in tables[0].rows]
    assert sorted(row["案件编号"].removeprefix("2026-") for row in rows) == LISTED[name].split()
    assert f"全部案件12件：列入本表{len(rows)}人，没有列入{12 - len(rows)}件。" in tables[0].foot[1]
    assert [row["序号"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]


def rows_of(name, span=ALL):
    told = school(span)
    tables = tables_of_list(LISTS[name], told.children, told.head())
    (heads, rows), details = (tables[0].heads, tables[0].rows), tables[1:]
    known = {row[heads.index("案件编号")]: dict(zip(heads, row, strict=True)) for row in rows}
    return known, details


def test_a_list_of_a_month_leaves_out_who_was_at_school_all_the_time():
    rows, _ = rows_of("辍学台账", DaySpan(date(2026, 11, 30), date(2026, 11, 1)))
    assert "2026-09" not in rows and "2026-10" not in rows
    assert "2026-04" in rows


def test_the_papers_of_a_row_are_the_rows_of_its_details():
    rows, (made,) = rows_of("辍学台账")
    counts = Counter(row[made.heads.index("案件编号")] for row in made.rows)
    told = {case: int(row["文书"].split("份")[0]) for case, row in rows.items() if row["文书"]}
    assert told == dict(counts) and made.foot[-1] == f"共{len(made.rows)}份。"


def test_where_each_child_is_now():
    rows, _ = rows_of("辍学台账")
    assert {key[-2:]: row["目前情况"] for key, row in rows.items()} == {
        **dict.fromkeys(("01", "03", "05", "11"), "仍未到校"),
        **dict.fromkeys(("02", "04", "09", "10"), "已返校"),
        "07": "已移交",
        "08": "已结案",
    }
    assert rows["2026-03"]["劝返"] == "2次，最近2026-11-10"
    assert rows["2026-03"]["学籍标注"] == "2026-11-13 疑似辍学"
    assert rows["2026-08"]["销号"] == "2026-11-24 孩子出境"


def test_the_last_list_holds_and_a_red_one_without_help_says_so():
    rows, _ = rows_of("红白名单")
    assert [(row["名单"], row["包保人"]) for row in rows.values()] == [
        ("红名单", "没有写包保人"),
        ("红名单", "施文"),
        ("白名单", ""),
    ]


def test_the_second_sheet_lists_each_visit_and_no_word_of_counselling():
    rows, (visits,) = rows_of("送教台账")
    assert (rows["2026-09"]["送教次数"], rows["2026-09"]["课时"]) == ("3次", "7课时")
    assert [row[3:6] for row in visits.rows] == [
        ("2026-10-28", "上门", "2"),
        ("2026-11-11", "上门", "2"),
        ("2026-11-18", "远程", "3"),
    ]
    _, (help_,) = rows_of("帮扶台账")
    assert len(help_.rows) == 2 and "吵" not in str(help_.rows)


def test_homes_before_stand_in_the_list_of_left_behind_children():
    rows, _ = rows_of("留守儿童")
    assert rows["2026-01"]["父母住址和变动"] == (
        "普正华：2020-01-01起 云岭县青石镇石桥村2号；2026-02-20起 云岭县青石镇白沙村15号"
    )


def test_the_looks_after_a_return_stand_in_the_list():
    rows, _ = rows_of("辍学台账")
    assert {key[-2:]: row["复学观察"] for key, row in rows.items() if row["复学观察"]} == {
        "04": "1次，最近2026-11-19在校，下一次2026-12-12",
        "09": "2次，最近2026-11-12请假",
    }


@pytest.mark.parametrize(
    ("span", "listed"),
    [
        (NOVEMBER, ["X2026-001受理", "X2026-002没有处理", "X2026-003没有处理"]),
        (DaySpan(date(2026, 12, 5), date(2026, 12, 1)), ["X2026-003没有处理", "X2026-004没有处理"]),
        (
            DaySpan(date(2026, 12, 5)),
            ["X2026-001受理", "X2026-002不受理", "X2026-003没有处理", "X2026-004没有处理"],
        ),
    ],
    ids=["十一月", "十二月", "从头"],
)
def test_the_leads_of_the_days_and_those_that_wait_are_listed(span, listed):
    told = school(span)
    table = lead_table(told.leads, told.head())
    rows = [dict(zip(table.heads, row, strict=True)) for row in table.rows]
    assert [row["线索编号"] + row["处理"] for row in rows] == listed
    assert f"共{len(listed)}条：" in table.foot[1]
    assert {row["受理的案件"] for row in rows if row["处理"] == "受理"} <= {"2026-03"}


@pytest.mark.parametrize(
    ("text", "of_cases", "of_leads", "of_both"),
    [
        ("工作: 月报\n月份: 十一月\n", 0, 0, 0),
        ("批次: 秋季\n学期: 不知道\n", 0, 0, 0),
        ("线索: 疑似辍学\n名单: [{姓名: 某某}]\n", 0, 1, 1),
        ("案件: 控辍个案\n编号: 坏\n", 1, 0, 1),
        ("不知道是什么\n", 1, 1, 1),
    ],
    ids=["工作", "批次", "线索", "案件", "看不出"],
)
def test_a_broken_file_matters_where_it_would_be_counted(text, of_cases, of_leads, of_both):
    office = school().office
    broken = office.root / "cases/坏.yaml"
    broken.write_text(text, "utf-8")
    try:
        unread = [
            gathered(office, NOVEMBER, today=date(2026, 12, 5), kinds=kinds).unread
            for kinds in (CASES_ALONE, LEADS_ALONE, BOTH)
        ]
    finally:
        broken.unlink()
    assert unread == [of_cases, of_leads, of_both]


@pytest.mark.parametrize("guardians", [("普正华",), ()], ids=["有监护人", "还没有查明监护人"])
def test_a_child_of_whose_guardians_nobody_is_known_is_observed_and_counted_all_the_same(guardians):
    """Such a child was not counted as one whose checks are not done, and stood on no road."""
    back = (
        "- {日期: 2026-11-02, 事项: 首次缺课}\n"
        "- {日期: 2026-11-12, 事项: 返校, 观察日期: [2026-11-19, 2026-12-12]}\n"
        "- {日期: 2026-11-19, 事项: 复学观察, 结果: 在校}\n"
    )
    child = CaseChild(docket(back, guardians=guardians), NOVEMBER)
    figures = {one.number: one.total for one in figures_of((child,), ())}
    assert (figures["3"], figures["18"], figures["19"]) == (1, 1, 1)
    assert child.observing.next == date(2026, 12, 12)
    assert road_on(child.docket, NOVEMBER.last) is not None

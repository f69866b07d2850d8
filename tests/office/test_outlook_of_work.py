"""Management work stands beside the cases in what is due, and a report that has a file is told
once.
"""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.office.agenda import agenda, as_ics
from kcbx_docs.office.outlook import outlooks

DAY = date(2026, 11, 10)
OFFICE = "地区: '450206'\n机关: {名称: 某镇中学, 类型: 学校}\n"
MONTH = "工作: 月报\n月份: 2026-11\n工作情况: 家访。\n"
SENT = "制发: [{文书: 月工作情况报告, 日期: 2026-11-09}]\n"


@pytest.fixture
def told(tmp_path: Path):
    (tmp_path / "kcbx.yaml").write_text(OFFICE, "utf-8")
    (tmp_path / "cases").mkdir()

    def look(text: str, name: str = "月报"):
        path = tmp_path / "cases" / f"{name}.yaml"
        path.write_text(text, "utf-8")
        return outlooks([path], DAY, DAY)

    return look


def test_the_month_that_has_a_file_is_due_once(told):
    found = told(MONTH)
    assert [due.by for due in found.cases[0].due] == [date(2026, 11, 20)]
    assert found.regular == ()


def test_another_month_leaves_the_regular_report_due(told):
    found = told(MONTH.replace("2026-11", "2026-10"))
    assert [coming.by for _, coming in found.regular] == [date(2026, 11, 20)]


def test_a_report_that_was_sent_is_not_asked_for_again(told):
    found = told(MONTH + SENT)
    (work,) = found.cases
    assert (work.due, work.todos, work.states) == ((), (), (("", "已办结"),))
    assert found.regular == ()


def test_what_is_overdue_comes_before_what_may_wait(told):
    late = told("工作: 整改\n对象: 甲中学\n问题: 没有台账\n期限: 2026-11-09\n", "迟")
    soon = told(MONTH)
    assert late.cases[0].urgency < soon.cases[0].urgency


def test_of_several_units_those_are_named_that_have_not_answered(told):
    parties = "对象: [{名称: 甲中学, 交回日期: 2026-11-08}, 乙小学]\n"
    found = told(f"工作: 责任书\n{parties}年度: 2026\n期限: 2026-11-30\n", "责任书")
    assert [(due.what, due.guardian) for due in found.cases[0].due] == [("签订责任书", "乙小学")]


def test_a_calendar_that_leaves_the_house_tells_no_words_of_the_file(told):
    problem = "问题: [{内容: 杨小溪没有人回访, 期限: 2026-11-30}]\n"
    found = told(f"工作: 整改\n对象: 甲中学\n{problem}期限: 2026-12-10\n", "整改")
    assert [due.detail for due in found.cases[0].due] == ["杨小溪没有人回访", ""]
    calendar = as_ics(agenda(found), DAY).decode()
    assert "整改" in calendar
    assert "杨小溪" not in calendar


YUXI = "地区: '530423'\n机关: {名称: 通海县教育体育局, 类型: 县级教育行政部门}\n"
PLEDGE = (
    "工作: 责任书\n年度: 2027\n对象: [某中学]\n目标: [一个不少]\n责任: [到岗]\n期限: 2027-04-20\n"
)
TALK = "工作: 约谈\n对象: [某中学]\n"


@pytest.mark.parametrize(
    ("day", "office", "text", "due"),
    [
        ("2027-02-03", YUXI, TALK, ["制定活动方案（3月是本地的控辍月份）2027-03-31"]),
        (
            "2027-03-20",
            YUXI,
            TALK,
            [
                "签订责任书（4月是本地的责任书月份）2027-04-30",
                "制定活动方案（3月是本地的控辍月份）2027-03-31",
            ],
        ),
        ("2027-04-30", YUXI, TALK, ["签订责任书（4月是本地的责任书月份）2027-04-30"]),
        ("2027-04-02", YUXI, PLEDGE, []),
        ("2027-05-01", YUXI, TALK, []),
        ("2027-04-02", YUXI.replace("县级教育行政部门", "学校"), TALK, []),
        ("2027-04-02", YUXI.replace("530423", "350583"), TALK, []),
        (
            "2027-03-02",
            YUXI,
            "工作: 宣传月\n月份: 2027-03\n",
            ["签订责任书（4月是本地的责任书月份）2027-04-30"],
        ),
    ],
    ids=["前一月", "两样", "最后一天", "有了责任书", "过了", "学校不催", "没有核对", "有了方案"],
)
def test_what_a_place_does_in_certain_months_is_told_a_month_ahead(
    tmp_path: Path, day: str, office: str, text: str, due: list[str]
) -> None:
    (tmp_path / "kcbx.yaml").write_text(office, "utf-8")
    (tmp_path / "cases").mkdir()
    path = tmp_path / "cases/一件.yaml"
    path.write_text(text, "utf-8")
    on = date.fromisoformat(day)
    assert [f"{one.what}{one.by}" for _, one in outlooks([path], on, on).regular] == due

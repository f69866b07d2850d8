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

"""The steps of a piece of work are done when its file says so, and due on the file's own day."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.case.work import Work
from kcbx_docs.office.opened import open_office
from kcbx_docs.procedure.works import open_tasks, tasks_of

DAY = date(2026, 11, 25)
SAMPLE = Path(__file__).parents[2] / "cases/管理示例/cases/约谈.yaml"


@pytest.fixture(scope="module")
def law():
    return open_office(SAMPLE).law


def work(kind="整改", **keys):
    return Work.model_validate({"工作": kind, "对象": ["甲中学", "乙小学"], **keys})


def names(tasks):
    return [task.label for task in tasks]


def test_nothing_is_awaited_of_units_that_were_given_no_last_day(law):
    assert names(open_tasks(work(), law, DAY)) == ["发出整改通知书"]


def test_a_notice_that_left_leaves_the_report_due_on_the_day_of_the_file(law):
    sent = [{"文书": "约谈通知书", "日期": "2026-11-10"}]
    (report,) = open_tasks(work("约谈", 期限="2026-12-10", 制发=sent), law, DAY)
    assert (report.by, report.bound) == (date(2026, 12, 10), "对象")


def test_of_several_units_each_hands_in_its_own(law):
    sent = [{"文书": "约谈通知书", "日期": "2026-11-10"}]
    parties = [{"名称": "甲中学", "交回日期": "2026-12-01"}, "乙小学"]
    half = work("约谈", 对象=parties, 期限="2026-12-10", 制发=sent)
    assert names(open_tasks(half, law, DAY)) == ["报告整改情况"]
    assert half.waited_for("交回日期") == ("乙小学",)


def test_a_second_look_is_offered_once_all_is_handed_in_and_ends_it(law):
    done = work(期限="2026-12-10", 交回日期="2026-12-01")
    assert names(open_tasks(done, law, DAY))[-1] == "复查整改情况"
    looked = work(交回日期="2026-12-01", 复查={"日期": "2026-12-05", "结果": "整改到位"})
    assert tasks_of(looked, law, DAY)[-1].done


@pytest.mark.parametrize(("result", "left"), [("整改到位", []), ("部分到位", ["整改：没有台账"])])
def test_who_looked_again_decides_whether_all_was_put_right(law, result, left):
    problems = [{"内容": "没有台账", "期限": "2026-11-30"}]
    sent = [{"文书": "整改通知书", "日期": "2026-11-10"}]
    looked = {"日期": "2026-12-05", "结果": result}
    done = work(问题=problems, 制发=sent, 期限="2026-12-01", 交回日期="2026-12-01", 复查=looked)
    assert names(open_tasks(done, law, DAY)) == left


def test_work_that_somebody_ended_asks_for_nothing(law):
    assert open_tasks(work(办结="学校已经撤并"), law, DAY) == ()


def test_each_thing_with_a_day_of_its_own_is_due_until_it_is_done(law):
    problems = [
        {"内容": "没有台账", "期限": "2026-11-30", "由谁": "德育处"},
        {"内容": "没有回访", "期限": "2026-12-10", "完成日期": "2026-11-24"},
        {"内容": "没有写期限的只印在纸上"},
    ]
    kept = [one for one in open_tasks(work(问题=problems), law, DAY) if one.detail]
    assert [(one.label, one.who) for one in kept] == [("整改：没有台账", "德育处")]


def test_the_monthly_report_is_due_on_the_day_of_the_place_earlier_on_a_day_off(tmp_path):
    office = "地区: '450206'\n机关: {名称: 某镇中学, 类型: 学校}\n"
    (tmp_path / "kcbx.yaml").write_text(office, "utf-8")
    liujiang = open_office(tmp_path).law
    (november,) = open_tasks(work("月报", 月份="2026-11"), liujiang, DAY)
    assert november.by == date(2026, 11, 20)  # the twenty-second is a Sunday
    assert november.regular == (("gx-liujiang-monthly", date(2026, 11, 20)),)
    (october,) = open_tasks(work("月报", 月份="2026-10"), liujiang, DAY)
    assert october.by == date(2026, 10, 22)


def test_where_nobody_knows_the_report_day_the_file_says_it_or_nothing_is_due(law):
    (unknown,) = open_tasks(work("月报", 月份="2026-11"), law, DAY)
    assert unknown.by is None
    (written,) = open_tasks(work("月报", 月份="2026-11", 期限="2026-11-25"), law, DAY)
    assert written.by == date(2026, 11, 25)


def test_a_notice_has_left_once_each_unit_has_its_own(law):
    first = {"文书": "约谈通知书", "日期": "2026-11-10", "对象": "甲中学"}
    second = {**first, "对象": "乙小学"}
    assert names(open_tasks(work("约谈", 制发=[first]), law, DAY)) == ["发出约谈通知书"]
    assert names(open_tasks(work("约谈", 制发=[first, second]), law, DAY)) == []


def test_a_paper_that_is_public_until_a_day_is_taken_down_then(law):
    shown = {"文书": "通报", "日期": "2026-11-20", "公告媒介": ["县政府网站"]}
    until = {**shown, "公开到": "2027-05-20"}
    assert "撤下公开的文书：通报" not in names(open_tasks(work("通报", 公开=[shown]), law, DAY))
    (task,) = open_tasks(work("通报", 公开=[until]), law, DAY)[-1:]
    assert (task.label, task.by) == ("撤下公开的文书：通报", date(2027, 5, 20))
    gone = {**until, "撤下日期": "2027-05-19"}
    assert "撤下公开的文书：通报" not in names(open_tasks(work("通报", 公开=[gone]), law, DAY))

"""The days of a piece of work follow one another, and no paper is dated against what it says."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.office.opened import open_office
from kcbx_docs.office.works import work_faults
from kcbx_docs.papers.make import make
from kcbx_docs.papers.work_plan import plan_work
from kcbx_docs.problems import errors
from kcbx_docs.render.text import paragraphs

SAMPLE = Path(__file__).parents[2] / "cases/管理示例/cases/会议.yaml"
TODAY = date(2026, 11, 22)
MEETING = """工作: 会议
标题: 联席会议
日期: 2026-11-24
时间: "09:00"
地点: 会议室
主送: [各单位]
期限: 2026-11-20
议定事项: [{内容: 每月会商, 期限: 2026-12-20}]
"""


@pytest.fixture(scope="module")
def office():
    return open_office(SAMPLE)


def read(office, tmp_path, text, day=TODAY):
    path = tmp_path / "某事.yaml"
    path.write_text(text, "utf-8")
    loaded, found = office.read(path, day)
    assert loaded is not None, found
    return loaded


def told(office, tmp_path, text, day=TODAY):
    faults = work_faults(read(office, tmp_path, text, day), office, day)
    return [(one.code, one.place.line) for one in faults]


def made(office, tmp_path, text, day, *asked, draft=False):
    loaded = read(office, tmp_path, text, day)
    papers, found = plan_work(loaded, office, day, asked, draft=draft)
    return [paper.document for paper in papers], [one.code for one in errors(found)]


RECTIFY = "工作: 整改\n对象: 甲中学\n日期: 2026-11-10\n"
REPORT = "工作: 整改报告\n主送: 督导室\n事由: 收到通知\n"
SENT = "制发: [{文书: 整改通知书, 日期: 2026-11-13}]\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (MEETING.replace("期限: 2026-11-20", "期限: 2026-11-25"), 3),
        (MEETING.replace("2026-12-20", "2026-11-23"), 8),
        (MEETING + "制发: [{文书: 会议通知, 日期: 2026-11-21}]\n", 7),
        (MEETING + "制发:\n  - {文书: 会议纪要, 日期: 2026-11-23}\n", 10),
        (RECTIFY + "问题: [{内容: 没有台账, 完成日期: 2026-11-09}]\n", 4),
        (RECTIFY + "问题: [{内容: 没有台账, 期限: 2026-12-02}]\n期限: 2026-12-01\n", 5),
        (RECTIFY + SENT + "交回日期: 2026-11-12\n", 5),
        (RECTIFY + SENT + "复查: {日期: 2026-11-12, 结果: 整改到位}\n", 5),
        ("工作: 约谈\n日期: 2026-11-20\n期限: 2026-11-19\n", 3),
        ("工作: 约谈\n日期: 2026-11-20\n制发: [{文书: 约谈通知书, 日期: 2026-11-21}]\n", 2),
        ("工作: 责任书\n年度: 2026\n期限: 2027-01-10\n", 2),
        ("工作: 通报\n期限: 2026-11-20\n制发: [{文书: 通报, 日期: 2026-11-21}]\n", 2),
    ],
)
def test_a_day_before_one_that_it_must_follow_is_told_where_it_stands(office, tmp_path, text, line):
    assert ("WORK057", line) in told(office, tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        MEETING,
        MEETING.replace("期限: 2026-11-20\n", ""),
        MEETING.replace("日期: 2026-11-24\n", ""),
        MEETING.replace("期限: 2026-11-20", "期限: 2026-11-24"),
        MEETING + "制发: [{文书: 会议纪要, 日期: 2026-11-24}]\n",
        "工作: 约谈\n日期: 2026-11-20\n制发: [{文书: 约谈通知书, 日期: 2026-11-20}]\n",
        "工作: 月报\n月份: 2026-11\n制发: [{文书: 月工作情况报告, 日期: 2026-11-20}]\n",
        "工作: 月报\n月份: 2026-11\n期限: 2026-12-05\n",
        "工作: 责任书\n年度: 2027\n期限: 2026-12-31\n",
        RECTIFY + SENT + "问题: [{内容: 没有台账, 完成日期: 2026-11-13}]\n",
    ],
)
def test_the_same_day_unknown_days_and_other_orders_that_happen_stay_allowed(
    office, tmp_path, text
):
    assert told(office, tmp_path, text) == []


def test_what_was_mended_before_the_notice_came_is_asked_about_only(office, tmp_path):
    early = "日期: 2026-11-13\n问题: [{内容: 没有台账, 完成日期: 2026-11-11}]\n"
    assert told(office, tmp_path, REPORT + early) == [("WORK040", 5)]
    assert made(office, tmp_path, REPORT + early, TODAY) == (["rectify-report"], [])


def test_what_will_be_done_is_not_yet_done(office, tmp_path):
    text = REPORT + "问题: [{内容: 没有台账, 完成日期: %s}]\n"
    assert told(office, tmp_path, text % "2026-11-23") == [("WORK056", 4)]
    assert told(office, tmp_path, text % "2026-11-22") == []


@pytest.mark.parametrize(
    ("day", "papers"),
    [
        (date(2026, 11, 20), ["meeting-notice"]),
        (date(2026, 11, 21), []),
        (date(2026, 11, 23), []),
        (date(2026, 11, 24), ["meeting-minutes"]),
        (date(2026, 12, 24), ["meeting-minutes"]),
    ],
)
def test_a_paper_that_prints_its_day_is_made_only_while_that_is_true(office, tmp_path, day, papers):
    assert made(office, tmp_path, MEETING, day)[0] == papers


def test_who_asks_for_a_paper_whose_time_has_passed_is_told_and_may_see_a_draft(office, tmp_path):
    late = date(2026, 11, 21)
    assert made(office, tmp_path, MEETING, late, "meeting-notice") == ([], ["WORK053"])
    assert made(office, tmp_path, MEETING, late, "meeting-notice", draft=True)[0]
    sent = MEETING + "制发: [{文书: 会议通知, 日期: 2026-11-16}]\n"
    assert made(office, tmp_path, sent, late, "meeting-notice") == (["meeting-notice"], [])


def test_a_record_to_be_filled_in_by_hand_is_made_before_the_talk(office, tmp_path):
    text = "工作: 约谈\n对象: 甲中学\n事由: 缺课没有报告\n日期: 2026-11-24\n"
    assert made(office, tmp_path, text, TODAY, "summon-record") == (["summon-record"], [])


def test_a_report_of_what_is_done_later_is_refused(office, tmp_path):
    text = REPORT + "问题: [{内容: 没有台账, 完成日期: 2026-11-23}]\n"
    assert made(office, tmp_path, text, TODAY, "rectify-report") == ([], ["WORK053"])


def test_a_report_does_not_promise_a_day_that_has_passed(office, tmp_path):
    text = REPORT + "问题: [{内容: 没有台账, 期限: 2026-11-20}]\n"
    loaded = read(office, tmp_path, text)
    (paper,), _ = plan_work(loaded, office, TODAY)
    made_paper, _ = make(paper, office.library.registry)
    words = "".join(paragraphs(made_paper.filled.root))
    assert "到2026年11月20日没有按期完成" in words

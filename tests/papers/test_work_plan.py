"""A piece of management work makes the papers whose keys its file has."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.office.opened import open_office
from kcbx_docs.papers.work_plan import plan_work
from kcbx_docs.problems import UserError

DAY = date(2026, 11, 10)
SAMPLE = Path(__file__).parents[2] / "cases/管理示例/cases/约谈.yaml"
TALK = "工作: 约谈\n对象: [甲中学, 乙小学]\n事由: 缺课没有报告\n日期: 2026-11-20\n地点: 会议室\n"


@pytest.fixture(scope="module")
def office():
    return open_office(SAMPLE)


def planned(office, tmp_path, text, *asked, draft=False):
    path = tmp_path / "某事.yaml"
    path.write_text(text, "utf-8")
    loaded, found = office.read(path, DAY)
    assert loaded is not None, found
    return plan_work(loaded, office, DAY, asked, draft=draft)


def test_each_unit_gets_a_paper_of_its_own(office, tmp_path):
    papers, _ = planned(office, tmp_path, TALK, "summon-talk")
    assert [paper.facts["工作"]["这一方"]["名称"] for paper in papers] == ["甲中学", "乙小学"]
    assert len({paper.name for paper in papers}) == 2


def test_a_paper_without_its_keys_is_told_and_a_draft_made(office, tmp_path):
    text = "工作: 约谈\n对象: 甲中学\n"
    papers, found = planned(office, tmp_path, text, "summon-talk")
    assert papers == ()
    assert [one.code for one in found] == ["WORK044"]
    assert "事由、日期、地点" in found[0].message
    assert planned(office, tmp_path, text, "summon-talk", draft=True)[0]


def test_a_paper_that_has_left_keeps_its_day_and_number(office, tmp_path):
    made = "制发:\n  - {文书: 约谈通知书, 日期: 2026-11-09, 文号: 云教体约〔2026〕3号}\n"
    papers, _ = planned(office, tmp_path, TALK + made, "summon-talk")
    assert (papers[0].day, papers[0].number) == (date(2026, 11, 9), "云教体约〔2026〕3号")


def test_a_kind_that_the_packs_do_not_know_is_refused(office, tmp_path):
    papers, found = planned(office, tmp_path, "工作: 约坛\n")
    assert (papers, [one.code for one in found]) == ((), ["WORK043"])


def test_the_office_that_the_file_names_is_not_changed_for_another(office, tmp_path):
    with pytest.raises(UserError) as refused:
        planned(office, tmp_path, TALK + "承办机关: 云岭县青石中学\n", "summon-talk")
    assert refused.value.problems[0].code == "PAPR001"

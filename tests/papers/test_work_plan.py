"""A piece of management work makes the papers whose keys its file has."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.office.opened import open_office
from kcbx_docs.papers.work_plan import plan_work
from kcbx_docs.problems import UserError, errors

DAY = date(2026, 11, 10)
SAMPLE = Path(__file__).parents[2] / "cases/管理示例/cases/约谈.yaml"
TALK = "工作: 约谈\n对象: [甲中学, 乙小学]\n事由: 缺课没有报告\n日期: 2026-11-20\n时间: '15:00'\n地点: 会议室\n"

OF_ONE = "  - {对象: %s, 文书: 约谈通知书, 日期: 2026-11-09, 文号: 云教体约〔2026〕%s号}\n"


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
    assert "事由、日期、时间、地点" in found[0].message
    assert planned(office, tmp_path, text, "summon-talk", draft=True)[0]


def test_a_paper_that_has_left_keeps_its_day_and_number(office, tmp_path):
    papers, _ = planned(office, tmp_path, TALK + "制发:\n" + OF_ONE % ("甲中学", 3), "summon-talk")
    assert (papers[0].day, papers[0].number) == (date(2026, 11, 9), "云教体约〔2026〕3号")


def test_a_kind_that_the_packs_do_not_know_is_refused(office, tmp_path):
    papers, found = planned(office, tmp_path, "工作: 约坛\n")
    assert (papers, [one.code for one in found]) == ((), ["WORK043"])


def test_the_office_that_the_file_names_is_not_changed_for_another(office, tmp_path):
    with pytest.raises(UserError) as refused:
        planned(office, tmp_path, TALK + "承办机关: 云岭县青石中学\n", "summon-talk")
    assert refused.value.problems[0].code == "PAPR001"


CASE = """案件: 控辍个案
编号: "1"
情形: 辍学
学生: {姓名: 欧阳小溪, 现住址: 云岭县青石镇白沙村七组12号}
监护人: [{姓名: 欧阳国华, 关系: 父亲, 电话: "13800000001"}]
责任人: [{岗位: 村, 姓名: 普安民}]
"""
CIRCULAR = "工作: 通报\n事由: 秋季学期检查\n主送: 各学校\n情况: %s\n"
MONTH = "工作: 月报\n月份: 2026-11\n主送: 县教育局\n工作情况: 家访。\n典型案例:\n  情况: %s\n"
TOLD = "欧阳小溪（13800000001）住白沙村七组12号，父亲欧阳国华外出。"


@pytest.fixture
def with_case(tmp_path):
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "1.yaml").write_text(CASE, "utf-8")
    workspace = (SAMPLE.parents[1] / "kcbx.yaml").read_text("utf-8")
    workspace = workspace.replace("0877-0000009", "'18600000002'")
    (tmp_path / "kcbx.yaml").write_text(workspace, "utf-8")
    return open_office(tmp_path)


@pytest.mark.parametrize(
    "told", ["欧阳小溪缺课", "父亲欧阳国华", "电话13800000001", "住白沙村七组12号"]
)
def test_what_tells_who_a_child_is_keeps_a_circular_from_being_made(with_case, tmp_path, told):
    papers, found = planned(with_case, tmp_path, CIRCULAR % told, "circular")
    assert (papers, [one.code for one in errors(found)]) == ((), ["WORK050"])


@pytest.mark.parametrize(
    "told",
    ["青石中学台账不全", "沈国良校长说明了情况", "缺课学生3人", "普安民帮扶", "咨询18600000002"],
)
def test_a_circular_may_name_units_heads_and_figures(with_case, tmp_path, told):
    papers, _ = planned(with_case, tmp_path, CIRCULAR % told, "circular")
    assert papers


def test_a_paper_for_everybody_learns_only_what_is_listed(with_case, tmp_path):
    more = "参加人: [某某]\n内容: 谈话\n"
    (paper,), _ = planned(with_case, tmp_path, CIRCULAR % "台账不全" + more, "circular")
    assert paper.facts["工作"]["内容"] is None
    assert paper.facts["工作"]["参加人"] is None
    assert paper.facts["学生"] is None


def test_a_typical_case_names_nobody_unless_somebody_decided_it(with_case, tmp_path):
    (hidden,), _ = planned(with_case, tmp_path, MONTH % TOLD, "monthly-report")
    told = hidden.facts["工作"]["典型案例"]["情况"]
    assert told == "某某（号码隐去）住某处，父亲某某外出。"
    decided = MONTH % TOLD + "  写明姓名: 沈国良\n"
    (named,), _ = planned(with_case, tmp_path, decided, "monthly-report")
    assert named.facts["工作"]["典型案例"]["情况"] == TOLD


def test_each_unit_has_a_number_of_its_own(office, tmp_path):
    both = TALK + "制发:\n" + OF_ONE % ("甲中学", 3) + OF_ONE % ("乙小学", 4)
    papers, found = planned(office, tmp_path, both, "summon-talk")
    assert [paper.number[-3:] for paper in papers] == ["〕3号", "〕4号"] and not errors(found)


def test_a_number_that_names_no_unit_is_not_printed_on_the_papers_of_two(office, tmp_path):
    one = "制发:\n" + OF_ONE.replace("对象: %s, ", "") % 3
    papers, found = planned(office, tmp_path, TALK + one, "summon-talk")
    assert (papers, [x.code for x in errors(found)]) == ((), ["WORK054"])
    alone = TALK.replace("[甲中学, 乙小学]", "甲中学")
    assert planned(office, tmp_path, alone + one, "summon-talk")[0]


def test_units_share_a_number_where_somebody_wrote_so(office, tmp_path):
    shared = TALK + "制发:\n" + OF_ONE % ("[甲中学, 乙小学]", 3)
    papers, found = planned(office, tmp_path, shared, "summon-talk")
    assert len({paper.number for paper in papers}) == 1 and not errors(found)


def test_the_paper_that_has_not_left_waits_for_its_number(office, tmp_path):
    half = TALK + "制发:\n" + OF_ONE % ("甲中学", 3)
    papers, _ = planned(office, tmp_path, half, "summon-talk")
    assert [paper.day for paper in papers] == [date(2026, 11, 9), DAY]
    assert "〕3号" not in papers[1].number


def test_a_unit_that_is_not_of_the_work_is_told(office, tmp_path):
    wrong = TALK + "制发:\n" + OF_ONE % ("甲中", 3)
    _, found = planned(office, tmp_path, wrong, "summon-talk")
    assert [one.code for one in errors(found)] == ["WORK055"]

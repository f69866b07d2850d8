"""What an office knows: its courts, its neighbours, its schools, what nobody has read yet."""

from decimal import Decimal

import pytest

from kcbx_docs.case.model import School
from kcbx_docs.case.workspace import Workspace, school_of
from kcbx_docs.reading import parse_yaml, read_model

TEXT = """\
地区: "530499"
机关: {名称: 青石镇人民政府, 类型: 乡镇人民政府}
其他机关: [{名称: 县教育体育局, 类型: 县级教育行政部门}]
学校: [{名称: 青石中学, 校长: 沈国良, 电话: "1"}]
"""


def office(more=""):
    workspace, problems = read_model(Workspace, parse_yaml(TEXT + more, "kcbx.yaml")[0])
    assert workspace is not None, problems
    return workspace


@pytest.mark.parametrize(
    ("courts", "administrative", "civil"),
    [
        ("[{名称: 甲法院}]", "甲法院", "甲法院"),
        ("[{名称: 甲法院}, {名称: 乙法院, 类别: 行政}]", "乙法院", "甲法院"),
        ("[{名称: 甲法院, 类别: 民事}]", None, "甲法院"),
        ("[{名称: 甲法院, 类别: 行政}, {名称: 乙法院, 类别: 民事}]", "甲法院", "乙法院"),
        ("[]", None, None),
    ],
)
def test_the_court_that_hears_only_such_suits_goes_before_one_that_hears_all(
    courts, administrative, civil
):
    own = office(f"法院: {courts}\n")
    found = [own.court_for("行政"), own.court_for("民事")]
    assert [court and court.name for court in found] == [administrative, civil]


def test_an_office_without_a_name_is_the_workspaces_own():
    own = office()
    assert own.organ_named("") is own.office
    assert own.organ_named("县教育体育局") is own.offices[0]
    assert own.organ_named("别处") is None
    assert [organ.name for organ in own.organs] == ["青石镇人民政府", "县教育体育局"]


def test_a_school_is_completed_and_its_own_words_win():
    named = School.model_validate({"名称": "青石中学", "电话": "2"})
    school = school_of(named, office())
    assert (school.principal, school.phone) == ("沈国良", "2")
    assert school_of(School.model_validate({"名称": "别的学校"}), office()).principal == ""


def test_a_school_whose_own_workspace_it_is_stands_there_as_the_office():
    told = '地区: "530499"\n机关: {名称: 青石中学, 类型: 学校, 机关代字: 青中, 电话: "1", 负责人: 周明}\n'
    own, _ = read_model(Workspace, parse_yaml(told, "kcbx.yaml")[0])
    school = school_of(School.model_validate({"名称": "青石中学"}), own)
    assert (school.code_word, school.phone, school.principal) == ("青中", "1", "周明")
    other = school_of(School.model_validate({"名称": "白沙小学"}), own)
    assert (other.code_word, other.phone) == ("", "")


@pytest.mark.parametrize(
    ("written", "threshold"),
    [("2000", Decimal(2000)), ('"2,000元"', Decimal(2000)), ("未知", "未知"), ("", "未知")],
)
def test_a_threshold_that_nobody_read_is_unknown_and_no_number(written, threshold):
    clause = f"处罚依据: [{{编号: 甲, 法规: 乙, 条文: 第一条, 原文: 丙, 听证标准: {written}}}]\n"
    assert office(clause).penalties[0].hearing_from == threshold
    without = "处罚依据: [{编号: 甲, 法规: 乙, 条文: 第一条, 原文: 丙}]\n"
    assert office(without).penalties[0].hearing_from == "未知"
    assert office(without).penalties[0].after_order == "未知"

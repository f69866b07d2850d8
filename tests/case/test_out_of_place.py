"""A value that belongs to another key is told before a paper prints it; its neighbours stand."""

import pytest

from kcbx_docs.case.checks import check_case
from kcbx_docs.case.model import Case
from kcbx_docs.case.office_checks import check_workspace
from kcbx_docs.case.out_of_place import check_attitudes, without_a_word
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.problems import Problem
from kcbx_docs.reading import parse_yaml, read_model

from .stories import TODAY

HEAD = "案件: 控辍个案\n编号: {number}\n情形: 辍学\n"
OFFICE = "地区: 凤凰县\n机关: {{名称: 凤凰县白沙镇人民政府, 类型: 乡镇人民政府, 地址: {address}}}\n"


def told(*, pupil: str = "", guardian: str = "", event: str = "", number: str = "2026-1") -> str:
    """Return what is said of values out of place in a case of 黄小梅 and her father."""
    text = HEAD.format(number=number)
    text += f"学生: {{姓名: 黄小梅, 无证件原因: 未落户{pupil and ', ' + pupil}}}\n"
    whole = guardian or "关系: 父亲, 住址: 白沙村1号"
    text += f"监护人:\n  - {{姓名: 黄大山, 无证件原因: 待查, {whole}}}\n"
    text += f"经过:\n  - {{日期: 2026-09-20, {event}}}\n" if event else ""
    case, found = read_model(Case, source := parse_yaml(text, "x")[0])
    assert case, found
    return " ".join(
        p.code + p.hint.partition("。")[0]
        for p in check_case(case, source, TODAY)
        if p.code.startswith("CASE20")
    )


@pytest.mark.parametrize(
    ("guardian", "advice"),
    [
        ("关系: '452701198001010011', 住址: 甲村", "这是身份证号，写在「身份证号」里"),
        ("关系: 祖父, 监护依据: '13807720101', 住址: 甲村", "这是电话，写在「电话」里"),
        ("关系: 父亲, 住址: '5'", "请写「住址」本身；没有的不写"),
    ],
)
def test_a_number_is_no_relation_no_basis_and_no_home(guardian: str, advice: str) -> None:
    assert told(guardian=guardian) == f"CASE200{advice}"


@pytest.mark.parametrize("text", ["父亲", "白沙村5组", "B区", "བོད་", "？", "—", ""])
def test_a_word_of_any_script_is_one_and_a_mere_sign_is_told_elsewhere(text: str) -> None:
    assert not without_a_word(text)


@pytest.mark.parametrize(
    ("pupil", "advice"),
    [
        ("年级: 八", "请写成 八年级"),
        ("年级: '8'", "请写成 八年级"),
        ("年级: 初二", "文书里写全称：六三制的写 八年级；五四制的，照学校的写"),
        ("年级: 八年级2班", "年级只写 八年级，班级写 2班"),
        ("班级: 八年级", "年级写在「年级」里（八年级），班级写 2班 的样子；没有的不写"),
        ("年级: 八年级, 班级: 八年级2班", "年级另有一项，班级只写 2班"),
        ("班级: '2'", "请写成 2班"),
        ("班级: 黄小梅", "请写班级，如 2班；没有分班的不写"),
        ("班级: 李老师", "请写成 2班 的样子；就叫这个名字的，不用改"),
    ],
)
def test_grade_and_class_are_printed_one_behind_the_other(pupil: str, advice: str) -> None:
    assert told(pupil=pupil) == f"CASE203{advice}"


@pytest.mark.parametrize(
    "pupil",
    [
        "年级: 八年级, 班级: 2班",
        "班级: 八年级2班",
        "年级: 高一, 班级: K510",
        "年级: 学前班",
        "年级: 2023级, 班级: 育才班",
        "年级: 七年级（五四制）, 班级: 初2301班",
        "年级: 六年级, 班级: 复式",
    ],
)
def test_classes_are_called_in_many_ways(pupil: str) -> None:
    assert told(pupil=pupil) == ""


@pytest.mark.parametrize(
    ("way", "key"),
    [("下午三点", "时间"), ("15:30", "时间"), ("2026-09-20", "日期"), ("黄大山", "对象")],
)
def test_a_time_a_day_or_a_person_is_no_way(way: str, key: str) -> None:
    said = told(event=f"事项: 联系, 对象: 黄大山, 方式: '{way}'")
    assert said.startswith("CASE204") and said.endswith(f"写在「{key}」里")


@pytest.mark.parametrize("way", ["家访", "约到镇政府当面进行", "微信", "12345 热线转来", "QQ"])
def test_a_way_may_be_told_in_any_words(way: str) -> None:
    assert told(event=f"事项: 联系, 对象: 黄大山, 方式: {way}") == ""


def test_who_took_part_has_a_name() -> None:
    event = "事项: 联系, 对象: 黄大山, 方式: 电话, 承办人: [韦志强, '5']"
    assert told(event=event).startswith("CASE200")


def test_a_case_is_not_called_after_the_child() -> None:
    assert told(number="黄小梅").startswith("CASE202")
    assert told(number="黄小梅辍学案") == ""


@pytest.mark.parametrize(
    ("address", "more", "codes"),
    [
        ("'5'", "", ["CASE201"]),
        ("无", "", ["CASE201"]),
        ("人民路5号", "", []),
        ("人民路5号", "执法人员: [{姓名: '5'}]\n", ["CASE200"]),
        ("人民路5号", "执法人员: [{姓名: 李四（综合执法队）}]\n", []),
        ("人民路5号", "学校: [{名称: 白沙小学, 地址: asdf}]\n", ["CASE201"]),
    ],
)
def test_an_office_has_an_address_and_officers_with_names(
    address: str, more: str, codes: list[str]
) -> None:
    workspace, found = read_model(
        Workspace, source := parse_yaml(OFFICE.format(address=address) + more, "x")[0]
    )
    assert workspace, found
    assert [p.code for p in check_workspace(workspace, source) if "CASE" in p.code] == codes


@pytest.mark.parametrize(
    ("result", "meant"),
    [
        ("答应了", "同意返校"),
        ("同意送孩子来", "同意返校"),
        ("不肯", "拒绝"),
        ("不同意，说在外地", "拒绝"),
        ("愿意送学，下周一来", "愿意送学"),
        ("说考虑考虑", "未表态"),
    ],
)
def test_an_answer_in_other_words_is_asked_for_in_the_words_that_count(
    result: str, meant: str
) -> None:
    (found,) = attitudes(result)
    assert found.code == "CASE310" and f"结果: {meant}" in found.hint


@pytest.mark.parametrize(
    "result",
    [
        "同意返校",
        "没有接听",
        "关机",
        "空号",
        "停机",
        "孩子接的，说在打工",
        "称孩子不愿读书，答应劝说",
    ],
)
def test_a_call_that_says_no_attitude_is_left_alone(result: str) -> None:
    assert attitudes(result) == []
    assert attitudes("答应了", "对象: 白有福, ") == []  # a neighbour promises nothing


def attitudes(result: str, whom: str = "") -> list[Problem]:
    text = HEAD.format(number="2026-1") + "学生: {姓名: 黄小梅, 无证件原因: 未落户}\n"
    text += "监护人: [{姓名: 黄大山, 无证件原因: 待查, 关系: 父亲, 住址: 白沙村1号}]\n经过:\n"
    text += f"  - {{日期: 2026-09-20, 事项: 联系, {whom}方式: 电话, 结果: '{result}'}}\n"
    case, found = read_model(Case, source := parse_yaml(text, "x")[0])
    assert case, found
    return [*check_attitudes(case, source, TODAY)]

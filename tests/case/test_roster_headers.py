"""What real lists call their columns: 花名册, 学籍系统 exports, ledgers of children out of school."""

from pathlib import Path

import pytest

from kcbx_docs.case.columns import find_header
from tests.case.rosters import read_bytes, reading_of, workbook

HEADERS = {
    "姓名": "姓　名 学生姓名 学生姓名（必填） 姓名* 儿童姓名 适龄儿童姓名 疑似辍学学生姓名 被监护人姓名 孩子姓名 xm",
    "班级": "班级 现班级 班　级 所在班级 年级班级 年级/班级 就读班级 现就读班级 当前班级 行政班 班级名称 现所在班级 年级、班",
    "年级": "年级 现年级 所在年级 就读年级 年级（现读）",
    "身份证号": "身份证号 身份证号码 公民身份号码 身份证件号 学生身份证号码 证件号码 身份证号（18位） 居民身份证号码",
    "学籍号": "学籍号 全国学籍号 学籍号（G+身份证号） 国网学籍号 学籍辅号 个人学籍号",
    "出生日期": "出生日期 出生年月 出生年月日 出生年、月、日 出生时间 生日",
    "现住址": "现住址 家庭住址 家庭详细住址 现居住地 家庭住址（详细到村组） 通讯地址 住址 家庭详细地址 现居住地址",
    "户籍地址": "户籍地址 户口所在地 户籍所在地 户籍地 户口所在地（与户口簿一致）",
    "电话": "联系电话 电话 学生电话 手机号 学生电话/家长电话 联系方式 家庭电话 联系电话1",
    "父亲姓名": "父亲姓名 父亲 爸爸姓名 家长姓名（父） 父亲姓名及电话 监护人（父亲） 学生父亲姓名",
    "母亲姓名": "母亲姓名 母亲 家长姓名（母亲） 母亲姓名（必填） 母亲姓名、电话",
    "父亲电话": "父亲电话 父亲手机号 父亲联系电话 爸爸电话 家长电话（父） 联系电话（父亲）",
    "母亲电话": "母亲电话 母亲联系方式 母亲手机 监护人电话（母亲）",
    "监护人1姓名": "监护人姓名 家长姓名 家长 监护人 家庭成员 家庭成员1姓名 家长姓名及电话 家长姓名/电话"
    " 法定监护人1 法定监护人姓名 监护人（家长）姓名 家长（监护人） 家长姓名1 成员1姓名 监护人姓名（1）"
    " 父母姓名 父母或监护人姓名 学生家长姓名 家长或监护人姓名 第一监护人姓名 家长姓名及联系电话",
    "监护人2姓名": "监护人2 法定监护人2 法定监护人二 家庭成员2姓名 家长姓名2 成员2姓名 监护人（2） 第二监护人姓名",
    "监护人1电话": "家长电话 监护人电话 家长联系电话 监护人联系方式 家长手机号 家庭成员1联系电话 家长联系方式 成员1联系电话",
    "监护人1关系": "与学生关系 与学生的关系 关系 与监护人关系 称谓 家庭成员1关系 监护人与学生关系 与本人关系 成员1关系",
    "监护人1是否监护人": "是否监护人 成员1是否监护人 家庭成员1是否监护人",
    "户主姓名": "户主 户主姓名",
    "户主关系": "与户主关系 与户主的关系 学生与户主关系",
    "照护人姓名": "受托照护人 委托照护人姓名 实际监护人 临时监护人",
    "状态": "学籍状态 就读状态 状态 在校情况 目前状况 学籍异动 是否在校 学生现状 是否返校",
    "去向": "去向 目前去向 转出去向 现在去向",
    "失学原因": "辍学原因 失学原因 疑似辍学原因",
    "首次缺课": "辍学时间 离校时间 首次缺课日期 失学时间",
    "留守情况": "是否留守儿童 留守儿童 留守类型 是否农村留守儿童",
    "孤儿": "是否孤儿 孤儿",
    "家庭情况": "家庭情况 家庭状况 特殊情况 情况说明",
    "家庭类别": "家庭类别 是否建档立卡 困难类型 脱贫户",
    "住校": "是否住校 住校 是否寄宿生",
    "就读方式": "就读方式 走读/住校",
    "备注": "备注 备　注 说明 备考",
}


@pytest.mark.parametrize("field", HEADERS)
def test_a_column_is_known_under_its_real_names(field: str) -> None:
    other = "班级" if field == "姓名" else "姓名"
    for label in HEADERS[field].split(" "):
        header = find_header([[other, label, "序号"], ["方甲", "x", "1"]], {})
        assert header is not None, label
        assert header.columns[1] == field, label


@pytest.mark.parametrize(
    "label",
    ["班主任", "班主任电话", "包保责任人", "家长签字", "年龄", "照片", "紧急联系人", "原班级"],
)
def test_what_is_nobodys_of_the_family_stays_unread(label: str) -> None:
    header = find_header([["姓名", label, "家长姓名"], ["方甲", "x", "方大"]], {})
    assert header is not None
    assert 1 not in header.columns


def test_two_parents_told_apart_by_brackets_alone_are_both_read(tmp_path: Path) -> None:
    head = ["姓名", "班级", "家长姓名（父）", "家长姓名（母）", "联系电话（父）", "联系电话（母）"]
    row = ["方甲", "七年级1班", "方大", "李一", "13800000001", "13800000002"]
    (pupil,) = reading_of(tmp_path, {"名单": [head, row]}).printable
    assert [(one.name, one.relation, one.phone) for one in pupil.guardians] == [
        ("方大", "父亲", "13800000001"),
        ("李一", "母亲", "13800000002"),
    ]


def test_a_phone_of_the_parents_without_a_name_column_of_its_own_is_not_lost(
    tmp_path: Path,
) -> None:
    head = ["姓名", "班级", "父亲姓名", "母亲姓名", "家长电话"]
    rows = [["方甲", "七年级1班", "方大", "", "13800000001"]]
    rows.append(["方乙", "七年级1班", "方二", "李二", "13800000002"])
    one, two = reading_of(tmp_path, {"名单": [head, *rows]}).printable
    assert (one.phone, [who.phone for who in one.guardians]) == ("13800000001", ["13800000001"])
    assert (two.phone, [who.phone for who in two.guardians]) == ("13800000002", ["", ""])


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("10八年级2班.xlsx", "八年级2班"),
        ("01七年级1班.xlsx", "七年级1班"),
        ("附件1八年级花名册.xlsx", "八年级"),
        ("2024级3班.xlsx", "2024级3班"),
        ("2026年秋八(2)班.xlsx", "八年级2班"),
        ("2026.xlsx", ""),
        ("名单2.xlsx", ""),
    ],
)
def test_a_number_before_the_class_in_the_name_of_a_file_only_sorts(
    tmp_path: Path, name: str, label: str
) -> None:
    data = workbook({"Sheet1": [["姓名", "家长"], ["方甲", "方大"]]})
    (pupil,) = read_bytes(tmp_path, data, name).printable
    assert pupil.class_label == label


TWO_PHONES = (
    (["姓名", "父亲姓名", "联系电话", "母亲姓名", "联系电话"], ["方甲", "方大", "1", "李二", "2"]),
    (["姓名", "家长", "电话", "家长", "电话"], ["方甲", "方大", "1", "李二", "2"]),
    (
        ["姓名", "监护人", "关系", "电话", "监护人", "关系", "电话"],
        ["方甲", "方大", "父亲", "1", "李二", "母亲", "2"],
    ),
    (
        ["姓名", "电话", "父亲姓名", "电话", "母亲姓名", "电话"],
        ["方甲", "9", "方大", "1", "李二", "2"],
    ),
)


@pytest.mark.parametrize(("head", "row"), TWO_PHONES)
def test_each_parent_has_the_number_behind_the_name(
    tmp_path: Path, head: list[str], row: list[str]
) -> None:
    phones = [f"1380000000{cell}" if cell.isdigit() else cell for cell in row]
    reading = reading_of(tmp_path, {"七年级1班": [head, phones]})
    family = [(one.name, one.phone[-1:]) for one in reading.pupils[0].guardians]
    assert family == [("方大", "1"), ("李二", "2")]
    assert not [one for one in reading.problems if one.severity != "note"]


@pytest.mark.parametrize(
    ("head", "row", "family"),
    [
        (["班级", "姓名", "家长", "联系电话"], ["一1", "方甲", "方大", "1"], ["方大1"]),
        (["姓名", "父亲姓名", "手机号"], ["方甲", "方大", "1"], ["方大1"]),
        (["姓名", "监护人", "关系", "家庭电话"], ["方甲", "方大", "父亲", "1"], ["方大1"]),
        (
            ["姓名", "父亲姓名", "父亲电话", "母亲姓名", "联系电话"],
            ["方甲", "方大", "1", "李二", "2"],
            ["方大1", "李二2"],
        ),
        (["姓名", "家长", "学生电话"], ["方甲", "方大", "1"], ["方大"]),
        (["姓名", "联系电话", "家长"], ["方甲", "1", "方大"], ["方大"]),
        (["姓名", "家长", "现住址", "联系电话"], ["方甲", "方大", "村里", "1"], ["方大"]),
    ],
)
def test_a_number_right_behind_the_one_name_is_that_persons(
    tmp_path: Path, head: list[str], row: list[str], family: list[str]
) -> None:
    phones = [f"1380000000{cell}" if cell.isdigit() else cell for cell in row]
    pupil = reading_of(tmp_path, {"七年级1班": [head, phones]}).pupils[0]
    assert [one.name + one.phone[-1:] for one in pupil.guardians] == family
    assert pupil.phone


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (["姓名", "父亲姓名", "母亲姓名", "联系电话"], True),
        (["姓名", "联系电话", "家长"], True),
        (["姓名", "家长", "联系电话"], False),
        (["姓名", "学生电话", "家长"], False),
        (["姓名", "联系电话", "家长", "家长电话"], False),
    ],
)
def test_a_number_of_which_nobody_knows_whose_it_is_is_told(
    tmp_path: Path, head: list[str], told: bool
) -> None:
    row = ["13800000001" if "电话" in label else f"方{label[0]}" for label in head]
    found = reading_of(tmp_path, {"七年级1班": [head, row]}).problems
    assert [one.place.path for one in found if one.code == "ROST138"] == (
        [f"七年级1班!{'ABCD'[head.index('联系电话')]}1"] if told else []
    )


def test_a_column_that_the_batch_names_need_not_stand_on_every_sheet(tmp_path: Path) -> None:
    sheets = {
        "七年级1班": [
            ["姓名", "家长", "现住址", "联系电话"],
            ["方甲", "方大", "村", "13800000001"],
        ],
        "七年级2班": [["姓名", "家长", "家长电话"], ["李乙", "李大", "13800000002"]],
    }
    reading = reading_of(tmp_path, sheets, 列={"监护人1电话": "联系电话"})
    assert [one.guardians[0].phone[-1] for one in reading.pupils] == ["1", "2"]
    nowhere = reading_of(tmp_path, sheets, 列={"监护人1电话": "电话联系"})
    assert {one.code for one in nowhere.problems if one.is_error} == {"ROST013"}


def test_a_number_of_both_parents_is_given_to_neither(tmp_path: Path) -> None:
    rows = [["姓名", "父亲姓名", "母亲姓名", "联系电话"], ["方甲", "方大", "李二", "13800000001"]]
    pupil = reading_of(tmp_path, {"七年级1班": rows}).pupils[0]
    assert [one.phone for one in pupil.guardians] == ["", ""]
    assert pupil.phone == "13800000001"


def test_the_number_of_a_list_that_is_not_read_is_nobodys(tmp_path: Path) -> None:
    head = ["姓名", "家长", "电话", "", "姓名", "电话", "家长"]
    row = ["方甲", "方大", "13800000001", "", "方乙", "13800000002", "方二"]
    pupil = reading_of(tmp_path, {"七年级1班": [head, row]}).pupils[0]
    assert "13800000002" not in (pupil.phone, *(one.phone for one in pupil.guardians))

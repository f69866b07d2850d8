"""A school's list of pupils: each as one place tells of him, nobody left out without a word."""

from datetime import date

import pytest

from kcbx_docs.case.files import LoadedWork
from kcbx_docs.office.opened import open_office
from kcbx_docs.office.pupil_faults import list_faults
from kcbx_docs.office.pupil_leads import list_tasks, to_be_looked_for
from kcbx_docs.office.pupil_list import list_of

DAY = date(2026, 9, 18)
OFFICE = """地区: '530499'
机关: {名称: 云岭县青石中学, 类型: 学校}
学校:
  - {名称: 云岭县青石中学, 类型: 初级中学}
  - {名称: 云岭县白沙小学, 类型: 小学}
"""
CASE = """案件: 控辍个案
编号: "2026-011"
情形: 辍学
学生: {姓名: 方小川, 身份证号: "530499201307154134", 年级: 八年级, 班级: 1班, 失学原因: 厌学}
监护人: [{姓名: 方正海, 关系: 父亲, 住址: 云岭县白沙村6号}]
学校: 云岭县青石中学
经过:
  - {日期: 2026-09-07, 事项: 首次缺课}
  - {日期: 2026-09-09, 事项: 联系, 方式: 电话, 对象: 方正海, 结果: 愿意送学}
  - {日期: 2026-09-10, 事项: 学籍标注, 结果: 疑似辍学}
%s"""
BACK = "  - {日期: 2026-09-21, 事项: 返校, 安置: 回原班}\n"
LEADS = """线索: 疑似辍学
名单:
  - {编号: X2026-001, 姓名: 白小花, 接到日期: 2026-09-16, 来源: 学校, 学校: 云岭县青石中学, 年级: 七年级, 班级: 1班}
"""
WEEK = "工作: 周报\n编号: 周报\n日期: 2026-09-18\n"
ROSTER = """班级,姓名,性别,监护人姓名,监护人电话,录取学校,报到情况,未报到原因
六年级1班,陈晓梅,女,陈文斌,13800000041,云岭县青石中学,已报到,
六年级1班,普小兰,女,普建军,13800000042,云岭县青石中学,未报到,到了昆明
六年级2班,段小海,男,段成文,13800000047,云岭县第二中学,,
六年级2班,李国栋,男,李发明,13800000043,云岭县青石中学,转出,
"""
HANDED = """工作: 交接
承办机关: 云岭县白沙小学
对象:
  - {名称: 云岭县青石中学%s}
  - {名称: 云岭县第二中学}
名册: {文件: 名册.csv}
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory):
    tmp_path = tmp_path_factory.mktemp("school")
    (tmp_path / "cases").mkdir()
    (tmp_path / "kcbx.yaml").write_text(OFFICE, "utf-8")
    (tmp_path / "cases/案件.yaml").write_text(CASE % BACK, "utf-8")
    office = open_office(tmp_path)

    def read(text: str, roster: str = ROSTER, today: date = DAY):
        (tmp_path / "cases/名册.csv").write_text(roster, "utf-8")
        (tmp_path / "cases/线索.yaml").write_text(LEADS, "utf-8")
        path = tmp_path / "cases/工作.yaml"
        path.write_text(text, "utf-8")
        loaded, found = office.read(path, today)
        assert isinstance(loaded, LoadedWork), found
        return loaded, office

    return read


def listed(read, text, roster=ROSTER):
    loaded, office = read(text, roster)
    return list_of(loaded, office, DAY).pupils


def codes(read, text, roster=ROSTER):
    loaded, office = read(text, roster)
    return [one.code for one in list_faults(loaded, office, DAY) if one.code.startswith("WORK")]


def test_of_a_child_with_a_case_only_the_number_is_written(world):
    (one,) = listed(world, WEEK + '名单: [{案件: "2026-011", 类别: 疑似辍学, 措施: 家访}]\n')
    pupil = one.pupil
    assert (pupil.name, pupil.class_name, str(pupil.since)) == ("方小川", "八年级1班", "2026-09-07")
    assert (one.mark, str(pupil.marked_on)) == ("疑似辍学", "2026-09-10")
    assert (pupil.reason, pupil.measures) == ("厌学", "联系1次；家访")


def test_a_lead_tells_of_its_child_as_well(world):
    (one,) = listed(world, WEEK + "名单: [{线索: X2026-001}]\n")
    assert (one.pupil.name, one.pupil.class_name) == ("白小花", "七年级1班")


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ('{案件: "2026-011", 首次缺课日期: 2026-09-08}', "WORK072"),
        ('{案件: "2026-099"}', "WORK071"),
        ("{线索: X2026-009}", "WORK071"),
        ("{班级: 七年级1班}", "WORK070"),
        ("{姓名: 李小云, 录取学校: 云岭县第二中学}", "WORK045"),
        ("{姓名: 李小云, 类别: 请假, 学籍标注日期: 2026-09-18}", "WORK073"),
        ("{姓名: 李小云, 缺课日期: 2026-09-21}", "WORK074"),
        ("{姓名: 李小云, 首次缺课日期: 2026-09-17, 缺课日期: [2026-09-16]}", "WORK074"),
        ("{姓名: 李小云, 首次缺课日期: 2026-09-17, 缺课天数: 3}", "WORK075"),
    ],
)
def test_what_cannot_be_is_told(world, entry, code):
    assert code in codes(world, f"{WEEK}名单:\n  - {entry}\n")


@pytest.mark.parametrize(
    "entry",
    [
        '{案件: "2026-011", 首次缺课日期: 2026-09-07, 类别: 疑似辍学}',
        "{姓名: 李小云, 类别: 辍学, 首次缺课日期: 2026-09-01, 学籍标注日期: 2026-09-21}",
        "{姓名: 李小云, 类别: 请假, 缺课日期: [2026-09-17, 2026-09-18], 缺课天数: 2}",
        "{姓名: 李小云}",
    ],
)
def test_what_may_be_is_not(world, entry):
    more = "" if "2026-011" in entry else '  - {案件: "2026-011"}\n'
    assert codes(world, f"{WEEK}名单:\n  - {entry}\n{more}") == []


def test_a_child_away_by_its_case_is_missed_on_the_list_until_it_is_back(world):
    text = "工作: 周报\n日期: %s\n名单: [{姓名: 李小云}]\n"
    assert codes(world, text % "2026-09-18") == ["WORK080"]
    assert codes(world, text % "2026-09-21") == []
    came_back = 'WORK: 周报\n日期: 2026-09-21\n名单: [{案件: "2026-011", 类别: 辍学}]\n'
    assert codes(world, came_back.replace("WORK", "工作")) == ["WORK081"]


def test_the_same_pupil_twice_is_told_and_two_of_one_name_are_not(world):
    more = '  - {案件: "2026-011"}\n'
    same = f"{WEEK}名单:\n{more}  - {{姓名: 李小云, 班级: %s}}\n  - {{姓名: 李小云, 班级: 七年级2班}}\n"
    assert codes(world, same % "七年级2班") == ["WORK076"]
    assert codes(world, same % "七年级1班") == []


def test_a_roster_gives_the_pupils_and_says_who_came(world):
    told = listed(world, HANDED % "")
    assert [(one.pupil.name, one.pupil.school, one.pupil.arrival) for one in told] == [
        ("陈晓梅", "云岭县青石中学", "已报到"),
        ("普小兰", "云岭县青石中学", "未报到"),
        ("段小海", "云岭县第二中学", None),
    ]
    assert "WORK082" in codes(world, HANDED % "")  # who has moved away is named, not lost


WEEK_ROSTER = """班级,姓名,首次缺课,缺课天数,研判,原因
七年级1班,杨小溪,2026-09-14,五天,疑似辍学,说去帮工
七年级2班,李明,9月17日,2天,病假,感冒
八年级1班,白云,2026-09-16,几天,旷课,
"""


def test_a_table_of_absences_is_read_and_what_is_doubtful_told_by_its_cell(world):
    text = WEEK + "名册: {文件: 名册.csv}\n"
    told = [one.pupil for one in listed(world, text, WEEK_ROSTER)]
    assert [(one.name, one.days, one.standing) for one in told] == [
        ("杨小溪", 5, "疑似辍学"),
        ("李明", 2, "请假"),
        ("白云", None, None),
    ]
    loaded, office = world(text, WEEK_ROSTER)
    found = {(one.code, one.place.path) for one in list_of(loaded, office, DAY).problems}
    assert found == {("ROST021", "C3"), ("WORK083", "D4"), ("WORK083", "E4")}


def test_the_file_adds_to_a_row_of_the_roster_and_never_doubles_it(world):
    text = (
        HANDED % ""
        + "名单: [{姓名: 段小海, 报到: 未报到}, {姓名: 新来的, 录取学校: 云岭县第二中学}]\n"
    )
    told = listed(world, text)
    assert [one.pupil.name for one in told] == ["陈晓梅", "普小兰", "段小海", "新来的"]
    assert (told[2].pupil.arrival, told[2].pupil.phone) == ("未报到", "13800000047")


@pytest.mark.parametrize(
    ("roster", "code"),
    [
        (ROSTER.replace("云岭县第二中学", "云岭县第三中学"), "WORK077"),
        (
            ROSTER.replace(
                "段小海,男,段成文,13800000047,云岭县第二中学", "段小海,男,段成文,13800000047,"
            ),
            "WORK077",
        ),
        (ROSTER.replace("六年级2班,段小海,男,段成文", "六年级2班,普小兰,女,段成文"), "WORK078"),
    ],
)
def test_who_would_be_on_no_list_or_on_a_wrong_one_is_told(world, roster, code):
    assert code in codes(world, HANDED % "" + "名单: [{姓名: 普小兰, 备注: 随班就读}]\n", roster)


@pytest.mark.parametrize(("arrived", "wrong"), [(1, False), (2, True)])
def test_the_count_of_a_school_adds_up_to_the_list(world, arrived, wrong):
    found = codes(world, HANDED % f", 核对日期: 2026-09-02, 实到人数: {arrived}")
    assert ("WORK079" in found) is wrong


def test_a_school_hands_nobody_over_to_itself(world):
    own = (HANDED % "").replace("承办机关: 云岭县白沙小学", "承办机关: 云岭县青石中学")
    assert "WORK084" in codes(world, own)
    assert "WORK084" not in codes(world, HANDED % "")


def test_who_did_not_come_becomes_a_lead_once(world):
    loaded, office = world(HANDED % "")
    found = list_of(loaded, office, DAY)
    (heard,) = to_be_looked_for(found, loaded, office, DAY)
    assert (heard.row.pupil.name, heard.school) == ("普小兰", "云岭县青石中学")
    assert "应到云岭县青石中学，没有报到；到了昆明" in heard.reason
    assert [task.label for task in list_tasks(loaded, office, DAY)] == [
        "没有线索、案件的记成线索：普小兰"
    ]
    known = (
        LEADS
        + "  - {编号: X2026-002, 姓名: 普小兰, 接到日期: 2026-09-03, 来源: 学校, 学校: 云岭县青石中学}\n"
    )
    (office.root / "cases/线索.yaml").write_text(known, "utf-8")
    assert to_be_looked_for(found, loaded, office, DAY) == ()


def test_whom_a_school_calls_gone_is_marked_or_came_back(world):
    text = (
        WEEK + '名单:\n  - {案件: "2026-011", 类别: 辍学}\n  - {姓名: 李小云, 类别: 疑似辍学%s}\n'
    )
    loaded, office = world(text % "")
    steps = [task.label for task in list_tasks(loaded, office, DAY)]
    assert steps[-1] == "在学籍系统里标注：李小云"
    loaded, office = world(text % ", 学籍标注日期: 2026-09-18")
    assert [task.id for task in list_tasks(loaded, office, DAY)] == ["take"]

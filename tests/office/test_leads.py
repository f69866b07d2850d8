"""Leads before a case: told once, decided by somebody, never deleted."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kcbx_docs.act import Put
from kcbx_docs.case.files import LoadedLeads, load_file
from kcbx_docs.case.lead_list import Heard, read_heard
from kcbx_docs.case.model import Pupil
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.office.destination import destination_at
from kcbx_docs.office.lead_acts import without_case
from kcbx_docs.office.leads import decided, kept_leads, take_in, write_decision
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.office.outlook import outlooks
from kcbx_docs.problems import Problems, UserError, errors
from tests.killing import files_in, full_at
from tests.kinds.world import ABSENT, OFFICE, case_text, workspace

DAY = date(2026, 3, 20)
LIST = """\
线索: 疑似辍学
名单:
  - {编号: X2026-001, 姓名: 杨小溪, 接到日期: 2026-03-18, 来源: 学校, 反映人: 罗玉芬, 学校: 云岭县青石中学, 班级: 2班, 最后到校: 2026-03-10, 缺课天数: "6", 原因: 说去帮工}
  - {编号: X2026-002, 姓名: 白小花, 接到日期: 2026-03-18, 来源: 群众}
处理: []   # 由 kcbx lead 写
"""
NO = "  - {日期: 2026-03-19, 线索: [X2026-002], 结果: 不受理, 理由: 请假, 承办人: [普文清]}\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Open a town with two leads and no case."""
    (tmp_path / "cases").mkdir()
    (tmp_path / "kcbx.yaml").write_text(OFFICE, "utf-8")
    (tmp_path / "cases/线索.yaml").write_text(LIST, "utf-8")
    return open_office(tmp_path)


def files(office: Office) -> list[Path]:
    return sorted((office.root / "cases").glob("*.yaml"))


def heard(name: str, number: str = "", class_name: str = "") -> Heard:
    """Tell of a child, as a comparison does."""
    values = {"姓名": name, "身份证号": number, "班级": class_name}
    pupil = Pupil.model_validate({key: value for key, value in values.items() if value})
    return Heard(RosterPupil(pupil), reason="学籍有，在校没有", source="比对")


def waiting(office: Office) -> list[str]:
    return [one.id for one in kept_leads(files(office), DAY) if one.handled.decision is None]


def read(text: str, tmp_path: Path) -> Problems:
    path = tmp_path / "线索.yaml"
    path.write_text(text, "utf-8")
    return load_file(path, DAY)[1]


def test_a_teachers_list_is_read_as_rosters_are(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("青石中学缺课名单",),
        ("序号", "姓名", "班级", "最后到校", "缺课天数", "原因", "反映人", "家长姓名", "家长电话"),
        (1, "杨小溪", "七年级2班", "2026-03-10", 6, "说去帮工", "罗玉芬", "杨国华", "13800000077"),
        (2, "白小花", "七年级1班", "上周五", "", "", "", "", ""),
    ):
        sheet.append(row)
    path = tmp_path / "缺课.xlsx"
    book.save(path)
    reading, found = read_heard(path, DAY)
    assert not errors(reading.problems) and "ROST015" not in {p.code for p in reading.problems}
    first, second = found
    assert (first.row.pupil.grade, first.row.pupil.class_name) == ("七年级", "2班")
    assert (first.last_seen, first.absent_days) == (date(2026, 3, 10), "6")
    assert (first.reason, first.reporter) == ("说去帮工", "罗玉芬")
    assert second.last_seen is None and second.reason == "最后到校：上周五"  # kept as it stands


def test_nobody_is_told_of_twice_and_who_has_a_case_is_told(office: Office) -> None:
    workspace(office.root, OFFICE, case_text(ABSENT))
    children = (
        heard("普云飞", "530499201305061217"),
        heard("杨小溪", class_name="2班"),
        heard("岩明"),
    )
    taken = take_in((*children, heard("岩明")), files(office), DAY, "学校", school="云岭县青石中学")
    assert [entry["姓名"] for entry in taken.entries] == ["普云飞", "岩明"]
    assert [entry["编号"] for entry in taken.entries] == ["X2026-003", "X2026-004"]
    assert [one.code for one in taken.problems] == ["LEAD011", "LEAD010", "LEAD010"]
    assert taken.doubles == 2 and taken.entries[0]["来源"] == "比对"


HEADS = ("姓名", "身份证号", "最后到校", "最后到校日期", "缺课天数")


@pytest.mark.parametrize(
    ("cells", "codes", "kept"),
    [
        (("王一", "", "2026-03-10", "2026-03-10", "5"), [], (date(2026, 3, 10), "5", "")),
        (("王一", "", "2026-03-10", "", "五天"), [], (date(2026, 3, 10), "5", "")),
        (("王一", "", "", "2026-03-10", 5.0), [], (date(2026, 3, 10), "5", "")),
        (
            ("王一", "", "2026-03-10", "2026-03-11", ""),
            ["LEAD040"],
            (None, "", "最后到校：2026-03-10；2026-03-11"),
        ),
        (("王一", "", "上周三", "", ""), ["LEAD040"], (None, "", "最后到校：上周三")),
        (("王一", "", "", "", "-3"), ["LEAD040"], (None, "", "缺课天数：-3")),
        (("王一", "", "2026-04-01", "", ""), ["LEAD041"], (date(2026, 4, 1), "", "")),
        (("王一", "", "2026-03-19", "", "60"), ["LEAD042"], (date(2026, 3, 19), "60", "")),
    ],
)
def test_what_a_list_contradicts_is_told_with_its_row(
    tmp_path: Path, cells: tuple[object, ...], codes: list[str], kept: tuple[object, ...]
) -> None:
    book = openpyxl.Workbook()
    for row in (HEADS, cells):
        book.active.append(row)
    book.save(tmp_path / "名单.xlsx")
    reading, (heard,) = read_heard(tmp_path / "名单.xlsx", DAY)
    found = [one for one in reading.problems if one.code.startswith("LEAD")]
    assert [(one.code, one.place.path) for one in found] == [(one, "Sheet!第2行") for one in codes]
    assert (heard.last_seen, heard.absent_days, heard.reason) == kept


def test_one_number_under_two_names_is_two_leads_and_told(office: Office) -> None:
    number = "530499201305061217"
    taken = take_in([heard("甲一", number), heard("甲二", number)], files(office), DAY, "学校")
    assert [entry["姓名"] for entry in taken.entries] == ["甲一", "甲二"]
    (told,) = [one for one in taken.problems if one.code == "LEAD043"]
    assert "530499********1217" in told.message and "「甲二」" in told.message


def test_who_was_rejected_may_be_told_of_again(office: Office) -> None:
    path = office.root / "cases/线索.yaml"
    path.write_text(LIST.replace("处理: []   # 由 kcbx lead 写\n", "处理:\n" + NO), "utf-8")
    taken = take_in([heard("白小花")], files(office), DAY, "学校")
    assert len(taken.entries) == 1 and [one.code for one in taken.problems] == ["LEAD012"]


def test_a_decision_is_added_and_nothing_is_taken_away(office: Office) -> None:
    path = office.root / "cases/线索.yaml"
    _, second = kept_leads([path], DAY)
    said = {"日期": "2026-03-19", "结果": "不受理", "理由": "请假", "承办人": ["普文清"]}
    write_decision(office.root, decided(office, [second], said, DAY))
    assert waiting(office) == ["X2026-001"]
    again = {"日期": "2026-03-20", "结果": "重新考虑", "说明": "假满没有到校"}
    write_decision(office.root, decided(office, kept_leads([path], DAY)[1:], again, DAY))
    assert waiting(office) == ["X2026-001", "X2026-002"]
    text = path.read_text("utf-8")
    assert text.startswith(LIST.partition("处理")[0]) and "由 kcbx lead 写" in text
    loaded, _ = load_file(path, DAY)
    assert isinstance(loaded, LoadedLeads)
    assert [one.outcome for one in loaded.leads.handled] == ["不受理", "重新考虑"]
    assert loaded.leads.decided("X2026-002", date(2026, 3, 19)) is not None  # as of that day


def test_a_case_and_the_decision_that_it_comes_of_are_written_together(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before = office.root / "cases/线索.yaml", files_in(office.root)
    said = {"日期": "2026-03-19", "结果": "受理", "案件": "2026-001", "承办人": ["普文清"]}
    case = Put(office.root / "cases/2026-001.yaml", case_text(ABSENT).encode())
    changes = decided(office, kept_leads([path], DAY)[:1], said, DAY)
    with monkeypatch.context() as patch, pytest.raises(UserError, match="磁盘已满"):
        full_at(patch, "线索.yaml")
        write_decision(office.root, changes, case)
    assert files_in(office.root) == before
    write_decision(office.root, changes, case)
    assert waiting(office) == ["X2026-002"] and case.path.exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"结果": "不受理"}, "LEAD006"),
        ({"结果": "不受理", "理由": "不属本辖区"}, "LEAD007"),
        ({"结果": "受理"}, "LEAD008"),
    ],
)
def test_a_decision_that_says_too_little_is_not_written(office: Office, said, code: str) -> None:
    before = files(office)[0].read_bytes()
    with pytest.raises(UserError, match=code):
        decided(office, kept_leads(files(office), DAY)[:1], {"日期": "2026-03-19", **said}, DAY)
    assert files(office)[0].read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("X2026-002, 姓名", "X2026-001, 姓名", "LEAD001"),
        ("2026-03-18, 来源: 群众", "2026-04-18, 来源: 群众", "LEAD002"),
        ("最后到校: 2026-03-10", "最后到校: 2026-03-19", "LEAD003"),
        ("处理: []", "处理: [{日期: 2026-03-19, 线索: X9, 结果: 受理, 案件: 1}]", "LEAD004"),
        ("处理: []", "处理: [{日期: 2026-03-01, 线索: X2026-001, 结果: 受理, 案件: 1}]", "LEAD005"),
        ("来源: 群众", "来源: 比对", ""),
        ("最后到校: 2026-03-10", "最后到校: 2026-03-18", ""),
    ],
)
def test_what_is_wrong_with_leads_is_told(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert [p.code for p in read(LIST.replace(old, new, 1), tmp_path)] == ([code] if code else [])


def test_each_waiting_lead_stands_in_the_lists_with_the_days_of_the_place(office: Office) -> None:
    told = outlooks(files(office), DAY, DAY)
    assert [(case.case_id, case.states[0][1]) for case in told.cases] == [
        ("X2026-001", "线索没有处理"),
        ("X2026-002", "线索没有处理"),
    ]
    assert not told.unread and not told.others and not any(case.due for case in told.cases)
    pack = office.root / "templates/pack.yaml"
    pack.parent.mkdir()
    pack.write_text('名称: 本单位\n版本: "1"\n参数: {线索核查天数: 1}\n', "utf-8")
    [first, *_] = outlooks(files(office), DAY, DAY).cases
    assert first.due[0].by == date(2026, 3, 19) and first.urgency[0] == 0  # overdue


@pytest.mark.parametrize(
    ("file", "number", "told"),
    [
        ("案件.yaml", "2026-001", False),
        ("乡里/cases/案件.yaml", "2026-001", False),
        ("2026-001.yaml", "", False),
        ("案件.yaml", "2026-002", True),
        ("", "", True),
    ],
    ids=["在", "在下面乡镇的文件夹里", "写坏了，只有文件名", "改了编号", "不见了"],
)
def test_a_lead_whose_case_has_no_file_any_more_is_told(
    office: Office, file: str, number: str, told: bool
) -> None:
    taken = (
        "  - {日期: 2026-03-19, 线索: [X2026-001], 结果: 受理, 案件: 2026-001, 承办人: [普文清]}\n"
    )
    (office.root / "cases/线索.yaml").write_text(
        LIST.partition("处理:")[0] + "处理:\n" + taken + NO
    )
    if file:
        path = office.root / "cases" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case_text(ABSENT).replace("2026-001", number, 1) if number else "案件: [")
    here = destination_at(office.root)
    found = without_case(here, kept_leads(here.files, DAY))
    assert [one.code for one in found] == (["LEAD045"] if told else [])

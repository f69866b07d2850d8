"""Which file is what, where its workspace is, and what is wrong in kcbx.yaml,
batches and letters.
"""

from pathlib import Path

import pytest

from kcbx_docs.case.files import (
    LoadedBatch,
    LoadedCase,
    LoadedLetter,
    find_workspace,
    load_file,
    load_workspace,
)
from kcbx_docs.case.workspace import Workspace, school_of, with_school

from .stories import GUARDIANS, HEAD, PUPIL, TODAY

OFFICE = """\
地区: 530499
机关: {名称: 云岭县青石镇人民政府, 类型: 乡镇人民政府}
其他机关:
  - {名称: 云岭县教育体育局, 类型: 县级教育行政部门}
执法人员: [{姓名: 普文清, 证号: F1}]
法院:
  - {名称: 云岭县人民法院}
  - {名称: 青川铁路运输法院, 类别: 行政}
学校:
  - {名称: 青石中学, 校长: 沈国良, 电话: "1"}
"""
BATCH = """\
批次: 开学告知
学期: 2026年秋季学期
学校: 青石中学
名册: {文件: 名册.csv}
文书: [控辍保学告知书, {文书: 承诺书, 份数: 2}]
"""
LETTER = """\
公文: 通知
标题: 关于开学工作的通知
正文: |
  现通知如下。

  一、核清底数
"""


def workspace(folder: Path, text: str = OFFICE) -> Workspace:
    (folder / "kcbx.yaml").write_text(text, "utf-8")
    loaded, problems = load_workspace(folder)
    assert loaded is not None and not problems, problems
    return loaded.workspace


def test_the_first_key_decides(tmp_path: Path) -> None:
    (tmp_path / "名册.csv").write_text("姓名,班级\n普云飞,1班\n", "utf-8")
    kinds = {"a.yaml": HEAD + PUPIL + GUARDIANS, "b.yaml": BATCH, "c.yaml": LETTER}
    loaded = []
    for name, text in kinds.items():
        (tmp_path / name).write_text(text, "utf-8")
        value, problems = load_file(tmp_path / name, TODAY)
        assert not problems
        loaded.append(type(value))
    assert loaded == [LoadedCase, LoadedBatch, LoadedLetter]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("安件: 控辍个案\n", "是不是「案件」"),
        ("编号: 1\n案件: 控辍个案\n", "案件以"),
        ("- 案件\n", "案件以"),
        ("", "kcbx new"),
    ],
)
def test_a_file_of_no_kind_is_told_how_to_begin(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "x.yaml").write_text(text, "utf-8")
    value, problems = load_file(tmp_path / "x.yaml", TODAY)
    assert value is None and len(problems) == 1
    assert said in problems[0].hint
    where = (1, 1) if text else (None, None)
    assert (problems[0].place.line, problems[0].place.column) == where


def test_the_nearest_workspace_above_a_file_is_its_own(tmp_path: Path) -> None:
    inner = tmp_path / "镇" / "cases"
    inner.mkdir(parents=True)
    assert find_workspace(inner / "a.yaml") is None
    (tmp_path / "kcbx.yaml").touch()
    assert find_workspace(inner / "a.yaml") == tmp_path
    (tmp_path / "镇" / "kcbx.yaml").touch()
    assert find_workspace(inner / "a.yaml") == tmp_path / "镇"


def test_an_office_knows_its_courts_and_neighbours(tmp_path: Path) -> None:
    office = workspace(tmp_path)
    assert office.region == "530499"
    assert [court.name for court in map(office.court_for, ("行政", "民事")) if court] == [
        "青川铁路运输法院",
        "云岭县人民法院",
    ]
    assert office.organ_named("") is office.office
    assert office.organ_named("云岭县教育体育局") is office.offices[0]


def test_a_workspace_with_slips(tmp_path: Path) -> None:
    (tmp_path / "kcbx.yaml").write_text(
        """\
地区: 云岭县
机关: {名称: 青石镇人民政府, 类型: 镇政府}
收款银行: {户名: 财政局}
处罚依据:
  - {编号: 甲, 法规: 某条例, 条文: 第五条, 原文: 略, 以逾期不改为前提: 大概, 最高罚款: 一千}
""",
        "utf-8",
    )
    loaded, problems = load_workspace(tmp_path)
    assert loaded is None
    assert [p.code for p in problems] == ["TYPE007", "TYPE001", "CASE003", "TYPE007"]
    (tmp_path / "kcbx.yaml").write_text(OFFICE + "  - {名称: 青石中学}\n" + "登记簿: x\n", "utf-8")
    loaded, problems = load_workspace(tmp_path)
    assert loaded is not None and [p.code for p in problems] == ["WORK002"]
    (tmp_path / "kcbx.yaml").write_text(
        OFFICE.replace("乡镇人民政府}", "乡镇人民政府, 统一社会信用代码: 123}"), "utf-8"
    )
    assert [p.code for p in load_workspace(tmp_path)[1]] == ["WORK003"]


def test_unknown_is_neither_yes_nor_no(tmp_path: Path) -> None:
    office = workspace(
        tmp_path,
        OFFICE
        + """\
处罚依据:
  - {编号: 甲, 法规: 某条例, 条文: 第五条, 原文: 略}
  - {编号: 乙, 法规: 某条例, 条文: 第六条, 原文: 略, 以逾期不改为前提: 否, 听证标准: 3000, 最高罚款: 1000}
""",
    )
    first, second = office.penalties
    assert (first.after_order, first.hearing_from) == ("未知", "未知")
    assert (second.after_order, second.hearing_from, second.most) == ("否", 3000, 1000)


def test_a_case_takes_its_school_from_the_workspace_and_keeps_its_own_words(tmp_path: Path) -> None:
    office = workspace(tmp_path)
    (tmp_path / "a.yaml").write_text(
        HEAD + PUPIL + GUARDIANS + "学校: {名称: 青石中学, 电话: '2'}\n", "utf-8"
    )
    loaded, problems = load_file(tmp_path / "a.yaml", TODAY, office)
    assert loaded is not None and not problems
    school = with_school(loaded.case, office).school
    assert school is not None and (school.principal, school.phone) == ("沈国良", "2")


def test_names_that_the_workspace_does_not_have(tmp_path: Path) -> None:
    office = workspace(tmp_path)
    (tmp_path / "a.yaml").write_text(
        HEAD
        + "承办机关: 云岭县教育局\n承办人: [普文青]\n"
        + PUPIL
        + GUARDIANS
        + "学校: 青石小学\n",
        "utf-8",
    )
    _, problems = load_file(tmp_path / "a.yaml", TODAY, office)
    assert [(p.code, p.place.line, p.severity) for p in problems] == [
        ("CASE070", 4, "error"),
        ("CASE072", 5, "error"),
        ("CASE071", 10, "warning"),
    ]
    assert (
        "云岭县教育体育局" in problems[0].hint
        and "普文清" in problems[1].hint
        and "青石中学" in problems[2].hint
    )


def test_a_batch_names_its_roster_and_documents(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(BATCH, "utf-8")
    loaded, problems = load_file(path, TODAY)
    assert loaded is not None and loaded.roster_path == tmp_path / "名册.csv"
    assert [(d.document, d.copies) for d in loaded.batch.documents] == [
        ("控辍保学告知书", 1),
        ("承诺书", 2),
    ]
    assert [(p.code, p.place.line, p.place.column) for p in problems] == [("BTCH004", 4, 10)]
    assert "文件夹里有" not in problems[0].hint
    (tmp_path / "名册.xlsx").write_bytes(b"")
    assert "文件夹里有「名册.xlsx」，是不是它？" in load_file(path, TODAY)[1][0].hint
    path.write_text(
        BATCH.replace("名册.csv", "名册.csv, 列: {性名: 学生}").replace("承诺书", "控辍保学告知书"),
        "utf-8",
    )
    assert [p.code for p in load_file(path, TODAY)[1]] == ["BTCH004", "BTCH002", "BTCH003"]
    path.write_text(BATCH.replace("份数: 2", "份数: 0").replace("开学告知", "../甲"), "utf-8")
    assert [p.code for p in load_file(path, TODAY)[1]] == ["CASE004", "BTCH004", "BTCH001"]


def test_a_batch_of_an_unknown_school_is_asked_about(tmp_path: Path) -> None:
    office = workspace(tmp_path)
    (tmp_path / "名册.csv").write_text("姓名\n普云飞\n", "utf-8")
    (tmp_path / "b.yaml").write_text(BATCH.replace("青石中学", "青石中心学校"), "utf-8")
    loaded, problems = load_file(tmp_path / "b.yaml", TODAY, office)
    assert [(p.code, p.severity, p.place.line) for p in problems] == [("CASE071", "warning", 3)]
    assert loaded is not None and school_of(loaded.batch.school, office).principal == ""


def test_a_letter_has_paragraphs_and_a_number_of_the_standard_form(tmp_path: Path) -> None:
    path = tmp_path / "开学.yaml"
    path.write_text(
        LETTER + "发文字号: 云教发[2026]第08号\n附注: （此件公开发布）\n附件: [登记表]\n", "utf-8"
    )
    loaded, problems = load_file(path, TODAY)
    assert loaded is not None and loaded.folder == "开学"
    assert loaded.letter.paragraphs == ("现通知如下。", "一、核清底数")
    assert [a.title for a in loaded.letter.attachments] == ["登记表"]
    assert [(p.code, p.severity) for p in problems] == [
        ("WORK004", "warning"),
        ("WORK005", "warning"),
    ]
    path.write_text(LETTER + "发文字号: 云教发〔2026〕8号\n", "utf-8")
    assert load_file(path, TODAY)[1] == ()


@pytest.mark.parametrize("text", [HEAD + PUPIL + GUARDIANS, BATCH, LETTER])
def test_what_the_reader_found_is_told_with_the_rest(tmp_path: Path, text: str) -> None:
    (tmp_path / "名册.csv").write_text("姓名,班级\n普云飞,1班\n", "utf-8")
    (tmp_path / "a.yaml").write_text(text + "备注: 甲\n备注: 乙\n", "utf-8")
    assert "READ007" in [p.code for p in load_file(tmp_path / "a.yaml", TODAY)[1]]


@pytest.mark.parametrize(
    ("right", "wrong", "codes"),
    [
        (
            "机关: {名称: 云岭县青石镇人民政府, 类型",
            "机关: {名称: 云岭县青石镇人民政府， 类型",
            ["READ025"],
        ),
        (
            "  - {名称: 云岭县教育体育局, 类型: 县",
            "  - {名称: 云岭县教育体育局, 类型 县",
            ["READ021"],
        ),
        ("[{姓名: 普文清, 证号: F1}]", "[{姓名: 普文清, 证号： F1}]", ["READ024"]),
        (
            '  - {名称: 青石中学, 校长: 沈国良, 电话: "1"}',
            '  - {名称: 青石中学, 校长：沈国良, 电话: "1"}',
            ["READ024"],
        ),
        ("地区: 530499", "地区 530499", ["READ021"]),
        ("{姓名: 普文清, 证号: F1}", "{证号: F1}", ["TYPE001"]),
        (
            "{名称: 青川铁路运输法院, 类别: 行政}",
            "{名称: 青川铁路运输法院, 类别: 行正}",
            ["TYPE007"],
        ),
    ],
)
def test_a_slip_of_kcbx_yaml_is_told_without_what_follows_from_it(tmp_path, right, wrong, codes):
    assert right in OFFICE
    path = tmp_path / "kcbx.yaml"
    path.write_text(OFFICE.replace(right, wrong, 1), "utf-8")
    assert [one.code for one in load_workspace(path)[1]] == codes

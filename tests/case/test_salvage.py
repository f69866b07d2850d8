"""The sound part of a faulty file is checked too, and its places are those of the file."""

import pytest

from kcbx_docs.case.model import Case
from kcbx_docs.case.salvage import salvage, without
from kcbx_docs.reading import parse_yaml

from .stories import load

TEXT = """\
案件: 控辍个案
编号: 2026-001
情形: 缀学
学生: {姓名: 普云飞}
监护人:
  - {姓名: 普正华, 下落: 不知道}
  - {关系: 母亲}
  - {姓名: 沈大明, 关系: 舅舅}
"""
STAND_INS = {"情形": "辍学", "学生": {"姓名": "某"}, "监护人": [{"姓名": "某"}]}


def test_faulty_values_go_and_the_rest_is_read():
    case, _ = salvage(Case, parse_yaml(TEXT, "a.yaml")[0], STAND_INS)
    assert case.situation == "辍学" and case.id == "2026-001"
    assert [(one.name, one.relation) for one in case.guardians] == [
        ("普正华", ""),
        ("沈大明", "舅舅"),
    ]


def test_places_are_those_of_the_file_as_it_is_written():
    _, kept = salvage(Case, parse_yaml(TEXT, "a.yaml")[0], STAND_INS)
    place = kept.place(("监护人", 1, "姓名"), value=True)
    assert (place.line, place.column) == (8, 10), "the second of those that were kept is the third"
    assert kept.place(("监护人", 0, "没有的键")).line == 6
    dropped = kept.place(("监护人", 0, "下落"), value=True)
    assert (dropped.line, dropped.column) == (6, 19)
    assert kept.place(("情形",)).line == 3


def test_what_is_no_record_at_all_cannot_be_saved():
    assert salvage(Case, parse_yaml("- 甲\n", "a.yaml")[0], STAND_INS) is None


def test_paths_are_taken_out_of_lists_and_records():
    source = parse_yaml("甲: [1, 2, 3]\n乙: {丙: 4, 丁: 5}\n", "a.yaml")[0]
    kept = without(source, {("甲", 1), ("乙", "丙")})
    assert kept.data == {"甲": ["1", "3"], "乙": {"丁": "5"}}
    assert kept.origin[("甲", 1)] == ("甲", 2)


@pytest.mark.parametrize(
    ("line", "faulty"),
    [
        ("案件: 控辍个案", "案件: 别的"),
        ("编号: 2026-001", "编号: a/b"),
        ("情形: 辍学", "情形: 缀学"),
        ("学生: {姓名: 普云飞}", "学生: []"),
        ("监护人: [{姓名: 普正华}]", "监护人: 普正华"),
        ("情形: 辍学", ""),
        ("学生: {姓名: 普云飞}", ""),
    ],
)
def test_whichever_of_the_first_lines_is_faulty_the_rest_is_still_checked(tmp_path, line, faulty):
    text = (
        "案件: 控辍个案\n编号: 2026-001\n情形: 辍学\n学生: {姓名: 普云飞}\n"
        "监护人: [{姓名: 普正华}]\n受托照护人: [{姓名: 沈秀英, 身份证号: '530499198603123011'}]\n"
    )
    case, problems = load(tmp_path, text.replace(line + "\n", faulty + "\n" if faulty else ""))
    assert case is None and "CASE021" in [p.code for p in problems]


UNCLE = """\
案件: 控辍个案
编号: 2026-001
情形: 缀学
学生: {姓名: 普云飞}
监护人:
  - {姓名: 沈大明, 关系: 舅舅%s}
"""


@pytest.mark.parametrize(
    ("more", "told"),
    [("", True), (", 监护依据: 村民委员会指定", False), (", 监护依据: [甲]", False)],
)
def test_who_is_no_guardian_is_told_though_another_line_is_faulty(tmp_path, more, told):
    case, problems = load(tmp_path, UNCLE % more)
    assert case is None
    assert ("CASE036" in [one.code for one in problems]) is told

"""Slips of the pen of a town's legal officer: each told where it must be mended, in words that
are enough to mend it; what may be written stays allowed.
"""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.case.files import load_source
from kcbx_docs.problems import Problems
from kcbx_docs.reading import parse_yaml

TODAY = date(2026, 11, 22)
CASE = """\
案件: 控辍个案
编号: 2026-001
情形: 辍学
学生:
  姓名: 普云飞
  性别: 男
  身份证号: "530499201305061217"
  住校: 是
  现住址: 云岭县青石镇大回村8组
监护人:
  - 姓名: 普正华
    关系: 父亲
    身份证号: "530499198603123012"
    住址: 云岭县青石镇大回村8组
经过:
  - {日期: 2026-09-01, 事项: 首次缺课, 原因: 开学未到校报到}
  - {日期: 2026-09-02, 时间: 16:30, 事项: 联系, 方式: 电话, 对象: 普正华, 承办人: [段晓岚, 罗玉芬], 结果: 答应劝说}
  - {日期: 2026-09-03, 事项: 联系, 方式: 电话, 对象: 普正华, 结果: 称管不了，再等几天}
"""


def told(text: str) -> Problems:
    source, found = parse_yaml(text, "案.yaml")
    return load_source(Path("案.yaml"), source, found, TODAY)[1]


def written(right: str, wrong: str) -> str:
    assert right in CASE
    return CASE.replace(right, wrong, 1)


SLIPS = (
    # what is right, what was typed, the places where to type, and what is said
    ("情形: 辍学", "情形:辍学", "3:4 READ020", "情形: 辍学"),
    ("情形: 辍学", "情形：辍学", "3:3 READ019", "情形: 辍学"),
    ("情形: 辍学", "情形： 辍学", "3:3 READ019", "情形: 辍学"),
    ("情形: 辍学", "情 形：辍学", "3:1 READ019", "「情形: 辍学」"),
    ("  姓名: 普云飞", "  姓　名:普云飞", "5:3 READ019", "「姓名: 普云飞」"),
    ("情形: 辍学", "情形 辍学", "3:3 READ021", "情形: 辍学"),
    ("情形: 辍学", "情形", "3:3 READ021", "情形: ……"),
    ("情形: 辍学", "情形:\u3000辍学", "3:4 READ020", "情形: 辍学"),
    ("情形: 辍学", "情形:\xa0辍学", "3:4 READ020", "情形: 辍学"),
    ("情形: 辍学", "情形﹕辍学", "3:3 READ019", "情形: 辍学"),
    ("案件: 控辍个案", "案件：控辍个案", "1:3 READ019", "案件: 控辍个案"),
    ("案件: 控辍个案", "案件:控辍个案", "1:4 READ020", "案件: 控辍个案"),
    ("监护人:\n", "监护人：\n", "10:4 READ019", "英文冒号"),
    ("监护人:\n", "监护人\n", "10:4 READ021", "冒号"),
    ("学生:\n", "学生;\n", "4:3 READ019", "英文冒号"),
    ("学生:\n", "学生：\n", "4:3 READ019", "英文冒号"),
    ("  住校: 是", "  住校：是", "8:5 READ019", "住校: 是"),
    ("  住校: 是", "  住校:是", "8:6 READ020", "住校: 是"),
    ("    关系: 父亲", "    关系:父亲", "12:8 READ020", "关系: 父亲"),
    ("    关系: 父亲", "    关系：父亲", "12:7 READ019", "关系: 父亲"),
    ("  - 姓名: 普正华", "  - 姓名：普正华", "11:7 READ019", "姓名: 普正华"),
    ("  - 姓名: 普正华", "  - 姓名:普正华", "11:8 READ020", "姓名: 普正华"),
    ("  - 姓名: 普正华", "  -姓名: 普正华", "11:3 READ032", "英文横线、空格"),
    ("  - 姓名: 普正华", "  －姓名: 普正华", "11:3 READ032", "英文横线、空格"),
    ("  - 姓名: 普正华", "  — 姓名: 普正华", "11:3 READ032", "英文横线、空格"),
    ("  - 姓名: 普正华", "    姓名: 普正华", "11:5 TYPE004", "每一项以「- 」开头"),
    ("  - {日期: 2026-09-02", "  -{日期: 2026-09-02", "17:3 READ032", "英文横线、空格"),
    ("  - {日期: 2026-09-02", "  {日期: 2026-09-02", "17:3 READ032", "英文横线、空格"),
    ("  - {日期: 2026-09-02", "  － {日期: 2026-09-02", "17:3 READ032", "英文横线、空格"),
    ("  - {日期: 2026-09-02", "    {日期: 2026-09-02", "17:5 READ032", "英文横线、空格"),
    ("报到}", "报到", "16:43 READ022", "补上「}」"),
    ("报到}", "报到］", "16:43 READ035", "英文括号"),
    ("报到}", "报到｝", "16:43 READ035", "英文括号"),
    ("报到}", "报到]", "16:43 READ037", "改成「}」"),
    ("报到}", "报到}}", "16:44 READ023", "删去"),
    ("报到}", "报到},", "16:44 READ036", "删去"),
    ("报到}", "报到）", "16:43 READ037", "改成「}」"),
    ("报到}", "报到（9月）", "16:47 READ022", "补上「}」"),
    ("答应劝说}", "答应劝说", "17:83 READ022", "补上「}」"),
    ("罗玉芬]", "罗玉芬", "17:72 READ022", "补上「]」"),
    ("罗玉芬]", "罗玉芬}", "17:72 READ037", "改成「]」"),
    ("罗玉芬]", "罗玉芬）", "17:72 READ037", "改成「]」"),
    ("罗玉芬]", "罗玉芬」", "17:72 READ037", "改成「]」"),
    ("罗玉芬]", "罗玉芬（班主任）", "17:77 READ022", "补上「]」"),
    ("情形: 辍学", "情形 = 辍学", "3:4 READ019", "「情形: 辍学」"),
    ("    关系: 父亲", "    关系＝父亲", "12:7 READ019", "「关系: 父亲」"),
    ("    关系: 父亲", "    关系 －> 父亲", "12:8 READ019", "「关系: 父亲」"),
    ("  姓名: 普云飞", "  姓名普云飞", "5:5 READ021", "「姓名: 普云飞」"),
    ("    关系: 父亲", "    关系－父亲", "12:7 READ019", "「关系: 父亲」"),
    ("  住校: 是", "  住校 为 是", "8:6 READ019", "「住校: 是」"),
    ("结果: 答应劝说", "结果 = 答应劝说", "17:78 READ019", "「结果: 答应劝说」"),
    ("[段晓岚", "段晓岚", "17:63 READ038", "补上「[」"),
    ("  - {日期: 2026-09-02", "  - 日期: 2026-09-02", "17:5 READ038", "补上「{」"),
    ("[段晓岚, 罗玉芬]", "［段晓岚, 罗玉芬］", "17:63 READ035 17:72 READ035", "英文括号"),
    ("{日期: 2026-09-02", "｛日期: 2026-09-02", "17:5 READ035", "英文括号"),
    ("开学未到校报到", "不读书了, 也不去学校。", "16:40 READ024", '"不读书了, 也不去学校'),
    (
        "开学未到校报到",
        "不读书了, 也不去学校, 在家",
        "16:40 READ024",
        '"不读书了, 也不去学校, 在家"',
    ),
    ("开学未到校报到", "不读书了,也不去学校", "16:40 READ024", '"不读书了,也不去学校"'),
    ("开学未到校报到", "“不读书了, 也不去学校”", "16:41 READ024", '"“不读书了, 也不去学校”"'),
    ("开学未到校报到", "他说: 不读了", "16:38 READ031", '"他说: 不读了"'),
    ("开学未到校报到", "见 #3 记录", "16:38 READ017", '"见 #3 记录"'),
    ("开学未到校报到", '"不读书了"他说', "16:36 READ030", "'\"不读书了\"他说'"),
    ("开学未到校报到", '"不读书了', "16:41 READ029", "英文引号"),
    ("开学未到校报到", '"不读书了”', "16:41 READ029", "英文引号"),
    ("开学未到校报到", "@早婚", "16:36 READ028", '"@早婚"'),
    ("开学未到校报到", "*早婚*", "16:36 READ005", '"*早婚*"'),
    ("开学未到校报到", "!早婚", "16:36 READ006", '"!早婚"'),
    ("开学未到校报到", "第[1]次", "16:37 READ034", '"第[1]次"'),
    ("开学未到校报到", "- 早婚", "16:36 READ028", '"- 早婚"'),
    ("开学未到校报到", "早婚\t童工", "16:38 READ027", "→"),
    ("开学未到校报到", "`早婚`", "16:36 READ028", '"`早婚`"'),
    ("事项: 首次缺课, 原因", "事项: 首次缺课，原因", "16:30 READ025", "英文逗号加一个空格"),
    ("事项: 首次缺课, 原因", "事项: 首次缺课、原因", "16:30 READ025", "英文逗号加一个空格"),
    ("事项: 首次缺课, 原因", "事项: 首次缺课 原因", "16:30 READ025", "英文逗号加一个空格"),
    ("事项: 首次缺课, 原因", "事项: 首次缺课,, 原因", "16:31 READ036", "删去"),
    ("日期: 2026-09-01, 事项", "日期：2026-09-01, 事项", "16:8 READ019", "日期: 2026-09-01"),
    ("日期: 2026-09-01, 事项", "日期:2026-09-01, 事项", "16:9 READ020", "日期: 2026-09-01"),
    ("日期: 2026-09-01, 事项", "日期 2026-09-01, 事项", "16:8 READ021", "日期: 2026-09-01"),
    ("日期: 2026-09-01, 事项", "2026-09-01, 事项", "16:5 TYPE001 16:16 READ021", "补上"),
    ("日期: 2026-09-01", "日期: “2026-09-01”", "16:10 READ122", "英文引号"),
    ("日期: 2026-09-01", "日期: 9月1日", "16:10 TYPE016", "2026-09-01"),
    ("日期: 2026-09-01", "日期: 26-9-1", "16:10 TYPE017", "2026-09-01"),
    ("日期: 2026-09-01", "日期: 2026-02-30", "16:10 TYPE015", "2026-09-01"),
    ("日期: 2026-09-01", "日期: 2026-13-01", "16:10 TYPE015", "2026-09-01"),
    ("日期: 2026-09-01", "日期: 2026年9月", "16:10 TYPE018", "2026-09-01"),
    ("日期: 2026-09-01", "日期: 2026-09-01 16:30", "16:10 TYPE019", "2026-09-01"),
    ("日期: 2026-09-01", "日期: 开学那天", "16:10 TYPE005", "2026-09-01"),
    ("时间: 16:30", "时间: 25:10", "17:26 CASE002", "14:30"),
    ("时间: 16:30", "时间: 上午", "17:26 CASE002", "14:30"),
    ("  性别: 男\n", "\u3000\u3000性别: 男\n", "6:1 READ026", "按 2 下空格键"),
    ("  性别: 男\n", "\xa0\xa0性别: 男\n", "6:1 READ026", "按 2 下空格键"),
    ("  性别: 男\n", "\u3000性别: 男\n", "6:1 READ026", "按 2 下空格键"),
    ("  性别: 男\n", "\t性别: 男\n", "6:1 READ026", "按 2 下空格键"),
    ("  性别: 男\n", "   性别: 男\n", "6:4 READ033", "改成 2 格"),
    ("  性别: 男\n", " 性别: 男\n", "6:2 READ033", "改成 2 格"),
    ("  性别: 男\n", "性别: 男\n", "6:1 READ033", "改成 2 格"),
    ("  姓名: 普云飞\n", "    姓名: 普云飞\n", "5:5 READ033", "改成 2 格"),
    ("    关系: 父亲", "   关系: 父亲", "12:4 READ033", "改成 4 格"),
    ("开学未到校报到", "[县城", "16:36 READ121", "把「[」删去"),
    ("现住址: 云岭县青石镇大回村8组", "现住址: {大回村8组", "9:8 READ121", "把「{」删去"),
    ("现住址: 云岭县青石镇大回村8组", "现住址: [大回村8组", "9:8 READ121", "补上「]」"),
    ("现住址: 云岭县青石镇大回村8组", '现住址: 大回村8组"', "9:8 READ120", "多打的，请删去"),
    ("现住址: 云岭县青石镇大回村8组", "现住址: 大回村8组'", "9:8 READ120", "多打的，请删去"),
    ("现住址: 云岭县青石镇大回村8组", "现住址: 大回村8组”", "9:8 READ120", "补上「“」"),
    ("现住址: 云岭县青石镇大回村8组", "现住址: “大回村8组", "9:8 READ120", "补上「”」"),
    ("现住址: 云岭县青石镇大回村8组", "现住址: 云岭县（青石镇", "9:8 READ120", "补上「）」"),
    ("开学未到校报到", '开学未到校报到"', "16:36 READ120", "多打的，请删去"),
    ("    关系: 父亲", "  关系: 父亲", "12:3 READ033", "改成 4 格"),
    ("  姓名: 普云飞\n  性别", "  姓名普云飞\n性别", "5:5 READ021 6:1 READ033", "姓名: 普云飞"),
    ("  - 姓名: 普正华", "- 姓名: 普正华", "11:1 READ045", "再加 2 个空格"),
    ("  - 姓名: 普正华", " - 姓名: 普正华", "11:2 READ045", "再加 1 个空格"),
    (
        "  住校: 是",
        "  住校 {结论: 否, 依据: 学校证明}",
        "8:5 READ021 8:6 TYPE011",
        "住校: {结论: 否",
    ),
    ("    关系: 父亲", "    关系: 父亲\n    关系: 父亲", "13:5 READ007", "删去"),
    ("    关系: 父亲", "\t\t关系: 父亲", "12:1 READ026", "按 4 下空格键"),
    ("    关系: 父亲", "\t关系: 父亲", "12:1 READ026", "按 4 下空格键"),
    (
        "现住址: 云岭县青石镇大回村8组",
        "现住址: 云岭县青石镇大回村8组 #12",
        "9:20 READ017",
        '"云岭县青石镇大回村8组 #12"',
    ),
    (
        "现住址: 云岭县青石镇大回村8组",
        "现住址: 云岭县青石镇大回村 #12号",
        "9:18 READ017",
        '"云岭县青石镇大回村 #12号"',
    ),
    (
        "现住址: 云岭县青石镇大回村8组",
        "现住址: 云岭县青石镇大回村8组 # 12号",
        "9:20 READ018",
        '"云岭县青石镇大回村8组 # 12号"',
    ),
    (
        "现住址: 云岭县青石镇大回村8组",
        "现住址: 云岭县青石镇大回村8组 #待核实",
        "9:20 READ018",
        '"云岭县青石镇大回村8组 #待核实"',
    ),
    ("现住址: 云岭县青石镇大回村8组", "现住址: 云岭县青石镇大回村\t8组", "9:17 READ027", "→"),
    (
        "现住址: 云岭县青石镇大回村8组",
        "现住址: 云岭县青石镇大回村8组: 三号",
        "9:19 READ031",
        '"云岭县青石镇大回村8组: 三号"',
    ),
    ('"530499201305061217"', '"530499201305061217', "7:28 READ029", "英文引号"),
    ('"530499201305061217"', "“530499201305061217”", "7:9 READ122", "英文引号"),
    ('"530499201305061217"', '"530499201305061217”', "7:28 READ029", "英文引号"),
    ('"530499201305061217"', "'530499201305061217", "7:28 READ029", "英文引号"),
    ('"530499201305061217"', "&530499201305061217", "7:9 READ005", "加引号"),
    ("现住址: 云岭县青石镇大回村8组", "现住址: @云岭县", "9:8 READ028", '"@云岭县"'),
    ("现住址: 云岭县青石镇大回村8组", "现住址: - 云岭县", "9:8 READ028", '"- 云岭县"'),
    ("现住址: 云岭县青石镇大回村8组", "现住址: ? 云岭县", "9:8 READ028", '"? 云岭县"'),
    (
        "现住址: 云岭县青石镇大回村8组",
        "现住址: 云岭县 : 青石镇",
        "9:12 READ031",
        '"云岭县 : 青石镇"',
    ),
    ("现住址: 云岭县青石镇大回村8组", "现住址: {云岭县}青石镇", "9:8 READ034", '"{云岭县}青石镇"'),
    ("现住址: 云岭县青石镇大回村8组", "现住址: *云岭县", "9:8 READ005", '"*云岭县"'),
    ("现住址: 云岭县青石镇大回村8组", "现住址: !云岭县 青石镇", "9:8 READ006", '"!云岭县 青石镇"'),
    ("  住校: 是", "  住校: yes", "8:7 TYPE011", "是不是「是」"),
    ("  住校: 是", "  住校: √", "8:7 TYPE011", "是不是「是」"),
    ("  住校: 是", "  住校: 有", "8:7 TYPE011", "是 或 否"),
    ("  住校: 是", "  住校: #是", "8:7 READ018", '"#是"'),
    ("姓名: 普云飞", "姓名: 普云\u200b飞", "5:9 READ012", "删去"),
    ("姓名: 普云飞", "姓 名: 普云飞", "4:1 TYPE001 5:3 TYPE002", "补上"),
    ("学生:\n  姓名: 普云飞\n", "学生: 姓名: 普云飞\n", "4:7 READ031", '"姓名: 普云飞"'),
)


@pytest.mark.parametrize(("right", "wrong", "places", "words"), SLIPS)
def test_a_slip_is_told_where_it_must_be_mended(right, wrong, places, words):
    found = [one for one in told(written(right, wrong)) if one.code != "CASE080"]
    assert " ".join(f"{p.place.line}:{p.place.column} {p.code}" for p in found) == places
    assert words in found[0].message + found[0].hint


FINE = (
    ("日期: 2026-09-01", "日期: 2026-9-1"),
    ("日期: 2026-09-01", "日期: 2026/9/1"),
    ("日期: 2026-09-01", "日期: 2026.9.1"),
    ("日期: 2026-09-01", "日期: 2026年9月1日"),
    ("日期: 2026-09-01", "日期: ２０２６-０９-０１"),
    ("日期: 2026-09-01", "日期: 2026－09－01"),
    ("日期: 2026-09-01", "日期: 20260901"),
    ("时间: 16:30", "时间: 16：30"),
    ("时间: 16:30", "时间: 16点30分"),
    ("时间: 16:30", "时间: 下午4点半"),
    ("现住址: 云岭县青石镇大回村8组", "现住址: 云岭县青石镇[大回村]8组"),
    ("现住址: 云岭县青石镇大回村8组", "现住址: 云岭县青石镇@大回村8组"),
    ("现住址: 云岭县青石镇大回村8组", "现住址: 云岭县青石镇% 大回村8组"),
    ("现住址: 云岭县青石镇大回村8组", "现住址: 云岭县青石镇| 大回村8组"),
    ("现住址: 云岭县青石镇大回村8组", "现住址: 云岭县青石镇> 大回村8组"),
    ("现住址: 云岭县青石镇大回村8组", '现住址: 云岭县青石镇"大回村"8组'),
    ("开学未到校报到", "“不读书了，也不去学校”"),
    ("开学未到校报到", "1）不读书；2）在家（县城）"),
    ("开学未到校报到", "家长说“不读”（见（2026）1号)"),
    ("编号: 2026-001", "编号: 2026-001\n备注: |\n  “第一段\n  “第二段”"),
    ("开学未到校报到", "家长说：不读了（班主任记录）"),
    ("开学未到校报到", '"不读书了, 也不去学校"'),
    ("开学未到校报到", "'见 #3 记录: 甲'"),
    ("开学未到校报到", "网址 https://a.cn/b，12:30 联系"),
    ("  住校: 是", "  住校: 是  # 每周五回家"),
    ("  住校: 是", "  # 2026年9月核实\n  住校: 是"),
    ("  住校: 是", "  住校: 是\t# 走读写否"),
    ("情形: 辍学", "情形:  辍学"),
    ("情形: 辍学", "情形:\t辍学\t"),
    ("情形: 辍学", "\u3000\n情形: 辍学"),
    ("[段晓岚, 罗玉芬]", "[段晓岚,\n      罗玉芬]"),
    ("开学未到校报到}", "开学未到校报到,\n    }"),
    ("  性别: 男", "  性别: '男'"),
    ("编号: 2026-001", "编号: 2026-001\n备注: 第一句，\n  第二句：接着写\n  第三句"),
    ("编号: 2026-001", '编号: 2026-001\n备注: |\n  一：{甲\n   - 乙 #3\n  "丙'),
    ("编号: 2026-001", "编号: 2026-001\n备注:\n  说明：见附件"),
    ("编号: 2026-001", '编号: 2026-001\n备注: "一行\n  又一行"'),
)


@pytest.mark.parametrize(("right", "fine"), FINE)
def test_what_may_be_written_stays_allowed(right, fine):
    assert told(CASE) == ()
    assert told(written(right, fine)) == ()


def mended(text: str, found: Problems) -> str:
    """Write what the findings carry, from the right to the left."""
    lines = text.split("\n")
    for one in sorted((p.mending for p in found), key=lambda m: (m.line, -m.column)):
        line, start = lines[one.line - 1], one.column - 1
        assert line[start : start + len(one.old)] == one.old
        lines[one.line - 1] = line[:start] + one.new + line[start + len(one.old) :]
    return "\n".join(lines)


def test_the_one_right_mending_leaves_nothing_to_tell():
    counted = 0
    for right, wrong, _, _ in SLIPS:
        text = written(right, wrong)
        found = [one for one in told(text) if one.code != "CASE080"]
        if all(one.mending for one in found):
            counted += 1
            rest = [one for one in told(mended(text, found)) if one.code != "CASE080"]
            assert rest == [], wrong
    assert counted > 60


def test_slips_of_all_kinds_are_told_in_one_run_with_what_else_is_wrong():
    text = CASE
    for right, wrong in (
        ("情形: 辍学", "情形：辍学"),
        ("  性别: 男", "\u3000性别: 男"),
        ("  住校: 是", "  住校: yes"),
        ("  - 姓名: 普正华", "  -姓名: 普\u200b正华"),
        ("    关系: 父亲", "    关系:父亲"),
        ("开学未到校报到}", "不读书了, 也不去学校"),
        ("日期: 2026-09-02", "日期: 2026-02-30"),
        ("2026-09-03, 事项", "9月3日，事项"),
    ):
        text = text.replace(right, wrong, 1)
    assert [f"{one.place.line} {one.code}" for one in told(text)] == [
        "3 READ019",
        "6 READ026",
        "8 TYPE011",
        "11 READ032",
        "11 READ012",
        "12 READ020",
        "16 READ024",
        "16 READ022",
        "17 TYPE015",
        "18 TYPE016",
        "18 READ025",
    ]


def test_what_is_told_has_no_english_of_the_parser():
    for text in ("a: %\n", "a: [\n- b", "a: 'x\n", "? [a]\n: b\n", 'a: "\\q"\n', "%X\na"):
        for one in parse_yaml(text, "x")[1]:
            assert "expected" not in str(one) and "found" not in str(one)


@pytest.mark.parametrize("typed", ["原因：开学未到校报到", "老师说：不读了, 父亲说：不管"])
def test_what_may_be_a_sentence_or_an_entry_is_left_to_people(typed):
    text = written("原因: 开学未到校报到", typed if typed[0] == "原" else f"原因: {typed}")
    (found,) = told(text)
    assert found.code == "READ024" and found.mending is None and "键: 值" in found.hint


def test_the_second_of_two_items_is_asked_for_its_dash():
    twice = written("    关系: 父亲", "    关系: 父亲\n    姓名: 李桂仙")
    (found,) = told(twice)
    assert found.code == "READ007" and "第 11 行" in found.message and "「- 」" in found.hint


def test_the_places_of_an_embedded_text_are_those_of_its_file():
    (found,) = parse_yaml("a: {b: 1\nc: 2\n", "x", 40)[1]
    assert (found.place.line, found.place.column) == (41, 9)
    assert "第 41 行" in found.message and found.mending.line == 41


SECOND = "    姓名: 李桂仙\n    关系: 母亲\n    无证件原因: 待查\n    住址: 白沙村15号\n"


def of_guardians(more: str) -> list[str]:
    """Return what is said where lines follow those of the guardian."""
    return [f"{p.code} {p.hint}" for p in told(written("经过:\n", f"{more}经过:\n"))]


def test_a_second_item_without_its_dash_is_one_mistake() -> None:
    (said,) = of_guardians(SECOND)
    assert said.startswith("READ041") and "第 3 列" in said and "「- 姓名: ……」" in said
    assert [*of_guardians(SECOND.replace("    姓名", "  - 姓名"))] == []


def test_one_key_alone_may_have_been_written_twice() -> None:
    (said,) = of_guardians("    姓名: 李桂\n")
    assert said.startswith("READ007")


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ("    学校: 青石中学\n", "「学校」写在最外一层：把这一行向左移 4 格"),
        ("    排除情形:\n      转学: 否\n", "向左移 4 格，前面空 0 格；下面跟着缩进的各行一起移"),
        ("工作单位: 砖厂\n", "「监护人」第 1 项里：把这一行向右移 4 格"),
    ],
)
def test_a_key_of_another_level_is_told_where_it_belongs(more: str, where: str) -> None:
    (said,) = of_guardians(more)
    assert said.startswith("TYPE002") and where in said


def test_a_key_of_another_level_within_brackets_needs_a_line_of_its_own() -> None:
    (found,) = told(written("结果: 答应劝说}", "结果: 答应劝说, 学校: 青石中学}"))
    assert found.hint == "「学校」写在最外一层，另起一行，前面空 0 格。"
    (found,) = told(written("    关系: 父亲\n", "    关系: 父亲\n    学校: 青石中学\n"))
    assert "移到「监护人」那一行的前面" in found.hint


def test_a_key_that_stands_where_it_belongs_already_is_not_sent_there() -> None:
    (found,) = told(written("    关系: 父亲\n", "    关系: 父亲\n    编号: 2\n"))
    assert "最外一层" not in found.hint


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("没有转学", "写成「转学: 否」"),
        ("无此情况", "写成「转学: 否」"),
        ("已经转走", "写成「转学: 是」"),
        ("还没有问家长", "写成「转学: 未查明」"),
    ],
)
def test_a_yes_or_no_in_a_sentence_is_asked_about(typed: str, meant: str) -> None:
    (found,) = told(written("经过:\n", f"排除情形:\n  转学: {typed}\n经过:\n"))
    assert found.code == "TYPE007" and "「转学」的值" in found.message and meant in found.hint


def test_a_sentence_without_yes_or_no_is_not_guessed_at() -> None:
    (found,) = told(written("经过:\n", "排除情形:\n  转学: 家长说过\n经过:\n"))
    assert found.hint == "可以写：是、否、有、无、未查明。原话写在「依据」里。"


PUPIL = (
    "姓名: 普云飞",
    "性别: 男",
    '身份证号: "530499201305061217"',
    "住校: 是",
    "现住址: 云岭县8组",
)
BLOCK = CASE[CASE.index("  姓名: 普云飞") : CASE.index("监护人:")]


def of_pupil(*blanks: int) -> list[str]:
    """Return what is said where the lines of the pupil are indented by these blanks."""
    block = "".join(f"{' ' * n}{line}\n" for n, line in zip(blanks, PUPIL, strict=True))
    found = told(CASE.replace(BLOCK, block))
    return [f"{p.place.line} {p.code} {p.hint}" for p in found]


@pytest.mark.parametrize(
    ("blanks", "lines", "wanted"),
    [
        ((2, 4, 4, 2, 2), [6], "改成 2 格；到第 7 行为止，下面同样空 4 格的也一样"),
        ((4, 4, 2, 2, 2), [5, 6], "改成 2 格"),
        ((2, 2, 4, 4, 4), [5, 6], "改成 4 格"),
        ((6, 2, 2, 2, 2), [5], "改成 2 格"),
        ((6, 6, 6, 2, 2), [8], "改成 6 格；到第 9 行为止"),
        ((0, 2, 2, 2, 2), [5], "改成 2 格"),
        ((0, 0, 0, 2, 2), [5, 6, 7], "改成 2 格"),
        ((2, 0, 0, 0, 0), [6, 7, 8, 9], "「学生」里：把这一行向右移 2 格，前面空 2 格"),
        ((0, 0, 0, 0, 0), [5, 6, 7, 8, 9], "「学生」里：把这一行向右移 2 格，前面空 2 格"),
    ],
)
def test_lines_of_one_level_are_sent_to_one_column(
    blanks: tuple[int, ...], lines: list[int], wanted: str
) -> None:
    said = of_pupil(*blanks)
    assert [int(one.split()[0]) for one in said] == lines
    assert all(wanted in one for one in said)


@pytest.mark.parametrize("blanks", [1, 3, 4, 6])
def test_a_level_may_be_indented_as_one_likes(blanks: int) -> None:
    assert of_pupil(*[blanks] * 5) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("学生:\n  现住址: [大回村8组\n监护人\n  - 姓名: 普正华\n", ["READ121", "READ021"]),
        ("经过:\n  - {事项: 劝返\n监护人\n  - 姓名: 普正华\n", ["READ022", "READ021"]),
        ("关联案件: [甲\n经过\n  事项: 劝返\n", ["READ121", "READ021"]),
        ("对象: [普正华,\n李桂仙\n]\n编号: 1\n", []),
        ("对象: [\n  监护人,\n  学校\n  ]\n编号: 1\n", []),
    ],
)
def test_a_bracket_does_not_swallow_a_key_without_its_colon(text: str, codes: list[str]) -> None:
    found = parse_yaml(text, "案件.yaml")[1]
    assert [one.code for one in found] == codes
    assert "监护人]" not in "".join(one.mending.new for one in found if one.mending)

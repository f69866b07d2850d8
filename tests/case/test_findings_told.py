"""What the first users could not mend from a message: each example, where it is told, and how."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.case.files import load_source, load_workspace
from kcbx_docs.problems import Problems
from kcbx_docs.reading import parse_yaml

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)
CASE = (ROOT / "cases/到责令.yaml").read_text("utf-8")
OFFICE = load_workspace(ROOT / "kcbx.yaml")[0]
ONE = CASE[CASE.index("  - 姓名: 普正华") : CASE.index("学校: 云岭县青石中学\n")]


def told(right: str, wrong: str) -> Problems:
    """Check the sample with one place changed."""
    assert right in CASE and OFFICE is not None
    source, found = parse_yaml(CASE.replace(right, wrong, 1), "案.yaml")
    return load_source(Path("案.yaml"), source, found, TODAY, OFFICE.workspace)[1]


def line_of(text: str) -> int:
    return CASE[: CASE.index(text)].count("\n") + 1


@pytest.mark.parametrize(
    ("right", "wrong", "code", "says"),
    [
        ("    结果: 未表态", "    结果: 不同意", "CASE042", "是不是「拒绝」？"),
        ("    结果: 未表态", "    结果: 家长说再想想", "CASE042", "原话写在「内容」里"),
        ("核实: 属实", "核实: 基本属实", "TYPE007", "查证以后才写 属实"),
        ("情形: 辍学", "情形: 疑似辍学", "TYPE007", "入学以后不来的写 辍学"),
        ("原因: 开学未到校报到}", "原因: 未报到, 天数: 17天}", "TYPE002", "写在「备注」里"),
        ("    事项: 劝返\n", "    事项: 家访\n", "CASE001", "写 事项: 劝返，方式: 家访。"),
        ("    结果: 未表态", "    结果: 愿意返学", "CASE042", "同意返校"),
        ('    电话: "13800000001"', '    电话: "1380000001"', "CASE100", "手机是 11 位"),
        (
            '    电话: "13800000001"',
            "    电话: 13800000001 （晚上打）",
            "CASE100",
            "下面加一行「备注: 晚上打」，前面空 4 格",
        ),
        ("    结束时间: 20:10", "    结束时间: 18:10", "CASE056", "18:10 不晚于开始时间 19:00"),
        ("    关系: 母亲", "    关系: 继母", "CASE088", "下面加一行「监护依据: 某年某月起"),
        ("编号: 2026-001", "编号: 青政〔2026〕1号", "CASE317", "写成 2026-001 的样子"),
        ("    关系: 父亲", "    关系: 爸爸", "CASE094", "是不是「父亲」？"),
        (ONE, "  - 姓名:\n", "TYPE010", "请填写"),
        ("  去向: 云岭县城", "  去向:云岭县城", "READ020", "去向: 云岭县城"),
        ("  去向: 云岭县城", "  去向: - 云岭县城", "READ028", '"- 云岭县城"'),
        ("  去向: 云岭县城", '  去向: "{{ 7*7 }}"', "CASE095", "{{ }}"),
        ("  去向: 云岭县城", "  去向: {{ 7*7 }}", "READ043", "{{ }}"),
        ("  去向: 云岭县城", "  去向: {% if 甲 %}", "READ043", "{% %}"),
        ("  去向: 云岭县城", "  去向: ~", "CASE102", "删去这一行"),
        ("  去向: 云岭县城", "  去向: null", "CASE102", "照字面"),
        ("  失学原因: 厌学", "  失学原因: @厌学", "READ028", '"@厌学'),
        ("  失学原因: 厌学", "  失学原因: 厌\t学", "READ027", "→"),
        ("学校: 云岭县青石中学\n", "教育行政部门: 甲局\n", "TYPE002", "kcbx.yaml 的「其他机关」"),
        ("  性别: 男\n", "\u3000\u3000性别: 男\n", "READ026", "全角空格"),
    ],
)
def test_it_is_told_where_it_is_typed(right, wrong, code, says):
    found = told(right, wrong)
    first = min(number for number, (a, b) in enumerate(zip(right, wrong, strict=False)) if a != b)
    line = line_of(right) + right[:first].count("\n")
    assert [one.place.line for one in found if one.code == code] == [line]
    assert says in "".join(one.message + one.hint for one in found if one.code == code)
    assert not [one for one in found if one.code in ("TYPE013", "READ021") and one.code != code]


@pytest.mark.parametrize(
    ("right", "fine"),
    [
        ("  去向: 云岭县城", "  去向: 无"),
        ("编号: 2026-001", "编号: 青石镇2026年1号"),
        ('    电话: "13800000001"', '    电话: "13800000001（父亲）"'),
        ("  未到入学年龄: 否", "  未到入学年龄: {结论: 否}"),
        ("  去向: 云岭县城", "  去向: 波~罗村"),
        ("  去向: 云岭县城", "  去向: 云岭县城 （Null 咖啡馆）"),
        ("    结果: 拒绝\n    影像", "    结果: 未表态\n    影像"),
        ('    电话: "13800000001"', '    电话: "13800000001、0877-2012345"'),
    ],
)
def test_its_neighbours_may_be_written(right, fine):
    assert told("情形: 辍学", "情形: 辍学") == () and told(right, fine) == ()


def test_a_letter_signed_for_before_it_was_written():
    wrong = "文号: 青中报〔2026〕3号, 签收日期: 2026-09-17}"
    (found,) = told("文号: 青中报〔2026〕3号}", wrong)
    assert found.code == "CASE058" and found.place.line == line_of("文号: 青中报〔2026〕3号}")


def test_brackets_in_a_number_are_told_once_with_the_right_ones():
    (found,) = told("文号: 青中报〔2026〕3号}", "文号: 青中报[2026]第003号}")
    assert found.code == "READ034" and "青中报〔2026〕" in found.hint


def test_an_unknown_key_of_an_event_names_only_the_keys_that_it_may_still_have():
    (found,) = told("原因: 开学未到校报到}", "原因: 开学未到校报到, 天数: 17天}")
    listed = found.hint.partition("可以写：")[2].partition("。")[0].split("、")
    assert {"时间", "地点", "备注"} <= set(listed) and len(listed) <= 12
    assert not {"原因", "日期", "事项", "期限", "课时", "移交自"} & set(listed)


def test_a_guardian_has_many_keys_and_the_near_ones_are_named_first():
    (found,) = told("    关系: 父亲\n", "    关系: 父亲\n    微信号: 甲\n")
    listed = found.hint.partition("可以写：")[2].partition("。")[0]
    assert listed.startswith("身份证号、") and listed.endswith("等") and "「备注」" in found.hint

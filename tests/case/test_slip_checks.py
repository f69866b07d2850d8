"""Slips that make nothing impossible: telephone numbers, relations, officers nobody registered."""

from pathlib import Path

import pytest

from kcbx_docs.case.checks import check_case
from kcbx_docs.case.model import Case
from kcbx_docs.case.slip_checks import check_officers, check_phone, odd_phone
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.reading import parse_yaml, read_model

from .stories import GUARDIANS, HEAD, PUPIL, TODAY, case_with, pointed


@pytest.mark.parametrize(
    "phone",
    [
        "1380000000",
        "一三八〇〇〇〇〇〇〇一",
        "壹叁捌 零零零零 零零零壹",
        "138OOOOOOO1",
        "l3800000001",
        "138000000011",
        "23800000001",
        "0877-20123",
    ],
)
def test_a_number_with_a_digit_too_few_or_too_many_is_told(phone: str) -> None:
    assert odd_phone(phone)


@pytest.mark.parametrize(
    "phone",
    [
        *("13800000001", "138 0000 0001", "+86 13800000001", "0877-2012345", "(0877)2012345"),
        *("13800000001、13900000002", "13800000001（父亲）", "2012345", "0877-2012345转8012"),
        *("+95 9 421 123 456", "12345", "110", "", "无", "不详"),
    ],
)
def test_what_can_be_called_is_no_slip(phone: str) -> None:
    assert not odd_phone(phone)


def test_a_number_in_chinese_numerals_is_mended() -> None:
    source, _ = parse_yaml("学生: {电话: 一三八〇〇〇〇〇〇〇一}\n", "x")
    (found,) = check_phone("一三八〇〇〇〇〇〇〇一", "学生", ("学生",), source)
    assert "写成 13800000001。" in found.hint and found.mending.new == "13800000001"


def relations(*words: str, basis: str = "判决") -> list[str]:
    """Return what is said of the relations of guardians."""
    rest = f"住址: 甲, 无证件原因: 待查, 监护依据: {basis}"
    named = zip("甲乙丙", words, strict=False)
    people = [f"  - {{姓名: 李{name}, 关系: {word}, {rest}}}\n" for name, word in named]
    source, _ = parse_yaml(f"{HEAD}{PUPIL}监护人:\n{''.join(people)}", "x")
    case, found = read_model(Case, source)
    assert case, found
    wanted = ("CASE094", "CASE101", "CASE104", "CASE256", "CASE036")
    told = check_case(case, source, TODAY)
    return [f"{p.code} {p.message}{p.hint}" for p in told if p.code in wanted]


def test_a_child_has_one_father() -> None:
    (said,) = relations("父亲", "父亲")
    assert said.startswith("CASE101") and "都写的是父亲" in said


@pytest.mark.parametrize("words", [("父亲", "母亲"), ("父亲", "继父", "母亲"), ("祖父", "祖父")])
def test_who_may_stand_beside_whom(words: tuple[str, ...]) -> None:
    assert relations(*words) == []


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("爸爸", "父亲"),
        ("爹", "父亲"),
        ("阿爸", "父亲"),
        ("后妈", "继母"),
        ("父亲（生父）", "父亲"),
    ],
)
def test_a_parent_by_another_word_is_asked_about(word: str, meant: str) -> None:
    (said,) = relations(word)
    assert said.startswith("CASE094") and f"是不是「{meant}」？" in said


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("母女", "「关系: 母亲」。"),
        ("夫妻", "「关系: 父亲」或「关系: 母亲」。"),
        ("家长", "「关系: 父亲」或「关系: 母亲」。"),
        ("舅甥", "「关系: 舅父」。父母以外的人还要补上「监护依据」"),
    ],
)
def test_a_word_for_two_people_is_no_relation(word: str, meant: str) -> None:
    (said,) = relations(word, basis="")
    assert said.startswith("CASE104") and meant in said


def test_the_sex_tells_which_of_two_is_meant() -> None:
    (said,) = relations("夫妻, 性别: 女", basis="")
    assert "「关系: 母亲」。" in said


def test_whoever_has_a_basis_may_be_called_as_he_is() -> None:
    assert relations("亲属") == []


def test_a_grandmother_may_be_called_as_she_is() -> None:
    assert relations("奶奶") == []


OFFICE = """\
地区: "530499"
机关: {名称: 青石镇人民政府, 类型: 乡镇人民政府, 联系人: 普文青}
执法人员: [{姓名: 普文清, 证号: F1}, {姓名: 段晓岚, 证号: F2}]
"""


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ("事项: 询问, 对象: 普正华, 承办人: [普文清, 王莉]", ["王莉"]),
        ("事项: 询问, 对象: 普正华, 承办人: [普文清, 段晓岚]", []),
        ("事项: 批评教育, 承办人: [普文清, 段晓蓝]", ["段晓蓝"]),
        # Two in one value are told once, by check_lists.
        ("事项: 询问, 对象: 普正华, 承办人: 普文清和段晓岚", []),
        # Teachers and cadres visit families too, and one may be called nearly like an officer.
        ("事项: 劝返, 方式: 家访, 结果: 拒绝, 承办人: [罗玉芬, 白有福]", []),
        ("事项: 联系, 方式: 电话, 承办人: 普文青", []),
    ],
)
def test_officers_are_registered(tmp_path: Path, event: str, told: list[str]) -> None:
    text = f"{HEAD}{PUPIL}{GUARDIANS}经过:\n  - {{日期: 2026-10-12, {event}}}\n"
    source, _ = parse_yaml(text, "x")
    case, _ = read_model(Case, source)
    workspace, _ = read_model(Workspace, parse_yaml(OFFICE, "kcbx.yaml")[0])
    assert case and workspace
    found = list(check_officers(case, source, workspace))
    assert [p.message.split("「")[2].split("」")[0] for p in found] == told
    if told == ["段晓蓝"]:
        assert "是不是「段晓岚」？" in found[0].hint


def test_what_was_signed_for_before_it_was_written_cannot_be(tmp_path: Path) -> None:
    report = "  - {日期: 2026-09-18, 事项: 书面报告, 签收日期: %s}\n"
    _, problems = case_with(tmp_path, report % "2026-09-17")
    assert pointed(tmp_path, problems) == ["CASE058 2026-09-17"]
    assert case_with(tmp_path, report % "2026-09-18")[1] == ()


@pytest.mark.parametrize(
    ("word", "odd"),
    [
        ("里高村3号", True),
        ("13800000001", True),
        ("和平路", True),
        ("父亲", False),
        ("三叔", False),
        ("外祖母", False),
    ],
)
def test_an_address_in_place_of_the_relation_is_asked_about(word: str, odd: bool) -> None:
    told = relations(word, basis="法院判决")
    assert any(said.startswith("CASE256") and word in said for said in told) is odd

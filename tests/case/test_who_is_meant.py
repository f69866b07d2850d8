"""Two names in one value, and what somebody is to the child in place of a name."""

import pytest

from kcbx_docs.case.checks import check_case
from kcbx_docs.case.model import Case
from kcbx_docs.case.who_is_meant import list_in_chinese, names_within
from kcbx_docs.problems import Problems
from kcbx_docs.reading import parse_yaml, read_model

from .stories import HEAD, PUPIL, TODAY

PEOPLE = """监护人:
  - {姓名: 和文军, 关系: 父亲, 住址: 甲, 无证件原因: 待查}
  - {姓名: 木玉梅, 关系: 母亲, 住址: 甲, 无证件原因: 待查}
受托照护人:
  - {姓名: 和学仁, 关系: 祖父, 住址: 甲}
"""
TALKED = "{日期: 2026-09-10, 事项: 劝返, 方式: 家访, 结果: 未表态, 对象: %s}"
SERVED = "{日期: 2026-09-10, 事项: 送达, 文书: 甲, 方式: 直接, 对象: %s}"


def told(event: str) -> Problems:
    source, found = parse_yaml(f"{HEAD}{PUPIL}{PEOPLE}经过:\n  - {event}\n", "x")
    case, typed = read_model(Case, source)
    assert case, (found, typed)
    wanted = ("CASE062", "CASE063", "CASE065", "CASE103", "CASE107")
    return tuple(p for p in check_case(case, source, TODAY) if p.code in wanted)


@pytest.mark.parametrize(
    "typed",
    [
        "和文军和木玉梅",
        "和文军、木玉梅夫妇",
        "和文军 木玉梅",
        "和文军（父亲）及木玉梅（母亲）",
        "和文军/木玉梅",
    ],
)
def test_several_names_in_one_value_are_a_list(typed: str) -> None:
    names = ("和文军", "木玉梅", "和学仁")
    assert names_within(typed, names) == ("和文军", "木玉梅")


@pytest.mark.parametrize("typed", ["和文军", "和文军的木玉梅", "和文军木", "李强和王丽", ""])
def test_what_is_not_made_of_known_names_alone_is_left(typed: str) -> None:
    assert names_within(typed, ("和文军", "木玉梅")) == ()


def test_the_list_is_written_out_and_mended() -> None:
    (found,) = told(TALKED % "和文军与木玉梅")
    assert found.code == "CASE103" and "对象: [和文军, 木玉梅]" in found.hint
    assert found.mending and found.mending.new == "[和文军, 木玉梅]"
    (found,) = told(SERVED % '"和文军与木玉梅"')
    assert found.code == "CASE062" and found.mending is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("孩子的母亲", "对象: 木玉梅"),
        ("爸爸", "对象: 和文军"),
        ("其父", "对象: 和文军"),
        ("爷爷", "对象: 和学仁"),
        ("家长", "对象: [和文军, 木玉梅]"),
        ("和文军夫妇", "对象: [和文军, 木玉梅]"),
        ("父母双方", "对象: [和文军, 木玉梅]"),
    ],
)
def test_what_somebody_is_to_the_child_is_no_name(typed: str, meant: str) -> None:
    (found,) = told(TALKED % typed)
    assert found.code == "CASE103" and meant in found.hint


@pytest.mark.parametrize("typed", ["和文军", "[和文军, 木玉梅]", "孩子的姑姑", "班主任", "王丽"])
def test_others_may_be_spoken_to(typed: str) -> None:
    assert told(TALKED % typed) == ()


@pytest.mark.parametrize(
    "typed", ["【和文军, 木玉梅】", "（和文军、木玉梅）", "和文军，木玉梅", "和文军；木玉梅"]
)
def test_a_list_with_chinese_signs_is_a_list(typed: str) -> None:
    assert list_in_chinese(typed) == ("和文军", "木玉梅")


@pytest.mark.parametrize("typed", ["和文军", "和文军（所长，带队）", "扎西·顿珠"])
def test_a_name_with_a_note_is_no_list(typed: str) -> None:
    assert list_in_chinese(typed) == ()


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("[张三，李四]", ["CASE107"]),
        ("【张三、李四】", ["CASE107"]),
        ("[张三, 李四]", []),
        ("张三、李四", []),
        ("张三 李四", ["CASE107"]),
        ("白有福　李桂仙 岩温", ["CASE107"]),
        ("[白有福/李桂仙]", ["CASE107"]),
        ("[白有福、李桂仙, 王强]", ["CASE107"]),
        ("白有福和李桂仙", ["CASE107"]),
        # One person: parts of a name, who somebody is, where he belongs.
        ("普 云飞", []),
        ("欧阳 明华", []),
        ("扎西 顿珠", []),
        ("班主任 罗玉芬", []),
        ("张三 村主任", []),
        ("何家村 李强", []),
        ("和文军和", []),
    ],
)
def test_who_took_part_is_a_list_of_names(typed: str, codes: list[str]) -> None:
    found = told((TALKED % "和文军").replace("}", f", 参加人: {typed}}}"))
    assert [one.code for one in found] == codes


def test_two_parents_in_one_name_are_two_guardians() -> None:
    source, _ = parse_yaml(f"{HEAD}{PUPIL}{PEOPLE}".replace("和文军", "和文军 木玉梅", 1), "x")
    case, _ = read_model(Case, source)
    assert case
    (found,) = [p for p in check_case(case, source, TODAY) if p.code in ("CASE031", "CASE107")]
    assert found.code == "CASE107" and "- 姓名: 和文军" in found.hint


def test_whoever_is_spoken_to_with_another_is_not_left_out() -> None:
    """「是不是「和文军」？」 would have left out the one whom the file does not know."""
    (found,) = told(TALKED % "和文军 李桂仙")
    assert found.code == "CASE103" and "[和文军, 李桂仙]" in found.hint

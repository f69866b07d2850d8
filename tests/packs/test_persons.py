"""A template serves for every child: names and numbers of people in it, and what only looks so."""

import pytest

from kcbx_docs.packs.persons import KnownPeople, persons_in

KNOWN = KnownPeople(frozenset(("王小明", "高兴", "阿依·努尔")), frozenset(("13800000009",)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("请王小明的家长告诉我们", ["王小明"]),
        ("请高兴的家长告诉我们", ["高兴"]),
        ("学生阿依·努尔请到校", ["阿依·努尔"]),
        ("打电话13800000009", ["13800000009"]),
        ("孩子们高高兴兴上学，家长高兴", []),
        ("请王小朋友的家长到校，电话13800000008", []),
    ],
)
def test_who_stands_in_the_cases_is_found(text: str, words: list[str]) -> None:
    """A name of two characters that is a word besides counts only where somebody is meant."""
    assert [word for _, word in KNOWN.named_in(text)] == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("请李大山的家长告诉我们", [("TMPL066", "李大山")]),
        ("请到校。请李大山的家长收到后回话", [("TMPL066", "李大山")]),
        ("欧阳小雨同学：", [("TMPL066", "欧阳小雨")]),
        ("身份证号530424201205121231", []),
        ("身份证号530424201205121234", [("TMPL064", "530424201205121234")]),
        ("电话0877-2012345，13800000001", [("TMPL065", "13800000001")]),
        ("请学生的家长到校，请方便的家长来，请全体同学、各位同学参加", []),
        ("请高中的家长、成年同学、留守的家长放心", []),
        ("学号2026091000000000123456789", []),
        ("统一社会信用代码11530424MB1234567X", []),
    ],
)
def test_what_looks_like_a_person_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert [(code, facts["word"]) for code, _, facts in persons_in(text)] == found

"""A village within another is no other village."""

import pytest

from kcbx_docs.case.addresses import apart, in_another_village, villages

WHOLE, PART = "云岭县青石镇白沙村民委员会", "大河口自然村"


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (WHOLE, PART, False),
        (WHOLE, "大河口村3号", False),
        ("白沙社区", "大河口村民小组", False),
        ("白沙村15号", PART, False),
        ("白沙村委会大河口村18号", "大河口村", False),
        ("白沙村15号", "大河口村3号", True),
        (WHOLE, "大河口村委会", True),
        ("小白沙自然村", PART, True),
        ("云岭县青石镇", PART, False),
    ],
)
def test_a_part_may_lie_in_a_village_of_another_name(one: str, other: str, apart: bool) -> None:
    assert in_another_village(one, other) is apart
    assert in_another_village(other, one) is apart


def test_a_committee_and_its_villages_are_read_apart() -> None:
    assert villages("白沙村委会大河口村18号") == {"白沙", "大河口"}


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [
        ("白沙村3组7号", "青石镇安置点2栋301", True),
        ("白沙村3组7号", "白沙村5组7号", True),
        ("白沙村3组", "青石镇白沙村3组7号", False),
        ("白沙村三组7号", "白沙村3组7号", False),
        ("白沙村7号", "白沙村3组7号", False),
        ("3组7号", "白沙村3组7号", False),
        ("家中", "白沙村3组7号", False),
        ("白沙村15号", "青石镇15号", False),
    ],
)
def test_two_addresses_are_two_only_where_they_surely_are(one: str, other: str, two: bool) -> None:
    assert apart(one, other) is two
    assert apart(other, one) is two

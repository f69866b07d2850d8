"""What a list is: whom it holds, and whether it is the list that it was given for."""

from pathlib import Path

import pytest

from kcbx_docs.comparing.people import Kind, read_people
from tests.comparing.test_hostile_numbers import DAY

ROLL, HOUSE, PLAIN = "姓名,证件号,学校,年级", "姓名,身份证号,户主,住址", "姓名,身份证号"


@pytest.mark.parametrize(
    ("kind", "heads", "asked"),
    [
        ("户籍", ROLL, True),
        ("学籍", HOUSE, True),
        ("户籍", HOUSE, False),
        ("学籍", ROLL, False),
        ("户籍", PLAIN, False),
        ("户籍", f"{HOUSE},学校", False),
        ("学籍", f"{ROLL},住址", False),
        ("在校", HOUSE, False),
    ],
)
def test_lists_given_the_wrong_way_round_are_asked_about(
    kind: Kind, heads: str, *, asked: bool, tmp_path: Path
) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(f"{heads}\n韦小强,,,\n", "utf-8")
    found = read_people(kind, [path], DAY, lambda _: None).problems
    assert ("COMP018" in [one.code for one in found]) is asked

"""Whether a child of whom a case is begun is the same one, from a file that is still faulty."""

from pathlib import Path

import pytest

from kcbx_docs.case.model import Guardian, Pupil
from kcbx_docs.office.children import known_children

HEAD = "案件: 控辍个案\n编号: 2026-001\n学生: {姓名: 刀小云}\n"


@pytest.mark.parametrize(
    ("rest", "same"),
    [
        ("", True),
        ("监护人:\n  - 姓名:\n", True),
        ("监护人: 还没有查到\n", True),
        ("监护人: [{姓名: 刀国华, 身份证号: 写错了}]\n", True),
        ("监护人: [{姓名: 别人}]\n", False),
    ],
    ids=["没有写", "留空", "写错", "别处写错", "另一家"],
)
def test_guardians_who_are_not_written_yet_make_no_other_child(tmp_path: Path, rest, same) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text(HEAD + rest, "utf-8")
    child = Pupil(姓名="刀小云")
    (known,) = known_children([path], [child])
    assert known.may_be(child, [Guardian(姓名="刀国华")]) is same

"""A copied case keeps what was another child's; children of one family may share it."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.case.files import LoadedCase, load_file
from kcbx_docs.office.copied_case import copied, other_cases
from tests.kinds.world import FATHER, PEOPLE, PUPIL, case_text, workspace

VISIT = "- {日期: 2026-03-05, 时间: '%s', 事项: 劝返, 方式: 家访, 对象: %s, 承办人: [普文清], 结果: 拒绝}"
FIRST = "- {日期: 2026-03-02, 事项: 首次缺课}\n"
PHONE = ', 电话: "13800000001"}'
OWN = PEOPLE[FATHER][:-1] + PHONE
STRANGER = OWN.replace(FATHER, "蒙大有").replace("530499198603123012", "530499198603123098")
MOTHER = PEOPLE["李桂仙"]
SOON, LATER = "530499201308151218", "53049920120506121X"
OTHER_CHILD = PUPIL.replace("普云飞", "蒙小强").replace("530499201305061217", LATER)


def told(
    tmp_path: Path,
    parents: tuple[str, ...],
    pupil: str = OTHER_CHILD,
    clock: str = "19:00",
    more: str = "",
) -> list[str]:
    """Return what is asked of a second case beside the first."""
    first = case_text(FIRST + VISIT % ("19:00", FATHER), guardians=(OWN, MOTHER))
    workspace(tmp_path, text=first)
    name = "蒙大有" if "蒙大有" in parents[0] else FATHER
    text = case_text(FIRST + VISIT % (clock, name), guardians=parents, pupil=pupil, more=more)
    path = tmp_path / "cases/又一件.yaml"
    path.write_text(text.replace("编号: 2026-001", "编号: 2026-003"), "utf-8")
    loaded, problems = load_file(path, date(2026, 6, 1))
    assert isinstance(loaded, LoadedCase), problems
    found = [*copied(loaded, other_cases(tmp_path))]
    assert all(one.severity == "warning" and one.place.line for one in found)
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("codes", "parents", "changes"),
    [
        (["CASE325", "CASE326"], (STRANGER,), {}),
        (["CASE325"], (STRANGER,), {"clock": "19:40"}),
        (["CASE326"], (STRANGER.replace("13800000001", "13800000002"),), {}),
        (["CASE327"], (OWN, MOTHER), {"pupil": PUPIL.replace("530499201305061217", SOON)}),
        (["CASE323"], (OWN,), {"more": "关联案件: 2026-009\n"}),
        ([], (OWN, MOTHER), {"pupil": PUPIL.replace("530499201305061217", LATER)}),
        ([], (OWN,), {}),
        ([], (STRANGER,), {"more": "关联案件: 2026-001\n"}),
        ([], (STRANGER.replace(PHONE, "}"),), {"clock": "19:40"}),
    ],
)
def test_what_was_another_childs_is_asked_about(
    tmp_path: Path, codes: list[str], parents: tuple[str, ...], changes: dict[str, str]
) -> None:
    assert told(tmp_path, parents, **changes) == codes

"""An office that nobody knows and one is nearly called so is asked about, as a person is."""

import pytest

from kcbx_docs.office.near_names import near_organs
from tests.kinds.world import ABSENT, docket, office_of

REPORT = "- {日期: 2026-03-10, 事项: 书面报告, 对象: %s}\n"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("云岭县青石乡人民政府", "青石镇"),
        ("云岭县湖滨镇人民政府", "湖滨街道"),
        ("云岭县教育体有局", "教育体育局"),
        ("云岭县青石镇人民政府", ""),
        ("云岭县人民政府", ""),
        ("云岭县白沙镇人民政府", ""),
        ("云岭县公安局", ""),
        ("普正华", ""),
    ],
)
def test_a_report_to_an_office_under_nearly_its_name(name: str, near: str) -> None:
    case = docket(ABSENT + REPORT % name)
    event, before = case.events[-1], case.case.model_copy(update={"history": case.events[:-1]})
    found = [one.message for one in near_organs(event, before, office_of().workspace)]
    assert len(found) == bool(near) and all(near in one for one in found)
    again = case.case.model_copy(update={"history": case.events})
    assert not [*near_organs(event, again, office_of().workspace)], "it was met before"

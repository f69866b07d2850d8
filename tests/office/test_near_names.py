"""An office that nobody knows and one is nearly called so is asked about, as a person is."""

import pytest

from kcbx_docs.case.model import School
from kcbx_docs.office.near_names import near_names, near_organs
from tests.kinds.world import ABSENT, docket, office_of

REPORT = "- {日期: 2026-03-10, 事项: 书面报告, 对象: %s}\n"


def test_of_the_schools_only_the_people_of_the_childs_own_are_named() -> None:
    who = "- {日期: 2026-03-10, 事项: 劝返, 方式: 家访, 结果: 拒绝, 承办人: [罗玉芳, 杨玉梅]}\n"
    case = docket(ABSENT + who)
    own = {"name": case.case.school.name, "contact": "罗玉芬"}
    others = {"name": "云岭县白沙小学", "principal": "杨玉海"}
    schools = tuple(School.model_construct(**one) for one in (own, others))
    known = office_of().workspace.model_copy(update={"schools": schools})
    event, before = case.events[-1], case.case.model_copy(update={"history": case.events[:-1]})
    (found,) = near_names(event, before, known)
    assert "罗玉芬" in found.message and "杨玉海" not in found.message


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

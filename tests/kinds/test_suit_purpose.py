"""A suit asks for one thing: the papers that ask for schooling serve for nothing else."""

from datetime import date

import pytest

from kcbx_docs.procedure.alarms import unfit_applicants, unfit_suits
from tests.kinds import Kind
from tests.kinds.world import ABSENT, FATHER, MOTHER, OFFICE, OVERDUE, codes, docket, may

KIND = Kind(
    "起诉的目的",
    "写明为了撤销监护人资格、变更抚养关系，照样出请求送学的起诉状；镇政府申请撤销监护人资格不说",
    (("minfadian", "36", "2"), ("minshi-susong-fa", "122")),
)
DAY = "2026-03-27"
SCHOOL = OFFICE.replace("其他机关:\n", "其他机关:\n  - {名称: 云岭县青石中学, 类型: 学校}\n")
BOTH = (FATHER, MOTHER)


def plan(purpose: str, plaintiff: str = "本机关") -> str:
    return f"民事诉讼: {{原告: {plaintiff}, 被告: [普正华], 目的: {purpose}}}\n"


def sued(purpose: str, plaintiff: str = "本机关", day: str = DAY) -> str:
    who = f", 原告: {plaintiff}" if plaintiff else ""
    return f"{OVERDUE}- {{日期: {day}, 事项: 起诉, 对象: 普正华{who}, 目的: {purpose}}}\n"


@pytest.mark.parametrize("plaintiff", ["本机关", "学生"])
@pytest.mark.parametrize(
    ("purpose", "code"),
    [
        ("撤销监护人资格", "PROC362"),
        ("变更抚养关系", "PROC363"),
        ("其他", "PROC363"),
        ("接受义务教育", ""),
    ],
)
def test_the_papers_ask_for_schooling_only(plaintiff: str, purpose: str, code: str) -> None:
    papers = ["civil-complaint"] + ["support-request", "support-opinion"] * (plaintiff == "学生")
    for paper in papers:
        told = may(paper, DAY, OVERDUE, guardians=BOTH, more=plan(purpose, plaintiff))
        assert codes(told, "禁止") == [code] * bool(code), paper


@pytest.mark.parametrize(
    ("text", "more", "office", "told"),
    [
        (OVERDUE, plan("撤销监护人资格"), OFFICE, True),
        (sued("撤销监护人资格"), "", OFFICE, True),
        (sued("撤销监护人资格", "学生"), "", OFFICE, True),
        (sued("撤销监护人资格", ""), "", OFFICE, False),
        (sued("撤销监护人资格"), "承办机关: 云岭县青石中学\n", SCHOOL, False),
        (sued("变更抚养关系", "学生"), "", OFFICE, False),
        (sued("接受义务教育"), "", OFFICE, False),
    ],
)
def test_who_may_not_apply_to_end_guardianship_is_told(text, more, office, told) -> None:
    found = [p.code for p in unfit_suits(docket(text, office, more=more), date(2026, 3, 28))]
    assert found == ["PROC369"] * told


@pytest.mark.parametrize("purpose", ["撤销监护人资格", "变更抚养关系"])
def test_a_plaintiff_who_is_named_is_not_said_to_be_missing(purpose: str) -> None:
    same = may("civil-complaint", DAY, sued(purpose))
    assert {"PROC362", "PROC363"} & set(codes(same, "禁止"))
    later = may("civil-complaint", "2026-03-30", sued(purpose))
    assert "PROC364" in codes(later, "须说明理由")
    for answer in (same, later):
        assert not {"PROC341", "PROC343"} & set(codes(answer))


def test_beside_a_suit_for_custody_the_town_may_sue_for_schooling() -> None:
    told = may("civil-complaint", "2026-03-30", sued("变更抚养关系", ""), more=plan("接受义务教育"))
    assert told.verdict in ("通过", "提醒")


@pytest.mark.parametrize(
    ("applicant", "told"),
    [
        ("云岭县人民检察院", True),
        ("云岭县公安局", True),
        ("青石派出所", True),
        ("云岭县湖滨街道办事处", True),
        ("云岭县妇女联合会", False),
        ("云岭县残疾人联合会", False),
        ("云岭县人民医院", False),
        ("云岭县青石中学", False),
        ("云岭县未成年人保护中心", False),
        ("普正兰", False),
    ],
)
def test_an_organ_that_the_law_does_not_list_is_told(applicant: str, told: bool) -> None:
    one = docket(f"{ABSENT}- {{日期: 2026-03-20, 事项: 申请撤销监护人资格, 机关: {applicant}}}")
    found = [p.code for p in unfit_applicants(one, one.events[-1].day)]
    assert found == ["PROC354"] * told

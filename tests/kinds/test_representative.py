"""A child sues through who wants it at school, and does not accuse its own representative."""

import pytest

from tests.kinds import Kind
from tests.kinds.world import FATHER, MOTHER, OVERDUE, codes, may, papers

KIND = Kind(
    "代理孩子的监护人",
    "拒绝送学的母亲代理孩子告父亲，诉状里还写着母亲也拒绝",
    (("minshi-susong-fa", "60"), ("minfadian", "35", "1"), ("minfadian", "34", "3")),
)
DAY = "2026-04-01"
SUIT = "民事诉讼: {原告: 学生, 被告: 普正华, 法定代理人: 李桂仙}\n"
ORDERED = (
    OVERDUE
    + """\
- {日期: 2026-03-12, 事项: 制发, 文书: 责令限期改正通知书, 对象: 李桂仙, 文号: 青政责改〔2026〕2号}
- {日期: 2026-03-13, 事项: 送达, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕2号, 对象: 李桂仙, 方式: 直接, 承办人: [普文清, 段晓岚]}
"""
)
WILLING = "- {日期: 2026-03-30, 事项: 联系, 方式: 当面, 对象: 李桂仙, 结果: 愿意送学}\n"
OWN_WORDS = "- {日期: 2026-03-30, 事项: 联系, 方式: 当面, 对象: 李桂仙, 结果: 想送，丈夫不让出门}\n"
TO_FATHER = OVERDUE.replace("方式: 家访, 承办人", "方式: 家访, 对象: 普正华, 承办人")
PAPERS = ["civil-complaint", "support-request", "support-opinion"]


def suit(document: str, history: str, more: str = SUIT):
    return may(document, DAY, history, who="", guardians=(FATHER, MOTHER), more=more)


@pytest.mark.parametrize("document", PAPERS)
def test_who_refused_does_not_speak_for_the_child_unasked(document) -> None:
    (told,) = (one for one in suit(document, OVERDUE).findings if one.code == "PROC525")
    assert told.verdict == "须说明理由" and MOTHER in told.reason
    assert "《民事诉讼法》第六十条" in told.articles


@pytest.mark.parametrize("document", PAPERS)
@pytest.mark.parametrize("later", [WILLING, OWN_WORDS], ids=["愿意", "自己的话"])
def test_who_was_won_over_or_spoke_since_may(document, later) -> None:
    assert not {"PROC525", "PROC526"} & set(codes(suit(document, ORDERED + later)))


def test_a_mother_whom_nobody_met_may() -> None:
    assert not {"PROC525", "PROC526"} & set(codes(suit("civil-complaint", TO_FATHER)))


def test_who_was_ordered_and_did_not_is_asked() -> None:
    ordered = ORDERED.replace("方式: 家访, 承办人", "方式: 家访, 对象: 普正华, 承办人")
    assert "PROC526" in codes(suit("civil-complaint", ordered), "须说明理由")


def test_an_office_that_sues_needs_no_representative() -> None:
    office = "民事诉讼: {原告: 本机关, 被告: 普正华}\n"
    assert "PROC525" not in codes(suit("civil-complaint", OVERDUE, office))


def words(history: str, more: str) -> str:
    """Make the complaint of a case in which both refused."""
    people = {"guardians": (FATHER, MOTHER), "reason": "李建川：测试"}
    (made,) = papers(DAY, history, "civil-complaint", more=more, **people).values()
    return made


@pytest.mark.parametrize("to", ["", "对象: [普正华, 李桂仙], "])
def test_the_child_says_of_the_defendant_that_he_refused(to) -> None:
    told = OVERDUE.replace("方式: 家访, 承办人", f"方式: 家访, {to}承办人")
    made = words(told, SUIT)
    assert "拒绝送普云飞返校" in made
    assert "李桂仙拒绝" not in made and "普正华、李桂仙" not in made


def test_an_office_says_of_both_that_they_refused() -> None:
    office = "民事诉讼: {原告: 本机关, 被告: [普正华, 李桂仙]}\n"
    assert "普正华、李桂仙拒绝送普云飞返校" in words(ORDERED, office)

"""The clause on which a fine rests is cited as the law's list words it,
and the manifest names it.
"""

import datetime
from pathlib import Path

import pytest

from kcbx_docs.case.workspace import PenaltyBasis
from kcbx_docs.filing.render import render_file
from kcbx_docs.papers.files import Wanted
from kcbx_docs.papers.fill_facts import clause_in_words
from tests.procedure.world import law_of

ROOT = Path(__file__).parents[2]
DAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("statute", "article", "day", "cited"),
    [
        ("义务教育法", "第58条", DAY, "《中华人民共和国义务教育法》第五十八条"),
        ("《行政处罚法》", "第五十九条第一款", DAY, "《中华人民共和国行政处罚法》第五十九条第一款"),
        ("云岭县示例条例", "第九条", DAY, "《云岭县示例条例》第九条"),
        ("《云岭县示例条例》", "第九条", DAY, "《云岭县示例条例》第九条"),
        ("义务教育法", "第五十八条、第六十条", DAY, "《义务教育法》第五十八条、第六十条"),
        ("民法典", "第三十六条第一款", datetime.date(2020, 1, 1), "《民法典》第三十六条第一款"),
    ],
    ids=["short", "brackets", "unknown", "no double brackets", "no article", "not yet in force"],
)
def test_a_clause_is_worded_by_the_registry_of_its_day(statute, article, day, cited) -> None:
    basis = PenaltyBasis(编号="一", 法规=statute, 条文=article, 原文="处罚款。")
    assert clause_in_words(basis, law_of(), day) == cited


def test_the_manifest_names_the_clause_of_a_decision_and_not_of_an_order(tmp_path) -> None:
    case = ROOT / "cases/阶梯示例/cases/申请强制执行.yaml"
    wanted = Wanted(DAY, ("penalty-decision", "order-to-correct"), ("docx",))
    made = render_file(case, wanted, tmp_path).made
    clause = "《示例省义务教育条例》第五十二条第一款"
    assert {one.paper.document: clause in one.cited for one in made} == {
        "penalty-decision": True,
        "order-to-correct": False,
        "service-receipt": False,
    }

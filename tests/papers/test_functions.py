"""法条: a statute named once in an enumeration, its short name only after it was introduced."""

from datetime import date

import pytest

from kcbx_docs.law.registry import load_registry
from kcbx_docs.papers.functions import Citer
from kcbx_docs.problems import Place
from tests.kinds.world import DECIDED, papers

REGISTRY = load_registry()[0]
CHUFA = "行政处罚法"


def citer(day=date(2026, 4, 1)):
    return Citer(REGISTRY, day, Place("某文书.html"))


@pytest.mark.parametrize(
    ("numbers", "printed"),
    [
        ((44,), "第四十四条"),
        (([44, 45],), "第四十四条、第四十五条"),
        (([[63, 1, 1], [64, None, 1]],), "第六十三条第一款第（一）项、第六十四条第（一）项"),
        (([[33, 1], [33, 2], 57],), "第三十三条第一款、第二款、第五十七条"),
        (([[57, 1, 2], [57, 1, 3]],), "第五十七条第一款第（二）项、第（三）项"),
        ((), ""),
    ],
)
def test_the_statute_is_named_once_before_all_its_articles(numbers, printed):
    assert citer()(CHUFA, *numbers) == f"《中华人民共和国行政处罚法》{printed}"


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2023, 6, 1), "《中华人民共和国行政复议法》第九条第一款"),
        (date(2024, 6, 1), "《中华人民共和国行政复议法》第二十条第一款"),
    ],
)
def test_what_a_rule_rests_on_is_cited_as_of_the_day(day, printed):
    assert citer(day)(规则="review-60") == printed


def test_a_rule_without_a_basis_on_the_day_is_told():
    asked = citer(date(2023, 6, 1))
    assert asked(规则="没有这项规则") == ""
    assert [problem.code for problem in asked.problems] == ["LAW013"]


def forms(text, *mentions):
    """Cite on trial in a text with a place for each mention; return how each is named."""
    asked = Citer(REGISTRY, date(2026, 4, 1), Place("某文书.html"), trial=True)
    return asked.forms_in([text.format(*(asked(*one) for one in mentions))])


def test_a_statute_named_once_keeps_its_full_name_alone():
    assert forms("依照{}。", (CHUFA, 44)) == {}


def test_the_first_mention_introduces_the_short_name_for_the_later_ones():
    text = "依照{}告知；{}；依照{}决定（{}）。"
    mentions = ((CHUFA, 44), ("义务教育法", 58), (CHUFA, 57), (CHUFA, 67))
    assert forms(text, *mentions) == {0: "首次", 2: "简称", 3: "简称"}


def test_no_short_name_is_introduced_inside_brackets():
    text = "催告（{}）；申请（{}），依照{}；法院（{}）。"
    mentions = (("行政强制法", 54), ("行政强制法", 53), ("行政强制法", 55), ("行政强制法", 57))
    assert forms(text, *mentions) == {2: "首次", 3: "简称"}
    assert forms("甲（{}），乙（{}）。", (CHUFA, 44), (CHUFA, 45)) == {}


def test_a_mention_that_is_not_printed_introduces_nothing():
    assert forms("依照{0}，不印第二处，依照{2}。", (CHUFA, 44), (CHUFA, 45), (CHUFA, 57)) == {
        0: "首次",
        2: "简称",
    }


def test_every_form_of_a_paper_is_filled_from_the_first_mention():
    text = next(iter(papers("2026-04-20", DECIDED, "penalty-decision").values()))
    assert text.count("《中华人民共和国行政处罚法》") == 1
    assert text.index("（以下简称《行政处罚法》）") < text.index("《行政处罚法》第")

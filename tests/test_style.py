"""The reviewed texts of every pack keep the style of legal papers; templates use its words."""

import re
from pathlib import Path

import pytest

from kcbx_docs.packs.chain import shipped_root
from tests import golden, matrix, style

LETTERS = (
    *("urge-notice", "liability-notice", "commitment", "sign-off-sheet", "裁切线回执"),
    *("slip-reminder", "enrol-notice", "parent-letter", "vocational-consent"),
)
"""What parents read: there a child may be called 孩子."""


@pytest.mark.parametrize("rule", style.RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("pack", matrix.PACKS)
def test_the_reviewed_papers_keep_it(pack: str, rule: style.Rule) -> None:
    found = []
    for document, path in golden.kept(pack).items():
        for name, words in style.papers_of(path.read_text("utf-8")):
            found += [f"{pack} {document} {name}: {fault}" for fault in rule(words)]
    assert found == []


FAULTY = {
    style.statute_once: "依照《行政处罚法》第四十四条、《行政处罚法》第四十五条",
    style.introduced: "依照《行政处罚法》第四十四条",
    style.dates_joined: "2025年9月4日、2025年9月11日劝返",
    style.one_way_to_count: "先后3次劝返，劝返三次",
    style.brackets: "（地址：正街1号（县司法局））",
    style.quotation_marks: "在「是」栏打√",
    style.one_person: "当事人：李茂才\n你有权陈述",
    style.proof_is_a_fact: "证明核查时学生是否在校",
    style.found_once: "经查，普云飞没有到校。\n经查，没有正当理由。",
}
GOOD = (
    "依照《中华人民共和国行政处罚法》（以下简称《行政处罚法》）第四十四条、第四十五条，"
    "《行政处罚法》第五十七条和《中华人民共和国义务教育法》第五条第二款",
    "2025年12月30日、2026年1月4日劝返；2025年9月4日、11日劝返两次，每次都到家里",
    "罚款800元（大写：捌佰元整）；条例规定：“处二百元以上一千元以下罚款。”",
    "（地址：正街1号）〔（说明）〕“他说‘不去’”",
    "被告知人：李茂才\n你有权陈述；写明“当事人：你”",
    "经查，普云飞没有到校。\n普云飞没有转学。经核实，没有申辩。",
)


@pytest.mark.parametrize("rule", style.RULES, ids=lambda rule: rule.__name__)
def test_each_rule_finds_its_fault_and_nothing_in_good_papers(rule: style.Rule) -> None:
    assert list(rule(FAULTY[rule]))
    assert [fault for paper in GOOD for fault in rule(paper)] == []


def own_words(path: Path) -> str:
    """Return what a template itself says: no front matter, notes, tags or statements."""
    text = re.sub(r"\A---\n.*?\n---\n", "", path.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"{#.*?#}|{{.*?}}|{%.*?%}|<[^>]*>", "", text, flags=re.DOTALL)


def test_instruments_call_the_child_by_its_name_or_as_the_statutes_do() -> None:
    said = {
        path.stem for path in sorted(shipped_root().rglob("*.html")) if "孩子" in own_words(path)
    }
    assert said - set(LETTERS) == set()


def test_no_letter_is_excepted_without_need() -> None:
    """Who takes the word out of a letter takes the letter off the list."""
    said = {path.stem for path in shipped_root().rglob("*.html") if "孩子" in own_words(path)}
    assert set(LETTERS) - said == set()

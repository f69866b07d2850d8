"""Many papers of one form: only their values are looked at, and they come out as if made alone."""

import datetime

import pytest

from kcbx_docs.packs.flatten import flatten
from kcbx_docs.papers import make as words
from kcbx_docs.papers.forms import Forms, is_same
from kcbx_docs.papers.make import make, to_word
from kcbx_docs.papers.paper import Paper
from kcbx_docs.render import settling
from kcbx_docs.render.fill import FilledLightly
from kcbx_docs.render.text import paragraphs
from tests import matrix
from tests.packs.conftest import chain, packs  # noqa: F401

FRONT = "---\n编号: commitment\n标题: 告知\n一份对应: 学生\n版式: 学校通知\n必备内容: [回执]\n---\n"
BODY = """\
<p class="代码">编号：<blank name="编号" width="12">{{ 号 }}</blank></p>
<p>依照{{ 法条("义务教育法", 5) }}{% if 名 == "特" %}（特）{% endif %}，<blank name="名" width="4">{{ 名 }}</blank>
{% for 项 in 项目 %}、<blank name="项" width="4">{{ 项 }}</blank>{% endfor %}，再依{{ 法条("义务教育法", 58) }}。</p>
<table widths="1 3"><tr><td>住址</td><td><blank name="址" width="8" class="格">{{ 址 if 址 else "" }}</blank></td></tr></table>
<p part="回执"><blank name="签" width="5">{{ 签 }}</blank><qr>{{ 码 }}</qr></p>
<p>{% if 连 %}<blank name="连" width="5">{{ 连 }}</blank>令{% endif %}</p>
"""
USUAL = {
    "号": "0001",
    "名": "王小明",
    "项目": ["甲", "乙"],
    "址": "白沙村1号",
    "签": "收到",
    "连": "甲",
    "码": "KCBX-7Q",
}
REGISTRY = matrix.libraries()["national"].registry


@pytest.fixture(autouse=True)
def facts_of_their_own(monkeypatch):
    """The templates here name what no case has: they are taken for tested ones."""
    monkeypatch.setattr("kcbx_docs.papers.make.is_shipped", lambda flat: True)


@pytest.fixture
def paper(chain):  # noqa: F811
    flat = flatten(chain({"national/documents/commitment.html": FRONT + BODY}), "commitment")

    def made(**facts: object) -> Paper:
        known = {"文书": {"文号": ""}, "学生": {"姓名": facts.get("名")}, **USUAL, **facts}
        return Paper("commitment", flat, None, "", known, datetime.date(2026, 9, 1))

    return made


@pytest.fixture
def forms(paper):
    """Return the forms of a run that has met a usual paper."""
    known = Forms(REGISTRY)
    made, found = known.make(paper())
    assert made, found
    return known


def both(forms, one):
    """Make a paper both ways: they are equal in all that anybody asks of them."""
    (light, found), (full, told) = forms.make(one), make(one, forms.registry)
    assert found == told
    assert (light is None) == (full is None)
    if light:
        for name in ("static", "values", "characters"):
            assert getattr(light.filled, name) == getattr(full.filled, name), name
        assert is_same(light.filled.root, full.filled.root)
        assert (light.cited, light.problems) == (full.cited, full.problems)
        assert to_word(light)[0].texts == to_word(full)[0].texts
        assert to_word(light, draft=True)[0].texts == to_word(full, draft=True)[0].texts
    return light


USUAL_ENOUGH = [
    {"名": "王&<b>䶮</b>'\""},
    {"名": "阿卜杜热合曼·阿卜杜热西提江·买买提"},
    {"名": "", "址": ""},
    {"名": "甲", "项目": ["甲", "甲"], "号": "甲"},
    {"址": "青石镇（原石桥乡）白沙村"},
    {"址": None},
    {"名": "普䶮", "签": "𬭎0877-0000013", "址": "和䶮村，电话0877-0000013"},
    {"码": ""},
    {"码": "KCBX-8R"},
    {"址": "云岭县青石镇白沙村岩脚小组2026年10月13日新编800-12345号"},
    {"名": "岩脚小组", "址": "云岭县青石镇白沙村青石村民委员会那边的岩脚小组十二号"},
    {"号": datetime.date(2026, 9, 1)},
]
TOLD_ALONE = [
    {"名": "{{ 学生 }}"},
    {"名": "两\n行"},
    {"名": "两\n1. 行"},
    {"名": " 王"},
    {"名": "王\x07"},
    {"名": "王\ufdd2明"},
    {"名": "王\ufdd0\ufde0\ufdd1明"},
    {"名": "王\ufdd3明"},
    {"名": "王\ue000明"},
    {"名": "王\ud800明"},
    {"名": "（王"},
    {"签": ""},
    {"签": ["没有", "文字"]},
    {"签": "责令改正"},  # a commitment is no order
    {"连": "责"},  # nor is one across a joint
    {"项目": None},
    {"码": "中文" * 2000},
]


@pytest.mark.parametrize("facts", USUAL_ENOUGH)
def test_a_known_form_takes_any_value_that_is_plain(forms, paper, facts):
    made = both(forms, paper(**facts))
    assert isinstance(made.filled, FilledLightly)


@pytest.mark.parametrize("facts", TOLD_ALONE)
def test_what_is_not_plain_is_made_alone_with_the_same_faults(forms, paper, facts):
    made = both(forms, paper(**facts))
    assert made is None or not isinstance(made.filled, FilledLightly)


def test_a_value_that_decides_over_words_has_a_form_of_its_own(forms, paper):
    usual, special = both(forms, paper()), both(forms, paper(名="特"))
    assert "（特）" not in usual.filled.characters
    assert special.filled.static != usual.filled.static
    assert both(forms, paper(项目=["甲"])).filled.static != usual.filled.static
    assert forms.make(paper(名="特"))[0].filled.static == special.filled.static


def test_a_line_in_a_cell_is_broken_before_a_number_as_it_would_be_alone(forms, paper):
    made = [both(forms, paper(址="村" * count + "2026年10月13日")) for count in range(12, 42, 2)]
    broken = [one.filled for one in made if "\n2026年" in one.filled.values[4]]
    assert 0 < len(broken) < len(made)
    assert {one.static for one in broken} == {forms.make(paper())[0].filled.static}


def test_a_citation_that_decides_is_never_taken_from_another_paper(chain):  # noqa: F811
    body = '{% if 法条("义务教育法", 5)|length > 3 %}<p part="回执">{{ 名 }}</p>{% endif %}'
    flat = flatten(chain({"national/documents/commitment.html": FRONT + body}), "commitment")
    forms = Forms(REGISTRY)
    for name in ("甲", "乙", "甲"):
        one = Paper("x", flat, None, "", {"名": name}, datetime.date(2026, 9, 1))
        assert not isinstance(forms.make(one)[0].filled, FilledLightly)


def test_a_paper_keeps_what_it_is_known_by_alone(forms, paper):
    """Ten thousand papers in one file keep no facts; their Word form is that of the first."""
    one = paper(名="李四")
    made = forms.make(one)[0]
    assert (made.paper.whom, made.paper.label) == (one.whom, one.label) == ("李四", "李四")
    assert "址" not in made.paper.facts
    words._formed.cache_clear()
    assert to_word(made)[0].texts == to_word(make(one, REGISTRY)[0])[0].texts


def test_no_more_forms_are_kept_than_asked(paper):
    forms = Forms(REGISTRY, kept=4)
    for number in range(20):
        both(forms, paper(项目=["甲"] * number))
    assert len(forms._forms) <= 4 and len(forms._statics) <= 4


def test_a_document_whose_papers_are_all_different_is_made_alone(paper):
    forms = Forms(REGISTRY, kept=4)
    made = [both(forms, paper(项目=["甲"] * number)) for number in range(8)]
    assert [isinstance(one.filled, FilledLightly) for one in made] == [True] * 4 + [False] * 4


def test_what_all_papers_share_is_printed_once_and_the_papers_are_the_same(paper, monkeypatch):
    monkeypatch.setattr(settling, "_PAYS", 1)
    monkeypatch.setattr(settling, "_OFTEN", 99)
    forms = Forms(REGISTRY)
    for facts in ({}, {"名": "李"}, *USUAL_ENOUGH, *TOLD_ALONE, {}):
        both(forms, paper(**facts))
    (course,) = forms.settling._known.values()
    assert course.settled and course.times > 5 and "法条" in course.same
    assert not course.same.keys() & {"名", "址", "项目", "码"}


def test_a_name_that_a_template_gives_a_value_to_itself_is_no_fact():
    source = "{% set 名 = 号 %}{{ 名 }}{{ 学校 }}{% for 名 in 项 %}{{ 名 }}、{% endfor %}"
    same = {"名": "旧", "学校": "甲校", "项": ["一", "二"]}
    ready = settling.settled(source, frozenset(same), {**same, "号": "1"})
    assert ready.render(号="2", 项=["三"]) == "2甲校三、"
    assert settling.settled("{{ 学校 }}", frozenset({"学校"}), {"学校": None}) is None


def test_the_words_of_a_paper_are_those_that_it_is_made_of(forms, paper):
    for facts in ({}, *USUAL_ENOUGH, *TOLD_ALONE):
        made, _ = make(paper(**facts), REGISTRY)
        told = "".join(paragraphs(made.filled.root)) if made else ""
        assert forms.words(paper(**facts)) == told

"""A keeper sees what a pack says and which file said it."""

from datetime import date

from kcbx_docs.keeping.packview import (
    document_rows,
    document_view,
    pack_rows,
    value_rows,
    without_source,
)
from kcbx_docs.packs.chain import find_packs
from kcbx_docs.packs.library import library_of
from tests.packs.templates import HEAD, write

DAY = date(2026, 11, 22)
LETTER = (
    HEAD
    + """\
<h1>{{ 文书.标题 }}</h1>
{% block 正文 %}
<p>{{ 学生.姓名 }}：根据{{ 法条("yiwu-jiaoyu-fa", 11) }}，{{ 规则("pay-15") }}内。</p>
{% endblock %}
"""
)
LOCAL = "---\n说明: 本市的写法\n---\n{% block 正文 %}\n<p>{{ 地方.热线 }}</p>\n{% endblock %}\n"
TREE = {
    "national/pack.yaml": "名称: 全国\n版本: '1'\n",
    "national/documents/probe.html": LETTER,
    "anshi/pack.yaml": "名称: 安市\n行政区划代码: '99'\n版本: '2'\n参数:\n  热线: '12345'\n",
    "anshi/documents/probe.html": LOCAL,
}


def library(folder, pack):
    packs, problems = find_packs([write(folder, TREE)])
    assert problems == ()
    return library_of(pack, packs)[0]


def test_packs_are_listed_with_the_documents_that_they_write_themselves(tmp_path):
    rows = pack_rows(find_packs([write(tmp_path, TREE)])[0])
    assert [(row.id, row.name, row.code, row.version, row.documents) for row in rows] == [
        ("national", "全国", "", "1", 1),
        ("anshi", "安市", "99", "2", 1),
    ]


def test_every_value_names_the_file_and_line_that_gave_it(tmp_path):
    rows = {row.name: (row.value, row.place) for row in value_rows(library(tmp_path, "anshi"))}
    assert rows["名称"] == ("安市", "anshi/pack.yaml:1:1")
    assert rows["参数.热线"] == ("12345", "anshi/pack.yaml:5:3")
    assert rows["文书"] == ("probe", "anshi/documents/probe.html")


def test_a_document_that_two_packs_write_shows_which_wrote_what(tmp_path):
    here = library(tmp_path, "anshi")
    view = document_view(here, here.document("probe"), DAY)
    front = {row.name: (row.value, row.place) for row in view.front}
    assert front["标题"] == ("测试文书", "national/documents/probe.html:3:1")
    assert front["说明"] == ("本市的写法", "anshi/documents/probe.html:2:1")
    assert [(row.name, row.place.split(":")[0]) for row in view.blocks] == [
        ("正文", "anshi/documents/probe.html")
    ]
    assert view.variables == ("地方.热线", "文书.标题")
    assert (view.citations, view.rules) == ((), ()), "the block that cited is replaced"
    assert [(row.value, row.place.split("/")[0]) for row in view.lines] == [
        ("<h1>{{ 文书.标题 }}</h1>", "national"),
        ("<p>{{ 地方.热线 }}</p>", "anshi"),
    ]


def test_articles_and_figures_are_shown_in_words_with_their_lines(tmp_path):
    nation = library(tmp_path, "national")
    view = document_view(nation, nation.document("probe"), DAY)
    (article,) = view.citations
    assert article.name == "《中华人民共和国义务教育法》第十一条"
    assert article.place == "national/documents/probe.html:9:21"
    assert [(row.name, row.value) for row in view.rules] == [("pay-15", "十五日")]
    assert [heading for heading, _ in without_source(view)] == [
        "前置说明",
        "模板块",
        "变量",
        "引用",
        "数字",
    ]


def test_documents_are_listed_as_their_heads_say(tmp_path):
    (row,) = document_rows(library(tmp_path, "anshi"))
    assert (row.id, row.title, row.unit, row.layout) == ("probe", "测试文书", "案件", "执法文书")
    assert (row.issuers, row.served, row.note) == ((), False, "本市的写法")

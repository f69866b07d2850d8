"""Cards, the law's list and the procedure say the same of every document;
lint names what differs.
"""

import re
from pathlib import Path
from typing import get_args

import pytest

from kcbx_docs.packs.chain import find_packs
from kcbx_docs.packs.library import Library, library_of, open_library
from kcbx_docs.packs.model import Role
from kcbx_docs.packs.procedure import read_procedure
from kcbx_docs.problems import UserError
from tests.packs.templates import HEAD, lint_tree

ROOT = Path(__file__).parents[2]
BODY = "<h1>{{ 文书.标题 }}</h1>\n<p>{{ 学生.姓名 }}没有到校。</p>\n"
STEPS = "步骤:\n  close: {名称: 结案, 文书: probe, 事项: 结案, 状态: [已返校]}\n"
LAW = "文书要求:\n  - {文书: probe, 名称: 测试文书, %s}\n"


def said(folder: Path, head: str = "", *, law: str = "", steps: str = "", more: str = "") -> list:
    """List the codes of cards that lint finds in a pack with one document."""
    own = HEAD.replace("版式:", f"{head}\n版式:") if head else HEAD
    tree = {"national/documents/probe.html": own + BODY}
    if law:
        tree["national/law.yaml"] = LAW % law
    if steps:
        tree["national/procedure.yaml"] = steps
    if more:
        tree["national/documents/other.html"] = more + BODY
    codes = [p.code for p in lint_tree(folder, tree)]
    return [code for code in codes if code.startswith("PACK03")]


ONLY_TOWNS = "可制发: [{类型: 乡镇人民政府}]"
NO_SCHOOLS = "不可制发: [{类型: 学校, 原因: 没有职权}]"


@pytest.mark.parametrize(
    ("card", "law", "codes"),
    [
        ("制发机关: [乡镇人民政府]", ONLY_TOWNS, []),
        ("制发机关: [学校]", f"{ONLY_TOWNS}, {NO_SCHOOLS}", ["PACK030"]),
        ("制发机关: [司法所]", ONLY_TOWNS, ["PACK031"]),
        ("", ONLY_TOWNS, ["PACK032"]),
        ("制发机关: [乡镇人民政府]", "必备: []", ["PACK033"]),
        ("制发机关: [乡镇人民政府]", "", []),
        ("", "必备: []", []),
    ],
    ids=[
        "agree",
        "barred",
        "not listed",
        "anybody",
        "law is silent",
        "unlisted paper",
        "both open",
    ],
)
def test_who_issues_by_the_card_may_issue_by_the_law(tmp_path, card, law, codes):
    assert said(tmp_path, card, law=law) == codes


def test_a_place_whose_own_law_allows_more_is_believed(tmp_path):
    """pack.yaml says which office the local law adds; the procedure still reminds of it."""
    tree = {
        "national/documents/probe.html": HEAD.replace("版式:", "制发机关: [乡镇人民政府]\n版式:")
        + BODY,
        "national/law.yaml": LAW % f"{ONLY_TOWNS}, {NO_SCHOOLS}",
        "place/pack.yaml": "名称: 某县\n版本: '1'\n制发机关: {probe: [学校]}\n",
    }
    assert [p.code for p in lint_tree(tmp_path, tree, "place") if p.code.startswith("PACK03")] == []


def test_one_event_makes_one_document(tmp_path):
    other = HEAD.replace("probe", "other").replace("版式:", "事项: 结案\n版式:")
    assert said(tmp_path, "事项: 结案", more=other) == ["PACK034"]


@pytest.mark.parametrize(
    ("card", "codes"),
    [
        ("事项: 结案", []),
        ("事项: 返校", ["PACK036"]),
        ("事后审查: 是", []),
    ],
)
def test_a_step_and_its_document_name_one_event(tmp_path, card, codes):
    assert said(tmp_path, card, steps=STEPS) == codes


def test_what_is_judged_has_a_step_to_be_judged_by(tmp_path):
    assert said(tmp_path, "事后审查: 是", steps=STEPS.replace("文书: probe, ", "")) == ["PACK035"]


def test_the_shipped_packs_have_a_paper_for_every_role():
    """The procedure finds the order, the notice, the decision by what their cards say they are."""
    library, _ = open_library("national")
    filled = {role: library.ids_as(role) for role in get_args(Role)}
    assert all(len(documents) == 1 for documents in filled.values()), filled


def test_no_module_of_the_program_names_a_document():
    """What a paper is, its card says; the program asks for roles, events and units."""
    library, _ = open_library("national")
    procedure, _ = read_procedure(library.chain)
    listed = {required.id for required in library.registry.documents}
    rules = {rule.id for rule in library.registry.rules}
    documents = {*library.ids, *listed} - rules - set(procedure.steps)
    found = {
        f"{path.relative_to(ROOT).as_posix()}: {word}"
        for path in (ROOT / "kcbx_docs").rglob("*.py")
        for word in re.findall(r'"([a-z]+(?:-[a-z]+)*)"', path.read_text("utf-8"))
        if word in documents
    }
    assert found == set()


@pytest.mark.parametrize("head", ["标题", "[标题]", "'---'"])
def test_a_head_that_is_no_list_of_keys_is_told(tmp_path, head):
    tree = {
        "national/documents/probe.html": HEAD + BODY,
        "place/pack.yaml": "名称: 某县\n版本: '1'\n",
        "place/documents/probe.html": f"---\n{head}\n---\n",
    }
    (found,) = lint_tree(tmp_path, tree, "place")
    assert (found.code, found.place.file) == ("TYPE003", "place/documents/probe.html")


TWO = {
    "national/documents/probe.html": HEAD + BODY,
    "national/documents/other.html": HEAD.replace("probe", "other").replace("测试", "另一") + BODY,
}
PLACE = "名称: 某县\n版本: '1'\n标题: "


@pytest.mark.parametrize(
    ("said", "told", "found"),
    [
        ("{other: 测试文书}", ["PACK051"], "PACK052"),
        ("{other: 新文书}", [], "probe"),  # a paper that a county retitled
        ("{other: 测试文书, probe: 新文书}", [], "other"),  # the old title is another's now
        ("{other: 测试文书}\n停用文书: [probe]", [], "other"),
    ],
)
def test_of_two_documents_with_one_title_none_is_taken(tmp_path, said, told, found):
    tree = {**TWO, "place/pack.yaml": PLACE + said + "\n"}
    assert [p.code for p in lint_tree(tmp_path, tree, "place") if p.is_error] == told
    library, _ = library_of("place", find_packs([tmp_path])[0])
    assert taken(library, "测试文书") == found


def taken(library: Library, title: str) -> str:
    """Return the document that a title means, or why none is taken."""
    try:
        return library.find(title).front.id
    except UserError as error:
        return error.problems[0].code

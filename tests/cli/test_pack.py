"""kcbx pack: lists, provenance of every value, lint, and templates for Word."""

import json
import zipfile

import pytest

from kcbx_docs.cli import pack as command
from kcbx_docs.render.text import docx_paragraphs
from tests.cli.office import run
from tests.packs.templates import HEAD
from tests.papers.probe import OFFICE, workspace

PACK = "名称: 云南省\n行政区划代码: '53'\n版本: '2'\n标题: {probe: 本地标题}\n参数: {月: [3, 9]}\n"
BODY = '{% block 事实 %}\n<p>{{ 学生.姓名 }}。{{ 法条("义务教育法", 58) }}，{{ 规则("review-60") }}。</p>\n{% endblock %}\n{% include "落款" %}\n'
CHILD = "{% block 事实 %}\n{{ super() }}\n<p>{{ 地方.月|顿号 }}</p>\n{% endblock %}\n"


@pytest.fixture
def small(tmp_path):
    """A workspace whose packs say little."""
    workspace(
        tmp_path,
        BODY,
        more={
            "templates/national/parts/落款.html": '<p class="署名">{{ 机关.名称 }}</p>\n',
            "templates/yunnan/pack.yaml": PACK,
            "templates/yunnan/documents/probe.html": CHILD,
        },
    )
    return tmp_path


def test_packs_are_listed_general_first(small):
    rows = json.loads(run(small, "pack", "list", "--json").stdout)
    assert rows[0]["id"] == "national"
    (own,) = (row for row in rows if row["id"] == "yunnan")
    assert (own["name"], own["code"], own["version"], own["documents"]) == ("云南省", "53", "2", 1)
    assert {row["id"]: row["comes"] for row in rows}["fujian"] == "随程序"
    assert own["comes"] == "工作目录，代替随程序的"


def test_it_is_told_which_packs_are_used_here_and_which_write_a_paper(small):
    (small / "kcbx.yaml").write_text(OFFICE.replace("national", "云南省"), "utf-8")
    (small / "templates/pack.yaml").write_text("名称: 青石镇\n版本: '1'\n", "utf-8")
    assert run(small, "pack", "list").stdout.endswith(
        "这里用：全国（national） → 云南省（yunnan） → 青石镇（本单位）\n"
    )
    (row,) = json.loads(run(small, "pack", "list", "--documents", "--json").stdout)
    assert row["packs"] == ["national", "yunnan"]


@pytest.mark.parametrize("name", ["yunnan", "云南省", "53", "530111"])
def test_documents_of_a_pack_by_id_name_or_code(small, name):
    rows = json.loads(run(small, "pack", "list", "--documents", name, "--json").stdout)
    assert [(row["id"], row["title"]) for row in rows] == [("probe", "本地标题")]
    assert "本地标题" in run(small, "pack", "list", name).stdout


def test_every_value_with_the_line_that_supplied_it(small):
    rows = json.loads(run(small, "pack", "show", "云南省", "--json").stdout)
    said = {row["name"]: (row["value"], row["place"]) for row in rows}
    assert said["参数.月"] == ("3、9", "yunnan/pack.yaml:5:6")
    assert said["标题.probe"] == ("本地标题", "yunnan/pack.yaml:4:6")
    assert said["文书"] == ("probe", "yunnan/documents/probe.html")


def test_every_block_and_line_of_a_document_with_its_origin(small):
    view = json.loads(
        run(small, "pack", "show", "云南省", "本地标题", "--json", "--as-of", "2026-10-08").stdout
    )
    front = {row["name"]: (row["value"], row["place"]) for row in view["front"]}
    assert front["标题"] == ("本地标题", "yunnan/pack.yaml:4:6")
    assert front["版式"] == ("执法文书", "national/documents/probe.html:5:1")
    assert [(row["name"], row["place"]) for row in view["blocks"]] == [
        ("事实", "yunnan/documents/probe.html:1:1")
    ]
    assert view["variables"] == ["地方.月", "学生.姓名", "机关.名称"]
    assert [(row["name"], row["place"]) for row in view["citations"]] == [
        ("《中华人民共和国义务教育法》第五十八条", "national/documents/probe.html:8:19"),
    ]
    assert [(row["name"], row["value"]) for row in view["rules"]] == [("review-60", "六十日")]
    assert [(row["value"][:8], row["place"]) for row in view["lines"]] == [
        ("<p>{{ 学生", "national/documents/probe.html:8"),
        ("<p>{{ 地方", "yunnan/documents/probe.html:3"),
        ("<p class", "national/parts/落款.html:1"),
    ]


def test_the_flattened_source_is_printed_with_its_files(small):
    shown = run(small, "pack", "show", "云南省", "probe").stdout
    assert "yunnan/documents/probe.html:3" in shown
    assert "| <p>{{ 地方.月|顿号 }}</p>" in shown
    assert "{% block" not in shown


def test_lint_is_0_when_clean_and_1_with_places_otherwise(small):
    done = run(small, "pack", "lint", "云南省")
    assert done.exit_code == 0 and done.stdout.endswith("\n检查了 1 个模板包，没有错误。\n")
    assert "[PACK038] 提醒：工作目录的模板包「yunnan」代替了随程序的" in done.stdout
    path = small / "templates/yunnan/documents/probe.html"
    path.write_text(CHILD.replace("地方.月", "地方.曰"), "utf-8")
    done = run(small, "pack", "lint", "云南省")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[:3] == [
        "yunnan/documents/probe.html:3:10: [TMPL020] 模板里的变量「地方.曰」不存在。 这里可以写：名称、月。全部变量见 kcbx docs 模板变量。",
        "     3 | <p>{{ 地方.曰|顿号 }}</p>",
        "       |       　　 ^",
    ]
    assert done.stderr == "改好后再运行：kcbx pack lint 云南省\n"
    told = json.loads(run(small, "pack", "lint", "云南省", "--json").stdout)
    assert (told["ok"], told["packs"], told["problems"][0]["place"]["line"]) == (
        False,
        ["yunnan"],
        3,
    )


def test_lint_looks_at_the_workspaces_own_pack(small):
    (small / "templates/pack.yaml").write_text(
        "名称: 本单位\n版本: '1'\n标题: {prob: 甲}\n", "utf-8"
    )
    done = run(small, "pack", "lint", "national")
    assert done.exit_code == 1
    assert "本单位/pack.yaml:3:6: [PACK014]" in done.stdout
    assert "     3 | 标题: {prob: 甲}" in done.stdout
    told = json.loads(run(small, "pack", "lint", "本单位", "--json").stdout)
    assert told["packs"] == ["national"]  # where the workspace lies, not yunnan too
    assert [one["code"] for one in told["problems"] if one["severity"] == "error"] == ["PACK014"]


def test_show_looks_at_the_workspaces_own_pack(small):
    (small / "templates/pack.yaml").write_text(
        "名称: 本单位\n版本: '1'\n标题: {probe: 自拟标题}\n", "utf-8"
    )
    rows = json.loads(run(small, "pack", "show", "本单位", "--json").stdout)
    told = {"name": "标题.probe", "value": "自拟标题", "place": "本单位/pack.yaml:3:6"}
    assert any(told.items() <= row.items() for row in rows)
    assert "自拟标题" in run(small, "pack", "list", "--documents").stdout
    assert "自拟标题" not in run(small, "pack", "list", "--documents", "national").stdout


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (("show", "芸南省"), "PACK003", "是不是「云南省」"),
        (("show", "national", "prode"), "PACK004", "是不是「probe」"),
        (("lint", "芸南省"), "PACK003", "是不是「云南省」"),
        (("list", "甲"), "PACK003", "kcbx pack list"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(small, words, code, hint):
    done = run(small, "pack", *words)
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"[{code}]" in done.stderr
    assert hint in done.stderr


def test_export_gives_a_template_for_word_and_overwrites_nothing(small):
    done = run(small, "pack", "export", "云南省", "本地标题", "模板.docx")
    assert done.stdout == "已写出 模板.docx（本地标题）。\n"
    file = small / "模板.docx"
    assert zipfile.ZipFile(file).testzip() is None
    words = docx_paragraphs(file.read_bytes())
    assert words == (
        '{{学生.姓名}}。{{法条("义务教育法",58)}}，{{规则("review-60")}}。',
        "{{地方.月|顿号}}",
        "{{机关.名称}}",
    )
    before = file.read_bytes()
    done = run(small, "pack", "export", "云南省", "本地标题", "模板.docx")
    assert done.exit_code == 1
    assert "[CLI002]" in done.stderr
    assert file.read_bytes() == before


def test_an_exported_template_put_into_the_pack_is_clean(small):
    run(small, "pack", "export", "云南省", "probe", "templates/yunnan/documents/probe.docx")
    assert "\n检查了 1 个模板包，没有错误。\n" in run(small, "pack", "lint", "云南省").stdout


def test_a_pack_that_cannot_be_read_says_so_in_every_command(small):
    (small / "templates/yunnan/pack.yaml").write_text("名称: 云南省\n版本 2\n", "utf-8")
    for words in (("list",), ("show", "yunnan"), ("lint",)):
        done = run(small, "pack", *words)
        assert done.exit_code == 1
        assert "yunnan/pack.yaml:3" in done.output or "yunnan/pack.yaml:2" in done.output
    assert command.LOCAL == "本单位"


def test_the_head_of_probes_is_what_this_file_counts_on():
    assert HEAD.count("\n") == 6


def test_lint_finds_a_pupil_of_the_workspaces_cases_in_a_template(small):
    (small / "cases").mkdir(exist_ok=True)
    (small / "cases/甲.yaml").write_text("案件: 控辍个案\n学生: {姓名: 王小明}\n", "utf-8")
    path = small / "templates/yunnan/documents/probe.html"
    path.write_text(CHILD.replace("{{ 地方", "王小明{{ 地方"), "utf-8")
    done = run(small, "pack", "lint", "云南省")
    assert (done.exit_code, "probe.html:3:4: [TMPL063]" in done.stdout) == (1, True)
    assert "写着本单位案件或者名册里的人：「王小明」" in done.stdout

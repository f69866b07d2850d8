"""What lint says of packs: heads, required parts, pack.yaml, stray files, Word files;
the shipped packs are clean.
"""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from kcbx_docs.keeping import lint as linting
from kcbx_docs.keeping import wording
from kcbx_docs.keeping.lint import lint_packs
from kcbx_docs.keeping.wording import check_compiled
from kcbx_docs.law.model import LawFile, Rule, Statute
from kcbx_docs.packs.chain import find_packs, shipped_root
from kcbx_docs.packs.library import library_of
from kcbx_docs.packs.markup import Element, Text
from kcbx_docs.packs.model import Card, Pack
from kcbx_docs.packs.procedure import read_procedure
from kcbx_docs.problems import Place, problem
from kcbx_docs.reading import parse_yaml, read_model
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.render.wordwording import static_paragraphs
from tests.packs.templates import HEAD, TODAY, lint_tree, write

BODY = "<h1>{{ 文书.标题 }}</h1>\n<p>{{ 学生.姓名 }}没有到校。</p>\n"


def found(folder: Path, tree: dict[str, str], pack: str = "national") -> list[str]:
    return [f"{p.code} {p.place}" for p in lint_tree(folder, tree, pack)]


def head(**lines: str) -> str:
    return (
        HEAD.replace("---\n", "---\n", 1)[:-4]
        + "".join(f"{key}: {value}\n" for key, value in lines.items())
        + "---\n"
    )


@pytest.mark.parametrize(
    ("key", "value", "code", "says"),
    [
        ("文号", '"{机关代号}改〔{年}〕{序号}号"', "PACK016", "「{机关代号}」"),
        ("文号", '"青政改〔{年}〕号"', "PACK020", "{序号}"),
        ("文号", '"{机关代字改〔{年}〕{序号}号"', "PACK016", "大括号"),
        ("制发机关", "[乡镇人民政付]", "PACK018", "是不是「乡镇人民政府」"),
        ("需要", "[责令, 首次缺客]", "PACK017", "是不是「首次缺课」"),
        ("事项", "批评教肓", "CASE001", "是不是「批评教育」"),
        ("必备内容", "[救济途径]", "TMPL036", 'part="救济途径"'),
    ],
)
def test_a_head_that_would_do_nothing(tmp_path, key, value, code, says):
    problems = lint_tree(tmp_path, {"national/documents/probe.html": head(**{key: value}) + BODY})
    assert {p.code for p in problems} >= {code}
    first = next(p for p in problems if p.code == code)
    assert str(first.place) == "national/documents/probe.html:6:1"
    assert says in first.message + first.hint


def test_a_document_for_events_names_its_event(tmp_path):
    tree = {
        "national/documents/probe.html": HEAD.replace("一份对应: 案件", "一份对应: 事项") + BODY
    }
    assert found(tmp_path, tree) == ["PACK019 national/documents/probe.html:4:1"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("编号: prob", "PACK013"),
        ("标题:", "TYPE010"),
        ("版式: 执法文本", "TYPE007"),
        ("页数上线: 1", "TYPE002"),
        ("页数上限: 许多", "TYPE006"),
    ],
)
def test_a_head_with_a_mistake_has_its_line(tmp_path, line, code):
    key = line.split(":")[0]
    lines = [text for text in HEAD.splitlines() if not text.startswith(f"{key}:")]
    text = "\n".join([*lines[:1], line, *lines[1:]]) + "\n" + BODY
    assert [
        spot.rsplit(":", 1)[0] for spot in found(tmp_path, {"national/documents/probe.html": text})
    ] == [f"{code} national/documents/probe.html:2"]


def test_a_template_without_a_head(tmp_path):
    assert found(tmp_path, {"national/documents/probe.html": BODY}) == [
        "READ015 national/documents/probe.html:1:1"
    ]


def test_what_the_law_requires_is_marked(tmp_path):
    tree = {
        "national/documents/order-to-correct.html": HEAD.replace("probe", "order-to-correct") + BODY
    }
    problems = lint_tree(tmp_path, tree)
    (one,) = (p for p in problems if "改正期限" in p.message)
    assert (one.code, one.severity) == ("TMPL036", "error")
    assert "《义务教育法》第五十八条" in one.hint
    marked = tree["national/documents/order-to-correct.html"].replace("<p>", '<p part="改正期限">')
    assert "改正期限" not in str(
        lint_tree(tmp_path, {"national/documents/order-to-correct.html": marked})
    )


def test_pack_yaml_speaks_of_documents_and_rules_that_exist(tmp_path):
    tree = {
        "national/documents/probe.html": HEAD + BODY,
        "yunnan/pack.yaml": "名称: 云南省\n版本: '1'\n标题: {prob: 测试}\n制发机关: {probe: [学校]}\n文号:\n  prope: x\n"
        "停用文书: [prude]\n期间: {review-06: 60}\n",
    }
    assert found(tmp_path, tree, "yunnan") == [
        "PACK014 yunnan/pack.yaml:3:6",
        "PACK014 yunnan/pack.yaml:6:3",
        "PACK014 yunnan/pack.yaml:7:1",
        "PROC011 yunnan/pack.yaml:8:6",
    ]


def test_no_pack_can_put_a_code_on_papers_of_fines_or_public_notices(tmp_path):
    said = "名称: 云南省\n版本: '1'\n参数:\n  核验码: [fine, probe, prude]\n"
    tree = {
        "national/documents/probe.html": HEAD + BODY,
        "national/documents/fine.html": head(角色="催告")
        .replace("probe", "fine")
        .replace("测试", "罚款")
        + BODY,
        "yunnan/pack.yaml": said,
    }
    assert found(tmp_path, tree, "yunnan") == [
        "PACK014 yunnan/pack.yaml:4:3",
        "REND233 yunnan/pack.yaml:4:3",
    ]


def test_papers_that_bear_no_code_are_those_of_fines_enforcement_and_notices():
    library, _ = library_of("national", find_packs([shipped_root()])[0])
    procedure, (cards, _) = read_procedure(library.chain)[0], library.cards()
    barred = {name for name, card in cards.items() if procedure.uncoded(card)}
    assert {"penalty-decision", "spot-decision", "demand-letter", "public-notice"} < barred
    assert "payment-extension" in barred, "it asks for money, too"
    assert barred.isdisjoint(
        {"order-to-correct", "service-address", "service-receipt", "liability-notice"}
    )


def test_the_procedure_is_checked_with_its_pack(tmp_path):
    tree = {
        "national/procedure.yaml": "步骤:\n  order: {名称: 责令改正, 前提: {没有这个检查: 禁止}}\n",
        "national/documents/probe.html": HEAD + BODY,
    }
    assert found(tmp_path, tree) == ["PROC010 national/procedure.yaml:2:26"]


def test_a_number_pattern_in_pack_yaml_is_checked_too(tmp_path):
    tree = {
        "national/documents/probe.html": head(文号='"{机关代字}改〔{年}〕{序号}号"') + BODY,
        "yunnan/pack.yaml": "名称: 云南省\n版本: '1'\n文号: {probe: \"{代字}改{序号}号\"}\n",
    }
    assert found(tmp_path, tree) == []
    assert found(tmp_path, tree, "yunnan") == ["PACK016 yunnan/pack.yaml:3:6"]


def test_files_that_nothing_reads(tmp_path):
    tree = {
        "national/documents/probe.html": HEAD + BODY,
        "national/documents/order.htm": "x",
        "national/probe.html": "x",
        "national/packs.yml": "x",
        "national/README.md": "x",
    }
    assert sorted(found(tmp_path, tree)) == [
        "PACK022 national/documents/order.htm",
        "PACK023 national/packs.yml",
        "PACK023 national/probe.html",
    ]


def flat_of(folder: Path, body: str):
    packs, _ = find_packs([write(folder, {"national/documents/probe.html": HEAD + body})])
    return library_of("national", packs)[0].document("probe")


RICH = """\
<h1>{{ 文书.标题 }}</h1>
{% if 学校 %}
<p>学校：{{ 学校.名称 }}{% if 学校.校长 %}（{{ 学校.校长 }}）{% endif %}</p>
{% endif %}
<table widths="1 3"><tr><th>项</th><td><p>甲</p><p>乙<blank name="姓名" width="6">{{ (学生.姓名)|默认 }}</blank></p></td></tr>
{% for 项 in 证据 %}<tr><td>{{ loop.index }}</td><td>{{ 项.名称 }}&amp;&lt;</td></tr>{% endfor %}</table>
<p>签名：<blank name="签名" width="8"/>日期</p>
"""


def test_the_word_form_says_what_the_source_says(tmp_path):
    flat = flat_of(tmp_path, RICH)
    assert static_paragraphs(flat.tree)[:3] == (
        "{{文书.标题}}",
        "{%if学校%}",
        "学校：{{学校.名称}}{%if学校.校长%}（{{学校.校长}}）{%endif%}",
    )
    assert list(check_compiled(flat)) == []


def test_a_word_lost_by_the_compiler_is_found(tmp_path, monkeypatch):
    flat = flat_of(tmp_path, RICH)
    tree = Element("body", {}, 0, [*flat.tree.children, Element("p", {}, 0, [Text("多一段", 0)])])
    monkeypatch.setattr(wording, "compile_docx", lambda *_: data)
    data = compile_docx(flat, LAYOUTS[flat.front.layout])
    (one,) = check_compiled(replace(flat, tree=tree, source=f"{flat.source}<p>多一段</p>"))
    assert (one.code, "少了一段「多一段」" in one.message) == ("PACK025", True)


def rewritten(data: bytes, old: str, new: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            target.writestr(
                info,
                content.replace(old.encode(), new.encode())
                if info.filename == "word/document.xml"
                else content,
            )
    return out.getvalue()


def test_a_keepers_word_file_must_say_the_same(tmp_path):
    flat = flat_of(tmp_path, BODY)
    data = compile_docx(flat, LAYOUTS[flat.front.layout])
    keeper = tmp_path / "national/documents/probe.docx"
    keeper.write_bytes(data)
    assert found(tmp_path, {}) == []
    keeper.write_bytes(rewritten(data, "没有到校", "拒不到校"))
    (one,) = lint_tree(tmp_path, {})
    assert (one.code, one.severity, one.place.file, one.place.path) == (
        "PACK026",
        "error",
        "national/documents/probe.docx",
        "第2段",
    )
    assert "{{学生.姓名}}【「没有」改成了「拒不」】到校。" in one.message


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NO_WORD = {
    "text": (b"not a zip", "REND020", "看不出是什么"),
    "empty": (b"", "REND020", "空的"),
    "old": (OLE + "WordDocument".encode("utf-16-le"), "REND020", "WPS 里选"),
    "locked": (OLE + "EncryptedPackage".encode("utf-16-le"), "REND025", "WPS 里「文件→文档加密"),
    "rich text": (b"{\\rtf1 x}", "REND020", "旧格式的 Word"),
    "printed": (b"%PDF-1.7", "REND020", "PDF"),
    "page": (b"<html><body>x</body></html>", "REND020", "网页"),
}


@pytest.mark.parametrize("name", NO_WORD)
def test_a_keepers_file_that_is_no_word_file(tmp_path, name):
    data, code, words = NO_WORD[name]
    write(tmp_path, {"national/documents/probe.html": HEAD + BODY})
    (tmp_path / "national/documents/probe.docx").write_bytes(data)
    (told,) = lint_packs(("national",), TODAY, (tmp_path,))[1][:1]
    assert (told.code, told.place.file) == (code, "national/documents/probe.docx")
    assert words in told.message + told.hint


def test_a_keepers_file_that_unpacks_to_gigabytes(tmp_path):
    write(tmp_path, {"national/documents/probe.html": HEAD + BODY})
    with zipfile.ZipFile(
        tmp_path / "national/documents/probe.docx", "w", zipfile.ZIP_DEFLATED
    ) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    assert found(tmp_path, {}) == ["REND021 national/documents/probe.docx"]


def test_a_keepers_file_with_a_broken_tag(tmp_path):
    flat = flat_of(tmp_path, BODY)
    data = compile_docx(flat, LAYOUTS[flat.front.layout])
    (tmp_path / "national/documents/probe.docx").write_bytes(
        rewritten(data, "{{ 学生.姓名 }}", "{{ 学生.姓名 学生 }}")
    )
    (one,) = lint_tree(tmp_path, {})
    assert (one.code, one.place.file) == ("TMPL002", "national/documents/probe.docx")


def test_a_fault_of_the_national_text_is_told_once_for_all_packs(tmp_path, monkeypatch):
    monkeypatch.setattr(linting, "shipped_root", lambda: tmp_path)
    write(
        tmp_path,
        {
            "national/documents/probe.html": HEAD + BODY.replace("学生.姓名", "学生.姓各"),
            "yunnan/pack.yaml": "名称: 云南省\n行政区划代码: '53'\n版本: '1'\n",
            "yunnan/yuxi/pack.yaml": "名称: 玉溪市\n行政区划代码: '5304'\n版本: '1'\n",
        },
    )
    ids, problems = lint_packs((), TODAY)
    assert ids == ("national", "yunnan", "yunnan/yuxi")
    assert [p.code for p in problems] == ["TMPL020"]


def test_a_broken_pack_does_not_hide_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr(linting, "shipped_root", lambda: tmp_path)
    write(
        tmp_path,
        {
            "national/documents/probe.html": HEAD + BODY.replace("学生.姓名", "学生.姓各"),
            "yunnan/pack.yaml": "名称：云南省\n",
            "fujian/pack.yaml": "名称: 福建省\n行政区划代码: '35'\n版本: '1'\n",
            "fujian/law.yaml": "法律法归: []\n",
        },
    )
    _, problems = lint_packs((), TODAY)
    assert sorted(p.code for p in problems) == ["READ019", "TMPL020", "TYPE002"]


def test_the_workspaces_own_pack_is_checked_on_top(tmp_path, monkeypatch):
    own = tmp_path / "office/templates"
    monkeypatch.setattr(linting, "shipped_root", lambda: tmp_path / "shipped")
    write(tmp_path / "shipped", {"national/documents/probe.html": HEAD + BODY})
    own.mkdir(parents=True)
    (own / "pack.yaml").write_text("名称: 本单位\n版本: '1'\n标题: {probr: 通知}\n", "utf-8")
    _, problems = lint_packs((), TODAY, own=own)
    assert [f"{p.code} {p.place}" for p in problems] == ["PACK014 本单位/pack.yaml:3:6"]


def test_a_county_is_not_told_of_doubts_about_a_shipped_pack(monkeypatch):
    """Nobody there can mend them; who asks about the shipped pack is told."""
    facts = {"title": "某法", "part": "第一条", "note": "没有读到"}
    doubts = [
        problem("LAW006", Place(f"{name}/documents/x.html"), **facts)
        for name in ("national", "yunnan/yuxi")
    ]
    monkeypatch.setattr(linting, "lint_chain", lambda *_: doubts)
    assert lint_packs(("yunnan/yuxi",), TODAY)[1] == (doubts[1],)
    assert lint_packs(("national",), TODAY)[1] == (doubts[0],)


@pytest.mark.parametrize(
    ("model", "key"), [(Pack, "行政区划代码"), (Card, "编号"), (Statute, "编号"), (Rule, "编号")]
)
def test_what_must_have_a_form_is_told_the_form(model, key):
    """The library's English was 写法不对，程序库没有用中文说明."""
    source, _ = parse_yaml(f"{key}: 岷阳-1\n", "x.yaml")
    told = [one.message for one in read_model(model, source)[1] if one.code == "TYPE012"]
    assert len(told) == 1 and "要写" in told[0]


def test_a_key_of_an_article_that_is_no_number_and_one_misspelt_below_it():
    """Below keys of the keeper's own the known ones are offered, too."""
    text = (
        "法律法规:\n  - 编号: x-fa\n    名称: 某条例\n    层级: 地方性法规\n"
        "    版本: [{施行: 2012-01-01, 核对: 部分, 来源: 网页}]\n"
        "    条文:\n      十五: {要旨: 送学}\n      16: {要指: 送学}\n"
    )
    source, _ = parse_yaml(text, "law.yaml")
    _, found = read_model(LawFile, source)
    told = {p.code: p for p in found}
    number, key = told["TYPE006"], told["TYPE002"]
    assert (str(number.place), "「十五」应是整数" in number.message) == ("law.yaml:7:7", True)
    assert "「15」" in number.hint
    assert (key.place.line, "是不是「要旨」" in key.hint) == (8, True)

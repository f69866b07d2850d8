"""The Word side: one source compiled to docxtpl's dialect, filled, and proven to say the same."""

import datetime
import io
import zipfile

import pytest
from docxtpl import DocxTemplate
from lxml import etree
from openxml_audit import OpenXmlValidator

from kcbx_docs.packs.flatten import flatten
from kcbx_docs.packs.language import environment
from kcbx_docs.packs.structure import check_structure
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.docx import compare, load_template
from kcbx_docs.render.fill import fill
from kcbx_docs.render.joining import join_sections, section_of
from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.render.text import docx_paragraphs, paragraphs, parts_of
from kcbx_docs.render.word import W
from tests.packs.conftest import chain, packs  # noqa: F401

SOURCE = """\
---
编号: order
标题: 责令限期改正通知书
一份对应: 监护人
版式: {layout}
---
<h1>{{{{ 文书.标题 }}}}</h1>
<p class="主送">{{{{ 监护人.姓名 }}}}：</p>
<p part="事实">经查，<blank name="学生" width="8">{{{{ 学生.姓名 }}}}</blank>自{{{{ 首次缺课 }}}}起
   未到校{{% if 原因 %}}，原因为<b>{{{{ 原因 }}}}</b>{{% endif %}}。电话：<blank name="电话" width="6"/></p>
{{% for x in 劝返 %}}
<p>{{{{ loop.index }}}}. {{{{ x.日期 }}}}，<span class="楷体">{{{{ x.结果 }}}}</span>；</p>
{{% endfor %}}
<table widths="1 3 2">
  <tr header="1"><th>序号</th><th>证据</th><th>备注</th></tr>
  {{% for e in 证据 %}}<tr height="2"><td class="表中">{{{{ loop.index }}}}</td><td>{{{{ e }}}}</td><td><blank name="备注" width="3" class="格"/></td></tr>{{% endfor %}}
  <tr><td rowspan="2">合计</td><td colspan="2">甲<br/>乙</td></tr>
  <tr><td><p>一</p><p class="表中">二</p>{{% if 原因 %}}<p>因</p>{{% endif %}}</td>
      <td>{{% if 罚款 and 罚款 &lt; 2000 %}}罚{{{{ 罚款 }}}}元 &amp; 其他{{% else %}}不罚{{% endif %}}</td></tr>
</table>
<p>左<tab/>右</p>
<div keep="1"><p class="署名">{{{{ 机关.名称 }}}}</p><p class="成文日期" newpage="1">{{{{ 文书.日期 }}}}</p></div>
""".replace("&lt; 2000", "< 2000")
FACTS = {
    "文书": {"标题": "责令限期改正通知书", "日期": datetime.date(2026, 9, 21)},
    "监护人": {"姓名": "阿卜杜热合曼·阿卜杜热西提"},
    "学生": {"姓名": "王&<b>䶮</b>"},
    "首次缺课": datetime.date(2026, 9, 1),
    "原因": "Smith & Co",
    "罚款": 500,
    "劝返": [
        {"日期": datetime.date(2026, 9, 3), "结果": "拒绝{}"},
        {"日期": datetime.date(2026, 9, 5), "结果": "两行"},
    ],
    "证据": ["照片", "<select> x"],
    "机关": {"名称": "青石镇人民政府"},
}
EXPECTED = (
    "责令限期改正通知书",
    "阿卜杜热合曼·阿卜杜热西提：",
    "经查，王&<b>䶮</b>自2026年9月1日起未到校，原因为Smith&Co。电话：",
    "1.2026年9月3日，拒绝{}；",
    "2.2026年9月5日，两行；",
    "序号",
    "证据",
    "备注",
    "1",
    "照片",
    "2",
    "<select>x",
    "合计",
    "甲乙",
    "一",
    "二",
    "因",
    "罚500元&其他",
    "左右",
    "青石镇人民政府",
    "2026年9月21日",
)


@pytest.fixture(params=sorted(LAYOUTS))
def flat(request, chain):  # noqa: F811
    return flatten(
        chain({"national/documents/order.html": SOURCE.format(layout=request.param)}), "order"
    )


def test_source_and_word_say_the_same_in_every_layout(flat):
    layout = LAYOUTS[flat.front.layout]
    assert check_structure(flat, layout.styles) == ()
    filled, problems = fill(flat, FACTS)
    assert problems == ()
    assert paragraphs(filled.root) == EXPECTED
    assert parts_of(filled.root)["事实"].startswith("经查，王&<b>䶮</b>")
    data = load_template(compile_docx(flat, layout)).fill(FACTS)
    assert docx_paragraphs(data) == EXPECTED
    assert compare(EXPECTED, docx_paragraphs(data)) == ()


def test_docxtpl_itself_fills_the_compiled_template_alike(flat):
    template = compile_docx(flat, LAYOUTS[flat.front.layout])
    facts = {
        **FACTS,
        "学生": {"姓名": "王&<b>云</b>"},
    }  # we set a rare character in a run of its own
    peer = DocxTemplate(io.BytesIO(template))
    peer.render(facts, jinja_env=environment, autoescape=True)
    peer.save(saved := io.BytesIO())
    assert body_of(saved.getvalue()) == body_of(load_template(template).fill(facts))


def body_of(data: bytes) -> bytes:
    """Return the canonical body; empty runs, which we drop, are dropped on both sides."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    for run in list(root.iter(f"{{{W}}}r")):
        if not any(
            text.text or text.tag != f"{{{W}}}t" for text in run if text.tag != f"{{{W}}}rPr"
        ):
            run.getparent().remove(run)
    return etree.tostring(root.find(f"{{{W}}}body"), method="c14n", exclusive=True)


def test_the_files_are_valid_and_the_same_every_time(flat, tmp_path):
    template = compile_docx(flat, LAYOUTS[flat.front.layout])
    data = load_template(template).fill(FACTS)
    assert data == load_template(template).fill(FACTS)
    for name, content in (("模板.docx", template), ("文书.docx", data)):
        path = tmp_path / name
        path.write_bytes(content)
        assert OpenXmlValidator().validate(path).errors == []


def test_papers_join_into_one_file_with_their_own_sections(flat, tmp_path):
    template = load_template(compile_docx(flat, LAYOUTS[flat.front.layout]))
    papers = [template.filled({**FACTS, "学生": {"姓名": name}}) for name in ("甲", "乙", "丙")]
    data = join_sections(
        [section_of(paper) for paper in papers], duplex=True, title="责令限期改正通知书"
    )
    texts = docx_paragraphs(data)
    assert [t[3] for t in texts if t.startswith("经查")] == ["甲", "乙", "丙"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    kinds = [
        section.find(f"{{{W}}}type").get(f"{{{W}}}val") for section in root.iter(f"{{{W}}}sectPr")
    ]
    assert kinds == ["nextPage", "oddPage", "oddPage"]
    assert len(list(root.iter(f"{{{W}}}pgNumType"))) == 3
    path = tmp_path / "合并.docx"
    path.write_bytes(data)
    assert OpenXmlValidator().validate(path).errors == []


@pytest.mark.parametrize(("papers", "counted"), [(1, b" NUMPAGES "), (2, b" SECTIONPAGES ")])
def test_a_file_of_one_paper_counts_its_pages_as_every_program_can(flat, papers, counted):
    template = load_template(compile_docx(flat, LAYOUTS["表格"]))
    filled = section_of(template.filled(FACTS))
    data = join_sections([filled] * papers, duplex=False, title="签收登记表")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert counted in archive.read("word/footer_default.xml")


def test_a_lost_paragraph_is_found():
    problems = compare(("甲", "乙", "丙"), ("甲", "丙"))
    assert [p.code for p in problems] == ["REND017"]
    assert "第 2 段应为「乙」，实为「丙」" in problems[0].message


def test_missing_values_are_all_reported_with_their_lines(chain):  # noqa: F811
    flat = flatten(
        chain({"national/documents/order.html": SOURCE.format(layout="执法文书")}), "order"
    )
    _, problems = fill(
        flat,
        {
            **FACTS,
            "学生": {},
            "原因": None,
            "机关": {"名称": None},
            "罚款": True,
            "劝返": [{"日期": None, "结果": ["列", "表"]}],
        },
    )
    assert [(p.code, str(p.place)) for p in problems] == [
        ("REND010", "national/documents/order.html:9:1"),
        ("REND011", "national/documents/order.html:12:22"),
        ("REND013", "national/documents/order.html:12:50"),
        ("REND013", "national/documents/order.html:19:37"),
        ("REND011", "national/documents/order.html:22:29"),
    ]

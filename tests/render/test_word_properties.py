"""What a Word file says of itself, and styles that Word and screen readers know."""

import io
import zipfile

from lxml import etree

from kcbx_docs.papers.make import to_docx
from kcbx_docs.render.css import stylesheet
from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.render.word import W, footers, frame_xml, section_xml
from tests import matrix

DC = "{http://purl.org/dc/elements/1.1/}"


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def test_title_organ_case_and_language_are_told_and_no_date():
    one = matrix.worded("national")["order-to-correct"][0][1]
    core = part(to_docx(one)[0], "docProps/core.xml")
    told = {child.tag: child.text for child in core}
    assert told == {
        f"{DC}title": one.paper.full_title,
        f"{DC}subject": one.paper.case,
        f"{DC}creator": one.paper.issuer.name,
        f"{DC}language": "zh-CN",
    }
    assert one.paper.whom in one.paper.full_title and one.paper.case in one.paper.full_title


def test_headings_are_those_that_word_knows_with_their_chinese_names_beside():
    one = matrix.worded("national")["dropout-report"][0][1]
    data = to_docx(one)[0]
    names = {
        style.get(f"{{{W}}}styleId"): [
            style.find(f"{{{W}}}{tag}").get(f"{{{W}}}val") for tag in ("name", "aliases")
        ]
        for style in part(data, "word/styles.xml").iter(f"{{{W}}}style")
        if style.find(f"{{{W}}}aliases") is not None
    }
    assert names["Title"] == ["Title", "文书 标题"]
    assert names["Heading1"] == ["heading 1", "文书 一级标题"]
    used = {p.get(f"{{{W}}}val") for p in part(data, "word/document.xml").iter(f"{{{W}}}pStyle")}
    assert {"Title", "Heading1"} <= used


def test_every_table_says_what_it_holds():
    for _, papers in matrix.worded("national").items():
        body = part(to_docx(papers[0][1])[0], "word/document.xml")
        tables = list(body.iter(f"{{{W}}}tblPr"))
        told = [table.find(f"{{{W}}}tblCaption") for table in tables]
        assert len([one for one in told if one is not None]) >= len(tables) / 2


def test_urgency_and_number_of_a_letter_share_a_line():
    layout = LAYOUTS["函"]
    assert 'w:wrap="around"' in frame_xml(layout.style("紧急程度"), layout)
    assert 'w:wrap="notBeside"' in frame_xml(layout.style("抄送"), layout)


def test_a_list_of_many_columns_lies_across_in_both_formats():
    for name, word, sheet in (("横表", "landscape", "297mm 210mm"), ("表格", "", "210mm 297mm")):
        layout = LAYOUTS[name]
        assert f"size: {sheet}" in stylesheet(layout, lambda role: role)
        assert ("landscape" in section_xml(layout, {})) is bool(word)


def test_pages_of_forms_are_counted_in_small_type():
    assert 'w:sz w:val="21"' in footers(LAYOUTS["表格"])["default"]
    assert 'w:sz w:val="28"' in footers(LAYOUTS["执法文书"])["default"]

"""Runs of a Word file: telephone numbers are not torn, a rare character has a font that has it."""

import io
import re
import zipfile

import pytest
from openxml_audit import OpenXmlValidator

from kcbx_docs.render.docx import load_template
from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.render.text import docx_paragraphs
from kcbx_docs.render.wordfile import package
from kcbx_docs.render.wordruns import font_of

BODY = (
    '<w:p><w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:b/></w:rPr>'
    '<w:t xml:space="preserve">{{ 甲 }}</w:t></w:r></w:p>'
)
TEXT = re.compile("<w:rPr>(.*?)</w:rPr><w:t[^>]*>([^<]+)</w:t>")


def filled(words: str) -> bytes:
    return load_template(package(LAYOUTS["执法文书"], BODY, "测试")).fill({"甲": words})


def body(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


def test_a_telephone_number_stays_on_one_line_and_reads_the_same():
    data = filled("电话：0877-0000013；手机13800000001")
    assert "0877</w:t><w:noBreakHyphen/>" in body(data)
    assert docx_paragraphs(data) == ("电话：0877-0000013；手机13800000001",)


@pytest.mark.parametrize("words", ["2026-001", "3-5人", "530499-198803", "08770-00000131"])
def test_other_hyphens_are_as_they_were(words):
    assert "noBreakHyphen" not in body(filled(words))


def test_a_rare_character_has_a_font_of_its_own_and_its_neighbours_keep_theirs(tmp_path):
    data = filled("和䶮梅、𬭎")
    looks = {text: look for look, text in TEXT.findall(body(data))}
    assert 'w:eastAsia="宋体"' in looks["䶮"] and looks["䶮"].endswith("<w:b/>")
    assert 'w:eastAsia="SimSun-ExtB"' in looks["𬭎"]
    assert looks["和"] == looks["梅、"] == '<w:rFonts w:hint="eastAsia"/><w:b/>'
    assert docx_paragraphs(data) == ("和䶮梅、𬭎",)
    (tmp_path / "文书.docx").write_bytes(data)
    assert OpenXmlValidator().validate(tmp_path / "文书.docx").errors == []


def test_usual_characters_and_marks_need_no_font():
    assert not any(map(font_of, "普正华，（〔2026〕）—…□√Ab"))
    assert [font_of(char) for char in "喆堃"] == ["宋体", "宋体"]

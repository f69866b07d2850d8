"""Filled Word files: tidy, whole, joined with others, in a container that knows no clock."""

import io
import zipfile
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from kcbx_docs.problems import UserError
from kcbx_docs.render.container import pack, write_container
from kcbx_docs.render.docx import WordTemplate, load_template
from kcbx_docs.render.joining import join_sections, section_of
from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.render.text import docx_paragraphs
from kcbx_docs.render.wordfile import package

LAYOUT = LAYOUTS["学校通知"]
RUN = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>'


def template(body: str, header: str | None = None) -> WordTemplate:
    """Make a Word template of a body, tags and all."""
    return load_template(package(LAYOUT, body, "测试", header))


def document(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


def is_valid(data: bytes, tmp_path: Path) -> bool:
    path = tmp_path / "文书.docx"
    path.write_bytes(data)
    return OpenXmlValidator().validate(path).errors == []


def test_runs_left_empty_are_dropped_and_others_kept() -> None:
    body = f"<w:p>{RUN % '{{ 甲 }}'}{RUN % '{{ 乙 }}'}<w:r><w:br/></w:r>{RUN % '丙'}</w:p>"
    text = document(template(body).fill({"甲": "", "乙": "有"}))
    assert text.count("<w:r>") == 3
    assert '<w:t xml:space="preserve">有</w:t></w:r><w:r><w:br/></w:r>' in text


def test_a_cell_whose_only_paragraph_is_left_out_still_has_one(tmp_path: Path) -> None:
    conditional = "<w:p><w:r><w:t>{%p if 甲 %}</w:t></w:r></w:p><w:p><w:r><w:t>有</w:t></w:r></w:p><w:p><w:r><w:t>{%p endif %}</w:t></w:r></w:p>"
    body = (
        '<w:tbl><w:tblPr><w:tblW w:w="100" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid>'
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="100" w:type="dxa"/></w:tcPr>{conditional}</w:tc></w:tr></w:tbl><w:p/>'
    )
    filled = template(body)
    assert "<w:p/></w:tc>" in document(filled.fill({"甲": False}))
    assert "<w:p/></w:tc>" not in document(filled.fill({"甲": True}))
    assert is_valid(filled.fill({"甲": False}), tmp_path)


def test_tags_that_break_the_file_are_a_problem_with_a_reason() -> None:
    cell = f"<w:tbl><w:tr><w:tc><w:p>{RUN % '{% endif %}二'}</w:p></w:tc></w:tr></w:tbl>"
    word = template(f"<w:p>{RUN % '{% if 甲 %}一'}</w:p>{cell}<w:p/>").filled({"甲": False})
    assert [problem.code for problem in word.compare(("二",))] == ["REND017"]
    assert "标签放错了位置" in word.compare(("二",))[0].message


@pytest.mark.parametrize("end", ["<w:p/>", '<w:p><w:pPr><w:jc w:val="left"/></w:pPr></w:p>'])
def test_documents_that_end_in_any_way_can_be_joined(end: str, tmp_path: Path) -> None:
    word = template(f"<w:p>{RUN % '{{ 甲 }}'}</w:p>{end}")
    data = join_sections(
        [section_of(word.filled({"甲": name})) for name in "一二三"], duplex=True, title="合并"
    )
    assert docx_paragraphs(data) == ("一", "二", "三")
    assert document(data).count("<w:sectPr>") == 3
    assert document(data).count('<w:pgNumType w:start="1"/>') == 3
    assert is_valid(data, tmp_path)


def test_a_header_that_differs_cannot_be_joined_but_the_same_one_can() -> None:
    word = template("<w:p/>", f"<w:p>{RUN % '{{ 机关 }}'}</w:p>")
    same = [section_of(word.filled({"机关": "青石中学"}))] * 2
    assert docx_paragraphs(join_sections(same, duplex=False, title="函")) == ("青石中学",)
    with pytest.raises(UserError) as stopped:
        join_sections(
            [same[0], section_of(word.filled({"机关": "白沙小学"}))], duplex=False, title="函"
        )
    assert [problem.code for problem in stopped.value.problems] == ["REND040"]


def test_templates_of_one_look_have_one_base() -> None:
    one, other = template("<w:p/>"), template(f"<w:p>{RUN % '别的'}</w:p>")
    form = load_template(package(LAYOUTS["表格"], "<w:p/>", "测试"))
    assert one.base == other.base != form.base


def test_the_container_is_read_by_others_and_is_the_same_every_time() -> None:
    parts = {"[Content_Types].xml": "<x/>", "word/图.txt": "汉字" * 999, "空": b""}
    data = write_container(pack(name, content) for name, content in parts.items())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(parts)
        assert archive.read("word/图.txt").decode() == "汉字" * 999
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert data == write_container(pack(name, content) for name, content in parts.items())

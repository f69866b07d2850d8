"""The eleven ways in which docxtpl alone loses text without a word; here none of them is silent."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from kcbx_docs.cli import kcbx
from kcbx_docs.filing.render import render_file
from kcbx_docs.papers.files import Wanted
from kcbx_docs.problems import UserError
from kcbx_docs.render.text import docx_paragraphs
from tests.packs.templates import lint_body, spots
from tests.papers.probe import CASE, workspace

DAY = Wanted(date(2026, 10, 8), ("probe",), ("docx",))
EVIDENCE = CASE + '证据: [{名称: "%s"}]\n'


def printed(case: Path) -> tuple[str, ...]:
    (file,) = (f for f in render_file(case, DAY).files if f.suffix == ".docx")
    return docx_paragraphs(file.read_bytes())


def refusal(case: Path) -> list[str]:
    with pytest.raises(UserError) as caught:
        render_file(case, DAY)
    assert not (case.parent.parent / "output").exists()
    return [f"{p.code} {p.place}" for p in caught.value.problems]


@pytest.mark.parametrize(
    "value",
    [
        "Smith & Co",
        "<select> x",
        "</w:t></w:r><w:r><w:t>甲",
        "&amp;",
        "甲<br/>乙",
        "]]>",
    ],
)
def test_a_value_is_printed_exactly(tmp_path, value):
    case = workspace(
        tmp_path, '<p>证据：{{ 证据|map(attribute="名称")|顿号 }}。其余不变。</p>', EVIDENCE % value
    )
    assert printed(case) == ("".join(f"证据：{value}。其余不变。".split()),)


def test_tags_in_a_value_are_neither_run_nor_printed(tmp_path):
    case = workspace(
        tmp_path, '<p>{{ 证据|map(attribute="名称")|顿号 }}</p>', EVIDENCE % "{{ 学生.姓名 }}"
    )
    assert refusal(case) == [f"CASE095 {case}:7:11"]


def test_tags_that_a_template_puts_together_are_told_with_the_case_and_the_paper(tmp_path):
    case = workspace(tmp_path, """<p>{{ "{" }}{{ "{" }}甲{{ "}" }}}</p>""", EVIDENCE % "甲")
    with pytest.raises(UserError) as caught:
        render_file(case, DAY)
    told = [p for p in caught.value.problems if p.code == "REND015"]
    assert told and all(p.subject.startswith(f"{case}《") for p in told)


@pytest.mark.pdf
@pytest.mark.parametrize("value", ["Smith & Co", "<select> x"])
def test_a_value_is_printed_exactly_in_the_pdf_too(tmp_path, value):
    import pypdfium2

    case = workspace(
        tmp_path, '<p>证据：{{ 证据|map(attribute="名称")|顿号 }}。其余不变。</p>', EVIDENCE % value
    )
    (file,) = (
        f
        for f in render_file(case, Wanted(DAY.day, ("probe",), ("pdf",))).files
        if f.suffix == ".pdf"
    )
    text = pypdfium2.PdfDocument(file)[0].get_textpage().get_text_range()
    assert f"证据：{value}。其余不变。".replace(" ", "") in text.replace(" ", "")


def test_a_misspelt_name_is_an_error_with_the_name_that_was_meant(tmp_path):
    body = "<p>甲</p>\n<p>学生{{ 学生.姓各 }}</p>"
    (found,) = lint_body(tmp_path / "packs", body)
    assert (found.code, str(found.place)) == ("TMPL020", "national/documents/probe.html:8:12")
    assert "是不是「学生.姓名」" in found.hint
    assert refusal(workspace(tmp_path, body)) == ["TMPL020 national/documents/probe.html:8:12"]


def test_an_absent_value_is_never_the_word_none(tmp_path):
    body = "<p>年级：{{ 学生.年级 }}</p>"
    assert refusal(workspace(tmp_path, body)) == ["REND011 national/documents/probe.html:7:7"]


@pytest.mark.parametrize(
    "used", ['map(attribute="姓名")', 'selectattr("姓名")', 'rejectattr("姓名")']
)
def test_an_absent_value_is_no_list_without_items(tmp_path, used):
    body = f"<p>甲{{{{ 学生.年级|{used}|list|顿号 }}}}乙</p>"
    assert refusal(workspace(tmp_path, body)) == ["TMPL050 national/documents/probe.html:7:11"]


def test_an_absent_value_may_leave_a_declared_blank(tmp_path):
    body = '<p>年级：<blank name="年级" width="6">{{ 学生.年级 }}</blank>班主任：{{ 学生.班级|默认("未编班") }}</p>'
    assert printed(workspace(tmp_path, body)) == ("年级：班主任：未编班",)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("甲{% if 学生.姓名 %}乙{% endif %}", ["TMPL025 1:1", "TMPL025 1:16"]),
        ("<p>甲</p>\n{% if 学生.姓名 %}旁边的文字\n<p>乙</p>\n{% endif %}", ["TMPL025 2:15"]),
        (
            "<p>甲{% if 学生.姓名 %}</p>\n<p>乙</p>\n<p>{% endif %}丙</p>",
            ["TMPL029 1:5", "TMPL029 3:4"],
        ),
    ],
)
def test_text_beside_a_statement_stops_lint_and_rendering_alike(tmp_path, body, place):
    assert spots(lint_body(tmp_path / "packs", body)) == place
    assert [spot.split()[0] for spot in refusal(workspace(tmp_path, body))] == [
        spot.split()[0] for spot in place
    ]


def test_text_beside_a_statement_inside_a_paragraph_is_printed(tmp_path):
    assert printed(workspace(tmp_path, "<p>甲{% if 学生.姓名 %}乙{% endif %}丙</p>")) == ("甲乙丙",)


def test_arithmetic_with_percent_has_a_place(tmp_path):
    assert spots(
        lint_body(tmp_path, "<p>甲</p>\n<p>{% if 学生.年龄 % 2 == 0 %}双{% endif %}</p>")
    ) == ["TMPL030 2:4"]


@pytest.mark.parametrize(
    ("body", "code", "columns"),
    [
        ("<p>｛｛ 学生.姓名 ｝｝</p>", "TMPL001", (4, 13)),
        ("<p>{{ 学生．姓名 }}</p>", "TMPL003", (9,)),
        ("<p>{{ 学生，姓名 }}</p>", "TMPL003", (9,)),
        ("<p>{{ 学生.姓名 }</p>", "TMPL005", (4,)),
    ],
    ids=["full-width braces", "full-width dot", "full-width comma", "unbalanced brace"],
)
def test_slips_of_the_input_method_stop_lint_and_rendering_alike(tmp_path, body, code, columns):
    assert spots(lint_body(tmp_path / "packs", body)) == [
        f"{code} 1:{column}" for column in columns
    ]
    assert refusal(workspace(tmp_path, body)) == [
        f"{code} national/documents/probe.html:7:{column}" for column in columns
    ]


def test_a_vertical_tab_is_refused_when_the_case_is_read(tmp_path):
    case = workspace(tmp_path, "<p>{{ 学生.姓名 }}</p>", CASE.replace("普云飞", "普\u000b云飞"))
    assert refusal(case) == [f"READ012 {case}:4:11"]


def test_a_broken_template_ends_the_command_with_1_and_says_where(tmp_path):
    case = workspace(tmp_path, "<p>{{ 学生.姓名 }</p>")
    done = CliRunner().invoke(kcbx, ["render", str(case), "--doc", "probe", "--format", "docx"])
    assert done.exit_code == 1
    assert "national/documents/probe.html:7:4: [TMPL005] 大括号「{{」没有配对" in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "output").exists()

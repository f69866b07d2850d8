"""One rule for line breaks, tabs and spaces in values, whatever the format.

They are kept in the cells of tables and joined in a sentence; what cannot be joined is told.
"""

import pytest

from kcbx_docs.handwriting.characters import forbidden
from kcbx_docs.packs.flatten import flatten
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.docx import FilledWord, load_template
from kcbx_docs.render.fill import fill
from kcbx_docs.render.html import to_html
from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.render.text import lines
from tests.packs.conftest import chain, packs  # noqa: F401

BODY = (
    '<h1>劝返记录</h1>\n<p class="平段">经查：\n  {{ 值 }}。</p>\n'
    '<table widths="1 3"><tr><th>内　容</th><td>{{ 值 }}</td></tr></table>\n'
    '<p class="平段">地址：<blank name="地址" width="6">{{ 值 }}</blank></p>'
)


@pytest.fixture
def flat(chain):  # noqa: F811
    front = "---\n编号: visit\n标题: 劝返记录\n版式: 表格\n一份对应: 案件\n---\n"
    return flatten(chain({"national/documents/visit.html": front + BODY}), "visit")


def filled(flat, value: str) -> tuple[tuple[str, ...], FilledWord]:
    """Return the paragraphs of the source and the Word file that holds them too."""
    done, problems = fill(flat, {"值": value})
    assert problems == () and done is not None
    word = load_template(compile_docx(flat, LAYOUTS["表格"])).filled({"值": value})
    assert word.compare(lines(done.root)) == ()
    page, problems = to_html(done.root, LAYOUTS["表格"], done_place(flat))
    assert problems == () and page is not None
    assert page.html.count("<br>") == "".join(lines(done.root)).count("\n")
    return lines(done.root)[1:], word


def done_place(flat):
    return flat.place(0)


@pytest.mark.parametrize(
    ("value", "sentence", "cell"),
    [
        ("青石镇\n石板村", "青石镇石板村", "青石镇\n石板村"),
        ("青石镇\n\t石板村", "青石镇石板村", "青石镇\n石板村"),
        ("用  两个空格和\t一个制表符", "用两个空格和一个制表符", "用两个空格和一个制表符"),
        (
            "第一句。\n　　第二句，另起一行",
            "第一句。第二句，另起一行",
            "第一句。\n第二句，另起一行",
        ),
        ("末尾的换行不算\n", "末尾的换行不算", "末尾的换行不算"),
        ("王<b>&\n小明", "王<b>&小明", "王<b>&\n小明"),
    ],
)
def test_cells_keep_the_lines_of_a_value_and_sentences_join_them(flat, value, sentence, cell):
    found, _ = filled(flat, value)
    assert found == (f"经查：{sentence}。", "内容", cell, f"地址：{sentence}")


def test_latin_words_of_two_lines_stay_two_words(flat):
    done, _ = fill(flat, {"值": "No. 12\nMain   Street"})
    assert "No. 12 Main Street" in done.root.text()
    word = load_template(compile_docx(flat, LAYOUTS["表格"])).filled(
        {"值": "No. 12\nMain   Street"}
    )
    assert "No. 12 Main Street" in word.texts["word/document.xml"]


LISTED = "第一段，有  两个空格。\n\n　　第二段前有全角空格。\n1. 列一\n2. 列二"


def test_paragraphs_and_lists_are_refused_in_a_sentence_and_kept_in_a_table(flat, chain):  # noqa: F811
    done, problems = fill(flat, {"值": LISTED})
    assert done is None
    assert {problem.code for problem in problems} == {"REND019"}
    assert "⏎1. 列一" in problems[0].message
    table = BODY[BODY.index("<table") : BODY.index("</table>") + 8]
    front = "---\n编号: visit\n标题: 笔录\n版式: 表格\n一份对应: 案件\n---\n"
    alone = flatten(chain({"national/documents/visit.html": f"{front}<h1>一</h1>{table}"}), "visit")
    found, word = filled(alone, LISTED)
    assert found[1].split("\n") == [
        "第一段，有两个空格。",
        "",
        "第二段前有全角空格。",
        "1.列一",
        "2.列二",
    ]
    assert word.texts["word/document.xml"].count("<w:br/>") == 4


def test_a_lost_line_break_is_found_by_the_proof(flat):
    done, _ = fill(flat, {"值": "两\n行"})
    word = load_template(compile_docx(flat, LAYOUTS["表格"])).filled({"值": "两行"})
    assert [p.code for p in word.compare(lines(done.root))] == ["REND017"]


@pytest.mark.parametrize(
    "char", "\u2028\u2029\u00ad\u200c\u200d\u3164\u1160\uffa0\u2800\u034f", ids=ascii
)
def test_what_is_drawn_as_nothing_or_breaks_a_line_in_one_program_only_is_refused(char):
    assert forbidden(char)


@pytest.mark.parametrize("char", "\u3000\u00a0\u00b7—䶮\U00020bb7\u0e01\u180b", ids=ascii)
def test_spaces_dots_and_rare_letters_stay_allowed(char):
    assert not forbidden(char)

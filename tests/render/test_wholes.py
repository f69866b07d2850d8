"""Dates, numbers and names in narrow cells: whole in Word and LibreOffice, as in the PDF."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcbx_docs.packs.flatten import flatten
from kcbx_docs.render import wholes
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.docx import compare, load_template
from kcbx_docs.render.fill import broken_lines, fill
from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.render.text import docx_paragraphs, lines, paragraphs
from tests import matrix
from tests.packs.conftest import chain, packs  # noqa: F401
from tests.render.paper import tree

LAYOUT = LAYOUTS["表格"]  # cells of 12 pt


def broken(text: str, ems: float, *, names=()) -> list[str]:
    """Return the lines of a text in a cell that is so many characters wide."""
    width = ems * 12 + 8.5
    left = LAYOUT.text_width - width
    root = tree(f'<table widths="{width} {left}"><tr><td>{text}</td><td>别的</td></tr></table>')
    wholes.keep_whole(root, LAYOUT, {"人": [{"姓名": name} for name in names]})
    return lines(root)[0].split("\n")


@pytest.mark.parametrize(
    ("text", "ems", "told"),
    [
        ("白有福、罗玉芬", 5, ["白有福、", "罗玉芬"]),
        ("云岭县青石中学八年级2班", 10, ["云岭县青石中学", "八年级2班"]),
        ("学校书面报告（2026年9月10日）", 12, ["学校书面报告", "（2026年9月10日）"]),
        # a number that is not given yet
        (
            "辍学的报告（厂口中报〔2026〕\u2003\u2003号）",
            13,
            ["辍学的报告", "（厂口中报〔2026〕号）"],
        ),
        ("《催告书》（柏政催〔2026〕1号）", 11, ["《催告书》", "（柏政催〔2026〕1号）"]),
        ("已经缴纳罚款800元", 7.9, ["已经缴纳罚款", "800元"]),
        ("请打电话0877-0000013", 8, ["请打电话", "0877-0000013"]),
        # in the narrowest cells by meaning: after the month
        ("2026年10月13日", 6, ["2026年10月", "13日"]),
    ],
)
def test_a_line_ends_before_what_would_be_torn_apart(text, ems, told):
    assert broken(text, ems) == told


@pytest.mark.parametrize(
    ("text", "ems"),
    [
        ("2026年10月13日", 12),  # there is room
        ("没有日期也没有人名的一段很长的话，随处可以断行", 7),
        ("学校书面报告", 4),  # words may break where they like
    ],
)
def test_other_lines_are_left_to_the_reader(text, ems):
    assert broken(text, ems) == [text]


def test_names_are_known_from_the_facts():
    text = "当日上门，阿依古丽拒绝签收"
    assert broken(text, 7.5, names=["阿依古丽"]) == ["当日上门，", "阿依古丽拒绝签收"]
    assert broken(text, 7.5) == [text]


def test_equal_words_are_broken_alike_and_not_at_all_where_they_are_a_sentence_of_their_own():
    """A Word file is broken by its words: it does not know in which column they stand."""
    narrow = '<table widths="9 31"><tr><td>{0}</td><td>{0}</td></tr></table>'.format(
        "甲乙丙丁罚款800元"
    )
    root = tree(narrow)
    wholes.keep_whole(root, LAYOUT, {})
    assert len(set(lines(root))) == 1 and "\n" in lines(root)[0]
    root = tree(f"{narrow}<p>甲乙丙丁罚款800元</p>")
    wholes.keep_whole(root, LAYOUT, {})
    assert wholes.broken_cells(root) == {}


def test_a_word_file_has_the_lines_of_the_source(chain):  # noqa: F811
    source = (
        "---\n编号: slip\n标题: 表\n版式: 表格\n一份对应: 案件\n---\n<h1>表</h1>\n"
        '<table widths="30 70"><tr><td>{{ 文书.日期 }} {{ 文书.时间 }}</td>'
        '<td><blank name="人" width="4" class="格">{{ 文书.人 }}</blank></td></tr></table>'
    )
    flat = flatten(chain({"national/documents/slip.html": source}), "slip")
    people = "、".join(["岩温香", "段正兴", "陈雪梅"] * 5)
    facts = {"文书": {"日期": "2026年10月12日", "时间": "9时00分", "人": people}}
    filled, problems = fill(flat, facts)
    assert filled and problems == ()
    date, names = lines(filled.root)[1:]
    assert date == "2026年10月12日\n9时00分" and "\n" in names
    assert all(line.endswith(("、", "梅")) for line in names.split("\n"))
    template = load_template(compile_docx(flat, LAYOUT))
    word = template.filled(facts, broken_lines(filled.root))
    assert compare(lines(filled.root), word.paragraphs()) == ()
    assert docx_paragraphs(word.data()) == paragraphs(filled.root)


@pytest.mark.parametrize("pack", ["national", "yunnan/yuxi"])
def test_no_cell_of_a_sample_tears_a_date_a_number_or_a_name_apart(pack):
    """Counted as wide and as narrow as readers set the lines; numbers of papers may break at 〔,
    a name that fits in no line after its ·.
    """
    torn = []
    for sample, made in matrix.made(pack)[0]:
        names = wholes.names_in(made.context)
        for cell in wholes._cells(made.filled.root, made.layout, made.layout.text_width):
            torn += [(sample.name, text) for text in torn_in(cell, names)]
    assert torn == []


def torn_in(cell, names):
    text = "".join(wholes.with_breaks(cell.paragraph))
    spans = [span for span in wholes._spans(text, names) if "〔" not in text[slice(*span)]]
    for between, spare in product(wholes._GAPS, wholes._SPARE):
        steps, room = wholes._steps(text, cell.style, between), cell.width - spare
        start = 0
        while start < len(text):
            start = wholes._line_end(text, steps, room, start, ())
            if text[start - 1] != "·":
                yield from (text for first, last in spans if first < start < last)


def test_a_date_alone_in_a_cell_never_needs_a_second_line():
    """Columns for dates are as wide as the longest date in LibreOffice."""
    for _, made in matrix.made("national")[0]:
        for cell in wholes._cells(made.filled.root, made.layout, made.layout.text_width):
            text = cell.paragraph.text()
            if re.fullmatch(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日", text):
                longest = wholes._steps("2026年10月13日", cell.style, wholes._GAPS[0])
                assert sum(map(sum, longest)) < cell.width, (made.paper.name, text)


def test_columns_share_the_width_and_cells_from_above_go_on():
    root = tree(
        '<table widths="1 2 1"><tr><td rowspan="2">甲</td><td colspan="2">乙</td></tr>'
        "<tr><td>丙</td><td>丁</td></tr></table>"
    )
    widths = {c.paragraph.text(): c.width for c in wholes._cells(root, LAYOUT, 400)}
    assert widths == {"甲": 91.5, "乙": 291.5, "丙": 191.5, "丁": 91.5}


WRITTEN = st.text(alphabet="青石镇白沙村年月日号班·（）〔〕、，“”%-. aZ019０\n䶮", max_size=40)


@given(WRITTEN, st.integers(20, 200))
def test_where_a_line_ends_depends_on_the_kinds_of_characters_alone(text, width):
    """Many addresses are one shape: where it breaks is worked out once."""
    style, spans = LAYOUT.style("表文"), tuple(wholes._spans(text, ()))
    shape = text.translate(wholes._SHAPES)
    assert len(shape) == len(text)
    found = [wholes._breaks_of(words, spans, style, float(width)) for words in (shape, text)]
    assert found[0] == found[1]


def test_names_of_one_paper_after_another_are_those_of_each():
    school, names = {"校长": {"姓名": "周明明"}}, wholes.Names()
    for pupil in ("普云飞", "王小明", "普云飞"):
        facts = {
            "学校": school,
            "学生": {"姓名": pupil, "监护人": ({"姓名": "普大明"},)},
            "姓名": "甲乙",
        }
        assert names.of(facts) == wholes.names_in(facts)

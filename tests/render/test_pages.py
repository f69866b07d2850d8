"""Pages as they are used: signed, sealed, torn off, handed back."""

import io
import re
import zipfile

import pytest

from kcbx_docs.packs.chain import shipped_root
from kcbx_docs.packs.flatten import flatten
from kcbx_docs.packs.structure import check_structure
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.docx import load_template
from kcbx_docs.render.styles import LAYOUTS
from tests.packs.conftest import chain, packs  # noqa: F401
from tests.render.looks import crowded_seals, gaps, thin_pages
from tests.render.measure import MM, pages, rules
from tests.render.paper import printed, tree

HANDED_BACK = '<p class="附件标记" newpage="sheet">回执</p><p>收文单位填写后退回</p>'
SIGNED = '<p class="署名">青石镇人民政府</p><p class="成文日期">2026年9月1日</p>'
BOX = '<div keep="1"><table widths="3 13"><tr height="5"><th>意见</th><td></td></tr></table></div>'
FRONT = "---\n编号: slip\n标题: 通知\n版式: {}\n一份对应: 案件\n---\n<h1>通知</h1><p>正文</p>"


def word(chain, layout: str, body: str) -> str:  # noqa: F811
    """Return the body of a Word file."""
    source = {"national/documents/slip.html": FRONT.format(layout) + body}
    flat = flatten(chain(source), "slip")
    assert check_structure(flat, tuple(LAYOUTS[layout].styles)) == ()
    data = load_template(compile_docx(flat, LAYOUTS[layout])).fill({})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


@pytest.mark.pdf
@pytest.mark.parametrize(("paragraphs", "count"), [(3, 3), (30, 3), (50, 5)])
def test_what_is_handed_back_starts_a_sheet_of_its_own(paragraphs, count):
    sheets = pages(printed("<p>义务教育</p>" * paragraphs + HANDED_BACK))
    assert len(sheets) == count
    assert sheets[-1][0].text == "回执"
    if paragraphs != 30:  # a blank back bears no page number either
        assert sheets[-2] == ()


def test_word_starts_it_on_an_odd_page_and_repeats_no_letterhead(chain):  # noqa: F811
    text = word(chain, "函", HANDED_BACK)
    first, second = re.findall(r"<w:sectPr>.*?</w:sectPr>", text)
    assert 'w:val="nextPage"' in first and "<w:titlePg/>" in first
    assert 'w:val="oddPage"' in second and "<w:titlePg/>" not in second
    plain = word(chain, "函", HANDED_BACK.replace("sheet", "1"))
    assert plain.count("<w:sectPr>") == 1 and "<w:pageBreakBefore/>" in plain


def test_no_template_lets_a_slip_be_printed_on_the_back_of_the_sealed_page():
    for path in shipped_root().rglob("*.html"):
        for opening in re.findall(
            r'<[a-z0-9]+[^>]*newpage="1"[^>]*>[^<]*', path.read_text("utf-8")
        ):
            assert not re.search("回执|意见书", opening), (path.name, opening)


def test_the_report_of_a_school_repeats_nothing_before_the_phrase_that_closes_it():
    """Nobody knew whether a danger stood there: in Word all requests went to the next page too."""
    text = (shipped_root() / "national/documents/dropout-report.html").read_text("utf-8")
    (before,) = re.findall(r"(\S[^\n]*)\n<p>特此", text)
    assert before.startswith("<p>")


@pytest.mark.pdf
@pytest.mark.parametrize("paragraphs", range(10, 23, 3))
@pytest.mark.parametrize("tail", [SIGNED, SIGNED + BOX, SIGNED + '<p class="表注">附记</p>', ""])
def test_the_last_page_says_something_and_the_seal_has_room(paragraphs, tail):
    body = "<p>义务教育</p>" * paragraphs + f"<p>{'最后一段有好几行字，' * 12}</p>" + tail
    data = printed(body)
    sheets = pages(data)
    assert list(thin_pages(sheets, tree(body), LAYOUTS["执法文书"])) == []
    for number, page in enumerate(sheets):
        assert list(crowded_seals(page, rules(data, number), ["2026年9月1日"])) == []


@pytest.mark.pdf
def test_the_cut_line_of_a_notice_does_not_go_through_its_seal():
    slip = '<div class="回执" foot="1" keep="1"><p class="裁切线">沿此线剪下</p></div>'
    data = printed("<p>告知</p>" * 22 + SIGNED + slip, "学校通知")
    assert len(pages(data)) == 1
    page = pages(data)[0]
    date = next(line for line in page if line.text == "2026年9月1日")
    cut = next(line for line in page if line.text == "沿此线剪下")
    dashes = [rule[1] for rule in rules(data, 0) if rule[1] > date.baseline]
    assert min(dashes) - (date.ink_top + date.ink_bottom) / 2 > 21 * MM
    assert cut.ink_top > min(dashes)


def test_the_cut_line_of_a_word_file_has_the_same_distance(chain):  # noqa: F811
    from kcbx_docs.render.word import paragraph_xml, twips

    for layout in LAYOUTS.values():
        xml = paragraph_xml(layout.style("裁切线"), layout)
        before = int(re.search(r'w:before="(\d+)"', xml)[1])
        assert before >= twips(17 * MM)


def test_word_keeps_the_last_lines_with_their_signature_and_the_end_of_a_box_with_nothing(
    chain,  # noqa: F811
):
    last = "末段有好几行字，" * 4
    text = word(chain, "执法文书", f"{BOX}<p>中间</p><p>{last}</p>{SIGNED}{BOX}")
    kept = [("<w:keepNext/>" in p, re.sub("<[^>]*>", "", p)) for p in paragraphs_of(text)]
    told = {words: keep for keep, words in kept if words}
    assert told[last] and told["2026年9月1日"]
    assert not told["中间"] and not told["意见"]


def paragraphs_of(text: str) -> list[str]:
    return re.findall(r"<w:p>.*?</w:p>", text)


def test_a_group_with_sentences_of_its_own_does_not_draw_the_last_page_to_itself(chain):  # noqa: F811
    """A chain that is longer than a page breaks anywhere: the day stood alone."""
    group = f'<div keep="1"><p>请法院依法裁判。</p><p class="此致">此致</p>{SIGNED}</div>'
    text = word(chain, "法院文书", f"<p>{'前面一段' * 40}</p>{group}")
    first, *rest = [p for p in paragraphs_of(text) if "前面" in p or "裁判" in p]
    assert "<w:keepNext/>" not in first and all("<w:keepNext/>" in p for p in rest)


def test_what_is_signed_below_a_table_stays_with_its_last_row(chain):  # noqa: F811
    """With 28 pieces of evidence, a page held nothing but the promise that all is true."""
    rows = "".join(f"<tr><td>{name}</td></tr>" for name in ("甲行", "乙行", "末行"))
    group = '<div keep="1"><p>本人对内容负责。</p><p class="签名行">具状人</p></div>'
    for closing, kept in ((group, ["末行"]), ("<p>本人对内容负责。</p>", [])):
        text = word(chain, "表格", f'<table widths="1">{rows}</table>{closing}<p>后文</p>')
        told = [p for p in paragraphs_of(text) if "行</w:t>" in p and "<w:keepNext/>" in p]
        assert [re.sub("<[^>]*>", "", p) for p in told] == kept


def test_a_row_that_a_template_repeats_draws_no_page_along(chain):  # noqa: F811
    """Of a list of two hundred pupils every row stayed with the next: the first page was empty."""
    row = "<tr><td>{{ 项 }}行</td></tr>"
    rows = f'{{% for 项 in ["甲"] %}}{row}{{% else %}}<tr><td>空行</td></tr>{{% endfor %}}'
    text = word(
        chain, "横表", f'<table widths="1"><tr header="1"><th>头</th></tr>{rows}</table>{BOX}'
    )
    told = [p for p in paragraphs_of(text) if "行</w:t>" in p and "空" not in p]
    assert told and not any("<w:keepNext/>" in p for p in told)


def test_enclosures_stay_together_with_the_words_before_them_but_draw_no_loop_along(chain):  # noqa: F811
    listed = '<p class="附件说明">附件：1.甲</p><p class="附件说明">2.乙</p>'
    kept = word(chain, "函", f"<p>前</p><p>特此报告。</p>{listed}{SIGNED}")
    told = {re.sub("<[^>]*>", "", p): "<w:keepNext/>" in p for p in paragraphs_of(kept)}
    assert told["特此报告。"] and told["附件：1.甲"]
    assert told["前"], "no page with 特此报告 and enclosures alone"
    longer = f"<p>{'前面说的是别的事' * 4}</p>"
    text = word(chain, "函", f"<p>再前</p>{longer}{listed}{SIGNED}")
    assert ["<w:keepNext/>" in p for p in paragraphs_of(text) if "前" in p] == [False, True]
    looped = "{% for 段 in [1, 2] %}<p>每段</p>{% endfor %}"
    text = word(chain, "函", f"{looped}{listed}{SIGNED}")
    assert not any("<w:keepNext/>" in p for p in paragraphs_of(text) if "每段" in p)


IMPRINT = (
    '{% if 1 == 1 %}<p class="抄送">抄送：县人民政府。</p>{% endif %}'
    '<p class="印发">县教育局<tab/>2026年8月19日印发</p>'
)


def test_the_imprint_of_a_word_file_has_three_rules_as_wide_as_the_type_area(chain):  # noqa: F811
    text = word(chain, "公文", SIGNED + IMPRINT)
    lines = [p for p in paragraphs_of(text) if "framePr" in p]
    rules = [re.search(r'w:fill="000000".*w:line="(\d+)"', p) for p in lines]
    assert [int(rule[1]) if rule else 0 for rule in rules] == [20, 0, 15, 0, 20]
    assert len(set(re.findall("<w:framePr[^>]*>", text))) == 1
    assert not any("<w:ind" in p for p in lines if "000000" in p)
    alone = word(chain, "公文", SIGNED + IMPRINT.replace("1 == 1", "1 == 2"))
    rules = re.findall(r'w:fill="000000"/><w:spacing [^>]*w:line="(\d+)"', alone)
    assert rules == ["20", "20"]


def test_who_signed_an_upward_paper_stands_across_from_its_number(chain):  # noqa: F811
    head = '<p class="发文字号">青中报〔2026〕3号<tab/>签发人：<span class="楷体">沈国良</span></p>'
    paragraph = next(p for p in paragraphs_of(word(chain, "公文", head)) if "签发人" in p)
    stop, first = re.search(r'w:val="right" w:pos="(\d+)".*w:firstLine="(\d+)"', paragraph).groups()
    assert int(stop) + int(first) == pytest.approx(156 / 25.4 * 1440, abs=2)
    assert '<w:jc w:val="left"/>' in paragraph and 'w:left="0" w:right="0"' in paragraph


def test_word_is_told_the_lines_of_prose_pages_and_of_no_others(chain):  # noqa: F811
    assert '<w:docGrid w:type="lines" w:linePitch="579"/>' in word(chain, "公文", SIGNED)
    assert "docGrid" not in word(chain, "表格", BOX)


@pytest.mark.pdf
@pytest.mark.parametrize("paragraphs", range(12, 24, 2))
def test_what_closes_a_paper_leaves_no_half_blank_page_behind(paragraphs):
    """A box that says what it is stands alone; a signature takes two lines along, no paragraph."""
    box = BOX.replace("<table", "<p>受送达人的意见写在下面。</p><table")
    group = f'<div keep="1"><p>{"理由有好几行字，" * 12}</p><p class="此致">此致</p>{SIGNED}</div>'
    long = f"<p>{'最后一段有好几行字，' * 12}</p>"
    for layout, tail in (("执法文书", long + SIGNED + box), ("法院文书", group)):
        body = "<p>义务教育</p>" * paragraphs + tail
        sheets = pages(printed(body, layout))
        assert list(gaps(sheets, tree(body), LAYOUTS[layout])) == []
        assert list(thin_pages(sheets, tree(body), LAYOUTS[layout])) == []

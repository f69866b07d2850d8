"""Where things stand on the sheet, measured on the PDF: GB/T 9704-2012."""

import itertools

import pytest

from kcbx_docs.render.fonts import css_family
from kcbx_docs.render.styles import LAYOUTS
from tests.render.looks import WIDEST, is_flush, stretched
from tests.render.measure import MM, Line, ink, pages, rules
from tests.render.paper import ARTICLE, fonts, printed

pytestmark = pytest.mark.pdf

LEFT, RIGHT, TOP, BOTTOM = 28 * MM, 184 * MM, 37 * MM, 262 * MM


def first_font(role: str) -> str:
    return css_family(fonts().chain(role)[0])


def prose(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines within the type area."""
    return tuple(line for line in lines if TOP < line.baseline < BOTTOM)


def test_a_full_page_of_prose_has_22_lines_of_28_characters() -> None:
    data = printed(f'<p class="平段">{"义务教育" * 400}</p>')
    first = prose(pages(data)[0])
    assert len(first) == 22
    assert {len(line.chars) for line in first} == {28}
    assert first[1].baseline - first[0].baseline == pytest.approx(28.95, abs=0.01)


def test_margins_are_37_28_26_35_millimetres() -> None:
    data = printed(f'<p class="平段">{"国" * 3000}</p>')
    lines = prose(pages(data)[1])
    assert {round(line.left / MM, 1) for line in lines} == {28.0}
    assert {round((210 * MM - line.right) / MM, 1) for line in lines} == {26.0}
    leading = (28.95 - 16) / 2
    assert lines[0].baseline - 0.88 * 16 - leading == pytest.approx(TOP, abs=0.5)
    assert BOTTOM - 28.95 < lines[-1].baseline + 0.12 * 16 + leading <= BOTTOM


MIXED = {
    "逗号和书名号": ARTICLE * 3,
    "数字和拉丁字母": "自2026年9月1日起至2026年10月20日，身份证号530102201001011234，见PDF/A及e-mail address，共50%，第①②③项"
    * 3,
    "填空": '学生<blank name="姓名" width="8">李小花</blank>，现住<blank name="住址" width="6"/>，监护人<blank name="监护人" width="6">张大山</blank>'
    * 6,
    "填空写不下": '现住<blank name="住址" width="6">云岭县青石镇石板村民委员会上寨村民小组12号，靠近水库</blank>，联系方式不详，'
    * 5,
    "换字体": '应当<span class="楷体">依法送其入学</span>，于<b>2026年10月20日前</b>送回，<span class="下划线">不得拖延</span>，'
    * 6,
    "生僻字": "陶喆、王堃、李䶮、张㛃、阿依·古丽，均应入学；" * 6,
    "引号破折号省略号": "“控辍保学”工作——“一个都不能少”……‘应返尽返’；" * 7,
    "全角空格": "年　　月　　日，签名　　　　，" * 14,
    "长网址": "请登录 http://example.com/notices/2026/09/01/index.html?school=qingshi&amp;class=82&amp;kind=notice-of-liability 查询，"
    * 3,
}


@pytest.mark.parametrize("text", MIXED.values(), ids=list(MIXED))
def test_every_full_line_ends_at_the_right_edge(text: str) -> None:
    data = printed(f"<p>{text}</p>")
    lines = prose(pages(data)[0])
    assert len(lines) > 3
    for line in lines[:-1]:
        drawn = [char.right for char in line.chars if char.text != "\u3000"]
        under = [
            right
            for left, top, right, bottom in rules(data, 0)
            if top < line.baseline + 6 and bottom > line.baseline
        ]
        assert is_flush(line, RIGHT, drawn + under), line.text
        assert max(stretched(line), default=0) <= WIDEST, line.text


def test_the_last_line_is_not_stretched() -> None:
    last = prose(pages(printed(f'<p class="平段">{"义" * 28}{"务" * 14}</p>'))[0])[-1]
    steps = {
        round(after.left - before.left, 1)
        for before, after in zip(last.chars, last.chars[1:], strict=False)
    }
    assert steps == {15.8}


def test_no_comma_starts_a_line_and_no_bracket_ends_one() -> None:
    data = printed(
        "".join(
            f'<p class="平段">{"义" * n}，务（教）育。“法”阿依·古丽{"规" * 30}</p>'
            for n in range(20, 30)
        )
    )
    for page in pages(data):
        for line in prose(page):
            assert line.text[0] not in "，。）”·"
            assert line.text[-1] not in "（“"


def test_lines_keep_their_height_whatever_fonts_stand_in_them() -> None:
    mixed = '<b>黑体</b><span class="楷体">楷体</span><span class="小标宋">标宋</span>喆堃䶮ABC<blank name="空" width="3">空</blank>'
    lines = prose(pages(printed("".join(f"<p>第{n}行{mixed}</p>" for n in range(22))))[0])
    assert len(lines) == 22
    assert {round(b.baseline - a.baseline, 2) for a, b in itertools.pairwise(lines)} == {28.95}


def test_page_numbers_stand_outside_7_millimetres_below_the_text() -> None:
    odd, even, *_ = [page[-1] for page in pages(printed("<p>义务教育</p>" * 50))]
    assert (odd.text, even.text) == ("—1—", "—2—")
    assert odd.right == pytest.approx(RIGHT - 14, abs=0.5)
    assert even.left == pytest.approx(LEFT + 14, abs=0.5)
    dash = odd.chars[0]
    assert (dash.ink_top + dash.ink_bottom) / 2 == pytest.approx(BOTTOM + 7 * MM, abs=1)


def test_forms_count_their_pages_and_notices_do_not() -> None:
    form = [page[-1].text for page in pages(printed("<p>送达回证</p>" * 50, "表格"))]
    assert form == ["第1页\u3000共2页", "第2页\u3000共2页"]
    assert pages(printed("<p>告知</p>", "学校通知"))[0][-1].text == "告知"


IMPRINT = '<p class="抄送">抄送：云岭县人民政府办公室，云岭县妇联。</p><p class="印发">云岭县教育体育局办公室<tab/>2026年9月1日印发</p>'


@pytest.mark.parametrize(
    ("paragraphs", "count"), [(3, 1), (20, 1), (21, 2), (22, 2), (23, 2), (42, 2), (44, 3)]
)
def test_the_imprint_stands_at_the_foot_of_the_last_page(paragraphs: int, count: int) -> None:
    data = printed("<p>义务教育</p>" * paragraphs + IMPRINT, "公文")
    sheets = pages(data)
    assert len(sheets) == count
    assert sum(line.text == "义务教育" for page in sheets for line in page) == paragraphs
    assert [
        number for number, page in enumerate(sheets, 1) for line in page if "印发" in line.text
    ] == [count]
    copied, printed_by = prose(sheets[-1])[-2:]
    assert printed_by.left == pytest.approx(LEFT + 14, abs=0.5)
    assert printed_by.right == pytest.approx(RIGHT - 14, abs=0.5)
    assert copied.left == pytest.approx(LEFT + 14, abs=0.5)
    drawn = [rule for rule in rules(data, count - 1) if rule[2] - rule[0] > 150 * MM]
    assert max(rule[3] for rule in drawn) == pytest.approx(BOTTOM, abs=0.3)


def test_the_imprint_has_thick_outer_and_thin_inner_rules() -> None:
    bands = [
        bottom - top
        for top, bottom in ink(printed("<p>正文</p>" + IMPRINT, "公文"), 0, dpi=800)
        if bottom - top < 0.5 and top > 200
    ]
    thick, thin, last, *_page_number = bands
    assert thick == pytest.approx(0.35, abs=0.04)
    assert thin == pytest.approx(0.25, abs=0.04)
    assert last == pytest.approx(0.35, abs=0.04)


def test_the_red_head_stands_at_72_millimetres_with_or_without_a_copy_number() -> None:
    body = '<p class="机关标志">云岭县教育体育局文件</p><p class="发文字号">云教体发〔2026〕12号</p><h1>通知</h1><p>正文</p>'
    secret = '<p class="份号">000001</p><p class="密级">机密★1年</p><p class="紧急程度">特急</p>'
    for head in ("", secret):
        data = printed(head + body, "公文")
        mark, rule = ink(data, 0, red=True)
        assert mark[0] == pytest.approx(72, abs=0.4)
        number = next(line for line in pages(data)[0] if "12号" in line.text)
        foot_of_number = (number.baseline + 0.12 * 16) / MM
        assert rule[0] - foot_of_number == pytest.approx(4, abs=0.2)
        assert rule[1] - rule[0] == pytest.approx(0.35, abs=0.15)
    first = pages(data)[0][0]
    assert (first.text, round(first.left / MM, 1)) == ("000001", 28.0)
    assert first.baseline < 47 * MM


def test_a_signer_stands_right_of_the_number() -> None:
    body = '<p class="机关标志">云岭县教育体育局文件</p><p class="发文字号">云教体发〔2026〕12号<tab/>签发人：<span class="楷体">张三</span></p>'
    line = next(line for line in pages(printed(body, "公文"))[0] if "签发人" in line.text)
    assert line.left == pytest.approx(LEFT + 16, abs=0.5)
    assert line.right == pytest.approx(RIGHT - 16, abs=0.5)


LETTER = (
    '<p class="函头">云岭县青石镇中心学校</p><p class="发文字号">青中校函〔2026〕3号</p><h1>报告</h1>'
    + "<p>义务教育</p>" * 24
    + '<p class="抄送">抄送：云岭县妇联。</p>'
)


def test_a_letter_has_its_mark_at_30_millimetres_and_two_double_rules() -> None:
    data = printed(LETTER, "函")
    mark, upper_thick, upper_thin, lower_thin, lower_thick = ink(data, 0, red=True, dpi=600)
    assert mark[0] == pytest.approx(30, abs=0.4)
    assert upper_thick[0] - mark[1] == pytest.approx(4, abs=0.4)
    assert upper_thick[1] - upper_thick[0] > 2 * (upper_thin[1] - upper_thin[0])
    assert lower_thick[1] - lower_thick[0] > 2 * (lower_thin[1] - lower_thin[0])
    assert lower_thick[1] == pytest.approx(297 - 20, abs=0.1)
    assert {(round(rule[0] / MM, 1), round(rule[2] / MM, 1)) for rule in rules(data, 0)} == {
        (20.0, 190.0)
    }


def test_a_letter_has_its_number_right_no_first_page_number_and_no_rules_at_the_imprint() -> None:
    data = printed(LETTER, "函")
    first, second = pages(data)
    number = next(line for line in first if "3号" in line.text)
    assert number.right == pytest.approx(RIGHT, abs=0.5)
    assert not any("—" in line.text for line in first)
    assert second[-1].text == "—2—"
    assert second[-2].text == "抄送：云岭县妇联。"
    assert rules(data, 1) == ()


def test_number_and_secrecy_of_a_letter_stand_below_the_first_rule() -> None:
    data = printed('<p class="份号">000001</p><p class="密级">秘密★1年</p>' + LETTER, "函")
    rule = max(bottom for top, bottom in ink(data, 0, red=True) if bottom < 60)
    lines = pages(data)[0]
    assert lines[1].text == "000001青中校函〔2026〕3号"
    assert (lines[1].left, lines[1].right) == (
        pytest.approx(LEFT, abs=0.5),
        pytest.approx(RIGHT, abs=0.5),
    )
    assert lines[1].baseline - 0.88 * 16 == pytest.approx(rule * MM + 14, abs=1.0)
    assert lines[2].text == "秘密★1年"


def test_an_annex_starts_a_page() -> None:
    data = printed(
        '<p>正文</p><p class="附件标记" newpage="1">附件1</p><p class="附件标题">台账</p>', "公文"
    )
    first, second = pages(data)
    assert [line.text for line in first] == ["正文", "—1—"]
    assert (second[0].text, round(second[0].left / MM, 1), second[0].chars[0].font) == (
        "附件1",
        28.0,
        first_font("黑体"),
    )


def test_a_page_break_before_everything_leaves_no_empty_page() -> None:
    assert len(pages(printed('<h1 newpage="1">标题</h1><p>正文</p>'))) == 1


def test_no_page_holds_a_signature_without_text() -> None:
    for paragraphs in range(16, 23):
        body = (
            "<p>义务教育</p>" * paragraphs
            + f'<p>{"最后一段" * 20}</p><p class="署名">青石镇人民政府</p><p class="成文日期">2026年9月1日</p>'
        )
        for page in pages(printed(body)):
            assert any("义务" in line.text or "最后" in line.text for line in page), paragraphs


def test_a_row_is_not_broken_and_the_head_of_a_table_repeats() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>{'很长的内容' * 12}</td></tr>" for n in range(30))
    data = printed(
        f'<table widths="1 4"><tr header="1"><th>序号</th><th>内容</th></tr>{rows}</table>', "表格"
    )
    sheets = pages(data)
    assert len(sheets) > 1
    assert all(page[0].text == "序号内容" for page in sheets)
    words = [
        "".join(char.text for line in page[1:-1] for char in line.chars if not char.text.isdigit())
        for page in sheets
    ]
    assert sum(map(len, words)) == 30 * 60
    assert all(len(text) % 60 == 0 for text in words)


def test_a_row_has_at_least_the_height_it_asks_for() -> None:
    data = printed('<table widths="1 4"><tr height="5"><th>备注</th><td></td></tr></table>', "表格")
    drawn = rules(data, 0)
    lines = 5 * LAYOUTS["表格"].style("表文").line
    assert max(rule[3] for rule in drawn) - min(rule[1] for rule in drawn) >= lines


def test_a_slip_stands_at_the_foot_of_the_sheet_below_its_cut_line() -> None:
    slip = '<div class="回执" foot="1" keep="1"><p class="裁切线">沿此线剪下</p><p class="回执题">回执</p><p>已收到。</p></div>'
    lines = pages(printed("<p>告知</p>" + slip, "学校通知"))[0]
    assert [line.text for line in lines] == ["告知", "沿此线剪下", "回执", "已收到。"]
    assert lines[-1].baseline > (297 - 15) * MM - 23
    assert lines[0].baseline < 40 * MM


def test_fonts_follow_their_roles() -> None:
    body = "<h1>标题</h1><h2>一、总则</h2><h3>（一）范围</h3><p>正文<b>强调</b></p>"
    found = {line.text[:2]: line.chars[0].font for line in pages(printed(body))[0]}
    roles = {"标题": "小标宋", "一、": "黑体", "（一": "楷体", "正文": "仿宋", "—1": "宋体"}
    assert found == {text: first_font(role) for text, role in roles.items()}

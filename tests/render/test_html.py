"""A tree as HTML: nothing lost, nothing executed, names of classes our own."""

import pytest

from kcbx_docs.packs.markup import Element
from kcbx_docs.problems import Place
from kcbx_docs.render.css import stylesheet
from kcbx_docs.render.html import Page, tidy, to_html
from kcbx_docs.render.styles import LAYOUTS
from tests.render.paper import tree


def page(body: str, layout: str = "执法文书") -> Page:
    written, found = to_html(tree(body), LAYOUTS[layout], Place("文书.html"))
    assert written is not None, found
    return written


def codes(body: str) -> list[str]:
    written, found = to_html(tree(body), LAYOUTS["执法文书"], Place("文书.html"))
    assert written is None
    return [one.code for one in found]


def test_text_is_escaped() -> None:
    html = page('<p>张&lt;script&gt;alert(1)&lt;/script&gt;&amp;"三"</p>').html
    assert "张&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;三&quot;" in html


def test_only_known_attributes_reach_the_page() -> None:
    html = page(
        '<p class="主送" style="background:url(file:///etc/passwd)" onclick="x">甲</p><p part="复议期限">乙</p>'
    ).html
    assert (
        "passwd" not in html
        and "onclick" not in html
        and "复议期限" not in html
        and "主送" not in html
    )


@pytest.mark.parametrize(
    "body",
    [
        '<img src="file:///etc/passwd"/>',
        "<script>x</script>",
        '<p>甲<a href="http://example.com">乙</a></p>',
        "<p>甲</p>散落的字",
        '<p class="没有的样式">甲</p>',
        '<p class="s1 &quot;&gt;">甲</p>',
        '<table widths="1"><tr><td><style>p{}</style></td></tr></table>',
    ],
)
def test_what_no_style_can_set_is_refused(body: str) -> None:
    assert codes(body) == ["REND102"]


def test_endless_nesting_is_refused() -> None:
    root = deepest = Element("body")
    for _ in range(100_000):
        deepest.children.append(inner := Element("span"))
        deepest = inner
    written, found = to_html(root, LAYOUTS["公文"], Place("文书.html"))
    assert written is None
    assert [one.code for one in found] == ["REND101"]


@pytest.mark.parametrize("number", ["1e9", "-3", "nan", "inf", "٣", "", "1;color:red"])
def test_odd_numbers_become_plain_ones(number: str) -> None:
    html = page(
        f'<p><blank name="空" width="{number}"/></p><table widths="{number}"><tr height="{number}"><td colspan="{number}">甲</td></tr></table>'
    ).html
    assert (
        "min-width:15.79pt" in html
        and 'colspan="1"' in html
        and "width:100.0000%" in html
        and "height" not in html
    )


def test_characters_are_listed_by_font_role() -> None:
    texts = page(
        '<h2>一</h2><p>正文<b>粗</b><span class="楷体">楷<span class="下划线">线</span></span></p>'
    ).texts
    assert (texts["黑体"], texts["仿宋"], texts["楷体"]) == ("一粗", "文正", "楷线")
    assert set("—0123456789") <= set(texts["宋体"])


def test_line_breaks_of_the_source_are_no_spaces() -> None:
    assert tidy("第一行\n    第二行 A B\r\n  C") == "第一行第二行 A BC"
    assert '<p class="s0">第一行第二行</p>' in page("<p>\n  第一行\n  第二行\n</p>").html


def test_a_value_that_outgrows_its_blank_may_break_across_lines() -> None:
    html = page(
        '<p><blank name="住址" width="6">云岭县青石镇石板村民委员会上寨村民小组12号</blank></p>'
    ).html
    assert '<span class="blank long" data-blank="0">云岭县' in html


def test_an_empty_paragraph_keeps_its_line() -> None:
    assert '<p class="s0"><span class="k"></span></p>' in page("<p></p>").html


def test_header_rows_come_first_and_columns_share_the_width() -> None:
    html = page(
        '<table widths="1 3"><tr header="1"><th>项</th><th>值</th></tr><tr><td>甲</td><td class="表中">乙</td></tr></table>'
    ).html
    assert '<col style="width:25.0000%"><col style="width:75.0000%">' in html
    assert html.index("</thead>") < html.index("甲")


def test_every_layout_has_a_style_sheet_without_names_from_outside() -> None:
    for layout in LAYOUTS.values():
        sheet = stylesheet(layout, lambda role: f'"{role}"')
        assert sheet.count("{") == sheet.count("}")
        assert "url(" not in sheet

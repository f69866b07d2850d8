"""Papers as PDF: whole, reproducible, closed to the world, and never silently wrong."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from kcbx_docs.problems import Problems
from kcbx_docs.render import pdf as module
from kcbx_docs.render.fonts import FontSet
from kcbx_docs.render.native import load_weasyprint
from kcbx_docs.render.pdf import render_pdf, scoped_fetcher
from tests.render.measure import pages, text_of_pdf
from tests.render.paper import ARTICLE, fonts, paper, printed, refused, tree

pytestmark = pytest.mark.pdf


def codes(found: Problems) -> list[str]:
    return [one.code for one in found]


# ---- the file -------------------------------------------------------------------------------

SCRIPT = """
import hashlib
from tests.render.paper import ARTICLE, printed
body = f'<h1>通知</h1><p>{ARTICLE}喆<b>黑体</b><blank name="空" width="4">甲</blank></p><table widths="1 1"><tr><td>甲</td><td>乙</td></tr></table>'
print(hashlib.sha256(printed(body)).hexdigest())
"""


def test_the_same_paper_has_the_same_bytes_in_another_process() -> None:
    digests = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        digests.add(done.stdout)
    assert len(digests) == 1


def test_papers_printed_before_leave_no_trace() -> None:
    body = f"<h1>通知</h1><p>{ARTICLE}</p>"
    first = printed(body)
    printed("<h2>黑体</h2><h3>楷体喆堃䶮</h3>", "公文")
    assert printed(body) == first


def test_the_file_names_title_author_and_language_and_claims_no_date() -> None:
    result, _ = render_pdf([paper("<p>正文</p>", title="责令书")], fonts(), author="青石镇人民政府")
    assert result is not None
    with pikepdf.open(_stream(result.data)) as file:
        info = {key: str(value) for key, value in file.docinfo.items()}
        assert info["/Title"] == "责令书"
        assert info["/Author"] == "青石镇人民政府"
        assert not {"/CreationDate", "/ModDate"} & set(info)
        assert str(file.Root.Lang) == "zh-CN"
        assert "/ID" not in file.trailer


def _stream(data: bytes) -> "os.PathLike[str]":
    import io

    return io.BytesIO(data)  # type: ignore[return-value]


def test_the_fonts_in_the_file_are_told() -> None:
    result, _ = render_pdf([paper("<h1>标题</h1><p>正文</p>")], fonts())
    assert result is not None
    chain = {fonts().chain(role)[0].postscript for role in ("小标宋", "仿宋", "宋体")}
    assert {font.name for font in result.fonts} == chain
    with pikepdf.open(_stream(result.data)) as file:
        embedded = [
            font.DescendantFonts[0].FontDescriptor for font in file.pages[0].Resources.Font.values()
        ]
        assert len(embedded) == 3
        assert all("/FontFile2" in one or "/FontFile3" in one for one in embedded)


def test_values_with_markup_come_out_as_text() -> None:
    data = printed('<p>张&lt;b&gt;三&lt;/b&gt;&lt;img src="file:///etc/passwd"&gt;&amp;amp;</p>')
    assert '张<b>三</b><img src="file:///etc/passwd">&amp;' in text_of_pdf(data).replace("\r\n", "")


def test_break_opportunities_leave_no_trace_in_the_text() -> None:
    text = text_of_pdf(printed("<p>他说“应当入学”，阿依·古丽说：“好”。</p>"))
    assert "他说“应当入学”，阿依·古丽说：“好”。" in text
    assert not set("\u200b\u2060") & set(text)


# ---- several papers in one file -------------------------------------------------------------


def numbers(data: bytes) -> list[str]:
    return [page[-1].text if page else "" for page in pages(data)]


def test_every_paper_counts_its_own_pages() -> None:
    long, short = paper("<p>义务教育</p>" * 30), paper("<p>义务教育</p>")
    result, found = render_pdf([long, short, long], fonts())
    assert result is not None and not found
    assert result.page_counts == (2, 1, 2)
    assert numbers(result.data) == ["—1—", "—2—", "—1—", "—1—", "—2—"]


def test_two_sided_printing_starts_every_paper_on_a_front() -> None:
    long, short = paper("<p>义务教育</p>" * 50), paper("<p>义务教育</p>")
    result, _ = render_pdf([short, long, short], fonts(), duplex=True)
    assert result is not None
    assert result.page_counts == (1, 3, 1)
    assert numbers(result.data) == ["—1—", "", "—1—", "—2—", "—3—", "", "—1—", ""]


def test_papers_of_different_layouts_share_a_file_and_its_fonts() -> None:
    result, _ = render_pdf(
        [
            paper("<p>正文</p>", "公文"),
            paper("<p>表文</p>", "表格"),
            paper("<p>告知</p>", "学校通知"),
        ],
        fonts(),
        title="合订",
    )
    assert result is not None
    with pikepdf.open(_stream(result.data)) as file:
        assert str(file.docinfo["/Title"]) == "合订"
        assert (
            len(
                {str(font.BaseFont) for page in file.pages for font in page.Resources.Font.values()}
            )
            == 2
        )


# ---- what must not go unsaid ----------------------------------------------------------------


def test_too_many_pages_are_reported() -> None:
    result, found = render_pdf([paper("<p>义务教育</p>" * 30, page_limit=1)], fonts())
    assert result is None
    assert [str(one) for one in found] == [
        "文书.html: [REND105] 共 2 页，超过了规定的 1 页。 请缩短内容，或在模板的「页数上限」里改。"
    ]


def test_a_character_that_no_font_has_is_named_with_its_font() -> None:
    found = refused('<p>李<span class="楷体">𓀀</span></p>')
    assert codes(found) == ["FONT003"]
    assert "「楷体」的字体画不出这些字：𓀀（U+13000）" in found[0].message


def test_the_engine_s_own_word_about_missing_glyphs_counts_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(FontSet, "missing", lambda *_: "")
    found = refused("<p>李𓀀</p>")
    assert codes(found) == ["FONT003"]
    assert "𓀀（U+13000）" in found[0].message


ATTACKS = {
    "图片": '<img src="file:///etc/passwd"/>',
    "网上的图片": '<img src="http://127.0.0.1:9/x.png"/>',
    "样式表": '<link rel="stylesheet" href="file:///etc/passwd"/>',
    "样式里的地址": '<p style="background: url(file:///etc/passwd)">甲</p>',
    "导入": "<style>@import url(http://127.0.0.1:9/x.css);</style>",
    "附件": '<link rel="attachment" href="file:///etc/passwd"/>',
    "附件链接": '<a rel="attachment" href="file:///etc/passwd">甲</a>',
    "对象": '<object data="file:///etc/passwd"></object>',
    "字体": "<style>@font-face { font-family: x; src: url(file:///etc/passwd) } p { font-family: x }</style>",
    "数据地址": '<img src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E"/>',
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=list(ATTACKS))
def test_even_raw_html_reaches_no_file_and_no_network(
    attack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrap = module.document
    monkeypatch.setattr(module, "document", lambda body, **facts: wrap(body + attack, **facts))
    found = refused("<p>正文</p>")
    assert set(codes(found)) == {"REND104"}


def test_the_fetcher_stays_in_its_folders(tmp_path: Path) -> None:
    load_weasyprint()
    inside, outside = tmp_path / "模板", tmp_path / "别处"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "图.png").write_bytes(b"x")
    (inside / "链接.png").symlink_to(outside / "图.png")
    fetch = scoped_fetcher([inside]).fetch
    assert fetch((inside / "图.png").as_uri()).read() == b"x"
    for url in (
        (outside / "图.png").as_uri(),
        f"{inside.as_uri()}/../别处/图.png",
        f"{inside.as_uri()}/%2e%2e/别处/图.png",
        (inside / "链接.png").as_uri(),
        f"file://example.com{inside}/图.png",
        "http://example.com/x",
        "data:text/plain,x",
        "ftp://x/y",
    ):
        with pytest.raises(ValueError, match="不允许读取"):
            fetch(url)


def test_a_word_too_long_for_its_cell_is_reported() -> None:
    found = refused(
        '<table widths="1 9"><tr><td><b>PNEUMONOULTRAMICROSCOPIC</b></td><td>甲</td></tr></table>'
    )
    assert codes(found) == ["REND106"]
    assert "第 1 页" in found[0].message and "「PNEUMONOULTRAMICROSCOPIC」" in found[0].message


def test_a_blank_too_wide_for_its_cell_is_reported() -> None:
    found = refused(
        '<table widths="1 4"><tr><td><blank name="空" width="12"/></td><td>甲</td></tr></table>'
    )
    assert codes(found) == ["REND106"]


def test_a_row_higher_than_the_sheet_is_broken_and_loses_nothing() -> None:
    data = printed(f'<table widths="1 1"><tr><td>{"很长的内容" * 400}</td><td>甲</td></tr></table>')
    assert len(pages(data)) > 1
    assert text_of_pdf(data).count("很") == 400


def test_a_value_of_one_long_word_wraps_instead() -> None:
    lines = pages(
        printed('<table widths="1 5"><tr><td>530102201001011234</td><td>甲</td></tr></table>')
    )[0]
    assert "".join(line.text for line in lines).startswith("530")
    assert len(lines) > 2


def test_too_many_lines_above_the_red_head_are_reported() -> None:
    head = '<p class="份号">000001</p>' + '<p class="密级">机密</p>' * 4
    found = refused(
        head + '<p class="机关标志">云岭县教育体育局关于教育工作的文件</p><p>正文</p>', "公文"
    )
    assert codes(found) == ["REND107"]


SLIP = '<div class="回执" foot="1"><p class="裁切线">沿此线剪下</p><p>已收到。</p></div>'


def test_a_slip_with_text_on_its_back_is_reported_for_two_sided_printing() -> None:
    one, two = (paper("<p>告知</p>" * count + SLIP, "学校通知") for count in (5, 50))
    assert codes(render_pdf([one], fonts(), duplex=True)[1]) == []
    assert codes(render_pdf([two], fonts(), duplex=False)[1]) == []
    result, found = render_pdf([two], fonts(), duplex=True)
    assert result is not None
    assert codes(found) == ["REND108"]


# ---- blanks ---------------------------------------------------------------------------------


def test_a_short_value_moves_nothing_around_its_blank() -> None:
    def static(value: str) -> list[tuple[str, float, float]]:
        body = f'<p>{ARTICLE[:20]}学生<blank name="姓名" width="8">{value}</blank>，{ARTICLE}</p>'
        lines = pages(printed(body))[0]
        return [
            (char.text, char.left, char.baseline)
            for line in lines
            for char in line.chars
            if char.text not in "阿甲依古丽·"
        ]

    assert static("") == static("甲") == static("阿依·古丽")


def test_a_paper_is_not_changed_by_printing_it() -> None:
    body = tree("<p>一</p><p>二</p>")
    before = repr(body)
    render_pdf([module.Body(body, paper("<p>一</p>").layout, "通知", date(2026, 9, 1))], fonts())
    assert repr(body) == before


def test_a_draft_says_so_on_every_page() -> None:
    body = paper('<p>正文。</p><p newpage="1">第二页。</p>', "函")
    pdf, problems = render_pdf([body], fonts(), draft=True)
    assert problems == () and pdf is not None
    assert text_of_pdf(pdf.data).replace("\u3000", "").count("草稿") == pdf.page_counts[0] == 2

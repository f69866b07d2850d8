"""Print files: what is stamped is what a full layout would have drawn."""

import io
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageFilter
from pypdfium2 import PdfDocument

from kcbx_docs.render import stampedpage
from kcbx_docs.render.composing import Composer
from kcbx_docs.render.printfile import About, print_papers
from tests.render.paper import fonts, paper
from tests.render.stamped import Twice, alike, bodies_of, pdfium, renderers, texts, twice

pytestmark = pytest.mark.pdf

NOTICE = """
<p class="代码">编号：<blank name="编号" width="12">{0}</blank></p>
<h1>入学告知书</h1>
<p class="主送"><blank name="学生姓名" width="8">{1}</blank>同学的家长（监护人）：</p>
<h2>一、监护人应当做到</h2>
<p>让孩子<blank name="学生姓名" width="8">{1}</blank>按时入学、每天到校，读完义务教育，再说一遍：<blank name="学生姓名" width="6">{1}</blank><blank name="班级" width="6">{2}</blank>，不放任、不迫使孩子辍学，不让孩子辍学做工。</p>
<table widths="5 8 5 9">
<tr height="1.5"><th>学生姓名</th><td><blank name="学生姓名" width="8" class="格">{1}</blank></td><th>班　级</th><td><blank name="班级" width="8" class="格">{2}</blank></td></tr>
<tr height="1.5"><th>联系电话</th><td><blank name="电话" width="8" class="格">{3}</blank></td><th>现住址</th><td><blank name="现住址" width="8" class="格">{4}</blank></td></tr>
</table>
<p class="表文">核验码：<blank name="核验码" width="8" class="格">{0}</blank></p>
<p class="签名行">签名：<blank name="签名" width="9"/>　与学生的关系：<blank name="关系" width="6">{5}</blank></p>
"""
HOME = "云岭县青石镇白沙村岩脚小组12号"
PLAIN = ("青中26秋七1-001", "王春燕", "七年级1班", "13800000001", HOME, "父亲")
ROWS = (
    PLAIN,
    ("青中26秋七1-002", "普䶮", "七年级1班", "", "白沙村", "母亲"),
    ("青中26秋七10-003", "岩温罕", "七年级10班", "0877-0000001", HOME + "（原白沙村委会）", ""),
    ("", "", "", "", "", ""),
    ("青中26秋七1-005", "𬭎㛃𬱖", "七年级1班", "13800000005", "云岭县𠮷祥镇𰻝村3组", "祖父"),
    ("青中26秋七1-006", "扎西·德吉", "七年级1班", "13800000006", "村口“老槐树”旁，第3户", "其他"),
    ("青中26秋七1-007", "居马洪·买买提", "七年级1班", "1380000 0007", "A座B-12室", "父亲"),
    ("青中26秋七1-008", "阿卜杜热合曼·阿卜杜热西提", "七年级1班", "13800000008", HOME, "父亲"),
    ("青中26秋七1-009", "古丽巴哈尔阿布都克", "七年级1班", "13800000009", HOME, "父亲"),
    ("青中26秋七1-010", "布都克古丽巴哈尔阿", "七年级1班", "13800000010", HOME, "父亲"),
    ("青中26秋七1-011", "ئالىم", "七年级1班", "13800000011", HOME, "父亲"),
    ("青中26秋七1-012", "é́王", "七年级1班", "13800000012", "，先写逗号的住址。", "fi ffi"),
    (
        "青中26秋七1-013",
        "G530499",
        "2013年9月",
        "13800000013",
        "云岭县" * 12,
        "父亲、母亲和祖父祖母",
    ),
    ("青中26秋七1-014", " 有空格 ", "七年级　1班", "13800000014", "两  个空格", "AVATAR"),
    PLAIN,
    PLAIN,
)


@pytest.fixture(scope="module")
def notices() -> Twice:
    return twice(NOTICE, ROWS)


def test_no_page_differs_from_full_layout(notices: Twice) -> None:
    assert notices.differing() == []


@pytest.mark.parametrize("draw", renderers(), ids=lambda draw: draw.__name__)
def test_nor_does_it_in_other_readers(notices: Twice, draw) -> None:
    assert notices.differing(draw) == []


def test_a_reader_meets_the_words_in_their_order(notices: Twice) -> None:
    assert texts(notices.stamped.data) == texts(notices.whole)


def test_the_common_pupil_is_stamped_and_only_odd_values_are_laid_out(notices: Twice) -> None:
    laid_out = [row[1] for row, way in zip(ROWS, notices.ways, strict=True) if way == "整排"]
    assert notices.ways[0] == "盖印"
    assert set(laid_out) <= {row[1] for row in ROWS[5:14]}
    assert "ئالىم" in laid_out
    # A wider blank, or one that runs on, has a plate of its own.
    assert not {"古丽巴哈尔阿布都克", "阿卜杜热合曼·阿卜杜热西提"} & set(laid_out)


def test_each_paper_has_its_bookmark_and_its_headings_have_none(notices: Twice) -> None:
    with pikepdf.open(io.BytesIO(notices.stamped.data)) as file, file.open_outline() as outline:
        assert [one.title for one in outline.root] == [f"第 {n} 份" for n in range(len(ROWS))]
        assert not any(one.children for one in outline.root)
        assert file.check_pdf_syntax() == []


def test_the_same_papers_give_the_same_bytes_whatever_came_before(notices: Twice) -> None:
    composer, about = Composer(), About("打印", "学校")
    before = [alike(paper(NOTICE.format(*row), "学校通知")) for row in (ROWS[8], ROWS[1])]
    print_papers(before, fonts(), about, composer)
    papers = [alike(body) for body in bodies_of(NOTICE, ROWS, "学校通知")]
    printed, _ = print_papers(papers, fonts(), about, composer)
    assert printed is not None
    assert printed.data == notices.stamped.data


LONG_NAMES = (
    "阿卜杜热合曼·阿卜杜热西提",
    "麦麦提艾力江·吐尔洪江阿吉",
    "居马洪·买买提",
    "古丽巴哈汗儿·阿布都克热木",
    "买买提·居马洪",
    "王春燕",
    "阿卜杜热合𬭎·阿卜杜热西提",
    "祖丽皮亚汗·玉苏普",
    "沙拉麦提·阿不都热",
    "努尔古丽·买合木提·阿卜杜",
)


@pytest.fixture(scope="module")
def long_names() -> Twice:
    start = "<p>再说一遍这样的一句话说到行末：" + "言" * 12
    return twice(
        NOTICE + start + '<blank name="学生姓名" width="6">{1}</blank>，请到校。</p>',
        [(*PLAIN[:1], name, *PLAIN[2:]) for name in LONG_NAMES],
    )


@pytest.mark.parametrize("draw", [pdfium, *renderers()], ids=lambda draw: draw.__name__)
def test_a_long_name_is_stamped_into_the_layout_of_one_as_long(long_names: Twice, draw) -> None:
    assert long_names.differing(draw) == []


def test_names_as_long_share_a_layout(long_names: Twice, monkeypatch) -> None:
    assert long_names.ways == ["盖印"] * len(LONG_NAMES)
    assert texts(long_names.stamped.data) == texts(long_names.whole)
    composer, laid = Composer(), []
    lay_out = Composer.lay_out
    monkeypatch.setattr(
        Composer, "lay_out", lambda *a, **k: laid.append(a[1].label) or lay_out(*a, **k)
    )
    rows = [(*PLAIN[:1], LONG_NAMES[n], *PLAIN[2:]) for n in (0, 0, 1, 3, 1, 0)]
    papers = [alike(body) for body in bodies_of(NOTICE, rows, "学校通知")]
    print_papers(papers, fonts(), About("打印", "学校"), composer)
    assert laid == ["第 0 份", "第 0 份", "第 2 份"]  # with its probe; then the second name


@pytest.mark.parametrize(
    "template",
    [
        '<h1>告知</h1><h2><blank name="姓名" width="8" class="格">{0}</blank>的事</h2><p>正文</p>',
        '<p>前文<span class="下划线">说明<blank name="姓名" width="8" class="格">{0}</blank></span>后文</p>',
        '<p class="首段">前文<span class="下划线">说明<blank name="姓名" width="8">{0}</blank></span>后文</p>',
        "<p>前文"
        + "很长的前文" * 5
        + '<blank name="姓名" width="9" class="格">{0}</blank>'
        + "后文" * 20
        + "</p>",
        '<table widths="1 4"><tr><th>姓名</th><td>学生<blank name="姓名" width="8" class="格">{0}</blank>，在校</td></tr></table>',
        "<p>"
        + "很长的前文" * 6
        + '<blank name="姓名" width="9">{0}</blank>'
        + "后文" * 20
        + "</p>",
    ],
    ids=["heading", "underlined", "line-underlined", "running", "within-a-cell", "justified"],
)
def test_whatever_surrounds_a_blank_no_page_differs(template: str) -> None:
    names = [["王春燕"], ["普䶮"], [""], ["居马洪"], ["古丽巴哈尔阿布都克力"], ["王一"]]
    both = twice(template, names)
    assert both.differing() == []
    assert texts(both.stamped.data) == texts(both.whole)


def test_words_that_depend_on_a_value_are_no_blank_and_each_paper_is_laid_out() -> None:
    both = twice(
        "<p>{0}的家长：请让孩子按时到校。</p>", [["王春燕"], ["普云飞"], ["李喆"], ["王一"]]
    )
    assert set(both.ways) == {"整排"}
    assert both.differing() == []


def test_drafts_and_blank_backs_come_out_alike() -> None:
    both = twice(NOTICE, (*ROWS[:3], PLAIN), draft=True, duplex=True)
    assert both.differing() == []
    assert len(texts(both.stamped.data)) == 8


def test_a_code_is_stamped_where_the_layout_draws_it() -> None:
    template = '<p class="表文"><qr code="{0}"/>　核验码：<blank name="码" width="9" class="格">{0}</blank></p><p>正文</p>'
    both = twice(template, [["KC7Q-2XWD"], ["KC7Q-9XWE"], ["KCAA-0000"]])
    assert set(both.ways) == {"盖印"}
    for one, other in zip(fine(both.stamped.data), fine(both.whole), strict=True):
        difference = ImageChops.difference(one, other)
        assert difference.filter(ImageFilter.MinFilter(5)).getextrema()[1] < 64  # edges alone
        left, top, right, bottom = difference.getbbox() or (0, 0, 0, 0)
        assert max(right - left, bottom - top) <= 22 / 25.4 * 200  # of the code alone


def fine(data: bytes) -> list[Image.Image]:
    """Draw pages so that a module of a code is some dots wide."""
    return [page.render(scale=200 / 72, grayscale=True).to_pil() for page in PdfDocument(data)]


def test_papers_whose_codes_are_not_drawn_are_stamped_beside_those_with_codes() -> None:
    """As where a template has room for a seal and the school orders none."""
    template = (
        '<p class="表文"><qr code="{0}"/>　签名：<blank name="签名" width="9">{1}</blank></p>'
    )
    both = twice(template, [["", "王一"], ["KC7Q-2XWD", "普䶮"], ["", ""], ["KCAA-0000", "李喆"]])
    assert set(both.ways) == {"盖印"}
    assert set(both.differing()) <= {2, 4}  # the edges of a code are sharper


def test_a_character_that_no_font_draws_is_told_with_whose_paper_it_is() -> None:
    rows = (PLAIN, (*PLAIN[:1], "王\U00030000\ue123", *PLAIN[2:]))
    bodies = [replace(paper(NOTICE.format(*row), "学校通知"), subject=row[1]) for row in rows]
    printed, found = print_papers(
        [alike(one) for one in bodies], fonts(), About("打印", "学校"), Composer()
    )
    assert printed is None
    assert {one.code for one in found} == {"FONT003"}
    assert {one.subject for one in found} == {rows[1][1]}


def test_a_kind_whose_probe_differs_is_laid_out_and_it_is_said_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stampedpage, "same_texts", lambda _one, _other: False)
    papers = [alike(paper(NOTICE.format(*PLAIN), "学校通知")) for _ in range(3)]
    papers += [alike(paper(NOTICE.format(*ROWS[1]), "学校通知"))]
    printed, found = print_papers(papers, fonts(), About("打印", "学校"), Composer())
    assert printed is not None
    assert {way[:2] for way in printed.ways} == {"整排"}
    assert [one.code for one in found] == ["REND240"]


def test_signs_that_change_each_other_are_set_as_the_engine_sets_them() -> None:
    """A pattern whose characters do not come out alike together and one by one is not composed."""
    row = [
        "2013-09-01、2014（秋）",
        "0877-0000001",
        "，（、）。",
        "——……",
        "1·2",
        "甲-1-乙",
        "AVAT-7YLT-W",
        "T1",
    ]
    both = twice(
        '<p class="主送">' + '<blank name="值" width="12">{0}</blank>' + "</p>",
        [[value] for value in row],
    )
    assert both.differing() == []
    assert texts(both.stamped.data) == texts(both.whole)


def test_a_long_name_in_the_middle_of_a_cell_is_broken_as_in_a_full_layout() -> None:
    template = '<table widths="3 4 3"><tr><td>名</td><td class="表中"><blank name="姓名" width="5" class="格">{0}</blank></td><td></td></tr></table>'
    names = [["王一"], ["阿卜杜热合曼·阿卜杜热西提" * 2], ["普䶮"], ["古丽巴哈尔" * 5]]
    both = twice(template, names)
    assert both.ways == ["盖印"] * 4
    assert both.differing() == []

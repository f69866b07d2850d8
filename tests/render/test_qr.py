"""A code on paper: the same squares in PDF and Word, no word more, and none on a draft."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping

import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image

from kcbx_docs.packs.flatten import FlatTemplate, flatten
from kcbx_docs.packs.structure import check_structure
from kcbx_docs.render import qr
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.docx import FilledWord, load_template
from kcbx_docs.render.fill import codes_of, fill
from kcbx_docs.render.joining import join_sections, section_of
from kcbx_docs.render.kept import Kept
from kcbx_docs.render.pdf import render_pdf
from kcbx_docs.render.pictures import compare_codes
from kcbx_docs.render.qr import QUIET, mask_of, png_of, rows_of, runs_of, side_of
from kcbx_docs.render.styles import LAYOUTS
from kcbx_docs.render.text import lines
from tests.packs.conftest import FRONT, chain, packs  # noqa: F401
from tests.render.measure import text_of_pdf
from tests.render.paper import fonts, paper
from tests.render.test_filled_word import is_valid

CODE, OTHER = "2345-6789-ABCD-EFGH-JKLM-N", "ABCD-EFGH-JKLM-NPQR-STUV-W"
BODY = '<p class="正文">前<qr size="20">{{ 码 }}</qr>后</p>\n<table widths="1"><tr><td>甲</td></tr></table>\n'
LAYOUT = LAYOUTS["执法文书"]


def read(data: bytes) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(data)))]


@pytest.fixture
def flat(chain) -> FlatTemplate:  # noqa: F811
    return flatten(
        chain({"national/documents/order.html": FRONT.format(id="order") + BODY}), "order"
    )


def word(flat: FlatTemplate, facts: Mapping[str, object], *, draft: bool = False) -> FilledWord:
    return load_template(compile_docx(flat, LAYOUT, draft=draft)).filled(facts)


def pictures(data: bytes) -> Iterator[str]:
    """Read the codes that a Word file shows, by what relates its drawings to its pictures."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "image/png" in archive.read("[Content_Types].xml").decode()
        related = archive.read("word/_rels/document.xml.rels").decode()
        targets = dict(re.findall(r'Id="([^"]+)" Type="[^"]+/image" Target="([^"]+)"', related))
        for shown in re.findall(r'r:embed="([^"]+)"', archive.read("word/document.xml").decode()):
            yield from read(archive.read(f"word/{targets[shown]}"))


def test_the_squares_are_those_that_a_reader_reads() -> None:
    assert read(png_of(CODE)) == [CODE] and png_of(CODE) == png_of(CODE)
    black = {(y, x + at) for y, x, count in runs_of(CODE) for at in range(count)}
    wanted = {
        (y + QUIET, x + QUIET)
        for y, row in enumerate(rows_of(CODE))
        for x, module in enumerate(row)
        if module == "1"
    }
    assert black == wanted and side_of(CODE) == len(rows_of(CODE)) + 8


def test_a_code_is_drawn_in_word_and_the_words_stay_those_of_the_source(
    flat: FlatTemplate, tmp_path
) -> None:
    filled, found = fill(flat, {"码": CODE})
    assert filled and not found and codes_of(filled.root) == (CODE,)
    made = word(flat, {"码": CODE})
    assert not made.compare(lines(filled.root)) and lines(filled.root)[0] == "前后"
    assert list(pictures(made.data())) == [CODE] and made.data() == made.data()
    assert is_valid(made.data(), tmp_path)
    assert 'w:lineRule="auto"' in made.texts["word/document.xml"], "its line is not cut"


def test_codes_survive_when_papers_are_joined_and_each_keeps_its_own(
    flat: FlatTemplate, tmp_path
) -> None:
    template = load_template(compile_docx(flat, LAYOUT))
    sections = [section_of(template.filled({"码": code})) for code in (CODE, OTHER, None, CODE)]
    data = join_sections(sections, duplex=True, title="三班")
    assert list(pictures(data)) == [CODE, OTHER, CODE] and is_valid(data, tmp_path)
    numbers = re.findall(
        r'docPr id="(\d+)"', zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    )
    assert len(set(numbers)) == len(numbers) == 3


def test_without_a_text_or_on_a_draft_there_is_no_code(flat: FlatTemplate) -> None:
    for made in (word(flat, {"码": None}), word(flat, {"码": CODE}, draft=True)):
        assert made.codes == () and "drawing" not in made.texts["word/document.xml"]
        with zipfile.ZipFile(io.BytesIO(made.data())) as archive:
            assert not any(name.endswith(".png") for name in archive.namelist())


@pytest.mark.parametrize("text", ["二维码", "A" * 121, "A\u202eB"])
def test_what_readers_would_read_differently_is_not_drawn(flat: FlatTemplate, text: str) -> None:
    filled, found = fill(flat, {"码": text})
    assert filled is None and [one.code for one in found] == ["REND230"]


def test_an_element_without_a_variable_or_with_words_is_a_fault(chain) -> None:  # noqa: F811
    for inside, code in (("", "REND232"), ("甲{{ 码 }}", "TMPL028"), ("<b>甲</b>", "TMPL028")):
        body = FRONT.format(id="order") + f"<p><qr>{inside}</qr></p>\n"
        made = flatten(chain({"national/documents/order.html": body}), "order")
        assert code in [one.code for one in check_structure(made, tuple(LAYOUT.styles))]


def test_a_paper_of_a_fine_and_a_public_notice_draw_no_code(chain) -> None:  # noqa: F811
    for more in ("角色: 处罚决定", "角色: 送达公告", "对外公开: 是"):
        body = FRONT.format(id="order").replace("一份对应", f"{more}\n一份对应") + BODY
        made = flatten(chain({"national/documents/order.html": body}), "order")
        assert "REND234" in [one.code for one in check_structure(made, tuple(LAYOUT.styles))]


def test_a_code_in_the_corner_takes_no_room_and_stands_in_no_cell(chain, tmp_path) -> None:  # noqa: F811
    body = FRONT.format(id="order") + '<p><qr size="16" corner="1">{{ 码 }}</qr>甲</p>\n'
    made = flatten(chain({"national/documents/order.html": body}), "order")
    filled = word(made, {"码": CODE})
    text = filled.texts["word/document.xml"]
    assert "<wp:anchor" in text and "auto" not in text.split("w:sectPr")[0]
    assert list(pictures(filled.data())) == [CODE] and is_valid(filled.data(), tmp_path)
    body = (
        FRONT.format(id="order")
        + '<table widths="1"><tr><td><qr corner="1">{{ 码 }}</qr></td></tr></table>\n'
    )
    made = flatten(chain({"national/documents/order.html": body}), "order")
    assert [one.code for one in check_structure(made, tuple(LAYOUT.styles))] == ["REND235"]


def test_a_word_file_that_draws_fewer_codes_is_found() -> None:
    assert not compare_codes((CODE, OTHER), (OTHER, CODE))
    (one,) = compare_codes((CODE,), ())
    assert one.code == "REND231" and "|二维码" in one.hint


@pytest.mark.pdf
def test_a_code_is_drawn_in_pdf_as_lines_with_words_for_who_cannot_see_it() -> None:
    body = BODY.replace("{{ 码 }}", "").replace('size="20"', f'size="20" code="{CODE}"')
    one = paper(body)
    pdf, found = render_pdf([one], fonts(), tagged=True)
    assert pdf and not found
    page = pdfium.PdfDocument(pdf.data)[0]
    assert read_page(page) == [CODE] and CODE not in text_of_pdf(pdf.data)
    with pikepdf.open(io.BytesIO(pdf.data)) as file:
        assert not file.pages[0].get("/Resources", {}).get("/XObject", {}), "no picture"
        figures = [
            o
            for o in file.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"
        ]
        assert [str(figure.Alt) for figure in figures] == ["核验码二维码"]
    draft, _ = render_pdf([one], fonts(), draft=True)
    assert draft and read_page(pdfium.PdfDocument(draft.data)[0]) == []


def read_page(page: pdfium.PdfPage) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]


@pytest.mark.parametrize(
    "text", ["KCBX-7Q2M-0001-ABCD", "A0", "Z:/%$ *+-.0123456789XYZ", "00A", "K" * 39]
)
def test_a_composed_code_is_the_one_that_is_encoded(text, monkeypatch):
    """Of a thousand codes of one length all but the first are composed of what their bits turn."""
    monkeypatch.setattr(qr, "_known", {len(text): qr._learned(len(text))})
    for one in (text, text[1:] + text[0], text[::-1]):
        qr._turned.cache_clear()
        assert qr._composed(one) == qr._encoded(one)


def test_many_codes_are_composed_and_no_other(monkeypatch, tmp_path):
    monkeypatch.setenv("KCBX_CACHE", str(tmp_path))
    for name, value in (("_MANY", 1), ("_known", {}), ("_met", Counter())):
        monkeypatch.setattr(qr, name, value)
    assert qr._symbol("KCBX-1") == qr._encoded("KCBX-1") and list(qr._known) == [6]
    for text in ("20260901", "kcbx-1", "https://a.b/c?d"):
        assert qr._symbol(text) == qr._encoded(text)
    qr._turned.cache_clear()


def test_what_codes_share_is_kept_and_never_trusted_blindly(monkeypatch, tmp_path):
    monkeypatch.setenv("KCBX_CACHE", str(tmp_path))
    known = {}
    monkeypatch.setattr(qr, "_known", known)
    known[6] = qr._learned(6)
    Kept().put(qr._key(6), known.pop(6))
    qr._recall("KCBX-2")
    assert qr._composed("KCBX-2") == qr._encoded("KCBX-2")
    side, base, turns = known.pop(6)
    Kept().put(qr._key(6), (side, base ^ 1, turns))
    qr._recall("KCBX-2")
    assert not known
    qr._turned.cache_clear()


def test_the_picture_of_a_print_file_has_a_bit_for_every_module():
    head, digits = re.fullmatch(
        rb"BI/W (\d+)/H \1/IM true/F/AHx ID ([0-9a-f]+)>\nEI", mask_of(CODE)
    ).groups()
    side = int(head)
    wide = len(digits) // side * 4
    bits = f"{int(digits, 16):0{side * wide}b}"
    rows = [bits[at : at + side] for at in range(0, side * wide, wide)]
    assert [row.translate({48: "1", 49: "0"}) for row in rows] == list(rows_of(CODE))

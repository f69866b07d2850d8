"""Fonts in the file: only what is shown, and every reader shows the same as before."""

import io
import re
import struct

import pikepdf
import pypdfium2 as pdfium
import pytest
from fontTools.ttLib import TTFont

from kcbx_docs.render import embedding
from kcbx_docs.render.embedding import unicode_map
from kcbx_docs.render.glyphs import numbered_by_place, placed
from kcbx_docs.render.pdf import render_pdf
from tests.render.measure import text_of_pdf
from tests.render.paper import ARTICLE, fonts, paper

pytestmark = pytest.mark.pdf
# Noto and Fandol are CFF, the sources of rare names are TrueType; 楷体 is there with one sign only.
BODY = f"<h1>通知</h1><h2>一、黑体</h2><h3>楷</h3><p>{ARTICLE}2026年12月，喆堃䶮㛃。</p>"


def written(tagged: bool) -> bytes:
    pdf, found = render_pdf([paper(BODY)], fonts(), tagged=tagged)
    assert pdf is not None, found
    return pdf.data


@pytest.fixture(scope="module", params=[True, False], ids=["案卷", "打印文件"])
def both(request):
    """Return a file as it is, and as WeasyPrint would write it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedding, "pack_all", lambda _fonts: {})
        wide = written(request.param)
    return written(request.param), wide


def drawn(data: bytes) -> list[bytes]:
    return [bytes(page.render(scale=2).buffer) for page in pdfium.PdfDocument(data)]


def test_packed_fonts_draw_the_same_pixels_and_say_the_same_words(both):
    packed, wide = both
    assert drawn(packed) == drawn(wide)
    assert text_of_pdf(packed) == text_of_pdf(wide)


def test_packed_fonts_hold_what_is_shown_and_nothing_else(both):
    packed, wide = both
    assert len(packed) < 0.7 * len(wide)
    shown = {char for line in text_of_pdf(packed) for char in line}
    for font in programs(packed):
        assert font["maxp"].numGlyphs <= len(shown) + 1
        assert not {"GSUB", "GPOS", "name", "cmap"} & set(font.keys())


def programs(data):
    with pikepdf.open(io.BytesIO(data)) as file:
        for thing in file.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                program = thing.get("/FontFile2") or thing["/FontFile3"]
                yield TTFont(io.BytesIO(program.read_bytes()))


def test_a_renumbered_font_is_whole_its_sums_included(both):
    for font in programs(both[0]):
        if "CFF " not in font:
            continue
        record, data = font.reader.tables["CFF "], font.reader["CFF "]
        words = data + bytes(-len(data) % 4)
        assert record.checkSum == sum(struct.unpack(f">{len(words) // 4}I", words)) & 0xFFFFFFFF
        names = font["CFF "].cff.topDictIndex[0].charset
        assert names[1:] == [f"cid{place:05d}" for place in range(1, len(names))]


def test_neighbours_in_a_map_of_characters_are_one_list_that_ends_with_the_first_byte():
    told = b"".join(unicode_map({1: "一", 2: "𠮷", 7: "x", 255: "甲", 256: "乙"})).decode()
    ranges = re.findall(r"^1 beginbfrange\n(.*)\nendbfrange$", told, re.MULTILINE)
    assert ranges == [
        "<0001><0002>[<4e00><d842dfb7>]",
        "<0007><0007>[<0078>]",
        "<00ff><00ff>[<7532>]",
        "<0100><0100>[<4e59>]",
    ]


def test_only_the_glyphs_of_a_packed_font_are_renumbered():
    page = b"/A 12 Tf\n[<00070009>-5<0007>] TJ\n/B 9 Tf\n[<0007>] TJ\n/P <</MCID 7>> BDC"
    assert placed(page, {"A": {7: 1, 9: 2}}) == page.replace(b"<00070009>", b"<00010002>").replace(
        b"-5<0007>", b"-5<0001>"
    )


def test_what_is_no_numbered_font_stays_as_it_is():
    plain = b"\0\1\0\0" + struct.pack(">4H", 0, 0, 0, 0)
    assert numbered_by_place(plain) == plain

"""Papers of a case as files that courts and archives take: tagged, PDF/A-2a, PDF/UA-1.

veraPDF cannot be installed here; the validator of pikepdf follows its rules for PDF/A-2b. What it
does not know (the further claims A and UA, and what explains them) is looked at one by one.
"""

import io
import re

import pikepdf
import pikepdf.pdfa
import pypdfium2 as pdfium
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageCms

from kcbx_docs.papers.pdf_press import lay_out
from kcbx_docs.render.fonts import find_fonts
from kcbx_docs.render.srgb import srgb_profile
from tests import matrix

pytestmark = pytest.mark.pdf
SHOWN = ("order-to-correct", "dropout-report", "service-receipt", "interview-record")


@pytest.fixture(scope="module", params=SHOWN)
def made(request):
    return matrix.worded("national")[request.param][0][1]


@pytest.fixture(scope="module")
def data(made):
    pdf, problems = lay_out([made], find_fonts(), title=made.paper.full_title)
    assert pdf is not None, problems
    return pdf.data


@pytest.fixture(scope="module")
def file(data):
    return pikepdf.open(io.BytesIO(data))


BEYOND_2B = (
    "XMP namespace pdfa",  # the explanation of the claim for PDF/UA
    "XMP property pdfaExtension:schemas",
    "XMP property pdfuaid:part",
    "pdfaid:conformance is 'A'",
    "patterns are not supported",  # empty lists of WeasyPrint
    "shadings are not supported",
)


def test_a_validator_finds_nothing_but_what_goes_beyond_it(data):
    report = pikepdf.pdfa.validate_written(io.BytesIO(data), "2b")
    assert [f for f in report.findings if not f.message.startswith(BEYOND_2B)] == []


@pytest.mark.parametrize("named", [False, True])
def test_every_reader_finds_the_glyphs_of_a_font_where_the_pages_look_for_them(made, named):
    pdf, _ = lay_out([made], find_fonts(), title=made.paper.full_title, named=named)
    fonts = list(compact_fonts(pikepdf.open(io.BytesIO(pdf.data))))
    assert fonts
    for font in fonts:
        names = font["CFF "].cff.topDictIndex[0].charset[1:]
        assert names == [f"cid{place:05d}" for place in range(1, len(names) + 1)]


def compact_fonts(file):
    """Yield the embedded fonts whose glyphs have numbers."""
    for thing in file.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/OpenType":
            font = TTFont(io.BytesIO(thing.read_bytes()))
            if hasattr(font["CFF "].cff.topDictIndex[0], "ROS"):
                yield font


def test_the_metadata_claim_pdf_a_2a_and_pdf_ua_1_and_explain_the_second(file):
    xmp = file.Root.Metadata.read_bytes().decode()
    assert 'pdfaid:part="2"' in xmp and 'pdfaid:conformance="A"' in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp and "pdfaSchema:namespaceURI" in xmp
    assert "/Filter" not in file.Root.Metadata
    with file.open_metadata() as known:
        assert known.pdfa_status == "2A"


def test_title_author_language_and_case_are_told_and_no_date(file, made):
    info = {key: str(value) for key, value in file.docinfo.items()}
    assert info["/Title"] == made.paper.full_title
    assert made.paper.case in info["/Title"] and made.paper.whom in info["/Title"]
    assert info["/Author"] == made.paper.issuer.name
    assert info["/Subject"] == made.paper.case
    assert not {"/CreationDate", "/ModDate"} & set(info)
    assert str(file.Root.Lang) == "zh-CN"
    assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
    with file.open_outline() as outline:
        assert outline.root[0].title == made.paper.full_title


def test_every_text_is_in_the_structure_or_marked_as_none_of_it(file):
    assert bool(file.Root.MarkInfo.Marked)
    for page in file.pages:
        assert "/StructParents" in page and page.Tabs == "/S"
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
            if name in ("Tj", "TJ", "f", "S", "re"):
                assert depth > 0 or name == "re", operands


def test_headings_tables_and_heads_of_rows_are_in_the_structure(file, made):
    kinds = {str(node.S) for node in nodes(file.Root.StructTreeRoot.K)}
    assert {"/Document", "/P"} <= kinds and not {"/NonStruct", "/Figure"} - {"/NonStruct"} & kinds
    words = made.filled.root
    if any(node.name == "h1" for node in words.elements()):
        assert "/H1" in kinds
    if any(node.name == "table" for node in words.elements()):
        assert {"/Table", "/TR", "/TD"} <= kinds


def test_a_head_says_whether_it_is_of_a_row_or_of_a_column(file, made):
    heads = [node for node in nodes(file.Root.StructTreeRoot.K) if node.S == "/TH"]
    wanted = [node for node in made.filled.root.walk() if getattr(node, "name", "") == "th"]
    assert bool(heads) == bool(wanted)
    assert {str(head.A.Scope) for head in heads} <= {"/Row", "/Column"}


def nodes(kids):
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from nodes(kid.get("/K", pikepdf.Array()))


def test_page_numbers_are_no_part_of_the_text_and_marks_are_numbered_once(file):
    for page in file.pages:
        marks = re.findall(rb"/MCID (\d+)", page.Contents.read_bytes())
        assert len(marks) == len(set(marks))
        parents = dict(zip(*[iter(file.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
        assert len(parents[page.StructParents]) == len(marks)


def test_fonts_are_embedded_and_mapped_and_nothing_is_transparent(file):
    for thing in file.objects:
        if not isinstance(thing, pikepdf.Dictionary):
            continue
        if thing.get("/Type") == "/FontDescriptor":
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(thing)
        if thing.get("/Subtype") == "/Type0":
            assert "/ToUnicode" in thing
        assert thing.get("/ca", 1) == 1 and thing.get("/CA", 1) == 1 and "/SMask" not in thing
    assert str(file.Root.OutputIntents[0].S) == "/GTS_PDFA1"
    assert "/ID" in file.trailer


def test_the_profile_of_colours_is_srgb_to_the_last_shade():
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    picture = Image.frombytes("RGB", (256, 3), bytes(range(256)) * 9)
    known = ImageCms.createProfile("sRGB")
    assert ImageCms.profileToProfile(picture, ours, known).tobytes() == picture.tobytes()
    assert len(srgb_profile()) < 500


def test_the_same_paper_gives_the_same_bytes_and_the_words_stay(data, made):
    assert lay_out([made], find_fonts(), title=made.paper.full_title)[0].data == data
    plain = lay_out([made], find_fonts(), title=made.paper.full_title, named=True)[0].data
    assert texts(plain) == texts(data)
    assert len(data) < 2 * len(plain)


def texts(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(data)]


def test_a_print_file_lists_every_pupil_by_number_and_name():
    papers = [one for _, one in matrix.worded("national")["commitment"]][:2]
    pdf, _ = lay_out(papers, find_fonts(), title="承诺书", named=True)
    with pikepdf.open(io.BytesIO(pdf.data)) as file, file.open_outline() as outline:
        assert [entry.title for entry in outline.root] == [one.paper.label for one in papers]
        assert "StructTreeRoot" not in file.Root
    assert papers[0].paper.label == "青中26秋七1-012 阿卜杜热合曼·阿卜杜热西提 承诺书"

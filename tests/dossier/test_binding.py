"""Sheets are numbered as a bound file is turned over, and every bookmark leads to its part."""

import io
from datetime import date

import pikepdf
import pypdfium2
import pytest

from kcbx_docs.dossier.binding import Booklet, bind, booklet_of, spans
from kcbx_docs.dossier.sheets import sheets_of
from kcbx_docs.render.fonts import find_fonts
from kcbx_docs.render.native import load_weasyprint
from kcbx_docs.render.sheetnumbers import number_sheets
from tests.dossier.test_sheets import A3, A4, paper, photograph, saved

pytestmark = pytest.mark.pdf


def pages(*sizes) -> pikepdf.Pdf:
    whole = pikepdf.new()
    for size, turned in sizes:
        whole.pages.extend(sheets_of(paper(size, turned, (30, -40)), "件.pdf").pages)
    return whole


def parts() -> tuple[Booklet, ...]:
    return (
        booklet_of("卷宗封面", pages((A4, 0)), numbered=False),
        booklet_of("责令限期改正通知书", pages((A4, 0), (A3, 90), (A4, 180))),
        booklet_of("送达回证", pages((A4, 270)), below=True),
        booklet_of("家访照片", sheets_of(photograph(), "照片.jpg")),
        booklet_of("备考表", pages((A4, 0)), numbered=False),
    )


def bound() -> bytes:
    fonts = find_fonts()
    return bind(
        parts(),
        lambda backs: number_sheets(backs, fonts),
        title="案卷",
        author="青石镇人民政府",
        day=date(2026, 11, 27),
    )


def corners(data: bytes) -> list[tuple[str, str]]:
    """Read what stands in the upper left and upper right corner of each page."""
    found = []
    for page in pypdfium2.PdfDocument(data):
        text, (width, height) = page.get_textpage(), page.get_size()
        band = (height - 60, height)
        left = text.get_text_bounded(left=0, right=80, bottom=band[0], top=band[1])
        right = text.get_text_bounded(left=width - 80, right=width, bottom=band[0], top=band[1])
        found.append((left.strip(), right.strip()))
    return found


def test_fronts_are_numbered_at_the_right_and_backs_at_the_left_whatever_was_bound():
    assert corners(bound()) == [
        *(("", ""), ("", "")),  # the cover, and its back
        ("", "1"),
        ("2", ""),
        ("", "3"),
        ("4", ""),
        ("", "5"),
        *(("", ""), ("", "")),
    ]
    assert spans([3, 0, 1, 2]) == [(1, 3), (0, 0), (4, 4), (5, 6)]


def test_a_sheet_laid_across_bears_its_number_in_its_own_corner():
    across = pikepdf.new()
    for _ in range(2):
        across.pages.extend(pikepdf.open(io.BytesIO(paper((A4[1], A4[0])))).pages)
        across.pages[-1].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary())
    number = {"title": "样张", "author": "县", "day": date(2026, 11, 27)}
    data = bind(
        (booklet_of("名册", across),), lambda backs: number_sheets(backs, find_fonts()), **number
    )
    assert corners(data) == [("", "1"), ("2", "")]


def test_pages_of_one_file_bear_their_own_numbers_upright():
    """They share what they are drawn with, and leave the drawing turned over."""
    fonts = find_fonts()
    words = "".join(f"<p style='page-break-after: always'>第{n}件" for n in range(3))
    whole = pikepdf.open(io.BytesIO(load_weasyprint().HTML(string=words).write_pdf()))
    told = {"title": "样本", "author": "某局", "day": date(2026, 11, 27)}
    one = [booklet_of("样本", whole)]
    data = bind(one, lambda backs: number_sheets(backs, fonts), **told)
    assert [corner for corner in corners(data) if any(corner)] == [("", "1"), ("2", ""), ("", "3")]


def test_bookmarks_lead_to_the_parts_and_a_receipt_stands_below_its_paper():
    with pikepdf.open(io.BytesIO(bound())) as pdf, pdf.open_outline() as outline:
        places = {page.objgen: number for number, page in enumerate(p.obj for p in pdf.pages)}
        tree = [(mark.title, [below.title for below in mark.children]) for mark in outline.root]
        starts = [places[mark.destination[0].objgen] for mark in outline.root]
    assert tree == [
        ("卷宗封面", []),
        ("责令限期改正通知书", ["送达回证"]),
        ("家访照片", []),
        ("备考表", []),
    ]
    assert starts == [0, 2, 6, 8]


def test_the_same_parts_give_the_same_bytes_with_every_font_inside():
    data = bound()
    assert data == bound()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert fonts and all(
            {"/FontFile", "/FontFile2", "/FontFile3"} & set(o.keys()) for o in fonts
        )
    assert saved(pikepdf.open(io.BytesIO(data))) and b"/JavaScript" not in data

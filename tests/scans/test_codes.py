"""Codes are read from what people bring: pages, photographs, files that mean no good."""

import io
import struct
import zlib
from functools import partial
from pathlib import Path
from random import Random

import pikepdf
import pypdfium2 as pdfium
import pytest
import segno
from PIL import Image

from kcbx_docs.problems import UserError
from kcbx_docs.scans import codes as reading
from kcbx_docs.scans.codes import codes_in, pages_in
from kcbx_docs.scans.pictures import pages_of
from tests.scans.degraded import (
    Degrade,
    bilevel,
    blurred,
    compressed,
    creased,
    dark,
    many,
    noisy,
    resized,
    shaded,
    shaken,
    sheet,
    slanted,
    turned,
)

FIRST, SECOND, THIRD, FOURTH = (
    "2345-6789-ABCD-EFGH-JKLM-N",
    "ABCD-EFGH-JKLM-NPQR-STUV-W",
    "WXYZ-2345-6789-ABCD-EFGH-J",
    "6789-ABCD-EFGH-JKLM-NPQR-S",
)
FOUR = {(25, 20): FIRST, (165, 95): SECOND, (25, 165): THIRD, (165, 240): FOURTH}


@pytest.fixture(scope="module")
def four() -> Image.Image:
    return sheet(FOUR, dots=130)


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def texts(data: bytes, least: int = 1) -> list[str]:
    return [found.text for found in codes_in(data, least=least)]


def test_a_code_out_of_focus_is_read() -> None:
    """The lens was off by three quarters of a module."""
    small = sheet({(10, 10): FIRST}, dots=150).crop((0, 0, 260, 260))
    assert texts(saved(blurred(small, 2.9))) == [FIRST]


@pytest.mark.parametrize(
    "happened",
    [
        partial(turned, degrees=17),
        partial(turned, degrees=180),
        partial(blurred, radius=1.5),
        partial(shaken, length=5),
        partial(dark, light=0.1),
        partial(shaded, deep=0.12),
        partial(noisy, much=1.0),
        partial(slanted, much=0.2),
        partial(creased, y=0.1),
        partial(resized, width=620),
        partial(bilevel, threshold=210),
        many(
            partial(slanted, much=0.05),
            partial(turned, degrees=93),
            partial(shaded, deep=0.4),
            partial(noisy, much=0.2),
            partial(compressed, quality=40),
        ),
    ],
    ids=[
        "斜",
        "倒",
        "模糊",
        "抖动",
        "暗",
        "阴影",
        "噪点",
        "透视",
        "折痕",
        "低分辨率",
        "黑白",
        "手机",
    ],
)
def test_four_slips_on_a_page_are_read_whatever_happened_to_it(
    four: Image.Image, happened: Degrade
) -> None:
    assert set(texts(saved(happened(four), "JPEG", quality=90), 4)) == set(FOUR.values())


def test_codes_come_from_top_to_bottom_with_their_places(four: Image.Image) -> None:
    found = codes_in(saved(four))
    assert [one.text for one in found] == [FIRST, SECOND, THIRD, FOURTH]
    left, top, right, bottom = found[1].box
    wide, high = (right - left) * 210, (bottom - top) * 297
    assert 165 < left * 210 < right * 210 < 187 and 95 < top * 297 < bottom * 297 < 117
    assert abs(wide - high) < 1 and 16 < wide < 18, "the white around a code is no part of it"


def test_pages_of_a_scan_are_counted_and_empty_backs_are_passed_over(
    four: Image.Image, tmp_path: Path
) -> None:
    one, back = sheet({(160, 20): SECOND}, dots=100), Image.new("L", (827, 1169), 250)
    small = four.resize((827, 1169)).copy()
    tiff = tmp_path / "a.tif"
    small.save(tiff, save_all=True, append_images=[back, one])
    pdf = saved(small, "PDF", save_all=True, append_images=[back, one])
    for source in (pdf, tiff):
        pages = list(pages_in(source))
        assert [len(page.codes) for page in pages] == [4, 0, 1]
        assert (pages[2].codes[0].text, pages[2].codes[0].page) == (SECOND, 3)


def test_the_same_code_twice_is_found_twice_and_one_of_somebody_else_beside_it() -> None:
    page = sheet({(30, 20): FIRST, (160, 20): FIRST, (30, 200): "HTTPS://PAY.EXAMPLE/9"}, dots=100)
    assert texts(saved(page)) == [FIRST, FIRST, "HTTPS://PAY.EXAMPLE/9"]


def test_a_torn_code_is_told_and_not_guessed() -> None:
    page = sheet({(30, 30): FIRST}, dots=130)
    random = Random(2)
    for y in range(194, 236, 6):
        for x in range(194, 236, 6):
            page.paste(255 * random.getrandbits(1), (x, y, x + 6, y + 6))
    (found,) = pages_in(saved(page))
    assert found.codes == () and len(found.unread) == 1
    assert 0.1 < found.unread[0][0] < 0.2


def test_a_code_that_would_steer_a_screen_says_nothing_to_it() -> None:
    hostile = "\x1b]0;x\x07\x1b[2J" + FIRST + "\u202e\r\n[SCAN]\x00"
    out = io.BytesIO()
    segno.make_qr(hostile).save(out, kind="png", scale=4)
    (text,) = texts(out.getvalue())
    assert text.isprintable() and FIRST in text and "\x1b" not in text
    out = io.BytesIO()
    segno.make_qr("Ａ" * 600).save(out, kind="png", scale=4)
    assert len(texts(out.getvalue())[0]) == reading.LONGEST


def test_a_photograph_of_an_iphone_is_read_upright() -> None:
    data = (Path(__file__).parent / "photo.heic").read_bytes()
    ((_, picture),) = pages_of(data, place(), "RGB")
    assert picture.size == (160, 200) and texts(data) == [FIRST]


def place() -> reading.Place:
    return reading.Place("照片")


def code_of(data: bytes) -> str:
    with pytest.raises(UserError) as error:
        codes_in(data)
    return error.value.problems[0].code


def locked() -> bytes:
    out, file = io.BytesIO(), pikepdf.new()
    file.add_blank_page()
    file.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def sheets(count: int, size: tuple[float, float] = (300, 300)) -> bytes:
    out, file = io.BytesIO(), pdfium.PdfDocument.new()
    for _ in range(count):
        file.new_page(*size)
    file.save(out)
    return out.getvalue()


def bomb(columns: int, rows: int) -> bytes:
    """Make a few bytes that say they are a large picture."""
    head = struct.pack(">IIBBBBB", columns, rows, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(99)))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def with_picture(columns: int, rows: int) -> bytes:
    """Make a small PDF whose picture says that it is large."""
    file, out = pikepdf.new(), io.BytesIO()
    file.add_blank_page()
    image = file.make_stream(
        b"\0" * 100,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=columns,
        Height=rows,
    )
    image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    file.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=image))
    file.pages[0].contents_add(b"q 100 0 0 100 0 0 cm /A Do Q")
    file.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "SCAN001"),
        (lambda: bomb(10_000, 10_000), "SCAN003"),
        (lambda: bomb(60_000, 60_000), "SCAN003"),
        (lambda: with_picture(10_000, 10_000), "SCAN003"),
        (lambda: b"MZ nothing", "SCAN004"),
        (lambda: saved(Image.new("L", (90, 90)), "GIF"), "SCAN004"),
        (lambda: saved(Image.effect_noise((200, 200), 90), "JPEG")[:3000], "SCAN005"),
        (lambda: sheets(501, (9, 9)), "SCAN007"),
        (locked, "SCAN008"),
        (lambda: b"%PDF-1.7 nothing", "SCAN009"),
        (lambda: sheets(1, (90_000, 90_000)), "SCAN009"),
    ],
    ids=[
        "空",
        "一亿点",
        "三十六亿点",
        "PDF里的大图",
        "程序",
        "动画",
        "断了",
        "五百零一页",
        "加密",
        "坏PDF",
        "大纸",
    ],
)
def test_what_cannot_be_looked_at_is_refused_by_name(make, code: str) -> None:
    assert code_of(make()) == code


def test_a_machine_without_the_reader_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    heic = (Path(__file__).parent / "photo.heic").read_bytes()
    monkeypatch.setattr("kcbx_docs.scans.pictures.find_spec", lambda name: None)
    assert code_of(heic) == "SCAN006"
    monkeypatch.setattr(reading, "find_spec", lambda name: None)
    with pytest.raises(UserError) as error:
        codes_in(heic)
    assert "kcbx-docs[scan]" in error.value.problems[0].hint


@pytest.mark.parametrize("mode", ["1", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_kind_are_seen_as_they_look(mode: str) -> None:
    page = sheet({(30, 30): FIRST}, dots=75)
    if mode == "I;16":
        page = page.convert("I").point(lambda value: value * 257).convert("I;16")
    elif mode == "LA":  # black and transparent: the paper shines through
        page = Image.merge("LA", (Image.new("L", page.size, 0), page.point(lambda v: 255 - v)))
    else:
        page = page.convert(mode)
    assert texts(saved(page, "TIFF")) == [FIRST]

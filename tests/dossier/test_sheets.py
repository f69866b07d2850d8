"""Every page of whatever was kept stands upright and whole on A4; what cannot be joined says why."""

import io
import struct
import zlib
from itertools import product

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageFile

from kcbx_docs.dossier.sheets import HEIGHT, MAX_PAGES, WIDTH, UnreadableError, is_blank, sheets_of

A4, A3, CARD = (595, 842), (842, 1191), (300, 200)
CORNER = 40
FIRST, LAST = (255, 0, 0), (0, 0, 255)


def saved(pdf: pikepdf.Pdf, **options) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def paper(size=A4, turned=0, origin=(0, 0)) -> bytes:
    """Draw a red corner where reading begins (upper left as a reader sees it), a blue one at its end."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=size)
    (width, height), (left, bottom) = size, origin
    page = pdf.pages[0]
    page.obj.MediaBox = pikepdf.Array([left, bottom, left + width, bottom + height])
    page.obj.Rotate = turned
    corners = [(0, height - CORNER), (width - CORNER, height - CORNER), (width - CORNER, 0), (0, 0)]
    # Turned clockwise, the corner that comes to the upper left is the one left of it.
    begin = corners[-(turned // 90) % 4]
    end = corners[(-(turned // 90) + 2) % 4]
    drawing = ""
    for colour, (x, y) in (("1 0 0", begin), ("0 0 1", end)):
        drawing += f"{colour} rg {left + x} {bottom + y} {CORNER} {CORNER} re f "
    page.contents_add(drawing.encode())
    return saved(pdf)


def seen(sheets: pikepdf.Pdf) -> Image.Image:
    assert [float(edge) for edge in sheets.pages[0].mediabox] == pytest.approx(
        [0, 0, WIDTH, HEIGHT]
    )
    assert "/Rotate" not in sheets.pages[0]
    return pypdfium2.PdfDocument(saved(sheets))[0].render(scale=0.25).to_pil().convert("RGB")


def middle(picture: Image.Image, colour: tuple[int, int, int]) -> tuple[float, float]:
    """Return where the middle of a colour is, as parts of the width and height."""
    pixels = picture.load()
    spots = [
        (x, y)
        for x, y in product(range(picture.width), range(picture.height))
        if sum(abs(one - other) for one, other in zip(pixels[x, y], colour, strict=True)) < 60
    ]
    xs, ys = zip(*spots, strict=True)
    return (min(xs) + max(xs)) / 2 / picture.width, (min(ys) + max(ys)) / 2 / picture.height


@pytest.mark.parametrize("origin", [(0, 0), (100, -50)], ids=["原点在角", "原点不在角"])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [A4, A3, CARD], ids=["A4", "A3", "横的卡片"])
def test_a_page_is_upright_and_whole_however_it_is_turned(size, turned, origin):
    picture = seen(sheets_of(paper(size, turned, origin), "件.pdf"))
    width, height = size if turned % 180 == 0 else size[::-1]
    (x, y), (to_x, to_y) = middle(picture, FIRST), middle(picture, LAST)
    if width <= height:
        assert x < to_x and y < to_y
    else:  # its head to the left, where the dossier is bound
        assert x < to_x and y > to_y
    assert 0 < x < 1 and 0 < y < 1


def photograph(turned=1, size=(1200, 800)) -> bytes:
    picture = Image.new("RGB", size, "white")
    picture.paste(FIRST, (0, 0, 100, 100))
    picture.paste(LAST, (size[0] - 100, size[1] - 100, *size))
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "某牌手机"
    exif[0x8825] = {1: "N", 2: (23.0, 30.0, 12.0), 3: "E", 4: (101.0, 7.0, 30.0)}
    exif[0x9003] = "2026:09:20 10:11:12"
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize("turned", [0, 1, 3])
def test_a_photograph_stands_as_the_camera_held_it(turned):
    """Some telephones write 0, which no standard knows: it means upright."""
    picture = seen(sheets_of(photograph(turned), "照片.jpg"))
    (x, y), (to_x, to_y) = middle(picture, FIRST), middle(picture, LAST)
    upright = turned != 3
    assert (x < to_x) == upright and (y > to_y) == upright


def test_what_is_transparent_comes_out_white():
    out = io.BytesIO()
    Image.new("RGBA", (200, 300), (0, 0, 0, 0)).save(out, "PNG")
    picture = seen(sheets_of(out.getvalue(), "截图.png"))
    assert picture.getextrema() == ((255, 255),) * 3


@pytest.mark.parametrize(("height", "sheets"), [(290, 1), (310, 3), (1400, 10)])
def test_a_long_screenshot_is_cut_into_sheets_that_can_be_read(height, sheets):
    out = io.BytesIO()
    picture = Image.new("RGB", (100, height), "white")
    picture.paste(FIRST, (0, 0, 100, 9))
    picture.paste(LAST, (0, height - 9, 100, height))
    picture.save(out, "PNG")
    done = pypdfium2.PdfDocument(saved(sheets_of(out.getvalue(), "聊天记录.png")))
    assert len(done) == sheets
    first, last = (
        done[place].render(scale=0.25).to_pil().convert("RGB") for place in (0, sheets - 1)
    )
    assert middle(first, FIRST)[1] < 0.1 and middle(last, LAST)[1] > 0.4


def test_a_photograph_takes_neither_place_nor_telephone_nor_time_along():
    original = photograph()
    assert "某牌手机".encode() in original or b"2026:09:20" in original
    sheets = sheets_of(original, "照片.jpg")
    data = saved(sheets, compress_streams=False)
    assert b"Exif" not in data and b"2026:09:20" not in data and "某牌".encode() not in data


def form(*, drawn: bool) -> bytes:
    pdf = pikepdf.open(io.BytesIO(paper()))
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx,
        T="name", V="MOUPIN", Rect=[200, 400, 400, 430], F=4, DA="/Helv 18 Tf 0 g",
    )  # fmt: skip
    helvetica = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    fonts = pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=helvetica))
    if drawn:
        look = pdf.make_stream(
            b"BT /Helv 18 Tf 5 5 Td (MOUPIN) Tj ET",
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 200, 30], Resources=fonts,
        )  # fmt: skip
        field.AP = pikepdf.Dictionary(N=look)
    kept = pdf.make_indirect(field)
    pdf.pages[0].Annots = pdf.make_indirect([kept])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[kept], DR=fonts)
    return saved(pdf)


def test_what_is_written_into_a_form_stays_and_can_be_changed_no_more():
    done = sheets_of(form(drawn=True), "表.pdf")
    assert "/Annots" not in done.pages[0] and "/AcroForm" not in done.Root
    text = pypdfium2.PdfDocument(saved(done))[0].get_textpage().get_text_range()
    assert "MOUPIN" in text


def test_scripts_and_actions_stay_behind():
    pdf = pikepdf.open(io.BytesIO(paper()))
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.Root.OpenAction = script
    pdf.pages[0].AA = pikepdf.Dictionary(O=script)
    assert b"JavaScript" not in saved(sheets_of(saved(pdf), "件.pdf"), compress_streams=False)


def drawn_with(**more: object) -> bytes:
    """Write a page whose drawing has more to say than what it draws."""
    pdf = pikepdf.open(io.BytesIO(paper()))
    look = pdf.make_stream(
        b"0 0 9 9 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9]
    )
    for key, value in more.items():
        look[f"/{key}"] = value
    pdf.pages[0].add_resource(look, pikepdf.Name.XObject, pikepdf.Name.Evil)
    pdf.pages[0].contents_add(b"/Evil Do")
    return saved(pdf)


FILE = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="http://evil/a.exe")


@pytest.mark.parametrize("key", ["Ref", "OPI", "PieceInfo"])
def test_what_a_drawing_says_of_other_files_stays_behind(key):
    data = drawn_with(**{key: FILE})
    assert b"evil" in saved(pikepdf.open(io.BytesIO(data)), compress_streams=False)
    done = sheets_of(data, "件.pdf")
    assert b"evil" not in saved(done, compress_streams=False) and len(done.pages) == 1


def test_a_drawing_that_is_kept_in_another_file_cannot_be_bound():
    with pytest.raises(UnreadableError, match="放在别的文件里"):
        sheets_of(drawn_with(F=FILE), "件.pdf")


def test_files_programs_and_links_in_remarks_stay_behind():
    pdf = pikepdf.open(io.BytesIO(paper()))
    name = pikepdf.Name
    kept = pikepdf.Dictionary(
        Type=name.Filespec, F="evil.exe", EF=pikepdf.Dictionary(F=pdf.make_stream(b"MZ evil"))
    )
    pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=["a", kept]))
    started = pikepdf.Dictionary(S=name.Launch, F="evil.exe")
    common = {"/Type": name.Annot, "/Rect": [0, 0, 9, 9], "/F": 4}
    pdf.pages[0].Annots = pdf.make_indirect(
        pikepdf.Array(
            pdf.make_indirect(pikepdf.Dictionary(common | more))
            for more in (
                {"/Subtype": name.Link, "/A": started},
                {"/Subtype": name.FileAttachment, "/FS": kept},
            )
        )
    )
    assert b"evil" not in saved(sheets_of(saved(pdf), "件.pdf"), compress_streams=False)


@pytest.mark.parametrize(
    ("drawing", "blank"),
    [
        (b"", True), (b"q 0.75 0 0 0.75 0 0 cm Q", True), (b"BT (  ) Tj [( ) -20 ( )] TJ ET", True),
        (b"0 0 m 9 9 l n", True), (b"BT [(4)] TJ ET", False), (b"BT (7) ' ET", False),
        (b"0 0 m 9 9 l S", False), (b"/Im1 Do", False), (b"q" * 5000, False),
        (b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI", False),
    ],
)  # fmt: skip
def test_only_a_page_that_draws_nothing_is_blank(drawing, blank):
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=A4)
    pdf.pages[0].contents_add(drawing)
    done = sheets_of(saved(pdf), "件.pdf")
    assert is_blank(done.pages[0]) is blank


def test_a_remark_on_an_empty_page_is_something():
    pdf = pikepdf.open(io.BytesIO(form(drawn=True)))
    pdf.pages[0].Contents = pdf.make_stream(b"")
    done = sheets_of(saved(pdf), "件.pdf")
    assert not is_blank(done.pages[0])


def encrypted() -> bytes:
    return saved(
        pikepdf.open(io.BytesIO(paper())), encryption=pikepdf.Encryption(user="1", owner="2")
    )


def many_pages() -> bytes:
    pdf = pikepdf.new()
    for _ in range(MAX_PAGES + 1):
        pdf.add_blank_page()
    return saved(pdf)


def bomb() -> bytes:
    """Return a small file that says it is a picture of four hundred million dots."""
    out = io.BytesIO()
    Image.new("1", (1, 1)).save(out, "PNG")
    head = b"IHDR" + struct.pack(">II", 20_000, 20_000) + out.getvalue()[24:29]
    return out.getvalue()[:12] + head + struct.pack(">I", zlib.crc32(head)) + out.getvalue()[33:]


@pytest.mark.parametrize(
    ("make", "name", "why"),
    [
        (lambda: b"", "空.pdf", "空的"),
        (lambda: b"%PDF-1.7 nothing", "坏.pdf", "损坏"),
        (encrypted, "密.pdf", "密码"),
        (many_pages, "厚.pdf", "501 页"),
        (lambda: saved(pikepdf.new()), "无页.pdf", "0 页"),
        (lambda: form(drawn=False), "表.pdf", "没有画出来"),
        (bomb, "炸.png", "太大"),
        (lambda: b"nothing", "坏.jpg", "打不开"),
        (lambda: photograph()[:3000], "断.jpg", "损坏"),
        (lambda: b"text", "说明.txt", "不是 PDF"),
    ],
    ids=["空文件", "坏的PDF", "加密", "太厚", "没有页", "没有画出来的表单", "太大的照片", "坏的照片", "断了的照片", "别的文件"],
)  # fmt: skip
def test_what_cannot_be_joined_says_why(make, name, why, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    with pytest.raises(UnreadableError, match=why):
        sheets_of(make(), name)


def test_the_same_file_gives_the_same_pages():
    one, other = (
        saved(sheets_of(photograph(), "照片.jpg"), deterministic_id=True) for _ in range(2)
    )
    assert one == other

"""Turn what an office keeps (PDF files, photographs, scans) into upright A4 pages.

The files themselves are never changed. A page of the dossier is a copy without location data,
scripts, links or forms that a reader could still fill in.
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

import pikepdf
from PIL import Image, ImageOps

from kcbx_docs.problems import Place, UserError
from kcbx_docs.scans.bounds import MOST_BYTES
from kcbx_docs.scans.pictures import opened, plain

MAX_PAGES = 500

WIDTH, HEIGHT = 595.276, 841.89
"""A4 in points."""

_MARGIN = 28.35  # one centimetre around a picture, so that the binding hides nothing
_DOTS = 200  # per inch: a scan that is read, not looked at through a glass
_QUALITY = 88
_CONTENT = "/Content"  # a name of our own: the same file gives the same bytes
_PICTURES = (".jpg", ".jpeg", ".png", ".heic", ".heif", ".tif", ".tiff", ".bmp", ".webp")


class UnreadableError(Exception):
    """Why a file cannot be bound, in plain words."""


def sheets_of(data: bytes, name: str) -> pikepdf.Pdf:
    """Return the pages of a file as upright A4; raise UnreadableError where it cannot be joined."""
    if not data:
        raise UnreadableError("文件是空的")
    if len(data) > MOST_BYTES:
        raise UnreadableError(f"文件超过 {MOST_BYTES // 1_000_000} MB")
    if data.lstrip()[:5] == b"%PDF-":
        return _pages(data)
    if PurePath(name).suffix.lower() in _PICTURES:
        return _photograph(data)
    raise UnreadableError("不是 PDF，也不是照片")


def _pages(data: bytes) -> pikepdf.Pdf:
    with _opened(data) as source:
        sheets = pikepdf.new()
        for page in source.pages:
            sheets.add_blank_page(page_size=(WIDTH, HEIGHT))
            if not _bears_nothing(page):
                _lay(sheets, sheets.pages[-1], page)
        sheets.remove_unreferenced_resources()
        _keep_within(sheets)
        return sheets


_ELSEWHERE = ("/Ref", "/OPI", "/Alternates", "/AF", "/PieceInfo", "/Metadata", "/LastModified")
"""What drawings say of other files, of other programs, and of themselves."""


def _keep_within(sheets: pikepdf.Pdf) -> None:
    """Cut what leads from a drawing to other files; what is kept in one cannot be joined."""
    for one in sheets.objects:
        if not isinstance(one, pikepdf.Stream):
            continue
        if "/F" in one:
            raise UnreadableError("PDF 有内容放在别的文件里，请先「打印」成 PDF")
        for key in _ELSEWHERE:
            if key in one:
                del one[key]


@contextmanager
def _opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    """Open a PDF that a reader could print, with its forms and remarks as part of the pages."""
    try:
        source = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise UnreadableError("PDF 加了密码") from error
    except pikepdf.PdfError as error:
        raise UnreadableError("PDF 已损坏，打不开") from error
    with source:
        if not 0 < len(source.pages) <= MAX_PAGES:
            raise UnreadableError(f"PDF 有 {len(source.pages)} 页（1 至 {MAX_PAGES} 页才能合入）")
        if "/XFA" in _form(source):
            raise UnreadableError("PDF 是动态表单（XFA），只有原来的软件能显示")
        if _undrawn(source):
            raise UnreadableError("PDF 表单里填的内容没有画出来，请先「打印」成 PDF")
        source.flatten_annotations("print")
        yield source


def _form(source: pikepdf.Pdf) -> pikepdf.Object:
    return source.Root.get("/AcroForm", pikepdf.Dictionary())


def _undrawn(source: pikepdf.Pdf) -> bool:
    """Tell whether a form holds words that only a program draws when it is opened."""
    if _form(source).get("/NeedAppearances", False):
        return True
    for page in source.pages:
        for field in page.get("/Annots", ()):
            if field.get("/Subtype") == "/Widget" and field.get("/V") and "/AP" not in field:
                return True
    return False


_SHOWING = ("Tj", "TJ", "'", '"')
_MARKING = (*"sSfFBb", "f*", "B*", "b*", "sh", "Do", "EI", "INLINE IMAGE")
_FEW_BYTES = 4096
"""A page that draws nothing says so in fewer."""


def _bears_nothing(page: pikepdf.Page) -> bool:
    """Tell whether a page is the empty back of a sheet; a scan of one bears a picture of it."""
    try:
        page.contents_coalesce()
        if "/Contents" not in page or len(page.Contents.read_bytes()) > _FEW_BYTES:
            return "/Contents" not in page
        drawn = pikepdf.parse_content_stream(page)
    except pikepdf.PdfError:
        return False
    return not any(_marks(str(step.operator), step.operands) for step in drawn)


def _marks(operator: str, operands: Iterable[Any]) -> bool:
    if operator in _SHOWING:
        return bool(_words(operands).strip())
    return operator in _MARKING


def _words(operands: Iterable[Any]) -> bytes:
    """Return the bytes of text that is shown, also in pieces."""
    words = b""
    for one in operands:
        if isinstance(one, pikepdf.Array):
            words += _words(iter(one))
        elif isinstance(one, pikepdf.String):
            words += bytes(one)
    return words


def is_blank(sheet: pikepdf.Page) -> bool:
    """Tell whether nothing was laid on a sheet: such a back bears no number."""
    return "/XObject" not in sheet.get("/Resources", pikepdf.Dictionary())


def _lay(sheets: pikepdf.Pdf, sheet: pikepdf.Page, page: pikepdf.Page) -> None:
    """Lay a page upright on an empty A4 sheet, made smaller where it is larger; never cut."""
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    if not (right > left and top > bottom):
        raise UnreadableError("PDF 有一页没有大小")
    width, height = right - left, top - bottom
    if int(page.get("/Rotate", 0)) % 180:
        width, height = height, width
    if width > height:  # bound along its upper edge
        page.rotate(270, relative=True)  # its head to the left, where the dossier is bound
        width, height = height, width
    scale = min(WIDTH / width, HEIGHT / height, 1.0)
    x, y = (WIDTH - width * scale) / 2, (HEIGHT - height * scale) / 2
    place = pikepdf.Rectangle(x, y, x + width * scale, y + height * scale)
    form = sheets.copy_foreign(page.as_form_xobject())
    sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({_CONTENT: form}))
    sheet.contents_add(sheet.calc_form_xobject_placement(form, pikepdf.Name(_CONTENT), place))


def _photograph(data: bytes) -> pikepdf.Pdf:
    """Put a picture on a sheet, upright as its camera held it, without anything else it carries."""
    try:
        with opened(data, Place()) as picture:
            turned = plain(ImageOps.exif_transpose(picture))
    except UserError as error:
        raise UnreadableError(error.problems[0].message.rstrip("。")) from error
    if turned.width > turned.height:
        turned = turned.rotate(90, expand=True)
    sheets = pikepdf.new()
    for part in _strips(turned):
        part.thumbnail((round(_ROOM[0] / 72 * _DOTS), round(_ROOM[1] / 72 * _DOTS)))
        _on_sheet(sheets, part)
    return sheets


_ROOM = (WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN)
_SLENDER = 2.0
"""How many sheets long a picture must be to be cut: a long screenshot is else too small to read."""
_OVERLAP = 0.04
"""Of a sheet, shown again on the next: no line of words is cut in two on both."""


def _strips(picture: Image.Image) -> Iterator[Image.Image]:
    """Cut a long screenshot into sheets from its top to its end; leave all else whole."""
    sheet = round(picture.width * _ROOM[1] / _ROOM[0])
    if picture.height < _SLENDER * sheet:
        yield picture
        return
    step = round(sheet * (1 - _OVERLAP))
    for top in range(0, picture.height - sheet + step, step):
        low = min(top + sheet, picture.height)
        yield picture.crop((0, top, picture.width, low))


def _on_sheet(sheets: pikepdf.Pdf, picture: Image.Image) -> None:
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=_QUALITY, optimize=True)
    sheets.add_blank_page(page_size=(WIDTH, HEIGHT))
    sheet = sheets.pages[-1]
    image = sheets.make_stream(
        packed.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    scale = min(_ROOM[0] / picture.width, _ROOM[1] / picture.height)
    width, height = picture.width * scale, picture.height * scale
    x, y = (WIDTH - width) / 2, (HEIGHT - height) / 2
    sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({_CONTENT: image}))
    drawing = f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm {_CONTENT} Do Q"
    sheet.contents_add(drawing.encode())

"""Bind parts into one file: sheets numbered, bookmarks our own; the same parts, the same bytes."""

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain

import pikepdf

from kcbx_docs.dossier.sheets import HEIGHT, WIDTH, is_blank
from kcbx_docs.light import dataclass

_NUMBER = "/Number"
Numbers = Callable[[Sequence[bool]], bytes]
"""Makes a PDF of pages with their numbers and nothing else; each is told whether it is a back."""


@dataclass(frozen=True)
class Booklet:
    """What stands under one bookmark; parts before the first numbered one bear no numbers."""

    title: str
    pages: tuple[pikepdf.Page, ...]
    home: tuple[pikepdf.Pdf, ...]
    """The files that the pages live in: a page dies with its file."""
    numbered: bool = True
    below: bool = False
    """Whether its bookmark stands below that of the part before: a receipt below its paper."""


def booklet_of(
    title: str, *files: pikepdf.Pdf, numbered: bool = True, below: bool = False
) -> Booklet:
    """Make one part of all pages of some files."""
    pages = tuple(chain.from_iterable(file.pages for file in files))
    return Booklet(title, pages, files, numbered, below)


def spans(counts: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last sheet number of parts of so many pages; (0, 0) of none."""
    found: list[tuple[int, int]] = []
    last = 0
    for count in counts:
        found.append((last + 1, last + count) if count else (0, 0))
        last += count
    return found


def bind(
    parts: Sequence[Booklet], numbers: Numbers, *, title: str, author: str, day: date
) -> bytes:
    """Join parts into one PDF and number its pages but the empty ones.

    What bears no numbers, and the first that does, begins on a front: whoever prints both sides
    then finds the numbers in the outer corner.
    """
    bound = pikepdf.new()
    starts: list[int] = []
    numbered: list[int] = []
    inside = False
    for part in parts:
        if not (part.numbered and inside) and _is_back(len(bound.pages)):
            bound.add_blank_page(page_size=(WIDTH, HEIGHT))
        inside = part.numbered
        starts.append(len(bound.pages))
        if part.numbered:
            numbered += (starts[-1] + place for place in marked(part.pages))
        bound.pages.extend(part.pages)
    _number(bound, numbered, numbers)
    _bookmark(bound, parts, starts)
    _name(bound, title, author, day)
    return saved(bound)


def marked(pages: Iterable[pikepdf.Page]) -> list[int]:
    """Return the places of the pages that bear something, and so a number."""
    return [place for place, page in enumerate(pages) if not is_blank(page)]


def _is_back(place: int) -> bool:
    return place % 2 == 1


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Write a PDF; the same pages give the same bytes."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _number(bound: pikepdf.Pdf, pages: Sequence[int], numbers: Numbers) -> None:
    """Lay the numbers over the pages, in the outer upper corner of each."""
    if not pages:
        return
    with pikepdf.open(io.BytesIO(numbers([_is_back(place) for place in pages]))) as stamps:
        for place, stamp in zip(pages, stamps.pages, strict=True):
            sheet = bound.pages[place]
            form = bound.copy_foreign(stamp.as_form_xobject())
            _on_its_own(sheet)
            sheet.Resources.XObject[_NUMBER] = form
            corner = _corner(sheet, back=_is_back(place))
            drawing = sheet.calc_form_xobject_placement(form, pikepdf.Name(_NUMBER), corner)
            sheet.contents_add(drawing)


def _corner(sheet: pikepdf.Page, *, back: bool) -> pikepdf.Rectangle:
    """Return where the page with the number is laid: upright A4 covers it whole, of a sheet laid
    across its upper corner.
    """
    wide, high = float(sheet.mediabox[2]), float(sheet.mediabox[3])
    if wide <= high:
        return pikepdf.Rectangle(0, 0, WIDTH, HEIGHT)
    left = 0.0 if back else wide - WIDTH
    return pikepdf.Rectangle(left, high - HEIGHT, left + WIDTH, high)


def _on_its_own(sheet: pikepdf.Page) -> None:
    """Give a page resources that no other page shares, and end what its drawing changed: else
    all pages bear the last number, and bear it upside down.
    """
    own = pikepdf.Dictionary(dict(sheet.Resources.items()))
    own.XObject = pikepdf.Dictionary(dict(own.get("/XObject", pikepdf.Dictionary()).items()))
    sheet.Resources = own
    sheet.contents_add(b"q\n", prepend=True)
    sheet.contents_add(b"\nQ\n")


def _bookmark(bound: pikepdf.Pdf, parts: Sequence[Booklet], starts: Sequence[int]) -> None:
    with bound.open_outline() as outline:
        for part, start in zip(parts, starts, strict=True):
            if not part.pages:
                continue
            mark = pikepdf.OutlineItem(part.title, start, "Fit")
            above = outline.root[-1].children if part.below and outline.root else outline.root
            above.append(mark)


def _name(bound: pikepdf.Pdf, title: str, author: str, day: date) -> None:
    bound.docinfo["/Title"] = title
    bound.docinfo["/Author"] = author
    # A day, not a moment: the same ledger gives the same bytes whenever it is bound.
    bound.docinfo["/CreationDate"] = f"D:{day:%Y%m%d}000000+08'00'"
    bound.Root.Lang = pikepdf.String("zh-CN")
    bound.Root.PageMode = pikepdf.Name.UseOutlines

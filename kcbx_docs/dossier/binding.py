"""Bind parts into one file: sheets numbered, bookmarks our own; the same parts, the same bytes."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pikepdf

from kcbx_docs.dossier.sheets import HEIGHT, WIDTH

_NUMBER = "/Number"
Numbers = Callable[[int], bytes]
"""Makes a PDF of as many pages, each with its number and nothing else."""


@dataclass(frozen=True)
class Part:
    """What stands under one bookmark; parts before the first numbered one bear no numbers."""

    title: str
    sheets: pikepdf.Pdf
    numbered: bool = True
    below: bool = False
    """Whether its bookmark stands below that of the part before: a receipt below its paper."""

    @property
    def count(self) -> int:
        """Return the number of its pages."""
        return len(self.sheets.pages)


def spans(parts: Sequence[Part]) -> list[tuple[int, int]]:
    """Return the first and last sheet number of every part; (0, 0) for those without numbers."""
    found: list[tuple[int, int]] = []
    last = 0
    for part in parts:
        if part.numbered and part.count:
            found.append((last + 1, last + part.count))
            last += part.count
        else:
            found.append((0, 0))
    return found


def bind(parts: Sequence[Part], numbers: Numbers, *, title: str, author: str, day: date) -> bytes:
    """Join parts into one PDF and number its sheets."""
    bound = pikepdf.new()
    starts: list[int] = []
    numbered: list[int] = []
    for part in parts:
        starts.append(len(bound.pages))
        if part.numbered:
            numbered += range(len(bound.pages), len(bound.pages) + part.count)
        bound.pages.extend(part.sheets.pages)
    _number(bound, numbered, numbers)
    _bookmark(bound, parts, starts)
    _name(bound, title, author, day)
    return saved(bound)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Write a PDF; the same pages give the same bytes."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _number(bound: pikepdf.Pdf, pages: Sequence[int], numbers: Numbers) -> None:
    """Lay the numbers over the sheets: those are all upright A4, so that no number is lost."""
    if not pages:
        return
    whole = pikepdf.Rectangle(0, 0, WIDTH, HEIGHT)
    with pikepdf.open(io.BytesIO(numbers(len(pages)))) as stamps:
        for place, stamp in zip(pages, stamps.pages, strict=True):
            sheet = bound.pages[place]
            form = bound.copy_foreign(stamp.as_form_xobject())
            sheet.Resources.XObject[_NUMBER] = form
            drawing = sheet.calc_form_xobject_placement(form, pikepdf.Name(_NUMBER), whole)
            sheet.contents_add(drawing)


def _bookmark(bound: pikepdf.Pdf, parts: Sequence[Part], starts: Sequence[int]) -> None:
    with bound.open_outline() as outline:
        for part, start in zip(parts, starts, strict=True):
            if not part.count:
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

"""A PDF as this program laid it out, brought in the place of the sheet that somebody signed."""

from collections.abc import Iterator
from io import BytesIO

from kcbx_docs.problems import Place, Problem, problem

_PDF, _MADE_BY = b"%PDF-", "kcbx-docs"


def unsigned(data: bytes, name: str) -> Iterator[Problem]:
    """Remind of a PDF of our own on which nobody signed, wrote or stamped anything."""
    if data.startswith(_PDF) and (title := _as_laid_out(data)) is not None:
        yield problem("SERV114", Place(), name=name, title=title or "没有标题")


def _as_laid_out(data: bytes) -> str | None:
    """Return the title of a PDF that is still as we laid it out; nothing of any other."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if str(pdf.docinfo.get("/Creator", "")) != _MADE_BY or "/AcroForm" in pdf.Root:
                return None
            if any(_written_on(page) for page in pdf.pages):
                return None
            return str(pdf.docinfo.get("/Title", ""))
    except (pikepdf.PdfError, ValueError):
        return None


def _written_on(page: "object") -> bool:
    """Tell whether somebody put a stroke, a stamp or a picture upon a page."""
    marks = page.get("/Annots", ())  # type: ignore[attr-defined]
    return any(str(mark.get("/Subtype", "")) != "/Link" for mark in marks)

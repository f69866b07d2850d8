"""PDF files for files of cases: PDF/A-2a with the structure of PDF/UA-1.

WeasyPrint writes either of the two; here the second claim joins the first in the metadata. What it
leaves open is closed: page numbers and the mark of a draft are marked as no part of the text, and
heads of tables say whether they are of a row or of a column.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import import_module
from io import BytesIO
from itertools import chain
from typing import Any

from kcbx_docs.render.embedding import write_packed
from kcbx_docs.render.glyphs import Places
from kcbx_docs.render.srgb import srgb_profile
from kcbx_docs.render.stamping import DrawnLine, plain_pages

VARIANT = "pdf/a-2a"
SRGB = "sRGB"
_DESCRIPTION = (
    '<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">'
    "<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
)
_SCHEMA = (
    '<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
    "</rdf:Description>"
)
_margins: ContextVar[frozenset[int] | None] = ContextVar("texts_in_margins", default=None)


def write_archive(
    document: Any, lines: Sequence[DrawnLine] = ()
) -> tuple[bytes, tuple[DrawnLine, ...]]:
    """Write a laid-out document as a tagged PDF for archives; ``lines`` are to be stamped later,
    and returned as they stand in it.
    """
    _install()
    written: list[DrawnLine] = []

    def finish(pdf: Any, places: Places) -> None:
        _claim(pdf)
        written.extend(line.placed_in(places) for line in lines)
        plain_pages(pdf, written)

    with _texts_in_margins(document.pages):
        document.color_profiles["srgb"] = _srgb()
        # "": WeasyPrint would open the profile once more and leave it open.
        data = write_packed(document, finish, pdf_variant=VARIANT, output_intent="")
        return data, tuple(written)


def _srgb() -> Any:
    profile = import_module("weasyprint.css").ColorProfile
    return profile(BytesIO(srgb_profile()), SRGB, "relative-colorimetric", (["r"], ["g"], ["b"]))


def _claim(pdf: Any) -> None:
    """Say in the metadata that the file keeps PDF/UA too, and what that claim means."""
    number = int(pdf.catalog["Metadata"].split()[0])
    stream = pdf.objects[number]
    stream.stream = [
        part.replace(b"</rdf:RDF>", f"{_SCHEMA}{_DESCRIPTION}</rdf:RDF>".encode())
        for part in stream.stream
    ]
    stream.compress = False  # readers of archives look for it as it is


@contextmanager
def _texts_in_margins(pages: Sequence[Any]) -> Iterator[None]:
    margin = import_module("weasyprint.formatting_structure.boxes").MarginBox
    boxes = chain.from_iterable(page._page_box.children for page in pages)
    margins = [box.descendants() for box in boxes if isinstance(box, margin)]
    token = _margins.set(frozenset(map(id, chain.from_iterable(margins))))
    try:
        yield
    finally:
        _margins.reset(token)


@cache
def _install() -> None:
    """Mark texts in margins as artifacts, tell what a head is the head of.

    Elsewhere WeasyPrint does as before.
    """
    stream = import_module("weasyprint.pdf.stream").Stream
    tags: Any = import_module("weasyprint.pdf.tags")
    margin = import_module("weasyprint.formatting_structure.boxes").MarginBox
    marked, build = stream.marked, tags._build_box_tree

    def our_marked(self: Any, box: Any, tag: str) -> Any:
        return self.artifact() if id(box) in (_margins.get() or ()) else marked(self, box, tag)

    def our_build(box: Any, *rest: Any) -> Iterator[Any]:
        ours = _margins.get() is not None
        if ours and isinstance(box, margin):
            return
        for element in build(box, *rest):
            if ours and element["S"] == "/TH":
                of_row = box.element.get("scope") == "row"
                element["A"]["Scope"] = "/Row" if of_row else "/Column"
            yield element

    stream.marked, tags._build_box_tree = our_marked, our_build

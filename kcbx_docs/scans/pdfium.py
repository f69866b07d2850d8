"""PDFium, the library that opens PDF files: one thread at a time, whoever asks for what.

It knows one caller at a time in the whole process, and kills it where two come at once. So nobody
else loads it, and everything that is asked of a document is asked here or inside of ``alone``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import RLock
from typing import Any

_PDFIUM = RLock()
_DEEP = 10
"""How deep in forms within forms the pictures of a page are looked for."""


class UnreadablePdfError(Exception):
    """A file that PDFium does not read, or a page of it."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.locked = "assword" in told
        """Whether it would be read by who knows its password."""


@contextmanager
def alone() -> Iterator[None]:
    """Have nobody else ask PDFium for anything meanwhile."""
    with _PDFIUM:
        fault = import_module("pypdfium2").PdfiumError
        try:
            yield
        except fault as error:
            raise UnreadablePdfError(str(error)) from error


@contextmanager
def held_pdf(data: bytes) -> Iterator[Any]:
    """Hold a PDF open without keeping others off; what is asked of it is asked ``alone``."""
    with alone():
        document = import_module("pypdfium2").PdfDocument(data)
    try:
        yield document
    finally:
        with alone():
            document.close()


@contextmanager
def opened_pdf(data: bytes) -> Iterator[Any]:
    """Open a PDF, and keep others off until it is closed."""
    with alone(), held_pdf(data) as document:
        yield document


def pictures_on(page: Any) -> Iterator[Any]:
    """Yield the pictures that a page of a PDF shows."""
    kind = int(import_module("pypdfium2.raw").FPDF_PAGEOBJ_IMAGE)
    yield from page.get_objects(filter=[kind], max_depth=_DEEP)

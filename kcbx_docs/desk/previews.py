"""Drafts to be looked at: made once while nothing changes, shown as pictures of their pages."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from threading import Lock

from kcbx_docs.batch.render import papers_of
from kcbx_docs.light import dataclass
from kcbx_docs.office.opened import Office, stamps_of
from kcbx_docs.papers.files import Papers, Wanted
from kcbx_docs.problems import Place, Problems, UserError, stop
from kcbx_docs.scans.pdfium import opened_pdf

_KEPT = 8
_SCALE = 1.5
"""Pixels for a point: a page is some 900 pixels wide, and its small print legible."""


@dataclass(frozen=True)
class Preview:
    """A draft: its file, its pages, and what is to be said of it."""

    pdf: bytes
    count: int
    problems: Problems


@dataclass
class Previews:
    """The drafts that were looked at last."""

    _lock: Lock = field(default_factory=Lock)
    _kept: OrderedDict[object, Preview] = field(default_factory=OrderedDict)

    def of(self, office: Office, path: Path, wanted: Wanted) -> Preview:
        """Return a draft; raise with every reason why it cannot be made."""
        text, register = sha256(path.read_bytes()).digest(), office.register
        head = register and register.book.head().hash
        key = (path, wanted, text, tuple(stamps_of(office.root)), head)
        return self.kept(key, lambda: _preview(office, path, wanted))

    def keep(self, preview: Preview) -> str:
        """Keep what was made for one page alone; return how it asks for its pictures."""
        call = token_hex(16)
        self.kept(call, lambda: preview)
        return call

    def called(self, call: str) -> Preview | None:
        """Return what was kept under a name; nothing if it was long ago."""
        with self._lock:
            return self._kept.get(call)

    def kept(self, key: object, make: Callable[[], Preview]) -> Preview:
        """Return what was made for a key before, else make it."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]


def _preview(office: Office, path: Path, wanted: Wanted) -> Preview:
    loaded, found = office.read(path, wanted.known)
    if loaded is None:
        raise UserError(found)
    return first_pdf(papers_of(office, loaded, wanted, found=found))


def first_pdf(papers: Papers) -> Preview:
    """Return the first PDF among some papers."""
    pdf = next((one.data for one in papers.files if one.name.endswith(".pdf")), None)
    if pdf is None:
        raise stop("DESK003", Place())
    return preview_of(pdf, papers.problems)


def preview_of(pdf: bytes, problems: Problems = ()) -> Preview:
    """Return a PDF with the number of its pages."""
    return Preview(pdf, _pages(pdf), problems)


def _pages(pdf: bytes) -> int:
    with opened_pdf(pdf) as document:
        return len(document)


def page_picture(pdf: bytes, number: int) -> bytes:
    """Draw a page, counted from 0, as PNG."""
    out = BytesIO()
    with opened_pdf(pdf) as document:
        document[number].render(scale=_SCALE).to_pil().convert("L").save(out, "PNG")
    return out.getvalue()

"""PDFium is asked by one thread at a time: it kills the process where two come at once."""

from pathlib import Path
from types import SimpleNamespace

import pytest

import kcbx_docs
from kcbx_docs.desk.chapters import chapters
from kcbx_docs.desk.previews import page_picture, preview_of
from kcbx_docs.issuing.finals import words_of
from kcbx_docs.problems import Place, UserError
from kcbx_docs.scans import pdfium
from kcbx_docs.scans.pdfium import UnreadablePdfError
from kcbx_docs.scans.pictures import is_drawn, pages_of
from tests.meeting import Room, all_at_once

SCAN = b"%PDF-1.7"
READERS = (
    lambda: is_drawn(SCAN),
    lambda: [*pages_of(SCAN, Place("回执.pdf"))],
    lambda: words_of(Path("定稿.pdf"), SCAN),
    lambda: page_picture(SCAN, 0),
    lambda: preview_of(SCAN),
    lambda: chapters(SCAN),
)


class FaultError(Exception):
    """What the library raises."""


def test_no_two_readers_ask_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room()

    def opened(_data: bytes) -> None:
        room.enter()
        raise FaultError("Failed to load document")

    library = SimpleNamespace(PdfDocument=opened, PdfiumError=FaultError)
    monkeypatch.setattr(pdfium, "import_module", lambda _name: library)
    all_at_once([room.enter, room.enter])
    assert room.met == 2  # who is not held off does meet
    all_at_once(READERS, UserError, UnreadablePdfError)
    assert (room.came, room.met) == (2 + len(READERS), 2)


def test_who_looks_at_a_page_keeps_nobody_off(monkeypatch: pytest.MonkeyPatch) -> None:
    document = SimpleNamespace(close=lambda: None)
    library = SimpleNamespace(PdfDocument=lambda _data: document, PdfiumError=FaultError)
    monkeypatch.setattr(pdfium, "import_module", lambda _name: library)
    opened = []

    def other() -> None:
        with pdfium.opened_pdf(SCAN) as found:
            opened.append(found)

    with pdfium.held_pdf(SCAN):
        all_at_once([other])
    assert opened == [document]


def test_nobody_else_loads_the_library() -> None:
    root = Path(kcbx_docs.__file__).parent
    users = {path.name for path in root.rglob("*.py") if '"pypdfium2' in path.read_text("utf-8")}
    assert users == {"pdfium.py"}

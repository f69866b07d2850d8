"""Files that people bring: the version that was signed off, and scans of what is on paper.

What could do harm is refused by name; what is signed off is compared with our words, and every
difference is told.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Place, Problems, problem, stop
from kcbx_docs.render.keeper import read_word_file
from kcbx_docs.render.text import docx_paragraphs, tight
from kcbx_docs.scans.pdfium import UnreadablePdfError, opened_pdf
from kcbx_docs.writing import reason_of

MOST_BYTES = 50_000_000
MOST_PAGES = 300
LEAST_ALIKE = 0.5
_AROUND = 8
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""How old Word files begin, and encrypted new ones."""
_PAGE_NUMBER = regex(
    r"^\s*—\s*\d+\s*—\s*$|^\s*第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?\s*$", re.MULTILINE
)
_LONG_NUMBER = regex(r"\d{9,}[\dXx]")
_PICTURES = {".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n"}


@dataclass(frozen=True)
class BroughtFile:
    """A file that somebody brought: its bytes, and its words as far as they can be read."""

    path: Path
    data: bytes
    text: str = ""

    @property
    def suffix(self) -> str:
        """Return what kind of file it is, as its name ends."""
        return self.path.suffix.lower()


def read_final(path: Path) -> BroughtFile:
    """Read the version that was signed off: a Word file or a PDF."""
    data = _read(path)
    if path.suffix.lower() == ".docx":
        if data.startswith(_OLD_OFFICE):
            raise stop("ISSU021", Place(str(path)))
        read_word_file(path)
        return BroughtFile(path, data, "".join(docx_paragraphs(data)))
    if path.suffix.lower() == ".pdf":
        return BroughtFile(path, data, _text_of_pdf(path, data))
    raise stop("ISSU020", Place(str(path)), kinds="DOCX、PDF")


def read_scan(path: Path) -> BroughtFile:
    """Read a scan or a photo of a paper."""
    data, suffix = _read(path), path.suffix.lower()
    if suffix == ".pdf":
        return BroughtFile(path, data, _text_of_pdf(path, data))
    if suffix in _PICTURES and data.startswith(_PICTURES[suffix]):
        return BroughtFile(path, data)
    raise stop("ISSU020", Place(str(path)), kinds="PDF、JPG、PNG")


def words_of(path: Path, data: bytes) -> str:
    """Return the words of a Word file or a PDF, closed up; a picture or a scan has none."""
    if path.suffix.lower() == ".docx":
        return tight("".join(docx_paragraphs(data)))
    return _text_of_pdf(path, data) if path.suffix.lower() == ".pdf" else ""


def read_brought(path: Path) -> BroughtFile:
    """Read a file to be compared: a paper as Word or PDF, or whatever was kept as a proof."""
    if path.suffix.lower() in (".docx", ".pdf"):
        found = read_final(path)
        return BroughtFile(path, found.data, tight(found.text))
    return BroughtFile(path, _read(path))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            size = path.stat().st_size // 1_000_000
            raise stop("ISSU022", Place(str(path)), size=size, most=MOST_BYTES // 1_000_000)
        data = path.read_bytes() if path.is_file() else b""
    except OSError as error:
        raise stop("ISSU023", Place(str(path)), reason=reason_of(error)) from error
    if not data:
        raise stop("ISSU023", Place(str(path)), reason="文件是空的")
    return data


def _text_of_pdf(path: Path, data: bytes) -> str:
    """Return the words of a PDF without page numbers; a scan has none."""
    try:
        with opened_pdf(data) as document:
            if not 0 < len(document) <= MOST_PAGES:
                raise stop("ISSU026", Place(str(path)), pages=len(document), most=MOST_PAGES)
            pages = [page.get_textpage().get_text_bounded() for page in document]
    except UnreadablePdfError as error:
        raise stop("ISSU024" if error.locked else "ISSU025", Place(str(path))) from error
    return tight("".join(_PAGE_NUMBER.sub("", page.replace("\r\n", "\n")) for page in pages))


@dataclass(frozen=True)
class Difference:
    """A place where the signed-off version says something else."""

    before: str
    ours: str
    theirs: str

    def as_data(self) -> dict[str, str]:
        """Return what the ledger keeps, which is for ever: no identity or account number."""
        told = {"before": self.before, "ours": self.ours, "theirs": self.theirs}
        return {key: _LONG_NUMBER.sub(_masked, text) for key, text in told.items()}


def _masked(number: re.Match[str]) -> str:
    return number[0][:2] + "*" * (len(number[0]) - 4) + number[0][-2:]


def differences(ours: Sequence[str], theirs: str) -> tuple[Difference, ...]:
    """List where the words of a signed-off version differ from ours."""
    return tuple(_differences(tight("".join(ours)), tight(theirs)))


def _differences(ours: str, theirs: str) -> Iterator[Difference]:
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, start, end, other, last in matcher.get_opcodes():
        if kind != "equal":
            before = ours[max(start - _AROUND, 0) : start]
            yield Difference(before, ours[start:end], theirs[other:last])


def told_of(brought: BroughtFile, ours: Sequence[str], title: str) -> tuple[list[Any], Problems]:
    """Compare a signed-off version with our words; refuse what is another paper altogether."""
    place = Place(str(brought.path))
    if not brought.text.strip():
        return [{"before": "", "ours": "", "theirs": "没有文字，无法对照"}], (
            problem("ISSU028", place, title=title),
        )
    words = tight("".join(ours))
    if SequenceMatcher(None, words, brought.text, autojunk=False).ratio() < LEAST_ALIKE:
        raise stop("ISSU027", place, title=title)
    found = differences(ours, brought.text)
    told = tuple(
        problem("ISSU029", place, before=one.before, ours=one.ours, theirs=one.theirs)
        for one in found
    )
    return [one.as_data() for one in found], told

"""Files that come in by a form: looked at as hostile, by what they hold and not by what they are
called.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from kcbx_docs.case.fields import is_device_name
from kcbx_docs.case.sheets import read_sheets
from kcbx_docs.case.sniffing import LOCKS
from kcbx_docs.handwriting.characters import forbidden
from kcbx_docs.issuing.finals import read_scan
from kcbx_docs.issuing.proofs import read_proof
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import Place, Problem, Problems, UserError, errors
from kcbx_docs.render.keeper import read_word_file
from kcbx_docs.scans.pictures import pages_of

MOST_BYTES = 20 * 1024 * 1024
"""Of a request, with all its files."""
TAKES_FILES = "takes_files"
"""What a page that takes files says of itself."""
NAMELESS = "没有名字"
_LONGEST = 60
"""Characters of a name; a Windows path bears 260 in all."""
_SIGNS = regex(r'[<>:"|?*]')
_SUFFIX = regex(r"\.[0-9A-Za-z]{1,5}")
View = TypeVar("View", bound=Callable[..., object])


def takes_files(view: View) -> View:
    """Let a page take files: every other one refuses what is larger than a form."""
    setattr(view, TAKES_FILES, True)
    return view


@dataclass(frozen=True)
class Upload:
    """A file that came in and waits to be used."""

    token: str
    """By which the next form asks for it; nobody can guess it."""
    name: str
    """What it was called, as text alone."""
    path: Path
    """Where it waits, under a name that says nothing."""

    def named(self, found: Problem) -> Problem:
        """Have a problem name the file as it was called."""
        place = found.place
        if place.file in ("", str(self.path), self.path.name):
            return replace(found, place=replace(place, file=self.name))
        return found


@dataclass(frozen=True)
class UploadKind:
    """What a page takes: how that is told, what a browser offers, what speaks against a file."""

    told: str
    accept: str
    look: Callable[[Upload], Problems]

    def faults(self, upload: Upload) -> Problems:
        """Say why a file is not taken; the place of each is the name that the file came with."""
        try:
            found = self.look(upload)
        except UserError as error:
            found = error.problems
        return tuple(map(upload.named, errors(found)))


def plain_name(given: str) -> str:
    """Make what a browser called a file a name that leads nowhere, starts nothing and is seen."""
    last = re.split(r"[/\\]", given)[-1]
    seen = "".join(char for char in last if char not in "\n\t" and not forbidden(char))
    name = _SIGNS.sub("_", seen).strip().rstrip(". ")
    stem, dot, suffix = name.rpartition(".")
    if dot and _SUFFIX.fullmatch(dot + suffix):
        name = stem[: _LONGEST - len(suffix)].rstrip(". ") + dot + suffix
    else:
        name = name[:_LONGEST].rstrip(". ")
    if is_device_name(name.partition(".")[0].rstrip()):
        return f"_{name}"
    return name if name.strip("._ ") else NAMELESS


def name_on_disk(token: str, name: str) -> str:
    """Name a file as it waits: all that the readers go by is its ending, and the mark of a lock."""
    ending = Path(name).suffix.lower()
    mark = LOCKS[0] if name.startswith(LOCKS) else ""
    return mark + token + (ending if _SUFFIX.fullmatch(ending) else "")


def _table(upload: Upload) -> Problems:
    return read_sheets(upload.path, upload.name)[1]


def _word(upload: Upload) -> Problems:
    read_word_file(upload.path)
    return ()


def _scan(upload: Upload) -> Problems:
    next(pages_of(upload.path.read_bytes(), Place(upload.name)))
    return ()


def _paper(upload: Upload) -> Problems:
    return _word(upload) if upload.path.suffix == ".docx" else _scan(upload)


def _sheet(upload: Upload) -> Problems:
    read_scan(upload.path)
    return ()


def _proof(upload: Upload) -> Problems:
    return read_proof("", upload.path, upload.name)[1]


TABLE = UploadKind("Excel、WPS 表格或 CSV", ".xlsx,.xlsm,.xls,.et,.ods,.csv,.tsv,.txt", _table)
WORD = UploadKind("Word 文档（.docx）", ".docx", _word)
SCAN = UploadKind("扫描件、照片或 PDF", ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.webp,.bmp,.heic", _scan)
PROOF = UploadKind(
    "照片、扫描件、PDF 或录音录像", ".pdf,image/*,audio/*,video/*,.ofd,.heic", _proof
)
SHEET = UploadKind("扫描件或照片（PDF、JPG、PNG）", ".pdf,.jpg,.jpeg,.png", _sheet)
PAPER = UploadKind(
    "Word、PDF、扫描件或照片", ".docx,.pdf,.jpg,.jpeg,.png,.tif,.tiff,.webp,.bmp,.heic", _paper
)

"""The files of a dossier, one by one: turned into sheets, or the reason why they are not."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path, PurePath

import pikepdf

from kcbx_docs.case.paths import is_file
from kcbx_docs.dossier.pieces import Item
from kcbx_docs.dossier.sheets import UnreadableError, sheets_of
from kcbx_docs.ledger.model import Attached
from kcbx_docs.light import dataclass
from kcbx_docs.problems import UserError
from kcbx_docs.scans.bounds import MOST_BYTES

Bytes = Callable[[str], bytes]
"""Returns what the ledger keeps under a hash; raises UserError where it is lost or changed."""

_LOSES = (".ofd", ".docx", ".doc", ".wps")


@dataclass(frozen=True)
class Leaf:
    """One file of a piece."""

    title: str
    name: str
    sha256: str = ""
    sheets: pikepdf.Pdf | None = None
    reason: str = ""
    """Why it is not bound; nothing if it is."""
    original: bytes = b""
    """Its bytes, where the bound copy loses something: a signature, or everything."""

    @property
    def note(self) -> str:
        """Return the remark of the contents."""
        if self.reason:
            return "代页"
        return "原件另存" if self.original else ""


def leaves_of(piece: Item, root: Path, bytes_of: Bytes) -> tuple[Leaf, ...]:
    """Turn the files of a piece into leaves: those of the ledger, or the one of the workspace."""
    kept = tuple(_kept(piece, one, bytes_of) for one in piece.kept)
    return (*kept, _of_workspace(piece, root)) if piece.file else kept


def _kept(piece: Item, one: Attached, bytes_of: Bytes) -> Leaf:
    try:
        data = bytes_of(one.sha256)
    except UserError as error:
        reason = "；".join(found.message for found in error.problems)
        return Leaf(piece.title, one.name, one.sha256, reason=reason)
    return _leaf(piece.title, one.name, data)


def _of_workspace(piece: Item, root: Path) -> Leaf:
    path = (root / piece.file).resolve()
    if not path.is_relative_to(root.resolve()):
        return Leaf(piece.title, piece.file, reason="文件不在工作目录里")
    if not is_file(path):
        return Leaf(piece.title, piece.file, reason="找不到这个文件")
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError:
        return Leaf(piece.title, piece.file, reason="文件打不开")
    return _leaf(piece.title, piece.file, data)


def _leaf(title: str, name: str, data: bytes) -> Leaf:
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    try:
        sheets = sheets_of(data, name)
    except UnreadableError as error:
        kept = data if PurePath(name).suffix.lower() in _LOSES else b""
        return Leaf(title, name, digest, reason=str(error), original=kept)
    return Leaf(title, name, digest, sheets, original=data if _signed(data) else b"")


def _signed(data: bytes) -> bool:
    """Tell whether a PDF bears an electronic signature, which no copy of its pages keeps."""
    if not data.lstrip().startswith(b"%PDF-"):
        return False
    with pikepdf.open(io.BytesIO(data)) as pdf:
        form = pdf.Root.get("/AcroForm", pikepdf.Dictionary())
        return bool(int(form.get("/SigFlags", 0)) & 1)

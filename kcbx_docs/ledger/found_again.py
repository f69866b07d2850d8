"""Files that a ledger has lost and that still lie elsewhere, byte for byte: they are put back."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from kcbx_docs.ledger.blobs import name_of
from kcbx_docs.ledger.book import Book
from kcbx_docs.ledger.verify import verify

_LOST = "LEDG034"


def put_back(book: Book, folders: Iterable[Path]) -> tuple[Path, ...]:
    """Put back what the ledger lacks and what lies in some folders; return whence it came."""
    lost = {one.name for one in verify(book, quick=True).flaws if one.code == _LOST}
    return tuple(_put_back(book, lost, folders)) if lost else ()


def _put_back(book: Book, lost: set[str], folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if not lost:
                return
            if path.is_symlink() or not path.is_file():
                continue
            try:
                data = path.read_bytes()
            except OSError:  # somebody else's, or open in Word
                continue
            if (name := name_of(data)) in lost:
                book.blobs.keep(data)
                lost.discard(name)
                yield path

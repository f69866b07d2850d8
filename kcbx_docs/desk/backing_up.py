"""The backing up of a ledger as long work: what ``kcbx ledger backup`` does."""

from pathlib import Path

from kcbx_docs.batch.asked import Watching
from kcbx_docs.ledger.backup import back_up
from kcbx_docs.ledger.found_again import put_back
from kcbx_docs.light import dataclass
from kcbx_docs.locking import OUTPUT
from kcbx_docs.office.book import book_of
from kcbx_docs.office.opened import open_office


@dataclass(frozen=True)
class BackedUp:
    """A backup that was made and read again."""

    name: str
    ledger: str
    count: int
    files: int


def back_up_ledger(root: Path, folder: Path, watching: Watching) -> BackedUp:
    """Put back what was lost and lies elsewhere, then write the ledger into one file."""
    office = open_office(root)
    book = book_of(office.root, office.workspace)
    watching.progress("正在核验，写成一个文件，再重读一遍")
    if book.folder:
        put_back(book, [root / OUTPUT])
    made = back_up(book, folder)
    return BackedUp(made.path.name, made.head.ledger, made.head.count, made.files)

"""Files that no event speaks of are put aside, where a person may look at them; none is destroyed.

A writer that died between its file and its event leaves one; so does a ledger that lost events.
"""

from collections.abc import Iterator
from functools import partial
from itertools import chain as chained
from operator import attrgetter
from pathlib import Path

from kcbx_docs.ledger.blobs import FileBlobs, again_and_again, make_folder, sync_folder
from kcbx_docs.ledger.book import Book
from kcbx_docs.ledger.chain import EventChain, read_chain
from kcbx_docs.ledger.database import among, transaction
from kcbx_docs.ledger.model import CONTINUED, RESTORED, Who
from kcbx_docs.ledger.pen import Pen
from kcbx_docs.ledger.reading import rows, trusted
from kcbx_docs.ledger.verify import UNREAD
from kcbx_docs.light import dataclass
from kcbx_docs.problems import stop

ASIDE = "无主文件"

_A_DAY = 86_400
"""Seconds that a file is left alone: nobody keeps one for so long before he records it."""


@dataclass(frozen=True)
class Swept:
    """What was put aside, and how many were left: younger than a day, or perhaps of lost events."""

    folder: Path
    moved: tuple[str, ...]
    young: int
    doubtful: int


def sweep(book: Book, who: Who) -> Swept:
    """Put aside the files that no event speaks of, while nobody else writes."""
    if book.folder is None or not isinstance(book.blobs, FileBlobs):
        raise stop("LEDG060")
    with transaction(book.database) as conn:
        chain = read_chain(conn)
    ended = _last_mended(book)
    if any(one.code in UNREAD and one.seq > ended[0] for one in chain.flaws):
        raise stop("LEDG061")
    aside = book.folder / ASIDE
    loose = list(_loose(book.blobs, chain))
    moved: list[str] = []
    young = doubtful = 0
    with book.writing(who) as pen:
        taken = _attached_since(pen, chain.last)
        for path, name in loose:
            if name in taken or not path.exists():
                continue
            kept_at = path.stat().st_mtime
            if kept_at > book.clock().timestamp() - _A_DAY:
                young += 1
            elif kept_at <= ended[1]:
                doubtful += 1
            else:
                moved.append(_put_aside(path, name, aside))
    return Swept(aside, tuple(moved), young, doubtful)


def _last_mended(book: Book) -> tuple[int, float]:
    """Return which event last set down a loss, and when: files of before may be of lost events."""
    with transaction(book.database) as conn:
        wanted, values = among("kind", (CONTINUED, RESTORED))
        told = conn.execute(rows(wanted), values)
        ended = [(one.seq, one.recorded_at.timestamp()) for one in trusted(conn, told)]
    return max(ended, default=(0, 0.0))


def _loose(blobs: FileBlobs, chain: EventChain) -> Iterator[tuple[Path, str]]:
    """Yield the files without an event, and what died while it was written, which has no name."""
    for path in sorted(blobs.folder.glob("??/*")):
        name = blobs.name_at(path)
        if name not in chain.attached:
            yield path, name


def _attached_since(pen: Pen, last: int) -> set[str]:
    """Return the names of files that were recorded since the chain was read."""
    found = trusted(pen.conn, pen.conn.execute(rows("seq > :last"), {"last": last}))
    return {one.sha256 for one in chained.from_iterable(map(attrgetter("attached"), found))}


_BEGINNINGS = {b"%PDF": ".pdf", b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png", b"PK\x03\x04": ".docx"}


def _put_aside(path: Path, name: str, aside: Path) -> str:
    """Move a file where a person can open it: called by its hash, and by what it is."""
    make_folder(aside)
    with path.open("rb") as stream:
        head = stream.read(8)
    ends = (end for begins, end in _BEGINNINGS.items() if head.startswith(begins))
    target = aside / f"{name.partition(':')[2] or path.name}{next(ends, '')}"
    again_and_again(partial(path.replace, target))
    sync_folder(aside)
    sync_folder(path.parent)
    return target.name

"""When the ledger was last backed up: noted beside its heads, since a backup is no event of it."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from kcbx_docs.ledger.blobs import make_folder
from kcbx_docs.ledger.book import Book, today
from kcbx_docs.ledger.model import Head
from kcbx_docs.light import dataclass
from kcbx_docs.writing import PRIVATE

NOTES = "备份记录.txt"
_TAIL = 1000
_WEEK = timedelta(days=7)
"""After which a ledger is to be backed up again, as docs/台账.md tells it."""


@dataclass(frozen=True)
class BackupNote:
    """A backup that was made: on which day, of which ledger, with how many events, as which file.

    Where it was put is not noted: that is somebody's disk.
    """

    day: date
    ledger: str
    count: int
    name: str


def note_backup(book: Book, ledger: str, count: int, name: str) -> None:
    """Note a backup; that it cannot be noted stops nobody's work."""
    if (path := _notes(book)) is None:
        return
    line = f"{today(book.clock)} {ledger} {count} {name}\n"
    with suppress(OSError):
        make_folder(path.parent)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE)
        try:
            os.write(handle, line.encode())
        finally:
            os.close(handle)


def last_backup(book: Book) -> BackupNote | None:
    """Return the last backup that was noted; nothing where none was."""
    path = _notes(book)
    if path is None:
        return None
    with suppress(OSError), path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _TAIL))
        lines = stream.read().decode("utf-8", "replace").splitlines()
        return next(filter(None, map(_note_in, reversed(lines))), None)
    return None


@dataclass(frozen=True)
class BackupDue:
    """How many events no backup holds, and the last backup, if there was one."""

    count: int
    last: BackupNote | None


def backup_due(book: Book, day: date) -> BackupDue | None:
    """Tell whether a ledger that grew was not backed up for a week; of one whose backups are noted
    elsewhere nothing is known.
    """
    if _notes(book) is None:
        return None
    head, last = book.head(), last_backup(book)
    held = last.count if last and last.ledger == head.ledger else 0
    if head.count <= held or (last and day - last.day < _WEEK):
        return None
    return BackupDue(head.count - held, last)


def head_lines(head: Head, last: BackupNote | None) -> Iterator[str]:
    """Say where a ledger ends, and when it was last backed up."""
    yield f"台账　{head.ledger}"
    yield f"条数　{head.count}（最后一条 {head.day}）"
    yield f"校验值 {head.hash}"
    yield f"电话核对 {head.spoken}"
    if last:
        yield f"上次备份 {last.day}，{last.count} 条"


def _notes(book: Book) -> Path | None:
    return book.heads.path.with_name(NOTES) if book.heads.path else None


def _note_in(line: str) -> BackupNote | None:
    with suppress(ValueError):
        day, ledger, count, name = line.split(maxsplit=3)
        return BackupNote(date.fromisoformat(day), ledger, int(count), name)
    return None

"""A backup is one file that was read again before it was called so; restoring is an event."""

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from kcbx_docs.ledger.backup_notes import note_backup
from kcbx_docs.ledger.blobs import (
    Blobs,
    FileBlobs,
    again_and_again,
    make_folder,
    name_of,
    sync_folder,
)
from kcbx_docs.ledger.book import BLOBS, FILE, HEADS, Book, Clock, new_name, now, place_data, today
from kcbx_docs.ledger.chain import EventChain, read_chain
from kcbx_docs.ledger.copying import stored_events, swap, write_file
from kcbx_docs.ledger.database import Connection, SqliteFile, transaction
from kcbx_docs.ledger.gate import is_older
from kcbx_docs.ledger.heads import Heads
from kcbx_docs.ledger.medium import refuse_missing_medium, same_disk
from kcbx_docs.ledger.migrations import is_ledger
from kcbx_docs.ledger.model import (
    MOVED,
    OPENED,
    RESTORED,
    STARTED,
    Draft,
    Head,
    Recorded,
    Series,
    Who,
)
from kcbx_docs.ledger.pen import Pen
from kcbx_docs.ledger.place import doubts_of
from kcbx_docs.ledger.reading import head_of
from kcbx_docs.ledger.verify import verify
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problems, UserError, problem, raise_errors, stop
from kcbx_docs.writing import PRIVATE, STAGED, reason_of, to_disk

MANY = 8 << 30
"""Bytes that a backup may hold; more is no backup of ours."""


@dataclass(frozen=True)
class Backup:
    """A backup that was made and read again."""

    path: Path
    head: Head
    files: int
    beside: bool = False
    """It lies on the disk of the ledger, and is lost with it."""

    @property
    def doubts(self) -> Problems:
        """Say where it is not safe."""
        return (problem("LEDG101", Place(), folder=self.path.parent),) if self.beside else ()

    def as_data(self) -> dict[str, Any]:
        """Return what is told of it to programs."""
        told = {"ledger": self.head.ledger, "count": self.head.count, "files": self.files}
        return {"path": self.path, **told, "same_disk": self.beside}


def back_up(book: Book, folder: Path) -> Backup:
    """Write the whole ledger into one file in a folder, which may be any disk."""
    refuse_missing_medium(folder)
    found = verify(book)
    if not found.sound:
        raise UserError(found.problems)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _staging(folder) as staging:
            made = _write(book, staging, folder)
    except OSError as error:
        raise stop("LEDG023", Place(), folder=folder, detail=reason_of(error)) from error
    note_backup(book, made.head.ledger, made.head.count, made.path.name)
    return made


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    staging = Path(tempfile.mkdtemp(prefix=STAGED, dir=folder))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _write(book: Book, staging: Path, folder: Path) -> Backup:
    database, packed = staging / FILE, staging / "backup.zip"
    with transaction(book.database) as conn:
        write_file(database, stored_events(conn))
    with transaction(SqliteFile(database)) as conn:
        chain, head = read_chain(conn), head_of(conn)
    names = sorted(chain.attached.keys() - chain.erased)
    os.close(os.open(packed, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    with packed.open("wb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            archive.write(database, FILE)
            archive.writestr(HEADS, f"{head}\n")
            kept = [name for name in names if _pack(archive, book.blobs, name)]
        stream.flush()
        to_disk(stream.fileno())
    _read_again(packed, kept)
    path = folder / f"台账备份-{head.ledger}-{head.count}条-{head.day}.zip"
    again_and_again(lambda: packed.replace(path))
    sync_folder(folder)
    beside = bool(book.folder) and same_disk(folder, Path(book.folder or folder))
    return Backup(path, head, len(kept), beside)


def _pack(archive: zipfile.ZipFile, blobs: Blobs, name: str) -> bool:
    """Pack a file; one whose loss was set down is not there to be packed."""
    data = blobs.read(name)
    if data is None or name_of(data) != name:
        return False
    archive.writestr(_entry(name), data)
    return True


def _entry(name: str) -> str:
    digest = name.removeprefix("sha256:")
    return f"{BLOBS}/{digest[:2]}/{digest[2:]}"


def _read_again(packed: Path, names: list[str]) -> None:
    with zipfile.ZipFile(packed) as archive:
        bad = archive.testzip()
        for name in names:
            if bad or name_of(archive.read(_entry(name))) != name:
                raise stop("LEDG024", Place(), path=packed, name=bad or name)


_SERIES = "issuer, word, year"


def series_in(conn: Connection) -> dict[Series, int]:
    """Return the series with the highest number of each, whoever gave it."""
    found: dict[Series, int] = {}
    for table, number in (("number WHERE serial > 0", "serial"), ("series_start", "last")):
        query = f"SELECT {_SERIES}, max({number}) FROM {table} GROUP BY {_SERIES}"
        for issuer, word, year, highest in conn.execute(query):
            series = Series(issuer, word, year)
            found[series] = max(found.get(series, 0), highest)
    return found


@dataclass(frozen=True)
class Unpacked:
    """A backup that was read and found whole."""

    path: Path
    database: Path
    head: Head
    series: Mapping[Series, int]
    chain: EventChain


@contextmanager
def unpacked(path: Path, folder: Path) -> Iterator[Unpacked]:
    """Unpack a backup beside the ledger's place, and verify it, before anything is replaced."""
    make_folder(folder)
    with _staging(folder) as staging:
        try:
            with zipfile.ZipFile(path) as archive:
                yield _unpack(path, archive, staging)
        except (zipfile.BadZipFile, KeyError) as error:
            empty = isinstance(error, KeyError)
            lacks = f"里面没有{FILE}" if empty else "打不开，不是 zip 或者已经损坏"
            raise stop("LEDG024", Place(), path=path, name=lacks) from error
        except OSError as error:
            raise stop("LEDG025", Place(), path=path, detail=reason_of(error)) from error


def _unpack(path: Path, archive: zipfile.ZipFile, staging: Path) -> Unpacked:
    if sum(entry.file_size for entry in archive.infolist()) > MANY:
        raise stop("LEDG024", Place(), path=path, name="太大")
    read = staging / "read.db"
    read.write_bytes(archive.read(FILE))
    with transaction(SqliteFile(read)) as conn:
        if not is_ledger(conn):
            raise stop("LEDG002", Place(), place=path)
        is_older(conn)  # refuses a newer one
        fresh = staging / FILE  # written again by this program: its tables, its guards
        write_file(fresh, stored_events(conn))
    with transaction(SqliteFile(fresh)) as conn:
        chain, head, series = read_chain(conn), head_of(conn), series_in(conn)
    blobs = FileBlobs(staging / BLOBS)
    for name in sorted(chain.attached.keys() - chain.erased):
        if _entry(name) in archive.namelist() and blobs.keep(archive.read(_entry(name))) != name:
            raise stop("LEDG024", Place(), path=path, name=name)
    book = Book(staging, SqliteFile(fresh), blobs, Heads(None))
    found = verify(book)
    if not found.sound:
        raise UserError(found.problems)
    return Unpacked(path, fresh, head, series, chain)


def restore(
    found: Unpacked,
    folder: Path,
    who: Who,
    reason: str,
    highest: Mapping[Series, int],
    clock: Clock = now,
    *,
    risk: bool = False,
) -> Recorded:
    """Put a backup in the ledger's place; the event that says so comes after it.

    ``highest`` are the numbers known on paper: each series goes on above them, and what lies
    between is set down as issued and lost.
    """
    if not risk:
        raise_errors(doubts_of(folder))
    blobs, file = FileBlobs(folder / BLOBS), folder / FILE
    for name in sorted(found.chain.attached.keys() - found.chain.erased):
        if kept := FileBlobs(found.database.parent / BLOBS).read(name):
            blobs.keep(kept)
    fresh = Book(folder, SqliteFile(found.database), blobs, Heads(None), clock)
    retire(file, who, clock)
    replaced = head_at(file) or Heads(folder / HEADS).last()
    data: dict[str, Any] = {"ledger": new_name(), "reason": reason}
    data["before"] = head_data(found.head)
    data |= {"replaced": head_data(replaced) if replaced else None, "backup": found.path.name}
    with fresh.writing(who, anywhere=True) as pen:
        draft = Draft(RESTORED, "", today(clock), {**data, **place_data(folder, risk)})
        made = pen.append(draft)
        start_above(pen, highest, f"恢复备份（第 {made.seq} 条）", today(clock))
    swap(found.database, file, "被替换")
    Heads(folder / HEADS).add(Book(folder, SqliteFile(file), blobs, Heads(None)).head())
    return made


def retire(file: Path, who: Who, clock: Clock) -> None:
    """Record in a ledger that its place is taken: whoever waits to write in it is refused.

    What he wrote would be told as recorded, and lie in a file that nobody reads any more. A file
    that is damaged so much that this cannot be recorded takes nobody else's writing either.
    """
    if not file.exists():
        return
    folder = file.parent
    old = Book(folder, SqliteFile(file), FileBlobs(folder / BLOBS), Heads(None), clock)
    with suppress(UserError, old.database.refusals), old.writing(who, anywhere=True) as pen:
        pen.append(Draft(MOVED, "", today(clock), {"place": RETIRED}))


RETIRED = {"machine": "", "host": "", "path": "已经换下，不再使用"}


def refuse_loss(found: Unpacked, folder: Path) -> None:
    """Refuse a backup in the place of a sound ledger that holds more than it.

    Nobody loses anything with a ledger that is damaged, or that holds nothing but its beginning.
    """
    file = folder / FILE
    if not file.exists():
        return
    heads = Heads(folder / HEADS)
    book = Book(folder, SqliteFile(file), FileBlobs(folder / BLOBS), heads)
    held, lost = set(found.chain.hashes.values()), 0
    with suppress(UserError):
        if verify(book, quick=True).sound:
            lost = sum(one.hash not in held and one.kind != OPENED for one in book.events())
    if lost:
        raise stop("LEDG092", Place(), lost=lost)


def refuse_others(found: Unpacked, own: str) -> None:
    """Refuse a backup that holds numbers of other offices and none of the office's own."""
    issuers = dict.fromkeys(series.issuer for series in found.series)
    if issuers and own not in issuers:
        facts = {"offices": "、".join(issuers), "own": own, "ledger": found.head.ledger}
        raise stop("LEDG097", Place(str(found.path)), **facts)


def series_told(found: Unpacked, folder: Path) -> dict[Series, int]:
    """Join what a backup and the ledger in its place tell of each series: those numbers are out."""
    told, file = dict(found.series), folder / FILE
    if file.exists():
        with suppress(UserError), transaction(SqliteFile(file)) as conn:
            for series, highest in series_in(conn).items():
                told[series] = max(told.get(series, 0), highest)
    return told


def head_at(file: Path) -> Head | None:
    """Read where the ledger in a file ends, if it can be read at all."""
    if not file.exists():
        return None
    try:
        with transaction(SqliteFile(file)) as conn:
            return head_of(conn)
    except UserError:
        return None


def head_data(head: Head) -> dict[str, str | int]:
    """Write down a head inside an event."""
    return {"ledger": head.ledger, "count": head.count, "hash": head.hash}


def start_above(pen: Pen, highest: Mapping[Series, int], why: str, day: date) -> None:
    """Let each series go on above the highest number on paper; set down what is lost between."""
    for series, last in highest.items():
        first = pen.above(series)
        if last >= first:
            told = {"issuer": series.issuer, "word": series.word, "year": series.year}
            data = {"series": told, "last": last, "reason": why, "lost": [first, last]}
            pen.append(Draft(STARTED, "", day, data))

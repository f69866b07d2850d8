"""A ledger written again, event by event as they are stored: into a backup, and out of it."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from kcbx_docs.ledger.blobs import again_and_again, sync_folder
from kcbx_docs.ledger.copies import free_name
from kcbx_docs.ledger.database import Connection, SqliteFile, transaction
from kcbx_docs.ledger.migrations import guard, make_tables
from kcbx_docs.ledger.model import hash_of, read_body
from kcbx_docs.ledger.pen import lookups_of
from kcbx_docs.ledger.rawpages import events_in
from kcbx_docs.ledger.tables import EVENT
from kcbx_docs.writing import write_new

Stored = dict[str, Any]
"""An event as its row holds it."""


def stored_events(conn: Connection) -> Iterator[Stored]:
    """Read the rows of all events."""
    for row in conn.stream(f"SELECT {EVENT.listed} FROM event ORDER BY seq"):
        yield row._asdict()


def write_chain(conn: Connection, events: Iterable[Stored]) -> None:
    """Write events into an empty database, as they are; then put up the guards.

    What is looked up is made from the events that are sound; a gap stays a gap.
    """
    make_tables(conn)
    for one in events:
        conn.execute(EVENT.insertion, one)
        for table, row in _lookups(one):
            conn.execute(table.insertion, row)
    guard(conn)


def _lookups(one: Stored) -> Iterable[tuple[Any, dict[str, Any]]]:
    if hash_of(one["prev"], one["body"]) != one["hash"]:
        return ()
    return lookups_of(read_body(one["seq"], one["hash"], one["body"]))


def write_file(file: Path, events: Iterable[Stored]) -> None:
    """Write events into a new file that only its owner reads."""
    handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    os.close(handle)
    with transaction(SqliteFile(file), writing=True) as conn:
        write_chain(conn, events)


def swap(fresh: Path, file: Path, label: str) -> str:
    """Put a file in the ledger's place; keep the one that was there, and return its name.

    A journal that lies beside the old one belongs to it: left behind, it would be played into
    the new one.
    """
    kept = ""
    if file.exists():
        kept = free_name(file, label).name
        for end in ("-journal", "-wal", "-shm"):
            _rename(file.with_name(file.name + end), kept + end)
        _keep(file, file.with_name(kept))
    again_and_again(partial(fresh.replace, file))
    sync_folder(file.parent)
    return kept


def _rename(path: Path, name: str) -> None:
    if path.exists():
        again_and_again(partial(path.rename, path.with_name(name)))


def _keep(file: Path, kept: Path) -> None:
    """Give the old file a second name, so that its place is never empty."""
    try:
        os.link(file, kept)
    except OSError:
        again_and_again(partial(file.rename, kept))


def salvage(file: Path) -> list[Stored]:
    """Read what can be read of a damaged file, event by event, from a copy of it.

    What SQLite no longer reaches is looked for page by page.
    """
    copy = file.with_name(f".kcbx-salvage-{os.getpid()}.db")
    data = file.read_bytes()
    copy.unlink(missing_ok=True)
    try:
        write_new(copy, _padded(data))
        found = {one["seq"]: one for one in _readable(copy)}
        for one in events_in(data):
            found.setdefault(one["seq"], one)
        return [found[seq] for seq in sorted(found)]
    finally:
        with suppress(OSError):
            copy.unlink(missing_ok=True)


def _padded(data: bytes) -> bytes:
    """Fill a file that was cut off to the length that its head tells: SQLite then opens it."""
    size, pages = int.from_bytes(data[16:18], "big"), int.from_bytes(data[28:32], "big")
    return data.ljust(min((size if size > 1 else 65536) * pages, len(data) + 2**30), b"\0")


_FEW_MISSES = 2000
"""Places in a row without an event, after which no more are looked for."""


def _readable(file: Path) -> Iterator[Stored]:
    conn = sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)
    conn.row_factory = sqlite3.Row
    seq = misses = 0
    try:
        while misses < _FEW_MISSES:
            seq, misses = seq + 1, misses + 1
            with suppress(sqlite3.Error):
                query = f"SELECT {EVENT.listed} FROM event NOT INDEXED WHERE seq = ?"
                row = conn.execute(query, (seq,)).fetchone()
                if row is not None and _plausible(row):
                    misses = 0
                    yield dict(row)
    finally:
        conn.close()


def _plausible(row: sqlite3.Row) -> bool:
    return isinstance(row["body"], bytes) and all(
        isinstance(row[name], str) for name in ("prev", "hash", "kind", "case_id", "key")
    )

"""Connections to the ledger's database: SQLite as an office needs it; faults in plain words."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from kcbx_docs.ledger.tables import METADATA
from kcbx_docs.problems import Place, UserError, stop

PATIENCE = 60
"""Seconds for which a writer waits its turn; a turn takes milliseconds."""

_PRAGMAS = (
    "PRAGMA synchronous = EXTRA",
    "PRAGMA fullfsync = ON",  # macOS: out of the disk's own memory, too
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # else REPLACE goes past the guards
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)
_ROLLBACK_JOURNAL = "PRAGMA journal_mode = DELETE"
"""WAL may lose what was committed, on every engine before 3.51.3."""


def sqlite_engine(file: Path) -> Engine:
    """Return the engine of a ledger in a file; a connection lives as long as it is used."""
    writable = os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
    address = f"{file.resolve().as_uri()}?mode={'rw' if writable else 'ro'}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def prepare(raw: sqlite3.Connection, _record: Any) -> None:
        for pragma in (*_PRAGMAS, *([_ROLLBACK_JOURNAL] if writable else [])):
            raw.execute(pragma).close()

    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        writing = conn.get_execution_options().get("writing")
        conn.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


@contextmanager
def transaction(engine: Engine, *, writing: bool = False) -> Iterator[Connection]:
    """Read or write in one transaction; a writer has the ledger for himself."""
    with plainly(), engine.connect() as conn, conn.execution_options(writing=writing).begin():
        yield conn


_SQLITE_FAULTS = {
    sqlite3.SQLITE_BUSY: "LEDG003",
    sqlite3.SQLITE_LOCKED: "LEDG003",
    sqlite3.SQLITE_READONLY: "LEDG004",
    sqlite3.SQLITE_PERM: "LEDG004",
    sqlite3.SQLITE_CANTOPEN: "LEDG004",
    sqlite3.SQLITE_FULL: "LEDG005",
    sqlite3.SQLITE_IOERR: "LEDG005",
    sqlite3.SQLITE_CORRUPT: "LEDG006",
    sqlite3.SQLITE_NOTADB: "LEDG006",
}


@contextmanager
def plainly() -> Iterator[None]:
    """Say in plain words what the database refused for reasons that the user can mend."""
    try:
        yield
    except DBAPIError as error:
        raise _in_words(error) or error from error


_POSTGRES_FAULTS = {
    "55P03": "LEDG003",  # the lock did not come in time
    "25006": "LEDG004",
    "42501": "LEDG004",
    "53100": "LEDG005",
}
_GONE = ("08", "28", "3D", "57P")
"""Beginnings of the codes by which PostgreSQL says that it is not to be reached."""


def _in_words(error: DBAPIError) -> UserError | None:
    known = _code_of(error)
    detail = str(error.orig).strip().partition("\n")[0]
    told = "缺了表" if _lost_table(detail) else _SQLITE_SAYS.get(detail, detail)
    return stop(known, Place(), detail=told) if known else None


def _lost_table(detail: str) -> bool:
    """Tell whether a table of ours is gone: the file was emptied, or somebody dropped it."""
    said, _, name = detail.partition(": ")
    return said == "no such table" and name.rpartition(".")[2] in METADATA.tables


_SQLITE_SAYS = {
    "database disk image is malformed": "内容前后接不上",
    "file is not a database": "里面不是台账的内容",
    "attempt to write a readonly database": "文件是只读的",
    "unable to open database file": "打不开文件",
    "database or disk is full": "磁盘满了",
    "disk I/O error": "磁盘读写出错",
    "database is locked": "正在被占用",
}


def _code_of(error: DBAPIError) -> str | None:
    orig = error.orig
    if isinstance(orig, sqlite3.Error):
        code: int | None = getattr(orig, "sqlite_errorcode", None)
        if _lost_table(str(orig)):
            return "LEDG006"
        return _SQLITE_FAULTS.get(code & 0xFF) if code is not None else None
    state: str | None = getattr(orig, "sqlstate", None)
    gone = state.startswith(_GONE) if state else isinstance(error, OperationalError)
    return "LEDG015" if gone else _POSTGRES_FAULTS.get(state or "")

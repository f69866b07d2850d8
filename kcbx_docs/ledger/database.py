"""What the ledger asks of a database, in SQL that SQLite and PostgreSQL read alike.

Values are named in a statement (``:seq``) and given beside it. SQLite is asked through Python's own
module: loading SQLAlchemy costs more than all that most commands do. PostgreSQL is asked through
SQLAlchemy (``ledger.postgres``), whose rows and answers these are like.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from kcbx_docs.ledger.tables import NAMES
from kcbx_docs.problems import Place, UserError, stop

PATIENCE = 60
"""Seconds for which a writer waits its turn; a turn takes milliseconds."""

SQLITE, POSTGRESQL = "sqlite", "postgresql"
Values = Mapping[str, Any]


class Connection(Protocol):
    """A transaction that is open: it ends with ``commit``, or as if nothing had been."""

    @property
    def kind(self) -> str:
        """Tell whose SQL is understood where the two differ."""
        ...

    def run(self, sql: str) -> Any:
        """Have a statement without values carried out as it stands; return the answer."""
        ...

    def execute(self, sql: str, values: Values | None = None) -> Any:
        """Have a statement carried out; return the answer."""
        ...

    def scalar(self, sql: str, values: Values | None = None) -> Any:
        """Return the first value of the first row; nothing if there is none."""
        ...

    def stream(self, sql: str, values: Values | None = None) -> Any:
        """Return an answer of which not all rows are held at once."""
        ...

    def commit(self) -> None:
        """Let what was written stay."""
        ...

    def rollback(self) -> None:
        """Take back what was written."""
        ...


class Database(Protocol):
    """A place that can be connected to."""

    @property
    def kind(self) -> str:
        """Tell whose SQL is understood where the two differ."""
        ...

    @property
    def refusals(self) -> type[Exception]:
        """Return what is raised where something is refused."""
        ...

    def connect(self, *, writing: bool = False) -> AbstractContextManager[Connection]:
        """Begin a transaction; a writer has the ledger for himself."""
        ...

    def code_of(self, error: Exception) -> str | None:
        """Return the code of a refusal whose reason the user can mend."""
        ...

    def dispose(self) -> None:
        """Leave nothing open."""
        ...


class NamedRow(tuple[Any, ...]):
    """A row whose values go by the names of their columns, too."""

    names: Mapping[str, int]

    def __getattr__(self, name: str) -> Any:
        try:
            return self[self.names[name]]
        except KeyError:
            raise AttributeError(name) from None

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self.names, self, strict=True))


class Answer:
    """The rows that SQLite answers with."""

    def __init__(self, columns: Sequence[Any], rows: Iterable[Any]) -> None:
        self._names = {column[0]: place for place, column in enumerate(columns)}
        self._rows = rows

    def __iter__(self) -> Iterator[NamedRow]:
        for values in self._rows:
            row = NamedRow(values)
            row.names = self._names
            yield row

    def all(self) -> Sequence[NamedRow]:
        """Return all rows."""
        return list(self)

    def one_or_none(self) -> NamedRow | None:
        """Return the first row; nothing if there is none."""
        return next(iter(self), None)

    def scalars(self) -> Iterator[Any]:
        """Return the first value of every row."""
        return (row[0] for row in self)

    def scalar(self) -> Any:
        """Return the first value of the first row; nothing if there is none."""
        return next(self.scalars(), None)

    scalar_one = scalar_one_or_none = scalar


class SqliteConnection:
    """A transaction in a file."""

    kind = SQLITE

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw
        self._streams: list[sqlite3.Cursor] = []

    def run(self, sql: str) -> Answer:
        """Have a statement without values carried out as it stands; return the answer."""
        return self.execute(sql)

    def execute(self, sql: str, values: Values | None = None) -> Answer:
        """Have a statement carried out; return the answer."""
        with closing(self.raw.execute(sql, dict(values or {}))) as cursor:
            return Answer(cursor.description or (), cursor.fetchall())

    def scalar(self, sql: str, values: Values | None = None) -> Any:
        """Return the first value of the first row; nothing if there is none."""
        return self.execute(sql, values).scalar()

    def stream(self, sql: str, values: Values | None = None) -> Answer:
        """Return an answer of which not all rows are held at once."""
        cursor = self.raw.execute(sql, dict(values or {}))
        self._streams.append(cursor)
        return Answer(cursor.description, cursor)

    def commit(self) -> None:
        """Let what was written stay."""
        self.raw.commit()

    def rollback(self) -> None:
        """Take back what was written."""
        self.raw.rollback()

    def end(self) -> None:
        """Take back what was not committed; what is half read locks nobody out any more."""
        for cursor in self._streams:
            cursor.close()
        with suppress(sqlite3.Error):
            self.raw.rollback()


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


class SqliteFile:
    """A database in a file; a connection lives as long as it is used."""

    kind = SQLITE
    refusals: type[Exception] = sqlite3.Error

    def __init__(self, file: Path) -> None:
        self.writable = os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
        self.address = f"{file.resolve().as_uri()}?mode={'rw' if self.writable else 'ro'}"

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """Open the file as an office needs it."""
        opening = sqlite3.connect(self.address, uri=True, timeout=PATIENCE, isolation_level=None)
        with closing(opening) as raw:
            for pragma in (*_PRAGMAS, *([_ROLLBACK_JOURNAL] if self.writable else [])):
                raw.execute(pragma).close()
            yield raw

    @contextmanager
    def connect(self, *, writing: bool = False) -> Iterator[SqliteConnection]:
        """Begin a transaction; a writer has the ledger for himself."""
        with self.opened() as raw:
            raw.execute("BEGIN IMMEDIATE" if writing else "BEGIN").close()
            conn = SqliteConnection(raw)
            try:
                yield conn
            finally:
                conn.end()

    def code_of(self, error: Exception) -> str | None:
        """Return the code of a refusal whose reason the user can mend."""
        code: int | None = getattr(error, "sqlite_errorcode", None)
        return _FAULTS.get(code & 0xFF) if code is not None else None

    def dispose(self) -> None:
        """Leave nothing open."""


_FAULTS = {
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
def in_memory() -> Iterator[SqliteConnection]:
    """Make a database that is gone afterwards."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        yield SqliteConnection(raw)


def among(column: str, words: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Write the condition that a column holds one of some words, and their values."""
    values = {f"{column}{place}": word for place, word in enumerate(words)}
    return f"{column} IN ({', '.join(f':{name}' for name in values)})", values


@contextmanager
def transaction(database: Database, *, writing: bool = False) -> Iterator[Connection]:
    """Read or write in one transaction; a writer has the ledger for himself.

    What the database refuses for reasons that the user can mend is said in plain words.
    """
    try:
        with database.connect(writing=writing) as conn:
            yield conn
            conn.commit()
    except database.refusals as error:
        raise _in_words(database, error) or error from error


def _in_words(database: Database, error: Exception) -> UserError | None:
    said = str(getattr(error, "orig", error)).strip().partition("\n")[0]
    lost = _lost_table(said)
    known = "LEDG006" if lost else database.code_of(error)
    told = "缺了表" if lost else _SAID.get(said, said)
    return stop(known, Place(), detail=told) if known else None


def _lost_table(said: str) -> bool:
    """Tell whether a table of ours is gone: the file was emptied, or somebody dropped it."""
    what, _, name = said.partition(": ")
    return what == "no such table" and name.rpartition(".")[2] in NAMES


_SAID = {
    "database disk image is malformed": "内容前后接不上",
    "file is not a database": "里面不是台账的内容",
    "attempt to write a readonly database": "文件是只读的",
    "unable to open database file": "打不开文件",
    "database or disk is full": "磁盘满了",
    "disk I/O error": "磁盘读写出错",
    "database is locked": "正在被占用",
}

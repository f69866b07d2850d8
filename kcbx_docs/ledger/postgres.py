"""A ledger that a county shares: PostgreSQL by its address."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy
from sqlalchemy import URL, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from kcbx_docs.ledger.blobs import name_of
from kcbx_docs.ledger.database import PATIENCE, POSTGRESQL, Connection, Values, transaction
from kcbx_docs.ledger.tables import BLOB
from kcbx_docs.problems import Place, stop
from kcbx_docs.quiet import unheard

unheard("sqlalchemy", "psycopg")

SCHEMA = "kcbx"
_LOCK = 0x6B636278
"""The one lock of all writers; the database knows it by this number."""

_AT_ONCE = 20
"""Rows that are read together where all are read: one may hold a file."""

_SETTINGS = (
    f"SET search_path = {SCHEMA}, pg_temp",
    f"SET lock_timeout = '{PATIENCE}s'",
    "SET synchronous_commit = on",
    "SET client_encoding = 'UTF8'",
)


def shown(address: str) -> str:
    """Write an address without its password."""
    return _read(address).render_as_string(hide_password=True)


class PostgresConnection:
    """A transaction in a shared database."""

    kind = POSTGRESQL

    def __init__(self, inner: sqlalchemy.Connection) -> None:
        self.inner = inner

    def run(self, sql: str) -> Any:
        """Have a statement without values carried out as it stands; return the answer."""
        return self.inner.exec_driver_sql(sql)

    def execute(self, sql: str, values: Values | None = None) -> Any:
        """Have a statement carried out; return the answer."""
        return self.inner.execute(text(sql), dict(values or {}))

    def scalar(self, sql: str, values: Values | None = None) -> Any:
        """Return the first value of the first row; nothing if there is none."""
        return self.inner.scalar(text(sql), dict(values or {}))

    def stream(self, sql: str, values: Values | None = None) -> Any:
        """Return an answer of which not all rows are held at once."""
        query = text(sql).execution_options(yield_per=_AT_ONCE)
        return self.inner.execute(query, dict(values or {}))

    def commit(self) -> None:
        """Let what was written stay."""
        self.inner.commit()

    def rollback(self) -> None:
        """Take back what was written."""
        self.inner.rollback()


class Postgres:
    """A shared ledger's database: READ COMMITTED of its own, the lock before all else.

    Whoever waits for the lock then sees what the one before him wrote.
    """

    kind = POSTGRESQL
    refusals: type[Exception] = DBAPIError

    def __init__(self, address: str) -> None:
        url = _read(address).set(drivername="postgresql+psycopg")
        try:
            self._engine = create_engine(url, isolation_level="READ COMMITTED", pool_size=1)
        except ModuleNotFoundError as error:
            raise stop("LEDG014") from error

        @event.listens_for(self._engine, "connect")
        def prepare(raw: Any, _record: Any) -> None:
            with raw.cursor() as cursor:
                for setting in _SETTINGS:
                    cursor.execute(setting)
            raw.commit()

    @contextmanager
    def connect(self, *, writing: bool = False) -> Iterator[PostgresConnection]:
        """Begin a transaction; a writer has the ledger for himself."""
        with self._engine.connect() as inner:
            if writing:
                inner.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            yield PostgresConnection(inner)

    def code_of(self, error: Exception) -> str | None:
        """Return the code of a refusal whose reason the user can mend."""
        state: str | None = getattr(getattr(error, "orig", None), "sqlstate", None)
        gone = state.startswith(_GONE) if state else isinstance(error, OperationalError)
        return "LEDG015" if gone else _FAULTS.get(state or "")

    def quoted(self, name: str) -> str:
        """Write the name of a user as a statement does."""
        return self._engine.dialect.identifier_preparer.quote(name)

    def dispose(self) -> None:
        """Tell the database that we are gone."""
        self._engine.dispose()


_FAULTS = {
    "55P03": "LEDG003",  # the lock did not come in time
    "25006": "LEDG004",
    "42501": "LEDG004",
    "53100": "LEDG005",
}
_GONE = ("08", "28", "3D", "57P")
"""Beginnings of the codes by which PostgreSQL says that it is not to be reached."""


def _read(address: str) -> URL:
    try:
        return make_url(address.replace("postgres://", "postgresql://", 1))
    except (ArgumentError, ValueError) as error:  # a port that is no number
        raise stop("LEDG018", Place(), address=address.partition("@")[2] or address) from error


@contextmanager
def database_at(address: str) -> Iterator[Postgres]:
    """Use a database for a moment; no connection stays behind."""
    database = Postgres(address)
    try:
        yield database
    finally:
        database.dispose()


def allow(database: Postgres, conn: Connection, role: str) -> None:
    """Let a role record events: it may read, append, and remove files whose erasure is recorded."""
    for right, what in (
        ("USAGE", f"SCHEMA {SCHEMA}"),
        ("SELECT, INSERT", f"ALL TABLES IN SCHEMA {SCHEMA}"),
        ("DELETE", f"{SCHEMA}.blob"),
    ):
        conn.run(f"GRANT {right} ON {what} TO {database.quoted(role)}")


class TableBlobs:
    """Bytes in a table of the ledger's database, which itself checks their names."""

    def __init__(self, database: Postgres) -> None:
        self.database = database

    def keep(self, data: bytes, conn: Connection | None = None) -> str:
        """Keep bytes in a transaction of their own before the event's, or in the event's own:
        then neither is there without the other, and the disk is waited for once.
        """
        name = name_of(data)
        if self.size(name, conn) is not None:
            return name
        put, row = f"{BLOB.insertion} ON CONFLICT DO NOTHING", {"sha256": name, "data": data}
        if conn:
            conn.execute(put, row)
            return name
        with transaction(self.database) as own:
            own.execute(put, row)
        return name

    def read(self, sha256: str) -> bytes | None:
        """Return what is kept under a name."""
        with transaction(self.database) as conn:
            found: bytes | None = conn.scalar(f"SELECT data{_OF_ONE}", {"sha256": sha256})
        return found

    def size(self, sha256: str, conn: Connection | None = None) -> int | None:
        """Tell how long it is; who holds the lock asks by his own connection."""
        if conn is None:
            with transaction(self.database) as own:
                return self.size(sha256, own)
        found: int | None = conn.scalar(f"SELECT length(data){_OF_ONE}", {"sha256": sha256})
        return found

    def sizes(self) -> dict[str, int]:
        """List all that is kept, and how long it is."""
        with transaction(self.database) as conn:
            return dict(map(tuple, conn.execute("SELECT sha256, length(data) FROM blob")))

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Read all that is kept, some files at a time."""
        with transaction(self.database) as conn:
            for row in conn.stream(f"SELECT {BLOB.listed} FROM blob"):
                yield row.sha256, row.data

    def remove(self, sha256: str) -> None:
        """Destroy bytes for good; the database asks for the event that says so."""
        with transaction(self.database) as conn:
            conn.execute(f"DELETE{_OF_ONE}", {"sha256": sha256})


_OF_ONE = " FROM blob WHERE sha256 = :sha256"

"""A ledger that a county shares: PostgreSQL by its address."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Select,
    create_engine,
    delete,
    event,
    func,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import ArgumentError

from kcbx_docs.ledger.blobs import name_of
from kcbx_docs.ledger.engine import PATIENCE, transaction
from kcbx_docs.ledger.tables import BLOB
from kcbx_docs.problems import Place, stop

SCHEMA = "kcbx"
_LOCK = 0x6B636278
"""The one lock of all writers; the database knows it by this number."""

_AT_ONCE = 20
"""Files that are read together where all are read."""

_SETTINGS = (
    f"SET search_path = {SCHEMA}, pg_temp",
    f"SET lock_timeout = '{PATIENCE}s'",
    "SET synchronous_commit = on",
    "SET client_encoding = 'UTF8'",
)


def shown(address: str) -> str:
    """Write an address without its password."""
    return _read(address).render_as_string(hide_password=True)


def postgres_engine(address: str) -> Engine:
    """Return the engine of a shared ledger: READ COMMITTED of its own, the lock before all else.

    Whoever waits for the lock then sees what the one before him wrote.
    """
    url = _read(address).set(drivername="postgresql+psycopg")
    try:
        engine = create_engine(url, isolation_level="READ COMMITTED", pool_size=1)
    except ModuleNotFoundError as error:
        raise stop("LEDG014") from error

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _record: Any) -> None:
        with raw.cursor() as cursor:
            for setting in _SETTINGS:
                cursor.execute(setting)
        raw.commit()

    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        if conn.get_execution_options().get("writing"):
            conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")

    return engine


def _read(address: str) -> URL:
    try:
        return make_url(address.replace("postgres://", "postgresql://", 1))
    except (ArgumentError, ValueError) as error:  # a port that is no number
        raise stop("LEDG018", Place(), address=address.partition("@")[2] or address) from error


@contextmanager
def engine_at(address: str) -> Iterator[Engine]:
    """Use a database for a moment; no connection stays behind."""
    engine = postgres_engine(address)
    try:
        yield engine
    finally:
        engine.dispose()


def allow(conn: Connection, role: str) -> None:
    """Let a role record events: it may read, append, and remove files whose erasure is recorded."""
    name = conn.dialect.identifier_preparer.quote(role)
    for right, what in (
        ("USAGE", f"SCHEMA {SCHEMA}"),
        ("SELECT, INSERT", f"ALL TABLES IN SCHEMA {SCHEMA}"),
        ("DELETE", f"{SCHEMA}.blob"),
    ):
        conn.exec_driver_sql(f"GRANT {right} ON {what} TO {name}")


class TableBlobs:
    """Bytes in a table of the ledger's database, which itself checks their names."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def keep(self, data: bytes, conn: Connection | None = None) -> str:
        """Keep bytes in a transaction of their own before the event's, or in the event's own:
        then neither is there without the other, and the disk is waited for once.
        """
        name = name_of(data)
        if self.size(name, conn) is not None:
            return name
        row = postgresql.insert(BLOB).values(sha256=name, data=data).on_conflict_do_nothing()
        if conn:
            conn.execute(row)
            return name
        with transaction(self.engine) as own:
            own.execute(row)
        return name

    def read(self, sha256: str) -> bytes | None:
        """Return what is kept under a name."""
        data: bytes | None = self._scalar(select(BLOB.c.data).where(BLOB.c.sha256 == sha256))
        return data

    def size(self, sha256: str, conn: Connection | None = None) -> int | None:
        """Tell how long it is; who holds the lock asks by his own connection."""
        query = select(func.length(BLOB.c.data)).where(BLOB.c.sha256 == sha256)
        size: int | None = conn.scalar(query) if conn else self._scalar(query)
        return size

    def sizes(self) -> dict[str, int]:
        """List all that is kept, and how long it is."""
        with transaction(self.engine) as conn:
            found = conn.execute(select(BLOB.c.sha256, func.length(BLOB.c.data)))
            return {row[0]: row[1] for row in found}

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Read all that is kept, some files at a time."""
        query = select(BLOB.c.sha256, BLOB.c.data)
        with transaction(self.engine) as conn:
            for row in conn.execution_options(yield_per=_AT_ONCE).execute(query):
                yield row.sha256, row.data

    def remove(self, sha256: str) -> None:
        """Destroy bytes for good; the database asks for the event that says so."""
        with transaction(self.engine) as conn:
            conn.execute(delete(BLOB).where(BLOB.c.sha256 == sha256))

    def _scalar(self, query: Select[Any]) -> Any:
        with transaction(self.engine) as conn:
            return conn.scalar(query)

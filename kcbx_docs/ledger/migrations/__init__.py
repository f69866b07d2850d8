"""How the tables came to be as they are: numbered lists of statements, one for each version."""

from collections.abc import Iterator
from pathlib import Path

from kcbx_docs.ledger.database import SQLITE, Connection

VERSION = 1
"""Of the tables; the version of a ledger stands in it, and a newer one is only read."""

APPLICATION = 0x6B636278
"""By which a SQLite file says that it is a ledger of ours."""


def statements(version: int, dialect: str) -> list[str]:
    """Read the statements that lead from the version before to this one."""
    file = Path(__file__).with_name(f"{version:04d}.{dialect}.sql")
    lines = file.read_text("utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("--"))
    return [part.strip() for part in text.split(";\n\n") if part.strip()]


def is_ledger(conn: Connection) -> bool:
    """Tell whether a database says that it is a ledger of ours."""
    if conn.kind == SQLITE:
        found = conn.run("PRAGMA application_id").scalar_one()
        return bool(found == APPLICATION)
    return version_of(conn) > 0


def is_empty(conn: Connection) -> bool:
    """Tell whether a file of SQLite holds nothing at all, as one that was cut off to nothing."""
    return not conn.run("SELECT count(*) FROM sqlite_master").scalar_one()


def version_of(conn: Connection) -> int:
    """Read which version the tables are of; 0 means that there are none."""
    if conn.kind == SQLITE:
        return int(conn.run("PRAGMA user_version").scalar_one())
    said = conn.run(_COMMENT).scalar_one_or_none() or ""
    return int(said.removeprefix(_SAID)) if said.startswith(_SAID) else 0


_SAID = "kcbx "
_COMMENT = "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = 'kcbx'"


def migrate(conn: Connection, to: int | None = None) -> None:
    """Bring the tables to a version, inside the transaction that is open: all of it or nothing."""
    for version in range(version_of(conn) + 1, (to or VERSION) + 1):
        for statement in statements(version, conn.kind):
            conn.run(statement)
        _note_version(conn, version)


def make_tables(conn: Connection) -> None:
    """Make the tables alone, for events that are written as they are; ``guard`` follows."""
    for statement in _all_statements(conn):
        if not _is_guard(statement):
            conn.run(statement)


def guard(conn: Connection) -> None:
    """Put up the guards, and note the version."""
    for statement in _all_statements(conn):
        if _is_guard(statement):
            conn.run(statement)
    _note_version(conn, VERSION)


def _all_statements(conn: Connection) -> Iterator[str]:
    for version in range(1, VERSION + 1):
        yield from statements(version, conn.kind)


def _is_guard(statement: str) -> bool:
    return statement.startswith("CREATE TRIGGER") or "ENABLE ALWAYS TRIGGER" in statement


def _note_version(conn: Connection, version: int) -> None:
    if conn.kind == SQLITE:
        conn.run(f"PRAGMA user_version = {version}")
        conn.run(f"PRAGMA application_id = {APPLICATION}")
    else:
        conn.run(f"COMMENT ON SCHEMA kcbx IS '{_SAID}{version}'")

"""The tables and guards of a ledger, compared with those that this program makes."""

import re
from collections.abc import Iterator
from functools import cache

from kcbx_docs.ledger import migrations
from kcbx_docs.ledger.chain import Flaw, flaw
from kcbx_docs.ledger.database import SQLITE, Connection, in_memory
from kcbx_docs.ledger.migrations import migrate, statements, version_of

_SHAPE = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
_TRIGGERS = """
SELECT c.relname, t.tgname, t.tgenabled FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'kcbx' AND NOT t.tgisinternal
"""
_FUNCTIONS = """
SELECT p.proname, p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'kcbx'
"""
_MIGHTY = """
SELECT rolsuper OR pg_has_role(current_user, (SELECT nspowner FROM pg_namespace
WHERE nspname = 'kcbx'), 'MEMBER') FROM pg_roles WHERE rolname = current_user
"""


def structure_flaws(conn: Connection, *, thorough: bool) -> Iterator[Flaw]:
    """Tell which guard is missing, switched off or changed, and whether the file is sound."""
    version = version_of(conn)
    if version > migrations.VERSION:
        return  # a newer program made it, and knows
    if conn.kind == SQLITE:
        yield from _damage(conn, thorough)
        found = {(row.type, row.name): row.sql for row in conn.run(_SHAPE)}
        yield from _differences(found, dict(_sqlite_shape(version)))
    else:
        triggers = conn.run(_TRIGGERS)
        found = {("trigger", f"{table}.{name}"): on for table, name, on in triggers}
        found |= {("function", row.proname): row.prosrc for row in conn.run(_FUNCTIONS)}
        yield from _differences(found, dict(_postgresql_shape(version)))
        if conn.run(_MIGHTY).scalar_one():
            yield flaw("LEDG047")


def _differences(
    found: dict[tuple[str, str], str], wanted: dict[tuple[str, str], str]
) -> Iterator[Flaw]:
    for key in sorted({*found, *wanted}):
        if found.get(key) != wanted.get(key):
            yield flaw("LEDG041", name=key[1])


def _damage(conn: Connection, thorough: bool) -> Iterator[Flaw]:
    pragma = "integrity_check" if thorough else "quick_check"
    for line in conn.run(f"PRAGMA {pragma}(20)").scalars():
        if line != "ok":
            yield flaw("LEDG046", name=str(line))


@cache
def _sqlite_shape(version: int) -> tuple[tuple[tuple[str, str], str], ...]:
    """Make the tables in memory, and read their shape."""
    with in_memory() as conn:
        migrate(conn, version)
        return tuple(((row.type, row.name), row.sql) for row in conn.run(_SHAPE))


def _postgresql_shape(version: int) -> tuple[tuple[tuple[str, str], str], ...]:
    """Read from the statements themselves what they make."""
    shape: dict[tuple[str, str], str] = {}
    for number in range(1, version + 1):
        text = "\n".join(statements(number, "postgresql"))
        for table, name in re.findall(r"ALTER TABLE (\w+) ENABLE ALWAYS TRIGGER (\w+)", text):
            shape["trigger", f"{table}.{name}"] = "A"
        for name, source in re.findall(r"CREATE FUNCTION (\w+).*?\$\$(.*?)\$\$", text, re.DOTALL):
            shape["function", name] = source
    return tuple(shape.items())

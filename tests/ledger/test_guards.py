"""Hostile statements, by name: the database itself refuses what would rewrite the ledger."""

import pytest

from kcbx_docs.ledger.database import transaction
from tests.ledger.test_book import start
from tests.ledger.world import CLERK, issue

ZEROS = "0" * 64
EVENT = "INSERT INTO event (seq, prev, hash, kind, case_id, key, body) VALUES "
NUMBER = "INSERT INTO number (seq, text, issuer, word, year, serial, given) VALUES "
COPY = "seq, prev, hash, kind, case_id, key, body"

BOTH = {
    "an event is changed": "UPDATE event SET body = hash_me WHERE seq = 2",
    "who did it is changed": "UPDATE event SET case_id = '别的' WHERE seq = 2",
    "an event is deleted": "DELETE FROM event WHERE seq = 3",
    "the newest event is deleted": "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)",
    "all events are deleted": "DELETE FROM event",
    "an event is put before the others": EVENT + f"(0, '{ZEROS}', '{ZEROS}', 'x', '', '', hash_me)",
    "an event leaves a gap": EVENT + f"(99, (SELECT max(hash) FROM event), '{ZEROS}', 'x', '', '', hash_me)",
    "an event takes a place that is taken": EVENT + f"(2, '{ZEROS}', '{ZEROS}', 'x', '', '', hash_me)",
    "an event hangs on another than the last": EVENT + f"(5, '{ZEROS}', '{ZEROS}', 'x', '', '', hash_me)",
    "an event is recorded twice": f"INSERT INTO event ({COPY}) SELECT 5, hash, hash, kind, case_id, '', body FROM event WHERE seq = 4",
    "an idempotent act is recorded twice": EVENT + f"(5, (SELECT hash FROM event WHERE seq = 4), '{ZEROS}', 'x', '', '责令', hash_me)",
    "an event is upserted": EVENT + f"(2, '{ZEROS}', '{ZEROS}', 'x', '', '', hash_me) ON CONFLICT (seq) DO UPDATE SET body = excluded.body",
    "a number is given to another paper": "UPDATE number SET seq = 3 WHERE seq = 2",
    "a number is given back": "DELETE FROM number WHERE seq = 3",
    "a number is smuggled in": NUMBER + "(2, '青政〔2026〕9号', '云岭县青石镇人民政府', '青政', 2026, 9, 0)",
    "a number is upserted": NUMBER + "(2, '青政〔2026〕1号', '云岭县青石镇人民政府', '青政', 2026, 1, 0) ON CONFLICT (seq) DO UPDATE SET serial = 7",
    "a series is started lower": "INSERT INTO series_start (seq, issuer, word, year, last) VALUES (4, '云岭县青石镇人民政府', '青政', 2026, 1)",
    "a start is lowered": "UPDATE series_start SET last = 0",
    "a start is removed": "DELETE FROM series_start",
    "an erasure is made up": "INSERT INTO erased (sha256, seq) VALUES ('sha256:x', 2)",
}  # fmt: skip
SQLITE = {
    "an event is replaced": "INSERT OR REPLACE INTO event SELECT seq, prev, hash, 'x', case_id, key, body FROM event WHERE seq = 2",
    "an event is replaced by its hash": EVENT.replace("INSERT", "INSERT OR REPLACE") + "(5, (SELECT hash FROM event WHERE seq = 4), (SELECT hash FROM event WHERE seq = 2), 'x', '', '', hash_me)",
    "an event is replaced by its key": EVENT.replace("INSERT", "INSERT OR REPLACE") + f"(5, (SELECT hash FROM event WHERE seq = 4), '{ZEROS}', 'x', '', '责令', hash_me)",
    "an update replaces": "UPDATE OR REPLACE event SET seq = 2 WHERE seq = 3",
    "a number is replaced": NUMBER.replace("INSERT", "REPLACE") + "(4, '青政〔2026〕1号', '云岭县青石镇人民政府', '青政', 2026, 1, 0)",
    "a failure is passed over": "INSERT OR IGNORE INTO series_start VALUES (4, '云岭县青石镇人民政府', '青政', 2026, 1)",
}  # fmt: skip
POSTGRESQL = {
    "everything is emptied": "TRUNCATE event CASCADE",
    "numbers are emptied": "TRUNCATE number",
    "files are emptied": "TRUNCATE blob",
    "a file is deleted that nobody ordered to destroy": "DELETE FROM blob",
    "a file is changed": "UPDATE blob SET data = data || data",
    "a file gets a wrong name": "INSERT INTO blob VALUES ('sha256:x', hash_me)",
    "a replica deletes": "SET session_replication_role = replica; DELETE FROM event",
    "a replica inserts": f"SET session_replication_role = replica; {EVENT} (99, '{ZEROS}', '{ZEROS}', 'x', '', '', hash_me)",
    "a replica empties": "SET session_replication_role = replica; TRUNCATE event CASCADE",
    "an event is merged": "MERGE INTO event USING (SELECT 2 AS seq) s ON event.seq = s.seq WHEN MATCHED THEN DELETE",
}  # fmt: skip


def everything(book) -> list[tuple]:
    with transaction(book.database) as conn:
        tables = ("event", "number", "series_start", "erased")
        return [tuple(row) for table in tables for row in conn.run(f"SELECT * FROM {table}")]  # fmt: skip


def full(book):
    """Fill a ledger with four events."""
    issue(book, key="责令")
    issue(book)
    with book.writing(CLERK) as pen:
        pen.append(start(17))
    return book


def refused(book, statements: dict[str, str]) -> None:
    """Run hostile statements one after another; expect that nothing of them stays."""
    before = everything(book)
    literal = "x'78'" if book.database.kind == SQLITE else r"'\x78'"
    for name, statement in statements.items():
        with pytest.raises(book.database.refusals), book.database.connect() as conn:
            for part in statement.replace("hash_me", literal).split(";"):
                conn.run(part)
            conn.commit()
            pytest.fail(name)
        assert everything(book) == before, name
    assert issue(book).data["number"] == "青政〔2026〕18号"


def test_both_databases_refuse_hostile_statements(opened):
    refused(full(opened()), BOTH)


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_sqlite_refuses_to_replace(opened):
    refused(full(opened()), SQLITE)


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_postgresql_refuses_to_truncate_and_to_play_the_replica(opened):
    refused(full(opened()), POSTGRESQL)

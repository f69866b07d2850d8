"""A county's shared ledger: who records may do no more than that; a file's ledger moves into it."""

import pytest

from kcbx_docs.ledger import book as opening
from kcbx_docs.ledger import gate
from kcbx_docs.ledger.backup import back_up, unpacked
from kcbx_docs.ledger.book import FOLDER, HEADS, open_book
from kcbx_docs.ledger.database import transaction
from kcbx_docs.ledger.postgres import Postgres, shown
from kcbx_docs.ledger.shared import grant, restore_shared
from kcbx_docs.ledger.verify import verify
from kcbx_docs.problems import UserError
from tests.ledger.world import CLERK, NOON, SERIES, issue, new_book

FORBIDDEN = {
    "switching a guard off": "ALTER TABLE event DISABLE TRIGGER ALL",
    "taking a guard away": "DROP TRIGGER event_fixed ON event",
    "another function behind a guard": "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "deleting": "DELETE FROM event",
    "changing": "UPDATE event SET kind = 'x'",
    "emptying": "TRUNCATE event CASCADE",
    "dropping a table": "DROP TABLE number",
    "playing the replica": "SET session_replication_role = replica",
    "a note of another version": "COMMENT ON SCHEMA kcbx IS 'kcbx 2'",
    "deleting a file": "DELETE FROM blob",
}  # fmt: skip


@pytest.fixture
def clerks(database):
    """Let a user of the database record events; return his address."""
    owner = open_book(database, create=True, who=CLERK, clock=lambda: NOON)
    with transaction(owner.database) as conn:
        conn.run("DROP ROLE IF EXISTS clerk")
        conn.run("CREATE ROLE clerk LOGIN")
    grant(database, "clerk")
    yield database.replace("kcbx@", "clerk@")
    with transaction(owner.database) as conn:
        conn.run("DROP OWNED BY clerk")
        conn.run("DROP ROLE clerk")
    owner.database.dispose()


def test_who_records_while_another_looks_has_cut_nothing_off(database, tmp_path, monkeypatch):
    """Two offices begin at once: what the end should be is compared only by who has the lock."""
    mine, other = (
        open_book(database, create=True, who=CLERK, clock=lambda: NOON, heads=tmp_path / HEADS)
        for _ in range(2)
    )
    own = gate.head_of

    def looked(conn):
        head = own(conn)
        if not conn.scalar("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"):
            monkeypatch.setattr(gate, "head_of", own)
            issue(other, "另一件")
        return head

    monkeypatch.setattr(gate, "head_of", looked)
    assert issue(mine).data["number"] == "青政〔2026〕1号"
    mine.database.dispose(), other.database.dispose()


def test_who_records_can_record_and_nothing_else(clerks):
    book = open_book(clerks, clock=lambda: NOON)
    assert issue(book).data["number"] == "青政〔2026〕1号"
    assert verify(book).flaws == ()
    for name, statement in FORBIDDEN.items():
        with pytest.raises(book.database.refusals), book.database.connect() as conn:
            conn.run(statement)
            conn.commit()
            pytest.fail(name)
    assert verify(book).flaws == ()
    book.database.dispose()


def test_the_owner_is_told_that_he_could_do_more(opened_shared):
    assert [one.code for one in verify(opened_shared).flaws] == ["LEDG047"]


@pytest.fixture
def opened_shared(database):
    book = open_book(database, create=True, who=CLERK, clock=lambda: NOON)
    yield book
    book.database.dispose()


def test_a_ledger_in_a_file_moves_into_the_county_s_database(tmp_path, database):
    old = new_book(tmp_path)
    made = issue(old, data=b"one")
    backup = back_up(old, tmp_path)
    with unpacked(backup.path, tmp_path / "tmp") as found:
        restore_shared(found, database, CLERK, "全县共用", {SERIES: 4}, lambda: NOON)
        with pytest.raises(UserError, match="LEDG049"):
            restore_shared(found, database, CLERK, "再来一次", {}, lambda: NOON)
    book = open_book(database, clock=lambda: NOON)
    assert book.event(2) == made and book.bytes_of(made.attached[0].sha256) == b"one"
    assert issue(book).data["number"] == "青政〔2026〕5号"
    assert {one.code for one in verify(book, against=str(backup.head)).flaws} == {"LEDG047"}
    book.database.dispose()


def test_both_databases_store_the_same_bytes(tmp_path, database, monkeypatch):
    monkeypatch.setattr(opening, "new_name", lambda: "AAAA-AAAA")
    monkeypatch.setattr(opening, "place_data", lambda *_: {})
    shared = open_book(database, create=True, who=CLERK, clock=lambda: NOON)
    one = issue(new_book(tmp_path))
    assert issue(shared) == one
    shared.database.dispose()


def test_a_password_is_shown_to_nobody():
    address = "postgresql://clerk:geheim@db.example/kcbx"
    assert "geheim" not in shown(address)
    with pytest.raises(UserError) as told:
        open_book("postgresql://clerk:geheim@127.0.0.1:1/kcbx")
    assert "LEDG015" in str(told.value) and "geheim" not in str(told.value)
    with pytest.raises(UserError) as told:
        open_book("postgresql://clerk:geheim@db:x/kcbx")
    assert "LEDG018" in str(told.value) and "geheim" not in str(told.value)


def test_a_machine_without_the_driver_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(UserError, match=r"LEDG014.*kcbx-docs\[postgres\]"):
        Postgres("postgresql://x/y")


def test_an_empty_database_holds_no_ledger(database, tmp_path):
    with pytest.raises(UserError, match="LEDG001"):
        open_book(database, heads=tmp_path / FOLDER)


def test_a_paper_that_is_not_recorded_leaves_no_file(opened_shared):
    book = opened_shared
    with pytest.raises(ZeroDivisionError), book.writing(CLERK) as pen:
        kept = pen.keep(b"%PDF", "pdf", "责令.pdf")
        assert book.blobs.size(kept.sha256, pen.conn) == 4
        raise ZeroDivisionError
    assert book.blobs.sizes() == {}

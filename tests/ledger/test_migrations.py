"""Tables change in one transaction, or not at all; a newer ledger is read and never written."""

import hashlib

import pytest

from kcbx_docs.ledger import migrations, model
from kcbx_docs.ledger.database import SQLITE, transaction
from kcbx_docs.ledger.migrations import statements, version_of
from kcbx_docs.ledger.verify import verify
from kcbx_docs.problems import UserError
from tests.ledger.test_guards import everything
from tests.ledger.world import issue

NEXT = [
    "ALTER TABLE number ADD COLUMN note TEXT NOT NULL DEFAULT ''",
    "CREATE TABLE another (seq INTEGER)",
    "CREATE INDEX number_note ON number (note)",
]


@pytest.fixture
def program_of_tomorrow(monkeypatch):
    """A program whose tables are of the next version, as often as one likes."""

    def become(steps=NEXT):
        def listed(version, dialect):
            return statements(version, dialect) if version == 1 else steps

        monkeypatch.setattr(migrations, "statements", listed)
        monkeypatch.setattr(migrations, "VERSION", 2)

    return become


def guards(book) -> set[str]:
    with book.database.connect() as conn:
        if conn.kind == SQLITE:
            return set(conn.run("SELECT sql FROM sqlite_master WHERE type = 'trigger'").scalars())
        return set(conn.run("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal").scalars())  # fmt: skip


def version(book) -> int:
    with transaction(book.database) as conn:
        return version_of(conn)


def test_a_ledger_of_version_1_goes_on_with_the_same_hashes_and_guards(opened, program_of_tomorrow):
    book = opened()
    made, before = issue(book), guards(book)
    program_of_tomorrow()
    assert book.event(2) == made and version(book) == 1
    assert issue(book).prev == made.hash
    assert (version(book), guards(book), book.event(2)) == (2, before, made)
    if book.folder:
        (kept,) = book.folder.glob("台账-升级前-*.db")
        assert kept.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("broken", range(len(NEXT) + 1))
def test_a_migration_that_stops_half_way_changes_nothing(opened, program_of_tomorrow, broken):
    book = opened()
    issue(book)
    before = everything(book), guards(book)
    program_of_tomorrow([*NEXT[:broken], "SELECT * FROM nowhere"])
    with pytest.raises(Exception, match="nowhere"):
        issue(book)
    assert (everything(book), guards(book)) == before
    assert version(book) == 1
    program_of_tomorrow()
    assert issue(book).data["number"] == "青政〔2026〕2号"


def test_a_newer_ledger_is_read_and_never_written(opened, program_of_tomorrow, monkeypatch):
    book = opened()
    issue(book)
    program_of_tomorrow()
    issue(book)
    monkeypatch.undo()
    assert len(book.events()) == 3
    assert [one.code for one in verify(book).flaws if one.code != "LEDG047"] == []
    with pytest.raises(UserError, match="LEDG007"):
        issue(book)


def test_an_event_of_a_newer_format_is_not_taken_for_changed(opened, monkeypatch):
    book = opened()
    monkeypatch.setattr(model, "FORMAT", 2)
    issue(book)
    monkeypatch.undo()
    found = verify(book)
    assert found.sound
    assert [one.verdict for one in found.flaws if one.code != "LEDG047"] == ["无法核验"]


def test_the_statements_of_version_1_are_never_edited():
    """A ledger that was made by them must still be recognised: change tables by a new version."""
    text = "\n".join(part for kind in ("sqlite", "postgresql") for part in statements(1, kind))
    assert hashlib.sha256(text.encode()).hexdigest() == (
        "e44397ef6d084cbd615c713c5307472814b6abce370cae520bed1c9878554676"
    )

"""Kills, full disks, crowds and read-only media: nothing acknowledged is lost or doubled."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kcbx_docs.ledger import database
from kcbx_docs.ledger.backup import back_up
from kcbx_docs.ledger.book import BLOBS, FILE, FOLDER, open_book
from kcbx_docs.ledger.turns import QUEUE
from kcbx_docs.ledger.verify import verify
from kcbx_docs.problems import UserError
from tests.ledger.world import NOON, issue, new_book

resource = pytest.importorskip("resource", reason="这些故障只在 Linux 上试")
ROOT = Path(__file__).parents[2]


def benchmark(name: str, *words: str) -> dict:
    """Run a benchmark with few rounds in a process of its own; return its figures."""
    command = [sys.executable, "-m", f"benchmarks.{name}", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr + done.stdout
    return json.loads(done.stdout)


def test_a_writer_that_is_killed_at_any_step_loses_nothing():
    """Each of nine steps once; the thousand are run by hand (benchmarks/README.md)."""
    found = benchmark("kills", "--kills", "9")
    assert (found["lost"], found["doubled"], found["damaged"]) == (0, 0, 0)
    assert found["open"] >= 2 and len(found["steps"]) >= 7


def test_a_shared_ledger_loses_nothing_either(database):
    found = benchmark("kills", "--kills", "6", "--place", database)
    assert (found["lost"], found["doubled"], found["damaged"]) == (0, 0, 0)
    assert found["open"] >= 2


def test_a_hundred_officers_at_once_are_not_refused():
    found = benchmark("crowd", "--papers", "1")
    assert (found["issued"], found["numbers"], found["sound"]) == (100, 100, True)


def test_officers_of_a_whole_county_are_not_refused(database):
    found = benchmark("crowd", "--officers", "12", "--papers", "1", "--place", database)
    assert (found["issued"], found["numbers"], found["sound"]) == (12, 12, True)


def test_bytes_are_on_the_disk_before_the_event_speaks_of_them(tmp_path, monkeypatch):
    """For a power cut: file, its name, its folder, then the commit; then this machine's note."""
    book = new_book(tmp_path)
    order: list[str] = []
    fsync, replace = os.fsync, os.replace

    def shown(handle: int) -> str:
        name = Path(f"/proc/self/fd/{handle}").readlink().name
        return "the bytes" if name.startswith(".kcbx-") else name

    def told_fsync(handle):
        order.append(f"fsync {shown(handle)}")
        fsync(handle)

    def told_replace(*paths):
        order.append("rename")
        replace(*paths)

    monkeypatch.setattr(os, "fsync", told_fsync)
    monkeypatch.setattr(os, "replace", told_replace)

    def told_commit(conn):
        if conn.raw.total_changes:
            order.append("commit")
        commit(conn)

    commit = database.SqliteConnection.commit
    monkeypatch.setattr(database.SqliteConnection, "commit", told_commit)

    name = issue(book).attached[0].sha256.removeprefix("sha256:")
    assert order == [
        f"fsync {FOLDER}", f"fsync {BLOBS}",
        "fsync the bytes", "rename", f"fsync {name[:2]}", "commit",
        "fsync the bytes", "rename", f"fsync {Path(os.environ['KCBX_LEDGERS']).name}",
    ]  # fmt: skip


SETTINGS = {
    "synchronous": 3,
    "fullfsync": 1,
    "journal_mode": "delete",
    "recursive_triggers": 1,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "busy_timeout": database.PATIENCE * 1000,
    "application_id": 0x6B636278,
}


def test_every_connection_is_as_careful(tmp_path):
    book = new_book(tmp_path)
    with database.transaction(book.database) as conn:
        found = {name: conn.run(f"PRAGMA {name}").scalar() for name in SETTINGS}
    assert found == SETTINGS


def test_a_ledger_that_somebody_switched_to_wal_is_switched_back(tmp_path):
    book = new_book(tmp_path)
    raw = sqlite3.connect(tmp_path / FOLDER / FILE)
    assert raw.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    raw.close()
    issue(book)
    assert not (tmp_path / FOLDER / f"{FILE}-wal").exists()
    with database.transaction(book.database) as conn:
        assert conn.run("PRAGMA journal_mode").scalar() == "delete"


@pytest.mark.parametrize(
    ("size", "limit"), [(50_000, 20_000), (100, 3_000)], ids=["a file", "the database"]
)
def test_a_full_disk_loses_nothing_and_is_told(tmp_path, size, limit):
    book = new_book(tmp_path)
    before = issue(book)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        with pytest.raises(UserError, match="LEDG005"):
            issue(book, data=b"x" * size)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert book.events()[-1] == before
    assert [path.name for path in tmp_path.rglob(".kcbx-*")] == [QUEUE]
    assert issue(book, data=b"x" * size).data["number"] == "青政〔2026〕2号"
    assert verify(book).flaws == ()


def test_a_read_only_ledger_is_read_and_not_written(tmp_path, monkeypatch):
    issue(new_book(tmp_path))
    monkeypatch.setattr(os, "access", lambda *_: False)
    book = open_book(tmp_path / FOLDER, clock=lambda: NOON)
    assert len(book.events()) == 2 and verify(book).sound
    with pytest.raises(UserError, match=r"LEDG004.*没有登记"):
        issue(book)


def test_a_kill_between_the_file_and_the_event_leaves_only_an_orphan(tmp_path):
    book = new_book(tmp_path)
    book.keep(b"killed before the event", "pdf", "责令.pdf")
    found = verify(book)
    assert found.sound and [one.verdict for one in found.flaws] == ["孤儿"]
    assert issue(book, data=b"killed before the event").seq == 2
    assert verify(book).flaws == ()


def test_nobody_opens_the_live_file_but_sqlite(tmp_path):
    """Opening and closing it elsewhere in our process would drop SQLite's locks."""
    opened: list[str] = []
    watching = [True]

    def watch(name: str, args: tuple) -> None:  # a hook stays for ever: it is told to sleep
        if watching and name == "open":
            opened.append(str(args[0]))

    sys.addaudithook(watch)
    book = new_book(tmp_path)
    issue(book)
    book.events(), book.head(), verify(book), back_up(book, tmp_path / "out")
    new_book(tmp_path)
    watching.clear()
    live = tmp_path / FOLDER / FILE
    assert opened and not [path for path in opened if path.startswith(str(live))]

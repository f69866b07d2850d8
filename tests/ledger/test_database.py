"""SQLite asked without a library between: rows by name, nothing locked by what was half read."""

import sqlite3

import pytest

from kcbx_docs.ledger.database import SqliteFile, among, transaction
from kcbx_docs.problems import UserError


@pytest.fixture
def file(tmp_path):
    with sqlite3.connect(tmp_path / "a.db") as raw:
        raw.executescript("CREATE TABLE t (seq, word); INSERT INTO t VALUES (1, '甲'), (2, '乙')")
    return SqliteFile(tmp_path / "a.db")


def test_values_go_by_their_names(file):
    with transaction(file) as conn:
        row = conn.execute("SELECT * FROM t WHERE seq = :seq", {"seq": 2}).one_or_none()
        assert (row.seq, row.word, tuple(row)) == (2, "乙", (2, "乙"))
        assert row._asdict() == {"seq": 2, "word": "乙"}
        assert conn.scalar("SELECT max(seq) FROM t") == 2
        assert conn.scalar("SELECT seq FROM t WHERE seq > 2") is None
        where, values = among("word", ("甲", "丙"))
        assert [one.seq for one in conn.execute(f"SELECT seq FROM t WHERE {where}", values)] == [1]
    with pytest.raises(AttributeError):
        _ = row.name


def test_what_is_half_read_locks_nobody_out(file):
    with transaction(file) as conn:
        rows = iter(conn.stream("SELECT * FROM t"))
        next(rows)
    with transaction(file, writing=True) as conn:
        conn.execute("INSERT INTO t VALUES (3, '丙')")
    with transaction(file) as conn:
        assert conn.scalar("SELECT count(*) FROM t") == 3


def test_what_is_not_written_to_its_end_never_was(file):
    with pytest.raises(ZeroDivisionError), transaction(file, writing=True) as conn:
        conn.execute("DELETE FROM t")
        raise ZeroDivisionError
    with transaction(file) as conn:
        assert conn.scalar("SELECT count(*) FROM t") == 2


def test_a_file_that_is_no_database_is_told_in_plain_words(tmp_path):
    broken = tmp_path / "b.db"
    broken.write_text("不是台账" * 100, "utf-8")
    with pytest.raises(UserError) as error, transaction(SqliteFile(broken)) as conn:
        conn.scalar("SELECT 1 FROM t")
    assert error.value.problems[0].code == "LEDG006"

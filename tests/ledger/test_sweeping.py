"""Files that no event speaks of are put aside and destroyed by nobody; wanted ones are left."""

import os
from types import SimpleNamespace

import pytest

from kcbx_docs.ledger import sweeping
from kcbx_docs.ledger.book import FOLDER
from kcbx_docs.ledger.mending import carry_on
from kcbx_docs.ledger.sweeping import ASIDE, sweep
from kcbx_docs.ledger.verify import verify
from kcbx_docs.problems import UserError
from tests.ledger.test_verify import blob_of
from tests.ledger.world import CLERK, NOON, SERIES, issue, meddle, new_book

HOUR = 3600


def aged(path, hours):
    when = NOON.timestamp() - hours * HOUR
    os.utime(path, (when, when))
    return path


def loose(book, data, hours):
    """Keep a file of which no event comes to speak."""
    book.keep(data, "pdf", "责令.pdf")
    return aged(blob_of(book, data), hours)


def test_an_old_file_without_an_event_is_put_where_a_person_can_open_it(tmp_path):
    book = new_book(tmp_path)
    recorded = aged(blob_of(book, issue(book) and b"%PDF"), 99)
    old, young = loose(book, b"%PDF killed", 25), loose(book, b"%PDF on its way", 23)
    died = old.with_name(".kcbx-died")
    died.write_bytes(b"half")
    aged(died, 25)
    swept = sweep(book, CLERK)
    name = f"{old.parent.name}{old.name}.pdf"
    assert (set(swept.moved), swept.young, swept.doubtful) == ({name, ".kcbx-died"}, 1, 0)
    assert (tmp_path / FOLDER / ASIDE / name).read_bytes() == b"%PDF killed"
    assert recorded.exists() and young.exists() and not died.exists()
    assert len(f"{FOLDER}/{ASIDE}/{name}".encode("utf-16-le")) // 2 <= 80
    assert [one.verdict for one in verify(book).flaws] == ["孤儿"]


def test_who_keeps_the_same_file_again_keeps_it_from_being_swept(tmp_path):
    book = new_book(tmp_path)
    old = loose(book, b"again", 99)
    book.keep(b"again", "pdf", "责令.pdf")
    assert sweep(book, CLERK).moved == () and old.exists()


def test_what_is_recorded_while_the_ledger_is_read_stays(tmp_path, monkeypatch):
    book = new_book(tmp_path)
    old = loose(book, b"late", 99)
    last_mended = sweeping._last_mended

    def meanwhile(one):
        issue(one, data=b"late")
        aged(old, 99)
        return last_mended(one)

    monkeypatch.setattr(sweeping, "_last_mended", meanwhile)
    assert sweep(book, CLERK).moved == () and verify(book).flaws == ()


def test_files_from_before_a_loss_may_belong_to_what_was_lost(tmp_path):
    book = new_book(tmp_path)
    issue(book), issue(book, data=b"lost")
    meddle(book, "DELETE FROM number WHERE seq = 3", "DELETE FROM event WHERE seq = 3")
    carry_on(book, CLERK, "最后一条不见了", {SERIES: 2})
    aged(blob_of(book, b"lost"), 48)
    assert (sweep(book, CLERK).moved, sweep(book, CLERK).doubtful) == ((), 1)


def test_of_a_damaged_ledger_nothing_is_swept(tmp_path):
    book = new_book(tmp_path)
    issue(book)
    old = loose(book, b"whose", 99)
    meddle(book, "UPDATE event SET body = x'78' WHERE seq = 2")
    with pytest.raises(UserError, match="LEDG061"):
        sweep(book, CLERK)
    assert old.exists()


def test_in_a_shared_database_there_is_nothing_to_sweep():
    with pytest.raises(UserError, match="LEDG060"):
        sweep(SimpleNamespace(folder=None, blobs=None), CLERK)

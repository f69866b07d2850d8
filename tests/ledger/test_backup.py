"""A backup is read again before it is called one; restoring is an event, and goes on above paper."""

import os
import stat
import zipfile
from pathlib import Path

import pytest

from kcbx_docs.ledger import backup as backups
from kcbx_docs.ledger import medium
from kcbx_docs.ledger.backup import back_up, restore, series_in, unpacked
from kcbx_docs.ledger.backup_notes import NOTES
from kcbx_docs.ledger.book import BLOBS, FILE, FOLDER, HEADS, open_book
from kcbx_docs.ledger.database import transaction
from kcbx_docs.ledger.model import Series
from kcbx_docs.ledger.turns import QUEUE
from kcbx_docs.ledger.verify import verify
from kcbx_docs.problems import UserError
from tests.ledger.test_verify import blob_of
from tests.ledger.world import CLERK, NOON, SERIES, issue, new_book

VERSION_1 = Path(__file__).with_name("version-1.zip")
"""A backup that the first version wrote; it is restored for ever."""


def again(path: Path, root: Path, highest=None):
    """Restore a backup in a folder; return the ledger."""
    with unpacked(path, root / FOLDER) as found:
        restore(found, root / FOLDER, CLERK, "磁盘坏了", highest or {}, lambda: NOON)
    return open_book(root / FOLDER, clock=lambda: NOON)


def test_a_ledger_comes_back_from_its_backup(opened, tmp_path):
    book = opened()
    first, second = issue(book, data=b"one"), issue(book, data=b"two")
    made = back_up(book, tmp_path / "U盘")
    assert (made.files, made.head) == (2, book.head())
    restored = again(made.path, tmp_path / "new")
    assert restored.events()[1:3] == (first, second)
    assert restored.bytes_of(first.attached[0].sha256) == b"one"
    event = restored.events(kinds=("恢复",))[0]
    assert (event.seq, event.data["before"]["hash"]) == (4, second.hash)
    assert verify(restored).flaws == ()
    assert restored.head().ledger != made.head.ledger
    assert issue(restored).data["number"] == "青政〔2026〕3号"


def test_numbers_go_on_above_what_is_known_on_paper(tmp_path):
    book = new_book(tmp_path)
    issue(book)
    made = back_up(book, tmp_path)
    issue(book), issue(book)
    newest = book.head()
    with transaction(book.database) as conn:
        assert series_in(conn) == {SERIES: 3}
    restored = again(made.path, tmp_path, {SERIES: 5})
    start = restored.events(kinds=("起号",))[0]
    assert (start.data["last"], start.data["lost"]) == (5, [2, 5])
    assert issue(restored).data["number"] == "青政〔2026〕6号"
    event = restored.events(kinds=("恢复",))[0]
    assert event.data["replaced"]["ledger"] == newest.ledger
    assert event.data["replaced"]["count"] == 5  # the last one says that its place is taken
    assert len(list((tmp_path / FOLDER).glob("台账-被替换-*.db"))) == 1
    found = verify(restored, against=str(newest))
    assert found.sound and {one.code for one in found.flaws} == {"LEDG045"}


def test_a_backup_of_another_ledger_may_take_the_place_and_says_whose(tmp_path):
    other = back_up(new_book(tmp_path / "other"), tmp_path)
    name = new_book(tmp_path).head().ledger
    restored = again(other.path, tmp_path)
    assert restored.events(kinds=("恢复",))[0].data["replaced"]["ledger"] == name
    assert {one.code for one in verify(restored).flaws} == {"LEDG045"}


def test_the_backup_of_version_1_is_restored_for_ever(tmp_path):
    restored = again(VERSION_1, tmp_path)
    assert [e.kind for e in restored.events()] == ["建册", "制发", "起号", "制发", "送达", "恢复"]
    assert restored.event(4).data["number"] == "青政〔2026〕18号"
    assert restored.event(5).hash == VERSION_1_HASH
    assert restored.event(2).who.name == "普文清"
    assert verify(restored).flaws == ()
    with restored.writing(CLERK) as pen:
        assert pen.next_serial(Series("青龙镇人民政府", "青政", 2026)) == 19


VERSION_1_HASH = "0218ad4551401b480947c8ac44fef77c7d3b5979589aaa8388e880cd1b8d37fb"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")
def test_nobody_else_reads_a_backup(tmp_path):
    book = new_book(tmp_path)
    made = back_up(book, tmp_path / "out")
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "out").iterdir()] == [made.path.name]


def test_a_damaged_ledger_is_no_backup(tmp_path):
    book = new_book(tmp_path)
    issue(book)
    blob_of(book, b"%PDF").unlink()
    with pytest.raises(UserError, match="LEDG034"):
        back_up(book, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def rewritten(path: Path, change) -> Path:
    """Write a backup again with some of its parts changed."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in change(parts).items():
            new.writestr(name, data)
    return path


HARM = {
    "a file is missing": lambda parts: {k: v for k, v in parts.items() if BLOBS not in k},
    "a file is changed": lambda parts: {k: v + b"x" if BLOBS in k else v for k, v in parts.items()},
    "the database is cut": lambda parts: {**parts, FILE: parts[FILE][:9000]},
    "the database is missing": lambda parts: {HEADS: parts[HEADS]},
    "it is another database": lambda parts: {**parts, FILE: b"SQLite format 3"},
}


@pytest.mark.parametrize("change", HARM.values(), ids=HARM)
def test_a_bad_backup_replaces_nothing(tmp_path, change):
    book = new_book(tmp_path)
    issue(book)
    made = back_up(book, tmp_path)
    bad, before = rewritten(made.path, change), book.head()
    with pytest.raises(UserError, match="LEDG"):
        again(bad, tmp_path)
    assert book.head() == before
    assert {path.name for path in (tmp_path / FOLDER).iterdir()} == {
        FILE,
        HEADS,
        NOTES,
        BLOBS,
        QUEUE,
    }


def test_what_is_no_backup_is_told(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"PK nothing")
    with pytest.raises(UserError, match="LEDG024"):
        again(tmp_path / "x.zip", tmp_path)
    with pytest.raises(UserError, match="LEDG025"):
        again(tmp_path / "none.zip", tmp_path)


def test_who_waits_to_write_while_a_backup_takes_the_place_is_refused(tmp_path, monkeypatch):
    """He would be told that it is recorded, in a file that nobody reads any more."""
    book = new_book(tmp_path)
    issue(book)
    made = back_up(book, tmp_path)
    swap = backups.swap

    def later(fresh, file, label):
        with pytest.raises(UserError, match=r"LEDG012.*已经换下"):
            issue(book)
        return swap(fresh, file, label)

    monkeypatch.setattr(backups, "swap", later)
    restored = again(made.path, tmp_path, {SERIES: 1})
    assert issue(restored).data["number"] == "青政〔2026〕2号"


def test_what_is_no_backup_is_told_in_our_own_words(tmp_path):
    (tmp_path / "照片.zip").write_bytes(b"no archive")
    with zipfile.ZipFile(tmp_path / "别的.zip", "w") as archive:
        archive.writestr("读我.txt", "别的东西")
    for name, said in (("照片.zip", "打不开"), ("别的.zip", "里面没有台账.db")):
        with (
            pytest.raises(UserError, match=f"LEDG024.*{said}") as told,
            unpacked(tmp_path / name, tmp_path / FOLDER),
        ):
            pass
        assert "archive" not in str(told.value)
        assert "File" not in str(told.value)


def test_a_disk_that_is_not_plugged_in_gets_no_folder_in_its_place(opened, tmp_path, monkeypatch):
    book = opened()
    media, stick = tmp_path / "media", tmp_path / "media" / "U盘"
    media.mkdir()
    monkeypatch.setattr(medium, "MOUNTED", (media,))
    monkeypatch.chdir(tmp_path)
    for folder in (stick, stick / "台账", media / "me" / "U盘", Path("E:\\备份"), Path("E:")):
        with pytest.raises(UserError, match="没有插着这个磁盘"):
            back_up(book, folder)
    assert list(media.iterdir()) == []
    stick.mkdir()
    with pytest.raises(UserError, match="没有插着这个磁盘"):
        back_up(book, stick)  # the empty place of a disk that was pulled out
    assert list(stick.iterdir()) == []
    with monkeypatch.context() as by_hand:
        by_hand.setattr(medium, "BY_HAND", media)
        assert back_up(book, stick).path.is_file()  # a folder of the machine's keeper
    monkeypatch.setattr(medium.os.path, "ismount", lambda path: Path(path) == stick)
    assert back_up(book, stick).path.is_file()
    assert back_up(book, stick / "台账" / "2026").path.is_file()  # plugged in: folders are made
    assert back_up(book, tmp_path / "备份").path.is_file()  # and anywhere else


def test_a_backup_on_the_ledger_s_own_disk_is_told(opened, tmp_path, monkeypatch):
    book = opened()
    told = [one.code for one in back_up(book, tmp_path / "备份").doubts]
    assert told == (["LEDG101"] if book.folder else [])  # a shared one lies on its server
    monkeypatch.setattr(backups, "same_disk", lambda *_: False)
    assert back_up(book, tmp_path / "备份").doubts == ()

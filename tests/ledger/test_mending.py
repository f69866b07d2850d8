"""Work goes on the same day after damage, openly; copies are copies; destruction leaves a trace."""

import random
import shutil
from datetime import date

import pytest

from kcbx_docs.ledger.book import BLOBS, FILE, FOLDER, HEADS, open_book
from kcbx_docs.ledger.mending import (
    carry_on,
    copied,
    damaged_book,
    erase,
    highest_known,
    moved,
)
from kcbx_docs.ledger.model import Draft
from kcbx_docs.ledger.rawpages import events_in
from kcbx_docs.ledger.verify import verify
from kcbx_docs.problems import UserError
from tests.ledger.test_book import start
from tests.ledger.test_verify import blob_of
from tests.ledger.world import CLERK, NOON, SERIES, fill, guards_off, issue, meddle, new_book

DAY = date(2026, 11, 27)


def full(root):
    book = new_book(root)
    for data in (b"one", b"two", b"three"):
        issue(book, data=data)
    return book


def test_a_changed_event_is_set_down_and_nobody_uses_it_any_more(opened):
    book = opened()
    issue(book), issue(book), issue(book)
    literal = "x'78'" if book.folder else r"'\x78'"
    meddle(book, f"UPDATE event SET body = {literal} WHERE seq = 3")
    with pytest.raises(UserError, match="LEDG019"):
        book.events()
    before = book.head()
    made = carry_on(book, CLERK, "第三条不知被谁改过", {})
    assert (made.kind, made.seq) == ("续册", 5)
    assert [e.seq for e in book.events()] == [1, 2, 4, 5]
    assert made.data["before"] == {"ledger": before.ledger, "count": 4, "hash": before.hash}
    found = verify(book, against=str(before))
    assert found.sound and [(one.verdict, one.seq) for one in found.set_down] == [("被改", 3)]
    assert issue(book).data["number"] == "青政〔2026〕4号"


def test_a_changed_end_is_set_down_too(tmp_path):
    book = full(tmp_path)
    meddle(book, "UPDATE event SET body = x'78' WHERE seq = 4")
    with pytest.raises(UserError, match="LEDG019"), book.writing(CLERK) as pen:
        pen.append(start(9))
    carry_on(book, CLERK, "最后一条被改", {SERIES: 3})
    assert issue(book).data["number"] == "青政〔2026〕4号"
    assert verify(book).sound


def test_a_cut_end_goes_on_above_the_numbers_on_paper(tmp_path):
    book = full(tmp_path)
    head = book.head()
    meddle(book, "DELETE FROM number WHERE seq = 4", "DELETE FROM event WHERE seq = 4")
    with pytest.raises(UserError, match="LEDG020"):
        issue(book)
    carry_on(book, CLERK, "最后一条不见了", {SERIES: 3})
    assert issue(book).data["number"] == "青政〔2026〕4号"
    found = verify(book, against=str(head))
    assert found.sound and {one.code for one in found.flaws} == {"LEDG045", "LEDG036"}


def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path):
    book = full(tmp_path)
    fill(book, 30)
    file, head = tmp_path / FOLDER / FILE, book.head()
    file.write_bytes(file.read_bytes()[:-8192])
    with pytest.raises(UserError, match="LEDG006"):
        new_book(tmp_path)
    made = carry_on(damaged_book(tmp_path / FOLDER, lambda: NOON), CLERK, "断电", {SERIES: 33})
    again = new_book(tmp_path)
    assert made.data["before"]["ledger"] == head.ledger
    assert made.data["report"] and (tmp_path / FOLDER / made.data["kept"]).exists()
    assert len(again.events()) > 3
    assert issue(again).data["number"] == "青政〔2026〕34号"
    assert verify(again).sound


def test_without_its_first_page_a_file_is_read_page_by_page(tmp_path):
    """The list of tables is gone, and with it all that SQLite could read."""
    book = full(tmp_path)
    with book.writing(CLERK) as pen:  # longer than a page
        pen.append(Draft("更正", "到责令", DAY, {"issue": 2, "reason": "写错了" * 4000}))
    fill(book, 30)
    events, file = book.events(), tmp_path / FOLDER / FILE
    file.write_bytes(b"\0" * 4096 + file.read_bytes()[4096:])
    damaged = damaged_book(tmp_path / FOLDER, lambda: NOON)
    assert highest_known(damaged) == {SERIES: 33}
    carry_on(damaged, CLERK, "开头坏了", {SERIES: 35})
    again = new_book(tmp_path)
    assert again.events()[: len(events)] == events
    assert issue(again).data["number"] == "青政〔2026〕36号"
    assert verify(again).sound


def test_what_is_left_of_lost_events_is_told(tmp_path):
    """First page and end are gone: events in between are kept, files without an event named."""
    book = full(tmp_path)
    fill(book, 30)
    file = tmp_path / FOLDER / FILE
    file.write_bytes(b"\0" * 4096 + file.read_bytes()[4096:-12288])
    made = carry_on(damaged_book(tmp_path / FOLDER, lambda: NOON), CLERK, "断电", {SERIES: 33})
    again = new_book(tmp_path)
    kept = [one for one in again.events() if one.kind == "制发"]
    assert 0 < len(kept) < 33
    loose = 33 - len(kept)
    assert f"有 {loose} 个文件没有登记对应" in made.data["report"][-1]
    assert issue(again).data["number"] == "青政〔2026〕34号" and verify(again).sound


def test_chance_makes_no_event():
    noise = b"".join(b"\x0d" + random.Random(seed).randbytes(4095) for seed in range(9))
    assert list(events_in(noise)) == []


def test_of_nothing_a_new_chain_names_the_last_head_that_is_known(tmp_path):
    book = full(tmp_path)
    head = book.head()
    (tmp_path / FOLDER / FILE).write_bytes(b"\0" * 5000)
    made = carry_on(damaged_book(tmp_path / FOLDER, lambda: NOON), CLERK, "磁盘坏了", {SERIES: 3})
    assert (made.seq, made.data["before"]) == (
        1,
        {"ledger": head.ledger, "count": 4, "hash": head.hash},
    )
    assert issue(new_book(tmp_path)).data["number"] == "青政〔2026〕4号"
    assert verify(new_book(tmp_path)).sound


def test_guards_that_were_taken_away_are_put_up_again(tmp_path):
    book = full(tmp_path)
    with book.database.connect() as conn:
        guards_off(conn)
        conn.commit()
    carry_on(book, CLERK, "防护没有了", {})
    assert verify(book).flaws == ()
    assert [e.kind for e in book.events()] == [
        *["建册", "制发", "制发", "制发"],
        "迁移处所",
        "续册",
    ]


def test_a_sound_ledger_is_not_continued(tmp_path):
    with pytest.raises(UserError, match="LEDG026"):
        carry_on(full(tmp_path), CLERK, "想换一本", {})


def test_lost_evidence_is_set_down(tmp_path):
    book = full(tmp_path)
    blob_of(book, b"two").unlink()
    carry_on(book, CLERK, "照片不见了", {})
    found = verify(book)
    assert found.sound and [one.verdict for one in found.set_down] == ["缺失"]


def test_destruction_on_order_leaves_an_event_and_is_no_loss(opened):
    book = opened()
    name = issue(book, data=b"one").attached[0].sha256
    made = erase(book, (name,), CLERK, "当事人申请删除", "青政办〔2026〕3号", DAY)
    assert (made.kind, made.data["sha256"]) == ("销毁", [name])
    assert book.blobs.size(name) is None
    found = verify(book)
    assert found.sound and found.erased == 1
    with pytest.raises(UserError, match="LEDG011"):
        erase(book, ("sha256:" + "0" * 64,), CLERK, "错的", "x", DAY)
    assert erase(book, (name,), CLERK, "再做一次", "x", DAY) is None


def test_destruction_that_stopped_half_way_is_told_and_done_again(tmp_path, monkeypatch):
    book = full(tmp_path)
    name = book.event(2).attached[0].sha256
    with monkeypatch.context() as patch:
        patch.setattr(book.blobs, "remove", lambda name: None)
        erase(book, (name,), CLERK, "当事人申请删除", "x", DAY)
    assert [one.code for one in verify(book).flaws] == ["LEDG043"]
    erase(book, (name,), CLERK, "当事人申请删除", "x", DAY)
    assert verify(book).flaws == ()


def elsewhere(root):
    """Copy a ledger's folder; return the copy, opened."""
    shutil.copytree(root / FOLDER, root / "别处" / FOLDER)
    return open_book(root / "别处" / FOLDER, clock=lambda: NOON)


def test_a_copy_is_noticed_read_and_not_written(tmp_path):
    with pytest.raises(UserError, match="LEDG050"):
        copied(full(tmp_path), CLERK, "这里就是原处")
    copy = elsewhere(tmp_path)
    assert len(copy.events()) == 4
    with pytest.raises(UserError, match="LEDG012"):
        issue(copy)
    with pytest.raises(UserError, match="LEDG013"):
        moved(copy, CLERK)


def test_a_ledger_that_was_moved_goes_on(tmp_path):
    full(tmp_path)
    copy = elsewhere(tmp_path)
    shutil.rmtree(tmp_path / FOLDER)
    assert moved(copy, CLERK).data["from"]["path"] == str(tmp_path / FOLDER)
    assert moved(copy, CLERK) is None
    assert issue(copy).data["number"] == "青政〔2026〕4号"


def test_a_copy_gets_a_name_of_its_own_and_no_number_of_the_old_series(tmp_path):
    book = full(tmp_path)
    copy = elsewhere(tmp_path)
    made = copied(copy, CLERK, "学校另用一册")
    assert copy.head().ledger == made.data["ledger"] != book.head().ledger
    with pytest.raises(UserError, match=r"LEDG021.*青政〔2026〕"):
        issue(copy)
    with copy.writing(CLERK) as pen:
        pen.append(start(500))
    assert issue(copy).data["number"] == "青政〔2026〕501号"
    assert issue(book).data["number"] == "青政〔2026〕4号"
    assert verify(copy).sound and verify(book).sound


def test_a_workspace_of_last_month_that_was_put_back_whole_is_noticed(tmp_path):
    """Its ledger and its second file are both old, and agree; the machine remembers more."""
    book = new_book(tmp_path)
    issue(book)
    shutil.copytree(tmp_path / FOLDER, tmp_path / "上月")
    head = issue(book) and book.head()
    shutil.rmtree(tmp_path / FOLDER)
    shutil.move(tmp_path / "上月", tmp_path / FOLDER)
    with pytest.raises(UserError, match="LEDG020"):
        issue(book)
    assert [(one.verdict, one.seq) for one in verify(book).flaws] == [("缺失", 3)]
    carry_on(book, CLERK, "整个文件夹被上月的顶替", {SERIES: 2})
    assert issue(book).data["number"] == "青政〔2026〕3号"
    assert verify(book, against=str(head)).sound


def test_where_a_ledger_was_none_is_begun(tmp_path):
    """A file that was moved away, or that a virus scanner took: its numbers are out there."""
    book = full(tmp_path)
    (book.folder / FILE).unlink()
    with pytest.raises(UserError, match=r"LEDG090.*册首记着 4 条"):
        open_book(book.folder, create=True)
    (book.folder / HEADS).unlink()
    with pytest.raises(UserError, match=r"LEDG090.*有 3 个登记过的文件"):
        open_book(book.folder)
    shutil.rmtree(book.folder / BLOBS)
    assert new_book(tmp_path).head().count == 1, "nothing is left that speaks of a ledger"


@pytest.mark.parametrize("left", [None, b""])
def test_work_goes_on_where_nothing_is_left_of_the_file(tmp_path, left):
    folder = full(tmp_path).folder
    (folder / FILE).unlink()
    if left is not None:
        (folder / FILE).write_bytes(left)
        with pytest.raises(UserError, match=r"LEDG006.*什么也没有"):
            open_book(folder, create=True)
    book = damaged_book(folder, lambda: NOON)
    assert highest_known(book) is None
    made = carry_on(book, CLERK, "台账文件没有了", {SERIES: 3})
    assert made.data["report"][-1].startswith("原件 文件夹里有 3 个文件")
    again = open_book(folder, clock=lambda: NOON)
    assert issue(again).data["number"] == "青政〔2026〕4号" and verify(again).sound


def test_a_table_that_somebody_dropped_is_damage_and_no_fault_of_the_program(tmp_path):
    book = full(tmp_path)
    with book.database.connect() as conn:
        conn.run("DROP TABLE number")
        conn.commit()
    with pytest.raises(UserError, match=r"LEDG006.*缺了表"):
        verify(book)
    carry_on(book, CLERK, "表被删了", {SERIES: 3})
    assert issue(book).data["number"] == "青政〔2026〕4号" and verify(book).sound

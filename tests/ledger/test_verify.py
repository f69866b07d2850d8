"""Whatever is done to a ledger is named by verify; an untouched one is 完好."""

from dataclasses import replace
from pathlib import Path

import pytest

from kcbx_docs.ledger import verify as verifying
from kcbx_docs.ledger.book import BLOBS, FILE, FOLDER
from kcbx_docs.ledger.chain import VERDICTS, read_chain
from kcbx_docs.ledger.database import SQLITE
from kcbx_docs.ledger.model import GENESIS, Draft, hash_of
from kcbx_docs.ledger.verify import verify
from kcbx_docs.problems import UserError, texts_of
from tests.ledger.test_book import start
from tests.ledger.world import CLERK, guards_off, issue, meddle, new_book, paper


@pytest.fixture
def book(opened):
    """A ledger of five events: opened, two papers, a start, a paper."""
    made = opened()
    issue(made, data=b"one")
    issue(made, data=b"two")
    with made.writing(CLERK) as pen:
        pen.append(start(17))
    issue(made, data=b"three")
    return made


def told(book, **options) -> list[tuple[str, int]]:
    """Return the verdicts on a ledger and where they lie."""
    found = verify(book, **options)
    return [(one.verdict, one.seq) for one in found.flaws if one.code != "LEDG047"]


def test_an_untouched_ledger_is_sound(book):
    found = verify(book, against=str(book.head()))
    assert told(book) == [] and found.sound and found.verdicts == ("完好",)
    assert (found.events, found.files, found.unread) == (5, 3, 0)
    assert (found.head.count, found.head.hash) == (5, book.head().hash)


CHANGED = "hash_me"
HARM = {
    "what happened is changed": ("UPDATE event SET body = hash_me WHERE seq = 3", ("被改", 3)),
    "an event is taken out": ("DELETE FROM number WHERE seq = 3; DELETE FROM event WHERE seq = 3", ("缺失", 3)),
    "an event hangs on another": (f"UPDATE event SET prev = '{GENESIS}' WHERE seq = 3", ("断链", 3)),
    "a paper is moved to another case": ("UPDATE event SET case_id = '别的' WHERE seq = 3", ("被改", 3)),
    "the key of an act is changed": ("UPDATE event SET key = 'x' WHERE seq = 3", ("被改", 3)),
    "a kind is changed": ("UPDATE event SET kind = '送达' WHERE seq = 3", ("被改", 3)),
    "a number is changed where it is looked up": ("UPDATE number SET serial = 9 WHERE seq = 3", ("被改", 3)),
    "a number is removed where it is looked up": ("DELETE FROM number WHERE seq = 3", ("被改", 3)),
    "a start is made up": ("UPDATE series_start SET last = 99", ("被改", 4)),
    "an erasure is made up": ("INSERT INTO erased VALUES ('sha256:x', 2)", ("被改", 2)),
}  # fmt: skip


def test_harm_is_named_with_its_place(book):
    literal = "x'78'" if book.database.kind == SQLITE else r"'\x78'"
    for name, (statements, verdict) in HARM.items():
        with book.database.connect() as conn:
            guards_off(conn)
            for statement in statements.replace(CHANGED, literal).split(";"):
                conn.run(statement)
            found = read_chain(conn).flaws
            conn.rollback()
        assert verdict in [(one.verdict, one.seq) for one in found], name
        assert all(one.problem.is_error for one in found), name
    assert told(book) == []


def test_a_cut_end_shows_by_the_second_file_and_by_paper(book):
    head = book.head()
    meddle(book, "DELETE FROM number WHERE seq = 5", "DELETE FROM event WHERE seq = 5")
    assert ("缺失", 5) in told(book)
    with pytest.raises(UserError, match="LEDG020"), book.writing(CLERK) as pen:
        pen.append(start(40))
    book.heads.path.unlink()
    assert told(book)[0] == ("提醒", 0)
    assert ("缺失", 5) in told(book, against=f"{head.ledger} 5 {head.hash[:12]}")


def test_an_emptied_ledger_shows(book):
    meddle(book, "DELETE FROM number", "DELETE FROM series_start", "DELETE FROM event")
    assert not verify(book).sound


def test_a_suffix_that_was_rewritten_and_hashed_again_shows(tmp_path):
    """The same length, every hash right: only where it is known to have ended tells."""
    book = new_book(tmp_path)
    issue(book), issue(book), issue(book)
    head, third = book.head(), book.event(3)
    with book.database.connect() as conn:
        bodies = dict(conn.run("SELECT seq, body FROM event").all())
    forged = bodies[3].replace("到责令".encode(), "别的案".encode())
    new_third = hash_of(third.prev, forged)
    last = bodies[4].replace(third.hash.encode(), new_third.encode())
    meddle(
        book,
        f"UPDATE event SET body = x'{forged.hex()}', hash = '{new_third}', case_id = '别的案' WHERE seq = 3",
        f"UPDATE event SET body = x'{last.hex()}', prev = '{new_third}', hash = '{hash_of(new_third, last)}' WHERE seq = 4",
    )
    assert told(book) == [("被改", 3)]
    book.heads.path.write_text("")
    assert told(book) == [("提醒", 0)]
    assert told(book, against=str(head)) == [("提醒", 0), ("被改", 4)]


def test_a_head_of_another_ledger_is_told(book):
    other = replace(book.head(), ledger="ABCD-EFGH")
    assert [one.code for one in verify(book, against=str(other)).flaws if one.verdict == "不符"] == ["LEDG044"]  # fmt: skip
    with pytest.raises(UserError, match="LEDG022"):
        verify(book, against="第五条")


def blob_of(book, data: bytes) -> Path:
    (path,) = (p for p in (book.folder / BLOBS).rglob("*") if p.is_file() and p.read_bytes() == data)  # fmt: skip
    return path


def test_evidence_that_was_changed_or_lost_later_is_named(tmp_path):
    book = new_book(tmp_path)
    issue(book, data=b"one"), issue(book, data=b"two"), issue(book, data=b"three")
    blob_of(book, b"one").write_bytes(b"eno")
    blob_of(book, b"two").unlink()
    book.keep(b"nobody's", "pdf", "x.pdf")
    assert told(book) == [("被改", 2), ("缺失", 3), ("孤儿", 0)]
    assert told(book, quick=True) == [("缺失", 3), ("孤儿", 0)]
    assert verify(book, quick=True).unread == 3


def test_a_guard_that_is_missing_or_changed_is_named(opened):
    book = opened()
    sqlite = book.database.kind == SQLITE
    off = "DROP TRIGGER event_no_delete" if sqlite else "ALTER TABLE event DISABLE TRIGGER event_fixed"  # fmt: skip
    change = "DROP INDEX number_text" if sqlite else "CREATE OR REPLACE FUNCTION only_erased() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'"  # fmt: skip
    with book.database.connect() as conn:
        conn.run(off)
        conn.run(change)
        conn.commit()
    names = [one.name for one in verify(book).flaws if one.code == "LEDG041"]
    assert names == (["number_text", "event_no_delete"] if sqlite else ["only_erased", "event.event_fixed"])  # fmt: skip


def test_a_number_that_is_missing_is_told_from_one_that_was_given_or_passed_over(tmp_path):
    book = new_book(tmp_path)
    issue(book)
    with book.writing(CLERK) as pen:
        third = paper(3)
        pen.append(Draft("制发", "", third.day, {**third.data, "given": True}))
    assert issue(book).data["number"] == "青政〔2026〕2号"
    assert issue(book).data["number"] == "青政〔2026〕4号"
    assert told(book) == []
    with book.writing(CLERK) as pen:
        pen._refuse = lambda draft: None
        pen.append(paper(7))
    assert told(book) == [("缺号", 6), ("缺号", 6)]


def test_a_later_number_with_an_earlier_day_is_only_remarked(tmp_path):
    book = new_book(tmp_path)
    issue(book)
    with book.writing(CLERK) as pen:
        second = paper(2)
        pen.append(replace(second, day=second.day.replace(day=20)))
    assert told(book) == [("提醒", 3)] and verify(book).sound


def test_a_truncated_file_is_told_with_the_way_out(tmp_path):
    book = new_book(tmp_path)
    issue(book)
    file = tmp_path / FOLDER / FILE
    file.write_bytes(file.read_bytes()[:9000])
    for act in (book.events, book.head, lambda: verify(book), lambda: new_book(tmp_path)):
        with pytest.raises(UserError, match=r"LEDG006.*restore"):
            act()


def test_every_verdict_has_its_text():
    assert all(texts_of(code)["hint"] for code in VERDICTS)


def test_the_changed_event_is_not_used(book):
    meddle(book, f"UPDATE event SET hash = '{GENESIS}' WHERE seq = 5")
    with pytest.raises(UserError, match="LEDG019"):
        book.events()
    assert [e.seq for e in book.events(kinds=("起号",))] == [4]


def test_papers_that_are_issued_while_it_reads_are_not_taken_for_a_cut(opened, monkeypatch):
    book = opened()
    issue(book)
    reading = verifying.read_chain

    def meanwhile(conn):
        chain = reading(conn)
        conn.commit()  # a file lets nobody write while it is read
        issue(opened())
        return chain

    monkeypatch.setattr(verifying, "read_chain", meanwhile)
    assert verify(book).sound

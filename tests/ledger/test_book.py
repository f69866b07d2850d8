"""What is recorded stays, in order, by whom and when."""

import os
import stat
from datetime import date, timedelta

import pytest

from kcbx_docs import clock
from kcbx_docs.ledger import book as opening
from kcbx_docs.ledger.book import BLOBS, FILE, FOLDER, HEADS, open_book
from kcbx_docs.ledger.model import Attached, Draft, Series
from kcbx_docs.ledger.turns import QUEUE
from kcbx_docs.problems import UserError
from tests.ledger.world import CLERK, NOON, SERIES, given, issue, new_book, paper


def test_what_is_recorded_is_read_again_by_whoever_opens_it(opened):
    made = issue(opened(), key="责令·普正华")
    book = opened()
    assert book.events("到责令") == (made,)
    assert book.events("别的案件") == ()
    assert [e.kind for e in book.events()] == ["建册", "制发"]
    assert [e.seq for e in book.events(kinds=("制发",))] == [2]
    assert book.event(2) == made and book.event(3) is None
    assert (made.who, made.recorded_at, made.clock_back) == (CLERK, NOON, False)
    assert made.attached[0].name == "责令.pdf"
    assert book.bytes_of(made.attached[0].sha256) == b"%PDF"


def test_the_head_tells_where_the_chain_ends(opened):
    book = opened()
    made = issue(book)
    head = book.head()
    assert (head.count, head.hash, head.day) == (2, made.hash, date(2026, 11, 27))
    assert [h.count for h in book.heads.read()] == [1, 2]
    assert list(book.heads.read())[-1] == head
    assert len(head.spoken) == 9


def test_no_ledger_is_made_unless_it_is_asked_for(tmp_path):
    with pytest.raises(UserError, match="LEDG001"):
        open_book(tmp_path / FOLDER)
    assert list(tmp_path.iterdir()) == []


def test_opening_twice_makes_one_ledger(opened):
    first = opened().head()
    assert opened().head() == first


def test_two_who_begin_at_once_begin_one_ledger(tmp_path, monkeypatch):
    begin = opening._begin

    def slowly(book, who, risk):
        begin(book, who, risk)
        monkeypatch.setattr(opening, "_begin", begin)
        new_book(tmp_path)  # somebody else was faster

    monkeypatch.setattr(opening, "_begin", slowly)
    book = new_book(tmp_path)
    assert [head.ledger for head in book.heads.read()] == [book.head().ledger]
    assert {path.name for path in (tmp_path / FOLDER).iterdir()} == {FILE, HEADS, QUEUE}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")
def test_nobody_else_may_read_it(tmp_path):
    issue(new_book(tmp_path))
    modes = {p.relative_to(tmp_path): stat.S_IMODE(p.stat().st_mode) for p in tmp_path.rglob("*")}
    folders = {path for path in modes if (tmp_path / path).is_dir()}
    assert {modes[path] for path in folders} == {0o700}
    assert {modes[path] for path in set(modes) - folders} == {0o600}
    names = {path.name for path in modes} & {FILE, HEADS, BLOBS}
    assert names == {FILE, HEADS, BLOBS}


def test_numbers_run_without_a_gap_though_a_writer_gave_up(opened):
    book = opened()
    issue(book)
    with pytest.raises(RuntimeError), book.writing(CLERK) as pen:
        pen.append(paper(pen.next_serial(SERIES)))
        raise RuntimeError("the officer pulled the plug")
    assert issue(book).data["number"] == "青政〔2026〕2号"


def test_each_year_and_each_word_has_numbers_of_its_own(opened):
    book = opened()
    issue(book)
    with book.writing(CLERK) as pen:
        assert pen.next_serial(SERIES) == 2
        assert pen.next_serial(Series(SERIES.issuer, SERIES.word, 2027)) == 1
        assert pen.next_serial(Series(SERIES.issuer, "青政罚决", 2026)) == 1


def start(last: int) -> Draft:
    told = {"issuer": SERIES.issuer, "word": SERIES.word, "year": SERIES.year}
    data = {"series": told, "last": last, "reason": "纸面登记簿用到这个号"}
    return Draft("起号", "", date(2026, 11, 27), data)


def test_a_start_is_upward_only(opened):
    book = opened()
    with book.writing(CLERK) as pen:
        pen.append(start(17))
    assert issue(book).data["number"] == "青政〔2026〕18号"
    for last in (0, 17, 18):
        with pytest.raises(UserError, match="LEDG017"), book.writing(CLERK) as pen:
            pen.append(start(last))
    with book.writing(CLERK) as pen:
        pen.append(start(19))
        assert pen.next_serial(SERIES) == 20


def test_a_number_is_given_once_however_it_is_written(opened):
    book = opened()
    first = issue(book)
    with (
        pytest.raises(UserError, match=r"LEDG010.*青政〔2026〕1号 已经用过"),
        book.writing(CLERK) as pen,
    ):
        pen.append(given("青政（2026）第 01 号"))
    with book.writing(CLERK) as pen:
        assert pen.holder_of("青政[2026]1号") == first == pen.holder(SERIES, 1)
        pen.append(given("青政〔2026〕1号", "青山镇人民政府"))


def test_the_own_series_passes_over_a_number_that_others_gave(opened):
    book = opened()
    taken = paper(1)
    with book.writing(CLERK) as pen:
        pen.append(Draft("制发", "", taken.day, {**taken.data, "given": True}))
        assert pen.next_serial(SERIES) == 2


def test_a_gap_is_refused(opened):
    book = opened()
    with pytest.raises(ValueError, match="gap"), book.writing(CLERK) as pen:
        pen.append(paper(2))


def test_an_act_that_is_asked_for_again_finds_its_first_answer(opened):
    book = opened()
    first = issue(book, key="责令·普正华")
    with book.writing(CLERK) as pen:
        assert pen.known("责令·普正华") == first
        assert pen.known("责令·李桂仙") is None
        assert pen.known("") is None


def test_a_clock_that_was_set_back_is_flagged_and_time_never_runs_backwards(opened, monkeypatch):
    issue(opened())
    monkeypatch.setattr(clock, "today", lambda: date(2025, 11, 27))
    with clock.hearing_of_setbacks() as heard:
        back = issue(opened(NOON - timedelta(days=400)))
    assert (back.recorded_at, back.clock_back, heard) == (NOON, True, [date(2026, 11, 27)])
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 27))
    with clock.hearing_of_setbacks() as heard:
        issue(opened(NOON - timedelta(seconds=9)))
    assert heard == [], "a clock that was put right by seconds is not talked of"
    later = issue(opened(NOON + timedelta(seconds=1)))
    assert (later.recorded_at, later.clock_back) == (NOON + timedelta(seconds=1), False)


def test_what_was_not_kept_cannot_be_attached_and_nothing_is_no_file(opened):
    book = opened()
    lost = Attached("pdf", "责令.pdf", "sha256:" + "0" * 64, 4)
    with pytest.raises(ValueError, match="not kept"), book.writing(CLERK) as pen:
        pen.append(paper(1, attached=(lost,)))
    with pytest.raises(UserError, match="LEDG016"):
        book.keep(b"", "pdf", "责令.pdf")


def test_changed_bytes_are_never_handed_out(tmp_path):
    book = new_book(tmp_path)
    kept = book.keep(b"%PDF", "pdf", "责令.pdf")
    (path,) = (path for path in (tmp_path / FOLDER / BLOBS).rglob("*") if path.is_file())
    path.write_bytes(b"%PDF forged")
    with pytest.raises(UserError, match="LEDG011"):
        book.bytes_of(kept.sha256)
    assert book.bytes_of(book.keep(b"%PDF", "pdf", "责令.pdf").sha256) == b"%PDF"

"""The next number is the one that the ledger would give, wherever it is told."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.issuing.number import check_unused, runs, start
from kcbx_docs.ledger.book import FOLDER, Book, open_book
from kcbx_docs.ledger.mending import copied
from kcbx_docs.ledger.model import Draft, Series
from kcbx_docs.office.opened import open_office
from kcbx_docs.papers.numbers import Numbering
from kcbx_docs.problems import UserError
from tests.kinds.world import workspace
from tests.ledger.world import CLERK, new_book

ISSUER, WORD = "云岭县青石镇人民政府", "青政责改"


def record(book: Book, serial: int, *, given: bool = False) -> None:
    series = {"issuer": ISSUER, "word": WORD, "year": 2026, "serial": serial}
    data = {"document": "order-to-correct", "title": "责令", "issuer": ISSUER, "given": given}
    data |= {"number": f"{WORD}〔2026〕{serial}号", "series": series}
    with book.writing(CLERK) as pen:
        pen.append(Draft("制发", "2026-001", date(2026, 3, 12), data))


def test_a_number_that_others_gave_moves_nothing_but_is_passed_over(tmp_path: Path) -> None:
    path, book = workspace(tmp_path), new_book(tmp_path)
    for serial, given in ((1, False), (2, True), (12, True)):
        record(book, serial, given=given)
    (told,) = runs(open_office(path))
    assert (told.issued, told.next, told.sample) == (3, 3, f"{WORD}〔2026〕3号")
    again = start(open_office(path), WORD, 2026, 3, "", "普文清")
    assert (again.issued, again.next) == (told.issued, told.next)
    assert start(open_office(path), WORD, 2026, 12, "", "普文清").next == 13
    assert runs(open_office(path))[0].next == 13


def test_a_copy_goes_on_where_it_was_agreed(tmp_path: Path) -> None:
    record(new_book(tmp_path / "原处"), 1)
    path = workspace(tmp_path)
    shutil.copytree(tmp_path / "原处" / FOLDER, tmp_path / FOLDER)
    copy = open_book(tmp_path / FOLDER)
    copied(copy, CLERK, "学校另用一册")
    with pytest.raises(UserError, match="LEDG021"), copy.writing(CLERK) as pen:
        pen.next_serial(Series(ISSUER, WORD, 2026))
    assert start(open_office(path), WORD, 2026, 100, "", "普文清").next == 100


def test_the_numbers_of_an_office_within_this_one_are_its_own(tmp_path: Path) -> None:
    told = Numbering("{机关代字}责改〔{年}〕{序号}号", ISSUER, "青政", 2026)
    within = workspace(tmp_path / "cases/督导", text=f"文号: {WORD}〔2026〕8号\n")
    (tmp_path / "kcbx.yaml").write_text("", "utf-8")
    check_unused(tmp_path, told)
    with pytest.raises(UserError, match="ISSU009"):
        check_unused(within.parents[1], told)

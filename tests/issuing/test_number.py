"""The next number is the one that the ledger would give, wherever it is told."""

from datetime import date
from pathlib import Path

from kcbx_docs.issuing.number import runs, start
from kcbx_docs.ledger.model import Draft
from kcbx_docs.office.opened import open_office
from tests.kinds.world import workspace
from tests.ledger.world import CLERK, new_book

ISSUER, WORD = "云岭县青石镇人民政府", "青政责改"


def test_a_number_that_others_gave_moves_nothing_but_is_passed_over(tmp_path: Path) -> None:
    path, book = workspace(tmp_path), new_book(tmp_path)
    for serial, given in ((1, False), (2, True), (12, True)):
        series = {"issuer": ISSUER, "word": WORD, "year": 2026, "serial": serial}
        data = {"document": "order-to-correct", "title": "责令", "issuer": ISSUER, "given": given}
        data |= {"number": f"{WORD}〔2026〕{serial}号", "series": series}
        with book.writing(CLERK) as pen:
            pen.append(Draft("制发", "2026-001", date(2026, 3, 12), data))
    (told,) = runs(open_office(path))
    assert (told.issued, told.next, told.sample) == (3, 3, f"{WORD}〔2026〕3号")
    again = start(open_office(path), WORD, 2026, 3, "", "普文清")
    assert (again.issued, again.next) == (told.issued, told.next)
    assert start(open_office(path), WORD, 2026, 12, "", "普文清").next == 13
    assert runs(open_office(path))[0].next == 13

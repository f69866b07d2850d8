"""What is sent twice is done once, and what no page sends gets an answer in words."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kcbx_docs.desk.turns import FORM
from kcbx_docs.office.book import book_of
from kcbx_docs.office.opened import open_office
from tests.desk.conftest import OWN, SAMPLES, desk_at, let_in
from tests.desk.test_notices import CHOICES, ROSTER, done, drop, text

LONG = "1" * 5000


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    shutil.copy(SAMPLES / "kcbx.yaml", tmp_path)
    (tmp_path / "cases").mkdir()
    shutil.copy(SAMPLES / "cases/到责令.yaml", tmp_path / "cases")
    return replace(desk_at(tmp_path))


def events(desk) -> int:
    office = open_office(desk.root)
    return len(book_of(office.root, office.workspace).events())


def test_a_batch_is_printed_once_however_often_the_button_is_pressed(desk) -> None:
    browser = let_in(desk)
    read = drop(browser, "/notices", ROSTER).headers["Location"]
    first, second = (browser.post(read, data=CHOICES, headers=OWN) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    batch = done(desk, first)
    lost = {"who": "李喆", "reason": "一套丢失", "format": "docx"}
    sure = text(browser.post(f"{batch}/again", data=lost, headers=OWN))
    form = sure.split(f'name="{FORM}" value="')[1].split('"')[0]
    clicks = [
        browser.post(f"{batch}/again", data={**lost, "sure": "1", FORM: form}, headers=OWN)
        for _ in range(3)
    ]
    done(desk, clicks[0])
    assert len({one.headers["Location"] for one in clicks}) == 1
    once = events(desk)
    other = text(browser.post(f"{batch}/again", data=lost, headers=OWN))
    form = other.split(f'name="{FORM}" value="')[1].split('"')[0]
    done(desk, browser.post(f"{batch}/again", data={**lost, "sure": "1", FORM: form}, headers=OWN))
    assert events(desk) > once, "another form is another wish"


def test_what_no_page_sends_is_answered_in_words(desk) -> None:
    browser = let_in(desk)
    browser.application.testing = False
    case = f"/cases/{desk.called(desk.root / 'cases/到责令.yaml')}"
    read = drop(browser, "/notices", ROSTER).headers["Location"]
    order = {"doc": "order-to-correct", "to": LONG}
    found = [
        browser.get(f"{case}/papers/draft", query_string=order),
        browser.post(f"{case}/papers", data=order, headers=OWN),
        browser.post(f"{case}/papers/issue", data=order, headers=OWN),
        browser.post(read, data={**CHOICES, "copies-commitment": LONG}, headers=OWN),
        *(browser.get(f"/lists/report?{one}") for one in ("week=0001-01-01", "month=0001-01")),
        browser.get("/lists/report/workbook?week=0001-01-01"),
    ]
    found += [
        browser.post("/lists/ledger/backup", data={"folder": folder}, headers=OWN)
        for folder in ("~keinerheisstso/x", "a\0b")
    ]
    assert [one.status_code for one in found] == [404, 404, 404, 303, *[422] * 5]

"""On a county's server a school books its own slips; those of others are as if nobody gave them."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kcbx_docs.desk.apart import here
from kcbx_docs.desk.opened import OpenDesk
from kcbx_docs.ledger.book import Book
from kcbx_docs.ledger.codes import new_code, return_code
from kcbx_docs.office.book import book_of
from kcbx_docs.office.opened import open_office
from kcbx_docs.office.returns import Returns
from tests.desk.conftest import words
from tests.desk.county import MIDDLE, PRIMARY, SITE, county, logged_in
from tests.desk.test_jobs import ended
from tests.scans.degraded import sheet
from tests.slips.conftest import PLACES, states

OWN, TWO, OTHER = "青中26秋七1-001", "青中26秋七1-002", "白小26秋一1-001"
CLASS = {"batch": "开学告知", "label": "七年级1班", "document": "liability-notice"}


@pytest.fixture
def desk(tmp_path: Path) -> OpenDesk:
    return replace(county(tmp_path), hands=here)


@pytest.fixture
def book(desk: OpenDesk) -> Book:
    office = open_office(desk.root)
    return book_of(office.root, office.workspace)


def tick(browser: FlaskClient, **told: object) -> tuple[int, str]:
    answer = browser.post("/slips/class", base_url=SITE, data={**CLASS, **told})
    return answer.status_code, words(answer.get_data(as_text=True))


def scanned(desk: OpenDesk, browser: FlaskClient, book: Book, *serials: str) -> str:
    """Photograph slips, drop the picture and wait; return the page that tells what was read."""
    codes = {one.serial: return_code(one.code, 1) for one in Returns.of(book).slips}
    out = io.BytesIO()
    shown = dict(zip(PLACES, [codes[one] for one in serials], strict=False))
    sheet(shown, 110, size=16).save(out, "PNG")
    data = {"files": [(io.BytesIO(out.getvalue()), "一.png")]}
    begun = browser.post("/slips/scan", base_url=SITE, data=data)
    job = ended(desk.jobs._known[begun.headers["Location"].rpartition("/")[2]])
    assert job.state == "做完了", job.problems
    return words(browser.get(job.about.screen, base_url=SITE).get_data(as_text=True))


def test_what_a_school_ticks_and_types_is_booked_under_its_login(desk, book) -> None:
    browser = logged_in(desk, "zhongxue")
    assert "开学告知" in browser.get("/slips", base_url=SITE).get_data(as_text=True)
    assert tick(browser, part=f"{OWN}|liability-notice")[0] == 200
    assert tick(browser, numbers="002")[0] == 200
    assert states(book) == {OWN: "已收回", TWO: "已收回"}
    assert book.events()[-1].who.login == "zhongxue"
    missing = browser.get("/slips/missing?batch=开学告知", base_url=SITE).get_data(as_text=True)
    assert OWN in missing, "the other paper of the same pupil"


def test_what_another_school_gave_out_is_as_unknown_as_what_nobody_gave(desk, book) -> None:
    browser = logged_in(desk, "zhongxue")
    code = next(one.code for one in Returns.of(book).slips if one.serial == OTHER)
    strange = new_code(book.head().ledger)
    for typed, nobodys in ((OTHER, "白小26秋一9-001"), (code, strange), ("龙小白", "龙小黑")):
        told, unknown = tick(browser, numbers=typed), tick(browser, numbers=nobodys)
        assert told[0] == unknown[0] == 422
        assert told[1].replace(typed, "") == unknown[1].replace(nobodys, "")
    assert tick(browser, part=f"{OTHER}|liability-notice")[0] == 422
    assert tick(browser, batch="白小告知", label="一年级1班", numbers=OTHER)[0] == 404
    for page in ("class", "missing", "missing/workbook"):
        asked = {"batch": "白小告知", "label": "一年级1班", "school": PRIMARY}
        answer = browser.get(f"/slips/{page}", base_url=SITE, query_string=asked)
        assert OTHER not in answer.get_data(as_text=True), page
    others = browser.post("/slips/remind", base_url=SITE, data={"batch": "白小告知"})
    assert others.status_code == 404
    assert states(book) == {}


def test_a_scan_books_the_slips_of_ones_own_school_alone(desk, book) -> None:
    told = scanned(desk, logged_in(desk, "zhongxue"), book, OWN, OTHER)
    assert states(book) == {OWN: "签名待看"}
    assert "SLIP007" in told
    assert not any(one in told for one in ("龙小白", OTHER, PRIMARY))


def test_a_picture_that_shows_two_schools_is_opened_by_the_county_alone(desk, book) -> None:
    scanned(desk, logged_in(desk, "xian"), book, OWN, OTHER)
    scanned(desk, logged_in(desk, "zhongxue"), book, TWO)
    came = Returns.of(book).came
    both, own = (came[MIDDLE, one, "liability-notice"].proofs[0] for one in (OWN, TWO))
    for login, proof, status in (
        ("xian", both, 200),
        ("zhongxue", both, 404),
        ("zhongxue", own, 200),
    ):
        address = f"/slips/proof/{proof.partition(':')[2]}"
        with logged_in(desk, login).get(address, base_url=SITE, query_string=CLASS) as answer:
            assert answer.status_code == status, (login, proof)


def test_a_school_puts_its_own_papers_into_output_and_no_others(desk, monkeypatch) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    browser = logged_in(desk, "zhongxue")
    address = f"/cases/{desk.called(desk.root / 'cases/案件.yaml')}/papers"
    for form, made in (
        ({}, {"210-劝返记录-第1次", "230-学校书面报告"}),
        ({"doc": "urge-notice", "to": "0"}, {"220-劝返通知书"}),
    ):
        before = {one.stem for one in desk.root.glob("output/2026-001/*.docx")}
        answer = browser.post(address, base_url=SITE, data=form)
        assert answer.status_code == 200, words(answer.get_data(as_text=True))
        assert str(desk.root) not in answer.get_data(as_text=True)
        now = {one.stem for one in desk.root.glob("output/2026-001/*.docx")}
        assert now - before == made
    told = "kcbx render cases/案件.yaml --doc urge-notice --guardian 普家长"
    assert told in answer.get_data(as_text=True)
    batch = f"/cases/{desk.called(desk.root / 'cases/白小开学.yaml')}/papers"
    assert browser.post(batch, base_url=SITE).status_code == 404

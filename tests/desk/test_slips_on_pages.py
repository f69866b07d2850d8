"""回执 on pages: what came back, scans with what cannot be read shown, ticks, who is missing."""

import html
import io
import json
import re
import shutil

import pytest

from kcbx_docs.office.returns import Returns
from tests.cli.office import run
from tests.desk.conftest import OWN, SAMPLES, desk_at, let_in
from tests.desk.test_jobs import ended
from tests.desk.test_notices import done, printed
from tests.scans.degraded import sheet
from tests.slips.conftest import PLACES, school_in, states, text_of

ONE, TWO, FOUR = "青中26秋七1-001", "青中26秋七1-002", "青中26秋七1-004"
CLASS = {"batch": "开学告知", "label": "七年级1班"}


@pytest.fixture
def desk(tmp_path):
    shutil.copy(SAMPLES / "kcbx.yaml", tmp_path)
    (tmp_path / "cases").mkdir()
    return desk_at(tmp_path)


@pytest.fixture
def book(desk):
    return school_in(desk.root)


@pytest.fixture
def browser(desk, book):
    return let_in(desk)


def text(answer) -> str:
    return answer.get_data(as_text=True)


def tick(browser, *parts: str, **told: str):
    data = {**CLASS, "part": [f"{one}|liability-notice" for one in parts], **told}
    return browser.post("/slips/class", data=data, headers=OWN)


def picture(*texts: str) -> bytes:
    out = io.BytesIO()
    sheet(dict(zip(PLACES, texts, strict=False)), 110, size=16).save(out, "PNG")
    return out.getvalue()


def scan(desk, browser, *pictures: bytes, **told: str):
    """Drop pictures and wait; return the page that tells what was read."""
    files = [(io.BytesIO(data), f"{number}.png") for number, data in enumerate(pictures, 1)]
    answer = browser.post("/slips/scan", data={**told, "files": files}, headers=OWN)
    assert answer.status_code == 303, text(answer)
    job = ended(desk.jobs.named(answer.headers["Location"].rpartition("/")[2]))
    assert job.state == "做完了", job.problems
    return browser.get(job.about.screen)


def test_each_class_is_counted_as_the_command_counts(desk, browser, book) -> None:
    tick(browser, ONE)
    told = json.loads(run(desk.root, "slips", "status", "--json").stdout)["classes"]
    shown: list[tuple[str, ...]] = []
    for number in range(4):
        page = text(browser.get(f"/slips?of={number}"))
        for label, rest in re.findall(
            r'label=[^"]*">(七年级\d+班|六年级1班)</a></td>(.*?)</tr>', page, re.DOTALL
        ):
            counts = re.findall(r'data-label="(?:发出|收回|未收)">(\d*)<', rest)
            shown.append((label, *counts))
    asked = [
        (one["class"], *map(str, (one["issued"], one["returned"], one["missing"] or "")))
        for one in told
    ]
    assert sorted(shown) == sorted(asked)
    assert 'aria-label="已收回 1 份，未收回 3 份"' in text(browser.get("/slips?of=0"))


def test_all_of_a_class_are_ticked_by_a_link_and_nothing_is_recorded(browser, book) -> None:
    """Twenty clicks for twenty slips; the few that are lacking are taken out again."""
    page = text(browser.get("/slips/class", query_string=CLASS))
    assert 'name="part"' in page and " checked" not in page
    every = html.unescape(re.search(r'href="([^"]*every=1)"', page)[1])
    ticked = text(browser.get(every))
    assert ticked.count(" checked") == ticked.count('name="part"') == page.count('name="part"')
    assert states(book) == {}


def test_a_batch_of_the_same_name_at_another_school_is_another_one(browser, book) -> None:
    for school, status in (("云岭县青石中学", 200), ("云岭县青石镇白沙小学", 404)):
        answer = browser.get("/slips/class", query_string={**CLASS, "school": school})
        assert answer.status_code == status


def test_without_anything_given_out_it_says_so(desk) -> None:
    assert "还没有发过" in text(let_in(desk).get("/slips"))


def test_what_is_ticked_is_recorded_and_corrected_only_with_a_reason(browser, book) -> None:
    assert "登记 2 份" in text(tick(browser, ONE, TWO))
    assert states(book) == {ONE: "已收回", TWO: "已收回"}
    refused = tick(browser, ONE, how="missing")
    assert refused.status_code == 422
    assert states(book)[ONE] == "已收回"
    assert "更正 1 份" in text(tick(browser, ONE, how="missing", reason="拿错了"))
    assert "登记 1 份" in text(tick(browser, ONE, how="学生代签"))
    assert states(book) == {ONE: "有缺陷", TWO: "已收回"}
    assert tick(browser, FOUR, day="2026-12-31").status_code == 422, "a day that is yet to come"
    assert tick(browser).status_code == 422, "nobody is everybody"


def test_what_is_refused_keeps_what_was_chosen_and_nothing_new_is_not_called_done(
    browser, book
) -> None:
    tick(browser, ONE)
    assert "没有新的要登记" in text(tick(browser, ONE))
    page = text(tick(browser, ONE, how="day", day="2026-09-20"))
    assert '<option value="day" selected>' in page
    assert 'name="day" value="2026-09-20"' in page
    assert re.search(r'value="[^"]*-001[^"]*" checked', page)
    assert "--redate --as-of 2026-09-20" in page
    page = text(tick(browser, ONE, how="day", day="2026-09-20", reason="日期写错了"))
    assert "更正 1 份" in page
    assert '<span class="dim">2026-09-20</span>' in page
    early = tick(browser, TWO, day="2026-08-01", numbers="002", document="liability-notice")
    assert early.status_code == 422
    assert "SLIP032" in text(early)
    assert 'name="numbers" value="002"' in text(early)
    assert TWO not in states(book)


def test_serials_that_are_typed_and_sheets_that_are_filled_in_are_recorded(browser, book) -> None:
    """As ``kcbx slips record`` takes them: one that is wrong, and none is recorded."""
    assert tick(browser, numbers="002-003、009", document="liability-notice").status_code == 422
    assert states(book) == {}
    assert "登记 2 份" in text(tick(browser, numbers="002-003", document="liability-notice"))
    sheet = "编号,姓名,收回,缺陷\n001,王小明,是,\n004,白桂仙,是,破损\n"
    filled = {"files": (io.BytesIO(sheet.encode()), "登记表.csv"), "document": "liability-notice"}
    assert "登记 2 份" in text(tick(browser, **filled))
    assert (states(book)[ONE], states(book)[FOUR]) == ("已收回", "有缺陷")
    wrong = {**filled, "files": (io.BytesIO("编号,收回\n777,是\n".encode()), "登记表.csv")}
    assert "登记表.csv" in text(tick(browser, **wrong))


def test_scans_are_booked_and_what_is_doubtful_is_shown_with_its_picture(
    desk, browser, book
) -> None:
    good = picture(text_of(book, ONE), text_of(book, FOUR))
    uncut = picture(text_of(book, TWO, 0))
    page = text(scan(desk, browser, good, uncut))
    assert states(book) == {ONE: "签名待看", FOUR: "签名待看"}
    assert "登记 2 份" in page
    assert "2.png" in page, "the file is called as it came"
    assert str(desk.root) not in page
    (image,) = re.findall(r'<img src="([^"]*)"', page)
    with browser.get(image.replace("&amp;", "&")) as shown:
        assert shown.data[:3] == b"\xff\xd8\xff"
    row = text(browser.get("/slips/class", query_string=CLASS))
    proof = re.findall(r'href="(/slips/proof/[^"]*)"', row)[0].replace("&amp;", "&")
    with browser.get(proof) as shown:
        assert shown.data[:3] == b"\xff\xd8\xff"
    assert browser.get(f"/slips/proof/{'0' * 64}", query_string=CLASS).status_code == 404
    again = text(scan(desk, browser, good))
    assert "2 份这些影像以前登记过" in again


def test_who_is_missing_is_printed_for_the_teacher(desk, browser, book) -> None:
    tick(browser, ONE)
    told = json.loads(run(desk.root, "slips", "missing", "--class", "七1", "--json").stdout)
    page = text(browser.get("/slips/missing", query_string=CLASS))
    rows = re.findall(r'data-label="编号">([^<]*)<', page)
    assert rows == [one["serial"] for one in told["missing"]]
    assert browser.get("/slips/missing/workbook", query_string=CLASS).data[:2] == b"PK"


def test_a_batch_without_its_file_has_no_reminders(desk, browser) -> None:
    answer = browser.post("/slips/remind", data=CLASS, headers=OWN)
    assert answer.status_code == 422
    assert "没有批次「开学告知」的文件" in text(answer)
    assert Returns.of(desk.office().register.book).reminded == {}


def test_reminders_are_printed_and_counted(desk, monkeypatch) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    browser = let_in(desk)
    printed(desk, browser)
    wish = {"batch": "开学告知", "label": "七年级1班", "document": "liability-notice"}
    answer = browser.post("/slips/remind", data={**wish, "format": "docx"}, headers=OWN)
    made = done(desk, answer)
    page = text(browser.get(made))
    assert "提醒 2 名学生的家长" in page
    (link,) = re.findall(rf'href="({made}/0)"', page)
    with browser.get(link) as handed:
        assert handed.data[:2] == b"PK"
    assert len(Returns.of(desk.office().register.book).reminded) == 2

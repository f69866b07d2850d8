"""今日: what is to be done today, of the ledger as well."""

import re
import shutil
from datetime import timedelta

import pytest

from kcbx_docs.ledger.backup_notes import note_backup
from tests.desk.clicks import sends
from tests.desk.conftest import SAMPLES, desk_at, let_in, words
from tests.ledger.world import NOON
from tests.slips.conftest import school_in


@pytest.mark.parametrize(
    ("noted", "days", "told"),
    [
        (None, 0, "7条登记没有备份，还没有备份过"),
        (5, 6, ""),
        (5, 7, "2条登记没有备份，上次备份是"),
        (7, 70, ""),
    ],
)
def test_a_ledger_that_grew_and_was_not_backed_up_for_a_week_is_told(
    tmp_path, noted: int | None, days: int, told: str
) -> None:
    shutil.copy(SAMPLES / "kcbx.yaml", tmp_path)
    (tmp_path / "cases").mkdir()
    book = school_in(tmp_path)
    if noted:
        note_backup(book, book.head().ledger, noted, "台账备份.zip")
    page = words(
        let_in(desk_at(tmp_path, NOON.date() + timedelta(days))).get("/").get_data(as_text=True)
    )
    assert (told in page) if told else ("备份" not in page), page


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("发现日期: 2026-09-10", "发现日期: 2026-12-02", ("CASE350", "PROC650", "人社")),
        ("    关系: 父亲\n", "", ("CASE034",)),
    ],
)
def test_a_case_with_a_mistake_is_found_by_its_child_and_its_dangers_are_told(
    desk, browser, case, before: str, after: str, told: tuple[str, ...]
) -> None:
    """A danger found tomorrow was silent; a case that lacked something stood on no page."""
    whole = case.read_text(encoding="utf-8")
    whole = re.sub(r"(?m)^  - \{[^\n]*事项: 移送[^\n]*\n", "", whole)
    assert before in whole
    case.write_text(whole.replace(before, after), encoding="utf-8")
    own = f'href="/cases/{desk.called(case)}"'
    for page in (browser.get("/").text, browser.get("/cases").text):
        assert own in page and all(one in page for one in told), words(page)
    found = sends(browser, browser.get("/cases").text, "", words="普云飞").text
    assert own in found and "没有这样的案件" not in found
    opened = browser.get(f"/cases/{desk.called(case)}").text
    assert "普云飞：还没有填全" in words(opened) and all(one in opened for one in told)


def test_a_batch_and_a_letter_are_listed_by_title_and_lead_to_their_pages(tmp_path) -> None:
    (tmp_path / "cases").mkdir()
    for name in ("kcbx.yaml", "cases/协查函.yaml", "cases/开学告知.yaml"):
        shutil.copy(SAMPLES / name, tmp_path / name)
    browser = let_in(desk_at(tmp_path))
    page = browser.get("/cases").get_data(as_text=True)
    part = page[page.index("批次和公文") :]
    listed = re.findall(r'<li>(批次|公文)　<a href="([^"]+)">([^<]+)</a></li>', part)
    assert {kind: address.split("/")[1] for kind, address, _ in listed} == {
        "批次": "notices",
        "公文": "cases",
    }
    for _, address, title in listed:
        shown = browser.get(address).get_data(as_text=True)
        assert title in shown and not title.endswith(".yaml"), address

"""One page for each kind of person, by task, and that of the ledger: every file written, every
command typed in a fresh folder as the page says.
"""

import re
from pathlib import Path

import pytest

from kcbx_docs.ledger.book import open_book
from tests.cli.office import ROOT, run
from tests.docs.reader import Reader

pytestmark = [pytest.mark.alike, pytest.mark.long]

OFFICER, SCHOOL, KEEPER, LEDGER = "办案人员", "学校", "模板维护", "台账"


def typed(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Follow a page to its end; return the workspace."""
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    reader = Reader(folder)
    reader.read(ROOT / f"docs/{name}.md")
    return reader.folder


def test_the_officers_page_leaves_a_ledger_and_files_of_one_mind(tmp_path, monkeypatch):
    office = typed(OFFICER, tmp_path, monkeypatch)
    events = open_book(office / "台账").events()
    assert [one.kind for one in events[1:]] == ["制发", "送达", "起号", "制发", "更正送达"]
    checked = run(office, "check", "cases", "kcbx.yaml")
    assert (checked.exit_code, "没有错误" in checked.output) == (0, True)


def test_the_schools_page_numbers_slips_and_the_report_from_one_ledger(tmp_path, monkeypatch):
    school = typed(SCHOOL, tmp_path, monkeypatch)
    kinds = {one.kind for one in open_book(school / "台账").events()}
    assert {"制发", "送达", "印发", "回执"} <= kinds


def test_the_keepers_page_makes_a_pack_that_is_used(tmp_path, monkeypatch):
    office = typed(KEEPER, tmp_path, monkeypatch)
    (made,) = (office / "output/试印/草稿").glob("*.docx")
    assert made.name == "220-劝返函.docx"


def test_the_ledgers_page_restores_a_backup_and_loses_no_number(tmp_path, monkeypatch):
    office = typed(LEDGER, tmp_path, monkeypatch)
    assert [one.kind for one in open_book(office / "台账").events()][:2] == ["建册", "制发"]
    assert "红政发〔2026〕2号" in run(office, "number", "list").output


@pytest.mark.parametrize("name", [OFFICER, SCHOOL, KEEPER])
def test_a_page_begins_with_what_is_to_be_done_today(name):
    text = (ROOT / f"docs/{name}.md").read_text("utf-8")
    assert text.splitlines()[0].endswith("今天要做什么")
    headings = [heading.lower() for heading in re.findall(r"^## (.+)", text, re.MULTILINE)]
    wanted = re.findall(r"\]\(#([^)]+)\)", text)
    anchors = [re.sub(r"[、，]", "", heading).replace(" ", "-") for heading in headings]
    assert [anchor for anchor in wanted if anchor not in anchors] == []
    assert len(wanted) >= 5

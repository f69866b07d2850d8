"""A paper that was issued as a Word file alone gets its PDF later, of the very same words."""

from pathlib import Path

import pytest

from kcbx_docs.ledger.book import open_book
from tests.cli.office import run
from tests.cli.test_issue_letter import FILE, LETTER, NUMBER
from tests.dossier.test_case_bound import text_page
from tests.kinds.world import workspace

WHICH = ("paper", "pdf", FILE, "--number", NUMBER)


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    workspace(tmp_path)
    (tmp_path / "cases/案件.yaml").unlink()
    (tmp_path / FILE).write_text(LETTER, "utf-8")
    assert run(tmp_path, "issue", FILE).exit_code == 0
    return tmp_path


def test_where_none_can_be_made_it_says_how_one_is_brought(bureau: Path) -> None:
    said = run(bureau, *WHICH).stderr
    assert "[ISSU071]" in said and "--file" in said
    (bureau / "别的.pdf").write_bytes(text_page("别的文书"))
    said = run(bureau, *WHICH, "--file", "别的.pdf").stderr
    assert "[ISSU070]" in said
    assert len(open_book(bureau / "台账").events()) == 2


@pytest.mark.pdf
def test_it_is_made_of_the_frozen_words_and_said_to_be_later(
    bureau: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KCBX_NO_WEASYPRINT")
    (bureau / FILE).write_text(LETTER.replace("现商请", "请"), "utf-8")
    assert "[ISSU072]" in run(bureau, *WHICH).stderr, "the file says other words now"
    (bureau / FILE).write_text(LETTER, "utf-8")
    assert "补 PDF" in run(bureau, *WHICH).stdout
    assert run(bureau, *WHICH).exit_code == 0
    *_, issued, later = open_book(bureau / "台账").events()
    assert later.data["of"] == issued.attached[0].sha256 and later.data["issue"] == issued.seq
    assert run(bureau, "render", FILE).exit_code == 0
    (pdf,) = (bureau / "output").rglob("*.pdf")
    assert "后补的 PDF 原样，有效" in run(bureau, "verify", str(pdf)).stdout

"""A ledger that is gone with its folder is not taken for one that never was."""

import json
from pathlib import Path

import pytest

from kcbx_docs.ledger.model import Series
from kcbx_docs.locking import OUTPUT
from kcbx_docs.office.book import book_of
from kcbx_docs.office.handed_out import MANIFEST, issued_in_output, series_in_output
from kcbx_docs.office.opened import open_office
from kcbx_docs.problems import UserError
from tests.kinds.world import ABSENT, case_text, workspace

ISSUED = {"file": "310-责令.pdf", "issued": "青政责改〔2026〕2号 2026-03-12", "ledger": 4}
TOLD = {"file": "310-责令.pdf", "issued": "青政责改〔2026〕2号 2026-03-12"}
"""A paper of which only the case file says that it was issued: no ledger knows it."""


def with_papers(folder: Path, *entries: dict[str, object]) -> Path:
    path = workspace(folder, text=case_text(ABSENT))
    papers = folder / OUTPUT / "2026-001"
    papers.mkdir(parents=True)
    (papers / MANIFEST).write_text(json.dumps({"files": entries}, ensure_ascii=False), "utf-8")
    return path


def test_issued_papers_without_their_ledger_stop_everything(tmp_path: Path) -> None:
    office = open_office(with_papers(tmp_path, ISSUED))
    for ask in (
        lambda: office.register,
        lambda: book_of(office.root, office.workspace, create=True),
    ):
        with pytest.raises(UserError, match=r"LEDG095.*青政责改〔2026〕2号"):
            ask()
    assert not (tmp_path / "台账").exists()


@pytest.mark.parametrize("entries", [(), (TOLD,)], ids=["只有底稿", "制发只写在案件里"])
def test_papers_that_no_ledger_knew_stop_nothing(tmp_path: Path, entries) -> None:
    office = open_office(with_papers(tmp_path, *entries))
    assert office.register is None
    assert book_of(office.root, office.workspace, create=True).head().count == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"files": 3}',
        '{"files": 5, "ledger": 1}',
        '[{"ledger": 1}]',
        '{"files": [{"ledger": 1}, 7]}',
    ],
)
def test_a_broken_manifest_tells_nothing(tmp_path: Path, text: str) -> None:
    path = with_papers(tmp_path)
    (tmp_path / OUTPUT / "2026-001" / MANIFEST).write_text(text, "utf-8")
    assert issued_in_output(path.parent.parent) == ()


def test_the_highest_number_is_that_of_the_papers(tmp_path: Path) -> None:
    one = ISSUED | {"issued": "青政责改〔2026〕1号 2026-03-12"}
    office = open_office(with_papers(tmp_path, ISSUED, one, ISSUED | {"issued": "2026-03-12"}))
    name = office.workspace.office.name
    told = series_in_output(office.root, office.workspace)
    assert told == {Series(name, "青政责改", 2026): 2}

"""Two offices of a county issue papers into one ledger on PostgreSQL."""

import json
from pathlib import Path

import pytest

from tests.cli.office import run
from tests.issuing.forked import fork, worked
from tests.kinds.world import ABSENT, OFFICE, case_text, workspace

ISSUE = ("issue", "cases/案件.yaml", "--doc", "order-to-correct", "--as-of", "2026-03-12", "--json")


def town(folder: Path, database: str, case: str) -> Path:
    """Write an office that uses the shared ledger, with one case."""
    text = case_text(ABSENT).replace("2026-001", case)
    workspace(folder, f"{OFFICE}登记簿: {database}\n", text)
    return folder


def _issue(folder: Path) -> None:
    done = run(folder, *ISSUE)
    assert done.exit_code == 0, done.output


def test_offices_share_a_ledger(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    towns = [town(tmp_path / f"镇{n}", database, f"2026-00{n}") for n in (1, 2, 3)]
    quiet = run(towns[0], "next", "cases/案件.yaml", "--as-of", "2026-03-12")
    assert quiet.exit_code == 0 and "责令待送达" not in quiet.stdout
    children = [fork(lambda folder=folder: _issue(folder)) for folder in towns]
    assert [worked(child) for child in children] == [True] * 3
    told = [json.loads(run(folder, *ISSUE).stdout)[0]["number"] for folder in towns]
    assert sorted(told) == [f"青政责改〔2026〕{n}号" for n in (1, 2, 3)]
    after = run(towns[0], "next", "cases/案件.yaml", "--as-of", "2026-03-12")
    assert "责令待送达" in after.stdout

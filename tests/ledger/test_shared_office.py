"""Two offices of a county issue papers into one ledger on PostgreSQL."""

import json
from pathlib import Path

import pytest

from tests.cli.office import run
from tests.dossier.test_case_bound import text_page
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


OF_THE_FATHER = ("--doc", "order-to-correct", "--to", "普正华")
BY = "承办人=普文清、段晓岚"


@pytest.mark.pdf
def test_an_office_lives_a_case_in_a_shared_ledger(tmp_path: Path, database: str) -> None:
    """Issued, served, issued again, logged, bound and verified: the same as in a file."""
    office = town(tmp_path, database, "2026-001")
    (office / "回证.pdf").write_bytes(text_page("RECEIPT"))
    by_hand = (
        "--method",
        "直接",
        "--day",
        "2026-03-13",
        "签收人=普正华",
        BY,
        "--file",
        "送达回证=回证.pdf",
    )
    again = (
        "--again",
        "--reason",
        "普文清：原件打印以后污损，重新制发一份",
        "--as-of",
        "2026-03-13",
    )
    case = "cases/案件.yaml"
    for words in (
        ISSUE,
        ("issue", case, *OF_THE_FATHER, *again),
        ("service", "record", case, "--number", "青政责改〔2026〕2号", "--to", "普正华", *by_hand),
        ("log", case, "核查", "日期=2026-03-25", "方式=到校", "结果=未返校", BY),
        ("dossier", case),
    ):
        done = run(office, *words)
        assert done.exit_code == 0, done.output
    told = run(office, "next", case, "--as-of", "2026-03-26").stdout
    assert "责令期满" in told
    assert run(office, "ledger", "verify").exit_code == 0
    assert (office / "output/2026-001-案卷/案卷.pdf").exists()
    assert [path.name for path in (office / "台账").iterdir()] == ["册首.txt"]

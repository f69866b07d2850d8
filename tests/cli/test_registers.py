"""``kcbx ledger export`` read back: every number, every attempt, every case, and the head."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kcbx_docs.ledger.book import open_book
from tests.cli.office import run
from tests.kinds.world import ABSENT, FATHER, MOTHER, case_text, workspace

CASE = "cases/案件.yaml"
ORDER = "责令限期改正通知书"
SERVE = f"service record {CASE} --doc {ORDER} --method 直接"
WHY = "普文清：身份证号530325201105061234写错"
STORY = (
    f"issue {CASE} --doc {ORDER} --as-of 2026-03-12",
    f"{SERVE} --to {MOTHER} --day 2026-03-13 承办人=普文清、段晓岚",
    f"{SERVE} --to {FATHER} --day 2026-03-14 结果=未送达 原因==HYPERLINK(1)",
    f"paper withdraw {CASE} --doc {ORDER} --to {FATHER} --day 2026-03-16 --reason {WHY}",
)
DAY = ("--as-of", "2026-03-30")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two orders: the mother's is served, the father's withdrawn after a visit in vain."""
    folder = tmp_path_factory.mktemp("town")
    workspace(folder, text=case_text(ABSENT, guardians=(FATHER, MOTHER)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KCBX_NO_WEASYPRINT", "1")
        for line in STORY:
            done = run(folder, *line.split())
            assert done.exit_code == 0, (line, done.output)
    return folder


def rows(town: Path, name: str, *words: str) -> list[dict[str, str]]:
    """Export a register as CSV and read it back; the lines below the table are left out."""
    done = run(town, "ledger", "export", name, "--format", "csv", *DAY, *words, "--json")
    (path,) = json.loads(done.stdout)["files"]
    heads, *found = csv.reader(Path(town / path).read_text("utf-8-sig").splitlines())
    return [dict(zip(heads, row, strict=True)) for row in found if len(row) == len(heads)]


def test_numbers_that_were_withdrawn_stay(town: Path) -> None:
    first, second = rows(town, "文号登记簿")
    assert [one["文号"] for one in (first, second)] == [
        "青政责改〔2026〕1号",
        "青政责改〔2026〕2号",
    ]
    assert (first["受送达人、主送"], first["序号"], first["成文日期"]) == (
        FATHER,
        "1",
        "2026-03-12",
    )
    assert first["备注"].startswith("2026-03-16撤回：普文清") and second["备注"] == ""


def test_every_attempt_is_there_with_its_periods(town: Path) -> None:
    by = {one["受送达人"]: one for one in rows(town, "送达台账")}
    assert (by[MOTHER]["结果"], by[MOTHER]["送达日期"]) == ("已送达", "2026-03-13")
    assert "2026-03-23" in by[MOTHER]["期限届满"] and by[MOTHER]["待补证据"]
    assert by[MOTHER]["送达人"] == "普文清、段晓岚"
    assert by[FATHER]["结果"] == "未送达（文书已撤回）" and by[FATHER]["备注"] == "\t=HYPERLINK(1)"


def test_cases_stand_by_guardian_and_numbers_of_identity_are_masked(town: Path) -> None:
    by = {one["监护人"]: one for one in rows(town, "案件台账")}
    assert by[MOTHER]["状态"] == "责令期满" and "2026-03-13送达" in by[MOTHER]["文书"]
    assert "2026-03-16撤回" in by[FATHER]["文书"]
    hidden, shown = by[MOTHER]["证件号码"], rows(town, "案件台账", "--full-ids")[1]["证件号码"]
    assert "*" in hidden and "*" not in shown and len(hidden) == len(shown.strip()) == 18
    (withdrawn, _) = rows(town, "文号登记簿")
    assert "530325*" in withdrawn["备注"]


def test_what_was_only_noted_is_not_said_to_have_left_the_house(town: Path) -> None:
    """A visit and a report stand in the record; no paper of them was made."""
    (text,) = (one["文书"] for one in rows(town, "案件台账") if one["监护人"] == MOTHER)
    assert "《劝返记录》 2026-03-05记录" in text and "《学校书面报告》 2026-03-09记录" in text
    assert "》青政责改〔2026〕2号 2026-03-12制发，2026-03-13送达" in text


def test_proofs_that_are_lacking(town: Path) -> None:
    (mother,) = rows(town, "待补证据")
    assert (mother["受送达人"], mother["缺的证明"]) == (MOTHER, "送达回证")


def test_a_workbook_ends_with_the_head_that_verify_knows(town: Path) -> None:
    assert run(town, "ledger", "export", "--out", "全部.xlsx", *DAY).exit_code == 0
    book = load_workbook(town / "全部.xlsx")
    assert book.sheetnames == ["文号登记簿", "送达台账", "案件台账", "待补证据"]
    head = str(open_book(town / "台账").head())
    for sheet in book.worksheets:
        ends = [row[0].value for row in sheet.iter_rows()]
        assert ends[-2] == f"册首　{head}"
    assert run(town, "ledger", "verify", "--against", head).exit_code == 0
    assert "[LEDG081]" in run(town, "ledger", "export", "--out", "全部.xlsx", *DAY).output


def test_a_case_without_its_file_is_listed_as_it_was_recorded(town: Path) -> None:
    file = town / CASE
    text = file.read_text("utf-8")
    file.write_text(text.replace("案件:", "案件: [", 1), "utf-8")
    done = run(town, "ledger", "export", "送达台账", "案件台账", "--out", "坏.xlsx", *DAY)
    file.write_text(text, "utf-8")
    assert done.exit_code == 1 and "案件.yaml" in done.output
    served, cases = load_workbook(town / "坏.xlsx").worksheets
    assert [row[11].value for row in served.iter_rows(min_row=2, max_row=3)] == ["已送达", "未送达"]
    assert [row[16].value for row in served.iter_rows(min_row=2, max_row=3)] == [None, None]
    assert {row[2].value for row in cases.iter_rows(min_row=2, max_row=3)} == {FATHER, MOTHER}

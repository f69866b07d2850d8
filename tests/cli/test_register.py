"""``kcbx register`` and ``kcbx report``: the same choices everywhere, files for their owner alone."""

import json

from openpyxl import load_workbook

from kcbx_docs.listing.lists import LISTS as KEPT
from kcbx_docs.listing.names import ABOUT, LEAD_LIST
from tests.cli.office import copy_samples, run

DAY = ("--as-of", "2026-11-28")


def test_the_commands_are_the_lists():
    assert list(ABOUT) == [*KEPT, LEAD_LIST]


def test_a_list_is_for_its_owner_alone_never_over_another_and_hides_numbers(tmp_path):
    office = copy_samples(tmp_path)
    done = run(office, "register", "辍学台账", "--out", "表.xlsx", *DAY)
    assert (done.exit_code, done.stdout) == (0, "表.xlsx\n")
    file = office / "表.xlsx"
    assert file.stat().st_mode & 0o777 == 0o600
    again = run(office, "register", "辍学台账", "--out", "表.xlsx", *DAY)
    assert again.exit_code == 1 and "LEDG081" in again.stderr
    sheet = load_workbook(file).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "530499********1217" in cells and "530499201305061217" not in str(cells)
    assert (sheet.print_title_rows, sheet.page_setup.fitToHeight) == ("$1:$1", 0)
    assert sheet.print_area == f"'辍学台账'!$A$1:$AA${sheet.max_row}"
    same = run(office, "register", "check", "表.xlsx")
    assert (same.exit_code, same.stdout) == (
        0,
        "辍学台账（和 2026-11-28 的案件对照）：1 行，1 行和案件一致。\n",
    )


def test_the_full_numbers_are_written_when_asked_and_compared_alike(tmp_path):
    office = copy_samples(tmp_path)
    run(office, "register", "辍学台账", "--out", "表.xlsx", "--full-ids", *DAY)
    sheet = load_workbook(office / "表.xlsx").worksheets[0]
    assert any(cell.value == "530499201305061217" for cell in sheet[2])
    assert run(office, "register", "check", "表.xlsx").exit_code == 0


def test_a_school_that_no_case_has_is_asked_about(tmp_path):
    office = copy_samples(tmp_path)
    done = run(office, "report", "monthly", "2026-10", "--school", "云岭县青石中", *DAY)
    assert done.exit_code == 1 and "是不是「云岭县青石中学」" in done.stderr


def test_a_broken_case_is_told_and_said_below_the_table(tmp_path):
    office = copy_samples(tmp_path)
    (office / "cases/坏.yaml").write_text("案件: 控辍个案\n编号: 坏\n", "utf-8")
    done = run(office, "report", "monthly", "2026-10", "--json", *DAY)
    told = json.loads(done.stdout)
    assert (done.exit_code, told["ok"]) == (1, False)
    assert told["figures"][0] == {
        "number": "1",
        "name": "期初未到校",
        "unit": "人",
        "total": 2,
        "cases": ["2026-001", "2026-002"],
    }
    seen = run(office, "report", "月报", "2026-10", *DAY)
    assert "另有1个文件有错误，没有计入。" in seen.stdout

"""``kcbx roster``: what a list is taken for, row by row, and an empty one to fill in."""

import json

from openpyxl import load_workbook

from tests.case.awkward import awkward_bytes
from tests.cli.office import run


def test_a_list_is_accounted_for_row_by_row(tmp_path):
    (tmp_path / "名册.xlsx").write_bytes(awkward_bytes())
    done = run(
        tmp_path, "roster", "check", "名册.xlsx", "--as-of", "2026-11-22", "--out", "查.xlsx"
    )
    assert done.exit_code == 0
    head, first = done.stdout.splitlines()[:2]
    assert head == "读到 37 行：可以印 27 名，暂缓 6 名，跳过 4 行。"
    assert first == "  「名单」：表头到第 2 行，读到 20 行：可以印 11 名，暂缓 6 名，跳过 3 行。"
    assert "暂缓　名单!第8行　王小明　姓名后面写着「转学」" in done.stdout
    assert "跳过　名单!第22行　合计、说明或者签名　填表人：罗玉芬" in done.stdout
    checked = load_workbook(tmp_path / "查.xlsx")
    assert checked.sheetnames == ["检查说明", "名单", "八年级", "九年级", "六年级1班"]
    assert "「去世」" in checked["名单"]["F5"].comment.text
    assert checked["名单"]["K8"].value.startswith("暂缓：")


def test_the_account_as_data_holds_no_number_of_identity(tmp_path):
    (tmp_path / "名册.xlsx").write_bytes(awkward_bytes())
    done = run(tmp_path, "roster", "check", "名册.xlsx", "--as-of", "2026-11-22", "--json")
    data = json.loads(done.stdout)
    assert (data["rows"], data["printed"], len(data["held"]), len(data["skipped"])) == (
        37,
        27,
        6,
        4,
    )
    assert "530499201305" not in done.stdout


def test_the_list_itself_is_not_overwritten(tmp_path):
    own = awkward_bytes()
    (tmp_path / "名册.xlsx").write_bytes(own)
    done = run(tmp_path, "roster", "check", "名册.xlsx", "--out", "./名册.xlsx")
    assert done.exit_code == 1
    assert "[ROST098]" in done.stderr
    assert (tmp_path / "名册.xlsx").read_bytes() == own


def test_what_a_teacher_mended_in_the_result_is_not_written_over(tmp_path):
    (tmp_path / "名册.xlsx").write_bytes(awkward_bytes())
    words = ("roster", "check", "名册.xlsx", "--as-of", "2026-11-22", "--out", "查.xlsx")
    run(tmp_path, *words)
    assert "没有动" not in run(tmp_path, *words).output  # the same, byte for byte
    (tmp_path / "查.xlsx").write_bytes(b"mended by the teacher")
    done = run(tmp_path, *words)
    assert "检查结果写在 查-2.xlsx" in done.output and "查.xlsx 已经有了" in done.output
    assert (tmp_path / "查.xlsx").read_bytes() == b"mended by the teacher"


def test_the_empty_list_has_columns_of_text_and_all_are_known(tmp_path):
    assert run(tmp_path, "roster", "template").stdout == "名册.xlsx\n"
    assert run(tmp_path, "roster", "template").exit_code == 1
    book = load_workbook(tmp_path / "名册.xlsx")
    sheet = book["名册"]
    assert sheet.column_dimensions["D"].width > 0
    assert len(sheet.data_validations.dataValidation) == 5
    sheet["A2"], sheet["B2"], sheet["L2"] = "普云飞", "七年级1班", "普正华"
    book.save(tmp_path / "名册.xlsx")
    done = run(tmp_path, "roster", "check", "名册.xlsx")
    assert (done.exit_code, "没有用的列" in done.stdout) == (0, False)

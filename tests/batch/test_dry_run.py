"""A trial says what would come of a run; the school ticks its list, and the run follows it."""

from pathlib import Path

import openpyxl
import pytest

from kcbx_docs.batch.asked import BatchAsked
from kcbx_docs.ledger.book import FOLDER
from kcbx_docs.problems import UserError
from tests.batch.conftest import Render
from tests.batch.test_preflight import change
from tests.batch.test_serials import printed

TRIAL = BatchAsked(dry=True)


def said(written, code: str) -> list[str]:
    return [one.message for one in written.problems if one.code == code]


def test_a_trial_counts_and_writes_a_list_and_nothing_else(render: Render, school: Path) -> None:
    written = render(asked=TRIAL)
    assert said(written, "BTCH037") == [
        "试算，没有印：5 名学生（新印 5 名，印过没有变的 0 名，暂缓 0 名），2 个班，"
        "双面，本机不能排 PDF，张数要在打印时看。"
    ]
    assert said(written, "BTCH032") == ["按双面排：没有印 PDF，每份文书有几页没有量过。"]
    assert [path.name for path in written.folder.iterdir()] == ["勾选名单-2026-09-01.xlsx"]
    assert not (school / FOLDER).exists()


@pytest.fixture
def ticked(render: Render) -> Path:
    """Return a list on which one pupil is held back, and one row is gone."""
    (path,) = render(asked=TRIAL).files
    book = openpyxl.load_workbook(path)
    sheet = book.active
    for row in sheet.iter_rows(min_row=2):
        if row[1].value == "李喆":
            row[2].value, row[3].value = "暂缓", "家长要先来校"
    sheet.delete_rows([cell.value for cell in sheet["B"]].index("岩温罕") + 1)
    book.save(path)
    return path


def test_the_run_follows_the_list_and_leaves_it_alone(
    render: Render, school: Path, ticked: Path
) -> None:
    before = ticked.read_bytes()
    written = render(asked=BatchAsked(listed=ticked))
    assert sorted(printed(school)) == ["普云飞", "王䶮", "阿卜杜热合曼·阿卜杜热西提"]
    assert said(written, "BTCH036") == ["照勾选名单暂缓 2 名。"]
    assert ticked.read_bytes() == before


def test_who_is_ticked_and_still_held_is_told_by_name(render: Render, school: Path) -> None:
    change(school / "cases/名册.csv", "七年级10班,李喆", ",李喆")
    (path,) = render(asked=TRIAL).files
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows(min_row=2):
        row[2].value = "印" if row[1].value else row[2].value
    book.save(path)
    (told,) = said(render(asked=BatchAsked(listed=path)), "BTCH041")
    assert told.startswith("「李喆」在勾选名单里写的是印，仍然暂缓：")
    assert "李喆" not in printed(school)


def test_what_nobody_understands_on_a_list_is_asked_about(render: Render, ticked: Path) -> None:
    book = openpyxl.load_workbook(ticked)
    book.active["C2"].value = "也许"
    book.save(ticked)
    with pytest.raises(UserError, match="「印不印」写的是「也许」"):
        render(asked=BatchAsked(listed=ticked))


def test_another_workbook_is_no_list(render: Render, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "班级"])
    book.save(tmp_path / "别的.xlsx")
    with pytest.raises(UserError, match="这不是勾选名单"):
        render(asked=BatchAsked(listed=tmp_path / "别的.xlsx"))


def test_a_case_has_no_list(school: Path) -> None:
    from datetime import date

    from kcbx_docs.filing.render import render_file
    from kcbx_docs.papers.files import Wanted

    (school / "cases/通知.yaml").write_text(
        "公文: 通知\n标题: 关于开学的通知\n正文: 开学。\n", "utf-8"
    )
    with pytest.raises(UserError, match="BTCH038"):
        render_file(school / "cases/通知.yaml", Wanted(date(2026, 9, 1)), asked=TRIAL)

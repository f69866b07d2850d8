"""A photograph that is not there is told while somebody knows where it is; kept elsewhere it may be."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.office.kept_files import missing_files
from kcbx_docs.office.log import log
from kcbx_docs.office.opened import open_office
from tests.kinds.world import ABSENT, case_text, workspace

TODAY = date(2026, 6, 1)
LOOK = "- {{日期: 2026-03-20, 事项: 核查, 方式: 家访, 结果: 未见到, {}}}\n"


def told(folder: Path, more: str, whole: str = "") -> list[tuple[str, str]]:
    (folder / "证据").mkdir(exist_ok=True)
    (folder / "证据/门口.jpg").touch()
    (folder.parent / "外面.jpg").touch()
    path = workspace(
        folder, text=case_text(ABSENT + LOOK.format(more) if more else ABSENT, more=whole)
    )
    loaded, _ = open_office(path).read(path, TODAY)
    assert isinstance(loaded, LoadedCase)
    found = [*missing_files(loaded, folder)]
    assert all(one.place.line for one in found)
    return [(one.code, one.hint) for one in found]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("文件: 照片/没有.jpg", "CASE315"),
        ("文件: [证据/门口.jpg, 证据/没有.pdf]", "CASE315"),
        ("文件: ../外面.jpg", "CASE315"),
        ("影像资料: 没有.jpg", "CASE316"),
        ("影像资料: [证据/没有.MP4]", "CASE316"),
    ],
)
def test_a_file_that_is_not_there_is_told(tmp_path, more, code):
    assert [one for one, _ in told(tmp_path, more)] == [code]


def test_where_it_lies_is_named(tmp_path):
    ((code, hint),) = told(tmp_path, "文件: 门口.jpg")
    assert code == "CASE315" and "是不是「证据/门口.jpg」" in hint
    ((_, hint),) = told(tmp_path, "文件: [证据/门口.jpg, 照片/门口.jpg]")
    assert "是不是「证据/门口.jpg」" in hint
    ((code, _),) = told(tmp_path, "", "证据: [{名称: 照片, 文件: 没有.jpg}]\n")
    assert code == "CASE315"


def test_only_the_folders_of_this_case_are_looked_through(tmp_path):
    for name in (
        "证据/2026-001/1.jpg",
        "扫描/杨晓光家暴/2.jpg",
        "证据/2026-002/3.jpg",
        "普云飞/4.jpg",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    hints = [hint for _, hint in told(tmp_path, "文件: [1.jpg, 2.jpg, 3.jpg, 4.jpg]")]
    near = ["证据/2026-001/1.jpg", "", "", "普云飞/4.jpg"]
    assert [hint.partition("」？")[0].partition("「")[2] * ("？" in hint) for hint in hints] == near


@pytest.mark.parametrize(
    "more",
    [
        "文件: 证据/门口.jpg",
        "影像资料: 门口.jpg",
        "影像资料: 没有.jpg（存执法记录仪）",
        "影像资料: [照片2张（2026-03-20）, 执法记录仪0313]",
        "文件: 没有.jpg, 移交自: 云岭县湖滨街道办事处",
    ],
)
def test_what_is_there_and_what_is_kept_elsewhere_is_not(tmp_path, more):
    assert told(tmp_path, more) == []


def test_whoever_writes_it_down_is_told_at_once(tmp_path):
    path = workspace(tmp_path, text=case_text(ABSENT))
    said = {"日期": "2026-03-20", "事项": "核查", "结果": "未见到", "文件": "没有.jpg"}
    done = log(open_office(path), path, said, TODAY)
    assert [one.code for one in done.problems] == ["CASE315"] and done.change is not None

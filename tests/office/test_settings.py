"""kcbx.yaml as records: what is said of a text is what the check says of the file."""

import shutil
from datetime import date
from pathlib import Path

import pytest

import kcbx_docs
from kcbx_docs.office.check import check_files
from kcbx_docs.office.settings import (
    SECTIONS,
    faults_of,
    read_settings,
    records_of,
    settle,
    write_settings,
)
from kcbx_docs.problems import UserError

SAMPLE = Path(kcbx_docs.__file__).parents[1] / "kcbx.yaml"
DAY = date(2026, 11, 28)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLE, tmp_path))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("类型: 乡镇人民政府", "类型: 镇政府"),
        ('地区: "530499"', '地区: "999999"'),
        ("名称: 云岭县人民政府\n", "名称: 云岭县司法局\n"),
        ("岗位: 班级", "岗位: 没有的岗位"),
        ("法院:\n", "法院：\n"),
        ("机关:\n", "机关: [\n"),
    ],
    ids=["没有错", "类型写错", "没有的地区", "复议机关不对", "没有的岗位", "中文冒号", "读不出来"],
)
def test_a_text_is_judged_as_the_check_judges_the_file(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8").replace(old, new, 1)
    file.write_text(text, "utf-8")
    assert faults_of(file, text) == check_files([file], DAY)


def test_every_record_of_the_file_stands_in_the_form(file: Path) -> None:
    source, problems = read_settings(file)
    assert problems == ()
    shown = {key: records_of(section, source.data) for key, section in SECTIONS.items()}
    assert {key for key, records in shown.items() if records} == {*source.data}
    for key, records in shown.items():
        keys = {one.key for one in SECTIONS[key].fields}
        assert all(set(record) <= keys for record in records), key


def test_an_old_fault_hinders_nobody_and_a_new_one_is_refused(file: Path) -> None:
    wrong = file.read_text("utf-8").replace("名称: 云岭县人民政府\n", "名称: 云岭县司法局\n", 1)
    file.write_text(wrong, "utf-8")
    done = settle(file, ("执法人员", 0), {"职务": "队长"})
    assert (done.changed, done.problems) == (True, ())
    with pytest.raises(UserError) as refused:
        settle(file, ("机关",), {"类型": "政府"})
    assert [one.code for one in refused.value.problems] != ["WORK007"]
    assert file.read_text("utf-8") == wrong


@pytest.mark.parametrize(
    ("codec", "shaped"),
    [
        ("utf-8", lambda text: text.replace("\n", "\r\n")),
        ("utf-8", lambda text: text.replace("\n", "\r\n", 9)),
        ("gb18030", str),
        ("utf-8-sig", str),
        ("utf-8", lambda text: text.rstrip("\n")),
    ],
    ids=["Windows 的换行", "换行混着写", "GB18030", "有 BOM", "末尾没有换行"],
)
def test_every_other_byte_stays_however_the_file_is_written(file: Path, codec, shaped) -> None:
    text = shaped(file.read_text("utf-8"))
    file.write_bytes(text.encode(codec))
    write_settings(settle(file, ("执法人员", 1), {"证号": "云F0000009"}))
    assert file.read_bytes() == text.replace("云F0000002", "云F0000009").encode(codec)
    write_settings(settle(file, ("法院", 1), {"名称": "云岭铁路法院"}))
    assert faults_of(file, read_settings(file)[0].text) == ()
    assert b"\r\r" not in file.read_bytes()

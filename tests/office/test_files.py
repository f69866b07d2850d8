"""Two files with one number would write into one folder:
an error everywhere, never one child's papers over another's.
"""

import json
import os
import shutil

import pytest

from kcbx_docs.office.files import doubled, number_in
from tests.cli.office import run, tree
from tests.papers.probe import CASE, workspace

BODY = "<h1>{{ 文书.标题 }}</h1>\n<p>{{ 学生.姓名 }}没有到校。</p>\n"
OTHER = CASE.replace("普云飞", "普云天")
WORD = ("--doc", "测试文书", "--format", "docx")
LETTER = (
    "公文: 通知\n编号: {number}\n标题: 云岭县青石镇人民政府关于开学的通知\n正文: 各校按时开学。\n"
)
BATCH = "批次: {number}\n学期: 2026年秋季学期\n学校: 云岭县青石中学\n名册: {{文件: 名册.csv}}\n"


def numbered(number: str, text: str = CASE) -> str:
    return text.replace("编号: 2026-001", f"编号: {number}")


@pytest.fixture
def office(tmp_path):
    """An office with one case, whose number is 2026-001."""
    workspace(tmp_path, BODY)
    return tmp_path


def add(office, name, text):
    path = office / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_two_children_with_one_number_stop_render_and_both_files_are_named(office):
    add(office, "cases/另一个.yaml", OTHER)
    done = run(office, "render", "cases", *WORD)
    assert done.exit_code == 1
    assert (
        "cases/案件.yaml:2:5: [WORK010] 编号「2026-001」已经用在 cases/另一个.yaml" in done.stderr
    )
    assert (
        "cases/另一个.yaml:2:5: [WORK010] 编号「2026-001」已经用在 cases/案件.yaml" in done.stderr
    )
    assert not (office / "output").exists()


@pytest.mark.parametrize("command", ["check", "render", "next", "status", "deadlines"])
def test_every_command_looks_at_the_whole_office_though_one_file_is_given(office, command):
    add(office, "cases/甲/另一个.yaml", OTHER)
    done = run(office, command, "cases/案件.yaml", "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert [(p["code"], p["severity"]) for p in told["problems"] if p["severity"] == "error"] == [
        ("WORK010", "error")
    ]
    assert not (office / "output").exists()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dup-1", "dup-1"),
        ("Dup-1", '"DUP-1"'),
        ("2026-001", "'2026-001'   # 第二个"),
        ("甲案", "甲案"),
    ],
)
def test_numbers_are_compared_as_windows_compares_folders(office, one, other):
    add(office, "cases/案件.yaml", numbered(one))
    add(office, "cases/另一个.yaml", numbered(other, OTHER))
    assert "[WORK010]" in run(office, "check", "cases").stdout


@pytest.mark.parametrize("other", ["2026-0011", "2026-01", "2026 001", "２０２６-００１"])
def test_numbers_that_only_look_alike_are_two(office, other):
    add(office, "cases/另一个.yaml", numbered(other, OTHER))
    assert "[WORK010]" not in run(office, "check", "cases").stdout


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("通知.yaml", LETTER.format(number="2026-001")),
        ("2026-001.yaml", LETTER.replace("编号: {number}\n", "")),
        ("开学.yaml", BATCH.format(number='"2026-001"')),
    ],
)
def test_a_letter_and_a_batch_share_output_with_the_cases(office, name, text):
    add(office, f"cases/{name}", text)
    done = run(office, "render", "cases/案件.yaml", *WORD)
    assert f"[WORK010] 编号「2026-001」已经用在 cases/{name}" in done.stderr
    assert not (office / "output").exists()


@pytest.mark.parametrize(
    "broken",
    [
        OTHER + "经过: [{日期: 2026-09-01\n",
        OTHER.replace("情形: 辍学", "情形: 休学"),
        OTHER + "学生: 重复\n",
        "# 说明\n\n" + OTHER.replace("学生:", "学生："),
        '{案件: 控辍个案, 编号: "2026-001"}\n',
    ],
)
def test_a_broken_file_counts_as_long_as_its_number_can_be_read(office, broken):
    add(office, "cases/坏的.yaml", broken)
    done = run(office, "render", "cases/案件.yaml", *WORD)
    assert "[WORK010] 编号「2026-001」已经用在 cases/坏的.yaml" in done.stderr


@pytest.mark.parametrize(
    "copy",
    [
        "output/备份/案件.yaml",
        "templates/案件.yaml",
        "cases/.旧/案件.yaml",
        "cases/.案件.yaml",
        "cases/案件.yaml.bak",
        "cases/案件.txt",
    ],
)
def test_copies_that_are_no_cases_of_the_office_do_not_count(office, copy):
    add(office, copy, CASE)
    assert run(office, "render", "cases/案件.yaml", *WORD).exit_code == 0


def test_another_workspace_below_has_numbers_of_its_own(office):
    workspace(office / "cases/练习", BODY)
    assert run(office, "render", "cases", *WORD).exit_code == 0
    assert (office / "cases/练习/output/2026-001").is_dir()


def test_one_file_given_twice_or_by_two_ways_is_one(office):
    (office / "cases/链接.yaml").symlink_to("案件.yaml")
    (office / "别名").symlink_to("cases")
    words = ("cases/案件.yaml", "别名/案件.yaml", "cases/../cases/案件.yaml", "cases/链接.yaml")
    done = run(office, "render", *words, str(office / "cases/案件.yaml"), *WORD)
    assert (done.exit_code, done.stderr) == (0, "")


def test_a_file_outside_cases_counts_when_it_is_given(office):
    add(office, "新的.yaml", OTHER)
    assert run(office, "check", "cases/案件.yaml").exit_code == 0
    assert "[WORK010]" in run(office, "check", "新的.yaml").stdout
    assert run(office, "check", "cases/案件.yaml", "新的.yaml").stdout.count("[WORK010]") == 2


def test_a_case_file_may_be_moved_and_renamed(office):
    assert run(office, "render", "cases/案件.yaml", *WORD).exit_code == 0
    before = tree(office / "output")
    (office / "cases/八年级").mkdir()
    shutil.move(office / "cases/案件.yaml", office / "cases/八年级/普云飞.yaml")
    done = run(office, "render", "cases", *WORD)
    assert (done.exit_code, done.stderr) == (0, "")
    assert tree(office / "output") == before


@pytest.mark.parametrize(
    ("text", "number", "line", "column"),
    [
        ("案件: 控辍个案\n编号: 2026-001\n", "2026-001", 2, 5),
        ('# 说明\n---\n案件: 控辍个案\n编号:   "甲 # 乙" # 丙\n', "甲 # 乙", 4, 7),
        ("案件: 控辍个案\n情形: 辍学\n'编号' : 甲 # 乙\n", "甲", 3, 8),
        ("批次: 开学告知\n", "开学告知", 1, 5),
        ('案件: 控辍个案\n说明: |\n  编号: 别的\n编号: "\\u7532"\n', "甲", 4, 5),
    ],
)
def test_the_quick_look_reads_what_the_strict_reader_reads(tmp_path, text, number, line, column):
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    found = number_in(tmp_path / "a.yaml")
    assert (found.number, found.place.line, found.place.column) == (number, line, column)


@pytest.mark.parametrize("text", ["", "名册: x\n", "案件: 控辍个案\n", "\x00\x00", "- 案件\n"])
def test_what_has_no_number_is_left_to_its_own_check(tmp_path, text):
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    assert number_in(tmp_path / "a.yaml") is None


def test_the_quick_look_and_the_strict_reader_agree_on_every_sample():
    from pathlib import Path

    from kcbx_docs.office.files import files_below
    from kcbx_docs.reading import read_yaml

    samples = files_below([Path(__file__).parents[2] / "cases"], workspace=False)
    assert len(samples) > 8
    for path in samples:
        data = read_yaml(path)[0].data
        assert number_in(path).number == data.get("编号", data.get("批次", path.stem))


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.yaml")
    assert number_in(tmp_path / "a.yaml") is None


def test_a_twin_that_is_broken_above_its_number_is_seen(tmp_path):
    (tmp_path / "kcbx.yaml").write_text("", "utf-8")
    (tmp_path / "cases").mkdir()
    whole, broken = tmp_path / "cases/a.yaml", tmp_path / "cases/b.yaml"
    whole.write_text('案件: 控辍个案\n编号: "2026-001"\n', "utf-8")
    broken.write_text('坏: [未关\n案件: 控辍个案\n编号: "2026-001"\n', "utf-8")
    assert [found.code for found in doubled([whole]).values()] == ["WORK010"]

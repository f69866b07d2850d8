"""What an answer rests on: whatever is edited, the answer is another."""

from pathlib import Path

import pytest

from kcbx_docs.office.resting import file_state, office_state

OFFICE = "单位: 云岭县青石中学\n地区: CN\n"


@pytest.mark.parametrize(
    "text",
    [
        "批次: 开学\n名册: 缺课.csv\n",
        "批次: 开学\n名册:\n  文件: 缺课.csv\n",
        "工作: 日报周结\n编号: 周报-1\n名册: {文件: 缺课.csv}\n",
    ],
)
def test_a_file_rests_on_the_roster_that_it_names(tmp_path: Path, text: str) -> None:
    file, roster = tmp_path / "周报.yaml", tmp_path / "缺课.csv"
    file.write_text(text, "utf-8")
    states = [file_state(file)]
    for rows in ("姓名\n王一一\n", "姓名\n王二二\n", "姓名\n王一一\n"):
        roster.write_text(rows, "utf-8")
        states.append(file_state(file))
    other = tmp_path / "另一份.csv"
    other.write_text("姓名\n", "utf-8")
    file.write_text(text.replace(roster.name, other.name), "utf-8")
    states.append(file_state(file))
    assert states[1] == states[3] != states[2]
    assert len(set(states)) == 4


def test_a_case_and_what_nobody_can_read_rest_on_themselves(tmp_path: Path) -> None:
    for text in ("案件: 2026-001\n名册: 缺课.csv\n", "工作: [\n", "工作: 日报周结\n名册: 7\n", ""):
        file = tmp_path / "件.yaml"
        file.write_text(text, "utf-8")
        before = file_state(file)
        (tmp_path / "缺课.csv").write_text(text, "utf-8")
        assert file_state(file) == before
    assert file_state(tmp_path / "没有.yaml") == (b"",)


def test_an_office_rests_on_its_files_and_on_those_that_nobody_reads(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    edits = {"kcbx.yaml": OFFICE, "templates/本地/pack.yaml": "", "cases/甲.yaml.txt": "案件: 1\n"}
    states = [office_state(tmp_path)]
    for name, text in edits.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        states.append(office_state(tmp_path))
    assert len(set(states)) == 4
    assert office_state(tmp_path) == states[-1]

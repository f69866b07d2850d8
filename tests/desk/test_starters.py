"""Files to be double-clicked: their paths survive spaces, Chinese, percent signs and quotation marks."""

import subprocess
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from kcbx_docs.desk.starters import UTF_8, desktop_starter, windows_starter

PYTHON = PureWindowsPath("C:\\Program Files\\Python\\pythonw.exe")


@pytest.mark.parametrize("office", ["D:\\控辍 保学", "D:\\100% 就学", "D:\\a & b (1)\\镇"])
def test_windows_reads_its_own_characters_and_line_ends(office: str) -> None:
    starter = windows_starter(PYTHON, PureWindowsPath(office), "gbk")
    text = starter.data.decode("gbk")
    assert starter.name == "打开办公桌.bat"
    assert text.count("\r\n") == text.count("\n") == len(text.splitlines()) == 5
    assert f'set "OFFICE={office.replace("%", "%%")}"\r\n' in text
    assert f'start "" "{PYTHON}" -m kcbx_docs desk "%OFFICE%" --double-clicked\r\n' in text


def test_the_office_beside_the_batch_file_comes_first() -> None:
    lines = (
        windows_starter(PYTHON, PureWindowsPath("D:\\镇"), "gbk").data.decode("gbk").split("\r\n")
    )
    assert lines[2] == 'set "OFFICE=%~dp0."'
    assert lines[3].startswith('if not exist "%OFFICE%\\kcbx.yaml" set')


def test_a_character_that_the_console_lacks_changes_the_console() -> None:
    data = windows_starter(PYTHON, PureWindowsPath("D:\\𠮷镇"), "gbk").data
    assert data.decode().split("\r\n")[:2] == ["@echo off", UTF_8]
    assert "D:\\𠮷镇" in data.decode()
    assert UTF_8 not in windows_starter(PYTHON, PureWindowsPath("D:\\镇"), "gbk").data.decode("gbk")


@pytest.mark.parametrize(
    "office", ["/home/张三/控辍 保学", '/srv/a"b', "/srv/$HOME/`id`", "/srv/100%/a\\b", "/srv/it's"]
)
def test_a_desktop_entry_starts_the_very_words(office: str) -> None:
    """Entries quote as a shell does, apart from percent signs, and write their backslashes twice."""
    starter = desktop_starter(
        PurePosixPath("/opt/py 3/python"), PurePosixPath(office), PurePosixPath("/x.svg")
    )
    told = dict(line.split("=", 1) for line in starter.data.decode().splitlines()[1:])
    words = told["Exec"].replace("\\\\", "\\").replace("%%", "%")
    done = subprocess.run(["sh", "-c", f"printf '%s\\n' {words}"], capture_output=True, text=True)
    assert done.stdout.splitlines() == [
        "/opt/py 3/python", "-m", "kcbx_docs", "desk", office, "--double-clicked",
    ]  # fmt: skip
    assert (told["Type"], told["Terminal"]) == ("Application", "false")

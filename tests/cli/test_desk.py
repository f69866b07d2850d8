"""``kcbx desk`` as a process: opened once for a workspace, stopped by Ctrl-C; starters."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kcbx_docs.cli import desk as command
from kcbx_docs.desk.starters import Starter
from tests.cli.office import ROOT, run


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "kcbx.yaml").write_bytes((ROOT / "kcbx.yaml").read_bytes())
    (tmp_path / "cases").mkdir()
    return tmp_path


def start(office: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kcbx_docs", "desk", str(office), "--no-browser", *words]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "http_proxy": "http://x:1",
    }
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def said(started: subprocess.Popen[str]) -> tuple[str, str]:
    """Return what the first line says and its address."""
    assert started.stdout
    text, _, address = started.stdout.readline().strip().partition("：")
    return text, address


def test_it_is_opened_once_for_a_workspace_and_stopped_like_every_program(office: Path) -> None:
    first = start(office)
    told, address = said(first)
    assert told == "办公桌已经打开"
    again = start(office)
    assert said(again) == ("这个工作目录的办公桌已经开着", address)
    assert again.wait(10) == 0
    first.send_signal(signal.SIGINT)
    assert first.wait(10) == 130
    assert [one.stdout.close() for one in (first, again) if one.stdout] == [None] * 2


def test_a_starter_is_put_down_once_and_over_nothing(office: Path, monkeypatch) -> None:
    assert "放好了" in run(office, "desk", "--install").output
    assert "已经有了" in run(office, "desk", "--install").output
    path = office / "打开办公桌.desktop"
    assert os.access(path, os.X_OK)
    path.write_text("别的", "utf-8")
    refused = run(office, "desk", "--install")
    assert refused.exit_code == 1
    assert "没有动它" in refused.output
    assert path.read_text("utf-8") == "别的"
    made = Starter("打开办公桌.bat", b"@echo off\r\n", "双击它")
    monkeypatch.setattr(command, "_starter", lambda root: made)
    assert "双击它" in run(office, "desk", "--install").output
    assert (office / made.name).read_bytes() == made.data


def test_who_double_clicks_reads_in_the_browser_why_it_does_not_open(tmp_path, monkeypatch) -> None:
    """Without a terminal: pythonw gives the program no streams at all."""
    shown = tmp_path / "shown"
    monkeypatch.setenv("KCBX_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("BROWSER", f"cp %s {shown} &")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    words = f"{sys.executable} -m kcbx_docs desk {tmp_path} --double-clicked"
    done = subprocess.run(["sh", "-c", f"exec {words} >&- 2>&- <&-"])
    assert done.returncode == 1
    (page,) = (tmp_path / "cache/desk").glob("*.html")
    assert "办公桌没有打开" in page.read_text("utf-8")
    assert "kcbx.yaml" in page.read_text("utf-8")
    assert page.stat().st_mode & 0o777 == 0o600

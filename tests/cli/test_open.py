"""kcbx open hands the right file to the right program, and nothing outside the workspace."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from kcbx_docs.cli import opener
from tests.cli.office import run

CASE = "cases/到责令.yaml"
NAMES = ("210-劝返记录-第1次", "210-劝返记录-第2次", "230-学校书面报告")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """Return what was handed over, and whether as a text."""
    handed: list[tuple[str, bool]] = []

    def hand(path: Path, *, text: bool) -> str:
        handed.append((path.name, text))
        return "程序"

    monkeypatch.setattr(opener, "opened_with", hand)
    return handed


@pytest.fixture
def printed(office: Path) -> Path:
    """Return an office with the papers of its case."""
    for folder in ("output/2026-001", "output/2026-001/草稿"):
        (office / folder).mkdir(parents=True)
        listed = []
        for name in NAMES:
            title = name.split("-")[1]
            for suffix in ("docx", "pdf"):
                (office / folder / f"{name}.{suffix}").write_bytes(b"")
                listed.append({"file": f"{name}.{suffix}", "sha256": "0", "title": title})
        manifest = json.dumps({"files": listed}, ensure_ascii=False)
        (office / folder / "manifest.json").write_text(manifest, "utf-8")
    return office


@pytest.mark.parametrize("word", ["2026-001", "普云飞", "李桂仙", "到责令", CASE])
def test_a_case_is_opened_however_it_is_called(office, opened, word):
    done = run(office, "open", word)
    assert (done.exit_code, done.stdout) == (0, f"{CASE}\n")
    assert "已用 程序 打开" in done.stderr and opened == [("到责令.yaml", True)]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["--papers"], "2026-001"),
        (["--draft"], "草稿"),
        (["--doc", "学校书面报告"], "230-学校书面报告.pdf"),
        (["--doc", "书面"], "230-学校书面报告.pdf"),
        (["--doc", "学校书面报告", "--format", "docx"], "230-学校书面报告.docx"),
        (["--doc", "210-劝返记录-第2次"], "210-劝返记录-第2次.pdf"),
        (["--doc", "210-劝返记录-第2次.docx", "--draft"], "210-劝返记录-第2次.pdf"),
    ],
    ids=lambda value: "·".join(value) if isinstance(value, list) else "",
)
def test_papers_are_opened_by_title_or_name(printed, opened, words, name):
    assert run(printed, "open", "2026-001", *words).exit_code == 0
    assert opened == [(name, False)]


def test_of_several_papers_the_commands_that_choose_are_printed(printed, opened):
    done = run(printed, "open", "2026-001", "--doc", "劝返记录")
    assert done.exit_code == 1 and opened == []
    assert "CLI065" in done.stderr and f"kcbx open {CASE} --doc 210-劝返记录-第2次\n" in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["2026-001", "--doc", "学校书面报吿"], "是不是「学校书面报告」？"),
        (["2026-002", "--papers"], "kcbx render cases/两位监护人.yaml"),
        (["没有这个"], "NEXT002"),
        (["cases/没有.yaml"], "READ001"),
        (["cases/make_roster.py"], "CLI066"),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else "",
)
def test_what_cannot_be_opened_is_told(printed, opened, words, says):
    done = run(printed, "open", *words)
    assert done.exit_code == 1 and opened == [] and says in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_nothing_outside_the_workspace_is_opened(printed, opened, tmp_path_factory):
    outside = tmp_path_factory.mktemp("外面") / "案.yaml"
    outside.write_text("案件: 控辍个案\n", "utf-8")
    (printed / "cases/链接.yaml").symlink_to(outside)
    (printed / "cases/路径.yaml").write_text("案件: 控辍个案\n编号: ../../..\n", "utf-8")
    (printed / "output/外面").symlink_to(outside.parent)
    (printed / "cases/外面.yaml").write_text("案件: 控辍个案\n编号: 外面\n", "utf-8")
    for words in (["链接"], ["路径", "--papers"], ["外面", "--papers"], [str(outside)]):
        done = run(printed, "open", *words)
        assert done.exit_code == 1 and opened == [], done.output


def test_a_manifest_cannot_name_a_file_elsewhere(printed, opened):
    (printed / "evil.pdf").write_bytes(b"")
    manifest = {"files": [{"file": "../../evil.pdf", "sha256": "0", "title": "学校书面报告"}]}
    (printed / "output/2026-001/manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert run(printed, "open", "2026-001", "--doc", "学校书面报告").exit_code == 1
    assert opened == []


class Machine:
    """A machine with some programs, which notes what was started."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, system: str, **environ: str) -> None:
        self.programs, self.started, self.code = {"xdg-open", "open", "vim"}, [], 0
        for name in ("VISUAL", "EDITOR", "DISPLAY", "WAYLAND_DISPLAY"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(opener.sys, "platform", system)
        monkeypatch.setattr(opener.shutil, "which", lambda name: name in self.programs or None)
        monkeypatch.setattr(opener.subprocess, "run", self.run)
        monkeypatch.setattr(opener.subprocess, "Popen", self.popen)
        monkeypatch.setattr(opener.os, "startfile", self.startfile, raising=False)
        self.refuses = False

    def run(self, words: Sequence[str]) -> None:
        self.started.append([*words])

    def cannot_run(self, _words: Sequence[str]) -> None:
        raise FileNotFoundError

    def popen(self, words: Sequence[str], **_: object) -> "Machine":
        self.started.append([*words])
        return self

    def wait(self, _seconds: float) -> int:
        if self.code is None:
            raise subprocess.TimeoutExpired("", 0)
        return self.code

    def startfile(self, path: Path) -> None:
        if self.refuses:
            raise OSError("nobody opens it")
        self.started.append(["startfile", str(path)])


PAPER, TEXT = Path("/甲 -x/乙.pdf"), Path("/甲 -x/-乙.yaml")


@pytest.mark.parametrize(
    ("system", "environ", "path", "started"),
    [
        ("linux", {"DISPLAY": ":0"}, PAPER, ["xdg-open", str(PAPER)]),
        ("linux", {"WAYLAND_DISPLAY": "w"}, TEXT, ["xdg-open", str(TEXT)]),
        ("linux", {}, PAPER, None),
        ("linux", {"EDITOR": "vim -n"}, TEXT, ["vim", "-n", str(TEXT)]),
        ("linux", {"EDITOR": "vim -n"}, PAPER, None),
        ("linux", {"VISUAL": "vim", "EDITOR": "nano"}, TEXT, ["vim", str(TEXT)]),
        ("linux", {"VISUAL": "gone", "EDITOR": "vim"}, TEXT, ["vim", str(TEXT)]),
        ("linux", {"EDITOR": "vim '"}, TEXT, None),
        ("linux", {"EDITOR": "vim; rm -rf /"}, TEXT, None),
        ("darwin", {}, PAPER, ["open", str(PAPER)]),
        ("win32", {}, PAPER, ["startfile", str(PAPER)]),
        ("win32", {}, TEXT, ["startfile", str(TEXT)]),
    ],
)
def test_each_system_opens_in_its_own_way(monkeypatch, system, environ, path, started):
    machine = Machine(monkeypatch, system, **environ)
    assert bool(opener.opened_with(path, text=path is TEXT)) == bool(started)
    assert machine.started == ([started] if started else [])


def test_windows_without_a_program_for_yaml_takes_the_notepad(monkeypatch):
    machine = Machine(monkeypatch, "win32")
    machine.refuses, machine.code = True, None
    assert opener.opened_with(TEXT, text=True) == "记事本"
    assert opener.opened_with(PAPER, text=False) == ""


def test_an_editor_that_cannot_be_run_is_as_if_nobody_had_set_it(monkeypatch):
    """On Windows the commands of editors are scripts, which are not run without a shell."""
    machine = Machine(monkeypatch, "win32", EDITOR="vim")
    monkeypatch.setattr(opener.subprocess, "run", machine.cannot_run)
    assert opener.opened_with(TEXT, text=True) == "系统默认的程序"
    assert machine.started == [["startfile", str(TEXT)]]


def test_a_program_that_refuses_at_once_opened_nothing(monkeypatch):
    machine = Machine(monkeypatch, "linux", DISPLAY=":0")
    machine.code = 3
    assert opener.opened_with(PAPER, text=False) == ""
    machine.code = None
    assert opener.opened_with(PAPER, text=False) == "xdg-open"


def test_where_nothing_opens_it_the_place_is_printed(office, monkeypatch):
    Machine(monkeypatch, "linux")
    done = run(office, "open", "2026-001")
    assert (done.exit_code, done.stdout) == (0, f"{CASE}\n") and "本机没有" in done.stderr
    assert run(office, "open", "2026-001", "--path").stderr == ""

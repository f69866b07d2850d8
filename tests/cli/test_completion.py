"""Tab completes commands, options, numbers, files, titles and people; the script asks for them."""

import subprocess
import sys

import pytest
from click.shell_completion import ShellComplete

from kcbx_docs.cli import kcbx
from kcbx_docs.cli.completion import _SHELLS, script
from tests.cli.office import ROOT, inside, run


def offered(folder, *words: str) -> list[str]:
    """List what is offered for the last word."""
    asking = ShellComplete(kcbx, {}, "kcbx", "_KCBX_COMPLETE")
    with inside(folder):
        found = asking.get_completions(list(words[:-1]), words[-1])
    return [f"<{one.type}>" if one.type != "plain" else one.value for one in found]


@pytest.mark.parametrize(
    ("words", "some"),
    [
        (["pa"], ["paper", "pack"]),
        (["pack", "li"], ["list", "lint"]),
        (["next", "--gu"], ["--guardian"]),
        (["next", "2026-00"], ["2026-001", "2026-002"]),
        (["next", "cases/到"], ["<file>"]),
        (["next", "没有这个"], ["<file>"]),
        (["next", "cas"], ["<file>"]),
        (["render", "--doc", "责令限期"], ["责令限期改正通知书"]),
        (["issue", "--doc", "order-to-c"], ["order-to-correct"]),
        (["next", "cases/到责令.yaml", "--guardian", ""], ["普正华", "李桂仙"]),
        (["paper", "withdraw", "--to", "普"], ["普正华"]),
        (["completion", "z"], ["zsh"]),
    ],
    ids=lambda value: "·".join(value),
)
def test_what_is_offered(words, some):
    found = offered(ROOT, *words)
    assert set(some) <= set(found) and len(found) == len(set(found))


@pytest.mark.parametrize("case", ["cases/到责令.yaml", "到责令", "2026-001"])
def test_only_the_guardians_of_the_case_that_was_typed_are_offered(case):
    assert offered(ROOT, "next", case, "--guardian", "") == ["普正华", "李桂仙"]


def test_a_number_and_what_lies_here_are_offered_together(office):
    (office / "2026-甲.yaml").write_text("", "utf-8")
    assert {"2026-001", "2026-甲.yaml"} <= set(offered(office, "next", "2026-"))
    assert "cases/" in offered(office, "next", "")


def test_what_cannot_be_read_offers_nothing_and_says_nothing(tmp_path, capsys):
    (tmp_path / "kcbx.yaml").write_text("a: [", "utf-8")
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "坏.yaml").write_text("{", "utf-8")
    assert offered(tmp_path, "render", "--doc", "责") == []
    assert offered(tmp_path, "next", "--guardian", "") == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("shell", _SHELLS)
def test_each_shell_has_its_script(tmp_path, shell):
    done = run(tmp_path, "completion", shell)
    assert (done.exit_code, done.stderr) == (0, "")
    assert f"{shell}_complete" in done.stdout and "_KCBX_COMPLETE" in done.stdout
    assert done.stdout == script(shell)


@pytest.mark.parametrize(
    ("shell", "place"),
    [
        ("bash", "data/bash-completion/completions/kcbx"),
        ("fish", "config/fish/completions/kcbx.fish"),
        ("zsh", "home/.zfunc/_kcbx"),
    ],
)
def test_it_is_installed_where_the_shell_looks(tmp_path, monkeypatch, shell, place):
    for name, folder in (
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("ZDOTDIR", "home"),
    ):
        monkeypatch.setenv(name, str(tmp_path / folder))
    done = run(tmp_path, "completion", shell, "--install")
    assert done.exit_code == 0 and (tmp_path / place).read_text("utf-8") == script(shell)


def test_powershell_is_told_what_to_write(tmp_path):
    done = run(tmp_path, "completion", "powershell", "--install")
    assert done.exit_code == 2 and "$PROFILE" in done.stderr


def test_commands_are_offered_without_loading_one():
    code = (
        "import os, sys; os.environ.update(_KCBX_COMPLETE='bash_complete', COMP_WORDS='kcbx pa', COMP_CWORD='1')\n"
        "from kcbx_docs.cli import main\n"
        "try: main()\n"
        "except SystemExit: print(*(n for n in sys.modules if n.startswith('kcbx_docs.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    first, second, loaded = done.stdout.splitlines()
    assert (first, second) == ("plain,paper", "plain,pack")
    assert all(one.startswith(("kcbx_docs.cli", "kcbx_docs.light")) for one in loaded.split())

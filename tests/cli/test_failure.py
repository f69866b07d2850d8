"""A bug is one line and a private log file; never a traceback on the screen."""

import os
import re
import stat
import sys
import threading
from pathlib import Path

import pytest

from kcbx_docs.office import check as checking
from tests.cli.office import run


@pytest.fixture
def broken(monkeypatch, tmp_path):
    """A program with a bug."""

    def bug(*_args, **_more):
        raise KeyError("内部错误")

    monkeypatch.setattr("kcbx_docs.cli.check.check_files", bug)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return checking


def test_a_bug_is_one_plain_line_and_a_log_that_only_its_user_reads(office, broken):
    done = run(office, "check", "cases")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    found = re.search(
        r"\[CLI001\] 程序出错了（KeyError），这是程序的缺陷，不是您的操作有误。 请把这个文件发给维护人：(\S+\.log)（",
        done.stderr,
    )
    assert found
    log = Path(found[1])
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "内部错误" in log.read_text("utf-8")


def test_the_traceback_is_shown_to_who_asks_for_it(office, broken, monkeypatch, capfd):
    monkeypatch.setenv("KCBX_DEBUG", "1")
    done = run(office, "check", "cases")
    assert done.exit_code == 1
    assert "KeyError" in done.stderr + capfd.readouterr().err


def test_a_bug_in_json_is_json(office, broken):
    import json

    told = json.loads(run(office, "check", "cases", "--json").stdout)
    assert (told["ok"], told["problems"][0]["code"]) == (False, "CLI001")


def test_without_a_place_for_the_log_the_line_still_comes(office, broken, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(office / "没有这个文件夹"))
    assert "没有写成" in run(office, "check", "cases").stderr


def test_ctrl_c_says_cancelled(office, monkeypatch):
    def interrupted(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr("kcbx_docs.cli.check.check_files", interrupted)
    done = run(office, "check", "cases")
    assert (done.exit_code, done.stderr) == (130, "已取消。\n")


def test_ctrl_c_before_the_program_is_loaded_says_the_same(monkeypatch, capsys):
    from kcbx_docs import __main__ as start

    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr("kcbx_docs.cli.main", interrupted)
    with pytest.raises(SystemExit) as ended:
        start.main()
    assert (ended.value.code, capsys.readouterr().err) == (130, "已取消。\n")


def test_the_program_ends_at_once_with_its_code_if_nobody_works_any_more(monkeypatch):
    from kcbx_docs import __main__ as start

    done: list[object] = []
    monkeypatch.setattr("kcbx_docs.cli.main", lambda: sys.exit(3))
    monkeypatch.setattr("atexit._run_exitfuncs", lambda: done.append("tidied up"))
    monkeypatch.setattr("os._exit", done.append)
    working = threading.Event()
    other = threading.Thread(target=working.wait)
    other.start()
    with pytest.raises(SystemExit):
        start.main()
    assert done == [], "Python waits for whoever works"
    working.set()
    other.join()
    with pytest.raises(SystemExit):
        start.main()
    assert done == ["tidied up", 3]


@pytest.mark.skipif(os.name == "nt", reason="POSIX")
def test_a_reader_that_goes_away_is_no_bug(office):
    import subprocess
    import sys

    command = f"{sys.executable} -m kcbx_docs law list --rules | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=office, capture_output=True, text=True)
    assert "CLI001" not in done.stderr
    assert "Traceback" not in done.stderr

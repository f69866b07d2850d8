"""Two runs never write into one output folder at the same time;
a run that died keeps nobody out.
"""

import subprocess
import sys

import pytest

from kcbx_docs import locking as lock
from kcbx_docs.problems import UserError
from tests.filing.papers import inside, left_over, listed, put, untrue


def test_a_second_writer_waits_and_is_told_who_writes(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.0)
    told = []
    with (
        lock.only_writer(tmp_path, "2026-001"),
        pytest.raises(UserError) as refused,
        lock.only_writer(tmp_path, "2026-002", told.append),
    ):
        pass
    (problem,) = refused.value.problems
    assert problem.code == "PAPR018" and "正在写「2026-001」" in problem.message + problem.hint
    assert set(told) == {"另一次运行正在写文书，等它写完"}


def test_where_the_lock_cannot_be_made_the_user_is_told_why(tmp_path):
    (tmp_path / "output").write_text("", "utf-8")
    with (
        pytest.raises(UserError, match=r"PAPR007.*不是文件夹"),
        lock.only_writer(tmp_path / "output", "2026-001"),
    ):
        pass


def test_after_a_run_that_failed_the_next_one_writes(tmp_path):
    with pytest.raises(RuntimeError), lock.only_writer(tmp_path, "2026-001"):
        raise RuntimeError
    with lock.only_writer(tmp_path, "2026-002"):
        assert "2026-002" in (tmp_path / lock.LOCK).read_text("utf-8")
    assert (tmp_path / lock.LOCK).read_text("utf-8") == ""


def held_by_another(root, seconds):
    """Start a process that holds the lock for a while; return when it has it."""
    code = (
        "import sys, time; from pathlib import Path; from kcbx_docs.locking import only_writer\n"
        "with only_writer(Path(sys.argv[1]), '2026-001'):\n"
        "    print('有了', flush=True)\n"
        "    time.sleep(float(sys.argv[2]))\n"
    )
    words = [sys.executable, "-c", code, str(root), str(seconds)]
    other = subprocess.Popen(words, stdout=subprocess.PIPE)
    assert other.stdout.readline()
    return other


def test_another_process_keeps_us_waiting_until_it_is_done(tmp_path):
    told = []
    with held_by_another(tmp_path, 0.5) as other:
        with lock.only_writer(tmp_path, "2026-002", told.append):
            assert told
        assert other.wait() == 0


def test_the_refusal_names_the_process_that_holds_it(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.2)
    with held_by_another(tmp_path, 60) as other:
        with pytest.raises(UserError, match=f"进程 {other.pid}，"):
            put(tmp_path, {"甲.docx": "甲"})
        other.kill()
    assert not (tmp_path / "2026-001").exists()


def test_a_process_that_was_killed_holds_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.0)
    with held_by_another(tmp_path, 60) as other:
        other.kill()
        other.wait()
        assert put(tmp_path, {"甲.docx": "甲"}).problems == ()


def test_many_runs_at_once_leave_the_papers_of_one(tmp_path):
    """Four processes write five times each, every one its own text into ten files."""
    code = (
        "import sys; from pathlib import Path; from tests.filing.papers import put\n"
        "for turn in range(5):\n"
        "    text = f'{sys.argv[2]}-{turn}'\n"
        "    put(Path(sys.argv[1]), {f'{n}.docx': text for n in range(10)}, run=text)\n"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(number)])
        for number in range(4)
    ]
    assert [run.wait() for run in runs] == [0] * 4
    assert len(set(inside(tmp_path).values())) == 1
    assert set(listed(tmp_path).values()) == set(inside(tmp_path).values())
    assert (untrue(tmp_path), left_over(tmp_path)) == ([], [])

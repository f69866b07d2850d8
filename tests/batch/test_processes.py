"""Classes printed by processes: one that is killed loses nothing, and none outlives its run."""

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from kcbx_docs.batch.asked import BatchAsked
from kcbx_docs.batch.processes import Processes
from kcbx_docs.batch.task import ClassPrint, ClassTask
from kcbx_docs.batch.working import CutOffError, Working, jobs_for, printed
from kcbx_docs.papers.press import silent
from kcbx_docs.problems import Problem, stop

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
CLASSES = [ClassTask(None, f"{n:02}", f"七年级{n}班", ()) for n in range(1, 8)]  # type: ignore[arg-type]


def print_but_die(flag: Path, task: ClassTask) -> ClassPrint:
    """Note that a class is printed, and be killed at the third, once."""
    with (flag / "printed").open("a") as file:
        file.write(f"{task.name}\n")
    if task.name == "七年级3班":
        with suppress(FileExistsError):
            (flag / "killed").touch(exist_ok=False)
            os.kill(os.getpid(), signal.SIGKILL)
    return ClassPrint(task.head, task.name)


@pytest.mark.long
def test_a_killed_process_is_told_and_its_classes_are_printed_again(tmp_path: Path) -> None:
    told: list[Problem] = []
    asked = BatchAsked(executor=partial(Processes, 1))
    working = Working(asked, silent, away=partial(print_but_die, tmp_path), tell=told.append)
    done = [one.name for _, one in printed(CLASSES, 0, working)]
    assert done == [task.name for task in CLASSES]
    assert [one.code for one in told] == ["RUN061"]
    once = (tmp_path / "printed").read_text().split()
    assert once.count("七年级1班") == 1, "what came back is not printed again"


class Dying(Executor):
    """Every process of it dies."""

    def submit(self, fn, /, *args, **kwargs) -> Future[ClassPrint]:
        gone: Future[ClassPrint] = Future()
        gone.set_exception(BrokenExecutor())
        self.submit = self._refuse
        return gone

    def _refuse(self, *_: object) -> Future[ClassPrint]:
        raise BrokenExecutor


def test_a_class_that_always_kills_stops_the_run_and_says_how_to_go_on() -> None:
    with pytest.raises(CutOffError, match="--resume --jobs 1") as stopped:
        list(printed(CLASSES, 0, Working(BatchAsked(executor=Dying), silent)))
    assert "七年级1班" in str(stopped.value)


def test_what_another_process_found_wrong_is_told_here_as_it_was_there() -> None:
    error = pickle.loads(pickle.dumps(stop("RUN071", given="七年级1班")))
    assert error.problems[0].message == "看不懂 --executor「七年级1班」。"


def test_any_executor_prints() -> None:
    def make(task: ClassTask) -> ClassPrint:
        return ClassPrint(task.head, task.name)

    working = Working(BatchAsked(executor=partial(ThreadPoolExecutor, 2)), silent, away=make)
    assert [done.name for _, done in printed(CLASSES, 0, working)] == [t.name for t in CLASSES]


def test_what_is_known_begins_no_process() -> None:
    def never() -> ThreadPoolExecutor:
        raise AssertionError("begun")

    def known(task: ClassTask) -> ClassPrint:
        return ClassPrint(task.head, task.name)

    working = Working(BatchAsked(executor=never), silent, known)
    assert len(list(printed(CLASSES, 0, working))) == len(CLASSES)


def test_a_school_is_printed_by_one_process_and_a_county_by_several(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kcbx_docs.batch.working._processors", lambda: 4)
    assert [jobs_for(BatchAsked(), pupils) for pupils in (1200, 6000)] == [1, 4]
    assert jobs_for(BatchAsked(jobs=2), 60) == 2


def wait_long(file: Path) -> None:
    file.write_text(str(os.getpid()))
    time.sleep(60)


ASKING = """
import sys
from pathlib import Path
from kcbx_docs.batch.processes import Processes
from tests.batch.test_processes import wait_long
if __name__ == "__main__":
    with Processes(1) as executor:
        executor.submit(wait_long, Path(sys.argv[1])).result()
"""


def pid_in(file: Path) -> int:
    return next(int(text) for text in polled(lambda: file.exists() and file.read_text()) if text)


def polled(look) -> Iterator[object]:
    for _ in range(2000):
        yield look()
        time.sleep(0.02)
    raise AssertionError("waited too long")


def alive(pid: int) -> bool:
    with suppress(OSError):
        os.kill(pid, 0)
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    return False


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc")
def test_no_process_outlives_a_run_that_is_killed_or_broken_off(tmp_path: Path) -> None:
    asking = subprocess.Popen([sys.executable, "-c", ASKING, tmp_path / "one"])
    with pytest.raises(KeyboardInterrupt), Processes(1) as executor:
        executor.submit(wait_long, tmp_path / "two")
        ours = pid_in(tmp_path / "two")
        raise KeyboardInterrupt
    theirs = pid_in(tmp_path / "one")
    asking.kill()
    asking.wait()
    for pid in (ours, theirs):
        assert next(gone for gone in polled(lambda pid=pid: not alive(pid)) if gone)

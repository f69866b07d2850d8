"""A run's calls bear the same numbers in the process of the tests and in one of its own, whatever
else goes on in the former.
"""

import gc
import os
import shutil
import threading
from pathlib import Path

import pytest

from tests.killing import killed, left_by

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="这里不能复制进程")

STEPS = ("甲", "乙", "丙", "丁")


def run(root: Path) -> None:
    """Change the disk in every way that is counted."""
    for step in STEPS:
        (root / step).mkdir()
        handle = os.open(root / step / "新", os.O_CREAT | os.O_WRONLY)
        os.ftruncate(handle, 3)
        os.fsync(handle)
        os.close(handle)
        (root / step / "新").rename(root / step / "旧")
        (root / step / "旧").replace(root / step / "定")
    (root / "甲/定").unlink()
    (root / "甲").rmdir()
    shutil.rmtree(root / "乙")  # by the handle of its folder


def files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


class Forgotten:
    """What a test before this one left to be tidied up."""

    def __init__(self, path: Path) -> None:
        self.own, self.path = self, path

    def __del__(self) -> None:
        self.path.unlink()


@pytest.fixture
def quiet(tmp_path):
    """What is left before each call where nothing else goes on."""
    (tmp_path / "quiet").mkdir()
    return [files(copy) for copy in left_by(run, tmp_path / "quiet")]


def test_every_call_is_counted(quiet):
    assert len(quiet) == 6 * len(STEPS) + 2 + 3
    assert quiet[0] == [] and quiet[-1] == ["丁", "丁/定", "丙", "丙/定", "乙"]


def test_a_process_of_its_own_dies_at_the_same_call(quiet, tmp_path):
    for at in (0, 7, len(quiet) - 2):
        root = tmp_path / f"own-{at}"
        root.mkdir()
        killed(run, root, at)
        assert files(root) == quiet[at]


def test_what_another_thread_does_elsewhere_is_not_counted(quiet, tmp_path):
    (tmp_path / "root").mkdir()

    def between(root: Path) -> None:
        """Run while a server of another test is at work."""
        other = threading.Thread(target=run, args=(tmp_path,))
        other.start()
        run(root)
        other.join()

    assert [files(copy) for copy in left_by(between, tmp_path / "root")] == quiet


def test_what_is_tidied_up_meanwhile_is_not_counted(quiet, tmp_path):
    """Even where an earlier run below the same folder left it."""
    (tmp_path / "root").mkdir()
    before = gc.get_threshold()
    for path in (tmp_path / "别处的", tmp_path / "root/这里的"):
        path.touch()
        Forgotten(path)

    def often(root: Path) -> None:
        gc.set_threshold(1, 1, 1)
        try:
            run(root)
        finally:
            gc.set_threshold(*before)

    left = [files(copy) for copy in left_by(often, tmp_path / "root")]
    assert [[name for name in one if name != "这里的"] for one in left] == quiet
    gc.collect(0)  # what a test made a moment ago is young
    assert not (tmp_path / "别处的").exists()

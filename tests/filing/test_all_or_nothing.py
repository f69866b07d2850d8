"""One file that cannot be replaced, as one that is open in Word on Windows,
and everything stays as it was.
"""

import errno
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kcbx_docs.moves import Staging
from kcbx_docs.problems import UserError
from kcbx_docs.writing import write_whole
from tests.cli.office import tree
from tests.filing.papers import CASE, left_over, put

OLD = {"甲.docx": "甲1", "乙.docx": "乙1", "丙.docx": "丙1", "丁.docx": "丁1"}
NEW = {"甲.docx": "甲2", "乙.docx": "乙2", "丙.docx": "丙2", "戊.docx": "戊2"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(tmp_path / "output", OLD)
    (tmp_path / "output" / CASE / "丙.docx").write_text("人改过", "utf-8")
    return tmp_path / "output"


def everything(root: Path) -> dict[str, tuple[bytes, int]]:
    return {
        name: (data, (root / name).stat().st_mtime_ns)
        for name, data in tree(root).items()
        if name != ".kcbx-lock"
    }


def refused(root: Path, files: dict[str, str], extent: str = "整套") -> str:
    """Return what is said when papers cannot be put away; nothing may have changed."""
    before = everything(root)
    with pytest.raises(UserError) as stopped:
        put(root, files, extent, run="二")
    assert everything(root) == before
    assert left_over(root) == []
    assert not list(root.glob("*/旧文书")) and not list(root.glob("*/人工修改"))
    (one,) = stopped.value.problems
    assert one.code == "PAPR007"
    assert ".kcbx-" not in str(one), "the user knows no staging folder"
    return one.message


def open_in_word(monkeypatch: pytest.MonkeyPatch, file: Path, *calls: str) -> None:
    """Let the system refuse to rename a file, or to put one in its place,
    as Windows does while it is open.
    """

    def guarded(call: Callable[..., None]) -> Callable[..., None]:
        def run(source: object, target: object, **options: object) -> None:
            if file in (Path(str(source)), Path(str(target))):
                raise PermissionError(errno.EACCES, "WinError 32", str(source), 32, str(target))
            call(source, target, **options)

        return run

    for call in calls:
        monkeypatch.setattr(os, call, guarded(getattr(os, call)))


MOVED_AWAY = ("甲.docx", "乙.docx", "丙.docx", "丁.docx", "manifest.json")
PUT_IN = ("甲.docx", "乙.docx", "丙.docx", "戊.docx", "manifest.json")
REFUSALS = [
    *((name, ("rename", "replace")) for name in {*MOVED_AWAY, *PUT_IN}),
    *((name, ("rename",)) for name in MOVED_AWAY),
    *((name, ("replace",)) for name in PUT_IN),
]


@pytest.mark.parametrize(("name", "calls"), sorted(REFUSALS))
def test_an_open_file_stops_the_whole_run_and_is_named(root, monkeypatch, name, calls):
    file = root / CASE / name
    open_in_word(monkeypatch, file, *calls)
    assert refused(root, NEW) == (f"无法写入「{file}」：没有权限，或者它正在别的程序里打开着。")


def test_once_it_is_closed_the_same_run_goes_through(root, monkeypatch):
    with monkeypatch.context() as patch:
        open_in_word(patch, root / CASE / "乙.docx", "rename", "replace")
        refused(root, NEW)
    put(root, NEW, run="二")
    assert (root / CASE / "乙.docx").read_text("utf-8") == "乙2"


def test_an_open_file_that_is_not_to_be_changed_disturbs_nobody(root, monkeypatch):
    open_in_word(monkeypatch, root / CASE / "乙.docx", "rename", "replace")
    put(root, {"乙.docx": "乙1", "甲.docx": "甲2"}, "一些文书")
    assert (root / CASE / "甲.docx").read_text("utf-8") == "甲2"


@pytest.mark.skipif(not shutil.which("chattr"), reason="没有 chattr")
def test_a_file_that_even_root_may_not_change(root):
    file = root / CASE / "乙.docx"
    if subprocess.run(["chattr", "+i", file], capture_output=True).returncode:
        pytest.skip("这里不能锁住文件")
    try:
        assert f"「{file}」" in refused(root, NEW)
    finally:
        subprocess.run(["chattr", "-i", file], check=True)


def test_a_full_disk_changes_nothing(root, monkeypatch):
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    written = iter(range(100))
    own = os.fdopen

    def opened(handle: int, *args: object) -> object:
        if next(written) == 2:
            os.close(handle)
            full(handle)
        return own(handle, *args)

    monkeypatch.setattr(os, "fdopen", opened)
    assert refused(root, NEW) == f"无法写入「{root / CASE}」：磁盘已满。"


def test_a_file_in_the_place_of_the_output_folder(tmp_path):
    (tmp_path / "output").write_text("", "utf-8")
    with pytest.raises(UserError, match="同名的文件或文件夹占着位置"):
        put(tmp_path / "output", NEW)
    assert (tmp_path / "output").read_bytes() == b""


def test_a_first_run_that_fails_leaves_no_folder(tmp_path, monkeypatch):
    root = tmp_path / "output"
    open_in_word(monkeypatch, root / CASE / "乙.docx", "replace")
    assert "乙.docx" in refused(root, NEW)
    assert not (root / CASE).exists()


def test_what_is_saved_in_word_at_the_last_moment_is_not_lost(root, monkeypatch):
    """Between the look at a file and its replacement somebody saves it."""
    file, put_in = root / CASE / "乙.docx", Staging.put

    def saved_meanwhile(self: Staging, target: Path, data: bytes) -> None:
        file.write_text("刚刚保存", "utf-8")
        put_in(self, target, data)

    with monkeypatch.context() as patch:
        patch.setattr(Staging, "put", saved_meanwhile)
        with pytest.raises(UserError, match="它正在别的程序里打开着") as stopped:
            put(root, NEW)
    assert str(file) in str(stopped.value)
    assert file.read_text("utf-8") == "刚刚保存"
    assert (root / CASE / "甲.docx").read_text("utf-8") == "甲1"
    put(root, NEW)
    assert "刚刚保存" in [path.read_text("utf-8") for path in (root / CASE / "人工修改").iterdir()]


def test_a_run_that_is_stopped_by_the_user_leaves_all_as_it_was(root, monkeypatch):
    replace, calls = os.replace, []

    def stopped(source: object, target: object) -> None:
        calls.append(target)
        if len(calls) == 3:
            raise KeyboardInterrupt
        replace(source, target)

    before = everything(root)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", stopped)
        with pytest.raises(KeyboardInterrupt):
            put(root, NEW)
    assert (everything(root), left_over(root)) == (before, [])


def test_a_file_that_is_stopped_by_the_user_leaves_no_staged_one(tmp_path, monkeypatch):
    def stopped(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "期限.ics", b"x")
    assert list(tmp_path.iterdir()) == []

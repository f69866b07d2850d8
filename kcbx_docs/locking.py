"""One run at a time writes into a folder; the lock dies with the process that holds it."""

import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kcbx_docs.problems import Place, stop
from kcbx_docs.writing import PRIVATE, STAGED, reason_of

LOCK = f"{STAGED}lock"
OUTPUT = "output"
"""The folder of a workspace's papers; whoever writes in the workspace holds its lock."""
PATIENCE = 20.0
"""Seconds after which a waiting run gives up; papers are put away in less than one."""

_PAUSE = 0.1
_FAR = 1 << 30
"""Windows lets nobody read a locked byte: lock one that no text reaches."""


@contextmanager
def only_writer(
    root: Path,
    folder: str,
    progress: Callable[[str], object] = len,
    patience: float | None = None,
) -> Iterator[None]:
    """Wait until no other run writes below ``root``, and keep others out; refuse after a while."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(root / LOCK, flags, PRIVATE)
    except OSError as error:
        raise stop("PAPR007", Place(), path=root, reason=reason_of(error)) from error
    try:
        _wait(handle, root, progress, PATIENCE if patience is None else patience)
        _note(handle, f"进程 {os.getpid()}，电脑 {platform.node()}，正在写「{folder}」")
        try:
            yield
        finally:
            _note(handle, "")
    finally:
        os.close(handle)  # and with it goes the lock


def _wait(handle: int, root: Path, progress: Callable[[str], object], patience: float) -> None:
    if _lock(handle):
        return
    progress("另一次运行正在写文书，等它写完")
    until = time.monotonic() + patience
    while not _lock(handle):
        if time.monotonic() > until:
            raise stop("PAPR018", Place(), path=root, holder=_holder(handle))
        time.sleep(_PAUSE)


def _lock(handle: int) -> bool:
    """Take the lock unless another process has it."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _note(handle: int, text: str) -> None:
    """Write down who holds the lock, for the others to read; only the lock itself counts."""
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, text.encode())


def _holder(handle: int) -> str:
    with suppress(OSError):
        os.lseek(handle, 0, os.SEEK_SET)
        return os.read(handle, 1000).decode("utf-8", "replace") or "不知道是哪一个"
    return "不知道是哪一个"

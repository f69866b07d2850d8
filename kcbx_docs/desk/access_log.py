"""Who looked at what on a county's server: one line each, only ever added, without the name of a
child.
"""

import csv
import errno
import io
import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock

from kcbx_docs import clock
from kcbx_docs.office.files import SERVER
from kcbx_docs.problems import Place, stop
from kcbx_docs.writing import PRIVATE, reason_of

HEADS = ("时间", "登录名", "姓名", "角色", "单位", "来自", "做什么", "页", "案件", "结果")


class AccessLog:
    """The log of a workspace, a file for each month."""

    def __init__(self, root: Path, now: Callable[[], datetime] = clock.now) -> None:
        self._folder, self._now, self._lock = root / SERVER, now, Lock()

    def add(self, told: Sequence[str]) -> None:
        """Add a line before anything is shown; raise where it cannot be kept."""
        now = self._now()
        path = self._folder / f"访问记录-{now:%Y-%m}.csv"
        line = _line((f"{now:%Y-%m-%d %H:%M:%S}", *told))
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        try:
            with self._lock:
                handle = os.open(path, flags, PRIVATE)
                try:
                    _whole(handle, line)
                finally:
                    os.close(handle)
        except OSError as error:
            raise stop("DESK048", Place(), reason=reason_of(error)) from error


def _whole(handle: int, line: bytes) -> None:
    """Add a line, or nothing: a disk that fills takes the beginning of one without a word."""
    size = os.fstat(handle).st_size
    if not size:
        line = _line(HEADS) + line
    else:
        os.lseek(handle, size - 1, os.SEEK_SET)
        line = line if os.read(handle, 1) == b"\n" else b"\n" + line
    if os.write(handle, line) != len(line):
        os.ftruncate(handle, size)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _line(cells: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(map(_harmless, cells))
    return text.getvalue().encode()


def _harmless(cell: str) -> str:
    """Keep a table from taking a cell for a formula, or for two lines."""
    flat = " ".join(cell.split())
    return f"'{flat}" if flat[:1] in ("=", "+", "-", "@") else flat

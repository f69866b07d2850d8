"""Whose turn it is to write: first come, first served.

SQLite has who waits try again after a pause, and whoever comes just then is faster. So each writer
draws a ticket and locks it; his turn is when nobody who drew before him has his locked any more.
The system lets go of the lock of a process that dies. Only the order is kept here: that one writes
at a time is SQLite's matter, and where the queue fails, the work goes on without it.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kcbx_docs.writing import PRIVATE, STAGED

QUEUE = f"{STAGED}queue"

PATIENCE = 20.0
"""Seconds for which a queue that does not move is believed; a turn takes milliseconds."""

_PAUSE, _TURN, _LONGEST = 0.002, 0.005, 0.25
"""Seconds between two looks of the next in turn; more for each turn before his, to a limit: who
looks takes the machine from who writes.
"""

_GATE = 1 << 30
"""The byte that is locked while a ticket is drawn, those of the tickets after it: Windows lets
nobody read a locked byte, and knows none beyond two thousand millions.
"""

_DIGITS = 9
_LAST: int = 10**_DIGITS - 1
_DRAWN, _DONE = 0, _DIGITS + 1
"""Where the file says which ticket was drawn last, and which had its turn last."""

_MOST = 10_000
"""Tickets before one's own that may still be waiting."""


@contextmanager
def turn(file: Path | None, patience: float = PATIENCE) -> Iterator[None]:
    """Wait until all who came before have written; nobody who comes later goes first."""
    handle = _opened(file) if file else None
    if handle is None:
        yield
        return
    try:
        ticket = _waited(handle, patience)
        yield
        with suppress(OSError):
            if ticket:  # who has none had no turn, and takes back nobody's
                _write(handle, _DONE, ticket)
    finally:
        os.close(handle)  # and with it goes the lock


def _opened(file: Path) -> int | None:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with suppress(OSError):
        return os.open(file, flags, PRIVATE)
    return None


def _waited(handle: int, patience: float) -> int:
    """Draw a ticket and wait for one's turn; return it, or 0 where there is no queue."""
    ticket = 0
    with suppress(OSError):
        ticket = _draw(handle, patience)
        if ticket:
            _wait(handle, ticket, patience)
    return ticket


def _draw(handle: int, patience: float) -> int:
    until = time.monotonic() + patience
    while not _lock(handle, _GATE):
        if time.monotonic() > until:
            return 0
        time.sleep(_PAUSE)
    try:
        ticket = max(_read(handle, _DRAWN), _read(handle, _DONE)) % _LAST + 1
        if not _lock(handle, _GATE + ticket):
            return 0
        _write(handle, _DRAWN, ticket)
        return ticket
    finally:
        _unlock(handle, _GATE)


def _wait(handle: int, ticket: int, patience: float) -> None:
    seen, until = 0, 0.0
    while first := _first_before(handle, ticket):
        if first != seen:
            seen, until = first, time.monotonic() + patience
        if time.monotonic() > until:
            return
        time.sleep(min(_PAUSE + _TURN * (ticket - first - 1), _LONGEST))


def _first_before(handle: int, ticket: int) -> int:
    """Return the first ticket before one's own that somebody alive still holds, or 0."""
    done = _read(handle, _DONE)
    for other in range(max(done + 1, ticket - _MOST), ticket):
        if not _lock(handle, _GATE + other, shared=True):
            return other
        _unlock(handle, _GATE + other)
    return 0


def _read(handle: int, at: int) -> int:
    os.lseek(handle, at, os.SEEK_SET)
    text = os.read(handle, _DIGITS)
    return int(text) if text.isdigit() else 0


def _write(handle: int, at: int, ticket: int) -> None:
    os.lseek(handle, at, os.SEEK_SET)
    os.write(handle, b"%0*d" % (_DIGITS, ticket))


def _lock(handle: int, byte: int, *, shared: bool = False) -> bool:
    """Lock one byte unless another process has it locked; many may look at once where they can."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, byte, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.lockf(handle, kind | fcntl.LOCK_NB, 1, byte)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _unlock(handle: int, byte: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, byte, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
        return
    import fcntl

    fcntl.lockf(handle, fcntl.LOCK_UN, 1, byte)

"""Writers have their turns in the order in which they came, whatever becomes of one of them."""

import os
import signal
import sys
import time
from types import SimpleNamespace

import pytest

from kcbx_docs.ledger import turns
from kcbx_docs.ledger.turns import QUEUE, turn
from tests.issuing.forked import fork, killed, worked
from tests.ledger.world import CLERK, new_book, paper

fcntl = pytest.importorskip("fcntl", reason="Windows is played where there is fork")


def windows_locking(handle: int, mode: int, count: int) -> None:
    """Lock as Windows does: from where the file stands, exclusively, never waiting."""
    kind = fcntl.LOCK_UN if mode else fcntl.LOCK_EX | fcntl.LOCK_NB
    fcntl.lockf(handle, kind, count, os.lseek(handle, 0, os.SEEK_CUR))


@pytest.fixture(params=["here", "windows"])
def system(request, monkeypatch):
    if request.param == "windows":
        fake = SimpleNamespace(locking=windows_locking, LK_NBLCK=0, LK_UNLCK=1)
        monkeypatch.setitem(sys.modules, "msvcrt", fake)
        monkeypatch.setattr(turns, "sys", SimpleNamespace(platform="win32"))


def drawn(file) -> int:
    text = file.read_bytes()[:9] if file.exists() else b""
    return int(text or 0)


def come(file, told: int, name: bytes) -> int:
    """Have somebody come who says his name when it is his turn; return when he is in the queue."""

    def say() -> None:
        with turn(file):
            os.write(told, name)

    before, child = drawn(file), fork(say)
    while drawn(file) == before:
        time.sleep(0.001)
    return child


@pytest.mark.usefixtures("system")
def test_who_came_first_writes_first_and_a_dead_one_keeps_nobody_waiting(tmp_path):
    file = tmp_path / QUEUE
    reader, told = os.pipe()
    waiting, go_on = os.pipe()

    def hold() -> None:
        with turn(file):
            os.write(told, b"0")
            os.read(waiting, 1)

    first = fork(hold)
    assert os.read(reader, 1) == b"0"
    others = [come(file, told, name) for name in (b"1", b"2", b"3", b"4")]
    os.kill(others[1], signal.SIGKILL)
    assert killed(others[1])
    os.write(go_on, b"!")
    assert worked(first)
    assert all(worked(child) for place, child in enumerate(others) if place != 1)
    os.close(told)
    assert os.read(reader, 9) == b"134"
    os.close(reader)


def test_who_sleeps_in_the_queue_stops_the_others_only_for_a_while(tmp_path):
    file = tmp_path / QUEUE
    reader, told = os.pipe()

    def sleep() -> None:
        with turn(file):
            os.write(told, b"!")
            time.sleep(60)

    sleeper = fork(sleep)
    os.read(reader, 1)
    began = time.monotonic()
    with turn(file, patience=0.05):
        assert 0.05 <= time.monotonic() - began < 5
    os.kill(sleeper, signal.SIGKILL)
    assert killed(sleeper)


@pytest.mark.parametrize("text", [b"", b"x", b"9" * 40, b"000000007"])
def test_whatever_stands_in_the_file_the_work_goes_on(tmp_path, text):
    (tmp_path / QUEUE).write_bytes(text)
    had_theirs = []
    for name in "甲乙":
        with turn(tmp_path / QUEUE, patience=0):
            had_theirs.append(name)
    assert had_theirs == ["甲", "乙"]


def test_without_a_queue_sqlite_alone_decides(tmp_path):
    book = new_book(tmp_path)
    (book.folder / QUEUE).unlink()
    (book.folder / QUEUE).mkdir()
    with book.writing(CLERK) as pen:
        assert pen.append(paper(1)).seq == 2


def test_what_goes_wrong_in_a_turn_is_told_and_the_next_has_his(tmp_path):
    for _ in range(2):
        with pytest.raises(OSError, match="disk"), turn(tmp_path / QUEUE):
            raise OSError("disk")
    assert (tmp_path / QUEUE).stat().st_mode & 0o77 == 0


def test_who_drew_no_ticket_takes_back_nobodys_turn(tmp_path):
    file = tmp_path / QUEUE
    with turn(file):
        pass
    before, (reader, told) = file.read_bytes(), os.pipe()

    def hold() -> None:
        turns._lock(turns._opened(file), turns._GATE)
        os.write(told, b"held")
        time.sleep(60)

    child = fork(hold)
    os.read(reader, 4)
    with turn(file, patience=0.01):
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert file.read_bytes() == before

"""A run in a process of its own that dies before one of its calls that change the disk, or that
meets a full disk; and what is there afterwards.
"""

import errno
import os
import shutil
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from kcbx_docs.locking import LOCK
from tests.cli.office import tree

CALLS = ("replace", "rename", "unlink", "rmdir", "mkdir", "open", "fsync", "ftruncate")
Run = Callable[[Path], object]


@contextmanager
def counted(before_call: Callable[[int], None]) -> Iterator[None]:
    """Call a function before every call that changes the disk, with its number; what that function
    does itself does not count.
    """
    numbers, own = iter(range(10_000)), {name: getattr(os, name) for name in CALLS}

    def put_in(calls: Mapping[str, Callable[..., object]]) -> None:
        for name, call in calls.items():
            setattr(os, name, call)

    def wrapped(call: Callable[..., object]) -> Callable[..., object]:
        def run(*args: object, **options: object) -> object:
            put_in(own)
            before_call(next(numbers))
            put_in(watched)
            return call(*args, **options)

        return run

    watched = {name: wrapped(call) for name, call in own.items()}
    put_in(watched)
    try:
        yield
    finally:
        put_in(own)


def killed(run: Run, root: Path, at: int) -> None:
    """Run in a process of its own that dies, without any tidying up, before one of its calls."""
    child = os.fork()
    if not child:
        with counted(lambda number: os._exit(9) if number == at else None):
            run(root)
        os._exit(0)
    os.waitpid(child, 0)


def left_by(run: Run, root: Path, wanted: Container[int] = range(10_000)) -> list[Path]:
    """Run, and copy what lies on the disk before the wanted ones of its calls: what a run leaves
    that is killed there. One run tells of all its calls, and no process of this size is copied.
    """
    copies: list[Path] = []

    def copied(number: int) -> None:
        if number in wanted:
            copies.append(shutil.copytree(root, root.with_name(f"{root.name}-{number}")))

    with counted(copied):
        run(root)
    return copies


def full_at(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let the disk be full when a file of this name is put in its place."""
    own = os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(target).name == name:
            raise OSError(errno.ENOSPC, "full", str(target))
        own(source, target)

    monkeypatch.setattr(os, "replace", replace)


def files_in(root: Path) -> dict[str, bytes]:
    """Return what is there, but for locks, whose text is of no account."""
    return {name: data for name, data in tree(root).items() if not name.endswith(LOCK)}

"""A run in a process of its own that dies before one of its calls that change the disk, or that
meets a full disk; and what is there afterwards.
"""

import errno
import gc
import os
import shutil
import threading
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kcbx_docs.locking import LOCK
from tests.cli.office import tree

CALLS = ("replace", "rename", "unlink", "rmdir", "mkdir", "open", "fsync", "ftruncate")
MOVING = ("replace", "rename")
Run = Callable[[Path], object]


@contextmanager
def counted(root: Path, before_call: Callable[[int], None]) -> Iterator[None]:
    """Call a function before every call that changes the disk below a folder, with its number; what
    that function does itself does not count, nor what servers of other tests do meanwhile, nor what
    is tidied up after them: a process of its own would not do it, and the numbers would differ.
    """
    numbers, asked = iter(range(10_000)), threading.local()
    own = {name: getattr(os, name) for name in CALLS}

    def wrapped(name: str, call: Callable[..., object]) -> Callable[..., object]:
        def run(*args: object, **options: object) -> object:
            if not hasattr(asked, "already") and concerns(root, name, args, options):
                asked.already = True
                before_call(next(numbers))
                del asked.already
            return call(*args, **options)

        return run

    tidied = gc.isenabled()
    gc.disable()
    try:
        for name, call in own.items():
            setattr(os, name, wrapped(name, call))
        yield
    finally:
        for name, call in own.items():
            setattr(os, name, call)
        if tidied:
            gc.enable()


def concerns(root: Path, name: str, args: Sequence[object], options: Mapping[str, object]) -> bool:
    """Tell whether a call may concern something below a folder: what is not known may."""
    base = os.path.realpath(root)
    places = [place_of(one, options) for one in args[: 2 if name in MOVING else 1]]
    return not places or any(
        place is None or place == base or place.startswith(base + os.sep) for place in places
    )


def place_of(named: Any, options: Mapping[str, Any]) -> str | None:
    """Say where a path or an open file lies, if the system tells."""
    opened = Path("/proc/self/fd")
    try:
        if isinstance(named, int):
            return str((opened / str(named)).readlink())
        handles = (options.get(key) for key in ("dir_fd", "src_dir_fd", "dst_dir_fd"))
        folders = [(opened / str(one)).readlink() for one in handles if one is not None]
        path = Path(*folders, os.fsdecode(named))
        return str(path.parent.resolve() / path.name)
    except OSError:
        return None


def killed(run: Run, root: Path, at: int) -> None:
    """Run in a process of its own that dies, without any tidying up, before one of its calls."""
    child = os.fork()
    if not child:
        with counted(root, lambda number: os._exit(9) if number == at else None):
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

    with counted(root, copied):
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

"""Write a file whole or not at all: the only way in which this program writes to a disk."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from kcbx_docs.problems import Place, stop

PRIVATE = 0o600
STAGED = ".kcbx-"
"""How files and folders that are being written are called until they are whole."""


def write_over(path: Path, data: bytes, mode: int = PRIVATE) -> None:
    """Put a file in the place of an older one; raise what the user can mend."""
    try:
        write_whole(path, data, mode)
    except OSError as error:
        raise stop("PAPR007", Place(), path=path, reason=error.strerror) from error


def write_whole(path: Path, data: bytes, mode: int = PRIVATE) -> None:
    """Put a file in the place of an older one; whoever reads meanwhile sees the one or the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=STAGED, dir=path.parent)
    staged = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            _keep(stream.fileno())
        staged.chmod(mode)
        staged.replace(path)
    except OSError:
        with suppress(OSError):
            staged.unlink()
        raise
    keep_names(path.parent)


def write_new(path: Path, data: bytes, mode: int = PRIVATE) -> None:
    """Write a file that is not there yet, in a folder that nobody else knows."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        _keep(stream.fileno())


_BINARY = getattr(os, "O_BINARY", 0)


def _keep(handle: int) -> None:
    """Have the bytes on the disk before the file gets its name: a power cut leaves no empty file."""
    with suppress(OSError):  # some network drives cannot
        os.fsync(handle)


def keep_names(folder: Path) -> None:
    """Have new names of a folder on the disk; Windows does that by itself."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""The files of the ledger by their hash: on the disk, whole, before an event speaks of them."""

import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from kcbx_docs.ledger.database import Connection
from kcbx_docs.ledger.model import Attached
from kcbx_docs.problems import Place, stop
from kcbx_docs.writing import PRIVATE, STAGED, reason_of, to_disk

_PREFIX = "sha256:"
_TRIES, _PAUSE = 10, 0.25
"""Windows lets nobody rename a file that a virus scanner reads: try again for 2.5 seconds."""


def name_of(data: bytes) -> str:
    """Name bytes by their hash."""
    return _PREFIX + hashlib.sha256(data).hexdigest()


class Blobs(Protocol):
    """Where the bytes of files are kept."""

    def keep(self, data: bytes, conn: Connection | None = None) -> str:
        """Keep bytes; return their name when they are on the disk, or will be together with what
        a writer records by his own connection.
        """
        ...

    def read(self, sha256: str) -> bytes | None:
        """Return what is kept under a name, whatever it is by now."""
        ...

    def size(self, sha256: str, conn: Connection | None = None) -> int | None:
        """Tell how long it is; by a writer's own connection, where he has one."""
        ...

    def sizes(self) -> dict[str, int]:
        """List all that is kept, and how long it is."""
        ...

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Read all that is kept, one after another."""
        ...

    def remove(self, sha256: str) -> None:
        """Destroy bytes for good."""
        ...


def keep_file(
    blobs: Blobs, data: bytes, role: str, name: str, conn: Connection | None = None
) -> Attached:
    """Keep the bytes of a file, to be attached to an event; a file of no bytes is none."""
    if not data:
        raise stop("LEDG016", Place(), name=name)
    return Attached(role, name, blobs.keep(data, conn), len(data))


class FileBlobs:
    """Bytes as files ``ab/cdef…`` below a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, data: bytes, conn: Connection | None = None) -> str:
        """Keep bytes: in a file of another name, on the disk, renamed, and the name on the disk."""
        name = name_of(data)
        path = self._path(name)
        if self.read(name) == data and _as_new(path):
            return name
        try:
            make_folder(path.parent)
            _put(path, data)
        except OSError as error:
            raise stop("LEDG005", Place(), detail=reason_of(error)) from error
        return name

    def read(self, sha256: str) -> bytes | None:
        """Return what is kept under a name, whatever it is by now."""
        try:
            return self._path(sha256).read_bytes()
        except OSError:
            return None

    def size(self, sha256: str, conn: Connection | None = None) -> int | None:
        """Tell how long it is; by a writer's own connection, where he has one."""
        try:
            return self._path(sha256).stat().st_size
        except OSError:
            return None

    def sizes(self) -> dict[str, int]:
        """List all that is kept, and how long it is."""
        paths = (path for path in self.folder.glob("??/*") if not path.name.startswith(STAGED))
        return {self.name_at(path): path.stat().st_size for path in paths}

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Read all that is kept, one after another."""
        for name in self.sizes():
            yield name, self.read(name) or b""

    def remove(self, sha256: str) -> None:
        """Destroy bytes for good."""
        path = self._path(sha256)
        again_and_again(lambda: path.unlink(missing_ok=True))
        sync_folder(path.parent)

    def name_at(self, path: Path) -> str:
        """Return the name of what a file keeps; nothing of one that died while it was written."""
        return "" if path.name.startswith(STAGED) else _PREFIX + path.parent.name + path.name

    def _path(self, sha256: str) -> Path:
        digest = sha256.removeprefix(_PREFIX)
        return self.folder / digest[:2] / digest[2:]


def _as_new(path: Path) -> bool:
    """Give a file the time of now, if it is there: who sweeps must see that it is wanted."""
    with suppress(OSError):
        os.utime(path)
        return True
    return path.exists()


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, that nobody else may look into; on the disk."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def _put(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=STAGED, dir=path.parent)
    staged = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            to_disk(stream.fileno())
        staged.chmod(PRIVATE)
        again_and_again(lambda: staged.replace(path))
    except BaseException:
        with suppress(OSError):
            staged.unlink()
        raise
    sync_folder(path.parent)


def again_and_again(act: Callable[[], object]) -> None:
    """Rename or remove, once more where another program holds the file for a moment."""
    for left in reversed(range(_TRIES)):
        try:
            act()
            return
        except PermissionError:
            if os.name != "nt" or not left:
                raise
            time.sleep(_PAUSE)


def sync_folder(folder: Path) -> None:
    """Have the names of a folder on the disk; Windows does that by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        to_disk(handle)
    finally:
        os.close(handle)

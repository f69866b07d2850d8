"""Where files wait that came in by a form: for the user alone, under names that say nothing, and
never longer than the desk is open.
"""

import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import field
from pathlib import Path
from threading import Lock
from typing import Protocol

from kcbx_docs.desk.uploads import Upload, UploadKind, name_on_disk, plain_name
from kcbx_docs.light import dataclass
from kcbx_docs.locking import OUTPUT, only_writer
from kcbx_docs.problems import Place, Problem, UserError, raise_errors, stop
from kcbx_docs.writing import PRIVATE, reason_of, write_new

FOLDER = ".desk-"
"""How the folder begins: it is hidden, and lies where a workspace keeps what is shown to nobody."""
_HOURS = 4
_MOST = 100
"""Files of one form, and of one user that wait at once; his oldest go first."""
_TOKEN_BYTES = 16


class CameIn(Protocol):
    """A file of a form."""

    filename: str | None

    def read(self) -> bytes:
        """Return what it holds."""


@dataclass(frozen=True)
class WaitingFile:
    """A file that waits: since when, and for whom."""

    since: float
    upload: Upload
    login: str


@dataclass
class WaitingRoom:
    """The files of one open desk."""

    _lock: Lock = field(default_factory=Lock)
    _kept: dict[str, WaitingFile] = field(default_factory=dict)
    _open: ExitStack = field(default_factory=ExitStack)
    _folder: Path | None = None

    def take(
        self, root: Path, files: Sequence[CameIn], kind: UploadKind, login: str = ""
    ) -> tuple[Upload, ...]:
        """Take files in for somebody; raise with everything that speaks against one of them, and
        keep none.
        """
        if len(files) > _MOST:
            raise stop("DESK013", Place(), count=len(files), most=_MOST)
        taken: list[Upload] = []
        found: list[Problem] = []
        try:
            for one in files:
                upload = self._put(root, one, login)
                taken.append(upload)
                found += kind.faults(upload)
            raise_errors(found)
        except OSError as error:
            self.drop(taken)
            raise stop("DESK010", Place(), reason=reason_of(error)) from error
        except UserError:
            self.drop(taken)
            raise
        return tuple(taken)

    def kept(self, tokens: Sequence[str], login: str = "") -> tuple[Upload, ...]:
        """Return the files that came in for somebody before; raise where one is gone."""
        with self._lock:
            found = [self._kept.get(one) for one in dict.fromkeys(tokens)]
        own = tuple(one.upload for one in found if one and one.login == login)
        if len(own) < len(found):
            raise stop("DESK011", Place())
        return own

    def drop(self, uploads: Sequence[Upload]) -> None:
        """Remove files that are used or not wanted any more."""
        for one in uploads:
            with self._lock:
                self._kept.pop(one.token, None)
            with suppress(OSError):
                one.path.unlink()

    def close(self) -> None:
        """Remove every file, and the folder."""
        with self._lock:
            self._kept.clear()
            folder, self._folder = self._folder, None
            self._open.close()
        if folder:
            shutil.rmtree(folder, ignore_errors=True)

    def _put(self, root: Path, given: CameIn, login: str) -> Upload:
        name, token = plain_name(given.filename or ""), secrets.token_urlsafe(_TOKEN_BYTES)
        path = self._home(root) / name_on_disk(token, name)
        write_new(path, given.read(), PRIVATE)
        upload = Upload(token, name, path)
        with self._lock:
            self._kept[token] = WaitingFile(time.monotonic(), upload, login)
            old = [*self._old(login)]
        self.drop(old)
        return upload

    def _old(self, login: str) -> Iterator[Upload]:
        """Yield what waits too long, and the first of somebody who has too many."""
        oldest = time.monotonic() - _HOURS * 3600
        own = [one for one in self._kept.values() if one.login == login]
        spare = own[: max(len(own) - _MOST, 0)]
        for one in self._kept.values():
            if one.since < oldest or one in spare:
                yield one.upload

    def _home(self, root: Path) -> Path:
        """Make the folder with the first file, and clear away those of desks that were killed."""
        with self._lock:
            if self._folder is None:
                output = root / OUTPUT
                output.mkdir(mode=0o700, exist_ok=True)
                sweep(root)
                folder = Path(tempfile.mkdtemp(prefix=FOLDER, dir=output))
                self._open.enter_context(only_writer(folder, folder.name, patience=0))
                self._folder = folder
            return self._folder


def sweep(root: Path) -> None:
    """Remove what desks left behind that were killed; a desk that is open holds its folder."""
    for folder in (root / OUTPUT).glob(f"{FOLDER}*"):
        if not folder.is_dir() or folder.is_symlink():
            continue
        try:
            with only_writer(folder, folder.name, patience=0):
                pass
        except UserError:
            continue
        shutil.rmtree(folder, ignore_errors=True)

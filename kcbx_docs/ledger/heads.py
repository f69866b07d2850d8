"""Where the chain ended after each event, kept apart from the chain: in a second file beside it,
and in a note of this user's machine.

Who puts a whole workspace of last month back has an old ledger with an old second file; both agree,
and its numbers would be given a second time. The note lies elsewhere and does not agree.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from kcbx_docs.ledger.blobs import make_folder
from kcbx_docs.ledger.model import Head
from kcbx_docs.writing import PRIVATE, user_data_folder, write_whole

_TAIL = 1000


class Heads:
    """A file with one head a line, the newest last; it never stops anybody's work."""

    def __init__(self, path: Path | None) -> None:
        self.path = path

    def add(self, head: Head) -> None:
        """Write down where the chain ends now."""
        if self.path is None:
            return
        with suppress(OSError):
            make_folder(self.path.parent)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            handle = os.open(self.path, flags, PRIVATE)
            try:
                os.write(handle, f"{head}\n".encode())
            finally:
                os.close(handle)
        with suppress(OSError, RuntimeError):  # a user of the system has no home
            make_folder(_memory())
            write_whole(_memory() / f"{head.ledger}.txt", f"{head}\n".encode())

    def remembered(self, ledger: str) -> Head | None:
        """Return where a ledger ended when this user of this machine last wrote in it."""
        if self.path is None:
            return None
        with suppress(OSError, RuntimeError):
            return read_head((_memory() / f"{ledger}.txt").read_text("utf-8", "replace"))
        return None

    def read(self) -> Iterator[Head]:
        """Read the heads that were written down; a line that is none is passed over."""
        if self.path is None:
            return
        with suppress(OSError):
            for line in self.path.read_text("utf-8", "replace").splitlines():
                if head := read_head(line):
                    yield head

    def last(self) -> Head | None:
        """Return the newest head without reading all."""
        if self.path is None:
            return None
        with suppress(OSError), self.path.open("rb") as stream:
            stream.seek(max(0, self.path.stat().st_size - _TAIL))
            lines = stream.read().decode("utf-8", "replace").splitlines()
            return next(filter(None, map(read_head, reversed(lines))), None)
        return None


def _memory() -> Path:
    chosen = os.environ.get("KCBX_LEDGERS")
    return Path(chosen) if chosen else user_data_folder() / "ledgers"


def read_head(line: str) -> Head | None:
    """Read a head as it is printed: ledger, count, hash, day."""
    words = line.split()
    with suppress(ValueError):
        ledger, count, digest, day = words
        return Head(ledger, int(count), digest, date.fromisoformat(day))
    return None

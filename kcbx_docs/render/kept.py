"""What was made once and may serve the next run, in the user's cache folder.

An entry is found by all that it depends on, and nothing else opens it: its name, and the key that
its bytes are sealed with, are hashes of that. Whoever does not hold the words of a paper reads
nothing of them there. A broken entry, or one that somebody else could have written, is none.
"""

import hashlib
import json
import os
import stat
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

from kcbx_docs.render.fontfiles import user_cache_folder, write_cache

MOST, LARGEST = 64_000_000, 4_000_000  # bytes: of all entries, of one
_sizes: dict[Path, int] = {}
"""How much lies in a folder, as far as this process knows: all entries are looked at once."""
_DIGEST = 32  # bytes


class Kept:
    """Entries in a folder; the oldest go where there are too many."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or user_cache_folder() / "plates"

    def get(self, key: bytes) -> Any:
        """Return what was kept for a key; nothing if it is not there or not as it was written."""
        path = self._path(key)
        try:
            if not _is_ours(path.lstat()) or not _is_our_folder(self.folder.lstat()):
                return None
            sealed = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        digest, data = sealed[:_DIGEST], sealed[_DIGEST:]
        data = _sealed(key, digest, data)
        if len(digest) < _DIGEST or _digest(key, data) != digest:
            return None
        return json.loads(zlib.decompress(data))

    def put(self, key: bytes, value: Any) -> None:
        """Keep a value for a key; one that JSON cannot tell is not kept."""
        try:
            written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        except TypeError:
            return
        data = zlib.compress(written.encode("utf-8", "surrogatepass"), 3)
        if len(data) < LARGEST:
            digest = _digest(key, data)
            with suppress(OSError):
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_cache(self._path(key), digest + _sealed(key, digest, data))
            self._tidy(_DIGEST + len(data))

    def _path(self, key: bytes) -> Path:
        return self.folder / hashlib.sha256(b"name" + key).hexdigest()[:40]

    def _tidy(self, written: int) -> None:
        """Remove the entries that were not asked for longest, where all are too large."""
        known = _sizes.get(self.folder)
        if known is not None and known + written <= MOST:
            _sizes[self.folder] = known + written
            return
        with suppress(OSError):
            found = [(path.stat(), path) for path in self.folder.iterdir()]
            size = sum(state.st_size for state, _ in found)
            found.sort(key=lambda one: one[0].st_mtime)
            for state, path in found if size > MOST else ():
                path.unlink(missing_ok=True)
                size -= state.st_size
                if size <= MOST // 2:
                    break
            _sizes[self.folder] = size


def _is_ours(state: os.stat_result) -> bool:
    """Tell whether a file is a plain one that nobody else may write."""
    if not stat.S_ISREG(state.st_mode) or state.st_size > LARGEST + _DIGEST:
        return False
    return _is_our_own(state)


def _is_our_folder(state: os.stat_result) -> bool:
    """Tell whether a place is a folder into which nobody else may put anything."""
    return stat.S_ISDIR(state.st_mode) and _is_our_own(state)


def _is_our_own(state: os.stat_result) -> bool:
    if os.name == "nt":  # there the folder is the user's own
        return True
    return state.st_uid == os.getuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _digest(key: bytes, data: bytes) -> bytes:
    return hashlib.sha256(key + data).digest()


def _sealed(key: bytes, digest: bytes, data: bytes) -> bytes:
    """Seal bytes, or open them again."""
    stream = hashlib.shake_256(key + digest).digest(len(data))
    mixed = int.from_bytes(data, "big") ^ int.from_bytes(stream, "big")
    return mixed.to_bytes(len(data), "big")

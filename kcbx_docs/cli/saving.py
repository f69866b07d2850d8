"""When files were saved, told once they are whole: by looking again and again.

The system's own notices are not used: network drives give none for what others save, and a person
does not feel half a second. What counts is what a file holds: one that was only touched is as it
was, one that an editor put in its place under the same name is found by its name, and one that is
still being written differs from look to look.
"""

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import field
from pathlib import Path

from kcbx_docs.light import dataclass

_DOUBTED = 5.0
"""Seconds after a change in which a file is read though its time stands still: some disks keep
time in steps of two seconds, and two savings of one length can fall into one step.
"""
_PATIENCE = 6
"""Looks for which a file may be gone or closed to us: some editors take it away before they put the
new one. One that stays closed to us counts as gone, or nothing else would ever be told.
"""

Content = str
"""What a file holds, as a hash; nothing where there is no file, or none that we may read."""


@dataclass
class _Known:
    """A file as it was last read."""

    stamp: tuple[int, int, int]
    content: Content
    doubted_until: float


@dataclass
class Saves:
    """Tells which of some files have changed since it was asked last, and are whole again."""

    files: Callable[[], Iterable[Path]]
    """Lists what is looked at; a file that comes in or goes away is a change as well."""
    clock: Callable[[], float] = time.monotonic
    _read: dict[Path, _Known] = field(default_factory=dict)
    _told: dict[Path, Content] | None = None
    _before: dict[Path, Content] | None = None
    _gone: dict[Path, int] = field(default_factory=dict)

    def look(self) -> tuple[Path, ...]:
        """Return what has changed; the first time, everything."""
        now = self._now()
        if now is None:  # somebody is writing
            return ()
        settled, self._before = now == self._before, now
        if self._told is None:
            self._told = now
            return tuple(now)
        if not settled or now == self._told:
            return ()
        told, self._told = self._told, now
        return tuple(path for path in {**told, **now} if told.get(path) != now.get(path))

    def _now(self) -> dict[Path, Content] | None:
        """Read what every file holds; nothing while one of them is being replaced."""
        now: dict[Path, Content] = {}
        for path in self.files():
            try:
                now[path] = self._content(path)
                self._gone.pop(path, None)
            except OSError as error:  # on Windows nobody else may read what is being written
                self._gone[path] = self._gone.get(path, 0) + 1
                never_was = isinstance(error, FileNotFoundError) and not (
                    self._told and self._told.get(path)
                )
                if self._gone[path] < _PATIENCE and not never_was:
                    return None
                now[path] = ""
        return now

    def _content(self, path: Path) -> Content:
        known = path.stat()
        stamp, before, now = (
            (known.st_mtime_ns, known.st_size, known.st_ino),
            self._read.get(path),
            self.clock(),
        )
        same = before is not None and before.stamp == stamp
        if before and same and now > before.doubted_until:
            return before.content
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        until = before.doubted_until if before and same else now + _DOUBTED
        self._read[path] = _Known(stamp, content, until)
        return content

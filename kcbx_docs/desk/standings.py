"""Where all cases stand, read again only where something changed."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path
from threading import Lock

from kcbx_docs.light import dataclass
from kcbx_docs.office.outlook import Outlooks, outlooks

Stamps = tuple[tuple[str, int, int], ...]


@dataclass
class Standings:
    """What was read last, for whoever asks for the same again."""

    _lock: Lock = field(default_factory=Lock)
    _kept: dict[object, Outlooks] = field(default_factory=dict)

    def of(
        self, files: Sequence[Path], day: date, today: date, besides: Sequence[object] = ()
    ) -> Outlooks:
        """Tell where the cases of some files stand; ``besides`` is what else it depends on."""
        key = (tuple(files), day, today, stamps(files), tuple(besides))
        with self._lock:  # whoever comes second waits, and finds it made
            if key not in self._kept:
                self._kept = {key: outlooks(files, day, today, workers=1)}
            return self._kept[key]


def stamps(files: Sequence[Path]) -> Stamps:
    """Return what changes when somebody writes one of the files."""
    return tuple(_stamps(files))


def _stamps(files: Sequence[Path]) -> Iterator[tuple[str, int, int]]:
    for path in files:
        try:
            known = path.stat()
        except OSError:
            yield str(path), 0, 0
        else:
            yield str(path), known.st_mtime_ns, known.st_size

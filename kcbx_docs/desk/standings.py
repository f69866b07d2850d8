"""Where all cases stand: read again only where something changed, watched while it takes long."""

from collections.abc import Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import field
from datetime import date
from pathlib import Path

from kcbx_docs.light import dataclass
from kcbx_docs.office.outlook import Outlooks, outlooks
from kcbx_docs.office.remembered import RememberedFiles


class StillReadingError(Exception):
    """The cases are being read; whoever asks is told how far it is, and asks again."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(done, total)
        self.done, self.total = done, total


def _one_thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "kcbx-standings")


@dataclass
class Standings:
    """What was read last, for whoever asks for the same again.

    One reading runs at a time. Whoever comes later reads again what changed meanwhile: what began
    before he asked may be older than what he just wrote.
    """

    patience: float | None = None
    """Seconds for which somebody waits before he is told how far it is; for ever if none."""
    _thread: ThreadPoolExecutor = field(default_factory=_one_thread)
    _files: RememberedFiles = field(default_factory=RememberedFiles)
    _far: tuple[int, int] = (0, 0)
    _closed: bool = False

    def of(
        self, files: Sequence[Path], day: date, today: date, *, patient: bool = False
    ) -> Outlooks:
        """Tell where the cases of some files stand; raise ``StillReadingError`` if it is long and
        who asks is not ``patient``.
        """
        if self._closed:
            raise CancelledError
        try:
            asked = self._thread.submit(self._look, files, day, today)
        except RuntimeError:  # closed meanwhile
            raise CancelledError from None
        try:
            return asked.result(None if patient else self.patience)
        except TimeoutError:
            asked.cancel()  # one that has begun goes on, and is remembered
            raise StillReadingError(*self._far) from None

    def close(self) -> None:
        """Stop reading."""
        self._closed = True
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _look(self, files: Sequence[Path], day: date, today: date) -> Outlooks:
        self._tell(0, len(files))
        self._files.forget_others(files)
        read = self._files.reading
        return outlooks(files, day, today, self._tell, workers=1, reading=read)

    def _tell(self, done: int, total: int) -> None:
        if self._closed:
            raise CancelledError
        self._far = (done, total)

"""What the user asked for of a batch, besides its day, documents and formats."""

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from pathlib import Path

from kcbx_docs.light import dataclass
from kcbx_docs.papers.press import Progress, silent

Executors = Callable[[], AbstractContextManager[Executor]]
"""Begins what work is given to; it may say how many ``hands`` it has."""
Meter = Callable[[int, int, str], None]
"""Told how many pupils of all are printed, and what is being done; it may raise
``UnwantedError``, which takes back whatever waits to be put away. Serials stay reserved for whom
they were reserved, as after any run that is cut off.
"""


def unmeasured(_done: int, _all: int, _what: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Watching:
    """Who watches a run."""

    progress: Progress = silent
    meter: Meter = unmeasured


NOBODY = Watching()


@dataclass(frozen=True)
class BatchAsked:
    """Which pupils, how often, on how many processors, and who is at the machine."""

    only: tuple[str, ...] = ()
    listed: Path | None = None
    again: bool = False
    fresh: bool = False
    """Whether only those are printed who have no papers yet, or others than before."""
    resumed: bool = False
    dry: bool = False
    jobs: int = 0
    by: str = ""
    cluster: str = ""
    """The address of the machines that print, if others than this one do."""
    executor: Executors | None = None
    """Where classes are printed; processes of this machine unless said."""

    @property
    def partly(self) -> bool:
        """Tell whether some are asked for: the files of the others stay."""
        return bool(self.only or self.fresh)


EVERYBODY = BatchAsked()
"""What is asked for where nothing is said."""

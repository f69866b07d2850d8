"""A piece of work in a process of its own, so that the desk stays answerable: what lays pages out
holds the processor, and knows one caller at a time. It dies with whoever began it.
"""

import atexit
import os
import signal
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Event, Thread
from typing import Any, Protocol

from kcbx_docs.batch.asked import Watching
from kcbx_docs.light import dataclass
from kcbx_docs.papers.press import UnwantedError
from kcbx_docs.problems import Problems, UserError

Work = Callable[[Watching], Any]
"""Does something long; a function of a module with plain values, which another process can load.
What it returns is plain, too.
"""


class Watcher(Protocol):
    """Who follows a piece of work."""

    @property
    def unwanted(self) -> bool:
        """Tell whether nobody wants it any more."""

    @property
    def at_once(self) -> bool:
        """Tell whether work that nobody wants may be ended wherever it is."""

    def hears(self, done: int, total: int, what: str) -> None:
        """Be told how far it is."""


@dataclass(frozen=True)
class CameOf:
    """What came of a piece of work: its result, or why there is none."""

    result: Any = None
    problems: Problems = ()
    unwanted: bool = False
    died: str = ""
    """What kind of fault of the program ended it; no message of it, which may name a person."""


Hands = Callable[[Work, Watcher], CameOf]


def here(work: Work, watcher: Watcher) -> CameOf:
    """Do a piece of work in this process."""

    def meter(done: int, total: int, what: str) -> None:
        if watcher.unwanted:
            raise UnwantedError
        watcher.hears(done, total, what)

    try:
        return CameOf(work(Watching(lambda what: meter(0, 0, what), meter)))
    except UnwantedError:
        return CameOf(unwanted=True)
    except UserError as error:
        return CameOf(problems=error.problems)
    except Exception as error:  # noqa: BLE001 - a bug must not leave a page that waits for ever
        return CameOf(died=type(error).__name__)


def apart(work: Work, watcher: Watcher) -> CameOf:
    """Do a piece of work in a process of its own; wait for it."""
    context = get_context("spawn")
    line, other = context.Pipe()
    # No daemon: it may have to begin processes itself. It ends when this line is closed.
    process = context.Process(target=_begin, args=(work, other))
    with line:
        process.start()
        other.close()
        atexit.register(line.close)
        try:
            came = _followed(line, watcher)
        finally:
            atexit.unregister(line.close)
    process.join(_GRACE if came.unwanted else None)
    if process.is_alive():
        process.kill()
        process.join()
    return came


_LOOK = 0.2
"""Seconds between two looks whether the work is still wanted."""
_PATIENCE = 5
"""How much longer work waits for the processor than a page, as ``nice`` counts."""
_GRACE = 1.0
"""Seconds in which work that nobody wants may end by itself."""


def _followed(line: Connection, watcher: Watcher) -> CameOf:
    told_off = 0.0
    try:
        while True:
            if watcher.unwanted and not told_off:
                line.send(True)
                told_off = time.monotonic()
            if told_off and watcher.at_once and time.monotonic() - told_off > _GRACE:
                return CameOf(unwanted=True)  # what lays pages out hears nothing while it does
            if not line.poll(_LOOK):
                continue
            said = line.recv()
            if isinstance(said, CameOf):
                return said
            watcher.hears(*said)
    except (EOFError, OSError):
        return CameOf(died="killed")


class _Away:
    """The watcher as the work sees it from its process."""

    at_once = False

    def __init__(self, line: Connection) -> None:
        self._line, self._unwanted = line, Event()
        Thread(target=self._listen, daemon=True).start()

    @property
    def unwanted(self) -> bool:
        return self._unwanted.is_set()

    def hears(self, done: int, total: int, what: str) -> None:
        self._line.send((done, total, what))

    def _listen(self) -> None:
        """Hear that nobody wants it any more; where nobody is there any more, end at once."""
        try:
            while self._line.recv():
                self._unwanted.set()
        except (EOFError, OSError):
            os._exit(1)


def _begin(work: Work, line: Connection) -> None:
    """Do it, and leave Ctrl-C to the process that began it; whoever waits for a page goes first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_PATIENCE)
    line.send(here(work, _Away(line)))

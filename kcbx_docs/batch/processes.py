"""Processes of this machine that print classes.

They are begun anew, never forked: an open ledger, a running progress bar and a loaded Pango are
nothing that half a process may inherit. They end with whoever began them, however that one ends.
"""

import os
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread
from types import TracebackType
from typing import Any


class Processes(ProcessPoolExecutor):
    """So many processes; those of a run that is broken off are gone at once."""

    def __init__(self, jobs: int) -> None:
        self.hands = jobs
        context = get_context("spawn")
        # Nobody writes to this line. It ends when it is closed here, or when this process dies.
        self._seen, self._held = context.Pipe(duplex=False)
        super().__init__(jobs, context, _begin, (self._seen,))

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have something done; a process that begins now leaves Ctrl-C to this one."""
        with suppress(AttributeError):  # Windows has no such mask
            old = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
            try:
                return super().submit(fn, *args, **kwargs)
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, old)
        return super().submit(fn, *args, **kwargs)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait for the processes; if the run is broken off, end them."""
        if kind is not None:
            self._held.close()
        self.shutdown(wait=True, cancel_futures=kind is not None)
        self._held.close()
        self._seen.close()


def _begin(line: Connection) -> None:
    """Leave it to the first process to say that the user stopped the run, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(line,), daemon=True).start()


def _end_with(line: Connection) -> None:
    with suppress(EOFError, OSError):
        line.recv_bytes()
    os._exit(1)

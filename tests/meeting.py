"""Whether threads meet where only one may be at a time."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Thread

_LONG_ENOUGH = 0.1


class Room:
    """Where two of those who come in meet, unless they are let in one by one."""

    def __init__(self) -> None:
        self.came = self.met = 0
        self._two = Barrier(2)

    def enter(self, *_said: object, **_more: object) -> None:
        """Wait a moment for somebody else."""
        self.came += 1
        with suppress(BrokenBarrierError):
            self._two.wait(_LONG_ENOUGH)
            self.met += 1
        if self._two.broken:
            self._two.reset()


def all_at_once(calls: Sequence[Callable[[], object]], *expected: type[Exception]) -> None:
    """Call everything in threads of their own, and wait for all of them."""

    def call(one: Callable[[], object]) -> None:
        with suppress(*expected):
            one()

    threads = [Thread(target=call, args=(one,)) for one in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

"""Run something in a process of its own that may be killed in the middle, with all loaded."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any


def die(*_arguments: Any, **_named: Any) -> None:
    """Die as by a power cut for the process: nothing is cleaned up."""
    os.kill(os.getpid(), signal.SIGKILL)


def fork(act: Callable[[], object]) -> int:
    """Start a process that does one thing; return its number."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    try:
        act()
    except BaseException:  # noqa: BLE001 - a child must never run the parent's tests
        os._exit(1)
    os._exit(0)


def killed(child: int) -> bool:
    """Wait for a process; tell whether it was killed."""
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def worked(child: int) -> bool:
    """Wait for a process; tell whether it did its work."""
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0

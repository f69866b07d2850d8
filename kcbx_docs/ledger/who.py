"""Who is at the machine, as far as it knows by itself."""

import getpass
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

from kcbx_docs import __version__
from kcbx_docs.ledger.model import Who

_ACTING: ContextVar[Who | None] = ContextVar("acting", default=None)
"""Who logged in to a server: its own login says nothing of those who use it."""


@contextmanager
def acting(who: Who | None) -> Iterator[None]:
    """Let everything that is done meanwhile be done by somebody who logged in."""
    before = _ACTING.set(who)
    try:
        yield
    finally:
        _ACTING.reset(before)


def who_acts() -> Who | None:
    """Return who logged in; nobody on a machine of one's own."""
    return _ACTING.get()


def done_by(who: Who | None, act: Callable[..., Any], *told: Any) -> Any:
    """Do something as somebody: for work that is done in another thread or process."""
    with acting(who):
        return act(*told)


def at_this_machine(name: str = "", post: str = "", pack: str = "") -> Who:
    """Return who acts: the login and machine are looked up, the name is what he says."""
    program = f"kcbx {__version__}"
    if known := _ACTING.get():
        told = name or known.name
        return Who(told, post or known.post, known.login, platform.node(), program, pack)
    login = ""
    with suppress(KeyError, OSError, ImportError):  # nobody of that number is known
        login = getpass.getuser()
    return Who(name or login, post, login, platform.node(), program, pack)

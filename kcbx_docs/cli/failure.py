"""What is said when a command fails: the user's problems as a list, a bug as one line and a log."""

import contextlib
import os
import tempfile
import traceback
from collections.abc import Sequence

import click

from kcbx_docs.problems import Place, UserError, problem

DEBUG = "KCBX_DEBUG"
_NOT_AGAIN = {"NEXT001", "NEXT002", "NEXT004", "NEXT007", "CLI060", "CLI065"}
"""Where the command itself is to be changed, and the message says how."""


def report(error: Exception, words: Sequence[str]) -> None:
    """Tell the user why a command could not be finished."""
    from kcbx_docs.cli import show

    if isinstance(error, UserError):
        again = not {one.code for one in error.problems} & _NOT_AGAIN
        show.failed(error.problems, words, again=again)
        return
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    bug = problem("CLI001", Place(), kind=type(error).__name__, log=_log(error) or "没有写成")
    show.failed((bug,), words, again=False)


def _log(error: Exception) -> str:
    """Write the traceback where only this user can read it; it may hold personal data."""
    with contextlib.suppress(OSError):
        handle, path = tempfile.mkstemp(prefix="kcbx-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as stream:
            traceback.print_exception(error, file=stream)
        return path
    return ""


def usage(message: str, ctx: click.Context | None = None) -> click.UsageError:
    """Return the error of a wrong command line (exit code 2)."""
    return click.UsageError(message, ctx or click.get_current_context(silent=True))

"""How an answer on the screen is read."""

from collections.abc import Callable

Check = Callable[[str], str]


def as_given(text: str) -> str:
    """Accept any answer."""
    return text


def a_day(text: str) -> str:
    """Accept a day in any spelling of the files; return it as 2026-09-01."""
    from kcbx_docs.cli.options import read_a_day

    return read_a_day(text).isoformat()

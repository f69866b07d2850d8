"""The three lines that come first: what is to be done today, the nearest day, what is kept back."""

from collections.abc import Iterator

from kcbx_docs.cli.screen import ScreenLine
from kcbx_docs.office.summary import Data, in_short


def summary_of(told: Data) -> Iterator[ScreenLine]:
    """Tell the three lines of a case."""
    short = in_short(told)
    yield ScreenLine(0, f"今天要做：{short.today}", "bold green")
    yield ScreenLine(0, f"最近期限：{short.nearest}", "bold yellow")
    yield ScreenLine(0, f"被挡住的：{short.kept_back}", "bold red")

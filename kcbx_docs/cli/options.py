"""Options and kinds of values that several commands share; the clock is read here alone."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from kcbx_docs import clock
from kcbx_docs.case.paths import is_there
from kcbx_docs.cli import completing, terminal
from kcbx_docs.problems import Place, stop

REASON = "执法人员或负责人：理由"
"""How a reason is given: who answers for it, never the party."""
_PATIENCE = 3.0
"""Seconds for which nobody wonders what a program is doing."""
F = TypeVar("F", bound=Callable[..., Any])


def read_a_day(text: str) -> date:
    """Read a day in any spelling that files may have; the ValueError says what is wrong."""
    from kcbx_docs.handwriting.days import read_a_day as read  # help needs it not

    return read(text)


class Range(click.IntRange):
    """A whole number between two others, told in words."""

    def _describe_range(self) -> str:
        return f"{self.min} 到 {self.max}"


class Day(click.ParamType):  # type: ignore[type-arg]
    """A date: 2026-09-01, or otherwise as files may have it."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day."""
        if isinstance(value, date):
            return value
        try:
            return read_a_day(value)
        except ValueError as error:
            raise click.BadParameter(str(error), ctx, param) from error


class CaseFile(click.Path):
    """A file, or a word that means one: the number of a case, a name in it, the file's name."""

    name = "文件"

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Find the file that is meant; where several are, tell the commands that choose."""
        given = Path(str(super().convert(value, param, ctx)))
        word = str(given)
        if not is_there(given) and is_there(turned := Path(word.replace("\\", "/"))):
            return turned  # as it is written on Windows
        if is_there(given) and not self._means_a_case(given, word):
            return given
        from kcbx_docs.cli.finding import file_called, file_missing, in_place_of  # mostly there

        if set(word) & set("/\\"):
            return file_missing(given)

        words = ctx.find_root().obj if ctx else None
        path = file_called(word, words or ())
        while ctx and path:  # what is printed to be typed again names the file itself
            ctx.obj = in_place_of(word, str(path), words or ())
            ctx = ctx.parent
        return path or given

    def _means_a_case(self, given: Path, word: str) -> bool:
        """Tell whether a folder holds only the papers of a case, and is called by its number."""
        if set(word) & set("/\\.") or not given.is_dir():
            return False
        from kcbx_docs.cli.finding import only_papers

        return only_papers(given)

    def choices(self, ctx: click.Context, param: click.Parameter) -> str:
        """Say which files there are, each with the command that takes it."""
        from kcbx_docs.cli.finding import files_to_choose

        return files_to_choose(ctx.find_root().obj or (), str(param.metavar))

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """Offer numbers of cases and files."""
        return completing.case_files(ctx, param, incomplete)


CASE_FILE = CaseFile()


class PicturesPlace(click.Path):
    """A folder or a file of pictures: no word means one."""

    name = "文件"

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Find what is meant, also as it is written on Windows; raise where it is not there."""
        given = Path(str(super().convert(value, param, ctx)))
        turned = Path(str(given).replace("\\", "/"))
        found = next(filter(is_there, (given, turned)), None)
        if found is None:
            raise stop("SLIP049", Place(), path=given)
        return found


def files(
    name: str = "paths", metavar: str = "文件…", *, required: bool = True
) -> Callable[[F], F]:
    """Take any number of files and folders, or words that mean a case."""
    return click.argument(name, nargs=-1, required=required, metavar=metavar, type=CASE_FILE)


def as_of(text: str) -> Callable[[F], F]:
    """Take the day on which everything is looked at; today unless said."""
    return click.option(
        "--as-of", "day", type=Day(), default=clock.today, metavar="日期", help=text
    )


def day(text: str) -> Callable[[F], F]:
    """Take the day on which something was done: that of the command, as everywhere."""
    return click.option(
        "--as-of", "--day", "day", type=Day(), default=clock.today, metavar="日期", help=text
    )


def one_document(text: str) -> Callable[[F], F]:
    """Take the title or the id of a document; nothing unless said."""
    return click.option(
        "--doc",
        "document",
        default="",
        metavar="文书",
        shell_complete=completing.titles,
        help=text,
    )


def as_json(function: F) -> F:
    """Offer the result as a JSON document."""
    offer = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供程序读取。")
    return offer(function)


def region(function: F) -> F:
    """Take a region instead of the workspace's own."""
    text = "地区名称或行政区划代码；不写就用工作目录的地区。"
    return click.option("--region", metavar="地区", help=text)(function)


@contextmanager
def counted(*, quiet: bool, what: str = "读取案件") -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal, on stderr, how many of all files have been read."""
    if quiet or not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = terminal.console(err=True)
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=None, visible=False)
        yield lambda done, all_: bar.update(
            task, completed=done, total=all_, refresh=True, visible=all_ > 1
        )


@contextmanager
def spinning(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show on a terminal which paper is being made, if it takes long enough to wonder."""
    if quiet or not sys.stderr.isatty():
        yield lambda _message: None
        return
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    bar = Bar(
        SpinnerColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.completed} 份  {task.description}", markup=False),
        console=terminal.console(err=True),
        transient=True,
    )
    task, began = bar.add_task("", total=None), time.monotonic()

    def show(message: str) -> None:
        bar.update(task, advance=1, description=message)
        if not bar.live.is_started and time.monotonic() - began > _PATIENCE:
            bar.start()

    try:
        yield show
    finally:
        if bar.live.is_started:
            bar.stop()


def by(function: F) -> F:
    """Take who does it, if that is not the person logged in."""
    text = "谁做的；不写就是登录这台电脑的人。"
    return click.option("--by", default="", metavar="姓名", help=text)(function)

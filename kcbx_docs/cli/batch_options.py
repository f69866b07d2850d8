"""What ``kcbx render`` offers for batches alone, and the bar that shows how far one is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from kcbx_docs.batch.asked import BatchAsked, Meter, unmeasured
from kcbx_docs.cli import terminal
from kcbx_docs.light import regex
from kcbx_docs.problems import stop

F = TypeVar("F", bound=Callable[..., Any])
_OFFERED = (
    click.option(
        "--only",
        multiple=True,
        metavar="班级|姓名|编号",
        help="批次：只印这个班、这名学生；可以写几次。编号可以只写后一段，如 七1-007。",
    ),
    click.option(
        "--new",
        "fresh",
        is_flag=True,
        help="批次：只印新来的、内容变了的；印过没有变的不再印。",
    ),
    click.option(
        "--list",
        "listed",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        metavar="文件",
        help="批次：照改好的勾选名单印，名单由 --dry-run 写出。",
    ),
    click.option(
        "--dry-run", "dry", is_flag=True, help="批次：只试算人数、张数和问题，写出勾选名单，不印。"
    ),
    click.option(
        "--resume", "resumed", is_flag=True, help="批次：接着上次没有印完的印，印好的班不重印。"
    ),
    click.option(
        "--again",
        is_flag=True,
        help="批次：印发过、内容没有变的也重印，旧编号作废；要写 --reason。",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(1, 64),
        metavar="个数",
        help="批次：几个班同时印；不写就看学生的多少。",
    ),
    click.option(
        "--executor",
        "cluster",
        default="",
        metavar="dask=地址",
        callback=lambda _context, _option, given: _cluster(given),
        help="批次：交给几台机器印，地址如 dask=tls://10.0.0.2:8786（见 kcbx docs 多台机器）。",
    ),
)


_CLUSTER = regex(r"dask[=＝]((?:tcp|tls)://[^\s/]+)/?")


def _cluster(given: str) -> str:
    """Read the address of a cluster."""
    read = _CLUSTER.fullmatch(given.strip())
    if given and not read:
        raise stop("RUN071", given=given)
    return read.group(1) if read else ""


def batch_options(function: F) -> F:
    """Offer what concerns batches."""
    for offer in reversed(_OFFERED):
        function = offer(function)
    return function


def asked_of(given: dict[str, Any]) -> BatchAsked:
    """Take what was asked for of batches out of all options."""
    jobs = given.pop("jobs") or 0
    names = ("only", "listed", "dry", "resumed", "again", "fresh", "by", "cluster")
    return BatchAsked(jobs=jobs, **{name: given.pop(name) for name in names})


@contextmanager
def measured(*, quiet: bool) -> Iterator[Meter]:
    """Show on a terminal how many pupils are printed, how fast, and how long it will take."""
    if quiet or not sys.stderr.isatty():
        yield unmeasured
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.completed}/{task.total} 人"),
        BarColumn(),
        TextColumn("每分钟 {task.fields[rate]} 人，还要"),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=terminal.console(err=True), transient=True) as bar:
        task = bar.add_task("", total=None, rate="…", visible=False)

        def show(done: int, everybody: int, what: str) -> None:
            speed = bar.tasks[0].speed
            rate = f"{speed * 60:.0f}" if speed else "…"
            bar.update(
                task, completed=done, total=everybody, description=what, rate=rate, visible=True
            )

        yield show

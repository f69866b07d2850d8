"""``kcbx paper detach``, ``kcbx service detach``: files that were attached to the wrong thing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from kcbx_docs.cli import options, service_show, show
from kcbx_docs.issuing.clerk import Clerk
from kcbx_docs.issuing.detaching import Detached, detach


def arguments(function: Callable[..., Any]) -> Callable[..., Any]:
    """Take the file, the entry, which of its files, and who says why on what day."""
    for offer in (
        options.as_json,
        options.by,
        options.day("取下的日期；不写就是今天。"),
        click.option("--reason", default="", metavar=options.REASON, help="谁说明，为什么。"),
        click.option(
            "--file",
            "files",
            multiple=True,
            metavar="文件名",
            help="取下哪一个：文件名、种类或者校验值；几个都对得上的写 第几条:种类=校验值；"
            "只有一个的不用写。",
        ),
        click.argument("seq", metavar="第几条", type=int),
        click.argument("path", metavar="文件", type=options.CASE_FILE),
    ):
        function = offer(function)
    return function


def run(clerk: Clerk, whose: str, given: dict[str, Any], day: date) -> None:
    """Take files off, and say what is lacking without them."""
    path: Path = given["path"]
    done = detach(clerk, given["seq"], given["files"], given["reason"], whose)
    if given["as_json"]:
        show.print_json(_data(done, day))
        return
    names = "、".join(f"{one}（第 {one.one.seq} 条）" for one in done.files)
    if done.again:
        show.result(f"取下过了：{names}，记在第 {done.entry} 条，没有再记。")
        return
    show.result(f"已取下：{names}，取下记在第 {done.entry} 条。原来的登记和文件都留着，不再算数。")
    service_show.present_lacking(path, done)


def _data(done: Detached, day: date) -> dict[str, object]:
    return {
        "ok": True,
        "seq": done.seq,
        "entry": done.entry,
        "again": done.again,
        "day": day,
        "files": [one.as_data() for one in done.files],
        "lacking": done.lacking,
    }

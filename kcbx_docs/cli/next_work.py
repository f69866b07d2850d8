"""What ``kcbx next`` tells of a piece of management work: its steps, and what is due."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kcbx_docs.cli import show
from kcbx_docs.cli.screen import ScreenLine
from kcbx_docs.office.listed import what
from kcbx_docs.office.outlook import Outlook
from kcbx_docs.procedure.works import TAKE
from kcbx_docs.words import command_line, days_left


def lines_of_work(case: Outlook, day: date, *, why: bool) -> Iterator[ScreenLine]:
    """Write the account of a piece of work."""
    rest = [task for task in case.told if not task["done"]]
    if case.states[0][1] == ENDED:
        yield ScreenLine(0, "已办结，没有要做的。", "bold green")
        return
    yield ScreenLine(0, f"接下来：{_named(rest[0])}", "bold green")
    nearest = case.first
    until = f"{what(nearest)}，{_until(nearest.by, day)}" if nearest else "没有"
    yield ScreenLine(0, f"最近期限：{until}", "bold yellow")
    for task in case.told:
        yield ScreenLine(1, _line(task, day))
        yield from _more(task, day, why=why)
    if case.custom:
        yield ScreenLine(0, f"当地的做法：{case.custom}。")
    if any(task["step"] == TAKE for task in rest):
        command = ["lead", "take", str(show.short(case.path))]
        yield ScreenLine(0, f"记成线索：{command_line(command)}", whole=True)
    if papers := [task["title"] for task in rest if task["title"]]:
        command = ["render", str(show.short(case.path)), "--doc", papers[0]]
        yield ScreenLine(0, f"生成：{command_line(command)}", whole=True)
        issue = ["issue", str(show.short(case.path)), "--doc", papers[0]]
        yield ScreenLine(
            0,
            f"定稿、签发以后制发（有文号的取号，原样存进台账）：{command_line(issue)}",
            whole=True,
        )
        yield ScreenLine(0, "不经台账编号的，把文书、日期、文号写进工作文件的「制发」。", "dim")


ENDED = "已办结"


def _more(task: Mapping[str, Any], day: date, *, why: bool) -> Iterator[ScreenLine]:
    """Tell who is waited for, what to do about a day that has passed, and the articles."""
    if task["whom"]:
        yield ScreenLine(2, f"等：{'、'.join(task['whom'])}")
    if task["late"] and not task["done"] and task["by"] and task["by"] < day:
        yield ScreenLine(2, f"已过期：{task['late']}。")
    if why and task["basis"]:
        yield ScreenLine(2, f"依据：{'、'.join(task['basis'])}")


def _named(task: Mapping[str, Any]) -> str:
    return f"{task['what']}（由{'、'.join(task['whom']) or task['who']}）"


def _line(task: Mapping[str, Any], day: date) -> str:
    mark = "√" if task["done"] else "□"
    by = task["by"]
    until = f"，{_until(by, day)}" if isinstance(by, date) and not task["done"] else ""
    choice = "，可以不做" if task["optional"] and not task["done"] else ""
    signed = f"，由{task['signed_by']}签发" if task["signed_by"] and not task["done"] else ""
    return f"{mark} {task['what']}{until}{choice}{signed}"


def _until(by: date, day: date) -> str:
    return f"{by}（{days_left((by - day).days)}）"

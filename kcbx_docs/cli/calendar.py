"""``kcbx calendar``: the working days of a year, a file for a new year, a check of the files."""

from datetime import date
from typing import Any

import click

from kcbx_docs.cli import options, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.group import Branch
from kcbx_docs.law.calendar import CalendarYear, as_rows, read_calendar
from kcbx_docs.office.calendars import check_folder, new_file, working_days, years_of
from kcbx_docs.office.new_files import refresh_schemas, write_files
from kcbx_docs.office.opened import CALENDARS
from kcbx_docs.packs.placenames import code_of
from kcbx_docs.problems import Place, raise_errors, stop

YEAR = click.IntRange(2000, 2100)


@click.group(cls=Branch)
def calendar() -> None:
    """查看、添加和检查工作日历。

    全国的放假通知每年年底公布。工作目录的 calendar 文件夹里可以放
    自己的日历文件，优先于随程序的。
    """


@calendar.command(
    "show",
    cls=Command,
    examples=("kcbx calendar show 2026", "kcbx calendar show 2025 --region 广西壮族自治区 --json"),
)
@click.argument("year", type=YEAR, metavar="年份")
@options.region
@options.as_json
def show_year(year: int, region: str | None, as_json: bool) -> None:
    """列出一年的放假和调休上班，以及来源。

    有当地日历的，一并列出。
    """
    code = _code(region)
    root = where.root()
    known, found = read_calendar(root / CALENDARS if root else None)
    raise_errors(found)
    parts = years_of(known, year, code)
    rows = as_rows(known, year, code)
    found = (*found, *known.doubts(date(year, 1, 1), date(year, 12, 31), code))
    days = working_days(known, year, code)
    if as_json:
        sources = [_source(part) for part in parts]
        told = {"year": year, "region": code, "workdays": days, "sources": sources, "rows": rows}
        show.print_json({**told, "problems": show.as_data(found)})
        return
    show.table(("类别", "名称", "自", "至", "天数"), map(_shown, rows))
    show.result(f"{year} 年共 {days} 个工作日。")
    for part in parts:
        show.result(f"{part.region}：{part.source}（{part.verification}）")
    show.print_problems(found, err=True)


def _source(part: CalendarYear) -> dict[str, str]:
    return {"region": part.region, "source": part.source, "verification": part.verification}


def _shown(row: dict[str, Any]) -> tuple[object, ...]:
    days = (row["至"] - row["自"]).days + 1
    return row["类别"], row["名称"], row["自"], row["至"], days


def _code(region: str | None) -> str:
    """Return the code of a region; the workspace's own where none is named."""
    own = where.workspace() if region is None else None
    word = own.workspace.region if own else region or ""
    if not word or word.isdigit():
        return word
    return code_of(word) or where.library(word).chain.pack.code or word


@calendar.command(
    "add", cls=Command, examples=("kcbx calendar add 2027", "kcbx calendar add 2027 --region 45")
)
@click.argument("year", type=YEAR, metavar="年份")
@click.option("--region", metavar="地区", help="当地另有放假日时写地区名称或代码；不写就是全国。")
def add(year: int, region: str | None) -> None:
    """新建一年的日历文件，写进工作目录的 calendar。

    文件里有说明，照着放假通知填；没有写全以前，那一年仍按没有日历
    处理，不会把假日当成工作日。已有的文件不覆盖。
    """
    root = where.root()
    if root is None:
        raise stop("PAPR009", Place(), file="kcbx.yaml")
    folder = root / CALENDARS
    name, text, found = new_file(folder, year, region, where.packs())
    for path in write_files(folder, {name: text}):
        show.result(str(path))
    refresh_schemas(root)
    show.print_problems(found, err=True)
    if read_calendar()[0].has(year) and not region:
        show.tell(f"随程序有 {year} 年的日历；这个文件填好后代替它。")
    show.tell("接下来：对照放假通知填写，再运行 kcbx calendar check")


@calendar.command("check", cls=Command, examples=("kcbx calendar check",))
@options.as_json
@click.pass_context
def check(ctx: click.Context, as_json: bool) -> None:
    """检查工作目录 calendar 里的日历文件：日期、节日是否写全、来源和核对。"""
    root = where.root()
    files, found = check_folder(root / CALENDARS) if root else ((), ())
    clean = "没有自己的日历文件，用的都是随程序的。"
    if files:
        clean = f"检查了 {len(files)} 个日历文件，没有错误。"
    names = [str(path) for path in files]
    ctx.exit(show.conclude(found, ctx.obj, as_json=as_json, clean=clean, files=names))

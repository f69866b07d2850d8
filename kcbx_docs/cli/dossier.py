"""``kcbx dossier``: the 案卷 of a case as one PDF, and first of all what it lacks."""

from datetime import date
from pathlib import Path

import click

from kcbx_docs import clock
from kcbx_docs.cli import options, show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.dossier.contents import ORDERS
from kcbx_docs.dossier.volumes import BoundVolume, Dossier
from kcbx_docs.filing.dossier import file_dossier
from kcbx_docs.filing.folder import Written


@click.command(
    "dossier",
    cls=Command,
    examples=(
        "kcbx dossier cases/到责令.yaml",
        "kcbx dossier cases/到责令.yaml --order 决定在前 --json",
    ),
)
@click.argument("path", metavar="案件文件", type=options.CASE_FILE)
@click.option(
    "--order",
    type=click.Choice(ORDERS),
    default=None,
    metavar="次序",
    help=f"{' 或 '.join(ORDERS)}；不写就用模板包的 案卷次序。",
)
@click.option(
    "--as-of",
    "day",
    type=options.Day(),
    metavar="日期",
    help="截至哪一天；不写就是台账和经过里最后的一天，同样的台账得到同样的案卷。",
)
@options.as_json
@click.pass_context
def dossier(
    ctx: click.Context, path: Path, order: str | None, day: date | None, as_json: bool
) -> None:
    """装订案卷：封面、卷内目录、已发出的文书和送达凭证、证据、备考表，合成一个 PDF。

    先列出还缺什么。照片、扫描件排成 A4，去掉拍摄地点等信息，原件不动；
    页号印在正面右上角、背面左上角，目录的页号与它相同。合不进的文件由一页代替并写明原因；
    有电子签名的，原件放在案卷旁边。写到 output 的「编号-案卷」里。
    """
    with options.spinning(quiet=as_json) as progress:
        bound, written = file_dossier(path, clock.today(), day, order or "", progress)
    if as_json:
        show.print_json(_data(bound, written))
    else:
        _present(bound, written)
    ctx.exit(0)


def _data(bound: Dossier, written: Written) -> dict[str, object]:
    return {
        "ok": True,
        "case": bound.case,
        "as_of": bound.day,
        "folder": written.folder,
        "files": [file.name for file in written.files],
        "missing": [lack.model_dump(by_alias=True) for lack in bound.lacks],
        "volumes": list(map(_volume, bound.volumes)),
        "problems": show.as_data(written.problems),
    }


def _volume(one: BoundVolume) -> dict[str, object]:
    rows = [row.model_dump(mode="json", by_alias=True) for row in one.rows]
    return {"volume": one.name, "pages": one.pages, "contents": rows}


def _counted(one: BoundVolume) -> str:
    """Count as the cover does: what is listed and not there is no part of the volume."""
    there = sum(row.first is not None for row in one.rows)
    absent = len(one.rows) - there
    return f"{there} 件" + (f"（目录里另有缺的 {absent} 件）" if absent else "")


def _present(bound: Dossier, written: Written) -> None:
    if bound.lacks:
        show.result("还缺：")
        for lack in bound.lacks:
            show.result(f"  {lack.what}")
            show.result(f"    {lack.cure}")
    for one in bound.volumes:
        show.result(f"{one.name or '案卷'}：{_counted(one)}，{one.pages} 页")
    for original in bound.originals:
        show.result(f"原件另存：{original.name}")
    show.result(f"已写到 {show.short(written.folder)}/，截至 {bound.day}")
    show.print_problems(written.problems, err=True)

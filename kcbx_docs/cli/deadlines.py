"""``kcbx deadlines``: everything that is due in all cases, in order;
and the same as a calendar file.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from kcbx_docs.cli import options, show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.status import as_report, look
from kcbx_docs.office.agenda import Appointment, agenda, write_ics
from kcbx_docs.office.listed import coming_data, what
from kcbx_docs.office.outlook import Outlooks
from kcbx_docs.problems import Problems, UserError
from kcbx_docs.words import days_left


@click.command(
    cls=Command,
    examples=(
        "kcbx deadlines --as-of 2026-10-08",
        "kcbx deadlines cases --as-of 2026-10-08 --ics 期限.ics",
    ),
)
@options.files(metavar="[文件夹…]", required=False)
@options.as_of("从哪一天看；不写就是今天。")
@click.option(
    "--ics",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写成日历文件，可导入手机和电脑的日历。",
)
@options.as_json
@click.pass_context
def deadlines(
    ctx: click.Context, paths: tuple[Path, ...], day: date, ics: Path | None, as_json: bool
) -> None:
    """全部案件的全部期限，按日期排列。

    写明哪天到期、由谁、做什么、依据哪一条；当地的定期报告也在其中。
    日历文件里只有案件编号和文书名称，没有学生和家长的姓名。
    """
    told = look(paths, day, quiet=as_json)
    listed = agenda(told)
    kept = _write(ics, listed, day, told)
    if as_json:
        rows = [_data(entry, day) for entry in listed]
        every = replace(told, problems=(*told.problems, *kept))
        show.print_json({**as_report(every, day, deadlines=rows), "broken": told.broken})
    else:
        _present(listed, day)
        if ics and not kept:
            show.result(f"已写出 {ics}（{len(listed)} 项）。")
        show.print_problems((*told.problems, *kept), err=True)
    ctx.exit(int(bool(told.broken or kept)))


def _write(
    ics: Path | None, listed: tuple[Appointment, ...], day: date, told: Outlooks
) -> Problems:
    """Write the calendar if one is asked for; return why an older one was kept."""
    try:
        if ics:
            write_ics(ics, listed, day, len(told.unread))
    except UserError as error:
        return error.problems
    return ()


def _present(listed: tuple[Appointment, ...], day: date) -> None:
    rows = []
    warnings: dict[str, None] = {}
    for entry in listed:
        due, case = entry.due, entry.case_id or "定期"
        left = days_left((due.by - day).days)
        rows.append((due.by, left, due.who, what(due), case, due.guardian, due.basis))
        warnings.update(dict.fromkeys(due.warnings))
    show.table(("到期", "剩余", "由谁", "要做的事", "案件", "监护人", "依据"), rows)
    for warning in warnings:
        show.result(f"提醒：{warning}")
    show.result(f"截至 {day}：{len(listed)} 项。")


def _data(entry: Appointment, day: date) -> dict[str, object]:
    case = entry.case_id or None
    return {"case": case, "office": entry.office, **coming_data(entry.due, day)}

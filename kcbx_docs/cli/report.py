"""``kcbx report``: the figures of a month or a week, each of which is the cases behind it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kcbx_docs.cli import options, show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.group import Branch
from kcbx_docs.cli.register import a_workbook, opened, schools_only

if TYPE_CHECKING:
    from kcbx_docs.listing.children import DaySpan
    from kcbx_docs.listing.counting import CountedReport
    from kcbx_docs.listing.report import MonthlyDuty
    from kcbx_docs.office.opened import Office

_OUT = click.option(
    "--out",
    "out",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="写成 .xlsx：报表、分学校、明细；不写就显示在屏幕上。",
)
_EXPLAIN = click.option("--explain", is_flag=True, help="列出每个数是哪些案件数出来的。")


_SAID = {"月报": "monthly", "月报表": "monthly", "周报": "weekly", "周报表": "weekly"}


@click.group(cls=Branch, also=_SAID)
def report() -> None:
    """月报表、周报表：由案件数出来，每个数都查得到是哪些案件。

    期初未到校＋本期新增－本期返校－没有返校而结案、移交＝期末未到校，五个数分别数出。
    命令也可以写 月报、周报。
    """


@report.command(
    "monthly",
    cls=Command,
    examples=(
        "kcbx report monthly 2026-11",
        "kcbx report monthly 2026-10 --out 月报表.xlsx --work",
    ),
)
@click.argument("month", metavar="[月份]", required=False)
@schools_only
@_OUT
@click.option(
    "--work", "write", is_flag=True, help="另写工作文件：数字填好，由它做月工作情况报告。"
)
@click.option("--typical", metavar="案件", help="哪个案件作典型案例，写编号；默认隐去孩子的身份。")
@_EXPLAIN
@options.as_of("数到哪一天为止；不写就是今天，月份过完的数到月末。")
@options.as_json
@click.pass_context
def monthly(
    ctx: click.Context,
    month: str | None,
    schools: tuple[str, ...],
    out: Path | None,
    write: bool,
    typical: str | None,
    explain: bool,
    day: date,
    as_json: bool,
) -> None:
    """月报表；不写月份就是当月。

    报送的最后一天照本地的规定算，遇休息日照本地的规定提前。
    --work 写出工作文件，填好主送、补上工作情况，用 kcbx render 做成月工作情况报告。
    """
    from kcbx_docs.listing.counting import monthly_title
    from kcbx_docs.listing.report import duty_of
    from kcbx_docs.listing.spans import month_span

    wanted = month or f"{day:%Y-%m}"
    office, span = opened(), month_span(wanted, day)
    duty = duty_of(office.law, wanted, day)
    told = _counted(office, span, schools, out)
    values = told.monthly_work(wanted, duty, typical) if write or typical else None
    work = _write_work(values, told) if values else None
    more = {"due": duty.by if duty else None, "work": str(work) if work else None}
    _show(told, monthly_title(wanted, span), out, explain=explain, as_json=as_json, more=more)
    if not as_json:
        _tell(duty, work)
    ctx.exit(int(bool(told.gathered.unread)))


@report.command(
    "weekly",
    cls=Command,
    examples=(
        "kcbx report weekly 2026-11-18 --explain",
        "kcbx report weekly --work --school 云岭县青石中学",
    ),
)
@click.argument("within", metavar="[日期]", required=False, type=options.Day())
@schools_only
@_OUT
@click.option(
    "--work",
    "write",
    is_flag=True,
    help="另写周结名单的工作文件：没有到校的案件、没有处理的线索都在上面。",
)
@_EXPLAIN
@options.as_of("数到哪一天为止；不写就是今天，一周过完的数到星期日。")
@options.as_json
@click.pass_context
def weekly(
    ctx: click.Context,
    within: date | None,
    schools: tuple[str, ...],
    out: Path | None,
    write: bool,
    explain: bool,
    day: date,
    as_json: bool,
) -> None:
    """一个星期的周报表，星期一到星期日；写其中哪一天都可以，不写就是这个星期。

    --work 写出周结名单的工作文件，补上请假的学生、写好研判类别，用 kcbx render 做成日报周结。
    """
    from kcbx_docs.listing.counting import weekly_title
    from kcbx_docs.listing.spans import week_span

    span = week_span(within or day, day)
    told = _counted(opened(), span, schools, out)
    work = _write_work(told.weekly_work(), told) if write else None
    more = {"work": str(work) if work else None}
    _show(told, weekly_title(span), out, explain=explain, as_json=as_json, more=more)
    if work and not as_json:
        show.result(str(work))
        command = _command(["render", str(work)])
        show.tell(f"接下来：补上请假等没有案件的学生，写研判的「类别」，再运行 {command}")
    ctx.exit(int(bool(told.gathered.unread)))


def _counted(
    office: "Office", span: "DaySpan", schools: Sequence[str], out: Path | None
) -> "CountedReport":
    from kcbx_docs.listing.counting import counted_report

    if out:
        a_workbook(out)
    return counted_report(office, span, schools)


def _show(
    told: "CountedReport",
    title: str,
    out: Path | None,
    *,
    explain: bool,
    as_json: bool,
    more: dict[str, Any],
) -> None:
    tables = told.tables(title)
    if out:
        from kcbx_docs.filing.registers import write_table
        from kcbx_docs.office.spreadsheet import workbook_of

        write_table(out, workbook_of(tables))
    if as_json:
        facts = {"file": str(out) if out else None, "problems": show.as_data(told.problems)}
        show.print_json({**told.as_data(), **facts, **more})
        return
    if out:
        show.result(str(show.short(out)))
    else:
        show.result(title)
        show.table(tables[0].heads, tables[0].rows)
        show.result(tables[0].foot[1])
    if explain:
        show.result()
        show.table(tables[2].heads, tables[2].rows)
    show.print_problems(told.problems, err=True)


def _tell(duty: "MonthlyDuty | None", work: Path | None) -> None:
    """Say by when the place wants its report, and what is done with the file of work."""
    if duty:
        when = f"最迟 {duty.by}" if duty.by else "本地没有登记报送的日子"
        show.tell(f"{duty.what}：{when}。")
    if work:
        show.result(str(work))
        command = _command(["render", str(work)])
        show.tell(f"接下来：填主送、补工作情况，再运行 {command}")


def _command(words: list[str]) -> str:
    from kcbx_docs.words import command_line

    return command_line(words)


def _write_work(values: dict[str, Any], told: "CountedReport") -> Path:
    from kcbx_docs.filing.work_files import save_work
    from kcbx_docs.office import new_files

    office = told.gathered.office
    path = save_work(office, values)
    new_files.refresh_schemas(office.root)
    return show.short(path)

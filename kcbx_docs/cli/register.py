"""``kcbx register``: the lists that offices keep, built from the cases, and compared with them
when they come back.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kcbx_docs.cli import options, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.group import Branch
from kcbx_docs.listing.names import ABOUT
from kcbx_docs.problems import Place, stop

if TYPE_CHECKING:
    from kcbx_docs.listing.gathering import CasesGathered

F = TypeVar("F", bound=Callable[..., Any])
_HELP = """{about}。

    照案件、线索文件一格一格写出来；写学期就只列那个学期里的，--school 只列那所学校的。
    表下写明截至哪一天、全部几件、列入几件。单元格都是文字，文件只有自己能打开，
    已有的文件不覆盖；证件号码遮住中间，要写全加 --full-ids。
"""


def out_file(function: F) -> F:
    """Take the workbook that is written."""
    path = click.Path(path_type=Path)
    told = "写到哪个 .xlsx 文件；已有的不覆盖。"
    return click.option("--out", "out", type=path, required=True, metavar="文件", help=told)(
        function
    )


def schools_only(function: F) -> F:
    """Take the schools to which everything is limited."""
    told = "只看这所学校的孩子，写全称；几所就写几次。"
    return click.option("--school", "schools", multiple=True, metavar="学校", help=told)(function)


def a_workbook(out: Path) -> Path:
    """Refuse a file that is no workbook, or that is there already, before anything is read."""
    if out.suffix.lower() != ".xlsx":
        raise stop("LIST004", Place(), path=out, example=out.with_suffix(".xlsx"))
    if out.exists():
        raise stop("LEDG081", Place(), path=out)
    return out


@click.group(cls=Branch)
def register() -> None:
    """台账名单：由案件、线索写成 Excel，改过的可以再对照。

    改过的台账用 check 和案件对照：谁是新的、少了谁、哪一格不同；不写进案件，由人决定。
    """


def _add(name: str, about: str) -> None:
    """Add the command of one list."""
    examples = (f"kcbx register {name} --out {name}.xlsx",)
    words = {"help": _HELP.format(about=about), "short_help": about}
    command = register.command(name, cls=Command, examples=examples, **words)
    command(_options(partial(_written, name)))


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Take what every list takes."""
    term = click.option(
        "--term", metavar="学期", help="如 2026年秋季学期、2026秋；不写就是从头到现在。"
    )
    ids = click.option("--full-ids", "open_ids", is_flag=True, help="写出完整的证件号码。")
    day = options.as_of("看哪一天的情况；不写就是今天。")
    return term(schools_only(out_file(ids(day(options.as_json(click.pass_context(function)))))))


def _written(
    name: str,
    ctx: click.Context,
    term: str | None,
    schools: tuple[str, ...],
    out: Path,
    open_ids: bool,
    day: date,
    as_json: bool,
) -> None:
    """Write one list."""
    from kcbx_docs.filing.registers import write_table
    from kcbx_docs.listing.made_list import made_list
    from kcbx_docs.office.spreadsheet import workbook_of

    a_workbook(out)
    made = made_list(opened(), name, day, term or "", schools, open_ids=open_ids)
    told = made.gathered
    write_table(out, workbook_of(made.tables))
    if as_json:
        rows = [{"sheet": table.title, "rows": len(table.rows)} for table in made.tables]
        facts = {"as_of": told.span.last, "term": made.term, "file": str(out), "sheets": rows}
        show.print_json({"ok": not told.unread, **facts, **_problems(told)})
    else:
        show.result(str(show.short(out)))
        for table in made.tables:
            show.tell(f"{table.title}：{len(table.rows)} 行。")
        show.print_problems(told.problems, err=True)
    ctx.exit(int(bool(told.unread)))


for _name, _about in ABOUT.items():
    _add(_name, _about)


def opened() -> Any:
    """Open the office of the current folder."""
    from kcbx_docs.office.opened import open_office

    root = where.root()
    if root is None:
        raise stop("PAPR009", Place(), file="kcbx.yaml")
    return open_office(root)


def _problems(told: "CasesGathered") -> dict[str, object]:
    return {"problems": show.as_data(told.problems)}


@register.command("check", cls=Command, examples=("kcbx register check 辍学台账.xlsx",))
@click.argument(
    "path", metavar="文件", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option(
    "--as-of",
    "given",
    type=options.Day(),
    metavar="日期",
    help="和哪一天的案件对照；不写就是表下写的那一天。",
)
@options.as_json
@click.pass_context
def check(ctx: click.Context, path: Path, given: date | None, as_json: bool) -> None:
    """改过的台账和案件对照：谁是新的，少了谁，哪一格不同。

    只说出来，不改案件，也不改表。是哪一份台账、哪个学期、哪些学校，从表头和表下的话里认。
    没有不同就返回 0。
    """
    from kcbx_docs import clock
    from kcbx_docs.listing.compared_list import compared_list

    found = compared_list(opened(), path, clock.today(), given)
    told = found.gathered
    if as_json:
        counts = {"rows": len(found.read.rows), "same": found.same, "as_of": told.span.last}
        facts = {"ok": found.agrees, "list": found.read.kept.name, **counts}
        show.print_json({**facts, "problems": show.as_data((*found.problems, *told.problems))})
    else:
        show.print_problems(found.problems, err=False)
        show.print_problems(told.problems, err=True)
        if found.told:
            show.result(found.told)
    ctx.exit(int(not found.agrees))

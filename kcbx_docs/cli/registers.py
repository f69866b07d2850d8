"""``kcbx ledger export``: the registers of an office as tables."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from kcbx_docs.cli import options, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.problems import Place, stop

_REGISTERS = ("文号登记簿", "送达台账", "案件台账", "待补证据")


@click.command(
    "export",
    cls=Command,
    examples=(
        "kcbx ledger export",
        "kcbx ledger export 文号登记簿 --out 登记簿.xlsx",
        "kcbx ledger export 送达台账 待补证据 --format csv --out U盘",
    ),
)
@click.argument("names", metavar="[登记簿…]", nargs=-1, type=click.Choice(_REGISTERS))
@click.option("--format", "form", type=click.Choice(("xlsx", "csv")), help="不写就是 xlsx。")
@click.option(
    "--out",
    metavar="文件或文件夹",
    type=click.Path(path_type=Path),
    help="写到哪里；不写就是 output/登记簿。已有的文件不覆盖。",
)
@click.option("--full-ids", "open_ids", is_flag=True, help="写出完整的证件号码；不写就遮住中间。")
@options.as_of("看哪一天的情况；不写就是今天。")
@options.as_json
@click.pass_context
def export(
    ctx: click.Context,
    names: tuple[Any, ...],
    form: str | None,
    out: Path | None,
    open_ids: bool,
    day: date,
    as_json: bool,
) -> None:
    """导出登记簿：文号登记簿、送达台账、案件台账、待补证据。

    不写名称就是四本。作废、撤回的也列出。每本末尾印有册首，
    以后用 verify --against 对照。单元格全部是文字，没有公式；文件只有自己能打开。
    """
    from kcbx_docs.filing.registers import write_registers
    from kcbx_docs.issuing.gathered import gather
    from kcbx_docs.issuing.registers import NAMES, register
    from kcbx_docs.office.files import CASES, files_below
    from kcbx_docs.office.opened import open_office

    root = where.root()
    if root is None:
        raise stop("PAPR009", Place(), file="kcbx.yaml")
    office = open_office(root)
    told = gather(office, files_below((root / CASES,), workspace=False), day)
    tables = [register(told, name, open_ids=open_ids) for name in dict.fromkeys(names or NAMES)]
    written = write_registers(tables, out or office.output / "登记簿", form or "", day)
    if as_json:
        row = {"ok": not told.problems, "as_of": day, "ledger": told.head.ledger}
        counts = {"count": told.head.count, "hash": told.head.hash}
        rows = [{"register": table.title, "rows": len(table.rows)} for table in tables]
        told_of = {"registers": rows, "files": written, "problems": show.as_data(told.problems)}
        show.print_json({**row, **counts, **told_of})
    else:
        for path in written:
            show.result(str(path))
        for table in tables:
            show.tell(f"{table.title}：{len(table.rows)} 行。")
        show.print_problems(told.problems, err=True)
    ctx.exit(int(bool(told.problems)))

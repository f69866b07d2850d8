"""``kcbx pack withdraw``: a clause on fines that was registered by mistake is no basis any more."""

from datetime import date

import click

from kcbx_docs.cli import options, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.office.basis_back import take_basis_back
from kcbx_docs.office.settings import write_settings
from kcbx_docs.problems import Place, stop


@click.command(
    "withdraw",
    cls=Command,
    examples=('kcbx pack withdraw 第五十二条第一款 --reason "普文清：条例里没有这一款" --yes',),
)
@click.argument("number", metavar="编号")
@click.option("--reason", default="", metavar="理由", help="谁决定收回、为什么：姓名：理由。")
@options.as_of("收回的日期；不写就是今天。")
@click.option("-y", "--yes", is_flag=True, help="不再问，直接写。")
def withdraw(number: str, reason: str, day: date, yes: bool) -> None:
    """收回登记错的处罚依据：从这一天起不能再据以处罚。

    那一条和收回的日期、谁、为什么都留在 kcbx.yaml 里；制发过的文书不动，
    对不对由负责人决定。只是写错了字的，再运行一次 kcbx pack confirm 更正。
    """
    root = where.root()
    if root is None:
        raise stop("PAPR009", Place(), file="kcbx.yaml")
    done = take_basis_back(root, number, reason, day)
    for change in done.lines:
        for text in change.come:
            show.tell(text)
    if not yes:
        click.confirm("写入 kcbx.yaml 吗？", abort=True, err=True)
    write_settings(done)
    show.result(f"已收回 {number}。")
    show.print_problems(done.problems, err=True)

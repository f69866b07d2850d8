"""``kcbx number``: from which number a series goes on, and how far each has come."""

from pathlib import Path

import click

from kcbx_docs.cli import options, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.group import Branch
from kcbx_docs.issuing.number import Run, runs
from kcbx_docs.issuing.number import start as start_series
from kcbx_docs.ledger.model import Series
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.problems import Place, stop


@click.group(cls=Branch)
def number() -> None:
    """文号：从几号起，用到几号。

    文号在制发的时候（kcbx issue）由台账按次序取，每年从 1 号起。
    """


@number.command("start", cls=Command, examples=("kcbx number start 青政责改 2026 13 --by 普文清",))
@click.argument("word", metavar="机关代字")
@click.argument("year", metavar="年", type=options.Range(2000, 2100))
@click.argument("serial", metavar="序号", type=options.Range(1, 999_999))
@click.option("--reason", default="", metavar="理由", help="为什么从这个号起；不写就是纸面已用过。")
@options.by
@options.as_json
def start(word: str, year: int, serial: int, reason: str, by: str, as_json: bool) -> None:
    """从哪个号起：年中开始用台账的，写纸面登记簿上还没有用过的第一个号。

    只能往上，不能往回；记进台账。机关代字写到年份以前为止，如 青政责改。
    """
    run = start_series(_office(), word, year, serial, reason, by)
    if as_json:
        show.print_json(_data(run))
        return
    show.result(f"下一个号：{run.sample}")


@number.command("list", cls=Command, examples=("kcbx number list",))
@options.as_json
def list_series(as_json: bool) -> None:
    """列出用过的文号系列，各用到几号。"""
    told = runs(_office())
    if as_json:
        show.print_json([_data(run) for run in told])
        return
    if not told:
        show.result("台账里还没有文号。")
        return
    show.table(
        ("制发机关", "机关代字", "年", "已制发", "下一个号"),
        [(*_key(run.series), run.issued, run.sample) for run in told],
    )


def _key(series: Series) -> tuple[str, str, int]:
    return series.issuer, series.word, series.year


def _data(run: Run) -> dict[str, object]:
    issuer, word, year = _key(run.series)
    told = {"issuer": issuer, "word": word, "year": year}
    return {**told, "issued": run.issued, "next": run.next, "number": run.sample}


def _office() -> Office:
    root = where.root()
    if root is None:
        raise stop("PAPR009", Place(), file="kcbx.yaml")
    return open_office(Path(root))

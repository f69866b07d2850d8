"""``kcbx paper``: papers that were issued, and what became of them since."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from kcbx_docs import clock
from kcbx_docs.cli import completing, detach, options, show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.group import Branch
from kcbx_docs.cli.issue import load_matter
from kcbx_docs.issuing import later, rendition
from kcbx_docs.issuing.aftermath import after_it
from kcbx_docs.issuing.clerk import Clerk
from kcbx_docs.issuing.detaching import PAPER
from kcbx_docs.issuing.later import Named, Remark
from kcbx_docs.ledger.model import Recorded
from kcbx_docs.office.book import Issue
from kcbx_docs.procedure.dues import Due

F = TypeVar("F", bound=Callable[..., Any])
_PATH = click.Path(path_type=Path)
_SCANS = "PDF、JPG、PNG"
_SHOWN = {
    "id": "条",
    "title": "文书",
    "guardian": "给谁",
    "number": "文号",
    "day": "成文日期",
    "later": "后来",
}


@click.group(cls=Branch)
def paper() -> None:
    """制发过的文书：撤回、作废、补正、更正，存盖章件，取下存错的。

    文书本身不变；每一样都在台账里另记一条，写明理由。
    """


def _which(function: F) -> F:
    """Take the case, the paper that is meant, and who does it when."""
    for offer in (
        options.as_json,
        options.by,
        options.day("哪一天的事；不写就是今天。"),
        click.option(
            "--to",
            "guardian",
            default="",
            metavar="姓名",
            shell_complete=completing.guardians,
            help="给谁的那一份。",
        ),
        click.option(
            "--entry",
            type=int,
            default=0,
            metavar="第几条",
            help="台账第几条的那一份；没有文号、几份分不清的才写。",
        ),
        options.one_document("哪一种，编号或标题。"),
        click.option("--number", default="", metavar="文号", help="哪一份，写文号。"),
        click.argument("path", metavar="文件", type=options.CASE_FILE),
    ):
        function = offer(function)
    return function


_reason = click.option("--reason", default="", metavar=options.REASON, help="谁说明，为什么。")


@paper.command("list", cls=Command, examples=("kcbx paper list cases/到责令.yaml",))
@click.argument("path", metavar="文件", type=options.CASE_FILE)
@options.as_json
def list_papers(path: Path, as_json: bool) -> None:
    """列出这个案件、这份公文制发过的，现在怎样。"""
    office, loaded, _ = load_matter(path)
    issues = later.issues_of(office, loaded)
    if as_json:
        show.print_json([_data(one) for one in issues])
        return
    if not issues:
        show.result("台账里还没有它的文书。")
        return
    show.table(tuple(_SHOWN.values()), map(_row, issues))


def _row(issue: Issue) -> tuple[object, ...]:
    told = _data(issue)
    later = zip(told["later"], issue.later, strict=True)
    told["later"] = [f"{kind}（第 {one.seq} 条）" for kind, one in later]
    return tuple(told[key] for key in _SHOWN)


@paper.command(
    "withdraw",
    cls=Command,
    examples=(
        "kcbx paper withdraw cases/到责令.yaml"
        " --number 青政责改〔2026〕1号 --reason 普文清：期限写错",
    ),
)
@_which
@_reason
def withdraw(path: Path, reason: str, **given: Any) -> None:
    """撤回：已经送出的文书不算数了；期限不再从它起算。"""
    _do(later.withdraw, path, given, reason=reason)


@paper.command(
    "void",
    cls=Command,
    examples=(
        "kcbx paper void cases/到责令.yaml"
        " --doc order-to-correct --to 普正华 --reason 普文清：姓名写错",
    ),
)
@_which
@_reason
def void(path: Path, reason: str, **given: Any) -> None:
    """作废：制成了，没有送出。文号不再给别的文书，登记簿上照列。"""
    _do(later.void, path, given, reason=reason)


@paper.command(
    "complete",
    cls=Command,
    examples=(
        "kcbx paper complete cases/到责令.yaml"
        " --number 青政责改〔2026〕1号 --content 补写联系电话 --reason 普文清：漏写了联系电话",
    ),
)
@_which
@_reason
@click.option("--content", required=True, metavar="内容", help="补了什么。")
@click.option("--file", type=_PATH, metavar="扫描件", help=f"补正的那一页，{_SCANS}。")
def complete(path: Path, reason: str, content: str, file: Path | None, **given: Any) -> None:
    """补正：漏写的，另用一张纸补上。"""
    _do(later.complete, path, given, reason=reason, content=content, file=file)


@paper.command(
    "correct",
    cls=Command,
    examples=(
        "kcbx paper correct cases/到责令.yaml"
        " --number 青政责改〔2026〕1号 --set 期限=2026-12-15 --reason 普文清：期限写错",
    ),
)
@_which
@_reason
@click.option("--content", default="", metavar="内容", help="更正了什么。")
@click.option("--file", type=_PATH, metavar="扫描件", help=f"更正的通知，{_SCANS}。")
@click.option("--set", "pairs", multiple=True, metavar="键=值", help="改成什么，如 金额=500。")
def correct(
    path: Path, reason: str, content: str, file: Path | None, pairs: tuple[str, ...], **given: Any
) -> None:
    """更正：写错的，另行更正；台账里的金额、期限用 --set 改，期限跟着重算。"""
    _do(later.correct, path, given, reason=reason, content=content, file=file, pairs=pairs)


@paper.command(
    "seal",
    cls=Command,
    examples=("kcbx paper seal cases/到责令.yaml --number 青政责改〔2026〕1号 --file 盖章件.png",),
)
@_which
@click.option(
    "--file", type=_PATH, required=True, metavar="扫描件", help="盖了章的那一份，PDF、JPG、PNG。"
)
def seal(path: Path, file: Path, **given: Any) -> None:
    """存盖章件：打印、签名、盖章以后扫描的那一份。"""
    _do(later.seal, path, given, file=file)


@paper.command(
    "detach",
    cls=Command,
    examples=("kcbx paper detach cases/到责令.yaml 4 --reason 普文清：扫描件是另一份文书的",),
)
@detach.arguments
def _detach(day: date, by: str, **given: Any) -> None:
    """取下存错的扫描件：盖章件、补正更正的那一页、补录的扫描件是别的文书的。

    文件不删，登记不改，另记一条取下，写明理由；以后可以再存对的那一份。
    第几条用 kcbx paper list 看。
    """
    office, loaded, _ = load_matter(given["path"])
    detach.run(Clerk(office, loaded, day, by), PAPER, given, day)


@paper.command(
    "pdf",
    cls=Command,
    examples=("kcbx paper pdf cases/到责令.yaml --number 青政责改〔2026〕1号",),
)
@_which
@click.option(
    "--file", type=_PATH, metavar="文件", help="从存的 Word 文件另存的 PDF；不写就由程序排版。"
)
def pdf(path: Path, file: Path | None, **given: Any) -> None:
    """补 PDF：制发的时候只存了 Word 文件的，照同样的文字补一份 PDF。

    制发的那一份不变；补的另记一条，写明是后来补的。文字不同的不收。
    """
    _do(rendition.add_pdf, path, given, scanned=False, file=file)


def _do(
    act: Callable[..., Recorded],
    path: Path,
    given: dict[str, Any],
    *,
    scanned: bool = True,
    **more: Any,
) -> None:
    number, document, guardian = (given[key].strip() for key in ("number", "document", "guardian"))
    named = Named(number, document, guardian, given["entry"])
    told = Remark(given["day"], by=given["by"], **more)
    office, loaded, _ = load_matter(path)
    issue = later.find(office, loaded, named)
    doubts = later.kept_elsewhere(office, issue, told.file) if told.file and scanned else ()
    recorded = act(office, loaded, issue, told)
    follows = after_it(replace(office), loaded, issue, recorded, max(told.day, clock.today()))
    doubts = (*doubts, *follows.reminders, *follows.unlawful)
    if given["as_json"]:
        row: dict[str, Any] = {"event": recorded.kind, "recorded": recorded.seq}
        row["ended"] = [*map(_due, follows.ended)]
        row["runs"] = [*map(_due, follows.runs)]
        show.print_json({**_data(issue), **row, "problems": show.as_data(doubts)})
        return
    about = "，".join(filter(None, (issue.number, issue.guardian)))
    what = "补 PDF" if recorded.data.get("rendition") else recorded.kind
    said = f"已记{what}（台账第 {recorded.seq} 条）"
    show.result(f"《{issue.title}》{about}：{said}")
    for how, dues in (("不再计算", follows.ended), ("现在的期限", follows.runs)):
        for due in dues:
            show.tell(f"{how}：{due.by} {due.bound} {due.what}（{due.articles}）")
    show.print_problems(doubts, err=True)


def _due(one: Due) -> dict[str, Any]:
    return {"by": one.by, "bound": one.bound, "guardian": one.guardian, "what": one.what}


def _data(issue: Issue) -> dict[str, Any]:
    return {
        "id": issue.seq,
        "document": issue.document,
        "title": issue.title,
        "guardian": issue.guardian,
        "number": issue.number,
        "day": issue.recorded.day,
        "later": ["补 PDF" if one.data.get("rendition") else one.kind for one in issue.later],
    }

"""``kcbx pack confirm``: with the regulation in hand,
an officer registers the clause on which fines rest.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from kcbx_docs import clock
from kcbx_docs.cli import options, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.form import Dialogue
from kcbx_docs.office.clause import ConfirmedClause, check_clause
from kcbx_docs.office.confirm import Confirmation, confirmation_of, write
from kcbx_docs.office.confirm_form import ATTACHMENT, FORM, QUESTIONS, ConfirmForm
from kcbx_docs.office.kept_answers import kept_for
from kcbx_docs.office.new_files import refresh_schemas
from kcbx_docs.office.unlock import UnlockedPaper, faults_left, unknowns, unlocked
from kcbx_docs.problems import Place, Problems, raise_errors, stop
from kcbx_docs.reading import Loc, read_model, read_yaml
from kcbx_docs.words import command_line


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    for entry in reversed(QUESTIONS):
        choices = f"：{'、'.join(entry.choices)}" if entry.choices else ""
        about = f"{entry.about}{choices}。"
        option = click.option(f"--{entry.option}", entry.key, metavar="内容", help=about)
        function = option(function)
    return function


@click.command(
    "confirm",
    cls=Command,
    examples=(
        "kcbx pack confirm --statute 虚拟省义务教育条例 --level 地方性法规"
        " --article 第五十二条第一款"
        " --text 监护人不送适龄子女入学，经责令限期改正逾期不改的，处一千元以下罚款。"
        " --in-force 2025-01-01 --most 1000"
        " --organ 乡镇人民政府 --after-order 是 --by 普文清 --yes",
    ),
)
@_options
@click.option(
    "--attachment",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="法规的扫描件或文本，复制进工作目录的 附件。",
)
@click.option("--short", metavar="简称", help="法规的通用简称；全称不超过 40 字的可以不写。")
@click.option("--id", "number", metavar="编号", help="短编号；不写就用条文。编号相同的代替原来的。")
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="从一个 YAML 文件读取，键与 kcbx.yaml 的处罚依据相同。",
)
@click.option("--correct", is_flag=True, help="上次写错了：施行日期、条文、名称照这次的改。")
@click.option("--sample", is_flag=True, help="虚构的示例，只能用在示例工作目录。")
@options.as_of("确认的日期；不写就是今天。")
@click.option("-y", "--yes", is_flag=True, help="不提问；没有给出的留空或写未知。")
def confirm(
    attachment: Path | None,
    short: str | None,
    number: str | None,
    file: Path | None,
    correct: bool,
    sample: bool,
    day: date,
    yes: bool,
    **given: str | None,
) -> None:
    """登记处罚依据：手边有法规原文时，把可以罚款的条款确认下来。

    逐项询问，也可以用选项或文件给出；不知道的写 未知，程序不替您猜。
    写进 kcbx.yaml 的处罚依据（其他内容和注释不动，原文件留作 .bak），
    同时登记法规本身，文书可以引用。写完列出哪些案件可以制发什么。

    登记过的可以再运行一次更正：原来的答案照样提出来，改哪一项写哪一项；
    用选项的，编号或者条文相同就是更正，没有给出的照上次的。
    """
    root = where.root()
    if root is None:
        raise stop("PAPR009", Place(), file="kcbx.yaml")
    whole = {**given, "简称": short, "编号": number, "示例": "是" if sample else None}
    said = {key: text for key, text in whole.items() if text is not None}
    if file:
        _from_file(root, file, said, attachment, day, yes=yes)
        return
    form = ConfirmForm(root, day, said, correct, silent=yes, tell=show.tell)
    told: dict[Loc, str] = {(key,): text for key, text in said.items()}
    if attachment:
        told[ATTACHMENT] = str(attachment)
    kept = None if yes else kept_for(FORM, root)
    dialogue = Dialogue(form.flow, told, form.judge, yes, kept)
    dialogue.fill("kcbx.yaml、templates/law.yaml", form.prove)
    assert form.ready is not None
    if not yes:
        _preview(form.ready)
    _finish(root, form.ready, day)
    dialogue.done()


def _finish(root: Path, ready: Confirmation, day: date) -> None:
    write(ready)
    refresh_schemas(root)
    _tell(root, ready, day)


def _from_file(
    root: Path,
    file: Path,
    said: Mapping[str, str],
    attachment: Path | None,
    day: date,
    *,
    yes: bool,
) -> None:
    """Confirm what a file says; it is complete: what it leaves out is not asked for."""
    source, found = read_yaml(file)
    raise_errors(found)
    if isinstance(source.data, dict):
        whole = {"确认日期": str(day), **source.data, **said}
        source = replace(source, data={key: text for key, text in whole.items() if text})
    clause, found = read_model(ConfirmedClause, source)
    raise_errors(found)
    assert clause is not None
    raise_errors(check_clause(clause, source, day))
    beside = file.parent / clause.attachment if clause.attachment else None
    ready = confirmation_of(root, clause, attachment or beside, day)
    if not yes:
        _preview(ready)
        click.confirm("写入吗？", abort=True, err=True)
    _finish(root, ready, day)


def _preview(ready: Confirmation) -> None:
    basis = ready.basis
    show.tell(f"\n{ready.citation}：{basis.text}")
    most = f"{basis.most} 元以下"
    if basis.least:
        most = f"{basis.least} 元以上 {most}"
    show.tell(
        f"罚款 {most}；由{'、'.join(basis.organs)}处罚；"
        f"以逾期不改为前提：{basis.after_order}；听证标准：{basis.hearing_from}"
    )
    show.tell(f"确认人 {basis.confirmed_by}，{basis.confirmed_on}")
    show.tell("将要写入：" + "、".join(str(show.short(change.path)) for change in ready.changes))


def _tell(root: Path, ready: Confirmation, day: date) -> None:
    for change in ready.changes:
        kept = f"（原文件：{change.path.name}.bak）" if change.before is not None else ""
        show.result(f"已写入 {show.short(change.path)}{kept}")
    show.result(f"已登记 {ready.citation}")
    left = faults_left(root, ready.basis, day)
    show.print_problems((*left, *ready.problems, *unknowns(ready.basis)), err=True)
    _unlocked(root, day, left)


def _unlocked(root: Path, day: date, left: Problems) -> None:
    """Say which papers of the penalty may be made now, each with its command."""
    told = unlocked(root, day, clock.today())
    if told.papers:
        show.result("现在可以制发：")
        rows = ((r.case_id, r.guardian, f"《{r.title}》", _command(r)) for r in told.papers)
        show.table(("案件", "监护人", "文书", "命令"), rows)
    elif told.steps:
        show.result("还没有案件可以制发处罚文书，走到处罚这一步的：")
        blocked = ((r.case_id, r.guardian, r.step, r.why) for r in told.steps)
        show.table(("案件", "监护人", "步骤", "被什么挡住"), blocked)
    elif left:
        show.result("还没有案件可以制发处罚文书。")
    else:
        show.result("现有案件还没有走到处罚这一步；用 kcbx next 查看每个案件。")


def _command(paper: UnlockedPaper) -> str:
    return command_line(["render", str(show.short(paper.path)), "--doc", paper.document])

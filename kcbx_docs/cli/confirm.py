"""``kcbx pack confirm``: with the regulation in hand,
an officer registers the clause on which fines rest.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from kcbx_docs import clock
from kcbx_docs.case.fields import parse_money
from kcbx_docs.cli import ask, options, show, where
from kcbx_docs.cli.ask import Check, Questions, as_given
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.scaffold import refresh_schemas
from kcbx_docs.light import dataclass
from kcbx_docs.office.clause import MAY_FINE, UNKNOWN, ConfirmedClause, check_clause, parse_article
from kcbx_docs.office.confirm import Confirmation, confirmation_of, write
from kcbx_docs.office.files import files_below
from kcbx_docs.office.opened import open_office
from kcbx_docs.office.outlook import outlooks
from kcbx_docs.office.unlock import faults_left, unknowns
from kcbx_docs.problems import Place, Problems, raise_errors, stop
from kcbx_docs.reading import Source, read_model, read_yaml
from kcbx_docs.words import command_line

ROUTE = "行政处罚"


def _day(text: str) -> str:
    return text if text == UNKNOWN else ask.a_day(text)


def _money(text: str) -> str:
    try:
        return text if text == UNKNOWN else f"{parse_money(text):f}"
    except Exception as error:
        raise ValueError(f"「{text}」不是金额，请写成 500 或 500元。") from error


def _article(text: str) -> str:
    if number := parse_article(text):
        return str(number)
    raise ValueError(f"「{text}」认不出是第几条，请写成「第五十二条第一款」的样子。")


@dataclass(frozen=True)
class _Clause:
    """One thing that is asked: its key in the file, its option, what it means,
    and how an answer is read.
    """

    key: str
    option: str
    about: str
    default: str = ""
    check: Check = as_given
    choices: tuple[str, ...] = ()


ASKED = (
    _Clause("法规", "statute", "法规全称"),
    _Clause("层级", "level", "法规的层级", "地方性法规", choices=MAY_FINE),
    _Clause("制定机关", "enacted-by", "制定机关"),
    _Clause("通过日期", "adopted", "现行版本通过或修正的日期（没有就写 未知）", UNKNOWN, _day),
    _Clause("施行日期", "in-force", "现行版本的施行日期", check=_day),
    _Clause("失效日期", "until", "失效日期（现行有效的不写）", check=_day),
    _Clause("条文", "article", "第几条第几款", check=_article),
    _Clause("原文", "text", "这一款的原文，照录"),
    _Clause("最低罚款", "least", "最低罚款（元；没有下限的不写）", check=_money),
    _Clause("最高罚款", "most", "最高罚款（元）", check=_money),
    _Clause("机关", "organ", "条文规定由谁处罚（类型或名称，用顿号隔开）"),
    _Clause("赋权决定", "delegation", "乡镇、街道处罚的赋权决定（不需要就写 不需要）", UNKNOWN),
    _Clause(
        "以逾期不改为前提",
        "after-order",
        "是否责令改正、逾期不改才可以处罚",
        UNKNOWN,
        choices=("是", "否", UNKNOWN),
    ),
    _Clause("听证标准", "hearing-from", "罚款多少元以上要告知听证", UNKNOWN, _money),
    _Clause("确认人", "by", "对照原文确认的人"),
)


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    for entry in reversed(ASKED):
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
@click.option("--sample", is_flag=True, help="虚构的示例，只能用在示例工作目录。")
@options.as_of("确认的日期；不写就是今天。")
@click.option("-y", "--yes", is_flag=True, help="不提问；没有给出的留空或写未知。")
def confirm(
    attachment: Path | None,
    short: str | None,
    number: str | None,
    file: Path | None,
    sample: bool,
    day: date,
    yes: bool,
    **given: str | None,
) -> None:
    """登记处罚依据：手边有法规原文时，把可以罚款的条款确认下来。

    逐项询问，也可以用选项或文件给出；不知道的写 未知，程序不替您猜。
    写进 kcbx.yaml 的处罚依据（其他内容和注释不动，原文件留作 .bak），
    同时登记法规本身，文书可以引用。写完列出哪些案件可以制发什么。
    """
    root = where.root()
    if root is None:
        raise stop("PAPR009", Place(), file="kcbx.yaml")
    questions = Questions(yes)
    said = {**given, "简称": short, "编号": number, "示例": "是" if sample else None}
    source = _asked(questions, file, said, day)
    clause, found = read_model(ConfirmedClause, source)
    raise_errors(found)
    assert clause is not None
    raise_errors(check_clause(clause, source, day))
    text = _attachment(questions, attachment, file, clause)
    ready = confirmation_of(root, clause, text, day)
    if not yes:
        _preview(ready)
        click.confirm("写入吗？", abort=True, err=True)
    write(ready)
    refresh_schemas(root)
    _tell(root, ready, day)


def _asked(
    questions: Questions, file: Path | None, given: Mapping[str, str | None], day: date
) -> Source:
    """Gather the answers: options first, then the file, then questions."""
    source, found = read_yaml(file) if file else (Source("命令行", "", {}), ())
    raise_errors(found)
    if not isinstance(source.data, dict | None):
        return source
    data = _written(source.data or {})
    asked = {entry.key for entry in ASKED}
    data |= _written({key: value for key, value in given.items() if key not in asked})
    for entry in ASKED:
        said = given[entry.key]
        # A file is complete: what it leaves out is not asked for.
        if said is None and (entry.key in data or file):
            continue
        if answer := _answer(questions, entry, said, sample=data.get("示例") == "是"):
            data[entry.key] = answer
    data.setdefault("确认日期", str(day))
    return replace(source, data=data)


def _written(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _answer(questions: Questions, entry: _Clause, given: str | None, *, sample: bool) -> str:
    if entry.key == "层级" and sample:
        return "示例"
    if given is not None and not given.strip():
        return ""
    if entry.choices:
        return questions.choice(entry.about, given, entry.choices, entry.default)
    return questions.text(entry.about, given, entry.default, entry.check)


def _attachment(
    questions: Questions, given: Path | None, file: Path | None, clause: ConfirmedClause
) -> Path | None:
    """Find the text of the regulation: as an option, named in the file beside it, or asked for."""
    if given:
        return given
    if file:
        return file.parent / clause.attachment if clause.attachment else None
    answer = questions.text("法规原文的文件（扫描件、PDF；没有就回车）", None)
    return Path(answer) if answer else None


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
    show.print_problems((*left, *unknowns(ready.basis)), err=True)
    _unlocked(root, day, left)


def _unlocked(root: Path, day: date, left: Problems) -> None:
    """Say which papers of the penalty may be made now, each with its command."""
    office = open_office(root).workspace.office.name
    told = outlooks(
        files_below((root / "cases",), workspace=False), day, clock.today(), judged=True
    )
    rows: list[Sequence[str]] = []
    for case in told.cases:
        if case.office == office:
            rows += _rows(case.path, case.case_id, case.told or {})
    if not rows and left:
        show.result("还没有案件可以制发处罚文书。")
        return
    if not rows:
        show.result("现有案件还没有走到处罚这一步；用 kcbx next 查看每个案件。")
        return
    show.result("现在可以制发：")
    show.table(("案件", "监护人", "文书", "命令"), rows)


def _rows(path: Path, case_id: str, told: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    for person in told.get("guardians", ()):
        for option in person["allowed"]:
            if option["route"] != ROUTE:
                continue
            titles = {document["id"]: document["title"] for document in option["documents"]}
            for name in option["templates"]:
                command = command_line(["render", str(show.short(path)), "--doc", name])
                yield case_id, person["name"], f"《{titles[name]}》", command

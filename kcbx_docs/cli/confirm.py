"""``kcbx pack confirm``: with the regulation in hand,
an officer registers the clause on which fines rest.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from kcbx_docs import clock
from kcbx_docs.case.fields import parse_money
from kcbx_docs.case.workspace import PenaltyBasis
from kcbx_docs.cli import ask, options, show, where
from kcbx_docs.cli.ask import Check, as_given
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.form import Asked, Dialogue
from kcbx_docs.cli.kept_answers import kept_for
from kcbx_docs.light import dataclass
from kcbx_docs.office.clause import (
    MAX_SHORT,
    MAY_FINE,
    UNKNOWN,
    ConfirmedClause,
    check_clause,
    parse_article,
)
from kcbx_docs.office.confirm import (
    Confirmation,
    ConfirmedBefore,
    confirmation_of,
    registered,
    said_before,
    write,
)
from kcbx_docs.office.files import files_below
from kcbx_docs.office.new_files import refresh_schemas
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.office.outlook import outlooks
from kcbx_docs.office.unlock import doubts, faults_left, unknowns
from kcbx_docs.office.yamledit import block
from kcbx_docs.problems import Place, Problem, Problems, UserError, raise_errors, stop
from kcbx_docs.reading import Loc, Source, parse_yaml, read_model, read_yaml
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
    form = _Confirming(root, day, said, attachment, correct=correct, silent=yes)
    dialogue = form.dialogue()
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


WHICH: Loc = ("登记",)
CHANGED: Loc = ("施行日期的改动",)
ATTACHMENT: Loc = ("附件",)
ANOTHER = "另外登记一条"
WRONG, NEWER = "上次写错了", "法规改了，这是新的版本"
_NEEDED = ("法规", "条文", "原文", "最高罚款", "机关", "确认人")
_ALSO: Mapping[str, tuple[Loc, ...]] = {
    "施行日期": (("通过日期",),),
    "失效日期": (("施行日期",),),
    "最高罚款": (("最低罚款",),),
}
"""Where what contradicts an answer is told besides."""


@dataclass
class _Confirming:
    """The form of one clause; what was answered for it before is offered again."""

    root: Path
    day: date
    said: Mapping[str, str]
    attachment: Path | None
    correct: bool
    silent: bool
    ready: Confirmation | None = None

    def dialogue(self) -> Dialogue:
        """Return the form that asks for it."""
        given: dict[Loc, str] = {(key,): text for key, text in self.said.items()}
        if self.attachment:
            given[ATTACHMENT] = str(self.attachment)
        kept = None if self.silent else kept_for("pack confirm", self.root)
        return Dialogue(self._flow, given, self._judge, self.silent, kept)

    @cached_property
    def _known(self) -> Mapping[str, PenaltyBasis]:
        return {basis.id: basis for basis in registered(self.root)}

    def _former(self, answers: Mapping[Loc, str]) -> PenaltyBasis | None:
        """Return the clause that is confirmed again."""
        article = parse_article(self.said.get("条文", ""))
        named = answers.get(WHICH) or self.said.get("编号") or str(article or "")
        return self._known.get(named)

    def _flow(self, answers: Mapping[Loc, str]) -> Iterator[Asked]:
        if self._known and not self.silent and self._former(answers) is None:
            words = (*self._known, ANOTHER)
            yield Asked(WHICH, "更正登记过的，还是另外登记", words=words, needed=True)
        former = self._former(answers)
        before = said_before(self.root, former) if former else {}
        if former and not self.silent:
            show.tell(f"上次：{former.confirmed_by}，{former.confirmed_on} 确认。")
        for entry in ASKED:
            if entry.key != "层级" or "示例" not in self.said:
                yield self._asked(entry, before)
            if entry.key == "施行日期" and self._changed(former, answers):
                about = f"上次写的施行日期是 {before['施行日期']}，和这次不同"
                yield Asked(CHANGED, about, words=(WRONG, NEWER), needed=True)
        if len(answers[("法规",)]) > MAX_SHORT and not self.silent:
            yield Asked(("简称",), f"通用简称（全称超过 {MAX_SHORT} 字）", needed=True)
        about = "法规原文的文件（扫描件、PDF；没有就回车）"
        yield Asked(ATTACHMENT, about, before.get("附件", ""), check=self._file)

    def _asked(self, entry: _Clause, before: Mapping[str, str]) -> Asked:
        signed = entry.key == "确认人"  # whoever confirms now says so himself
        usual = entry.default if signed else before.get(entry.key, entry.default)
        needed = entry.key in _NEEDED and not self.silent
        also = _ALSO.get(entry.key, ())
        return Asked(
            (entry.key,),
            entry.about,
            usual,
            words=entry.choices,
            check=entry.check,
            needed=needed,
            also=also,
        )

    def _changed(self, former: PenaltyBasis | None, answers: Mapping[Loc, str]) -> bool:
        if former is None or former.in_force is None or self.silent or self.correct:
            return False
        return answers[("施行日期",)] not in ("", UNKNOWN, str(former.in_force))

    def _file(self, text: str) -> str:
        if not self.silent and not self._path(text).is_file():
            raise ValueError(f"找不到文件「{text}」。")
        return text

    def _path(self, text: str) -> Path:
        """Find a file as it was typed, or as kcbx.yaml names it."""
        kept = self.root / text
        return kept if not Path(text).is_file() and kept.is_file() else Path(text)

    def _source(self, answers: Mapping[Loc, str]) -> Source:
        asides = (WHICH, CHANGED, ATTACHMENT)
        data = {str(loc[0]): text for loc, text in answers.items() if text and loc not in asides}
        former = self._former(answers)
        number = {"编号": former.id} if former else {}
        level = {"层级": "示例"} if "示例" in self.said else {}
        extra = {key: text for key, text in self.said.items() if text and (key,) not in answers}
        whole = {**number, **extra, **data, **level}
        return Source("命令行", "", {"确认日期": str(self.day), **whole})

    def _judge(self, answers: Mapping[Loc, str]) -> Sequence[Problem]:
        """Judge an answer as the readers do; what options say is judged as a whole."""
        if self.silent:
            return ()
        source, _ = parse_yaml("\n".join(block(self._source(answers).data)), "")
        clause, found = read_model(ConfirmedClause, source)
        if clause is None:
            return found
        doubted = doubts(clause, source, self._office) if self._office else ()
        return (*found, *check_clause(clause, source, self.day), *doubted)

    @cached_property
    def _office(self) -> Office | None:
        """Return the office whose clause it is; what is wrong with it is told in the end."""
        with suppress(UserError):
            return open_office(self.root)
        return None

    def prove(self, answers: Mapping[Loc, str]) -> None:
        """Work out everything that will be written."""
        source = self._source(answers)
        clause, found = read_model(ConfirmedClause, source)
        raise_errors(found)
        assert clause is not None
        raise_errors(check_clause(clause, source, self.day))
        former = self._former(answers)
        told = answers.get(CHANGED, "")
        wrong = self.correct or told == WRONG or (not told and not self.silent)
        again = ConfirmedBefore(former, wrong) if former and (wrong or told == NEWER) else None
        file = answers.get(ATTACHMENT, "")
        path = self._path(file) if file else None
        self.ready = confirmation_of(self.root, clause, path, self.day, again)


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
    office = open_office(root).workspace.office.name
    told = outlooks(
        files_below((root / "cases",), workspace=False), day, clock.today(), judged=True
    )
    own = [case for case in told.cases if case.office == office]
    rows: list[Sequence[str]] = []
    blocked: list[Sequence[str]] = []
    for case in own:
        rows += _rows(case.path, case.case_id, case.told or {})
        blocked += _blocked(case.case_id, case.told or {})
    if not rows and blocked:
        show.result("还没有案件可以制发处罚文书，走到处罚这一步的：")
        show.table(("案件", "监护人", "步骤", "被什么挡住"), blocked)
        return
    if not rows and left:
        show.result("还没有案件可以制发处罚文书。")
        return
    if not rows:
        show.result("现有案件还没有走到处罚这一步；用 kcbx next 查看每个案件。")
        return
    show.result("现在可以制发：")
    show.table(("案件", "监护人", "文书", "命令"), rows)


def _blocked(case_id: str, told: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    """Yield the steps of the penalty that a case has come to and that something keeps from it."""
    for person in told.get("guardians", ()):
        for option in person["blocked"]:
            if option["route"] == ROUTE:
                why = "；".join(one["reason"].rstrip("。") for one in option["findings"])
                yield case_id, person["name"], option["name"], why


def _rows(path: Path, case_id: str, told: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    for person in told.get("guardians", ()):
        for option in person["allowed"]:
            if option["route"] != ROUTE:
                continue
            titles = {document["id"]: document["title"] for document in option["documents"]}
            for name in option["templates"]:
                command = command_line(["render", str(show.short(path)), "--doc", name])
                yield case_id, person["name"], f"《{titles[name]}》", command

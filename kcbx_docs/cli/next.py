"""``kcbx next``: where a case stands, what may be done now, what not and why, and what is due when."""

import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from kcbx_docs.cli import options, show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.group import command_line
from kcbx_docs.papers.standing import due_order, open_case, standing_data
from kcbx_docs.problems import errors
from kcbx_docs.procedure.jurisdiction import Jurisdiction
from kcbx_docs.procedure.limits import Window
from kcbx_docs.procedure.next import CaseStanding, GuardianStanding, Option


@click.command(cls=Command, examples=(
    "kcbx next cases/到责令.yaml --as-of 2026-10-08",
    "kcbx next cases/阶梯示例/cases/申请强制执行.yaml --as-of 2026-11-20 --json",
))
@click.argument("path", metavar="案件文件", type=click.Path(path_type=Path))
@options.as_of("看哪一天的情况；不写就是今天。")
@options.as_json
@click.pass_context
def next(ctx: click.Context, path: Path, day: date, as_json: bool) -> None:
    """案件走到哪一步：现在可以做什么、不能做什么、什么时候到期。

    每名监护人分开说明：状态，可以制发的文书、由谁制发、从哪天到哪天，
    不能做的理由和办法，到期的事项和依据。经过里的矛盾指明出处。
    """
    desk, found = open_case(path, day, date.today())
    standing, law = desk.standing, desk.docket.law
    found = (*found, *standing.problems)
    if as_json:
        data = standing_data(standing, law)
        show.print_json({"ok": not errors(found), **data, "problems": show.as_data(found)})
    else:
        show.result(f"案件 {standing.case_id}　{standing.pupil}　截至 {day}")
        for person in standing.guardians:
            _present(f"{person.guardian}（{person.relation or '监护人'}）：{person.state}", tuple(_lines(person, day, law)))
        if papers := _papers(standing, desk.library.ids):
            show.result(f"生成文书：{command_line(['render', str(path), '--doc', papers])}（默认以今天为成文日期）")
        show.print_problems(found, err=False)
    ctx.exit(int(bool(errors(found))))


@dataclass(frozen=True)
class Line:
    """One line of the account of a guardian: how deep it stands, and how it is coloured."""

    depth: int
    text: str
    style: str = ""


def _lines(person: GuardianStanding, day: date, law: Jurisdiction) -> Iterator[Line]:
    yield from (Line(0, f"说明：{note}", "cyan") for note in person.notes)
    yield Line(0, "现在可以做：" if person.allowed else "现在没有可以做的步骤。", "bold green")
    for option in person.allowed:
        yield from _option(option, law)
    if person.blocked:
        yield Line(0, "现在不能做：", "bold red")
    for option in person.blocked:
        yield from _option(option, law)
    if person.due:
        yield Line(0, "到期：", "bold yellow")
    for due in due_order(person.due):
        title = f"《{law.title(due.document)}》" if due.document else ""
        yield Line(1, f"{due.by}（{days_left(due.days_left(day))}）　{due.bound}：{due.what}{title}", "red" if due.overdue else "")
        if due.basis:
            yield Line(2, f"依据：{due.articles}", "dim")
        yield from (Line(2, f"提醒：{warning.message}", "yellow") for warning in due.warnings if warning.severity == "warning")


def _option(option: Option, law: Jurisdiction) -> Iterator[Line]:
    papers = "、".join(f"《{law.title(name)}》" for name in option.documents)
    made = f" → {papers}，由{option.issuer or option.by}制发" if papers else f"（由{option.by}做）"
    yield Line(1, f"{option.name}{made}", "bold" if option.allowed else "")
    if span := _span(option.window, option.allowed):
        yield Line(2, span)
    for finding in option.findings if option.allowed else option.reasons:
        yield Line(2, str(finding), {"禁止": "red", "须说明理由": "magenta", "提醒": "yellow"}.get(finding.verdict, ""))
        if finding.hint:
            yield Line(3, finding.hint, "dim")
    yield from (Line(2, f"{refused.message}{refused.hint}", "red") for refused in option.window.refused)
    if option.allowed and option.articles:
        yield Line(2, f"依据：{option.articles}", "dim")


def _span(window: Window, allowed: bool) -> str:
    """Write from when until when, each with what it is counted by."""
    parts = []
    if window.earliest:
        parts.append(f"{window.earliest.day} 起{'可以做' if allowed else '才可以做'}（{window.earliest.name}）")
    if window.latest:
        parts.append(f"最迟 {window.latest.day}（{window.latest.name}）")
    return "，".join(parts)


def days_left(days: int) -> str:
    """Say how many days are left, or how long it has been over."""
    if days == 0:
        return "今天到期"
    return f"还有{days}天" if days > 0 else f"已过{-days}天"


def _papers(standing: CaseStanding, known: Collection[str]) -> str:
    names = (name for person in standing.guardians for option in person.allowed for name in option.documents if name in known)
    return ",".join(dict.fromkeys(names))


def _present(title: str, lines: tuple[Line, ...]) -> None:
    """Print an account: a panel on a terminal, indented lines elsewhere."""
    if not sys.stdout.isatty():
        show.result(f"\n{title}")
        for line in lines:
            show.result("  " * (line.depth + 1) + line.text)
        return
    from rich.console import Console, Group
    from rich.padding import Padding
    from rich.panel import Panel
    from rich.text import Text

    body = Group(*(Padding(Text(line.text, style=line.style), (0, 0, 0, 2 * line.depth)) for line in lines))
    Console(highlight=False).print(Panel(body, title=Text(title, style="bold"), title_align="left"))

"""``kcbx next``: where a case stands, what may be done now, what not and why,
and what is due when.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import click

from kcbx_docs import clock
from kcbx_docs.cli import completing, options, show, terminal
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.next_account import lines_of
from kcbx_docs.cli.next_commands import commands_of
from kcbx_docs.cli.next_lead import lines_of_lead
from kcbx_docs.cli.next_summary import summary_of
from kcbx_docs.cli.next_work import lines_of_work
from kcbx_docs.cli.screen import ScreenLine, plain, print_lines
from kcbx_docs.light import dataclass
from kcbx_docs.office.files import files_below
from kcbx_docs.office.outlook import LEADS, Outlook, Outlooks, outlooks
from kcbx_docs.problems import Place, Problem, errors, problem
from kcbx_docs.words import command_line, did_you_mean

Data = Mapping[str, Any]


@click.command(
    "next",
    cls=Command,
    examples=(
        "kcbx next cases/到责令.yaml --as-of 2026-10-08",
        "kcbx next 2026-002 --guardian 和䶮梅 --why --as-of 2026-10-20",
        "kcbx next cases/阶梯示例/cases/申请强制执行.yaml --as-of 2026-04-08 --json",
    ),
)
@options.files(metavar="案件、工作、线索文件…")
@options.as_of("看哪一天的情况；不写就是今天。")
@click.option(
    "--guardian",
    default="",
    metavar="姓名",
    shell_complete=completing.guardians,
    help="只看这一名监护人。",
)
@click.option("--why", is_flag=True, help="连同依据的条文、提醒、理由全文和改法。")
@options.as_json
@click.pass_context
def next_steps(
    ctx: click.Context,
    paths: tuple[Path, ...],
    day: date,
    guardian: str,
    why: bool,
    as_json: bool,
) -> None:
    """案件走到哪一步：现在可以做什么、不能做什么、什么时候到期。

    先说三行：今天要做什么，最近的期限，什么被挡住。再说每名监护人：状态，可以制发的
    文书，不能做的理由，到期的事项；几名监护人一样的只说一次。最后是可以照抄的命令。
    经过里的违法和矛盾放在最前面，指明出处。
    """
    files, today = files_below(paths, workspace=False), clock.today()
    shape = Shape(guardian.strip(), why, as_json, day)
    # A terminal is asked for its width and colours, so lines are made here.
    wanted = None if _on_screen(as_json) else shape
    with options.counted(quiet=as_json) as progress:
        told = outlooks(files, day, today, progress, judged=True, shape=wanted)
    unknown = [*_nobody(told, shape.guardian)]
    if not files:
        unknown.append(problem("NEXT010", Place(), where="、".join(map(str, paths))))
    found = [*told.problems, *unknown]
    for case in told.cases:
        found += case.problems
    bad = bool(errors(found))
    loose = (*told.problems, *unknown)
    if as_json:
        head = {"ok": not bad, "as_of": str(day), "problems": show.as_data(loose)}
        _print_cases(head, told.cases)
    else:
        for case in told.cases:
            _present(case, day, shape)
        for line in others(told):
            show.result(line)
        show.print_problems(loose, err=True)
    ctx.exit(int(bad))


def _on_screen(as_json: bool) -> bool:
    return sys.stdout.isatty() and not as_json


def _nobody(told: Outlooks, guardian: str) -> Iterator[Problem]:
    """Say that no case has the guardian who is asked for."""
    every = chain.from_iterable(case.states for case in told.cases)
    known = list(dict.fromkeys(name for name, _ in every))
    if guardian and known and guardian not in known:
        advice = did_you_mean(guardian, known)
        yield problem("NEXT003", Place(), name=guardian, known="、".join(known), advice=advice)


@dataclass(frozen=True)
class Shape:
    """How a case is written where it is read: as one line of JSON, or as lines of text."""

    guardian: str = ""
    why: bool = False
    as_json: bool = False
    day: date = date.min

    def __call__(self, case: Outlook) -> str:
        """Write a case."""
        return as_line(narrowed(case, self.guardian)) if self.as_json else self.text(case)

    def text(self, case: Outlook) -> str:
        """Write the account of a case as indented lines."""
        return plain(self.lines(case))

    def lines(self, case: Outlook) -> Iterator[ScreenLine]:
        """Write the account of a case; nothing where it has no such guardian."""
        if case.kind:
            if case.kind == LEADS:
                yield from lines_of_lead(case, self.day)
            else:
                yield from lines_of_work(case, self.day, why=self.why)
            return
        kept = narrowed(case, self.guardian)
        if not kept.told["guardians"]:
            return
        yield from summary_of(kept.told)
        yield from lines_of(kept.told, case.office, why=self.why)
        for line in commands_of(kept, len(case.states), why=self.why):
            yield ScreenLine(0, line, whole=line.startswith("  "))
        if not self.why:
            yield ScreenLine(0, "加 --why 看依据、提醒、理由全文和改法。", "dim")


def narrowed(case: Outlook, guardian: str) -> Outlook:
    """Keep what is told of one guardian, if one is asked for."""
    if not guardian or case.kind:
        return case
    people = [person for person in case.told["guardians"] if person["name"] == guardian]
    todos = [todo for todo in case.told["todos"] if todo["guardian"] == guardian]
    return replace(case, told={**case.told, "guardians": people, "todos": todos})


def _print_cases(head: Data, cases: Sequence[Outlook]) -> None:
    """Print one JSON document, a case a line: cases come as text from other processes."""
    opening = json.dumps(head, ensure_ascii=False).removesuffix("}")
    listed = ",\n".join(case.told for case in cases)
    show.result(f'{opening}, "cases": [\n{listed}\n]}}')


def as_line(case: Outlook) -> str:
    """Write a case as one line of JSON."""
    own = {"kind": case.kind, "case": case.case_id, "tasks": case.told} if case.kind else case.told
    data = {"file": case.path, **own, "problems": show.as_data(case.problems)}
    return terminal.escaped(json.dumps(data, ensure_ascii=False, default=str))


def _present(case: Outlook, day: date, shape: Shape) -> None:
    """Print a case; first what its history cannot be."""
    show.result(f"{case.kind or '案件'} {case.case_id}　{case.pupil}　截至 {day}")
    if case.problems:
        show.result("经过里的违法和矛盾，请先改正：")
        show.print_problems(case.problems, err=False)
    if isinstance(case.told, str):
        show.result(case.told)
    else:
        print_lines(shape.lines(case))
        show.result()


def others(told: Outlooks) -> Iterator[str]:
    """Say what becomes of the batches and letters among the files: they have no steps."""
    for one in told.others:
        name = str(show.short(one.path))
        command = command_line(["render", name])
        yield f"{name} 是{one.kind}，没有步骤和期限。{_OTHERS[one.kind]}：{command}"


_OTHERS = {"批次": "印发", "公文": "生成"}

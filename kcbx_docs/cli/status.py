"""``kcbx status``: one line a case, the most urgent first."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from kcbx_docs import clock
from kcbx_docs.cli import options, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.office.files import CASES, files_below
from kcbx_docs.office.listed import case_data, first_act, states
from kcbx_docs.office.outlook import LEADS, Outlook, Outlooks, outlooks
from kcbx_docs.office.without_file import uncounted
from kcbx_docs.problems import stop


@click.command(cls=Command, examples=("kcbx status", "kcbx status cases --as-of 2026-10-08 --json"))
@options.files(metavar="[文件夹…]", required=False)
@options.as_of("看哪一天的情况；不写就是今天。")
@options.as_json
@click.pass_context
def status(ctx: click.Context, paths: tuple[Path, ...], day: date, as_json: bool) -> None:
    """全部案件，一件一行，最急的在前。

    列出每名监护人的状态、本机关或学校下一件要做的事、哪天到期、还有几天。
    不写文件夹就看工作目录的 cases。有错误的文件列在最后，不影响其他案件。
    """
    told = look(paths, day, quiet=as_json)
    if as_json:
        cases = [_data(case, day) for case in told.cases]
        show.print_json(as_report(told, day, cases=cases))
    else:
        _present(told, day)
        show.print_problems(told.problems, err=True)
    ctx.exit(int(bool(told.broken)))


def look(paths: tuple[Path, ...], day: date, *, quiet: bool) -> Outlooks:
    """Read the cases of some folders, or those of the workspace, with a bar on the screen."""
    root = where.root()
    if root is None and not paths:
        raise stop("NEXT004")
    given = paths or ((root or Path()) / CASES,)
    with options.counted(quiet=quiet) as progress:
        told = outlooks(files_below(given, workspace=False), day, clock.today(), progress)
    return replace(told, problems=(*told.problems, *uncounted(given)))


def as_report(told: Outlooks, day: date, **listed: object) -> dict[str, object]:
    """Return what is listed for ``--json``, with the files that could not be read."""
    return {
        "ok": not told.broken,
        "as_of": day,
        **listed,
        "broken": told.broken,
        "problems": show.as_data(told.problems),
    }


def _present(told: Outlooks, day: date) -> None:
    rows = []
    late = 0
    leads = sum(case.kind == LEADS for case in told.cases)
    works = sum(bool(case.kind) for case in told.cases) - leads
    for case in told.cases:
        doubts = f"{len(case.problems)}处" if case.problems else ""
        rows.append((*first_act(case, day), case.case_id, case.pupil, states(case), doubts))
        late += case.first is not None and case.first.by < day
    show.table(
        (
            "日期",
            "剩余",
            "由谁",
            "要做的事",
            "案件",
            "学生、对象" if works else "学生",
            "状态",
            "矛盾",
        ),
        rows,
    )
    broken = f"，{len(told.broken)} 个文件有错误" if told.broken else ""
    counted = _counted(len(told.cases) - works - leads, works, leads)
    show.result(f"截至 {day}：{counted}，{late} 个已过期{broken}。")
    if told.others:
        kinds = [one.kind for one in told.others]
        counts = "、".join(f"{kinds.count(kind)} 个{kind}" for kind in dict.fromkeys(kinds))
        show.result(f"另有 {counts}，没有步骤和期限。")


def _counted(cases: int, works: int, leads: int) -> str:
    told = {f"{works} 件工作": works, f"{leads} 条线索": leads}
    return "，".join((f"{cases} 个案件", *(words for words, count in told.items() if count)))


def _data(case: Outlook, day: date) -> dict[str, object]:
    return {**case_data(case, day), "problems": show.as_data(case.problems)}

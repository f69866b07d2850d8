"""``kcbx status``: one line a case, the most urgent first."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from kcbx_docs import clock
from kcbx_docs.cli import options, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.next_summary import gathered
from kcbx_docs.office.files import CASES, files_below
from kcbx_docs.office.outlook import LEADS, Coming, Outlook, Outlooks, outlooks
from kcbx_docs.office.todo import Todo, todo_data
from kcbx_docs.problems import errors, stop
from kcbx_docs.words import days_left, with_doubt


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
        return outlooks(files_below(given, workspace=False), day, clock.today(), progress)


def as_report(told: Outlooks, day: date, **listed: object) -> dict[str, object]:
    """Return what is listed for ``--json``, with the files that could not be read."""
    return {
        "ok": not told.broken,
        "as_of": day,
        **listed,
        "broken": told.broken,
        "problems": show.as_data(told.problems),
    }


def states(case: Outlook) -> str:
    """Write the state of each guardian, or the state once where all are in the same."""
    if len({state for _, state in case.states}) == 1:
        return case.states[0][1]
    return "；".join(f"{name} {state}" for name, state in case.states)


def _present(told: Outlooks, day: date) -> None:
    rows = []
    late = 0
    leads = sum(case.kind == LEADS for case in told.cases)
    works = sum(bool(case.kind) for case in told.cases) - leads
    for case in told.cases:
        doubts = f"{len(case.problems)}处" if case.problems else ""
        rows.append((*_first(case, day), case.case_id, case.pupil, states(case), doubts))
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
        kinds = [kind for _, kind in told.others]
        counts = "、".join(f"{kinds.count(kind)} 个{kind}" for kind in dict.fromkeys(kinds))
        show.result(f"另有 {counts}，没有步骤和期限。")


def _counted(cases: int, works: int, leads: int) -> str:
    told = {f"{works} 件工作": works, f"{leads} 条线索": leads}
    return "，".join((f"{cases} 个案件", *(words for words, count in told.items() if count)))


_OURS = ("机关", "学校")


def _first(case: Outlook, day: date) -> tuple[str, str, str, str]:
    """Tell the office's own next act, with its last day if there is one; else what others owe."""
    due, todos = case.first, case.todos
    if (due and case.urgency[0] == 0 and not due.rule) or (not todos and due):
        return str(due.by), days_left((due.by - day).days), due.who, what(due)
    if not todos:
        return "", "", "", ""
    people = [name for name, _ in case.states]
    now = [todo for todo in todos if todo.when not in ("以后", "等待")]
    acts = "；".join(_acts(now or todos, people))
    if due and due.who in _OURS:
        until = f"{acts}（期限：{what(due)}）"
        return str(due.by), days_left((due.by - day).days), due.who, until
    if now:
        return "", "现在", now[0].who, acts
    since, left = _from_when(todos, day)
    return since, left, todos[0].who, acts


def _from_when(todos: Sequence[Todo], day: date) -> tuple[str, str]:
    """Tell from when something may be done; where all is on its way, only that it is awaited."""
    since = min((todo.since for todo in todos if todo.when == "以后" and todo.since), default=None)
    return (f"{since}起", days_left((since - day).days)) if since else ("", "等待")


def _acts(todos: Sequence[Todo], people: Sequence[str]) -> Iterator[str]:
    """Name the steps, each once with whom it is for; what waits for people is said as that."""
    for when in dict.fromkeys(todo.when for todo in todos):
        same = [todo_data(todo) for todo in todos if todo.when == when]
        lead = _LEADS.get(when, "")
        yield lead + "、".join(gathered(same, people))


_LEADS = {
    "由人决定": "由人决定：",
    "说明理由": "须说明理由：",
    "挡住": "被挡住：",
    "等待": "等结果：",
}


def what(coming: Coming) -> str:
    """Write what is due, with its paper."""
    paper = f"《{coming.title}》" if coming.title else ""
    detail = f"：{coming.detail}" if coming.detail else ""
    return with_doubt(coming.what + detail + paper, coming.doubted)


def _data(case: Outlook, day: date) -> dict[str, object]:
    return {
        "file": case.path,
        "case": case.case_id,
        "pupil": case.pupil,
        **({"kind": case.kind} if case.kind else {}),
        "office": case.office,
        "guardians": [{"name": name, "state": state} for name, state in case.states],
        "next": coming_data(case.first, day) if case.first else None,
        "todos": [todo_data(todo) for todo in case.todos],
        "urgency": case.urgency[:2],
        "problems": show.as_data(case.problems),
        "errors": len(errors(case.problems)),
    }


def coming_data(coming: Coming, day: date) -> dict[str, object]:
    """Return something that is due, for ``--json``."""
    return {
        "what": coming.what,
        **({"detail": coming.detail} if coming.detail else {}),
        "by": coming.by,
        "days_left": (coming.by - day).days,
        "who": coming.who,
        "guardian": coming.guardian,
        "document": coming.document,
        "title": coming.title,
        "rule": coming.rule,
        "service_doubted": coming.doubted,
        "basis": coming.basis,
        "warnings": coming.warnings,
    }

"""``kcbx log``: write down what happened, in the case file and at its day."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from kcbx_docs.case.event_form import KIND, WHEN, as_pair, pairs_of, values_of
from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.cli import options, show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.form import Dialogue
from kcbx_docs.cli.log_ask import EventAsked, values_by_asking
from kcbx_docs.issuing.printed import told_on_paper
from kcbx_docs.light import dataclass
from kcbx_docs.office.log import Logged, take_back, write
from kcbx_docs.office.log import log as logged
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.office.to_take_back import say_which
from kcbx_docs.problems import Place, UserError, raise_errors, stop
from kcbx_docs.words import advice_for_event, command_line


@click.command(
    "log",
    cls=Command,
    examples=(
        "kcbx log cases/到责令.yaml 劝返 日期=2026-11-23 方式=家访 对象=普正华 结果=拒绝",
        "kcbx log cases/到责令.yaml 联系 方式=电话 对象=李桂仙 结果=没有接听 --dry-run",
    ),
)
@click.argument("path", metavar="案件文件", type=options.CASE_FILE)
@click.argument("kind", metavar="事项", required=False)
@click.argument("pairs", metavar="[键=值]…", nargs=-1)
@options.as_of("哪一天记的，也是没有写日期时的日期；不写就是今天。")
@click.option(
    "--reason",
    metavar=options.REASON,
    default="",
    help="法律不允许、可是确实已经作出的，写明谁说明、为什么，记进备注；不写的不写进案件文件。",
)
@click.option(
    "--other-person",
    "--另有其人",
    is_flag=True,
    help="姓名和案件里、kcbx.yaml 里的人差一个字，确实是另一个人的。",
)
@click.option(
    "--undo",
    "--收回",
    is_flag=True,
    help="收回：把这一件从文件里取出来；只有一件的写事项就行，不写事项列出各件的命令。",
)
@click.option("--dry-run", is_flag=True, help="只检查，显示会写进哪一行，不写。")
@options.as_json
@click.pass_context
def log(
    ctx: click.Context,
    /,
    path: Path,
    kind: str | None,
    pairs: tuple[str, ...],
    day: date,
    reason: str,
    **flags: bool,
) -> None:
    """记一件事：写进案件文件的经过，按日期放好。

    先检查，再写；文件里别的字、注释、换行一个也不动。只写事项不写键的，逐项询问，
    写以前复述一遍，可以逐项改；不写事项的，列出可以记的事项。键和 YAML 里的一样，几个人用顿号隔开，
    见证人的单位写 见证人.单位=某村村民委员会。记过的同一件事不会再记一次。
    写完印出怎样收回；姓名和认识的人差一个字的先问，不写。
    """
    how = _LogSwitches(**flags)
    if not kind:
        _without_kind(path, day, how)
        return
    office, pairs = open_office(path), tuple(map(as_pair, pairs))
    if pairs or how.undo or how.as_json or not sys.stdin.isatty():
        said = _EventSaid(_typed(_known(kind), pairs, None if how.undo else day), pairs)
    else:
        said = _by_asking(office, path, _known(kind), day, reason)
    done = (_taken_back if how.undo else logged)(office, path, said.values, day, reason)
    if done.near and not (how.other_person or said.form):  # who was asked has confirmed them
        raise UserError(replace(one, severity="error") for one in done.near)
    if done.change and not how.dry_run:
        write(office, done.change)
    if said.form:
        said.form.done()
    _told(path, done, how, _way_back(ctx, kind, said))
    ctx.exit(0)


def _taken_back(
    office: Office, path: Path, values: dict[str, Any], day: date, reason: str
) -> Logged:
    """Take an event out, and tell which papers go on naming it."""
    done = take_back(office, path, values, day, reason)
    on_paper = told_on_paper(office, _loaded(office, path, day), done.event)
    return replace(done, problems=(*done.problems, *on_paper))


def _without_kind(path: Path, day: date, how: "_LogSwitches") -> None:
    """List what may be written, or say how each of the last events is taken back."""
    if how.undo:
        say_which(_loaded(open_office(path), path, day))
    show.table(("事项", "什么时候记"), ((name, rule.about) for name, rule in EVENT_FIELDS.items()))


def _told(path: Path, done: Logged, how: "_LogSwitches", back: Sequence[str]) -> None:
    if how.as_json:
        _print_json(done, written=bool(done.change) and not how.dry_run)
    elif how.undo:
        _present_undone(path, done, dry_run=how.dry_run)
    else:
        _present(path, done, () if how.dry_run else back)


@dataclass(frozen=True)
class _LogSwitches:
    """The switches of the command."""

    other_person: bool
    undo: bool
    dry_run: bool
    as_json: bool


@dataclass(frozen=True)
class _EventSaid:
    """What was typed or answered of an event."""

    values: dict[str, Any]
    pairs: Sequence[str]
    form: Dialogue | None = None


def _by_asking(office: Office, path: Path, kind: str, day: date, reason: str) -> _EventSaid:
    asked = _asked(office, path, kind, day)
    prove = partial(logged, office, path, today=day, reason=reason)
    values, form = values_by_asking(asked, show.short(path), prove)
    return _EventSaid(values, asked.pairs(form.answers), form)


def _known(kind: str) -> str:
    if kind in EVENT_FIELDS:
        return kind
    advice = advice_for_event(kind, tuple(EVENT_FIELDS))
    raise stop("CLI054", Place(), kind=kind, advice=advice)


def _way_back(ctx: click.Context, kind: str, said: _EventSaid) -> list[str]:
    """Return the words of a command that takes the event out again."""
    dated = any(pair.startswith(f"{WHEN}=") for pair in said.pairs)
    day = [] if dated or WHEN not in said.values else [f"{WHEN}={said.values[WHEN]}"]
    given = ctx.get_parameter_source("day") is ParameterSource.COMMANDLINE
    on = ["--as-of", ctx.params["day"].isoformat()] if given else []
    return [kind, *day, *said.pairs, *on, "--undo"]


def _typed(kind: str, pairs: tuple[str, ...], day: date | None) -> dict[str, Any]:
    """Return what was typed of an event as its values, of a day if there is one for the untold."""
    typed, found = values_of(kind, pairs)
    raise_errors(found)
    when = typed.pop(WHEN, day.isoformat() if day else "")
    return {**({WHEN: when} if when else {}), KIND: kind, **typed}


def _loaded(office: Office, path: Path, day: date) -> LoadedCase:
    loaded, found = office.read(path, day)
    if isinstance(loaded, LoadedCase):
        return loaded
    raise_errors(found)
    raise stop("CLI052", Place(str(path)))


def _asked(office: Office, path: Path, kind: str, day: date) -> EventAsked:
    loaded = _loaded(office, path, day)
    show.tell(f"{kind}：{EVENT_FIELDS[kind].about}。不知道或者没有的直接回车。")
    return EventAsked(loaded, kind, day, office.workspace)


def _print_json(done: Logged, *, written: bool) -> None:
    place, done = done.place, done if written else done.as_it_is()
    show.print_json(
        {
            "ok": True,
            "written": written,
            "file": place.file,
            "line": place.line,
            "event": done.event.model_dump(mode="json", exclude_defaults=True),
            "problems": show.as_data(done.problems),
        }
    )


def _present_undone(path: Path, done: Logged, *, dry_run: bool) -> None:
    said = "会取出" if dry_run else "已收回"
    about = f"{done.event.day} {done.event.kind}"
    show.result(f"{said}：{about}（{done.place.file} 第 {done.place.line} 行）。")
    if not dry_run:
        again = ["log", str(path), done.event.kind, *pairs_of(done.written)]
        show.result(f"要写回去：{command_line(again)}")
    show.print_problems(done.problems, err=True)
    show.result(f"下一步：{command_line(['next', str(path)])}")


def _present(path: Path, done: Logged, back: Sequence[str]) -> None:
    about = f"{done.event.day} {done.event.kind}"
    if done.change is None:
        file, line = done.place.file, done.place.line
        where = f"{file} 第 {line} 行" if line else f"{done.place.path}，案件文件里不用再记"
        show.result(f"已经记过：{about}（{where}），没有再写。")
        return
    said = "已写进" if back else "会写进"
    show.result(f"{said} {done.place.file} 第 {done.place.line} 行：{about}")
    show.print_problems((done if back else done.as_it_is()).problems, err=True)
    if back:
        show.result(f"写错了，收回：{command_line(['log', str(path), *back])}")
    show.result(f"下一步：{command_line(['next', str(path)])}")

"""``kcbx log``: write down what happened, in the case file and at its day."""

import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from kcbx_docs.case.event_form import KIND, WHEN, values_of
from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.cli import options, show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.log_ask import EventAsked, values_by_asking
from kcbx_docs.office.log import Logged, write
from kcbx_docs.office.log import log as logged
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.problems import Place, raise_errors, stop
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
@click.option("--dry-run", is_flag=True, help="只检查，显示会写进哪一行，不写。")
@options.as_json
@click.pass_context
def log(
    ctx: click.Context,
    path: Path,
    kind: str | None,
    pairs: tuple[str, ...],
    day: date,
    reason: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """记一件事：写进案件文件的经过，按日期放好。

    先检查，再写；文件里别的字、注释、换行一个也不动。只写事项不写键的，逐项询问，
    写以前复述一遍，可以逐项改；不写事项的，列出可以记的事项。键和 YAML 里的一样，几个人用顿号隔开，
    见证人的单位写 见证人.单位=某村村民委员会。记过的同一件事不会再记一次。
    """
    if not kind:
        rows = ((name, rule.about) for name, rule in EVENT_FIELDS.items())
        show.table(("事项", "什么时候记"), rows)
        return
    if kind not in EVENT_FIELDS:
        advice = advice_for_event(kind, tuple(EVENT_FIELDS))
        raise stop("CLI054", Place(), kind=kind, advice=advice)
    office, form = open_office(path), None
    if pairs or as_json or not sys.stdin.isatty():
        values = _typed(kind, pairs, day)
    else:
        asked = _asked(office, path, kind, day)
        prove = partial(logged, office, path, today=day, reason=reason)
        values, form = values_by_asking(asked, show.short(path), prove)
    done = logged(office, path, values, day, reason)
    if done.change and not dry_run:
        write(office, done.change)
    if form:
        form.done()
    if as_json:
        _print_json(done, written=bool(done.change) and not dry_run)
    else:
        _present(path, done, dry_run=dry_run)
    ctx.exit(0)


def _typed(kind: str, pairs: tuple[str, ...], day: date) -> dict[str, Any]:
    """Return what was typed of an event as its values."""
    typed, found = values_of(kind, pairs)
    raise_errors(found)
    typed.setdefault(WHEN, day.isoformat())
    return {WHEN: typed.pop(WHEN), KIND: kind, **typed}


def _asked(office: Office, path: Path, kind: str, day: date) -> EventAsked:
    loaded, found = office.read(path, day)
    if not isinstance(loaded, LoadedCase):
        raise_errors(found)
        raise stop("CLI052", Place(str(path)))
    show.tell(f"{kind}：{EVENT_FIELDS[kind].about}。不知道或者没有的直接回车。")
    return EventAsked(loaded, kind, day)


def _print_json(done: Logged, *, written: bool) -> None:
    place = done.place
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


def _present(path: Path, done: Logged, *, dry_run: bool) -> None:
    about = f"{done.event.day} {done.event.kind}"
    if done.change is None:
        show.result(f"已经记过：{about}（{done.place.file} 第 {done.place.line} 行），没有再写。")
        return
    said = "会写进" if dry_run else "已写进"
    show.result(f"{said} {done.place.file} 第 {done.place.line} 行：{about}")
    show.print_problems(done.problems, err=True)
    show.result(f"下一步：{command_line(['next', str(path)])}")

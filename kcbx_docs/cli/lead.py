"""``kcbx lead``: leads before a case: what waits, and what somebody decides on each."""

import typing
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from kcbx_docs import clock
from kcbx_docs.case.leads import WhyNot
from kcbx_docs.cli import completing, options, show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.destination import destination
from kcbx_docs.cli.group import Branch
from kcbx_docs.office import new_files
from kcbx_docs.office.destination import Destination
from kcbx_docs.office.lead_acts import (
    LeadChange,
    LeadDecision,
    accepted_anew,
    accepted_into,
    named_leads,
    refuse_known_children,
    rejected,
    reopened,
    waiting_leads,
    without_case,
)
from kcbx_docs.office.leads import (
    KeptLead,
    kept_leads,
    write_decision,
)
from kcbx_docs.office.new_case import SITUATIONS
from kcbx_docs.office.opened import open_office
from kcbx_docs.problems import Place, raise_errors, stop
from kcbx_docs.words import command_line

REASONS: tuple[str, ...] = typing.get_args(WhyNot)


@click.group(cls=Branch)
def lead() -> None:
    """线索（疑似辍学）：还没有案件的，逐条受理或者不受理。

    新的线索用 kcbx new 线索 记下。受理的建立案件，记着线索从哪里来；不受理的写明理由。
    记下的都留着，不删。
    """


def _ids(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.argument(
        "ids", metavar="线索编号…", nargs=-1, required=True, shell_complete=completing.leads
    )(function)


def _by(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--by", metavar="姓名", required=True, help="谁决定的。")(function)


@lead.command("list", cls=Command, examples=("kcbx lead list", "kcbx lead list --all --json"))
@click.option("--all", "everything", is_flag=True, help="连同处理过的。")
@options.as_of("看哪一天的情况；不写就是今天。")
@options.as_json
def list_leads(everything: bool, day: date, as_json: bool) -> None:
    """列出还没有处理的线索；加 --all 连同处理过的和理由。"""
    here = destination()
    kept = kept_leads(here.files, day)
    lost = without_case(here, kept)
    shown = [one for one in kept if everything or one.handled.decision is None]
    if as_json:
        told = [_data(one) for one in shown]
        show.print_json({"ok": True, "leads": told, "problems": show.as_data(lost)})
        return
    heads = ("编号", "接到", "学生", "学校", "班级", "来源", "反映人", "说的", "结果")
    show.table(heads, [_row(one) for one in shown])
    waiting = sum(one.handled.decision is None for one in kept)
    show.result(f"共 {len(kept)} 条线索，{waiting} 条没有处理。")
    show.print_problems(lost, err=True)


def _row(one: KeptLead) -> tuple[object, ...]:
    entry, decision = one.handled.entry, one.handled.decision
    what = f"{decision.day} {decision.outcome} {decision.why or decision.case}" if decision else ""
    where = (entry.school, entry.grade + entry.class_name)
    told = (entry.source, entry.reporter, entry.told)
    return entry.id, entry.day, entry.name, *where, *told, what.strip()


def _data(one: KeptLead) -> dict[str, object]:
    decision = one.handled.decision
    told = decision.model_dump(mode="json", exclude_defaults=True) if decision else None
    entry = one.handled.entry.model_dump(mode="json", exclude_defaults=True)
    return {"file": one.loaded.path, "lead": entry, "state": one.handled.state, "decision": told}


@lead.command("take", cls=Command, examples=("kcbx lead take cases/交接-2026.yaml",))
@click.argument("path", metavar="工作文件", type=options.CASE_FILE)
@click.option("--by", metavar="姓名", default="", help="反映人；不写就不记。")
@options.as_of("接到的日期；不写就是今天。")
def take(path: Path, by: str, day: date) -> None:
    """名单上要找的学生记成线索：交接名册上没有报到的，周结名单上疑似辍学、辍学的。

    已有线索、案件的不再记。记下以后逐个核查，受理或者不受理。
    """
    from kcbx_docs.case.files import LoadedWork
    from kcbx_docs.cli.new_leads import write_leads
    from kcbx_docs.office.new_leads import LeadsTold
    from kcbx_docs.office.pupil_leads import to_be_looked_for
    from kcbx_docs.office.pupil_list import list_of

    office = open_office(path)
    loaded, found = office.read(path, max(day, clock.today()))
    raise_errors(found)
    if not isinstance(loaded, LoadedWork):
        raise stop("LEAD038", Place(str(show.short(path))))
    listed = list_of(loaded, office, day)
    raise_errors(listed.problems)
    heard = to_be_looked_for(listed, loaded, office, day)
    if not heard:
        show.result(
            "名单上没有要记的：要找的都已有线索、案件，或者没有写未报到、疑似辍学、辍学的。"
        )
        return
    written, taken = write_leads(destination(), heard, LeadsTold(day, "学校", by))
    show.result(f"{show.short(written)}：{len(taken.entries)} 条线索")
    show.tell("接下来：逐个核查，受理 kcbx lead accept 编号，不受理 kcbx lead reject 编号。")


@lead.command(
    "accept",
    cls=Command,
    examples=(
        "kcbx lead accept X2026-001 X2026-002 --by 普文清",
        "kcbx lead accept X2026-003 --by 普文清 --case cases/到责令.yaml",
    ),
)
@_ids
@_by
@click.option(
    "--situation",
    type=click.Choice(SITUATIONS),
    default=SITUATIONS[1],
    metavar="情形",
    help=f"{'、'.join(SITUATIONS)}；不写就是 {SITUATIONS[1]}。",
)
@click.option(
    "--case",
    "existing",
    type=options.CASE_FILE,
    metavar="案件",
    help="孩子已有的案件，记进那一件。",
)
@click.option("--text", default="", metavar="说明", help="怎样查明的。")
@options.as_of("决定的日期；不写就是今天。")
def accept(
    ids: tuple[str, ...],
    by: str,
    situation: str,
    existing: Path | None,
    text: str,
    day: date,
) -> None:
    """受理：建立案件，经过里记「接到线索」，写明来源和线索编号。

    从哪一天起缺课还没有核查，不写「首次缺课」；核查以后再记。
    """
    here = destination()
    chosen, said = waiting_leads(here, ids, day), _said(day, by, text)
    if existing and len(chosen) > 1:
        raise stop("LEAD017")
    if existing:
        _write(here, accepted_into(here, chosen[0], existing, said))
        show.result(f"{chosen[0].id} 记进 {show.short(existing)}")
        show.result(f"看走到哪一步：{command_line(['next', str(show.short(existing))])}")
        return
    refuse_known_children(here, chosen)
    free = new_files.next_numbers(here.taken, day.year)
    for one in chosen:
        change = accepted_anew(here, one, next(free), situation, said)
        _write(here, change)
        show.result(f"{one.id} {one.handled.entry.name}：{show.short(change.cases[0].path)}")
    new_files.refresh_schemas(here.root)
    show.tell("接下来：运行 kcbx check，补上还缺的；先核查孩子有没有到校，写「核查」。")


@lead.command(
    "reject",
    cls=Command,
    examples=("kcbx lead reject X2026-004 --why 请假 --text 班主任有请假条 --by 普文清",),
)
@_ids
@click.option(
    "--why",
    type=click.Choice(REASONS),
    required=True,
    metavar="理由",
    help=f"{'、'.join(REASONS)}。",
)
@click.option("--text", default="", metavar="说明", help="怎样查明的；不属本辖区的写转告了谁。")
@_by
@options.as_of("决定的日期；不写就是今天。")
def reject(ids: tuple[str, ...], why: str, text: str, by: str, day: date) -> None:
    """不受理：写明理由、谁决定、哪一天。线索留着，以后可以重新考虑。"""
    here = destination()
    chosen = waiting_leads(here, ids, day)
    _write(here, rejected(here, chosen, why, _said(day, by, text)))
    show.result(f"{'、'.join(one.id for one in chosen)}：不受理（{why}）")


@lead.command(
    "reopen",
    cls=Command,
    examples=("kcbx lead reopen X2026-005 --text 假满没有到校 --by 普文清",),
)
@_ids
@click.option("--text", metavar="说明", required=True, help="为什么重新考虑。")
@_by
@options.as_of("决定的日期；不写就是今天。")
def reopen(ids: tuple[str, ...], text: str, by: str, day: date) -> None:
    """重新考虑处理过的线索；原来的决定照样留着。"""
    here = destination()
    chosen = named_leads(here, ids, day)
    _write(here, reopened(here, chosen, _said(day, by, text)))
    show.result(f"{'、'.join(one.id for one in chosen)}：重新考虑")


def _said(day: date, by: str, text: str) -> LeadDecision:
    return LeadDecision(day, clock.today(), by, text)


def _write(here: Destination, change: LeadChange) -> None:
    show.print_problems(change.problems, err=True)
    show.print_problems(write_decision(here.root, change.changes, *change.cases), err=True)

"""``kcbx service``: how papers reached people: recorded, corrected, proved, planned, listed."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from kcbx_docs import clock
from kcbx_docs.case.event_form import values_of
from kcbx_docs.case.files import Issuable, LoadedCase, LoadedLetter
from kcbx_docs.case.service_form import day_key
from kcbx_docs.case.service_methods import METHODS, SENT, SERVED, SERVICE_METHODS
from kcbx_docs.cli import completing, detach, options, service_show, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.failure import usage
from kcbx_docs.cli.group import Branch
from kcbx_docs.cli.service_ask import SERVICE, Told, told_by_asking
from kcbx_docs.handwriting.days import read_day
from kcbx_docs.issuing.attempt import Addressed
from kcbx_docs.issuing.clerk import Clerk, kept_attempt
from kcbx_docs.issuing.detaching import SERVICE as SERVICE_FILES
from kcbx_docs.issuing.doubtful import doubtful
from kcbx_docs.issuing.organ_service import (
    correct_to_organ,
    every_paper,
    is_organ,
    papers,
    record_to_organ,
)
from kcbx_docs.issuing.plan import plan, receipt_of
from kcbx_docs.issuing.proofs import KINDS
from kcbx_docs.issuing.service import correct, prove, record
from kcbx_docs.issuing.service_list import ServiceLine, organ_lines, service_lines, with_detached
from kcbx_docs.issuing.striking import strike, strikes
from kcbx_docs.office.files import files_below
from kcbx_docs.office.known_otherwise import renumbered
from kcbx_docs.office.opened import open_office
from kcbx_docs.office.without_file import uncounted
from kcbx_docs.problems import Place, Problem, UserError, raise_errors, stop
from kcbx_docs.record.organs import organs_waiting


@click.group(cls=Branch)
def service() -> None:
    """登记送达：怎样送的、送到没有、凭什么证明。

    每一次都照实登记，没有送到的、寄出还没有消息的也登记；登记过的不改，记错了的用 correct 更正。
    送达了没有、从哪天起算，由全部登记得出。证明可以以后用 proof 补。
    """


def _case(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.argument("path", metavar="文件", type=options.CASE_FILE)(function)


def _pairs(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.argument("pairs", metavar="[键=值]…", nargs=-1)(function)


def _files(function: Callable[..., Any]) -> Callable[..., Any]:
    text = f"证明，写成 种类=文件，可以写几次。种类有 {'、'.join(KINDS)}。"
    offer = click.option("--file", "files", multiple=True, metavar="种类=文件", help=text)
    return offer(function)


def _by(function: Callable[..., Any]) -> Callable[..., Any]:
    text = "谁登记的；不写就是登录这台计算机的人。"
    return click.option("--by", default="", metavar="姓名", help=text)(function)


@service.command(
    "record",
    cls=Command,
    examples=(
        "kcbx service record cases/两位监护人.yaml --number 青政责〔2026〕3号 --to 扎西·顿珠"
        " --method 邮寄 --day 2026-10-26 邮件单号=1000000000001 签收日期=2026-10-26"
        " 承运单位=中国邮政 --as-of 2026-10-27",
        "kcbx service record cases/协查函.yaml --to 临江市城东区教育局 --method 邮寄"
        " --day 2026-10-20 结果=在途 交寄日期=2026-10-20 邮件单号=1000000000009"
        " 承运单位=中国邮政 --as-of 2026-10-21",
    ),
)
@_case
@_pairs
@click.option(
    "--doc",
    metavar="文书",
    shell_complete=completing.titles,
    default="",
    help="文书的标题或者编号。",
)
@click.option("--number", metavar="文号", default="", help="文书的文号；有几份没有送达的必须写。")
@click.option(
    "--to",
    metavar="姓名",
    shell_complete=completing.guardians,
    default="",
    help="受送达的监护人，或者收到文书的机关、单位。",
)
@click.option(
    "--method",
    metavar="方式",
    default="",
    help=f"{'、'.join(SERVICE_METHODS)}。",
)
@click.option(
    "--day",
    "on",
    type=options.Day(),
    metavar="日期",
    help="哪一天送的、寄的、公告的；写了交寄日期、签收日期、公告日期的不必再写。",
)
@_files
@_by
@options.as_of("登记的日期；不写就是今天。")
@options.as_json
@click.pass_context
def _record(
    ctx: click.Context,
    path: Path,
    pairs: tuple[str, ...],
    doc: str,
    number: str,
    to: str,
    method: str,
    on: date | None,
    files: tuple[str, ...],
    by: str,
    day: date,
    as_json: bool,
) -> None:
    """登记一次送达。

    不写文书、方式的，逐项询问，只问这种方式要的，写以前复述一遍，可以逐项改。
    键和案件文件里的「送达」一样：没有送到的写
    结果=未送达 原因=……，寄出还没有消息的写 结果=在途 交寄日期=……；同一次登记两遍，只算一次。

    --to 写机关、学校、法院名称的，登记它收到没有（签收人=收文的人）；公文送给主送、抄送的机关。
    """
    clerk = _clerk(path, day, by)
    if not (doc or number or method or to or as_json or on or pairs or files):
        told = told_by_asking(clerk, day)
    else:
        told = _told(clerk, (doc, number, to), method, on, (pairs, files))
    values = _values(f"方式={told.method}", *told.pairs)
    if is_organ(clerk, told.paper.guardian):
        brought = record_to_organ(clerk, told.paper, values, told.files)
        told.done()
        service_show.present_organ(path, clerk, brought, as_json=as_json)
        ctx.exit(0)
    done = record(clerk, told.paper, values, told.files)
    told.done()
    if as_json:
        show.print_json(service_show.entered_data(clerk, done))
    else:
        service_show.present(path, clerk, done)
    ctx.exit(0)


def _values(*pairs: str) -> dict[str, Any]:
    values, found = values_of(SERVICE, pairs)
    raise_errors(found)
    return values


def _told(
    clerk: Clerk,
    paper: tuple[str, str, str],
    method: str,
    on: date | None,
    said: tuple[tuple[str, ...], tuple[str, ...]],
) -> Told:
    doc, number, to = paper
    pairs, files = said
    to, on = to or _only_addressee(clerk), on or _own_day(method, pairs)
    given = (
        ("--doc 或 --number", doc or number or _is_letter(clerk)),
        ("--to", to),
        ("--method", method),
        ("--day", on),
    )
    if lacking := [name for name, value in given if not value]:
        raise usage(f"缺少 {'、'.join(lacking)}；都不写的，会逐项询问。")
    pairs = (f"日期={on}", *_posted(method, on, pairs), *pairs)
    return Told(Addressed(_document(clerk, doc), number, to), method, pairs, files)


def _posted(method: str, on: date | None, pairs: Sequence[str]) -> Iterator[str]:
    """Yield the day of posting of what is on its way, where only --day tells it."""
    if method in SERVICE_METHODS:
        values = _values(f"方式={method}", *pairs)
        key = day_key(method, SENT)
        if values.get("结果") == SENT and key not in values:
            yield f"{key}={on}"


def _own_day(method: str, pairs: Sequence[str]) -> date | None:
    """Return the day that a key of its own tells: of posting, of a receipt, of a notice."""
    if method not in SERVICE_METHODS:
        return None
    values = _values(f"方式={method}", *pairs)
    outcome = values.get("结果") or (SERVED if METHODS[method].day in values else SENT)
    return read_day(str(values.get(day_key(method, outcome), "")))


def _is_letter(clerk: Clerk) -> bool:
    return not isinstance(clerk.loaded, LoadedCase)


def _only_addressee(clerk: Clerk) -> str:
    """Return for whom the papers are where that can be one only."""
    if isinstance(clerk.loaded, LoadedCase):
        known = tuple(guardian.name for guardian in clerk.loaded.case.guardians)
    elif isinstance(clerk.loaded, LoadedLetter):
        known = clerk.loaded.letter.recipients
    else:
        known = tuple(party.name for party in clerk.loaded.work.parties)
    return known[0] if len(known) == 1 else ""


def _document(clerk: Clerk, word: str) -> str:
    """Return the id of a document by any of its names."""
    if not word or _is_letter(clerk):  # a file of a letter is one paper
        return ""
    known = clerk.office.law.document(word)
    return known or clerk.office.library.find(word).front.id


@service.command(
    "correct",
    cls=Command,
    examples=(
        "kcbx service correct cases/两位监护人.yaml 2 签收日期=2026-10-27 日期=2026-10-27"
        " --reason 普文清：回执上签的是2026-10-27，登记时看错了 --as-of 2026-10-30",
        "kcbx service correct cases/两位监护人.yaml 2 结果=没有发生"
        " --reason 普文清：这封信是寄给别人的 --as-of 2026-10-30",
    ),
)
@_case
@click.argument("seq", metavar="第几条", type=int)
@_pairs
@click.option(
    "--reason",
    metavar=options.REASON,
    default="",
    help="谁说明，哪里记错了、凭什么更正。",
)
@_files
@_by
@options.as_of("更正的日期；不写就是今天。")
@options.as_json
@click.pass_context
def _correct(
    ctx: click.Context,
    path: Path,
    seq: int,
    pairs: tuple[str, ...],
    reason: str,
    files: tuple[str, ...],
    by: str,
    day: date,
    as_json: bool,
) -> None:
    """更正登记过的一次送达。

    原来的登记留着，从更正起按更正的算：期限重新计算，并列出照原来的日期已经做了什么。
    第几条是台账的条号，kcbx service list 里有。登记错了、没有这回事的（送错人、写错文书），
    写 结果=没有发生：台账里照样留着，各种文书、名单、案卷不再提它，也不算送过。
    """
    clerk = _clerk(path, day, by)
    values = _values(*pairs)
    if strikes(values):
        struck = strike(clerk, seq, values, reason)
        service_show.present_struck(clerk, struck, as_json=as_json)
        ctx.exit(0)
    if kept_attempt(clerk, seq)[0].data.get("organ"):
        mended = correct_to_organ(clerk, seq, values, reason, files)
        service_show.present_organ(path, clerk, mended, as_json=as_json)
        ctx.exit(0)
    done = correct(clerk, seq, values, reason, files)
    if as_json:
        show.print_json(service_show.entered_data(clerk, done))
    else:
        service_show.present(path, clerk, done)
        service_show.present_correction(done)
    ctx.exit(0)


@service.command(
    "proof",
    cls=Command,
    examples=("kcbx service proof cases/两位监护人.yaml 2 --file 回执联=回执.png",),
)
@_case
@click.argument("seq", metavar="第几条", type=int)
@click.argument("more", metavar="[种类=文件]…", nargs=-1)
@_files
@_by
@options.as_of("补交的日期；不写就是今天。")
@options.as_json
@click.pass_context
def _proof(
    ctx: click.Context,
    path: Path,
    seq: int,
    more: tuple[str, ...],
    files: tuple[str, ...],
    by: str,
    day: date,
    as_json: bool,
) -> None:
    """给登记过的一次送达补证明：写 种类=文件，如 送达回证=回证.jpg。"""
    files = (*files, *more)
    done = prove(_clerk(path, day, by), seq, files)
    if as_json:
        told = {"ok": True, "seq": done.seq, "entry": done.entry, "lacking": done.lacking}
        show.print_json({**told, "problems": show.as_data(done.reminders)})
        ctx.exit(0)
    if done.entry:
        kept = f"已把 {len(files)} 个文件补进台账第 {done.seq} 条"
        show.result(f"{kept}，证明记在第 {done.entry} 条。")
    else:
        show.result(f"台账第 {done.seq} 条已经有这些文件，没有再补。")
    service_show.present_lacking(path, done)
    show.print_problems(done.reminders, err=True)
    ctx.exit(0)


@service.command(
    "detach",
    cls=Command,
    examples=(
        "kcbx service detach cases/两位监护人.yaml 2 --file 回执.png"
        " --reason 普文清：这张回执是另一份文书的",
    ),
)
@detach.arguments
def _detach(day: date, by: str, **given: Any) -> None:
    """取下存错的证明：这张回证、照片是别的文书、别的人的。

    文件不删，登记不改，另记一条取下，写明理由；从此不再算这次送达的证明，待补证据重新列出。
    第几条是那次送达的条号，或者补证明的条号。
    """
    detach.run(_clerk(given["path"], day, by), SERVICE_FILES, given, day)


@service.command(
    "plan", cls=Command, examples=("kcbx service plan cases/两位监护人.yaml --as-of 2026-10-20",)
)
@_case
@options.as_of("看哪一天的情况；不写就是今天。")
@options.as_json
def _plan(path: Path, day: date, as_json: bool) -> None:
    """还有什么要送给谁，下一步怎样送、为什么，要带什么。"""
    clerk = _clerk(path, day)
    waiting = () if _is_letter(clerk) else plan(clerk.docket, day)
    unsure = () if _is_letter(clerk) else doubtful(clerk.docket, day)
    organs = organs_waiting(papers(clerk), day)
    elsewhere = renumbered(clerk.office, clerk.loaded)
    if as_json:
        show.print_json(
            {
                "ok": True,
                "as_of": day,
                "waiting": [service_show.waiting_data(one, day) for one in waiting],
                "doubtful": [service_show.doubtful_data(one) for one in unsure],
                "organs": [service_show.organ_waiting_data(one) for one in organs],
                "problems": show.as_data(elsewhere),
            }
        )
        return
    service_show.present_waitings(path, waiting, unsure, organs, day)
    if elsewhere:
        show.print_problems(elsewhere, err=True)
    elif waiting or unsure or organs:
        service_show.present_receipt(path, "" if _is_letter(clerk) else receipt_of(clerk.docket))
    else:
        show.result(f"截至 {day}，没有要送达的文书。")


@service.command(
    "list",
    cls=Command,
    examples=("kcbx service list --as-of 2026-10-27", "kcbx service list cases --overdue --json"),
)
@options.files(metavar="[案件文件…]", required=False)
@click.option("--overdue", is_flag=True, help="只列过了期限还没有送达、很久没有动静的。")
@click.option("--lacking", is_flag=True, help="只列待补证据的。")
@options.as_of("看哪一天的情况；不写就是今天。")
@options.as_json
@click.pass_context
def _list(
    ctx: click.Context,
    paths: tuple[Path, ...],
    overdue: bool,
    lacking: bool,
    day: date,
    as_json: bool,
) -> None:
    """送达台账：每一次送达，还没有送的，待补的证据。

    不写案件文件就看工作目录的全部案件。
    """
    root = where.root()
    given = paths or ((root / "cases") if root else Path(),)
    lines, problems = _lines(files_below(given, workspace=False), day)
    wanted = [
        line for line in lines if (line.overdue or not overdue) and (line.lacking or not lacking)
    ]
    every = (*problems, *uncounted(given))
    if as_json:
        rows = [service_show.line_data(line) for line in wanted]
        told = {"ok": not problems, "as_of": day, "services": rows}
        show.print_json({**told, "problems": show.as_data(every)})
    else:
        show.print_problems(every, err=True)
        if wanted or not problems:  # of what could not be read nobody says that there is none
            service_show.present_list(wanted, day)
    ctx.exit(int(bool(problems)))


def _lines(paths: Sequence[Path], day: date) -> tuple[list[ServiceLine], tuple[Problem, ...]]:
    """List the attempts of cases; a file that cannot be read does not stop the others."""
    lines: list[ServiceLine] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            clerk = _clerk(path, day)
            own = () if _is_letter(clerk) else service_lines(clerk.docket, day)
            own = (*own, *organ_lines(every_paper(clerk), clerk.matter, day))
            lines += with_detached(own, clerk.recorded)
        except UserError as error:
            # Of a file whose papers nobody serves nothing is told among others.
            problems += (one for one in error.problems if one.code != "SERV015")
    return lines, tuple(dict.fromkeys(problems))


def _clerk(path: Path, day: date, by: str = "") -> Clerk:
    office = open_office(path)
    loaded, found = office.read(path, max(day, clock.today()))
    raise_errors(found)
    if not isinstance(loaded, Issuable):
        raise stop("SERV015", Place(str(path)))
    show.print_problems(office.unknown_clerk(by), err=True)
    return Clerk(office, loaded, day, by)

"""``kcbx transfer``: a whole case goes to another organ, or comes from one."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from kcbx_docs import clock
from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.cli import options, show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.destination import destination
from kcbx_docs.cli.group import Branch
from kcbx_docs.filing import reception
from kcbx_docs.filing.reception import Received, read_bundle
from kcbx_docs.filing.transfer import Sending, Sent
from kcbx_docs.filing.transfer import send as send_case
from kcbx_docs.office import new_files
from kcbx_docs.office.destination import Destination
from kcbx_docs.office.opened import open_office
from kcbx_docs.office.reason import check_reason
from kcbx_docs.problems import as_warning, raise_errors
from kcbx_docs.record.closing import HAND_OVER
from kcbx_docs.words import command_line

REASONS = EVENT_FIELDS[HAND_OVER].choices["原因"]
_BUNDLE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group(cls=Branch)
def transfer() -> None:
    """移交整个案件给别的县、乡镇（街道）的机关，或者接收他们移交来的。

    案件文件、台账里的登记、制发过的文书和证明，存成一个文件，每一样都有校验值。
    本单位的案件标「已移交」，什么也不删；接收的一方另编自己的号，原来的经过照样留着。
    """


@transfer.command(
    "send",
    cls=Command,
    examples=(
        "kcbx transfer send cases/到责令.yaml --to 平湖县青石镇人民政府"
        " --why 孩子一家迁走 --as-of 2026-11-28 --dry-run",
    ),
)
@click.argument("path", metavar="案件文件", type=options.CASE_FILE)
@click.option("--to", "organ", metavar="机关", required=True, help="移交给哪个机关，写全称。")
@click.option(
    "--why",
    type=click.Choice(REASONS),
    required=True,
    metavar="原因",
    help=f"{'、'.join(REASONS)}。",
)
@click.option("--text", metavar="说明", default="", help="细说原因，写进移交函。")
@click.option("--answer-by", type=options.Day(), metavar="日期", help="请对方哪一天以前回复。")
@click.option("--handlers", metavar="姓名", default="", help="承办人，用顿号隔开。")
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="移交文件放在哪里；不写就是工作目录的 移交 文件夹。",
)
@options.as_of("移交的日期；不写就是今天。")
@click.option(
    "--reason",
    metavar=options.REASON,
    default="",
    help="「须说明理由」的，说明理由。",
)
@click.option("--dry-run", is_flag=True, help="只检查，不写。")
@options.as_json
def send(
    path: Path,
    organ: str,
    why: str,
    text: str,
    answer_by: date | None,
    handlers: str,
    folder: Path | None,
    day: date,
    reason: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """把整个案件存成一个移交文件，案件记上「移交」。

    文件只有本人读得了，里面有孩子和家长的个人信息：用加密的途径送交，不要用微信、公共邮箱。
    打印的校验值写在移交函上，对方接收时核对。
    """
    people = [name for name in handlers.replace("，", "、").split("、") if name]
    told = Sending(organ, day, why, text, answer_by, people, reason)
    done = send_case(path, told, max(day, clock.today()), folder, dry=dry_run)
    if as_json:
        show.print_json(_sent_data(done, written=not dry_run))
        return
    _present_sent(path, done, dry_run=dry_run)
    show.print_problems(done.problems, err=True)


def _sent_data(done: Sent, *, written: bool) -> dict[str, object]:
    return {
        "ok": True,
        "written": written,
        "file": done.path,
        "digest": done.bundle.digest,
        "events": len(done.bundle.told["事项"]),
        "files": [piece.name for piece in done.bundle.pieces],
        "missing": done.bundle.lacking,
        "problems": show.as_data(done.problems),
    }


def _present_sent(path: Path, done: Sent, *, dry_run: bool) -> None:
    bundle = done.bundle
    said = "会写成" if dry_run else "已写成"
    counts = f"{len(bundle.told['事项'])} 件事，{len(bundle.pieces)} 个文件"
    show.result(f"移交文件{said} {show.short(done.path)}：{counts}")
    show.result(f"校验值 {bundle.digest}")
    if dry_run:
        return
    name = str(show.short(path))
    show.result(f"移交函：{command_line(['render', name, '--doc', done.title])}")
    show.result(f"收到对方的回执以后：{command_line(['log', name, '移交回执'])}")


@transfer.command(
    "receive",
    cls=Command,
    examples=("kcbx transfer receive 移交/移交-2026-001-2026-11-28.zip --dry-run",),
)
@click.argument("path", metavar="移交文件", type=_BUNDLE)
@click.option("--digest", metavar="校验值", default="", help="移交函上写的校验值，用来核对。")
@click.option("--id", "number", metavar="编号", help="本单位的案件编号；不写就取下一个。")
@click.option("--handlers", metavar="姓名", default="", help="本机关的承办人，用顿号隔开。")
@options.as_of("接收的日期；不写就是今天。")
@click.option(
    "--reason",
    metavar=options.REASON,
    default="",
    help="孩子已有案件、仍要另立一件的，或者移交文件上写的接收机关不是本机关的，说明理由。",
)
@click.option("--dry-run", is_flag=True, help="只核对，显示里面有什么，不写。")
@options.as_json
def receive(
    path: Path,
    digest: str,
    number: str | None,
    handlers: str,
    day: date,
    reason: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """接收移交来的案件：核对每一样的校验值，写成本单位的案件。

    编号用本单位的；原来的经过照样留着，标明是谁移交来的，他们的文号不变，也不再用。
    移交文件里的文书和证明放进 移交 文件夹。
    """
    received = read_bundle(path, digest)
    here = destination()
    office = open_office(here.root)
    check_reason(reason, office.workspace)
    strayed = reception.strayed(received, office.workspace.office.name)
    if not (reason or dry_run):
        raise_errors(strayed)
    reception.refuse_known(received, here.files, anyway=bool(reason))
    own = new_files.folder_name(number or next(_free(here, received, day)))
    people = [name for name in handlers.replace("，", "、").split("、") if name]
    values = reception.case_values(received, office, own, day, people)
    if reason:
        values["经过"][-1]["备注"] = reason
    answer = office.law.title(office.law.document_of(reception.TAKEN))
    told: dict[str, Any] = {"file": here.cases / f"{own}.yaml", "answer": answer}
    told["problems"] = tuple(map(as_warning, strayed))
    told["compared"] = bool(digest)
    if not dry_run:
        text = new_files.case_text(values)
        told["folder"], more = reception.take(received, here.root, told["file"], text)
        told["problems"] = (*told["problems"], *more)
    _present_received(received, told, as_json=as_json, dry_run=dry_run)


def _free(here: Destination, received: Received, day: date) -> Any:
    """Propose numbers that nobody has here, nor had the case before."""
    return new_files.next_numbers({*here.taken, received.former}, day.year)


def _present_received(
    received: Received, told: dict[str, Any], *, as_json: bool, dry_run: bool
) -> None:
    if as_json:
        show.print_json(
            {
                "ok": True,
                "written": not dry_run,
                "case": told["file"],
                "pupil": received.pupil,
                "from": received.organ,
                "former": received.former,
                "digest": received.digest,
                "files": received.names,
                "problems": show.as_data(told["problems"]),
            }
        )
        return
    show.result(f"{received.organ}移交：{received.pupil}（原编号 {received.former}）")
    counts = f"{len(received.told['事项'])} 件事，{len(received.names)} 个文件，都和清单一致"
    show.result(f"校验值 {received.digest}：{counts}")
    if not told["compared"]:
        show.result("请和移交函上印的校验值对照；不一样的不要接着办，向对方查问。")
    if dry_run:
        show.print_problems(told["problems"], err=True)
        return
    name = str(show.short(told["file"]))
    show.result(f"已写成 {name}；文书和证明在 {show.short(told['folder'])}/")
    show.print_problems(told["problems"], err=True)
    show.result(f"看走到哪一步：{command_line(['next', name])}")
    show.result(f"回复对方：{command_line(['render', name, '--doc', told['answer']])}")

"""``kcbx ledger``: the ledger read again, backed up, restored, and mended in the open."""

import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kcbx_docs.cli import options, show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.group import Branch
from kcbx_docs.cli.highest import numbers_told
from kcbx_docs.cli.options import F
from kcbx_docs.cli.registers import export
from kcbx_docs.light import regex
from kcbx_docs.locking import OUTPUT
from kcbx_docs.office.book import FOLDER, book_of, open_at
from kcbx_docs.office.handed_out import issued_in_output, series_in_output, series_of_number
from kcbx_docs.problems import Place, stop

if TYPE_CHECKING:
    from kcbx_docs.ledger.backup import Unpacked
    from kcbx_docs.ledger.book import Book
    from kcbx_docs.ledger.chain import Flaw
    from kcbx_docs.ledger.model import Series, Who
    from kcbx_docs.ledger.verify import Verified

RISK = "--我知道风险"


@click.group(cls=Branch)
def ledger() -> None:
    """核验、备份、恢复台账，导出登记簿。

    台账登记每一份制发的文书、每一次送达，只增不改。册首（台账编号、条数、
    校验值）印在登记簿和案卷上，以后对照得出有没有被改、被删。
    """


def _reason(function: F) -> F:
    text = "为什么，写进台账；一句话。"
    return click.option("--reason", metavar="原因", required=True, help=text)(function)


def _by(function: F) -> F:
    text = "谁经手，写进台账；不写就是电脑的登录名。"
    return click.option("--by", "name", metavar="姓名", default="", help=text)(function)


def _risk(function: F) -> F:
    text = "在网络盘、同步文件夹里也要用；写进台账。"
    return click.option(RISK, "risk", is_flag=True, help=text)(function)


def _who(name: str) -> "Who":
    from kcbx_docs.ledger.who import at_this_machine

    return at_this_machine(name)


def _folder() -> Path:
    """Return the ledger's folder of the workspace that the command is started in."""
    root = where.root()
    if root is None:
        raise stop("PAPR009", Place(), file="kcbx.yaml")
    return root.resolve() / FOLDER


def _book() -> "Book":
    own = where.workspace()
    if own is None:
        raise stop("PAPR009", Place(), file="kcbx.yaml")
    return book_of(own.root.resolve(), own.workspace)


def _address() -> str:
    own = where.workspace()
    return own.workspace.ledger if own else ""


@ledger.command("head", cls=Command, examples=("kcbx ledger head", "kcbx ledger head --json"))
@options.as_json
def head(as_json: bool) -> None:
    """显示册首：台账编号、条数、校验值、日期；备份过的，上次是哪天、备份到第几条。

    抄在纸面登记簿上，或者打电话核对八位数；以后用 verify --against 对照。
    """
    from kcbx_docs.ledger.backup_notes import head_lines, last_backup

    book = _book()
    told, kept = book.head(), last_backup(book)
    if as_json:
        row = {"ledger": told.ledger, "count": told.count, "hash": told.hash}
        last = {"day": kept.day, "ledger": kept.ledger, "count": kept.count} if kept else None
        show.print_json({**row, "day": told.day, "spoken": told.spoken, "backup": last})
        return
    for line in head_lines(told, kept):
        show.result(line)


@ledger.command(
    "verify",
    cls=Command,
    examples=(
        "kcbx ledger verify",
        "kcbx ledger verify --quick",
        "kcbx ledger verify --against 台账/册首.txt",
    ),
)
@click.option("--against", metavar="册首", default="", help="纸面上的册首，或者记着册首的文件。")
@click.option("--quick", is_flag=True, help="文件只看大小，不重读内容。")
@options.as_json
@click.pass_context
def verify(ctx: click.Context, against: str, quick: bool, as_json: bool) -> None:
    """核验：每个字节重读一遍，说出 被改、缺失、断链、缺号、孤儿。

    登记的内容重算校验值，查找用的表重新推出来比较，文件逐个重读，防护有没有关掉，
    末尾有没有被删（对照册首）。没有问题的说 完好。
    """
    from kcbx_docs.ledger import verify as verifying

    _put_back()
    found = verifying.verify(_book(), against, quick)
    if as_json:
        show.print_json(_as_data(found))
        ctx.exit(0 if found.sound else 1)
    for one in found.flaws:
        lead = f"{one.verdict}：" if one.problem.is_error else ""  # a reminder calls itself one
        show.result(f"{lead}{show.line_of(one.problem)}")
    for one in found.set_down:
        show.result(f"{one.verdict}（续册时已记明）：{one.problem.message}")
    counted = f"台账 {found.head.ledger}，{found.events} 条，{found.files} 个文件。"
    show.result(f"{'、'.join(found.verdicts)}。{counted}")
    if found.erased:
        show.result(f"依令销毁的文件 {found.erased} 个。")
    if found.unread:
        show.result(f"没有重读 {found.unread} 个文件的内容，只看了大小；全部核验请去掉 --quick。")
    ctx.exit(0 if found.sound else 1)


def _as_data(found: "Verified") -> dict[str, Any]:
    told = {"ledger": found.head.ledger, "count": found.head.count, "hash": found.head.hash}
    counts = {"events": found.events, "files": found.files, "unread": found.unread}
    flaws = [_flaw(one) for one in (*found.flaws, *found.set_down)]
    return {"ok": found.sound, "verdicts": found.verdicts, **told, **counts, "flaws": flaws}


def _flaw(one: "Flaw") -> dict[str, Any]:
    told = one.problem
    row = {"verdict": one.verdict, "code": one.code, "event": one.seq or None, "file": one.name}
    return {**row, "message": told.message, "severity": told.severity}


def _put_back() -> None:
    """Put back lost files of which the same bytes lie in output, and say so."""
    from kcbx_docs.ledger.found_again import put_back

    book = _book()
    for path in put_back(book, [_folder().parent / OUTPUT]) if book.folder else ():
        show.tell(f"台账缺的一个文件，在 {show.short(path)} 找到一字不差的，已放回去。")


@ledger.command("backup", cls=Command, examples=("kcbx ledger backup U盘",))
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path, file_okay=False))
@options.as_json
def backup(folder: Path, as_json: bool) -> None:
    """备份成一个文件，写完重读一遍才算数。

    先核验，再连同全部文件写成一个 zip；可以写到 U 盘、网络盘、同步文件夹。
    里面有当事人的个人信息，请当作案卷保管。
    """
    from kcbx_docs.ledger.backup import back_up

    _put_back()
    made = back_up(_book(), folder)
    if as_json:
        show.print_json(made.as_data())
        return
    show.result(str(made.path))
    show.tell(f"台账 {made.head.ledger}，{made.head.count} 条，{made.files} 个文件；重读无误。")
    show.print_problems(made.doubts, err=True)


_HIGHEST = "纸面登记簿上最大的文号，如 青政〔2026〕25号；几个代字分几次写。"


def _highest_option(function: F) -> F:
    offer = click.option("--highest", metavar="文号", multiple=True, help=_HIGHEST)
    return offer(function)


@ledger.command(
    "restore",
    cls=Command,
    examples=(
        'kcbx ledger restore U盘/台账备份.zip --reason 硬盘坏了 --highest "青政〔2026〕25号"',
    ),
)
@click.argument("path", metavar="备份", type=click.Path(path_type=Path, dir_okay=False))
@_reason
@_highest_option
@_by
@click.option("--yes", is_flag=True, help="现在的台账完好也换成备份；后来的登记不再算数。")
@click.option("--other-office", "others", is_flag=True, help="备份里没有本单位的文书，也恢复。")
@_risk
def restore(
    path: Path,
    reason: str,
    highest: tuple[str, ...],
    name: str,
    yes: bool,
    others: bool,
    risk: bool,
) -> None:
    """从备份恢复。先核验备份，再换上；被换下的留着。

    备份以后发出的文书台账里没有了：要写明纸面上每个代字最大的文号，
    以后从它往上编，不会重号；中间的记为已发、记录丢失，请用 --existing 补录。
    """
    from kcbx_docs.ledger import backup as backups

    if _address():
        made = _restore_shared(path, reason, highest, name, others=others)
    else:
        folder = _folder()
        with backups.unpacked(path, folder) as found:
            _refuse_others(found, others=others)
            if not yes:
                backups.refuse_loss(found, folder)
            known = numbers_told(highest, backups.series_told(found, folder))
            made = backups.restore(found, folder, _who(name), reason, known, risk=risk)
    show.result(f"已恢复：第 {made.seq} 条。台账的新编号 {made.data['ledger']}。")
    show.tell("接下来：kcbx ledger verify；对照纸面登记簿补录备份以后的文书。")


def _refuse_others(found: "Unpacked", *, others: bool) -> None:
    """Refuse a backup of another office's ledger, unless somebody says that it is meant."""
    from kcbx_docs.ledger import backup as backups

    own = where.workspace()
    if own and not others:
        backups.refuse_others(found, own.workspace.office.name)


def _restore_shared(
    path: Path, reason: str, highest: tuple[str, ...], name: str, *, others: bool
) -> Any:
    from kcbx_docs.ledger import backup as backups
    from kcbx_docs.ledger.shared import restore_shared

    with backups.unpacked(path, _folder()) as found:
        _refuse_others(found, others=others)
        known = numbers_told(highest, found.series)
        return restore_shared(found, _address(), _who(name), reason, known)


@ledger.command(
    "continue",
    cls=Command,
    examples=('kcbx ledger continue --reason 断电后文件不全 --highest "青政〔2026〕25号"',),
)
@_reason
@_highest_option
@_by
def carry_on(reason: str, highest: tuple[str, ...], name: str) -> None:
    """台账损坏又没有备份时，记明损坏，当天继续登记。

    完好的登记一条不动，被改的、丢失的逐项写明，不再作为依据；台账换一个编号。
    有备份的请先用 restore。
    """
    from kcbx_docs.ledger import mending

    book = _damaged()
    series = mending.highest_known(book)
    known = _of_lost(highest) if series is None else numbers_told(highest, series)
    made = mending.carry_on(book, _who(name), reason, known)
    show.result(f"已另起：第 {made.seq} 条。台账的新编号 {made.data['ledger']}。")
    for line in made.data["report"]:
        show.result(f"  {line}")
    show.tell("接下来：kcbx ledger verify；对照纸面登记簿补录丢失的。")


def _of_lost(highest: tuple[str, ...]) -> dict["Series", int]:
    """Return the highest numbers where the ledger tells none: those of output, and those given."""
    own = where.workspace()
    if own is None or not highest:
        raise stop("LEDG052")
    series = series_in_output(own.root, own.workspace)
    return numbers_told(highest, series, partial(series_of_number, own.workspace))


def _damaged() -> "Book":
    from kcbx_docs.ledger.blobs import make_folder
    from kcbx_docs.ledger.mending import damaged_book

    if not _address() and issued_in_output(_folder().parent):
        make_folder(_folder())  # it is gone with all that was in it
    return open_at(_address()) if _address() else damaged_book(_folder())


@ledger.command(
    "erase",
    cls=Command,
    examples=("kcbx ledger erase 2 --order 青政办〔2026〕3号 --reason 当事人申请删除影像 --yes",),
)
@click.argument("seq", metavar="第几条", type=click.IntRange(1))
@click.option("--file", "files", metavar="文件名", multiple=True, help="只销毁这一个；可以写几次。")
@click.option("--order", metavar="文号", required=True, help="批准销毁的文书。")
@_reason
@_by
@click.option("--yes", is_flag=True, help="看过要销毁的是什么，确认销毁。")
@options.as_of("销毁的日期；不写就是今天。")
def erase(
    seq: int, files: tuple[str, ...], order: str, reason: str, name: str, yes: bool, day: date
) -> None:
    """依法销毁一条登记的文件（影像、回执等）。登记本身留着。

    不写 --file 就是这一条的全部文件。先列出是哪份文书、哪次送达的什么文件，确认了
    （--yes）才销毁，找不回来；批准的文书要写文号或者名称。销毁以后核验说「依令销毁」，不说缺失；
    备份里的要另外销毁。
    """
    from kcbx_docs.ledger import mending

    book = _book()
    event = book.event(seq)
    attached = event.attached if event else ()
    names = [one.sha256 for one in attached if not files or one.name in files]
    absent = set(files) - {one.name for one in attached}
    if absent or not names:
        raise stop(
            "LEDG051", Place(), seq=seq, files="、".join(one.name for one in attached) or "无"
        )
    _confirm(book, names, order, yes=yes)
    made = mending.erase(book, names, _who(name), reason, order, day)
    number = f"第 {made.seq} 条" if made else "以前登记过"
    show.result(f"已销毁 {len(names)} 个文件（{number}）。")
    show.tell("备份里、output 里和原来存放的地方也有的，要另外销毁。")


_ORDER = regex(r"\d\s*号|《.+》")


def _confirm(book: "Book", names: Sequence[str], order: str, *, yes: bool) -> None:
    """Show what would be destroyed, and go on only where somebody said yes to it."""
    from kcbx_docs.ledger import mending
    from kcbx_docs.ledger.model import DETACHED
    from kcbx_docs.office.detached import mark_of, taken_off

    if not _ORDER.search(order):
        raise stop("LEDG053", Place(), order=order)
    gone = taken_off(book.events(kinds=(DETACHED,)))
    for event, file in mending.holders(book, names):
        told = event.data.get("event") or {}
        title = event.data.get("title") or told.get("文书") or ""
        paper = f"《{title}》{event.data.get('number') or ''}" if title else ""
        whom = event.data.get("guardian") or event.data.get("organ") or ""
        about = "，".join(filter(None, (event.case, paper, whom, told.get("方式", ""))))
        off = "（已取下）" if mark_of(event.seq, file) in gone else ""
        show.tell(f"第 {event.seq} 条{event.kind}（{about}）：{file.role} {file.name}{off}")
    if yes:
        return
    if not sys.stdin.isatty() or not click.confirm("确认销毁，找不回来", err=True):
        raise stop("LEDG054", Place(), count=len(names))


@ledger.command("sweep", cls=Command, examples=("kcbx ledger sweep", "kcbx ledger sweep --json"))
@options.as_json
def sweep(as_json: bool) -> None:
    """把没有登记用到的文件移到 台账/无主文件；不删。

    登记到一半停了、没有登记成会留下这样的文件（核验说「孤儿」）。一天以内的不动；续册、恢复备份
    以前的也不动，可能属于丢失的登记。移走的可以打开看，确实没有用的再自行处理。
    """
    from kcbx_docs.ledger import sweeping

    swept = sweeping.sweep(_book(), _who(""))
    if as_json:
        counts = {"young": swept.young, "doubtful": swept.doubtful}
        show.print_json({"folder": swept.folder, "moved": swept.moved, **counts})
        return
    for name in swept.moved:
        show.result(name)
    show.tell(f"移到 {FOLDER}/{sweeping.ASIDE} 的文件 {len(swept.moved)} 个。")
    if swept.young:
        show.tell(f"一天以内的 {swept.young} 个没有动，可能正要登记。")
    if swept.doubtful:
        show.tell(f"续册或者恢复备份以前的 {swept.doubtful} 个没有动，可能属于丢失的登记。")


@ledger.command("moved", cls=Command, examples=("kcbx ledger moved",))
@_by
@_risk
def moved(name: str, risk: bool) -> None:
    """工作目录整个搬了地方、换了电脑，原处不再用。

    台账记着自己在哪台电脑的哪个文件夹，位置变了要说明是搬移还是复制。
    """
    from kcbx_docs.ledger import mending

    made = mending.moved(_book(), _who(name), risk=risk)
    show.result(f"已登记搬移（第 {made.seq} 条）。" if made else "位置没有变，不用登记。")


@ledger.command("copied", cls=Command, examples=("kcbx ledger copied --reason 学校另用一册",))
@_reason
@_by
@_risk
def copied(reason: str, name: str, risk: bool) -> None:
    """这里是复制出来的一册，原处还在用。

    给它一个自己的编号；原来的代字不能接着编，以免两处发出同一个文号。
    """
    from kcbx_docs.ledger import mending

    made = mending.copied(_book(), _who(name), reason, risk=risk)
    show.result(f"已另起（第 {made.seq} 条）。台账的新编号 {made.data['ledger']}。")


@ledger.command("create", cls=Command, examples=("kcbx ledger create",))
@_by
@_risk
def create(name: str, risk: bool) -> None:
    """建立台账。第一次制发时会自己建立，平常不用这一条。

    共用 PostgreSQL 的，由数据库的所有者运行一次，再用 allow 给登记的用户权限。
    """
    from kcbx_docs.ledger.book import open_book

    place = _address() or _folder()
    book = open_book(place, create=True, who=_who(name), risk=risk)
    show.result(f"台账 {book.head().ledger}，{book.head().count} 条。")


@ledger.command("allow", cls=Command, examples=("kcbx ledger allow kcbx_clerk",))
@click.argument("role", metavar="数据库用户")
def allow(role: str) -> None:
    """让一个数据库用户可以登记：能查看、能增加，不能改、不能删。

    只用于 PostgreSQL；由台账的所有者运行。
    """
    from kcbx_docs.ledger.shared import grant

    grant(_address(), role)
    show.result(f"{role} 可以登记了。请把 kcbx.yaml「登记簿」里的用户换成它。")


ledger.add_command(export)

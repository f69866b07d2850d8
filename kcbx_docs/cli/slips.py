"""``kcbx slips``: what comes back of a school's papers: scanned, recorded, counted, reminded of."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kcbx_docs import clock
from kcbx_docs.case.files import LoadedBatch
from kcbx_docs.cli import completing, options, show, slips_show, where
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.group import Branch
from kcbx_docs.cli.render import in_formats
from kcbx_docs.ledger.who import at_this_machine
from kcbx_docs.office.book import book_of
from kcbx_docs.office.opened import open_office
from kcbx_docs.office.returns import DEFECTS, Returnable, Returns
from kcbx_docs.problems import Place, problem, raise_errors, stop
from kcbx_docs.slips.chosen import LookedForIn, chosen_lines, document_meant, said_of
from kcbx_docs.slips.missing import wanted_of
from kcbx_docs.slips.record import Noted, SlipAct, record
from kcbx_docs.slips.serials import class_meant

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book
    from kcbx_docs.ledger.model import Who

_batch = click.option("--batch", default="", metavar="批次", help="只看这个批次；不写就是全部。")
_class = click.option("--class", "label", default="", metavar="班级", help="只看这个班。")
_docs = click.option(
    "--doc",
    "docs",
    multiple=True,
    metavar="文书",
    shell_complete=completing.titles,
    help="哪一种文书；不写就是全部，可写几次。",
)


@click.group(cls=Branch)
def slips() -> None:
    """交回来的回执、承诺书：扫描、登记、统计、催收。

    每一份凭印在上面的编号和二维码认人，一份一份记在台账里；登记过的不改，记错了的更正。
    """


@slips.command(
    "scan",
    cls=Command,
    examples=("kcbx slips scan 回执照片", "kcbx slips scan 七年级1班.pdf --each 3 --signed"),
)
@click.argument(
    "paths", nargs=-1, required=True, metavar="文件夹或文件…", type=options.PicturesPlace()
)
@_batch
@click.option(
    "--each",
    type=click.IntRange(1, 40),
    default=1,
    metavar="份数",
    help="每张照片、每页上有几份；写了就会说哪一张读少了。",
)
@click.option("--uncut", is_flag=True, help="没有剪开、整张交回的也算收回。")
@click.option("--signed", is_flag=True, help="这些全部看过，都签了字；不写就记为签名待看。")
@options.day("收回的日期；不写就是今天。")
@options.by
@options.as_json
@click.pass_context
def _scan(
    ctx: click.Context,
    paths: tuple[Path, ...],
    batch: str,
    each: int,
    uncut: bool,
    signed: bool,
    day: date,
    by: str,
    as_json: bool,
) -> None:
    """从照片、扫描件上的二维码登记收回，影像留在台账里作凭证。

    只认回执（承诺书）上的码：拍到告知书本身、别的学校的、作废的、写错的都不登记，逐张说明。
    一张照片上可以有几份；读不出的列出来。同一张照片扫两遍只登记一次；照片不移动，中断了再运行。
    签了字没有，程序不猜：登记为「签名待看」，看过以后用 record 登记，或者加 --signed。
    """
    from kcbx_docs.scans.codes import can_read
    from kcbx_docs.slips.pictures import SlipsAsked
    from kcbx_docs.slips.scan import ScanOrder, pictures_below, scan

    book, who = _book(by)
    if not can_read():
        raise stop("SLIP016")
    _not_later(day)
    files, told = pictures_below(paths)
    if not files:
        raise_errors([*told, problem("SLIP015")])
    order = ScanOrder(who, day, SlipsAsked(batch, uncut), signed, each)
    with options.counted(quiet=as_json, what="读取影像") as progress:
        done = scan(book, files, order, progress)
    done.problems += told
    slips_show.scanned(done, where.library(None), as_json=as_json)
    ctx.exit(int(any(one.severity == "warning" for one in done.problems)))


@slips.command(
    "record",
    cls=Command,
    examples=(
        "kcbx slips record 001-050 --class 七年级1班 --doc 控辍保学告知书",
        "kcbx slips record 012 --class 七年级1班 --doc 承诺书 --defect 学生代签",
        "kcbx slips record 青中26秋七1-012 --doc 承诺书 --reason 家长补签",
        "kcbx slips record --sheet 签收登记表.csv --class 七年级1班 --doc 控辍保学告知书",
    ),
)
@click.argument("words", metavar="[编号…]", nargs=-1)
@click.option(
    "--sheet",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="填好的登记表（Excel、CSV），有 编号、收回 两列，可以有 姓名、班级、缺陷。",
)
@_batch
@_class
@_docs
@click.option("--defect", type=click.Choice(DEFECTS), help="收回了，但是有缺陷。")
@click.option("--missing", is_flag=True, help="更正：其实没有收回；要写 --reason。")
@click.option("--redate", is_flag=True, help="更正：收回的日期写错了；要写 --as-of、--reason。")
@click.option("--reason", default="", metavar="原因", help="更正登记过的，写明原因。")
@options.day("收回的日期；不写就是今天。")
@options.by
@options.as_json
@click.pass_context
def _record(
    ctx: click.Context,
    words: tuple[str, ...],
    sheet: Path | None,
    batch: str,
    label: str,
    docs: tuple[str, ...],
    defect: str | None,
    missing: bool,
    redate: bool,
    reason: str,
    day: date,
    by: str,
    as_json: bool,
) -> None:
    """按编号、一段编号，或者填好的登记表，登记收回。

    编号可以写全（青中26秋七1-007），写短（七1-007），或者加 --class 只写 007、001-050；
    全角数字一样认。有一个写错，一份也不登记。登记的是人看过的：没有缺陷就是签好了的。
    """
    book, who = _book(by)
    _not_later(day)
    if sum((missing, redate, bool(defect))) > 1:
        raise stop("SLIP033")
    known = Returns.of(book)
    label = _named_class(known, batch, label)
    within, library = LookedForIn(batch, label, docs), partial(where.library, None)
    chosen, told = chosen_lines(words, sheet, known, within, library)
    said = said_of(chosen, docs, library, defect or "", returned=not missing)
    how = "登记表" if sheet else "登记"
    done = record(book, said, SlipAct(who, day, how, reason.strip(), redated=redate))
    done.problems += told
    _present(done, as_json)
    ctx.exit(int(any(one.severity == "warning" for one in done.problems)))


@slips.command(
    "status",
    cls=Command,
    examples=("kcbx slips status", "kcbx slips status --class 七年级1班 --json"),
)
@_batch
@_class
@_docs
@options.as_json
@click.pass_context
def _status(
    ctx: click.Context, batch: str, label: str, docs: tuple[str, ...], as_json: bool
) -> None:
    """统计：每个班发出几份，收回几份，几份有缺陷，几份没有收回。"""
    parts = _parts(batch, label, docs)
    slips_show.status(parts, where.library(None), as_json=as_json)
    ctx.exit(0)


@slips.command(
    "missing",
    cls=Command,
    examples=("kcbx slips missing --class 七年级1班", "kcbx slips missing --out 催收名单.xlsx"),
)
@_batch
@_class
@_docs
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="文件", help="写成 Excel 文件，每班一张表。"
)
@options.as_json
@click.pass_context
def _missing(
    ctx: click.Context,
    batch: str,
    label: str,
    docs: tuple[str, ...],
    out: Path | None,
    as_json: bool,
) -> None:
    """没有收回的、有缺陷要补的名单；签名待看的不在里面。"""
    parts = wanted_of(_parts(batch, label, docs))
    slips_show.missing(parts, where.library(None), out, as_json=as_json)
    ctx.exit(0)


@slips.command(
    "remind",
    cls=Command,
    examples=("kcbx slips remind cases/开学告知.yaml --class 七年级1班 --format docx",),
)
@click.argument("path", metavar="批次文件", type=options.CASE_FILE)
@_class
@_docs
@in_formats("不写就是全部格式。")
@options.day("提醒上的日期；不写就是今天。")
@options.by
@click.pass_context
def _remind(
    ctx: click.Context,
    path: Path,
    label: str,
    docs: tuple[str, ...],
    formats: tuple[str, ...],
    day: date,
    by: str,
) -> None:
    """给没有交回的印提醒：一名学生一页，一个班一个文件，下面再印一张回执。

    只说还差哪一份、怎样补，不写后果。台账记下催过几次；同一天再印，只算一次。
    """
    from kcbx_docs.batch.reminding import remind
    from kcbx_docs.filing.reminders import file_reminders
    from kcbx_docs.papers.files import Wanted

    office = open_office(path)
    loaded, found = office.read(path, day)
    raise_errors(found)
    if not isinstance(loaded, LoadedBatch):
        raise stop("SLIP037", Place(str(path)))
    batch = loaded.batch.id
    wanted = [part for part in _parts(batch, label, docs) if part.wanted]
    if not wanted:
        show.result("都交回了，没有要提醒的。")
        ctx.exit(0)
    with options.spinning(quiet=False) as progress:
        made = remind(office, loaded, Wanted(day, formats=formats), wanted, progress)
    book, who = _book(by)
    folder = file_reminders(book, made, office.output, batch, who, day)
    show.print_problems(made.problems, err=True)
    pupils = len({part.slip.serial for part in made.parts})
    show.result(f"提醒 {pupils} 名学生的家长，{len(made.parts)} 份；文件在 {show.short(folder)}。")
    if gone := len({part.slip.serial for part in wanted}) - pupils:
        show.tell(f"另有 {gone} 名不在现在的名册里，没有印。")
    ctx.exit(0)


def _parts(batch: str, label: str, docs: Sequence[str]) -> list[Returnable]:
    book, _ = _book("")
    known = Returns.of(book)
    label = _named_class(known, batch, label)
    library = where.library(None)
    wanted = {document_meant(word, library) for word in docs}
    found = [
        part
        for part in known.due(batch)
        if label in ("", part.slip.class_name) and (not wanted or part.document in wanted)
    ]
    if not found:
        raise stop("SLIP034")
    return found


def _named_class(known: Returns, batch: str, label: str) -> str:
    """Return the class as its papers call it, however it was typed."""
    own = [slip for slip in known.slips if batch in ("", slip.batch)]
    if not label:
        return ""
    if found := class_meant(label, own):
        return found
    labels = dict.fromkeys(slip.class_name for slip in own)
    raise stop("SLIP036", label=label, labels="、".join(labels) or "（没有发过）")


def _not_later(day: date) -> None:
    if day > clock.today():
        raise stop("SLIP035", day=day)


def _book(by: str) -> "tuple[Book, Who]":
    own = where.workspace()
    if own is None:
        raise stop("PAPR009", Place(), file="kcbx.yaml")
    return book_of(own.root.resolve(), own.workspace), at_this_machine(by)


def _present(done: Noted, as_json: bool) -> None:
    if as_json:
        show.print_json(
            {
                "ok": not done.problems,
                "recorded": slips_show.as_rows(done.new),
                "corrected": slips_show.as_rows(done.mended),
                "known": slips_show.as_rows(done.same),
                "problems": show.as_data(done.problems),
            }
        )
        return
    show.print_problems(done.problems, err=True)
    before = [part for part in done.same if part.came]
    never = [part for part in done.same if not part.came]
    counts = (
        (done.new, "登记"),
        (done.mended, "更正"),
        (before, "早已登记"),
        (never, "本来就没有收回"),
    )
    told = [f"{word} {len(some)} 份" for some, word in counts if some]
    show.result(("，".join(told) or "没有登记") + "。")
    for line in slips_show.whose([*done.new, *done.mended, *done.same]):
        show.result(line)  # who mistook one serial for another sees it by the name

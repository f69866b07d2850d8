"""``kcbx issue``: a paper leaves the house, numbered, frozen and recorded."""

import sys
from collections.abc import Sequence
from datetime import date, time
from itertools import chain
from pathlib import Path
from typing import Any

import click

from kcbx_docs import clock
from kcbx_docs.case.files import Issuable, LoadedCase, LoadedLetter, LoadedWork
from kcbx_docs.cli import completing, options, show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.failure import usage
from kcbx_docs.filing.folder import Written
from kcbx_docs.filing.issued import file_issued
from kcbx_docs.handwriting.days import read_clock
from kcbx_docs.issuing.issue import Issued
from kcbx_docs.issuing.issue import issue as issue_paper
from kcbx_docs.issuing.proposed import Proposed, proposed
from kcbx_docs.issuing.to_issue import ToIssue
from kcbx_docs.office.files import doubled
from kcbx_docs.office.handed_out import MANIFEST
from kcbx_docs.office.known_otherwise import renamed, renumbered
from kcbx_docs.office.opened import Office, open_office
from kcbx_docs.office.reason import unknown_signatory
from kcbx_docs.problems import Place, Problems, UserError, raise_errors, stop
from kcbx_docs.words import command_line

_PATH = click.Path(path_type=Path)


def _begun(_ctx: click.Context, _param: click.Parameter, text: str) -> time | None:
    """Read at which time that began which a paper records."""
    if text and read_clock(text) is None:
        raise stop("ISSU095", Place(), clock=text)
    return read_clock(text) if text else None


@click.command(
    "issue",
    cls=Command,
    examples=(
        "kcbx issue cases/到责令.yaml --doc 劝返通知书 --to 普正华 --as-of 2026-11-22",
        "kcbx issue cases/到责令.yaml --doc order-to-correct --as-of 2026-11-22 --json",
        "kcbx issue cases/协查函.yaml",
        "kcbx issue cases/管理示例/cases/整改.yaml --doc 整改通知书 --as-of 2026-11-12",
    ),
)
@click.argument("path", metavar="文件", type=options.CASE_FILE)
@options.one_document("编号或中文标题；公文不用写。")
@click.option(
    "--to",
    "guardian",
    default="",
    metavar="姓名",
    shell_complete=completing.guardians,
    help="给谁；不写就是每名监护人、每个对象。",
)
@click.option(
    "--number", default="", metavar="文号", help="别人给的文号；不写就按本机关的次序取号。"
)
@click.option("--file", "final", type=_PATH, metavar="文件", help="签批的定稿（DOCX、PDF），照存。")
@click.option(
    "--existing", type=_PATH, metavar="扫描件", help="补录早已制发的文书：它的扫描件，另写 --day。"
)
@click.option(
    "--time",
    "clock",
    default="",
    callback=_begun,
    metavar="时间",
    help="同一天有几次的（如劝返），写哪一次：它的时间，如 10:00。",
)
@options.as_of("成文日期；不写就是今天。")
@click.option("--day", "made", type=options.Day(), metavar="日期", help="补录的文书的成文日期。")
@click.option(
    "--reason",
    default="",
    metavar=options.REASON,
    help="「须说明理由」的、再制发的，说明理由。",
)
@click.option("--again", is_flag=True, help="已经有一份，还要再制发一份；另写 --reason。")
@click.option("--signed-by", "signatory", default="", metavar="姓名", help="谁签发的。")
@click.option("--dry-run", "dry", is_flag=True, help="只看会制发什么、预计的文号，不制发。")
@click.option("-y", "--yes", is_flag=True, help="有提醒的不提问，照样制发。")
@options.by
@options.as_json
@click.pass_context
def issue(
    ctx: click.Context,
    /,
    path: Path,
    existing: Path | None,
    day: date,
    made: date | None,
    dry: bool,
    yes: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """制发文书：取文号，定稿存进台账，从此不再改动。

    先问程序能不能制发，和 kcbx render 一样；在终端里运行、有提醒的，先列出来问一句，
    答应了才取号。文号按制发机关、机关代字和成文日期的年份
    连续取，只在制发的时候取，不退回。同一份文书再运行一次，得到的是第一次的文号。

    文件是案件、工作（约谈、整改等）的，写 --doc；公文照文件制发，发文字号照样取。

    制发的文件和写好文号的送达回证放进 output。以后 kcbx render 给出的就是原样。
    """
    when = _day_of(day, made, existing)
    said: dict[str, Any] = {
        key: text.strip() if isinstance(text, str) else text for key, text in given.items()
    }
    wanted = ToIssue(day=when, today=clock.today(), existing=existing, **said)
    office, loaded, found = load_matter(path)
    if isinstance(loaded, LoadedCase | LoadedWork) and not wanted.document:
        raise usage("缺少 --doc：写要制发的文书，编号或中文标题。")
    if dry:
        _look(office, loaded, wanted, found, as_json=as_json)
        ctx.exit(0)
    told: Problems = ()
    if not (yes or as_json) and sys.stdin.isatty():
        told = _agreed(office, loaded, wanted, found)
    _issue(office, loaded, wanted, found, as_json=as_json, told=told)
    ctx.exit(0)


def _agreed(office: Office, loaded: Issuable, wanted: ToIssue, of_file: Problems) -> Problems:
    """Show what there is to be reminded of before a number is taken, and ask; return it."""
    papers, found = proposed(office, loaded, wanted, of_file)
    waiting = [one for one in papers if not one.before]
    if not (found and waiting):
        return ()
    show.print_problems(found, err=True)
    named = "、".join(f"《{one.title}》{one.number}{_to(one)}" for one in waiting)
    click.confirm(f"照这样制发 {named}？制发以后不能取消，文号不退", abort=True, err=True)
    return found


def _day_of(day: date, made: date | None, existing: Path | None) -> date:
    """Return the day of the paper; ``--day`` means an older one, and is never passed over."""
    if existing and made is None:
        raise stop("ISSU014")
    if made is None or made == day:
        return day
    if existing or made > clock.today():  # of no kind of paper the day may be still to come
        return made
    raise stop("ISSU100", Place(), day=made)


def _to(one: Proposed) -> str:
    return f"（{one.guardian}）" if one.guardian else ""


def _issue(
    office: Office,
    loaded: Issuable,
    wanted: ToIssue,
    found: Problems,
    *,
    as_json: bool,
    told: Problems = (),
) -> None:
    """Issue what is wanted, put it into output and say what to do next, not what was ``told``."""
    found = (*found, *office.unknown_clerk(wanted.by))  # before the ledger knows him
    done, more = issue_paper(office, loaded, wanted)
    written = file_issued(office, loaded, done, wanted)
    more = (*more, *unknown_signatory(wanted.signatory, office.workspace), *written.problems)
    rows = [_data(one, written.folder) for one in done]
    if as_json:
        show.print_json(rows)
    else:
        go_on = ("service", "plan") if isinstance(loaded, LoadedLetter) else ("next",)
        _present(done, rows, _receipts(written, rows), command_line([*go_on, str(loaded.path)]))
    show.print_problems([one for one in (*found, *more) if one not in told], err=True)


def _look(
    office: Office, loaded: Issuable, wanted: ToIssue, of_file: Problems, *, as_json: bool
) -> None:
    """Show what would be issued, and issue nothing."""
    papers, found = proposed(office, loaded, wanted, of_file)
    rows = [
        {
            "document": one.document,
            "title": one.title,
            "guardian": one.guardian,
            "number": one.number,
            "day": one.day,
            "before": one.before,
        }
        for one in papers
    ]
    if as_json:
        show.print_json(rows)
    for one in () if as_json else papers:
        about = "，".join(filter(None, (one.number, one.guardian)))
        said = "以前已经制发" if one.before else "可以制发，还没有制发"
        show.result(f"《{one.title}》{about}，{one.day}：{said}")
    show.print_problems(found, err=True)


def load_matter(path: Path) -> tuple[Office, Issuable, Problems]:
    """Open the office of a case or a letter and read it; raise where it cannot be used."""
    office = open_office(path)
    loaded, found = office.read(path, clock.today())
    found = (*found, *doubled([path]).values())
    if loaded is None:
        raise UserError((*office.problems, *found))
    raise_errors(found)
    found = (*found, *renumbered(office, loaded), *renamed(office))
    if not isinstance(loaded, Issuable):
        raise stop("ISSU001", Place(str(path)))
    return office, loaded, found


def _data(one: Issued, folder: Path) -> dict[str, Any]:
    recorded = one.issue.recorded
    files = []
    for kept in recorded.attached:
        name = f"{one.name}.{kept.name.rpartition('.')[2]}"
        files.append({"file": show.short(folder) / name, "sha256": kept.sha256.rpartition(":")[2]})
    return {
        "id": recorded.seq,
        "document": one.issue.document,
        "title": one.issue.title,
        "guardian": one.issue.guardian,
        "number": one.issue.number,
        "day": recorded.day,
        "files": files,
    }


def _receipts(written: Written, rows: Sequence[dict[str, Any]]) -> tuple[Path, ...]:
    """Return what was put away besides the issued papers."""
    files = chain.from_iterable(row["files"] for row in rows)
    known = {MANIFEST, *(Path(file["file"]).name for file in files)}
    return tuple(file for file in written.files if file.name not in known)


def _present(
    done: Sequence[Issued], rows: Sequence[dict[str, Any]], receipts: Sequence[Path], go_on: str
) -> None:
    for one, row in zip(done, rows, strict=True):
        about = "，".join(filter(None, (one.issue.number, one.issue.guardian)))
        said = "以前已经制发，没有再取号" if one.before else f"已制发（台账第 {one.issue.seq} 条）"
        show.result(f"《{one.issue.title}》{about}，{row['day']}：{said}")
        for file in row["files"]:
            show.result(f"  {file['file']}")
    if receipts:
        show.result("送达回证（已有文号，送达时签）：")
        show.result("\n".join(f"  {show.short(file)}" for file in receipts))
    show.result(f"下一步：{go_on}")

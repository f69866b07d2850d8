"""``kcbx roster``: what a school's list of pupils is taken for, before anything is printed."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count, islice
from pathlib import Path

import click

from kcbx_docs.case.batch import RosterSpec
from kcbx_docs.case.roster import NO_ROWS, read_roster, told_in_short
from kcbx_docs.case.roster_annotated import annotated
from kcbx_docs.case.roster_reading import CHECKED, RosterReading, by_class
from kcbx_docs.case.roster_template import NAME as EMPTY
from kcbx_docs.case.roster_template import template as empty_roster
from kcbx_docs.cli import options, show
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.group import Branch
from kcbx_docs.problems import Place, errors, stop
from kcbx_docs.words import command_line
from kcbx_docs.writing import PRIVATE, write_over

LISTED = 20
"""Rows of one kind that are listed on the screen."""


@click.group(cls=Branch)
def roster() -> None:
    """学生名册：看每一行读成了什么；给学校一份空白名册。"""


@roster.command(
    "check",
    cls=Command,
    examples=(
        "kcbx roster check cases/名册.xlsx",
        "kcbx roster check cases/名册.xlsx --out 名单检查.xlsx",
    ),
)
@click.argument("path", metavar="名册", type=click.Path(path_type=Path))
@click.option(
    "--sheet", "sheets", metavar="工作表", multiple=True, help="只读这个工作表；可写几次。"
)
@click.option("--class", "label", metavar="班级", default="", help="名册里没有写班级的，是哪个班。")
@click.option(
    "--out", metavar="文件", type=click.Path(path_type=Path), help="把检查结果写成 Excel 文件。"
)
@options.as_of("按哪一天核对年龄和号码；不写就是今天。")
@options.as_json
@click.pass_context
def check(
    ctx: click.Context,
    path: Path,
    sheets: tuple[str, ...],
    label: str,
    out: Path | None,
    day: date,
    as_json: bool,
) -> None:
    """检查名册：读到几行，印几名，暂缓几名，跳过几行，各是为什么。

    能读 .xlsx、.xlsm、.xls、.et、.ods、.csv、.tsv、.txt。只看，不改名册。
    --out 写出的文件和名册一样，有疑问的格加了颜色和批注，可以发回给班主任。
    """
    spec = RosterSpec.model_validate({"文件": str(path), "工作表": list(sheets), "班级": label})
    reading = read_roster(path, spec, day, str(path))
    written = None if out is None else _write(out, annotated(reading), same=path)
    if as_json:
        show.print_json(_data(reading))
    else:
        _show(reading, ctx.obj)
        if written is not None:
            show.tell(f"检查结果写在 {show.short(written)}。")
        if written != out:
            show.tell(f"{out} 已经有了，里面可能有人改过的字，没有动。")
    ctx.exit(int(bool(errors(reading.problems))))


def _write(path: Path, data: bytes, *, same: Path) -> Path:
    """Write the result beside what a teacher may have mended in an earlier one; return where."""
    if path.resolve() == same.resolve():
        raise stop("ROST098", Place(), path=path)
    names = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    target = next(one for one in (path, *islice(names, _TRIES)) if not _is_others(one, data))
    write_over(target, data, PRIVATE)
    return target


_TRIES = 1000


def _is_others(path: Path, data: bytes) -> bool:
    return path.exists() and not (path.is_file() and path.read_bytes() == data)


def _show(reading: RosterReading, words: Sequence[str]) -> None:
    bad = errors(reading.problems)
    if [one.code for one in bad] == [NO_ROWS]:
        show.result(f"{bad[0].message}{bad[0].hint}")
        return
    if not bad:
        for line in _account(reading):
            show.result(line)
        _show_classes(reading)
        _show_rows(reading)
    show.print_problems(told_in_short(reading.problems), err=False)
    if bad:
        show.say_again(words)
    elif "--out" not in words:
        show.tell(f"要发回给班主任的，运行：{command_line([*words, '--out', CHECKED])}")


def _account(reading: RosterReading) -> Iterator[str]:
    """Yield what became of the rows, in all and by sheet, with the columns that were known."""
    became = _became(len(reading.printable), len(reading.held), len(reading.skipped))
    yield f"读到 {reading.rows} 行：{became}"
    for sheet in reading.sheets:
        name = f"「{sheet.name}」" if sheet.name else "名单"
        if not sheet.header_row:
            yield f"  {name}：没有表头，没有读。"
            continue
        became = _became(sheet.printed, sheet.held, sheet.skipped)
        side = f"，并排 {sheet.lists} 份名单" if sheet.lists > 1 else ""
        yield f"  {name}：表头到第 {sheet.header_row} 行{side}，读到 {sheet.rows} 行：{became}"
        yield f"    认得的列：{'、'.join(map(_column, sheet.columns))}"
        if sheet.unused:
            yield f"    没有用的列：{'、'.join(sheet.unused)}"


def _became(printed: int, held: int, skipped: int) -> str:
    return f"可以印 {printed} 名，暂缓 {held} 名，跳过 {skipped} 行。"


def _column(known: tuple[str, str]) -> str:
    """Write a column as the roster calls it, and what it is taken for where that differs."""
    label, name = known
    return label if label == name else f"{label}（{name}）"


def _show_classes(reading: RosterReading) -> None:
    show.result()
    rows: list[tuple[object, ...]] = []
    for label, pupils in by_class(reading.pupils):
        held = sum(bool(one.held) for one in pupils)
        rows.append((label or "没有班级", len(pupils) - held, held))
    show.table(("班级", "可以印", "暂缓"), rows)
    show.result()


def _show_rows(reading: RosterReading) -> None:
    for pupil in reading.held[:LISTED]:
        where = pupil.place_in("").path
        why = "；".join(dict.fromkeys(found.message for found in pupil.held))
        show.result(f"暂缓　{where}　{pupil.pupil.name}　{why}")
    if len(reading.held) > LISTED:
        show.result(f"暂缓　还有 {len(reading.held) - LISTED} 名。")
    for row in reading.skipped[:LISTED]:
        show.result(f"跳过　{row.where}　{row.reason}　{row.text[:40]}")
    if len(reading.skipped) > LISTED:
        show.result(f"跳过　还有 {len(reading.skipped) - LISTED} 行。")
    if reading.held or reading.skipped:
        show.result()


def _data(reading: RosterReading) -> dict[str, object]:
    """Return what was read as plain data: counts, rows, columns; no number of identity."""
    classes: list[dict[str, object]] = []
    for label, pupils in by_class(reading.pupils):
        held = sum(bool(one.held) for one in pupils)
        classes.append({"class": label, "printed": len(pupils) - held, "held": held})
    held_rows: list[dict[str, object]] = []
    for one in reading.held:
        own = {"sheet": one.sheet, "row": one.row, "name": one.pupil.name}
        held_rows.append({**own, "class": one.class_label, "reasons": show.as_data(one.held)})
    skipped: list[dict[str, object]] = []
    for row in reading.skipped:
        skipped.append({"sheet": row.sheet, "row": row.row, "text": row.text, "reason": row.reason})
    return {
        "ok": not errors(reading.problems),
        "file": reading.file,
        "rows": reading.rows,
        "printed": len(reading.printable),
        "held": held_rows,
        "skipped": skipped,
        "sheets": reading.sheets,
        "classes": classes,
        "problems": show.as_data(reading.problems),
    }


@roster.command("template", cls=Command, examples=("kcbx roster template --out 名册.xlsx",))
@click.option(
    "--out",
    metavar="文件",
    type=click.Path(path_type=Path),
    default=EMPTY,
    help="写到哪里；不写就是 名册.xlsx。",
)
def template(out: Path) -> None:
    """写出一份空白名册：各列都是文本格式，有下拉选项和填写说明。"""
    if out.exists():
        raise stop("CLI002", Place(), path=out)
    write_over(out, empty_roster(), PRIVATE)
    show.result(str(show.short(out)))
    show.tell(f"填好以后运行 {command_line(['roster', 'check', str(out)])}")

"""``kcbx fix``: mend what can be meant in one way only, after showing it."""

import difflib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from kcbx_docs.case.ids import mask_numbers
from kcbx_docs.cli import options, show
from kcbx_docs.cli.check import of_batch, of_letter
from kcbx_docs.cli.chinese import Command
from kcbx_docs.cli.screen import ScreenLine, plain, print_lines
from kcbx_docs.light import regex
from kcbx_docs.office.check import check_files
from kcbx_docs.office.files import files_below
from kcbx_docs.office.fix import Fixed, fixed_files, mended_lines, write
from kcbx_docs.problems import errors

_COLOURS = {"-": "red", "+": "green", "@": "cyan"}
_HUNK = regex(r"^@@ -(\d+).*")
_BLANKS = str.maketrans({"\t": "→", "\u3000": "□", "\xa0": "□"})
"""How blanks are shown that look like a space and are none."""


@click.command(
    "fix",
    cls=Command,
    examples=("kcbx fix cases --dry-run", "kcbx fix cases/到责令.yaml --yes"),
)
@options.files()
@options.as_of("按哪一天检查；不写就是今天。")
@click.option("-y", "--yes", is_flag=True, help="不提问，直接写。")
@click.option("--dry-run", is_flag=True, help="只显示会改什么，不写。")
@options.as_json
@click.pass_context
def fix(
    ctx: click.Context,
    paths: tuple[Path, ...],
    day: date,
    yes: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """改正 check 指出的、只有一种改法的错误。

    中文冒号、缺的空格和括号、缩进、年份的括号等，先逐行显示改前改后，问过才写；
    别的字、注释、换行、编码一个也不动。要由人决定的从不代改，改完列出还要手工改的。
    没有什么可改了返回 0，还有错误或者没有写返回 1。--json 不提问，写了 --yes 才写。
    """
    listed = files_below(paths)
    changed = [one for one in fixed_files(listed, day) if one.changed]
    if as_json:
        ctx.exit(_as_json(listed, changed, day, written=bool(changed) and yes and not dry_run))
    for one in changed:
        _present(one)
    written = bool(changed) and not dry_run and _agreed(changed, yes=yes)
    if not changed:
        show.result("没有只有一种改法的错误。")
    if written:
        _write(changed)
        changed = []
    ctx.exit(_conclude(listed, changed, day, dry_run=dry_run))


def _as_json(listed: Sequence[Path], changed: Sequence[Fixed], day: date, *, written: bool) -> int:
    """Write if that was asked for, and print what was or would be mended; return the exit code."""
    for one in changed if written else ():
        write(one)
    rest = check_files(listed, day, of_letter, of_batch, {one.path: one.mended for one in changed})
    ok = not errors(rest) and (written or not changed)
    mended = [
        {"file": show.short(one.path), "lines": [*map(asdict, mended_lines(one))]}
        for one in changed
    ]
    show.print_json(
        {"ok": ok, "written": written, "mended": mended, "problems": show.as_data(rest)}
    )
    return int(not ok)


def _lines_of(one: Fixed) -> list[dict[str, object]]:
    return [*map(asdict, mended_lines(one))]


def _present(one: Fixed) -> None:
    """Show a file's lines before and after; identity numbers are masked."""
    show.result(f"{show.short(one.path)}：")
    lines = [ScreenLine(0, line, _COLOURS.get(line[:1], ""), whole=True) for line in _lines(one)]
    if sys.stdout.isatty():
        print_lines(lines)
    else:
        show.result(plain(lines).rstrip("\n"))


def _lines(one: Fixed) -> Iterator[str]:
    before, after = (mask_numbers(text).split("\n") for text in (one.text, one.mended))
    _, _, *lines = difflib.unified_diff(before, after, n=1, lineterm="")
    for line in lines:
        yield _HUNK.sub(r"@@ 第 \1 行起 @@", line.translate(_BLANKS))


def _agreed(changed: Sequence[Fixed], *, yes: bool) -> bool:
    if yes:
        return True
    if not sys.stdin.isatty():
        show.tell("没有写：不在终端里运行，要写加 --yes。")
        return False
    return click.confirm(f"写入这 {len(changed)} 个文件吗？", err=True)


def _write(changed: Sequence[Fixed]) -> None:
    for one in changed:
        write(one)
        show.result(f"已改好 {show.short(one.path)}。")


def _conclude(
    listed: Sequence[Path], unwritten: Sequence[Fixed], day: date, *, dry_run: bool
) -> int:
    """Tell what remains; return the exit code."""
    texts = {one.path: one.mended for one in unwritten}
    rest = show.ordered(check_files(listed, day, of_letter, of_batch, texts))
    if rest:
        show.result("还要手工改的：" if errors(rest) else "没有别的错误，还可以看一看：")
        for one in rest:  # without the lines themselves: they may not be on the disk yet
            show.result(show.line_of(one))
        show.result(show.count_of(rest))
    else:
        show.result("没有别的错误。")
    if unwritten and not dry_run:
        show.tell("文件没有改动。")
    return int(bool(errors(rest) or unwritten))

"""Presenting: problems with the line they stand in, tables, JSON.
Results to stdout, talk to stderr.
"""

import dataclasses
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import click

from kcbx_docs.case.paths import from_here
from kcbx_docs.cli import terminal
from kcbx_docs.cli.chinese import cells, hanging
from kcbx_docs.light import regex
from kcbx_docs.problems import Place, Problem, Problems, errors, problem
from kcbx_docs.words import command_line

_KINDS = {"error": "个错误", "warning": "个提醒", "note": "条说明"}
_LEADS = {"error": "", "warning": "提醒：", "note": "说明："}
_WINDOW = 90
_FEW = 3
_TEXT_FILES = (".yaml", ".yml", ".html", ".csv", ".toml")


def failed(problems: Problems, words: Sequence[str], *, again: bool = True) -> None:
    """Report what stopped a command, and the command that continues."""
    if "--json" in words:
        print_json({"ok": False, "problems": as_data(problems)})
        return
    print_problems(problems, err=True)
    if again:
        say_again(words)


def say_again(words: Sequence[str]) -> None:
    """Print the command with which the user goes on."""
    tell(f"改好后再运行：{command_line(words)}")


def tell(text: str) -> None:
    """Talk to the user, apart from the result."""
    click.echo(text, err=True)


def result(text: str = "") -> None:
    """Print a part of the result."""
    click.echo(text)


def _office_below(found: Problem) -> Problem:
    """Say which folder below is an office, instead of having a second one made here."""
    if found.code != "PAPR009":
        return found
    known = sorted(path.parent.name for path in Path.cwd().glob("*/kcbx.yaml"))
    if not known:
        return found
    facts = {
        "folders": "」「".join(known[:_FEW]),
        "first": command_line(known[:1]).removeprefix("kcbx "),
    }
    return dataclasses.replace(problem("CLI113", found.place, **facts), severity=found.severity)


def print_problems(problems: Iterable[Problem], *, err: bool) -> None:
    """List problems by file and line, and count them; a reminder that is the same for several
    papers or cases is told once, with where it is.
    """
    told = _told_once(ordered(map(_office_below, problems)))
    for group in told:
        click.echo(line_of(*group), err=err)
        for line in excerpt(group[0]):
            click.echo(line, err=err)
    if told:
        click.echo(count_of([group[0] for group in told]), err=err)


def _told_once(problems: Problems) -> list[list[Problem]]:
    """Gather the reminders of one text that stand in no line; all else is told by itself."""
    groups: dict[object, list[Problem]] = {}
    for one in problems:
        alone = one.is_error or one.place.line
        text = (one.code, one.severity, one.message, one.hint)
        groups.setdefault(one if alone else text, []).append(one)
    return list(groups.values())


def ordered(problems: Iterable[Problem]) -> Problems:
    """Drop repetitions and sort by file, line and column, in each file what needs no mending last;
    files keep the order in which they were met.

    Here, and nowhere below, files are named as seen from the current folder.
    """
    found = tuple(dict.fromkeys(map(_seen_from_here, problems)))
    met: dict[str, int] = {}
    for one in found:
        met.setdefault(one.place.file, len(met))

    def order(one: Problem) -> tuple[int, bool, int, int]:
        note = one.severity == "note"
        return met[one.place.file], note, one.place.line or 0, one.place.column or 0

    return tuple(sorted(found, key=order))


def _seen_from_here(found: Problem) -> Problem:
    if not found.place.file:
        return found
    file = str(short(Path(found.place.file)))
    return dataclasses.replace(found, place=dataclasses.replace(found.place, file=file))


_PLACES = 3
"""So many places of one reminder are named; more are counted."""


def line_of(found: Problem, *alike: Problem) -> str:
    """Write a problem in one line: 文件:行:列（对象）: [代码] 说明 提示."""
    places = [*dict.fromkeys(filter(None, map(_where, (found, *alike))))]
    more = f" 等 {len(places)} 处" if len(places) > _PLACES else ""
    where = "、".join(places[:_PLACES]) + more
    hint = f" {found.hint}" if found.hint else ""
    lead = f"{where}: " if where else ""
    return f"{lead}[{found.code}] {_LEADS[found.severity]}{found.message}{hint}"


def _where(found: Problem) -> str:
    """Write the place of a problem and what it is about."""
    place, subject = spot(found.place), found.subject
    if found.count > 1:
        subject += f" 等 {found.count} 份"
    if not (place and subject):
        return place or subject
    return f"{place}（{subject}）"


def spot(place: Place) -> str:
    """Write a place; where a file has no lines, as in a spreadsheet, its own way of naming one."""
    if place.line or not place.path:
        return str(place)
    return ":".join(filter(None, (place.file, place.path)))


def count_of(problems: Iterable[Problem]) -> str:
    """Count problems by severity."""
    kinds = [found.severity for found in problems]
    counts = [f"{kinds.count(kind)} {text}" for kind, text in _KINDS.items() if kind in kinds]
    return "，".join(counts) + "。"


def excerpt(found: Problem) -> Iterator[str]:
    """Show the line that a problem stands in, with a caret below; identity numbers are masked."""
    place = found.place
    if not place.line or found.severity == "note" or not (lines := source_lines(place.file)):
        return
    if place.line > len(lines):
        return
    from kcbx_docs.case.ids import mask_numbers

    line = mask_numbers(lines[place.line - 1])
    column = (place.column or 1) - 1
    start = max(column - _WINDOW // 2, 0) if len(line) > _WINDOW else 0
    margin = f"{place.line:>6} | "
    yield margin + line[start : start + _WINDOW].rstrip().replace("\t", "→")
    if place.column:
        before = "".join("\u3000" if cells(char) == 2 else " " for char in line[start:column])
        yield " " * (len(margin) - 2) + "| " + before + "^"


@lru_cache(maxsize=32)
def source_lines(name: str) -> tuple[str, ...]:
    """Return the lines of a file that a message names: a path, or a file of a pack."""
    if not name.endswith(_TEXT_FILES):
        return ()
    from kcbx_docs.case.files import find_workspace
    from kcbx_docs.packs.chain import LOCAL, shipped_root
    from kcbx_docs.reading import read_text

    roots = [Path(), shipped_root()]
    if own := find_workspace(Path.cwd()):
        roots.insert(1, own / "templates")
    for root in roots:
        path = root / name.removeprefix(f"{LOCAL}/")
        if path.is_file():
            text, _ = read_text(path)
            return tuple((text or "").split("\n"))
    return ()


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table as part of the result: fitted to a terminal, in full elsewhere."""
    listed = [list(map(_cell, row)) for row in rows]
    if not sys.stdout.isatty():
        _plain_table([list(headings), *listed])
        return
    console = terminal.console(highlight=False)
    if _least([list(headings), *listed]) > console.width:
        _as_lines(headings, listed, console.width)
        return
    from rich.table import Table
    from rich.text import Text

    out = Table(box=None, pad_edge=False, header_style="bold")
    for at, heading in enumerate(headings):
        whole = max((_unbroken(row[at]) for row in listed), default=0)
        out.add_column(heading, overflow="fold", min_width=whole)
    for row in listed:
        out.add_row(*map(Text, row))
    console.print(out)


_READABLE = 10
"""Cells that a column needs: narrower ones hold a character or two a line."""


def _least(rows: Sequence[Sequence[str]]) -> int:
    """Return the width below which a table is no longer read."""
    columns = [(max(map(cells, one)), max(map(_unbroken, one))) for one in zip(*rows, strict=True)]
    least = (max(min(width, _READABLE), whole) for width, whole in columns)
    return sum(least) + 2 * len(columns)


_WHOLE = regex(r"\d{4}-\d\d-\d\d起?|\d+(?:\.\d+)?[天项条人份]?|[A-Za-z]+\d+")


def _unbroken(text: str) -> int:
    """Return the cells of the longest part that nobody reads in two lines: a day, a number."""
    return max((cells(part) for part in _WHOLE.findall(text)), default=0)


def _as_lines(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> None:
    """Print a line for each cell that says something, where a row is too wide for the terminal."""
    for row in rows:
        for heading, text in zip(headings, row, strict=True):
            if text:
                result("\n".join(hanging(f"{heading}：{text}", "", width)))
        result("")


def _plain_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        line = ""
        for text, width in zip(row, widths, strict=True):
            line += text + " " * (width - cells(text) + 2)
        result(line.rstrip())


def _cell(value: object) -> str:
    if isinstance(value, list | tuple):
        return "、".join(map(_cell, value))
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def as_data(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems as plain data."""
    return [p.as_dict() for p in ordered(problems)]


def print_json(data: object) -> None:
    """Print a JSON document as the result."""
    click.echo(terminal.escaped(json.dumps(data, ensure_ascii=False, indent=1, default=_plain)))


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return str(value)


def short(path: Path) -> Path:
    """Write a path as seen from the current folder."""
    return from_here(path)


def conclude(
    problems: Problems, words: Sequence[str], *, as_json: bool, clean: str, **more: object
) -> int:
    """Print what a check found; return the exit code."""
    bad = errors(problems)
    if as_json:
        print_json({"ok": not bad, **more, "problems": as_data(problems)})
        return int(bool(bad))
    print_problems(problems, err=False)
    if bad:
        say_again(words)
    else:
        result(clean)
    return int(bool(bad))

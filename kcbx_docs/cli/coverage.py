"""docs/coverage.md: what the notices of five places ask for, and the command that shows each."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Any

import click

from kcbx_docs.cli import kcbx
from kcbx_docs.keeping.packview import value_rows
from kcbx_docs.light import dataclass
from kcbx_docs.packs.chain import find_packs, shipped_root
from kcbx_docs.packs.library import Library, library_of
from kcbx_docs.packs.model import UNKNOWN, Card
from kcbx_docs.packs.procedure import read_procedure

_DATA = Path(__file__).with_name("coverage.toml")
NONE = "-"
MADE, PARTLY, MISSING = "有", "部分", "还没有"
_OF_BATCH = ("学生", "班级", "批次")


@dataclass(frozen=True)
class CoveredPlace:
    """A place with its notice and what its packs hold."""

    pack: str
    notice: str
    library: Library
    values: Mapping[str, str]
    steps: frozenset[str]


@dataclass(frozen=True)
class CoverageRow:
    """One kind of paper or work, how each notice speaks of it, and what makes it."""

    name: str
    marks: str
    documents: Mapping[str, str] = field(default_factory=dict)
    commands: Sequence[str] = ()
    steps: Sequence[str] = ()
    values: Sequence[str] = ()


@dataclass(frozen=True)
class RowShown:
    """What shows a row at a place, and what is not made yet."""

    commands: tuple[str, ...]
    missing: tuple[str, ...]
    values: tuple[str, ...]

    @property
    def state(self) -> str:
        """Tell how far the row is made."""
        if not self.missing:
            return MADE
        return PARTLY if self.commands else MISSING


def read_rows() -> tuple[CoverageRow, ...]:
    """Read the rows of the table."""
    return tuple(CoverageRow(**row) for row in _data()["row"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_DATA.read_text("utf-8"))


@cache
def read_places() -> tuple[CoveredPlace, ...]:
    """Open the packs of the places."""
    packs, _ = find_packs([shipped_root()])
    return tuple(place_of(one["pack"], one["notice"], packs) for one in _data()["place"])


def place_of(pack: str, notice: str, packs: Any) -> CoveredPlace:
    """Open the pack of a place."""
    library, _ = library_of(pack, packs)
    procedure, _ = read_procedure(library.chain)
    known = {row.name: row.value for row in value_rows(library) if row.value != UNKNOWN}
    return CoveredPlace(pack, notice, library, known, frozenset(procedure.steps))


def shown(row: CoverageRow, place: CoveredPlace) -> RowShown:
    """Tell what shows a row at a place."""
    commands: list[str] = []
    missing: list[str] = []
    for document, title in row.documents.items():
        if document in place.library.ids:
            commands.append(_render(place.library, document))
        else:
            missing.append(f"《{title}》")
    for command in row.commands:
        if _exists(command.split()):
            commands.append(f"`kcbx {command}`")
        else:
            missing.append(f"命令 {command}")
    for step in row.steps:
        listed = commands if step in place.steps else missing
        listed.append("`kcbx next 案件文件 --why`")
    values = tuple(_value(name, place.values) for name in row.values)
    return RowShown(tuple(commands), tuple(missing), tuple(filter(None, values)))


def _render(library: Library, document: str) -> str:
    card = library.card(document)
    return f"`kcbx render {_file_of(card)} --doc {card.title}`"


def _file_of(card: Card) -> str:
    """Name the kind of file that a document is made from."""
    if card.unit in _OF_BATCH:
        return "批次文件"
    return "工作文件" if card.unit == "工作" else "案件文件"


def _exists(words: Sequence[str]) -> bool:
    """Tell whether there is a command of these words; what follows a command is its argument."""
    command: click.Command | None = kcbx
    for word in words:
        if not isinstance(command, click.Group):
            return True
        command = command.get_command(click.Context(command), word)
        if command is None:
            return False
    return True


def _value(name: str, values: Mapping[str, str]) -> str:
    """Write a value of a place, with all below it; nothing where nobody confirmed it."""
    below = [
        f"{key.rpartition('.')[2]} {v}" for key, v in values.items() if key.startswith(f"{name}.")
    ]
    told = values.get(name) or "；".join(filter(None, below))
    return f"{name.rpartition('.')[2]}：{told}" if told else ""


_INTRO = """# 五个地方的文书：做到哪里

本页由程序生成（`python -m kcbx_docs.cli.reference`），不要手工改；\
表里的事实在 `kcbx_docs/cli/coverage.toml`。

五份地方通知提到的每一种文书和工作：● 通知写明，○ 通知意味着，— 没有提到；\
由哪一个命令做出来，本地的值是什么。「还没有」的是程序还不会做的，做好以后本页自己改过来。\
每个值的来源和核对日期：`kcbx pack show 地方`。
"""


def coverage_page() -> str:
    """Return the page: a table of all places, then one table for each."""
    rows, places = read_rows(), read_places()
    parts = [_INTRO, "## 一览\n", *_overview(rows, places), ""]
    for number, place in enumerate(places):
        parts += [*_table(place, [(row, row.marks[number]) for row in rows]), ""]
    return "\n".join(parts).rstrip("\n") + "\n"


def _overview(rows: Sequence[CoverageRow], places: Sequence[CoveredPlace]) -> Iterator[str]:
    names = [place.library.chain.pack.name for place in places]
    yield f"| 文书、工作 | {' | '.join(names)} |"
    yield f"|---|{'---|' * len(names)}"
    counts = dict.fromkeys((MADE, PARTLY, MISSING), 0)
    for row in rows:
        cells: list[str] = []
        for mark, place in zip(row.marks, places, strict=True):
            state = shown(row, place).state if mark != NONE else ""
            cells.append(f"{mark} {state}" if state else "—")
            if state:
                counts[state] += 1
        yield f"| {row.name} | {' | '.join(cells)} |"
    told = "，".join(f"{state} {count}" for state, count in counts.items())
    yield f"\n写明和意味着的一共 {sum(counts.values())} 处：{told}。"


def _table(place: CoveredPlace, rows: Sequence[tuple[CoverageRow, str]]) -> Iterator[str]:
    yield f"## {place.library.chain.pack.name}（{place.pack}）\n"
    yield f"通知：{place.notice}。\n"
    yield "| 文书、工作 | 通知 | 怎样看到 | 本地的值 |"
    yield "|---|---|---|---|"
    for row, mark in rows:
        if mark == NONE:
            continue
        found = shown(row, place)
        missing = [f"还没有：{'、'.join(found.missing)}"] if found.missing else []
        cells = (
            row.name,
            mark,
            "<br>".join((*found.commands, *missing)),
            "<br>".join(found.values),
        )
        yield f"| {' | '.join(cells)} |"

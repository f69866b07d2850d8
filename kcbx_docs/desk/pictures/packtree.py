"""The map of packs, drawn once: for the desk with links, for the README in outlines."""

import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import field
from html import escape
from typing import Protocol

from kcbx_docs.keeping.packmap import PackNode
from kcbx_docs.light import dataclass

TITLE = "模板包：谁继承谁，各自改了什么"
OWN = "本单位所用"
WIDTH, SIZE, SMALL, LEAD = 660, 18, 15, 23
INDENT, GAP, PADDING = 36, 12, 12
LINE, HEADING, TEXT, SOFT, MARK = "#8aa0b4", "#16324a", "#33424f", "#66788a", "#8a5a00"
GROUNDS = ("#dbe9f6", "#eaf3e3", "#fdf3dc")


class DrawnOn(Protocol):
    """What is drawn upon."""

    def add(self, part: str) -> None:
        """Add an element as it is."""

    def text(
        self, x: float, y: float, text: str, size: float, fill: str, bold: bool = False
    ) -> None:
        """Write a text from its left end; y is its base line."""


def ems(text: str) -> float:
    """Measure a text: Chinese signs are an em wide, others half of that."""
    return sum(1 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


@dataclass(frozen=True)
class PackBox:
    """A pack where it stands on the map."""

    node: PackNode
    top: int
    height: int
    lines: tuple[str, ...]

    @property
    def left(self) -> int:
        """Return where the box begins."""
        return 1 + INDENT * self.node.depth


def boxes(tree: Sequence[PackNode]) -> Iterator[PackBox]:
    """Put the packs one below another."""
    top = 1
    for node in tree:
        room = WIDTH - 2 - INDENT * node.depth - 2 * PADDING
        lines: list[str] = []
        for change in node.changes:
            lines += wrapped(change, room)
        height = 2 * PADDING + SIZE + LEAD * len(lines)
        yield PackBox(node, top, height, tuple(lines))
        top += height + GAP


def wrapped(change: str, width: float) -> Iterator[str]:
    """Break a line at its commas where the box ends; what goes on stands under what it is about."""
    lead, _, rest = change.rpartition("　")
    line = f"{lead}　" if lead else ""
    for part in rest.replace("、", "、\n").split("\n"):
        if ems(line + part) * SMALL > width:
            yield line
            line = "　" * (len(lead) + 1)
        line += part
    yield line


def height_of(placed: Sequence[PackBox]) -> int:
    """Return how high the map is."""
    return placed[-1].top + placed[-1].height + 1


@dataclass(frozen=True)
class PackTree:
    """A map to be drawn: where its boxes lead to, and which packs the office uses."""

    placed: Sequence[PackBox]
    address: Callable[[PackNode], str] = lambda _: ""
    own: Collection[str] = ()

    def draw(self, sheet: DrawnOn) -> None:
        """Draw lines and boxes."""
        sheet.add(f'<rect width="{WIDTH}" height="{height_of(self.placed)}" fill="#ffffff"/>')
        for number, box in enumerate(self.placed):
            _line_to_parent(sheet, box, self.placed[:number])
        for box in self.placed:
            link = escape(self.address(box.node))
            if link:
                sheet.add(f'<a href="{link}">')
            self._box(sheet, box)
            if link:
                sheet.add("</a>")

    def _box(self, sheet: DrawnOn, box: PackBox) -> None:
        ground = GROUNDS[min(box.node.depth, len(GROUNDS) - 1)]
        mine = box.node.id in self.own
        edge = f'stroke="{MARK}" stroke-width="3"' if mine else f'stroke="{LINE}"'
        sheet.add(
            f'<rect x="{box.left}" y="{box.top}" width="{WIDTH - 1 - box.left}" '
            f'height="{box.height}" rx="6" fill="{ground}" {edge}/>'
        )
        x, y = box.left + PADDING, box.top + PADDING + SIZE - 2
        sheet.text(x, y, box.node.name, SIZE, HEADING, bold=True)
        sheet.text(x + ems(box.node.name) * SIZE + SMALL, y, box.node.id, SMALL, SOFT)
        if mine:
            end = WIDTH - PADDING - ems(OWN) * SMALL
            sheet.text(end, y, OWN, SMALL, MARK, bold=True)
        for line in box.lines:
            y += LEAD
            sheet.text(x, y, line, SMALL, TEXT)


def _line_to_parent(sheet: DrawnOn, box: PackBox, before: Sequence[PackBox]) -> None:
    parents = [one for one in before if one.node.depth == box.node.depth - 1]
    if parents:
        x, start = parents[-1].left + INDENT // 2, parents[-1].top + parents[-1].height
        y = box.top + PADDING + SIZE // 2
        path = f"M{x} {start}V{y}H{box.left}"
        sheet.add(f'<path d="{path}" fill="none" stroke="{LINE}" stroke-width="1.5"/>')


@dataclass
class PlainSheet:
    """An SVG whose letters are those of the browser."""

    parts: list[str] = field(default_factory=list)

    def add(self, part: str) -> None:
        """Add an element as it is."""
        self.parts.append(part)

    def text(
        self, x: float, y: float, text: str, size: float, fill: str, bold: bool = False
    ) -> None:
        """Write a text from its left end; y is its base line."""
        weight = ' font-weight="700"' if bold else ""
        place = f'x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}"{weight}'
        self.add(f'<text xml:space="preserve" {place}>{escape(text)}</text>')

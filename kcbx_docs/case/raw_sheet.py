"""A table as it stands in a file: cells, how they look, and texts that are struck out in part."""

from dataclasses import field

from kcbx_docs.light import dataclass

MAX_TEXT = 1_000
"""Characters of a cell that are looked at: no list of pupils holds more, and told as too long it
is all the same.
"""


@dataclass
class RawSheet:
    """A table as it stands in the file: cells by row number and column, and how they look."""

    name: str
    hidden: bool = False
    rows: dict[int, dict[int, object]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    partly: dict[tuple[int, int], str] = field(default_factory=dict)
    """Of cells that are struck out in part: what was; the rest is what they hold."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column."""
    too_long: bool = False


@dataclass(frozen=True)
class Partly:
    """A text of which some is struck out: what is left, and what was taken out."""

    kept: str
    struck: str


class CellText:
    """The text of a cell, piece by piece, and which of the pieces are struck out."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.lines: list[bool] = []
        """Of each piece: whether it is struck out."""
        self.struck = False
        """Whether what comes next is."""
        self.left = MAX_TEXT

    def add(self, text: str) -> None:
        """Add a piece, as much of it as is looked at."""
        if self.left > 0:
            self.pieces.append(text[: self.left])
            self.lines.append(self.struck)
            self.left -= len(text)

    def clear(self) -> None:
        """Begin another cell."""
        self.pieces.clear()
        self.lines.clear()
        self.struck = False
        self.left = MAX_TEXT

    def told(self) -> Partly | str:
        """Return the text; of one that is struck out in part, what is and what is not."""
        if not any(self.lines):
            return "".join(self.pieces)
        pairs = tuple(zip(self.pieces, self.lines, strict=True))
        kept = "".join(piece for piece, struck in pairs if not struck)
        return Partly(kept, "".join(piece for piece, struck in pairs if struck))


def keep_unstruck(sheet: RawSheet, cell: tuple[int, int], text: Partly) -> str:
    """Return what is left of a cell that is struck out in part; all of it where nothing is."""
    if not text.kept.strip():
        sheet.struck.add(cell)
        return text.struck
    sheet.partly[cell] = text.struck
    return text.kept

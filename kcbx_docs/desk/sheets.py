"""A table of text as a page shows it: some of its rows at a time, the cases to be opened."""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import escape

from kcbx_docs.light import dataclass
from kcbx_docs.office.spreadsheet import TextTable

_CASE_HEADS = ("案件编号", "案件", "案号")
_PAGE, _PAPER = 40_000, 48_000
"""Bytes of rows on one page, on a screen and on paper, so that with its frame it stays below
60 KB.
"""
_LINES = 3
"""Lines of a cell from which they stand beside each other."""
_LABEL, _BARE, _LINK = 24, 4, 40
"""Bytes of a cell beside its words: with its head, on paper, where it leads to a case."""
MANY = 12
"""Columns from which a table is printed across and in small letters."""
BROAD = 18
"""Columns from which a table is printed on the larger sheet."""


@dataclass(frozen=True)
class ShownCell:
    """One cell, and the case that it leads to."""

    head: str
    text: str
    call: str = ""

    @property
    def long(self) -> bool:
        """Tell whether its lines would make the row much higher than the others."""
        return self.text.count("\n") >= _LINES


@dataclass(frozen=True)
class ShownTable:
    """The rows of one page of a table."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[ShownCell, ...], ...]
    foot: tuple[str, ...]
    count: int
    """Rows of the whole table."""
    first: int
    """Which of them the first row is, counted from 1."""
    page: int
    pages: int
    on_paper: bool = False
    """Whether it is to be printed: without what only a screen needs."""

    @property
    def many(self) -> bool:
        """Tell whether it has more columns than stand side by side on an upright sheet."""
        return len(self.heads) > MANY

    @property
    def broad(self) -> bool:
        """Tell whether its columns would be a few characters wide on A4."""
        return len(self.heads) > BROAD


def shown_table(
    table: TextTable, page: int, calls: Mapping[str, str], *, on_paper: bool = False
) -> ShownTable | None:
    """Return a page of a table, counted from 1; nothing where there is no such page.

    ``calls`` tells by the numbers of cases how addresses call them. On paper no cell names its
    head or leads to a case, so that a page holds several times as many rows.
    """
    parts = [*_parts(table, on_paper=on_paper)]
    if not 1 <= page <= len(parts):
        return None
    calls = {} if on_paper else calls
    rows = tuple(tuple(_cells(table.heads, row, calls)) for row in parts[page - 1])
    first = 1 + sum(map(len, parts[: page - 1]))
    counts = (len(table.rows), first, page, len(parts))
    return ShownTable(table.title, table.heads, rows, table.foot, *counts, on_paper)


def _parts(table: TextTable, *, on_paper: bool) -> Iterator[Sequence[tuple[str, ...]]]:
    """Divide the rows so that each page stays small."""
    heads = sum(_BARE if on_paper else len(head.encode()) + _LABEL for head in table.heads)
    cases = 0 if on_paper else _LINK * sum(head in _CASE_HEADS for head in table.heads)
    most = _PAPER if on_paper else _PAGE
    begin, size = 0, 0
    for at, row in enumerate(table.rows):
        one = heads + cases + sum(len(escape(cell).encode()) for cell in row)
        size += one
        if size > most and at > begin:
            yield table.rows[begin:at]
            begin, size = at, one
    yield table.rows[begin:]


def _cells(
    heads: Sequence[str], row: Sequence[str], calls: Mapping[str, str]
) -> Iterator[ShownCell]:
    for head, text in zip(heads, row, strict=True):
        yield ShownCell(head, text, calls.get(text, "") if head in _CASE_HEADS else "")

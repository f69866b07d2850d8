"""A table of text as a page shows it: some of its rows at a time, the cases to be opened."""

from collections.abc import Iterator, Mapping, Sequence

from kcbx_docs.light import dataclass
from kcbx_docs.office.spreadsheet import TextTable

_CASE_HEADS = ("案件编号", "案件", "案号")
_PAGE = 36_000
"""Bytes of rows on one page, so that with its frame it stays below 60 KB."""
_TAGS = 24
"""Bytes of a cell beside its words and its head."""
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

    @property
    def many(self) -> bool:
        """Tell whether it has more columns than stand side by side on an upright sheet."""
        return len(self.heads) > MANY

    @property
    def broad(self) -> bool:
        """Tell whether its columns would be a few characters wide on A4."""
        return len(self.heads) > BROAD


def shown_table(
    table: TextTable, page: int, calls: Mapping[str, str], *, whole: bool = False
) -> ShownTable | None:
    """Return a page of a table, counted from 1, or all of it; nothing where there is no such page.

    ``calls`` tells by the numbers of cases how addresses call them.
    """
    parts = [table.rows] if whole else [*_parts(table)]
    if not 1 <= page <= len(parts):
        return None
    rows = tuple(tuple(_cells(table.heads, row, calls)) for row in parts[page - 1])
    first = 1 + sum(map(len, parts[: page - 1]))
    counts = (len(table.rows), first, page, len(parts))
    return ShownTable(table.title, table.heads, rows, table.foot, *counts)


def _parts(table: TextTable) -> Iterator[Sequence[tuple[str, ...]]]:
    """Divide the rows so that each page stays small."""
    heads = sum(len(head.encode()) + _TAGS for head in table.heads)
    begin, size = 0, 0
    for at, row in enumerate(table.rows):
        size += heads + sum(len(cell.encode()) for cell in row)
        if size > _PAGE and at > begin:
            yield table.rows[begin:at]
            begin, size = at, heads
    yield table.rows[begin:]


def _cells(
    heads: Sequence[str], row: Sequence[str], calls: Mapping[str, str]
) -> Iterator[ShownCell]:
    for head, text in zip(heads, row, strict=True):
        yield ShownCell(head, text, calls.get(text, "") if head in _CASE_HEADS else "")

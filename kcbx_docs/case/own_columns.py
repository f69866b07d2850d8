"""Columns that a list has besides those of a roster: found by their names, read row by row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from kcbx_docs.case.cells import text_of
from kcbx_docs.case.columns import plain_header
from kcbx_docs.case.roster_reading import RosterPupil, RosterReading
from kcbx_docs.case.sheets import Sheet
from kcbx_docs.problems import Place

UNUSED = "ROST015"
"""That columns of a list are not read: those of ours are."""
Named = Mapping[str, tuple[str, ...]]
"""What columns tell, and how people call them."""


def by_header(columns: Named) -> Mapping[str, str]:
    """Map the names of columns as they are compared to what they tell."""
    found: dict[str, str] = {}
    for key, names in columns.items():
        found |= dict.fromkeys(map(plain_header, names), key)
    return found


def told_besides(
    reading: RosterReading, columns: Named
) -> Iterator[tuple[RosterPupil, Mapping[str, object]]]:
    """Yield each pupil of a list with what the columns of ours say in its row."""
    known = by_header(columns)
    heads = {one.name: one.header_row for one in reading.sheets}
    sheets = {one.name: _rows(one, heads.get(one.name), known) for one in reading.tables}
    for row in reading.pupils:
        yield row, sheets.get(row.sheet, {}).get(row.row, {})


def _rows(
    table: Sheet, head: int | None, known: Mapping[str, str]
) -> Mapping[int, Mapping[str, object]]:
    """Return what stands in each row, rows as people count them; nothing without a header."""
    cells = dict(zip(table.numbers, table.rows, strict=True))
    names = [known.get(plain_header(label)) for label in cells.get(head or 0, ())]
    return {row: _told(names, values) for row, values in cells.items()} if any(names) else {}


def _told(names: Sequence[str | None], values: Iterable[object]) -> Mapping[str, object]:
    """Return what a row says; where two columns tell one thing, both: of two days none is read."""
    found: dict[str, object] = {}
    for name, value in zip(names, values, strict=False):
        said = text_of(value)
        if not name or not said:
            continue
        before = text_of(found.get(name, ""))
        found[name] = value if before in ("", said) else f"{before}；{said}"
    return found


def place_besides(reading: RosterReading, row: RosterPupil, key: str, columns: Named) -> Place:
    """Say where a cell of ours is, as people see it in the spreadsheet."""
    known = by_header(columns)
    heads = {one.name: one.header_row for one in reading.sheets}
    for table in reading.tables:
        if table.name == row.sheet and (head := heads.get(table.name)):
            labels = table.rows[table.numbers.index(head)]
            told = [known.get(plain_header(label)) for label in labels]
            if key in told:
                return table.place(table.numbers.index(row.row), told.index(key))
    return row.place_in(reading.file)


def without_unused(reading: RosterReading, columns: Named) -> RosterReading:
    """Leave out that columns are not read, where all of them are ours."""
    known = by_header(columns)
    strange = chain.from_iterable(sheet.unused for sheet in reading.sheets)
    ours = all(plain_header(one) in known for one in strange)
    kept = (one for one in reading.problems if not (ours and one.code == UNUSED))
    return replace(reading, problems=tuple(kept))

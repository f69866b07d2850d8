"""Which column of a roster is which:
the alias table, the header row, and a batch file's own names.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

HEADER_WITHIN = 20
PEOPLE = ("父亲", "母亲", "监护人1", "监护人2", "照护人")

Row = Sequence[object]


@cache
def roster_words() -> Mapping[str, Any]:
    """Read the alias and code tables."""
    return tomllib.loads(Path(__file__).with_name("roster.toml").read_text("utf-8"))


def _aliases() -> Iterator[tuple[str, str]]:
    data = roster_words()
    for field, words in data["pupil"].items():
        for word in (field, *words):
            yield word, field
    for (person, names), (key, suffixes) in product(data["people"].items(), data["keys"].items()):
        for name, suffix in product(names, suffixes):
            yield name + suffix, person + key
    for field, words in data["single"].items():
        for word in words:
            yield word, field


def plain_header(header: object) -> str:
    """Return a header as it is compared: without spaces, signs, and what stands in brackets."""
    text = unicodedata.normalize("NFKC", str(header or ""))
    return re.sub(r"\([^)]*\)|[^\w]|_", "", re.sub(r"的", "", text)).lower()


ALIASES: Mapping[str, str] = {
    plain_header(word): field for word, field in reversed(tuple(_aliases()))
}
FIELDS: Mapping[str, str] = {field: field for _, field in _aliases()}


@dataclass(frozen=True)
class Header:
    """Where the header ends (0-based index of the first row of data) and which column holds
    what.
    """

    first_row: int
    columns: Mapping[int, str]
    unused: tuple[str, ...] = ()
    repeated: tuple[tuple[int, str], ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    labels: tuple[str, ...] = ()

    def column_of(self, field: str) -> int | None:
        """Return the column of a field."""
        return next((column for column, known in self.columns.items() if known == field), None)


def find_header(
    rows: Sequence[Row], own: Mapping[str, str], fixed: int | None = None
) -> Header | None:
    """Find the row, or the two rows, that name the most columns; 姓名 must be among them."""
    starts = range(min(len(rows), HEADER_WITHIN))
    if fixed:
        starts = range(fixed - 1, min(len(rows), fixed))
    named: list[Header] = []
    for start in starts:
        headers = _headers_at(rows, start, own)
        named += [header for header in headers if header.column_of("姓名") is not None]
    return max(named, key=_fitness, default=None)


def _fitness(header: Header) -> tuple[int, int, int]:
    """Rank a header: the most columns known, then the highest row, then the fewest unknown."""
    return len(header.columns), -header.first_row, -len(header.unused)


def _headers_at(rows: Sequence[Row], start: int, own: Mapping[str, str]) -> Iterator[Header]:
    single = [str(cell or "").strip() for cell in rows[start]]
    yield _header(single, start + 1, own)
    if start + 1 < len(rows):
        yield _header(_joined(rows[start], rows[start + 1]), start + 2, own)


def _joined(upper: Row, lower: Row) -> list[str]:
    """Read a two-row header: a merged upper cell stands for all lower cells to its right."""
    labels, over = [], ""
    for number in range(max(len(upper), len(lower))):
        top = str(upper[number] or "").strip() if number < len(upper) else ""
        low = str(lower[number] or "").strip() if number < len(lower) else ""
        over = top or (over if low else "")
        labels.append(over + low if plain_header(over + low) in ALIASES or not low else low)
    return labels


def _header(labels: Sequence[str], first_row: int, own: Mapping[str, str]) -> Header:
    columns: dict[int, str] = {}
    repeated: list[tuple[int, str]] = []
    unused: list[str] = []
    for number, label in enumerate(labels):
        field = _field_of(label, own)
        if field and field in columns.values():
            repeated.append((number, label))
        elif field:
            columns[number] = field
        elif label:
            unused.append(label)
    present = {plain_header(label) for label in labels if label}
    missing = [entry for entry in own.items() if plain_header(entry[1]) not in present]
    return Header(first_row, columns, tuple(unused), tuple(repeated), tuple(missing), tuple(labels))


def _field_of(label: str, own: Mapping[str, str]) -> str:
    """Name what a column holds: by the batch file's own names first, then by the aliases."""
    plain = plain_header(label)
    chosen = {plain_header(name): field for field, name in own.items()}
    if plain in chosen:
        return chosen[plain]
    field = ALIASES.get(plain, "") if label else ""
    # A field that the batch file names is found under that name alone.
    return "" if field in own else field

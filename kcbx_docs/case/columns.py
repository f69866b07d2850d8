"""Which column of a roster is which:
the alias table, the header row, and a batch file's own names.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
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
        yield from ((word, field) for word in (field, *words))
    for person, names in data["people"].items():
        for key, suffixes in data["keys"].items():
            yield from ((name + suffix, person + key) for name in names for suffix in suffixes)
    for field, words in data["single"].items():
        yield from ((word, field) for word in words)


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
    starts = [fixed - 1] if fixed else range(min(len(rows), HEADER_WITHIN))
    found = [
        header for start in starts if start < len(rows) for header in _headers_at(rows, start, own)
    ]
    named = [header for header in found if header.column_of("姓名") is not None]
    return max(
        named,
        key=lambda header: (len(header.columns), -header.first_row, -len(header.unused)),
        default=None,
    )


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
    chosen = {plain_header(label): field for field, label in own.items()}
    present = {plain_header(label) for label in labels if label}
    columns: dict[int, str] = {}
    repeated, unused = [], []
    for number, label in enumerate(labels):
        field = chosen.get(plain_header(label)) or (
            ALIASES.get(plain_header(label), "") if label else ""
        )
        if field in own and plain_header(label) != plain_header(own[field]):
            field = ""
        if not field:
            unused += [label] if label else []
        elif field in columns.values():
            repeated.append((number, label))
        else:
            columns[number] = field
    missing = tuple(
        (field, label) for field, label in own.items() if plain_header(label) not in present
    )
    return Header(first_row, columns, tuple(unused), tuple(repeated), missing, tuple(labels))

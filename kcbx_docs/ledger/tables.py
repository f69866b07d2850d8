"""The tables of the ledger, as statements name them; how they are made is in ``migrations/``."""

from functools import cached_property

from kcbx_docs.light import dataclass


@dataclass(frozen=True)
class Table:
    """A table by its name and its columns."""

    name: str
    columns: tuple[str, ...]

    @cached_property
    def listed(self) -> str:
        """List the columns for a statement."""
        return ", ".join(self.columns)

    @cached_property
    def insertion(self) -> str:
        """Return the statement that puts a row in."""
        values = ", ".join(f":{column}" for column in self.columns)
        return f"INSERT INTO {self.name} ({self.listed}) VALUES ({values})"


EVENT = Table("event", ("seq", "prev", "hash", "kind", "case_id", "key", "body"))
NUMBER = Table("number", ("seq", "text", "issuer", "word", "year", "serial", "given"))
SERIES_START = Table("series_start", ("seq", "issuer", "word", "year", "last"))
ERASED = Table("erased", ("sha256", "seq"))
BLOB = Table("blob", ("sha256", "data"))
"""Only in PostgreSQL: a ledger in a file keeps its files beside it."""

LOOKUPS = (NUMBER, SERIES_START, ERASED)
"""What is made from the events alone, and can be made again."""

NAMES = frozenset(table.name for table in (EVENT, *LOOKUPS, BLOB))

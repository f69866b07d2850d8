"""The tables of the ledger, as statements name them; how they are made is in ``migrations/``."""

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text

METADATA = MetaData()

EVENT = Table(
    "event",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("prev", Text),
    Column("hash", Text),
    Column("kind", Text),
    Column("case_id", Text),
    Column("key", Text),
    Column("body", LargeBinary),
)
NUMBER = Table(
    "number",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("text", Text),
    Column("issuer", Text),
    Column("word", Text),
    Column("year", Integer),
    Column("serial", Integer),
    Column("given", Integer),
)
SERIES_START = Table(
    "series_start",
    METADATA,
    Column("seq", Integer),
    Column("issuer", Text),
    Column("word", Text),
    Column("year", Integer),
    Column("last", Integer),
)
ERASED = Table(
    "erased",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("seq", Integer),
)
BLOB = Table(
    "blob",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("data", LargeBinary),
)
"""Only in PostgreSQL: a ledger in a file keeps its files beside it."""

LOOKUPS = (NUMBER, SERIES_START, ERASED)
"""What is made from the events alone, and can be made again."""

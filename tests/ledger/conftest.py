"""Ledgers in a file and in a shared database, for tests that hold on both."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import create_engine

from kcbx_docs.ledger.book import FOLDER, HEADS, Book, open_book
from tests.ledger.server import ABSENT, running
from tests.ledger.world import CLERK, NOON


@pytest.fixture(scope="session")
def server() -> Iterator[str | None]:
    with running() as address:
        yield address


@pytest.fixture
def database(server: str | None) -> str:
    """Empty the tests' database; return its address."""
    if server is None:
        pytest.skip(ABSENT)
    address = server.format(name="postgres")
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as conn:
        conn.exec_driver_sql("DROP SCHEMA IF EXISTS kcbx CASCADE")
    engine.dispose()
    return address


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path):
    """Return where a ledger may be made."""
    if request.param == "sqlite":
        return tmp_path / FOLDER
    return request.getfixturevalue("database")


@pytest.fixture
def opened(place, tmp_path) -> Iterator[Callable[..., Book]]:
    """Open the ledger at a place as often as one likes, by any clock."""
    books = []

    def opening(now=NOON) -> Book:
        heads = tmp_path / HEADS
        book = open_book(place, create=True, who=CLERK, clock=lambda: now, heads=heads)
        books.append(book)
        return book

    yield opening
    for book in books:
        book.database.dispose()

"""A ledger for tests: papers that are issued, and hands that meddle."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from kcbx_docs.ledger.backup import back_up
from kcbx_docs.ledger.book import FOLDER, Book, open_book
from kcbx_docs.ledger.database import SQLITE
from kcbx_docs.ledger.model import Draft, Recorded, Series, Who

CLERK = Who("普文清", "司法所所长", "pwq", "QL-01", "kcbx 0.1.0", "yunnan/yuxi 2026.11")
NOON = datetime(2026, 11, 27, 4, tzinfo=UTC)
SERIES = Series("云岭县青石镇人民政府", "青政", 2026)


def new_book(root: Path, now: datetime = NOON) -> Book:
    """Make a ledger in a folder, by a clock that stands."""
    return open_book(root / FOLDER, create=True, who=CLERK, clock=lambda: now)


def issue(book: Book, case: str = "到责令", *, key: str = "", data: bytes = b"%PDF") -> Recorded:
    """Issue a paper with the next number."""
    kept = book.keep(data, "pdf", "责令.pdf")
    with book.writing(CLERK) as pen:
        return pen.append(paper(pen.next_serial(SERIES), case, (kept,), key))


def fill(book: Book, papers: int) -> None:
    """Issue many papers in one turn, each with a file of its own."""
    kept = [book.keep(b"paper %d" % number, "pdf", "责令.pdf") for number in range(papers)]
    with book.writing(CLERK) as pen:
        for one in kept:
            pen.append(paper(pen.next_serial(SERIES), attached=(one,)))


def paper(serial: int, case: str = "到责令", attached=(), key: str = "") -> Draft:
    """Write down a paper of our own series."""
    told = {"issuer": SERIES.issuer, "word": SERIES.word, "year": SERIES.year, "serial": serial}
    number = f"青政〔2026〕{serial}号"
    data = {"document": "order-to-correct", "title": "责令改正通知书", "number": number}
    return Draft("制发", case, date(2026, 11, 27), {**data, "series": told}, attached, key)


def given(number: str, issuer: str = SERIES.issuer) -> Draft:
    """Write down a paper whose number the town's registry gave."""
    data = {"document": "order-to-correct", "title": "责令改正通知书", "number": number}
    data |= {"given": True, "issuer": issuer}
    return Draft("制发", "别的案件", date(2026, 11, 27), data)


def meddle(book: Book, *statements: str) -> None:
    """Rewrite the ledger as somebody would who knows SQL: the guards off, and on again."""
    with book.database.connect() as conn:
        guards = guards_off(conn)
        for statement in statements:
            conn.run(statement)
        for guard in guards:
            conn.run(guard)
        conn.commit()


def guards_off(conn) -> list[str]:
    """Switch the guards off; return the statements that switch them on."""
    if conn.kind == SQLITE:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        guards = conn.run(query).all()
        for guard in guards:
            conn.run(f"DROP TRIGGER {guard.name}")
        return [guard.sql for guard in guards]
    tables = ("event", "number", "series_start", "erased", "blob")
    for table in tables:
        conn.run(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    query = "SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE NOT tgisinternal"
    found = conn.run(query).all()
    inner = [f"ALTER TABLE {table} ENABLE TRIGGER ALL" for table in tables]
    return [*inner, *(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for table, name in found)]


def ready_for(command: str, root: Path) -> None:
    """Bring a workspace to where an example of ``kcbx ledger`` makes sense."""
    if command == "create":
        return
    book = new_book(root if command != "copied" else root / "原处")
    for number in range(2):
        issue(book, data=b"paper %d" % number)
    if command == "restore":
        made = back_up(book, root / "U盘")
        made.path.rename(root / "U盘" / "台账备份.zip")
    if command == "continue":
        meddle(book, "UPDATE event SET case_id = '别的' WHERE seq = 2")
    if command == "copied":
        shutil.copytree(root / "原处" / FOLDER, root / FOLDER)

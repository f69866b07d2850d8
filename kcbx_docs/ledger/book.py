"""The open ledger: reading its events, keeping files, writing under the lock."""

import secrets
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from kcbx_docs.clock import CHINA
from kcbx_docs.ledger.blobs import Blobs, FileBlobs, keep_file, name_of
from kcbx_docs.ledger.codes import SIGNS
from kcbx_docs.ledger.copies import copy_file, free_name
from kcbx_docs.ledger.create import create_file
from kcbx_docs.ledger.database import Database, SqliteFile, among, transaction
from kcbx_docs.ledger.gate import at_home, hear_of_setbacks, is_older, not_cut
from kcbx_docs.ledger.heads import Heads
from kcbx_docs.ledger.migrations import is_empty, is_ledger, migrate
from kcbx_docs.ledger.model import OPENED, Attached, Draft, Head, Recorded, Series, Who
from kcbx_docs.ledger.pen import Pen
from kcbx_docs.ledger.place import doubts_of, here
from kcbx_docs.ledger.reading import head_of, rows, trusted
from kcbx_docs.ledger.turns import QUEUE, turn
from kcbx_docs.problems import Place, raise_errors, stop

FOLDER, FILE, HEADS, BLOBS = "台账", "台账.db", "册首.txt", "原件"
"""The ledger's folder in a workspace, and what is in it."""

Clock = Callable[[], datetime]


def now() -> datetime:
    """Tell the time by the machine."""
    return datetime.now(UTC)


class Book:
    """A ledger that was opened; it holds no connection between two calls."""

    def __init__(
        self, place: Path | str, database: Database, blobs: Blobs, heads: Heads, clock: Clock = now
    ) -> None:
        self.place = place
        self.database = database
        self.blobs = blobs
        self.heads = heads
        self.clock = clock
        self._rehearsed = False

    def events(self, case: str = "", kinds: Sequence[str] = ()) -> tuple[Recorded, ...]:
        """Return the events of a case and of some kinds, or all, as they were recorded."""
        wanted, values = among("kind", kinds) if kinds else ("", {})
        if case:
            wanted += " AND case_id = :case" if wanted else "case_id = :case"
            values["case"] = case
        with transaction(self.database) as conn:
            return tuple(trusted(conn, conn.execute(rows(wanted), values)))

    def cases(self) -> tuple[str, ...]:
        """List under what something was recorded: cases, letters, work; nothing for the office."""
        with transaction(self.database) as conn:
            found = conn.execute("SELECT DISTINCT case_id FROM event ORDER BY case_id")
            return tuple(row.case_id for row in found if row.case_id)

    def bodies(self, case: str) -> tuple[tuple[int, str, str, str], ...]:
        """Return the events of a case as they are stored: place, hash before, hash, body."""
        with transaction(self.database) as conn:
            found = conn.execute(rows("case_id = :case"), {"case": case}).all()
            known = {one.seq for one in trusted(conn, found)}
            kept = [row for row in found if row.seq in known]
            return tuple((row.seq, row.prev, row.hash, bytes(row.body).decode()) for row in kept)

    def event(self, seq: int) -> Recorded | None:
        """Return one event."""
        with transaction(self.database) as conn:
            found = conn.execute(rows("seq = :seq"), {"seq": seq})
            return next(trusted(conn, found), None)

    def events_naming(self, sha256: str) -> tuple[Recorded, ...]:
        """Return the events that speak of a file; nothing is read where it is not kept."""
        if self.blobs.size(sha256) is None:
            return ()
        told = sha256.encode("ascii")
        with transaction(self.database) as conn:
            every = conn.stream(rows())
            return tuple(trusted(conn, [row for row in every if told in bytes(row.body)]))

    def head(self) -> Head:
        """Tell where the chain ends."""
        with transaction(self.database) as conn:
            return head_of(conn)

    def expected(self, series: Series) -> int:
        """Tell which serial is next as things stand; others may take it before it is asked for."""
        with transaction(self.database) as conn:
            return Pen(conn, self.blobs, Who(), self.clock()).next_serial(series)

    def following(self, every: Sequence[Series]) -> tuple[int, ...]:
        """Tell where each series goes on, whoever may use it."""
        with transaction(self.database) as conn:
            pen = Pen(conn, self.blobs, Who(), self.clock())
            return tuple(pen.above(series) for series in every)

    @contextmanager
    def looking(self) -> Iterator[Pen]:
        """Ask what a writer would ask, take no lock and record nothing."""
        with transaction(self.database) as conn:
            yield Pen(conn, self.blobs, Who(), self.clock())

    def keep(self, data: bytes, role: str, name: str) -> Attached:
        """Keep the bytes of a file, to be attached to an event; before the lock is taken."""
        return keep_file(self.blobs, data, role, name)

    def bytes_of(self, sha256: str) -> bytes:
        """Return the bytes of a file as they were kept; changed ones are never handed out."""
        data = self.blobs.read(sha256)
        if data is None or name_of(data) != sha256:
            raise stop("LEDG011", Place(), name=sha256)
        return data

    @property
    def folder(self) -> Path | None:
        """Return the folder that it lies in; a shared one lies in none of ours."""
        return self.place if isinstance(self.place, Path) else None

    @contextmanager
    def writing(self, who: Who, *, anywhere: bool = False, mending: bool = False) -> Iterator[Pen]:
        """Take the lock: all that is appended is recorded together, or nothing.

        Others wait meanwhile, in the order in which they came: lay out papers and keep files
        before. Only who records that the ledger was moved or copied writes ``anywhere``; who sets
        down damage is ``mending``.
        """
        if not (anywhere or mending):
            self._rehearse()
        queue = self.folder / QUEUE if self.folder else None
        with turn(queue), transaction(self.database, writing=True) as conn:
            if is_older(conn):
                self._keep_old()
                migrate(conn)
            if not (anywhere or mending):
                at_home(conn, self.folder)
                not_cut(conn, self.heads)
            pen = Pen(conn, self.blobs, who, self.clock())
            pen.mending = mending
            yield pen
            head = head_of(conn) if pen.appended else None
        if head:
            self.heads.add(head)
            hear_of_setbacks(pen.appended)

    def _rehearse(self) -> None:
        """Ask once, before the lock, what is asked under it: most of the time goes in learning how.

        Whoever may not write here is refused before he waits.
        """
        if self._rehearsed:
            return
        with transaction(self.database) as conn:
            if not is_older(conn):
                at_home(conn, self.folder)
                Pen(conn, self.blobs, Who(), self.clock()).rehearse()
        self._rehearsed = True

    def _keep_old(self) -> None:
        """Keep a copy of a ledger in a file before its tables change."""
        if self.folder:
            copy_file(self.folder / FILE, free_name(self.folder / FILE, "升级前"))


def open_book(
    place: Path | str,
    *,
    create: bool = False,
    who: Who | None = None,
    clock: Clock = now,
    heads: Path | None = None,
    risk: bool = False,
) -> Book:
    """Open the ledger in a folder or at an address; make it where there is none if asked to.

    The second file of heads lies beside a ledger in a file; for an address it is given.
    Who knows the ``risk`` of a network drive or a synchronised folder may make it there.
    """
    if is_address(place):
        return _open_shared(str(place), create, who or Who(), clock, heads)
    folder = Path(place)
    file = folder / FILE
    if not file.exists():
        refuse_where_one_was(folder)
    if create and not file.exists():
        if not risk:
            raise_errors(doubts_of(folder))
        unheard = Heads(None)  # of a ledger that may lose its place to another nobody is told
        ours = create_file(
            file, lambda fresh: _begin(_book(folder, fresh, clock, unheard), who or Who(), risk)
        )
        if ours:
            book = _book(folder, file, clock)
            book.heads.add(book.head())
    if not file.exists():
        raise stop("LEDG001", Place(), place=folder)
    return _checked(_book(folder, file, clock), str(file))


def refuse_where_one_was(folder: Path) -> None:
    """Refuse to begin where a ledger was: its numbers would be given a second time."""
    known = Heads(folder / HEADS).last()
    files = sum(1 for _ in (folder / BLOBS).glob("??/*"))
    if (known or files) and not (folder / FILE).exists():  # by now nobody else has made it
        told = f"册首记着 {known.count} 条（{known.day}）" if known else "册首也没有了"
        raise stop("LEDG090", Place(), place=folder / FILE, told=told, files=files)


def is_address(place: Path | str) -> bool:
    """Tell whether a ledger's place is the address of a database."""
    return isinstance(place, str) and place.startswith(("postgresql://", "postgres://"))


def _open_shared(address: str, create: bool, who: Who, clock: Clock, heads: Path | None) -> Book:
    from kcbx_docs.ledger.postgres import Postgres, TableBlobs, shown

    database = Postgres(address)
    book = Book(address, database, TableBlobs(database), Heads(heads), clock)
    weakref.finalize(book, database.dispose)  # the database is told that we are gone
    with transaction(database) as conn:
        fresh = not is_ledger(conn)
    if fresh and not create:
        database.dispose()
        raise stop("LEDG001", Place(), place=shown(address))
    if fresh:
        with transaction(database, writing=True) as conn:
            if not is_ledger(conn):
                migrate(conn)
                _first(Pen(conn, book.blobs, who, clock()), clock, None)
        book.heads.add(book.head())
    return book


def _checked(book: Book, shown_as: str) -> Book:
    with transaction(book.database) as conn:
        if is_empty(conn):  # nobody else's file: what was in it is gone
            raise stop("LEDG006", Place(), detail="里面什么也没有")
        if not is_ledger(conn):
            raise stop("LEDG002", Place(), place=shown_as)
    return book


def _book(folder: Path, file: Path, clock: Clock, heads: Heads | None = None) -> Book:
    heads = heads or Heads(folder / HEADS)
    return Book(folder, SqliteFile(file), FileBlobs(folder / BLOBS), heads, clock)


def _begin(book: Book, who: Who, risk: bool) -> None:
    """Record that a ledger was opened: the first event, which names it."""
    with book.writing(who, anywhere=True) as pen:
        _first(pen, book.clock, book.folder, risk)


def _first(pen: Pen, clock: Clock, folder: Path | None, risk: bool = False) -> None:
    data = {"ledger": new_name(), **place_data(folder, risk)}
    pen.append(Draft(OPENED, "", today(clock), data))


def place_data(folder: Path | None, risk: bool = False) -> dict[str, Any]:
    """Write down where the ledger lies, and that somebody knew the risk of such a place."""
    if folder is None:
        return {}
    return {"place": here(folder), **({"risk": True} if risk else {})}


def today(clock: Clock) -> date:
    """Tell the day in China."""
    return clock().astimezone(CHINA).date()


def new_name() -> str:
    """Name a ledger so that no two are called the same; without signs that look alike."""
    signs = [secrets.choice(SIGNS) for _ in range(8)]
    return "".join(signs[:4]) + "-" + "".join(signs[4:])

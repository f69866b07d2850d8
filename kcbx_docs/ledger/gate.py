"""Who may write: a program that knows the tables, where the ledger lies, onto its true end."""

from collections.abc import Iterable
from pathlib import Path

from kcbx_docs import clock
from kcbx_docs.ledger import migrations
from kcbx_docs.ledger.database import Connection, among
from kcbx_docs.ledger.heads import Heads
from kcbx_docs.ledger.migrations import version_of
from kcbx_docs.ledger.model import PLACING, Recorded
from kcbx_docs.ledger.place import doubts_of, here, same_place
from kcbx_docs.ledger.reading import head_of, newest
from kcbx_docs.problems import Place, raise_errors, stop


def is_older(conn: Connection) -> bool:
    """Tell whether the tables are of an older version; refuse a newer one, which we do not know."""
    version = version_of(conn)
    if version > migrations.VERSION:
        raise stop("LEDG007", Place(), version=version, known=migrations.VERSION)
    return version < migrations.VERSION


def at_home(conn: Connection, folder: Path | None) -> None:
    """Refuse a ledger that lies elsewhere than it says."""
    placed = _placing(conn) if folder is not None else None
    if folder is not None and placed:
        _at_home(folder, placed)


def place_of(conn: Connection) -> dict[str, str]:
    """Return where the ledger says that it lies."""
    placed = _placing(conn)
    return dict(placed.data.get("place") or {}) if placed else {}


def _placing(conn: Connection) -> Recorded | None:
    return newest(conn, *among("kind", PLACING))


def _at_home(folder: Path, placed: Recorded) -> None:
    if not placed.data.get("risk"):
        raise_errors(doubts_of(folder))
    told = placed.data.get("place")
    if told and not same_place(told, here(folder)):
        facts = {"place": told["path"], "host": told["host"] or "不知道名称"}
        raise stop("LEDG012", Place(), **facts, folder=folder)


def hear_of_setbacks(appended: Iterable[Recorded]) -> None:
    """Tell where the machine's day is before that of the ledger: its clock was set back."""
    for made in appended:
        day = made.recorded_at.astimezone(clock.CHINA).date()
        if made.clock_back and clock.today() < day:
            clock.tell_of_setback(day)


def not_cut(conn: Connection, heads: Heads) -> None:
    """Refuse an older copy in the ledger's place: it would give its numbers a second time.

    Only who holds the lock may ask: else somebody writes between the two looks, and his is no cut.
    """
    head = head_of(conn)
    for known in (heads.last(), heads.remembered(head.ledger)):
        if known and known.ledger == head.ledger and known.count > head.count:
            raise stop("LEDG020", Place(), count=head.count, known=known.count, day=known.day)

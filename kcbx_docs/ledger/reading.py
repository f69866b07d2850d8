"""Events out of their rows: only what is as it was recorded is handed out."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from kcbx_docs.clock import CHINA
from kcbx_docs.ledger.model import CONTINUED, NAMING, Head, Recorded, hash_of, read_body
from kcbx_docs.ledger.tables import EVENT
from kcbx_docs.problems import Place, stop


def rows() -> Select[Any]:
    """Ask for events; whoever asks says which, and in what order."""
    return select(EVENT.c.seq, EVENT.c.prev, EVENT.c.hash, EVENT.c.body)


def recorded(row: Row[*tuple[Any, ...]]) -> Recorded:
    """Read an event from its row, whatever was done to it."""
    return read_body(row.seq, row.hash, row.body)


def trusted(conn: Connection, found: Iterable[Row[*tuple[Any, ...]]]) -> Iterator[Recorded]:
    """Read events; one that was changed stops the work until the damage was set down.

    After that it is left out: what was changed proves nothing.
    """
    known: set[int] | None = None
    for row in found:
        if hash_of(row.prev, row.body) == row.hash:
            yield recorded(row)
            continue
        known = wounded(conn) if known is None else known
        if row.seq not in known:
            raise stop("LEDG019", Place(), seq=row.seq)


def wounded(conn: Connection) -> set[int]:
    """Return the places of events whose damage was set down when the ledger was continued."""
    found = conn.execute(rows().where(EVENT.c.kind == CONTINUED)).all()
    told = [recorded(row).data for row in found if hash_of(row.prev, row.body) == row.hash]
    wounds = chain.from_iterable(data.get("wounds", ()) for data in told)
    return {wound["seq"] for wound in wounds if wound["seq"]}


def newest(conn: Connection, *conditions: Any) -> Recorded | None:
    """Return the last event that fulfils conditions and is as it was recorded."""
    query = rows().where(*conditions).order_by(EVENT.c.seq.desc())
    row = conn.execute(query.limit(1)).one_or_none()
    if row is None or hash_of(row.prev, row.body) == row.hash:
        return recorded(row) if row else None
    return next(trusted(conn, conn.execute(query)), None)


def newest_sound(conn: Connection) -> Recorded | None:
    """Return the last event that is as it was recorded, whatever lies after it."""
    for row in conn.execute(rows().order_by(EVENT.c.seq.desc())):
        if hash_of(row.prev, row.body) == row.hash:
            return recorded(row)
    return None


def head_of(conn: Connection) -> Head:
    """Tell where the chain ends, inside a transaction."""
    last, named = newest(conn), newest(conn, EVENT.c.kind.in_(NAMING))
    if last is None or named is None:
        raise stop("LEDG006", Place(), detail="没有建册的记录")
    day = last.recorded_at.astimezone(CHINA).date()
    return Head(named.data["ledger"], last.seq, last.hash, day)

"""Events out of their rows: only what is as it was recorded is handed out."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from kcbx_docs.clock import CHINA
from kcbx_docs.ledger.database import Connection, Values, among
from kcbx_docs.ledger.model import CONTINUED, NAMING, Head, Recorded, hash_of, read_body
from kcbx_docs.problems import Place, stop


def rows(where: str = "", order: str = "seq") -> str:
    """Ask for events; whoever asks says which, and in what order."""
    wanted = f" WHERE {where}" if where else ""
    return f"SELECT seq, prev, hash, body FROM event{wanted} ORDER BY {order}"


def recorded(row: Any) -> Recorded:
    """Read an event from its row, whatever was done to it."""
    return read_body(row.seq, row.hash, row.body)


def trusted(conn: Connection, found: Iterable[Any]) -> Iterator[Recorded]:
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
    found = conn.execute(rows("kind = :kind"), {"kind": CONTINUED}).all()
    told = [recorded(row).data for row in found if hash_of(row.prev, row.body) == row.hash]
    wounds = chain.from_iterable(data.get("wounds", ()) for data in told)
    return {wound["seq"] for wound in wounds if wound["seq"]}


def newest(conn: Connection, where: str = "", values: Values | None = None) -> Recorded | None:
    """Return the last event that fulfils a condition and is as it was recorded."""
    query = rows(where, "seq DESC")
    row = conn.execute(f"{query} LIMIT 1", values).one_or_none()
    if row is None or hash_of(row.prev, row.body) == row.hash:
        return recorded(row) if row else None
    return next(trusted(conn, conn.execute(query, values)), None)


def newest_sound(conn: Connection) -> Recorded | None:
    """Return the last event that is as it was recorded, whatever lies after it."""
    for row in conn.execute(rows(order="seq DESC")):
        if hash_of(row.prev, row.body) == row.hash:
            return recorded(row)
    return None


def head_of(conn: Connection) -> Head:
    """Tell where the chain ends, inside a transaction."""
    last, named = newest(conn), newest(conn, *among("kind", NAMING))
    if last is None or named is None:
        raise stop("LEDG006", Place(), detail="没有建册的记录")
    day = last.recorded_at.astimezone(CHINA).date()
    return Head(named.data["ledger"], last.seq, last.hash, day)

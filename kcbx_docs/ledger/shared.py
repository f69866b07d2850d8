"""What only a shared ledger needs: rights for its users, and a backup put into a new database."""

from collections.abc import Mapping
from typing import Any

from kcbx_docs.ledger.backup import Unpacked, head_data, start_above
from kcbx_docs.ledger.blobs import FileBlobs
from kcbx_docs.ledger.book import BLOBS, Clock, is_address, new_name, now, today
from kcbx_docs.ledger.copying import stored_events, write_chain
from kcbx_docs.ledger.database import SqliteFile, transaction
from kcbx_docs.ledger.migrations import is_ledger
from kcbx_docs.ledger.model import RESTORED, Draft, Recorded, Series, Who
from kcbx_docs.ledger.pen import Pen
from kcbx_docs.ledger.postgres import TableBlobs, allow, database_at, shown
from kcbx_docs.ledger.tables import BLOB
from kcbx_docs.problems import Place, stop


def grant(address: str, role: str) -> None:
    """Let a user of the database record events."""
    if not is_address(address):
        raise stop("LEDG018", Place(), address=address or "没有写")
    with database_at(address) as database, transaction(database, writing=True) as conn:
        if not is_ledger(conn):
            raise stop("LEDG001", Place(), place=shown(address))
        allow(database, conn, role)


def restore_shared(
    found: Unpacked,
    address: str,
    who: Who,
    reason: str,
    highest: Mapping[Series, int],
    clock: Clock = now,
) -> Recorded:
    """Put a backup into a database that holds no ledger yet: events as stored, then their files."""
    kept = FileBlobs(found.database.parent / BLOBS)
    with database_at(address) as database, transaction(database, writing=True) as conn:
        if is_ledger(conn):
            raise stop("LEDG049", Place(), place=shown(address))
        with transaction(SqliteFile(found.database)) as source:
            write_chain(conn, stored_events(source))
        for name in kept.sizes():
            conn.execute(BLOB.insertion, {"sha256": name, "data": kept.read(name)})
        pen = Pen(conn, TableBlobs(database), who, clock())
        data: dict[str, Any] = {"ledger": new_name(), "before": head_data(found.head)}
        data |= {"reason": reason, "replaced": None, "backup": found.path.name}
        made = pen.append(Draft(RESTORED, "", today(clock), data))
        start_above(pen, highest, f"恢复备份（第 {made.seq} 条）", today(clock))
    return made

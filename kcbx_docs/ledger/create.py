"""A new ledger comes into its place whole: with its tables and its first event, or not at all."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kcbx_docs.ledger.blobs import make_folder, sync_folder
from kcbx_docs.ledger.database import SqliteFile, transaction
from kcbx_docs.ledger.migrations import migrate
from kcbx_docs.problems import Place, stop
from kcbx_docs.writing import STAGED, reason_of


def create_file(file: Path, begin: Callable[[Path], None]) -> bool:
    """Make a ledger beside its place, have its first event recorded, and put it there.

    Where somebody else was faster, his stays; tell whether it is ours.
    """
    try:
        make_folder(file.parent)
        handle, name = tempfile.mkstemp(prefix=STAGED, suffix=".db", dir=file.parent)
    except OSError as error:
        raise stop("LEDG005", Place(), detail=reason_of(error)) from error
    os.close(handle)  # mkstemp leaves it to its owner alone; SQLite's journals take after it
    fresh = Path(name)
    try:
        with transaction(SqliteFile(fresh), writing=True) as conn:
            migrate(conn)
        begin(fresh)
        ours = put_new(fresh, file)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    sync_folder(file.parent)
    return ours


def put_new(fresh: Path, file: Path) -> bool:
    """Give a file its name unless the name is taken."""
    try:
        if os.name == "nt":
            fresh.rename(file)
        else:
            os.link(fresh, file)
    except FileExistsError:
        return False
    except OSError:  # a disk without links
        if file.exists():
            return False
        fresh.rename(file)
    return True

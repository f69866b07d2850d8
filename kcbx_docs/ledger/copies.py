"""Copies of a ledger's file: taken through SQLite alone, and called so that none is overwritten."""

import os
from datetime import datetime
from pathlib import Path

from kcbx_docs.clock import CHINA
from kcbx_docs.ledger.database import SqliteFile


def free_name(file: Path, label: str) -> Path:
    """Name a copy by what it is and when it was made."""
    stem = f"{file.stem}-{label}-{datetime.now(CHINA):%Y%m%d-%H%M%S}"
    names = (file.with_name(f"{stem}{end}{file.suffix}") for end in ("", "-2", "-3", "-4", "-5"))
    return next(name for name in names if not name.exists())


def copy_file(file: Path, target: Path) -> None:
    """Copy the whole database in one step; only its owner may read the copy."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with SqliteFile(file).opened() as raw, SqliteFile(target).opened() as copy:
        raw.backup(copy)

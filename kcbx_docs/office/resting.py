"""What an answer about files rests on: it is the same as long as nothing of this has changed.

Neither the time nor the size of a file in the cases' folder is trusted; what it says is looked at.
A batch and a piece of work rest on their rosters as well.
"""

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from kcbx_docs.office.files import first_key
from kcbx_docs.office.misnamed import misnamed
from kcbx_docs.office.opened import opening_of, stamps_of
from kcbx_docs.problems import UserError
from kcbx_docs.reading import MAX_BYTES, read_yaml

_WITH_ROSTER = ("批次", "工作")
_ROSTER, _FILE = "名册", "文件"
_KEPT = 4096
_MOST = 100_000_000
"""Bytes of a roster that are looked at; no roster that is read is as large."""


def digest(path: Path, most: int = MAX_BYTES) -> bytes:
    """Return a digest of what a file says; nothing where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return sha256(stream.read(most + 1)).digest()
    except OSError:
        return b""


def file_state(path: Path) -> tuple[bytes, ...]:
    """Tell what changes when a file does, or the roster that it names."""
    told = digest(path)
    roster = _roster_of(path, told)
    return (told, digest(roster, _MOST)) if roster else (told,)


def office_state(root: Path) -> tuple[object, ...]:
    """Tell what changes when an office, its packs, its calendars or its ledger do, or the files
    that nobody reads because of their names.
    """
    office, stamps = opening_of(root).legible, (*stamps_of(root), *misnamed(root))
    with suppress(UserError):  # one out of reach is told with its cases
        register = office.register if office else None
        return stamps, register and register.book.head().hash
    return (stamps,)


@lru_cache(maxsize=_KEPT)
def _roster_of(path: Path, _told: bytes) -> Path | None:
    """Return the roster that a file names; asked again only where it says something else."""
    if first_key(path) not in _WITH_ROSTER:
        return None
    data = read_yaml(path)[0].data
    named = data.get(_ROSTER) if isinstance(data, Mapping) else None
    file = named.get(_FILE) if isinstance(named, Mapping) else named
    return path.parent / file if isinstance(file, str) else None

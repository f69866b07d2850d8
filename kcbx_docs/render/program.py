"""This program by its own bytes: whatever was made by another state of it is made again."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import kcbx_docs


@cache
def own_program() -> str:
    """Return the hash of the whole program."""
    return hash_of(Path(kcbx_docs.__file__).parent)


def hash_of(folder: Path) -> str:
    """Return the hash of a program's sources, wherever it lies."""
    whole = hashlib.sha256()
    for path in sorted(_sources(folder)):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    yield from folder.rglob("*.py")
    yield from (folder / "render").glob("*.toml")

"""This program by its own bytes: whatever was made by another state of it is made again."""

import hashlib
import os
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
    for name, path in sorted(_sources(folder)):
        whole.update(name.encode() + b"\0" + Path(path).read_bytes())
    return whole.hexdigest()


def _sources(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name of every source below the folder, and where it is."""
    above, shapes = len(str(folder)) + 1, str(folder / "render")
    for inside, _, names in os.walk(folder):  # every command that prints asks: pathlib is slow
        for name in names:
            if name.endswith(".py") or (name.endswith(".toml") and inside == shapes):
                path = inside + os.sep + name
                yield path[above:].replace(os.sep, "/"), path

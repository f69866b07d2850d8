"""Paths that people write into files, which need not be paths at all."""

import os.path
import re
from pathlib import Path

_FURTHEST = 2
"""So many folders up a path is still easier to read than one from the root."""


def is_file(path: Path) -> bool:
    """Tell whether a file is there; a name that no system allows is not."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_there(path: Path) -> bool:
    """Tell whether a file or folder is there; a name that no system allows is not."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def simplest(path: Path) -> Path:
    """Write a path without detours: cases/../全校.xlsx is 全校.xlsx, unless a link lies between."""
    short = os.path.normpath(path)
    try:
        same = os.path.realpath(short) == os.path.realpath(path)
    except (OSError, ValueError):
        return path
    return Path(short) if same else path


def from_here(path: Path) -> Path:
    """Write a path in its simplest form as seen from where the person stands."""
    plain = simplest(path)
    if not plain.is_absolute():
        return plain
    here = Path.cwd()
    if plain.is_relative_to(here):
        return plain.relative_to(here)
    try:
        near = Path(os.path.relpath(plain, here))
    except ValueError:  # on another drive
        return plain
    return near if near.parts.count("..") <= _FURTHEST else plain


def without_detours(word: str) -> str:
    """Write a word of a command in its simplest form where it is a path; others stay as typed."""
    option, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
    if not {".", ".."} & {*re.split(r"[/\\]", value)} or "://" in value or set(value) <= {"."}:
        return word
    if not is_there(Path(value).parent):
        return word
    plain = str(simplest(Path(value)))
    if plain.startswith("-") and not option:
        return word  # without its ./ it would be an option
    return f"{option}{equals}{plain}"

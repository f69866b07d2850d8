"""Paths that people write into files, which need not be paths at all."""

from pathlib import Path


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

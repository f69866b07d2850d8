"""Whether a disk that is named is there: a backup on the machine's own disk saves nothing."""

import os
from pathlib import Path

from kcbx_docs.light import regex
from kcbx_docs.problems import Place, stop

MOUNTED = tuple(map(Path, ("/media", "/run/media", "/mnt", "/Volumes")))
"""Where systems put the disks that are plugged in, each in a folder of its own."""
_DRIVE = regex(r"[A-Za-z]:")


def refuse_missing_medium(folder: Path) -> None:
    """Raise where a folder would be made in place of a disk that is not there."""
    if folder.exists():
        return
    path = folder.resolve()
    foreign = os.name != "nt" and _DRIVE.match(str(folder))  # a drive, where there are none
    if foreign or not Path(path.anchor).exists() or _unplugged(path):
        raise stop("LEDG100", Place(), folder=folder)


def _unplugged(path: Path) -> bool:
    home = next((home for home in MOUNTED if home in path.parents), None)
    if home is None:
        return False
    return not any(os.path.ismount(one) for one in path.parents if home in one.parents)


def same_disk(folder: Path, other: Path) -> bool:
    """Tell whether two folders are lost together."""
    return folder.stat().st_dev == other.stat().st_dev

"""Whether a disk that is named is there: a backup on the machine's own disk saves nothing."""

import os
from pathlib import Path

from kcbx_docs.light import regex
from kcbx_docs.problems import Place, stop

MOUNTED = tuple(map(Path, ("/media", "/run/media", "/mnt", "/Volumes")))
"""Where systems put the disks that are plugged in, each in a folder of its own."""
BY_HAND = Path("/mnt")
"""Where whoever keeps a machine may have folders of its own disk as well."""
_DRIVE = regex(r"[A-Za-z]:")


def refuse_missing_medium(folder: Path) -> None:
    """Raise where a folder would be made in place of a disk that is not there, or is left of one:
    who pulls a disk out may leave an empty place of its name.
    """
    path = folder.resolve()
    if folder.exists() and (BY_HAND in path.parents or not _unplugged(path)):
        return
    foreign = os.name != "nt" and _DRIVE.match(str(folder))  # a drive, where there are none
    if foreign or not Path(path.anchor).exists() or _unplugged(path):
        raise stop("LEDG100", Place(), folder=folder)


def _unplugged(path: Path) -> bool:
    home = next((home for home in MOUNTED if home in path.parents), None)
    if home is None:
        return False
    within = (one for one in (path, *path.parents) if home in one.parents)
    return not any(map(os.path.ismount, within))


def same_disk(folder: Path, other: Path) -> bool:
    """Tell whether two folders are lost together."""
    return folder.stat().st_dev == other.stat().st_dev

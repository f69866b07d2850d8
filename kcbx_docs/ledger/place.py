"""Where a ledger lies: not on a disk that lies about locks, and not in two places at once."""

import ctypes
import hashlib
import platform
import re
import sys
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kcbx_docs.light import regex
from kcbx_docs.problems import Place, Problem, problem

_NETWORK = regex(r"cifs|smb\w*|nfs\d*|9p|drvfs|vboxsf|afpfs|webdav|davfs|fuse\.(sshfs|rclone)")
"""File systems on which locks are promises: two writers at once destroy a ledger there."""

_SYNCED = regex(
    r"(onedrive|(我的)?坚果云|nutstore|wps ?云盘|wps云文档|wps cloud files|wpsdrive|dropbox|icloud"
    r"|icloud ?drive|mobile documents|baidusyncdisk|百度网盘同步空间|阿里云盘|微云同步助手"
    r"|google ?drive|seafile|syncthing|synologydrive|owncloud|nextcloud)(?!\w)"
)
"""Folders of programs that copy files while they are being written."""

_MARKS = (".stfolder", ".dropbox", ".nutstore", ".seafile-data")
"""What programs leave in the folders that they synchronise."""

_REMOTE_DRIVE = 4


def doubts_of(folder: Path) -> Iterator[Problem]:
    """Tell why a ledger must not be written in a folder."""
    real = folder.absolute().resolve()  # also where it is not made yet
    if kind := _network(_there(real)):
        yield problem("LEDG008", Place(), place=folder, kind=kind)
    if name := _synced(real) or _synced(folder.absolute()):
        yield problem("LEDG009", Place(), place=folder, name=name)


def _there(folder: Path) -> Path:
    """Return the folder, or the nearest above it that is there."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _network(folder: Path) -> str:
    if str(folder).startswith(("\\\\", "//")):
        return "UNC"
    if sys.platform == "win32":
        kind = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)
        return "网络驱动器" if kind == _REMOTE_DRIVE else ""
    with suppress(OSError):
        kind = file_system(folder, _mounts())
        return kind if _NETWORK.fullmatch(kind) else ""
    return ""


def _mounts() -> str:
    if sys.platform == "darwin":
        import subprocess

        told = subprocess.run(("/sbin/mount",), capture_output=True, check=False)
        return told.stdout.decode("utf-8", "replace")
    return Path("/proc/self/mountinfo").read_text("utf-8", "replace")


def file_system(folder: Path, mounts: str) -> str:
    """Find the kind of file system that a folder is on, in the list of Linux or of macOS."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        point, found = _mount(line)
        if folder.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), found
    return kind


_OF_MACOS = regex(r".* on (?P<point>/.*) \((?P<kind>\w+)[,)].*")


def _mount(line: str) -> tuple[Path, str]:
    """Read where something is mounted, and what it is."""
    if told := _OF_MACOS.fullmatch(line):
        return Path(told["point"]), told["kind"]
    left, _, right = line.partition(" - ")
    point = re.sub(r"\\(\d{3})", lambda m: chr(int(m[1], 8)), left.split()[4])
    return Path(point), right.split()[0]


def _synced(folder: Path) -> str:
    for path in (folder, *folder.parents):
        marked = any((path / mark).exists() for mark in _MARKS)
        if marked or _SYNCED.match(path.name.lower()):
            return path.name
    return ""


def here(folder: Path) -> dict[str, str]:
    """Tell which machine and folder this is, to be written into the ledger."""
    return {"machine": machine(), "host": platform.node(), "path": str(folder.resolve())}


def machine() -> str:
    """Tell this machine from others; nothing where it has no number of its own."""
    number = _machine_number()
    return hashlib.sha256(number.encode()).hexdigest()[:16] if number else ""


def _machine_number() -> str:
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    with suppress(OSError):
        return Path("/etc/machine-id").read_text().strip()
    card = uuid.getnode()
    return "" if card >> 40 & 1 else str(card)  # made up where there is no network card


def same_place(one: dict[str, str], other: dict[str, str]) -> bool:
    """Tell whether two notes of a place mean the same; an unknown machine proves nothing."""
    machines = {one.get("machine", ""), other.get("machine", "")} - {""}
    return one.get("path") == other.get("path") and len(machines) < 2

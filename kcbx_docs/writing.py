"""Write a file whole or not at all: the only way in which this program writes to a disk."""

import errno
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from kcbx_docs.problems import Place, stop

PRIVATE, PUBLIC = 0o600, 0o644
STAGED = ".kcbx-"
"""How files and folders that are being written are called until they are whole."""


_REASONS = {
    errno.EACCES: "没有权限，或者它正在别的程序里打开着",
    errno.EPERM: "没有权限，或者它正在别的程序里打开着",
    errno.EBUSY: "它正在别的程序里打开着",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘是只读的",
    errno.ENOTDIR: "路径中间有一个不是文件夹",
    errno.EEXIST: "同名的文件或文件夹占着位置",
    errno.EISDIR: "同名的文件夹占着位置",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENOENT: "它不见了",
    errno.ENOLCK: "这个磁盘不能加锁，多半是网络盘",
    errno.ENOTSUP: "这个磁盘不能加锁，多半是网络盘",
}


def reason_of(error: OSError) -> str:
    """Say in plain words why the system refused; Windows calls an open file no permission, too."""
    known = _REASONS.get(error.errno or 0)
    return known or f"系统没有说明原因（代码 {error.errno or type(error).__name__}）"


def write_over(path: Path, data: bytes, mode: int = PRIVATE) -> None:
    """Put a file in the place of an older one; raise what the user can mend."""
    try:
        write_whole(path, data, mode)
    except OSError as error:
        raise stop("PAPR007", Place(), path=path, reason=reason_of(error)) from error


def write_whole(path: Path, data: bytes, mode: int = PRIVATE) -> None:
    """Put a file in the place of an older one;
    whoever reads meanwhile sees the one or the other.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=STAGED, dir=path.parent)
    staged = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            _keep(stream.fileno())
        staged.chmod(mode)
        staged.replace(path)
    except BaseException:  # also where the user stops it: it may hold personal data
        with suppress(OSError):
            staged.unlink()
        raise
    keep_names(path.parent)


def write_new(path: Path, data: bytes, mode: int = PRIVATE) -> None:
    """Write a file that must not be there yet."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        _keep(stream.fileno())


_BINARY = getattr(os, "O_BINARY", 0)


def _keep(handle: int) -> None:
    """Have the bytes on the disk before the file gets its name:
    a power cut leaves no empty file.
    """
    with suppress(OSError):  # some network drives cannot
        to_disk(handle)


def to_disk(handle: int) -> None:
    """Have what was written on the disk itself; macOS else leaves it in the disk's own memory."""
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):  # some disks cannot
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


def keep_names(folder: Path) -> None:
    """Have new names of a folder on the disk; Windows does that by itself."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            to_disk(handle)
        finally:
            os.close(handle)


def user_data_folder() -> Path:
    """Return where this user keeps what belongs to the program, apart from any workspace."""
    return user_folder("XDG_DATA_HOME", ".local/share", "Library/Application Support", "")


def user_folder(variable: str, linux: str, mac: str, windows: str) -> Path:
    """Return a folder of this user's own by the customs of his system."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local")) / "kcbx" / windows
    if sys.platform == "darwin":
        return home / mac / "kcbx"
    return Path(os.environ.get(variable) or home / linux) / "kcbx"

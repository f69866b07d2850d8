"""What the ledger does otherwise on Windows and macOS, played here: the branches, not the systems.

What only those systems themselves can show stays unproved: that their locks hold between
processes, and that a disk keeps what it was told to keep.
"""

import os
import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from kcbx_docs import locking, writing
from kcbx_docs.ledger import blobs, create, place
from kcbx_docs.ledger.place import doubts_of, file_system
from kcbx_docs.problems import UserError
from tests.ledger.test_turns import windows_locking

WINDOWS, MACOS = SimpleNamespace(platform="win32"), SimpleNamespace(platform="darwin")


def test_windows_keeps_a_second_writer_out(tmp_path, monkeypatch):
    busy = []

    def locking_of(handle, mode, count):
        if busy:
            raise PermissionError(13, "Permission denied")
        windows_locking(handle, mode, count)

    fake = SimpleNamespace(locking=locking_of, LK_NBLCK=0, LK_UNLCK=1)
    monkeypatch.setitem(sys.modules, "msvcrt", fake)
    monkeypatch.setattr(locking, "sys", WINDOWS)
    with locking.only_writer(tmp_path, "2026-001"):
        assert "2026-001" in (tmp_path / locking.LOCK).read_text("utf-8")
    busy.append(1)
    refused = pytest.raises(UserError, match="PAPR018")
    with refused, locking.only_writer(tmp_path, "2026-002", patience=0):
        pass


@pytest.mark.parametrize(("misses", "works"), [(9, True), (10, False)])
def test_a_virus_scanner_that_holds_a_file_is_waited_for(monkeypatch, misses, works):
    pauses, left = [], iter(range(misses))
    clock = SimpleNamespace(sleep=pauses.append)
    monkeypatch.setattr(blobs, "time", clock)
    monkeypatch.setattr(blobs, "os", SimpleNamespace(name="nt"))

    def rename():
        if next(left, None) is not None:
            raise PermissionError(13, "WinError 32")

    with nullcontext() if works else pytest.raises(PermissionError):
        blobs.again_and_again(rename)
    assert sum(pauses) == 9 * 0.25


def test_no_folder_is_synced_where_that_cannot_be(tmp_path, monkeypatch):
    with pytest.raises(FileNotFoundError):
        blobs.sync_folder(tmp_path / "not there")
    monkeypatch.setattr(blobs, "os", SimpleNamespace(name="nt"))
    blobs.sync_folder(tmp_path / "not there")


@pytest.mark.parametrize("taken", [False, True])
def test_a_new_ledger_gets_its_name_without_a_link(tmp_path, monkeypatch, taken):
    """On Windows a rename fails where the name is taken; here it would not."""

    def rename(path, target):
        if target.exists():
            raise FileExistsError(183, "WinError 183")
        os.replace(path, target)  # noqa: PTH105 - Path.rename is what is played

    monkeypatch.setattr(create, "os", SimpleNamespace(name="nt"))
    monkeypatch.setattr(Path, "rename", rename)
    fresh, file = tmp_path / "fresh", tmp_path / "file"
    fresh.write_text("ours")
    if taken:
        file.write_text("theirs")
    assert create.put_new(fresh, file) is not taken
    assert file.read_text() == ("theirs" if taken else "ours")


@pytest.mark.parametrize(("kind", "codes"), [(4, ["LEDG008"]), (3, []), (2, [])])
def test_a_network_drive_of_windows_is_told_by_its_letter(tmp_path, monkeypatch, kind, codes):
    kernel = SimpleNamespace(GetDriveTypeW=lambda letter: kind if letter else 0)
    fake = SimpleNamespace(windll=SimpleNamespace(kernel32=kernel))
    monkeypatch.setattr(place, "sys", WINDOWS)
    monkeypatch.setattr(place, "ctypes", fake)
    assert [found.code for found in doubts_of(tmp_path)] == codes


def test_windows_has_a_number_of_the_machine(monkeypatch):
    keys = []

    @contextmanager
    def opened(_root, name):
        keys.append(name)
        yield name

    fake = SimpleNamespace(
        HKEY_LOCAL_MACHINE=0, OpenKey=opened, QueryValueEx=lambda _key, name: (f"{name}-1", 1)
    )
    monkeypatch.setitem(sys.modules, "winreg", fake)
    monkeypatch.setattr(place, "sys", WINDOWS)
    assert place.machine() and keys == [r"SOFTWARE\Microsoft\Cryptography"]


MOUNTED = """
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
//pwq@nas.local/share on /Volumes/镇 政府 (smbfs, nodev, nosuid, mounted by pwq)
/dev/disk4s1 on /Volumes/U盘 (exfat, local, nodev)
""".strip()


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/Users/pwq", "apfs"), ("/Volumes/镇 政府/控辍保学", "smbfs"), ("/Volumes/U盘", "exfat")],
)
def test_a_network_drive_of_macos_is_found_in_its_list(folder, kind):
    assert file_system(Path(folder), MOUNTED) == kind


def test_macos_is_asked_for_its_list(tmp_path, monkeypatch):
    monkeypatch.setattr(place, "sys", MACOS)
    told = SimpleNamespace(stdout=f"//nas/x on {tmp_path.resolve()} (nfs)\n".encode())
    monkeypatch.setattr("subprocess.run", lambda *_args, **_named: told)
    assert [found.code for found in doubts_of(tmp_path)] == ["LEDG008"]


@pytest.mark.parametrize("can", [True, False])
def test_macos_is_told_to_empty_the_memory_of_the_disk(monkeypatch, can):
    asked = []

    def control(handle, what):
        if not can:
            raise OSError(45, "not supported")
        asked.append((handle, what))

    fake = SimpleNamespace(fcntl=control, F_FULLFSYNC=51)
    monkeypatch.setitem(sys.modules, "fcntl", fake)
    monkeypatch.setattr(writing, "sys", MACOS)
    monkeypatch.setattr(os, "fsync", lambda handle: asked.append((handle, "fsync")))
    writing.to_disk(7)
    assert asked == [(7, 51) if can else (7, "fsync")]

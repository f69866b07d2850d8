"""A ledger is refused where locks are promises, and where programs copy files by themselves."""

from pathlib import Path

import pytest

from kcbx_docs.ledger import place
from kcbx_docs.ledger.book import FOLDER, open_book
from kcbx_docs.ledger.place import doubts_of, file_system, same_place
from kcbx_docs.problems import UserError
from tests.ledger.world import CLERK, NOON, issue

MOUNTS = r"""
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:40 / /mnt/z rw,relatime shared:1 - cifs //server/share rw
31 22 0:41 / /mnt/z/local rw - ext4 /dev/vdb rw
32 22 0:42 / /mnt/c rw - 9p drvfs rw
33 22 0:43 / /media/U\040盘 rw - vfat /dev/sdb1 rw
34 22 0:44 / /srv/kcbx rw - nfs4 server:/kcbx rw
""".strip()


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/青龙镇", "ext4"), ("/mnt/z/青龙镇", "cifs"), ("/mnt/z/local/青龙镇", "ext4"),
        ("/mnt/zz", "ext4"), ("/mnt/c/Users", "9p"), ("/media/U 盘/x", "vfat"), ("/srv/kcbx", "nfs4"),
    ],
)  # fmt: skip
def test_the_file_system_of_a_folder_is_found(folder, kind):
    assert file_system(Path(folder), MOUNTS) == kind


@pytest.mark.parametrize("kind", ["cifs", "smb3", "nfs", "nfs4", "9p", "drvfs", "vboxsf", "fuse.sshfs"])  # fmt: skip
def test_a_network_drive_is_refused(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(place, "file_system", lambda *_: kind)
    with pytest.raises(UserError, match=f"LEDG008.*{kind}"):
        open_book(tmp_path / FOLDER, create=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "ntfs3", "fuseblk", "apfs", "tmpfs", "overlay", "vfat"])  # fmt: skip
def test_a_disk_of_ones_own_is_not(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(place, "file_system", lambda *_: kind)
    assert list(doubts_of(tmp_path)) == []


@pytest.mark.parametrize(
    "name",
    ["OneDrive", "OneDrive - 青龙镇", "OneDrive-Personal", "坚果云", "我的坚果云", "WPS云盘", "Dropbox",
     "iCloud Drive", "BaiduSyncdisk", "Nextcloud", "Google Drive"],
)  # fmt: skip
def test_a_synchronised_folder_is_refused(tmp_path, name):
    with pytest.raises(UserError, match="LEDG009"):
        open_book(tmp_path / name / "控辍保学" / FOLDER, create=True)


@pytest.mark.parametrize("name", ["坚果云使用说明", "one drive", "OneDriver", "青龙镇", "dropboxes", "云盘管理"])  # fmt: skip
def test_a_folder_that_is_only_called_like_it_is_not(tmp_path, name):
    assert list(doubts_of(tmp_path / name)) == []


def test_a_folder_with_the_mark_of_such_a_program_is_refused(tmp_path):
    (tmp_path / ".stfolder").mkdir()
    with pytest.raises(UserError, match="LEDG009"):
        open_book(tmp_path / "x" / FOLDER, create=True)


def test_who_knows_the_risk_says_so_in_the_ledger_and_reading_is_always_allowed(tmp_path):
    folder = tmp_path / "OneDrive" / FOLDER
    book = open_book(folder, create=True, who=CLERK, clock=lambda: NOON, risk=True)
    assert book.event(1).data["risk"] is True
    assert issue(book).seq == 2


def test_a_ledger_that_came_to_lie_in_such_a_folder_is_read_and_not_written(tmp_path, monkeypatch):
    book = open_book(tmp_path / FOLDER, create=True, who=CLERK, clock=lambda: NOON)
    monkeypatch.setattr(place, "file_system", lambda *_: "cifs")
    with pytest.raises(UserError, match="LEDG008"):
        issue(book)
    assert len(open_book(tmp_path / FOLDER).events()) == 1


def test_an_unknown_machine_proves_nothing():
    here = {"machine": "a", "path": "/x"}
    assert same_place(here, {"machine": "", "path": "/x"})
    assert not same_place(here, {"machine": "b", "path": "/x"})
    assert not same_place(here, {"machine": "a", "path": "/y"})

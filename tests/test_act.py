"""Several files of a workspace change together, wherever the run dies, and nobody's words go."""

from pathlib import Path

import pytest

from kcbx_docs.act import Away, Put, mended, together
from kcbx_docs.locking import only_writer
from kcbx_docs.office.new_files import write_together
from kcbx_docs.problems import UserError
from tests.killing import files_in, full_at, left_by

OLD, NEW = b"before", b"after"


def workspace(root: Path) -> Path:
    (root / "cases").mkdir(parents=True)
    (root / "cases/线索.yaml").write_bytes(OLD)
    (root / "cases/线索.yaml").chmod(0o640)
    (root / "旧.yaml").write_bytes(OLD)
    return root


def act(root: Path) -> object:
    """Change a file, add two, move one away."""
    return together(
        root,
        (
            Put(root / "cases/线索.yaml", NEW, OLD),
            Put(root / "cases/2026-001.yaml", NEW),
            Away(root / "旧.yaml", root / "旧的/旧.yaml"),
            Put(root / "旧.yaml", lambda: NEW, mode=0o644),
        ),
    )


def test_wherever_it_is_killed_everything_is_there_or_nothing(tmp_path: Path) -> None:
    whole = workspace(tmp_path / "whole")
    before, left = files_in(whole), left_by(act, whole)
    assert len(left) > 20
    states = set()
    for at, root in enumerate(left):
        told = mended(root)
        assert files_in(root) in (before, files_in(whole)), f"killed before call {at}"
        states.add((files_in(root) == before, tuple(one.code for one in told)))
    assert {(True, ()), (True, ("PAPR029",)), (False, ())} <= states


@pytest.mark.parametrize("name", ["线索.yaml", "2026-001.yaml", "旧.yaml"])
def test_what_the_disk_refuses_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    root = workspace(tmp_path)
    before = files_in(root)
    full_at(monkeypatch, name)
    with pytest.raises(UserError, match=f"PAPR007.*{name}.*磁盘已满"):
        act(root)
    assert files_in(root) == before


def test_files_keep_their_readers_and_new_ones_have_those_they_should(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    act(root)
    modes = {name: (root / name).stat().st_mode & 0o777 for name in files_in(root)}
    assert modes["cases/线索.yaml"] == 0o640 and modes["cases/2026-001.yaml"] == 0o600
    assert modes["旧.yaml"] == 0o644


def test_what_somebody_changed_or_made_meanwhile_stops_it(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "cases/线索.yaml").write_bytes(b"typed meanwhile")
    with pytest.raises(UserError, match="CLI053"):
        act(root)
    (root / "cases/线索.yaml").write_bytes(OLD)
    (root / "cases/2026-001.yaml").write_bytes(OLD)
    before = files_in(root)
    with pytest.raises(UserError, match="CLI002"):
        act(root)
    assert files_in(root) == before


def test_nothing_outside_the_workspace_is_changed(tmp_path: Path) -> None:
    root = workspace(tmp_path / "a")
    (tmp_path / "别处.yaml").write_bytes(OLD)
    (root / "链接.yaml").symlink_to(tmp_path / "别处.yaml")
    with pytest.raises(UserError, match="PAPR007"):
        together(root, (Put(root / "链接.yaml", NEW, OLD),))
    assert (tmp_path / "别处.yaml").read_bytes() == OLD
    (root / "里面.yaml").symlink_to(root / "旧.yaml")  # but a link within it is followed
    together(root, (Put(root / "里面.yaml", NEW, OLD),))
    assert (root / "旧.yaml").read_bytes() == NEW and (root / "里面.yaml").is_symlink()


def half_done(root: Path) -> Path:
    """Leave a workspace as a run leaves it that dies in the middle."""
    for copy in left_by(act, workspace(root / "whole"), range(10, 60)):
        if (copy / "cases/2026-001.yaml").exists() and list(copy.glob(".kcbx-*")):
            return copy
    raise AssertionError("no run was caught half done")


def test_what_somebody_typed_after_it_died_is_kept_beside(tmp_path: Path) -> None:
    root = half_done(tmp_path)
    (root / "cases/2026-001.yaml").write_bytes(b"typed")
    with only_writer(root / "output", "another"):
        assert mended(root) == ()  # somebody is at work: it may be his
    (told,) = mended(root)
    assert told.code == "PAPR029" and "cases/2026-001.yaml" in told.message
    assert (root / "cases/2026-001.yaml.1.bak").read_bytes() == b"typed"
    assert (root / "cases/线索.yaml").read_bytes() == OLD
    act(root)


def test_several_new_cases_are_written_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_at(monkeypatch, "2.yaml")
    with pytest.raises(UserError, match="磁盘已满"):
        write_together(tmp_path, tmp_path / "cases", {"1.yaml": "一", "2.yaml": "二"})
    assert files_in(tmp_path) == {} and not (tmp_path / "cases").exists()

"""A save is told once, when the file is whole, however an editor saves; else nothing is told."""

import os
from pathlib import Path

import pytest

from kcbx_docs.cli.saving import Saves


class Clock:
    """Time that passes when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "案.yaml"
    path.write_text("甲", "utf-8")
    os.utime(path, (1000, 1000))
    return path


def watching(*paths: Path) -> tuple[Saves, Clock]:
    """Return what looks at files, after its first look."""
    clock = Clock()
    saves = Saves(lambda: paths, clock)
    assert saves.look() == paths
    return saves, clock


def looks(saves: Saves, count: int = 4) -> list[tuple[Path, ...]]:
    return [told for _ in range(count) if (told := saves.look())]


def overwritten(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def renamed_into_place(path: Path, text: str) -> None:
    beside = path.with_name(".案.yaml.swp")
    beside.write_text(text, "utf-8")
    beside.replace(path)


def in_the_same_moment(path: Path, text: str) -> None:
    """Save a text of the same length while the disk's clock stands still."""
    path.write_text(text, "utf-8")
    os.utime(path, (1000, 1000))


@pytest.mark.parametrize("save", [overwritten, renamed_into_place, in_the_same_moment])
def test_however_it_is_saved_it_is_told_once(file, save):
    saves, _ = watching(file)
    save(file, "乙")
    assert looks(saves) == [(file,)]


def test_two_saves_within_a_second_tell_the_last_text(file):
    saves, _ = watching(file)
    in_the_same_moment(file, "乙")
    saves.look()
    in_the_same_moment(file, "丙")
    assert looks(saves) == [(file,)]
    in_the_same_moment(file, "甲")
    assert looks(saves) == [(file,)]


def test_a_half_written_file_is_waited_for(file):
    saves, _ = watching(file)
    for half in ("", "乙", "乙丙"):
        overwritten(file, half)
        assert saves.look() == ()
    overwritten(file, "乙丙丁")
    assert looks(saves) == [(file,)]


def test_what_was_only_touched_or_is_as_before_is_no_change(file):
    saves, _ = watching(file)
    os.utime(file, (2000, 2000))
    assert looks(saves) == []
    overwritten(file, "乙")
    saves.look()
    overwritten(file, "甲")
    assert looks(saves) == []


def test_a_file_that_an_editor_takes_away_first_is_waited_for(file):
    saves, _ = watching(file)
    file.rename(file.with_suffix(".bak"))
    assert looks(saves, 3) == []
    overwritten(file, "乙")
    assert looks(saves) == [(file,)]


def test_a_file_that_stays_away_is_told_and_so_is_its_return(file):
    saves, _ = watching(file)
    file.unlink()
    assert looks(saves, 12) == [(file,)]
    overwritten(file, "甲")
    assert looks(saves) == [(file,)]


def test_while_nobody_may_read_it_nothing_is_told(file, monkeypatch):
    saves, _ = watching(file)
    overwritten(file, "乙丙")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", lambda _: (_ for _ in ()).throw(PermissionError()))
        assert looks(saves) == []
    assert looks(saves) == [(file,)]


def test_what_nobody_may_ever_read_does_not_silence_the_others(file, tmp_path, monkeypatch):
    closed = tmp_path / "锁着.yaml"
    read = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda path: read(path) if path == file else closed_to(path)
    )
    saves = Saves(lambda: (file, closed), Clock())
    closed.touch()
    assert looks(saves, 8) == [(file, closed)]
    overwritten(file, "乙")
    assert looks(saves) == [(file,)]


def closed_to(path: Path) -> bytes:
    raise PermissionError(path)


def test_an_old_file_is_not_read_again(file, monkeypatch):
    saves, clock = watching(file)
    clock.now += 60
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    assert looks(saves) == []


def test_only_what_changed_is_told_and_a_new_file_is(tmp_path, file):
    other, paths = tmp_path / "kcbx.yaml", [file]
    saves = Saves(lambda: paths, Clock())
    saves.look()
    overwritten(other, "甲")
    paths.append(other)
    assert looks(saves) == [(other,)]
    overwritten(file, "乙")
    assert looks(saves) == [(file,)]

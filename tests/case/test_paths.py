"""A path is shown in its simplest form, as seen from where the person stands."""

from pathlib import Path

import pytest

from kcbx_docs.case.paths import from_here, simplest, without_detours


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("cases/旧", "别处/深/更深"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("cases/../全校.xlsx", "全校.xlsx"),
        ("./cases/甲.yaml", "cases/甲.yaml"),
        ("--out=cases/../输出", "--out=输出"),
        ("cases/旧/../../cases", "cases"),
        ("..", ".."),
        ("普文清：见 没有/../这样", "普文清：见 没有/../这样"),
        ("https://例/../例", "https://例/../例"),
        ("普云飞", "普云飞"),
        ("./-甲.yaml", "./-甲.yaml"),
    ],
)
def test_what_is_typed_has_no_detours(typed: str, shown: str) -> None:
    assert without_detours(typed) == shown


def test_a_path_is_written_from_here(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = here / "cases/甲.yaml"
    assert str(from_here(file)) == "cases/甲.yaml"
    monkeypatch.chdir("别处")
    assert str(from_here(file)) == "../cases/甲.yaml"
    monkeypatch.chdir("深/更深")
    assert from_here(file) == file, "three folders up nobody counts"


def test_a_link_is_no_detour(here: Path) -> None:
    (here / "近").symlink_to(here / "别处/深", target_is_directory=True)
    assert str(simplest(Path("近/../甲.yaml"))) == "近/../甲.yaml"

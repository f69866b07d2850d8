"""An office opens whatever lies about in its folders, and is read again once it is edited."""

from pathlib import Path

import pytest

from kcbx_docs.office.opened import open_office, opening_of
from tests.papers.probe import workspace


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return workspace(tmp_path, "<p>{{ 学生.姓名 }}</p>").parent.parent


@pytest.mark.parametrize("name", [".#pack.yaml", "pack.yaml~"])
def test_a_dangling_link_below_the_templates_disturbs_nobody(office, name):
    (office / "templates").mkdir(exist_ok=True)
    (office / "templates" / name).symlink_to("user@host.1234")
    assert open_office(office).root == office


def test_a_file_that_is_deleted_between_two_looks_disturbs_nobody(office, monkeypatch):
    gone = office / "templates/gone.yaml"
    monkeypatch.setattr(Path, "rglob", lambda _folder, _pattern: iter([gone]))
    assert open_office(office).root == office


def test_a_workspace_whose_file_vanishes_is_told_not_a_crash(office):
    (office / "kcbx.yaml").unlink()
    assert opening_of(office).problems


def test_an_edit_is_still_seen(office):
    before = open_office(office)
    assert open_office(office) is not None and opening_of(office) is opening_of(office)
    path = office / "kcbx.yaml"
    path.write_text(path.read_text("utf-8") + "\n# x\n", "utf-8")
    assert open_office(office).loaded is not before.loaded

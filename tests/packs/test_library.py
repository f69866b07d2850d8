"""The library of a place: what workspaces share, and when it is read anew."""

import shutil
from pathlib import Path

import pytest

from kcbx_docs.packs import library
from kcbx_docs.packs.chain import shipped_root

PAPER = "urge-notice"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the shipped packs, which stands for them."""
    root = shutil.copytree(shipped_root() / "national", tmp_path / "shipped/national").parent
    monkeypatch.setattr(library, "shipped_root", lambda: root)
    return root


def test_workspaces_without_packs_share_the_shipped_ones_as_they_are_now(shipped, tmp_path) -> None:
    def opened(name: str) -> library.Library:
        return library.open_library("national", tmp_path / name)[0]

    first = opened("甲镇").document(PAPER)
    assert opened("乙镇").document(PAPER) is first
    paper = shipped / f"national/documents/{PAPER}.html"
    paper.write_text(paper.read_text("utf-8") + "<p>新的一句。</p>\n", "utf-8")
    assert "新的一句" in opened("甲镇").document(PAPER).source


def test_a_pack_of_one_workspace_is_not_that_of_another(shipped, tmp_path) -> None:
    own = tmp_path / "甲镇/templates"
    own.mkdir(parents=True)
    head = '名称: 甲镇\n版本: "1"\n来源: 本单位\n标题: {urge-notice: 甲镇的通知}\n'
    (own / "pack.yaml").write_text(head, "utf-8")
    titles = [
        library.open_library("national", tmp_path / name)[0].card(PAPER).title
        for name in ("乙镇", "甲镇", "乙镇")
    ]
    assert titles[1] == "甲镇的通知"
    assert titles[0] == titles[2] != titles[1]

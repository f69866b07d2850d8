"""Which packs can be chosen in a workspace, and what stands on top of them."""

import shutil
from pathlib import Path

import kcbx_docs
from kcbx_docs.office.packs_here import PacksHere
from kcbx_docs.packs.chain import LOCAL, PackFolder, shipped_root

WORKSPACE = Path(kcbx_docs.__file__).parents[1] / "kcbx.yaml"


def test_its_own_words_stand_on_top_also_of_samples_that_have_words_of_their_own(tmp_path) -> None:
    shutil.copy(WORKSPACE, tmp_path)
    (tmp_path / "templates").mkdir()
    text = "名称: 青石镇\n版本: '1'\n参数: {缺课跟踪天数: 7}\n"
    (tmp_path / "templates/pack.yaml").write_text(text, "utf-8")
    here, other = PacksHere(tmp_path), PacksHere(None)
    assert here.roots == (tmp_path / "templates", shipped_root())
    assert here.library(None)[0].chain.id == here.library(LOCAL)[0].chain.id == LOCAL
    sample = here.local()
    assert isinstance(sample, PackFolder)
    for local in (None, sample):
        assert here.library_with(LOCAL)(local).chain.pack.values["缺课跟踪天数"] == "7"
    yunnan = here.library_with("云南省")
    assert yunnan(None).chain.id == "yunnan"
    assert yunnan(sample).chain.folders[-1] is sample
    assert other.library(None)[0].chain.id == "national"
    assert other.local() is None

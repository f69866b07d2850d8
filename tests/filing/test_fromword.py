"""What is taken from Word is written over what was looked at, never over what came meanwhile."""

from datetime import date
from typing import Any

import pytest

from kcbx_docs.filing.fromword import WordShelf
from kcbx_docs.keeping.fromword import FromWord, WordTaker
from kcbx_docs.packs.chain import PackFolder, read_pack
from kcbx_docs.problems import UserError

LETTER = "documents/urge-notice.html"
LOOKED_AT, MEANWHILE, WANTED = "看过的\n".encode(), "别人刚写的\n".encode(), "新的\n".encode()
NO_PACKS: Any = None


@pytest.mark.parametrize(
    ("seen", "there", "wrong"),
    [
        (LOOKED_AT, LOOKED_AT, ""),
        (LOOKED_AT, MEANWHILE, "CLI053"),
        (LOOKED_AT, None, "PAPR007"),
        (None, None, ""),
        (None, MEANWHILE, "CLI002"),
    ],
    ids=["没有人动过", "别人改了", "别人删了", "还没有", "别人刚写了"],
)
def test_what_somebody_wrote_between_the_look_and_the_yes_stays(tmp_path, seen, there, wrong):
    """It was overwritten without a word: the file was read only when it was written."""
    home, file = tmp_path / "templates", tmp_path / "templates" / LETTER
    file.parent.mkdir(parents=True)
    (home / "pack.yaml").write_text("名称: 青石镇\n版本: '1'\n", "utf-8")
    if there is not None:
        file.write_bytes(there)
    local, _ = read_pack(home, "本单位")
    assert isinstance(local, PackFolder)
    shelf = WordShelf(tmp_path, WordTaker(NO_PACKS, local, date(2026, 11, 28)))
    before = {} if seen is None else {LETTER: seen}
    found = FromWord("urge-notice", (), {LETTER: WANTED}, before=before)
    if not wrong:
        done = shelf.take(found)
        assert file.read_bytes() == WANTED
        assert (done.kept and (done.kept / LETTER).read_bytes()) == seen
        return
    with pytest.raises(UserError) as refused:
        shelf.take(found)
    assert [one.code for one in refused.value.problems] == [wrong]
    assert (file.read_bytes() if file.exists() else None) == there
    assert not [*tmp_path.rglob("旧模板包")]

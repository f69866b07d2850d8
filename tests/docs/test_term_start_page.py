"""docs/开学发放.md: a school clerk's hour, typed in a fresh folder as the page says."""

from pathlib import Path

import pytest

import kcbx_docs
from kcbx_docs.ledger.book import open_book
from kcbx_docs.office.slips import slips_of
from tests.docs.reader import Reader

pytestmark = pytest.mark.alike

PAGE = Path(kcbx_docs.__file__).parents[1] / "docs" / "开学发放.md"


def test_the_page_is_followed_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    reader = Reader(tmp_path)
    reader.read(PAGE)
    slips = slips_of(open_book(reader.folder / "台账"))
    assert [(one.name, one.serial, one.state) for one in slips] == [
        ("杨春燕", "青中26秋七1-001", "作废"),
        ("岩温罕", "青中26秋七1-002", "印发"),
        ("李喆", "青中26秋七2-001", "印发"),
        ("周晓云", "青中26秋七2-002", "印发"),
        ("和晓岚", "青中26秋七1-003", "印发"),
        ("杨春燕", "青中26秋七1-004", "印发"),
    ]

"""docs/登记送达.md: every file is written and every command run as the page says, in order."""

from pathlib import Path

import pytest

import kcbx_docs
from kcbx_docs.case.service_methods import SERVICE_METHODS
from kcbx_docs.ledger.book import open_book
from tests.docs.reader import Reader

pytestmark = pytest.mark.alike

PAGE = Path(kcbx_docs.__file__).parents[1] / "docs" / "登记送达.md"


def test_the_page_is_followed_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    reader = Reader(tmp_path)
    reader.read(PAGE)
    events = open_book(reader.folder / "台账").events()
    assert [one.kind for one in events[1:]] == ["制发"] * 2 + ["送达"] * 5 + ["更正送达"]
    assert {one.data["event"]["方式"] for one in events[3:]} < set(SERVICE_METHODS)

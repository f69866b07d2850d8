"""docs/管理工作.md: every file is written and every command run as the page says, in order."""

from pathlib import Path

import pytest

import kcbx_docs
from tests.docs.reader import Reader

pytestmark = pytest.mark.alike

PAGE = Path(kcbx_docs.__file__).parents[1] / "docs" / "管理工作.md"


def test_the_page_is_followed_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    reader = Reader(tmp_path)
    reader.read(PAGE)
    assert [path.name for path in (reader.folder / "output/整改-01").glob("*.docx")] == [
        "845-整改通知书.docx"
    ]

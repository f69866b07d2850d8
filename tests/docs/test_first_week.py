"""docs/第一周.md: a week typed in a fresh folder as the page says, in order."""

from pathlib import Path

import pytest

import kcbx_docs
from tests.cli.office import run
from tests.docs.reader import Reader

pytestmark = pytest.mark.pdf
DOCS = Path(kcbx_docs.__file__).parents[1] / "docs"
PAGE = DOCS / "第一周.md"


@pytest.fixture(scope="module")
def week(tmp_path_factory) -> Path:
    """The workspace after everything on the page was done."""
    reader = Reader(tmp_path_factory.mktemp("week"))
    reader.read(PAGE)
    return reader.folder


def test_after_the_week_everything_is_of_one_mind(week):
    assert run(week, "check", "cases", "kcbx.yaml").output == "检查了 2 个文件，没有错误。\n"
    assert run(week, "ledger", "verify").output.startswith("完好。")


def test_a_page_that_shows_what_is_not_printed_stops_the_test(tmp_path):
    reader = Reader(tmp_path)
    reader.type(["kcbx", "--version"], ["…kcbx…"])
    with pytest.raises(AssertionError, match="没有打印：不是这样"):
        reader.type(["kcbx", "--version"], ["…不是这样"])

"""Every line of the README is typed as written: in a fresh copy of what it lies beside, or, where
it sets up or tests, by .ci/run.
"""

import re
from pathlib import Path

import pytest

from tests.cli.office import ROOT, copy_samples
from tests.docs.reader import BLOCK, Reader

pytestmark = pytest.mark.alike

PAGE = ROOT / "README.md"
TEXT = PAGE.read_text("utf-8")


def test_what_is_typed_after_the_set_up_prints_what_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    Reader(copy_samples(tmp_path)).read(PAGE)
    assert list((tmp_path / "output/2026-001").glob("310-责令*.docx"))


def lines_of_set_up() -> list[str]:
    (block,) = (text for kind, *_, text in BLOCK.findall(TEXT) if kind == "sh")
    return [line.partition("#")[0].strip() for line in block.splitlines()]


def test_setting_up_and_testing_is_what_ci_runs() -> None:
    """Two lines set everything up, one does the main job, one passes the tests."""
    ran = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    assert [line for line in lines_of_set_up() if line not in map(str.strip, ran)] == []
    assert len(lines_of_set_up()) == 4
    assert all(f"`{line}`" in TEXT for line in lines_of_set_up())  # in English, too


def test_no_line_stands_in_a_block_that_nobody_types() -> None:
    kinds = [kind for kind, *_ in BLOCK.findall(TEXT)]
    assert set(kinds) == {"sh", "console"}
    assert len(kinds) == TEXT.count("```") // 2


@pytest.mark.parametrize("words", ["全国", "通海县"])
def test_what_the_readme_says_of_places_is_so(words: str) -> None:
    assert words in TEXT


def test_the_limits_name_the_days_of_the_registry() -> None:
    from kcbx_docs.law.registry import load_registry
    from kcbx_docs.packs.placenames import LISTED_ON

    days = {str(day) for day in load_registry()[0].checked.values()}
    told = set(re.findall(r"\d{4}-\d\d-\d\d", TEXT.partition("## 说在前面的限度")[2]))
    assert told == days | {str(LISTED_ON)}

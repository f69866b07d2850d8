"""The generated pages of docs/ are fresh and complete, and every code is used and told."""

import re
import string
from pathlib import Path

import pytest

import kcbx_docs
from kcbx_docs.cli.codes import AREAS, area_of
from kcbx_docs.cli.reference import PAGES
from kcbx_docs.keeping.reference import FILTERS, FUNCTIONS, TESTS, shown
from kcbx_docs.keeping.schemas import schema_texts
from kcbx_docs.office.new_files import SCHEMA
from kcbx_docs.packs.language import filter_names
from kcbx_docs.problems import catalogue

ROOT = Path(kcbx_docs.__file__).parent
DOCS = ROOT.parent / "docs"


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_fresh(name):
    assert (DOCS / name).read_text("utf-8") == PAGES[name](), (
        "请运行 python -m kcbx_docs.cli.reference"
    )


def test_schemas_are_fresh():
    for name, text in schema_texts().items():
        assert (ROOT.parent / SCHEMA / name).read_text("utf-8") == text, (
            f"{name}：请运行 python -m kcbx_docs.cli.reference"
        )


def test_every_filter_is_told_and_none_that_is_not_there():
    assert sorted(word.name for word in FILTERS) == sorted(filter_names())


@pytest.mark.parametrize("word", [*FILTERS, *TESTS, *FUNCTIONS], ids=lambda word: word.example)
def test_every_example_prints_something(word):
    assert shown(word).strip()
    assert "否" not in shown(word) or word.name == "is even"


def source() -> str:
    return "\n".join(path.read_text("utf-8") for path in ROOT.rglob("*.py"))


def test_every_code_occurs_in_the_source():
    used = set(re.findall(r"[\"']([A-Z]{3,4}\d{3})[\"']", source()))
    assert sorted(set(catalogue()) - used) == []
    assert sorted(used - set(catalogue())) == []


@pytest.mark.parametrize("area", AREAS)
def test_every_text_is_whole(area):
    """A message ends with a full stop and its braces are balanced; the facts have plain names."""
    codes = [code for code in catalogue() if area_of(code) == area]
    assert codes
    for code in codes:
        entry = catalogue()[code]
        assert entry["message"].rstrip()[-1] in "。？！）」}：", code
        assert set(entry) <= {"message", "hint", "severity"}, code
        assert entry.get("severity", "error") in ("error", "warning", "note"), code
        for text in (entry["message"], entry.get("hint", "")):
            fields = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
            assert all(re.fullmatch(r"[a-z_]+", name) for name in fields), code

"""The C parser gives what the strict reader gives – data,
places and problems – or leaves the text to it.
"""

import random
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kcbx_docs.handwriting.characters import _UNCOMMON, forbidden
from kcbx_docs.reading import (
    MAX_DEPTH,
    MAX_NODES,
    Source,
    _parse_strictly,
    parse_yaml,
)
from kcbx_docs.reading_fast import quick

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted(
    path
    for pattern in (
        "cases/**/*.yaml",
        "templates/**/*.yaml",
        "kcbx_docs/law/data/**/*.yaml",
        "tests/**/*.yaml",
        "*.yaml",
    )
    for path in ROOT.glob(pattern)
)
CASE = (ROOT / "cases/到责令.yaml").read_text("utf-8")
pytestmark = pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML 没有带 libyaml")


def compared(text: str, first_line: int = 0) -> bool:
    """Compare both readers where the quick one answers; tell whether it did."""
    plain = quick(text, first_line, MAX_DEPTH, MAX_NODES)
    if plain is None:
        return False
    strict, problems = _parse_strictly(text, "x.yaml", first_line)
    assert problems == (), text
    assert (plain.data, plain.marks, plain.values) == (
        strict.data,
        dict(strict.marks),
        dict(strict.values),
    ), text
    return True


def test_every_file_that_is_shipped_is_read_the_same_and_most_quickly():
    read = [compared(path.read_text("utf-8")) for path in FILES]
    assert len(read) > 30
    assert sum(read) > len(read) * 0.8


def test_an_embedded_text_keeps_its_lines():
    assert compared("甲: 1\n乙: {丙: [1, 2]}\n", first_line=41)
    assert parse_yaml("甲: 1\n乙: {丙: [1, 2]}\n", "x", 41)[0].place(("乙", "丙", 1)).line == 43


@pytest.mark.parametrize(
    "text",
    [
        "甲:\t1\n",
        "甲: &a 1\n",
        "甲: !!str 1\n",
        "甲: ! 1\n",
        "甲: 1\n甲: 2\n",
        "<<: {甲: 1}\n",
        "甲: 1\n---\n乙: 2\n",
        "? 甲\n: 1\n",
        "{[甲]: 1}\n",
        "甲: [1\n",
        "甲: *a\n",
        "甲: 'x\n",
        "",
        "# 空\n",
        "---\n",
        "甲: " + "[" * 30 + "]" * 30,
        "甲\u2028乙: 1\n",
        "甲: a #b\n",
        "甲: a # 12号\n",
        "甲: 1\n乙：1: 2\n",
        "学生:{姓名: 甲}\n",
        "　甲: 1\n",
        "甲:\n  -乙\n",
        "甲: {a, b: 1}\n",
        "甲: -\n乙: - 1\n",
        ": 1\n",
    ],
)
def test_what_is_doubtful_is_left_to_the_strict_reader(text):
    assert quick(text, 0, MAX_DEPTH, MAX_NODES) is None


def test_deep_and_long_texts_end_early():
    assert quick("[" * 100_000, 0, MAX_DEPTH, MAX_NODES) is None
    assert quick("- 1\n" * 60_000, 0, MAX_DEPTH, MAX_NODES) is None


@pytest.mark.parametrize(
    "text",
    [
        "甲: ~\n乙: ''\n丙:\n丁: \"\"\n",
        "甲: |\n  一\n   二\n\n乙: >-\n  三\n  四\n",
        "甲:\n- 1\n- 2\n乙:\n  - 3\n",
        "- - 1\n  - 2\n- {a: }\n",
        "甲: 'it''s'\n乙: \"a\\n\\u4e00\\x41\\/\"\n",
        "甲: 一 二\n  三\n",
        "{甲: 一:二, 乙: [三:四]}\n",
        "甲: a#b # c\n",
        "甲: 010\n乙: 12:30\n丙: 是\n",
        "%YAML 1.1\n---\n甲: 1\n",
        "'': 1\n",
        "甲: [a, b, ]\n",
        "甲: |2\n    x\n",
        "甲\n",
        "...\n",
    ],
)
def test_every_way_of_writing_a_value(text):
    compared(text)
    assert parse_yaml(text, "x.yaml") == _parse_strictly(text, "x.yaml", 0)


PIECES = [
    "甲",
    "乙: ",
    ": ",
    "- ",
    "\n",
    "\n  ",
    "\n    ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "'",
    '"',
    "|",
    ">",
    "#",
    " #",
    "|-\n",
    "1",
    "2026-09-01",
    "a:b",
    "%",
    "@",
    "`",
    "!",
    "&a ",
    "*a",
    "?",
    "-",
    "--- ",
    "...",
    "\\",
    "，",
    "：",
    " ",
    "<<",
    "~",
    ">+\n",
    "\n\n",
    "|1\n",
    "\U00020000",
    "\ufeff",
]


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_pieces_in_any_order(text):
    compared(text)


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_case_file_with_a_few_characters_changed(chance: random.Random):
    lines = CASE.split("\n")
    start = chance.randrange(len(lines) - 14)
    text = "\n".join(lines[start : start + 14])
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice([*PIECES, ""]) + text[at + chance.randint(0, 2) :]
    compared(text)


def test_the_common_characters_are_all_allowed():
    common = [
        chr(code)
        for code in range(0x10FFFF + 1)
        if not 0xD800 <= code <= 0xDFFF and not _UNCOMMON.search(chr(code))
    ]
    assert len(common) > 20_000
    assert not any(map(forbidden, common))


def test_without_the_c_parser_everything_is_read_strictly(monkeypatch):
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    read, found = parse_yaml("甲: 1\n", "x.yaml")
    assert (read.data, found) == ({"甲": "1"}, ())
    assert isinstance(read, Source)

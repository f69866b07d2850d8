"""Strict reading: what a clerk writes wrong is told with its place, all at once,
and nothing is guessed.
"""

import datetime
import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from pydantic import Field

from kcbx_docs.reading import Model, parse_yaml, read_model, read_text, read_yaml
from kcbx_docs.words import nearest


class Child(Model):
    name: str = Field(alias="姓名", max_length=5)
    born: datetime.date | None = Field(None, alias="出生日期")


class Paper(Model):
    child: Child = Field(alias="学生")
    guardians: tuple[Child, ...] = Field((), alias="监护人")


def read(text: str) -> list[tuple[str, str]]:
    source, problems = parse_yaml(text, "案.yaml")
    if not problems:
        _, problems = read_model(Paper, source)
    return [(p.code, str(p.place)) for p in problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学生: {姓名: 张某}\n", []),
        (
            "学生: {姓名: 张, 出生日期: 2026-02-30, 姓各: x}\n监护人:\n  - 姓名: a\n    生日: 3\n",
            [("TYPE005", "案.yaml:1:19"), ("TYPE002", "案.yaml:1:31"), ("TYPE002", "案.yaml:4:5")],
        ),
        ("学生: 张某\n", [("TYPE003", "案.yaml:1:5")]),
        ("学生:\n  姓名:\n监护人: 张\n", [("TYPE010", "案.yaml:2:3"), ("TYPE004", "案.yaml:3:6")]),
        ("学生: {姓名: 阿卜杜热合曼}\n", [("TYPE009", "案.yaml:1:10")]),
        ("监护人: []\n", [("TYPE001", "案.yaml:1:1")]),
        (
            "学生: &a {姓名: !x 张}\n监护人: [*a]\n",
            [("READ005", "案.yaml:1:5"), ("READ006", "案.yaml:1:13"), ("READ005", "案.yaml:2:7")],
        ),
        ("学生: {<<: {姓名: 张}}\n", [("READ008", "案.yaml:1:6")]),
        ("学生: {姓名: 张}\n学生: {姓名: 李}\n", [("READ007", "案.yaml:2:1")]),
        ("学生: {姓名: 张\u200b某}\n", [("READ012", "案.yaml:1:11")]),
        (
            "学生: {姓名: 张\u202e某}\n监护人: \ue000\n",
            [("READ012", "案.yaml:1:11"), ("READ012", "案.yaml:2:6")],
        ),
        ("学生: {姓名: 张某\n", [("READ022", "案.yaml:1:12")]),
        ("---\na: 1\n---\nb: 2\n", [("READ014", "案.yaml")]),
        ("# 只有注释\n", [("READ013", "案.yaml")]),
    ],
)
def test_mistakes_and_their_places(text, expected):
    assert read(text) == expected


def test_a_chinese_colon_is_found_on_the_line_where_it_stands():
    _, problems = parse_yaml("学生:\n  姓名： 张某\n  民族: 彝族\n", "案.yaml")
    assert [(p.code, str(p.place)) for p in problems] == [("READ019", "案.yaml:2:5")]
    assert "中文冒号" in problems[0].message


def test_scalars_stay_text():
    source, problems = parse_yaml("a: 010\nb: 12:30\nc: yes\nd: 2026-02-30\ne: ~\nf:\n", "x")
    assert problems == ()
    assert source.data == {
        "a": "010",
        "b": "12:30",
        "c": "yes",
        "d": "2026-02-30",
        "e": "~",
        "f": None,
    }


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("学生: 张".encode("gb18030"), None),
        ("\ufeff学生: 张".encode(), None),
        (b"\xff\xfe\x00\xd8", "READ003"),
        (
            "学生: 张，家住青石镇白沙村岩脚".encode() + b"\xe5\xe5",
            "READ003",
        ),  # was read as other signs
        (b"a: " + b"x" * 500_001, "READ002"),
        (None, "READ001"),
    ],
)
def test_encodings_and_sizes(tmp_path: Path, raw, code):
    path = tmp_path / "案.yaml"
    if raw is not None:
        path.write_bytes(raw)
    source, problems = read_yaml(path)
    assert [p.code for p in problems] == ([code] if code else [])
    assert code or source.data == {"学生": "张"}


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 5_000,
        "- " * 3_000 + "x",
        "a: [" + "x," * 250_000 + "]",
        "\n".join(f"k{n}: &a{n} [{'*a' + str(n - 1) if n else 'x'}]" for n in range(30)),
    ],
)
def test_bombs_are_refused_quickly(text):
    _, problems = parse_yaml(text, "x")
    assert problems and all(p.code.startswith("READ0") for p in problems)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("责令通知书", "责令限期改正通知书"),
        ("姓各", "姓名"),
        ("缀学", "辍学"),
        ("完全不同的词", ""),
    ],
)
def test_the_nearest_name(word, expected):
    assert nearest(word, ["劝返通知书", "责令限期改正通知书", "姓名", "辍学"]) == expected


def codes(text: str) -> Counter[str]:
    return Counter(found.code for found in parse_yaml(text, "a.yaml")[1])


def test_a_file_that_is_no_text_is_told_in_a_few_lines():
    """400,000 NUL bytes used to be 400,000 problems, each with its line."""
    found = parse_yaml("a: " + "\0" * 400_000, "nul.yaml")[1]
    assert Counter(one.code for one in found) == {"READ012": 20, "READ016": 1}
    assert "还有 399980 处" in found[-1].message and found[-1].place.file == "nul.yaml"


def test_many_doubled_keys_and_wrong_values_are_counted_after_the_first_few():
    assert codes("a: 1\n" * 24_000) == {"READ007": 20, "READ016": 1}
    assert codes("".join(f"k{n}: &a{n} 1\n" for n in range(30))) == {"READ005": 20, "READ016": 1}
    assert codes("".join(f"k{n}: &a{n} 1\n" for n in range(20))) == {"READ005": 20}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.yaml")
    for read in (read_yaml, read_text):
        _, (found,) = read(tmp_path / "a.yaml")
        assert found.code == "READ040"


@pytest.mark.parametrize("sign", ["\\e", "\\0", "\\u202e", "\\u200b", "\\uE001"])
def test_a_sign_that_is_written_by_its_number_is_no_better(sign: str) -> None:
    """It went into papers, names of files and onto the screen."""
    _, found = parse_yaml(f'甲:\n  - "普{sign}云飞"\n', "a.yaml")
    assert [(one.code, one.place.line, one.place.column) for one in found] == [("READ012", 2, 5)]


def test_signs_that_are_written_by_their_number_and_allowed() -> None:
    source, found = parse_yaml('甲: "普\\u4e91飞\\n李"\n乙: C:\\temp\n', "a.yaml")
    assert (source.data, found) == ({"甲": "普云飞\n李", "乙": "C:\\temp"}, ())

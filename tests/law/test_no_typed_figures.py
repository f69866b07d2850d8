"""What a user reads types no figure of the law:
periods, sums and ages come from the registry, by rule.

A figure that is typed stays when the law changes, and nobody finds it.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

import kcbx_docs
from kcbx_docs.cli import kcbx

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PACKAGE = Path(kcbx_docs.__file__).parent
TEMPLATES = PACKAGE.parent / "templates"

NUMBER = r"(?:(?<![0-9./〕-])[0-9]{1,3}|[一二三四五六七八九十百千两]+)"
UNIT = r"(?:个?工作日|日|天|个月|年|周岁|元|倍|％)"
FIGURE = re.compile(rf"百分之|{NUMBER}\s*{UNIT}(?!级)")
NO_LAW = (
    # a day or a year that is meant, not counted
    *("一天", "这一年", "那一年", "哪一年", "只写一年", "一年的放假", "一年的日历"),
    *("下一个工作日", "起诉期限的最后一个月"),
    # what schools and schooling are called
    *("九年一贯制", "九年义务教育"),
    # how a person may write a day, a period, a sum
    *("生效之日起10日", "如 三日内", "落款日期应为2026年3月12日"),
    *("收到之日起10日", "收到之日起10个工作日", "收到之日起1个月", "9月1日", "500元", "10月20日"),
    # an invented regulation in an example, the days of the week, one day that is skipped
    *("处一千元以下罚款", "一二三四五六日", "一日"),
    # a pattern that looks for what others type
    "|百分之(",
    # limits of the program, not of the law
    "日数不超过三十年",
)
"""Words that look like a figure of the law and are none."""


def figures(text: str) -> list[str]:
    """List the figures that a text types."""
    for word in sorted(NO_LAW, key=len, reverse=True):
        text = text.replace(word, "")
    return [found.group() for found in FIGURE.finditer(text)]


def messages() -> Iterator[tuple[str, str]]:
    texts = tomllib.loads((PACKAGE / "problems.toml").read_text("utf-8"))
    for code, entry in texts.items():
        yield code, f"{entry['message']} {entry.get('hint', '')}"


def words_of(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            yield from () if key == "旧名" else words_of(value)
    elif isinstance(data, list):
        for value in data:
            yield from words_of(value)


def procedures() -> Iterator[tuple[str, str]]:
    for path in TEMPLATES.rglob("procedure.yaml"):
        for text in words_of(yaml.load(path.read_text("utf-8"), LOADER)):
            yield str(path.relative_to(TEMPLATES)), text


def papers() -> Iterator[tuple[str, str]]:
    for path in TEMPLATES.rglob("*.html"):
        text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<!--.*?-->", "", path.read_text("utf-8"))
        for line in text.split("\n"):
            yield str(path.relative_to(TEMPLATES)), line


def strings() -> Iterator[tuple[str, str]]:
    """Yield every text of the code, descriptions of keys among them;
    docstrings are for ourselves.
    """
    for path in PACKAGE.rglob("*.py"):
        if path.name in ("figures.py", "typed.py"):  # what writes them, what looks for them
            continue
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        plain = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield str(path.relative_to(PACKAGE)), "" if id(node) in plain else node.value


def helps() -> Iterator[tuple[str, str]]:
    context = click.Context(kcbx)

    def of(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
        yield name, command.help or ""
        for option in command.params:
            yield name, getattr(option, "help", None) or ""
        if isinstance(command, click.Group):
            for key in command.list_commands(context):
                inner = command.get_command(context, key)
                assert inner is not None
                yield from of(inner, f"{name} {key}")

    yield from of(kcbx, "kcbx")


@pytest.mark.parametrize("texts", [messages, procedures, papers, strings, helps])
def test_no_text_types_a_figure_of_the_law(texts) -> None:  # type: ignore[no-untyped-def]
    read = list(texts())
    assert len(read) > 20
    assert [(where, found) for where, text in read if (found := figures(text))] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("到 {end} 满九十日，已经超期", ["九十日"]),
        ("收到之日起15日内缴款", ["15日"]),
        ("每日百分之三", ["百分之"]),
        ("当场罚款不超过二百元", ["二百元"]),
        ("七个工作日届满的那一天", ["七个工作日"]),
        ("未满十六周岁的未成年人", ["十六周岁"]),
        ("申请法院执行的三个月", ["三个月"]),
        ("当日、每日、次日、工作日、末日", []),
        ("如 八年级、七年级1班、2026年秋季学期", []),
        ("写成 2026-09-01 的样子", []),
        ("满{period}，到 {end}", []),
        ("孩子 {age} 周岁", []),
    ],
)
def test_what_counts_as_a_figure(text: str, found: list[str]) -> None:
    assert figures(text) == found

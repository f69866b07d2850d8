"""The program reads fast, one thought a line: figures that the whole code keeps."""

import ast
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest

import kcbx_docs

ROOT = Path(kcbx_docs.__file__).parent
COLUMNS = 100
LINES_OF_MODULE = 450
LINES_OF_FUNCTION = 40
BRANCHES_OF_FUNCTION = 12

_LOOPS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_BRANCHES = (
    ast.If,
    ast.IfExp,
    ast.For,
    ast.While,
    ast.BoolOp,
    ast.comprehension,
    ast.Try,
    ast.ExceptHandler,
    ast.Match,
)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

Fault = tuple[int, str]


@lru_cache(maxsize=1)
def nodes(text: str) -> tuple[ast.AST, ...]:
    """Read a module once for all rules."""
    return tuple(ast.walk(ast.parse(text)))


def wide_lines(text: str) -> Iterator[Fault]:
    """Chinese characters count two columns; a word for the linters at the end counts nothing."""
    for number, line in enumerate(text.split("\n"), 1):
        shown = line.partition("  # type: ignore")[0].partition("  # noqa")[0]
        width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in shown)
        if width > COLUMNS:
            yield number, f"{width} columns"


def loops_in_loops(text: str) -> Iterator[Fault]:
    """A comprehension holds one ``for``, and no other comprehension."""
    for node in nodes(text):
        if not isinstance(node, _LOOPS):
            continue
        inner = [one for one in ast.walk(node) if isinstance(one, _LOOPS)]
        if len(node.generators) > 1 or len(inner) > 1:
            yield node.lineno, "a loop in a comprehension"


def folded_choices(text: str) -> Iterator[Fault]:
    """A choice between two values stands in one line; a longer one is an ``if``."""
    for node in nodes(text):
        if isinstance(node, ast.IfExp) and node.end_lineno != node.lineno:
            yield node.lineno, "an if-else over several lines"


def long_functions(text: str) -> Iterator[Fault]:
    for node in nodes(text):
        if isinstance(node, _FUNCTIONS) and node.end_lineno - node.lineno >= LINES_OF_FUNCTION:
            yield node.lineno, f"{node.name}: {node.end_lineno - node.lineno + 1} lines"


def branched_functions(text: str) -> Iterator[Fault]:
    for node in nodes(text):
        if isinstance(node, _FUNCTIONS):
            count = sum(isinstance(inner, _BRANCHES) for inner in ast.walk(node))
            if count > BRANCHES_OF_FUNCTION:
                yield node.lineno, f"{node.name}: {count} branches"


def long_modules(text: str) -> Iterator[Fault]:
    count = text.count("\n")
    if count > LINES_OF_MODULE:
        yield 1, f"{count} lines"


RULES = (
    wide_lines,
    loops_in_loops,
    folded_choices,
    long_functions,
    branched_functions,
    long_modules,
)


@pytest.fixture(scope="module")
def faults() -> dict[Callable[[str], Iterator[Fault]], list[str]]:
    """Every fault of the whole program by rule."""
    found: dict[Callable[[str], Iterator[Fault]], list[str]] = {rule: [] for rule in RULES}
    for path in sorted(ROOT.rglob("*.py")):
        shown, text = path.relative_to(ROOT.parent).as_posix(), path.read_text("utf-8")
        for rule, told in found.items():
            told += [f"{shown}:{line} {fault}" for line, fault in rule(text)]
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_program_keeps(rule: Callable[[str], Iterator[Fault]], faults):
    assert faults[rule] == []


BAD = {
    wide_lines: "name = '" + "宽" * 46 + "'\n",
    loops_in_loops: "pairs = [(a, b) for a in one for b in two]\n",
    folded_choices: "value = one if (\n    long\n) else two\n",
    long_functions: "def f():\n" + "    x = 1\n" * LINES_OF_FUNCTION,
    branched_functions: "def f():\n" + "    x = 1 if y else 2\n" * (BRANCHES_OF_FUNCTION + 1),
    long_modules: "x = 1\n" * (LINES_OF_MODULE + 1),
}
GOOD = {
    wide_lines: "name = '" + "宽" * 45 + "'\n",
    loops_in_loops: "pairs = [(a, len(a)) for a in sorted(one)]\n",
    folded_choices: "value = one if short else two\n",
    long_functions: "def f():\n" + "    x = 1\n" * (LINES_OF_FUNCTION - 1),
    branched_functions: "def f():\n" + "    x = 1 if y else 2\n" * BRANCHES_OF_FUNCTION,
    long_modules: "x = 1\n" * LINES_OF_MODULE,
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_finds_what_it_is_for_and_nothing_at_its_edge(
    rule: Callable[[str], Iterator[Fault]],
):
    assert [line for line, _ in rule(BAD[rule])] == [1]
    assert list(rule(GOOD[rule])) == []


def test_a_comprehension_inside_another_is_found():
    assert [line for line, _ in loops_in_loops("x = [[a for a in b] for b in c]\n")] == [1]

"""docs/法律情形.md: the kinds of fault, the articles that decide them, the tests that hold them."""

import ast
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kcbx_docs.law.registry import Registry
from tests.kinds import Kind

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "法律情形.md"
HEAD = """\
# 法律情形

本页由程序生成（`pytest tests/kinds --update-golden`），不要手工改。

每一行是一类容易出错的法律情形：错在哪里、按哪一条、由哪些测试守住。每一类都有应当拒绝的情形，也有应当照常允许的相邻情形。

| 种类 | 容易错在哪里 | 依据 | 情形数 | 测试 |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Held:
    """A kind with the module that holds it."""

    kind: Kind
    module: str
    tests: tuple[str, ...]
    situations: int


def held() -> Iterator[Held]:
    """Yield every kind of this folder in the order of its files."""
    for path in sorted(HERE.glob("test_*.py")):
        module = importlib.import_module(f"tests.kinds.{path.stem}")
        kind = getattr(module, "KIND", None)
        if isinstance(kind, Kind):
            functions = tuple(_tests(path))
            count = sum(_situations(function) for function in functions)
            yield Held(kind, path.name, tuple(f.name for f in functions), count)


def _tests(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def _situations(function: ast.FunctionDef) -> int:
    """Count the situations of a test: the rows of its table, or the one that it tells."""
    count = 1
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and len(decorator.args) == 2:
            rows = decorator.args[1]
            count *= len(rows.elts) if isinstance(rows, ast.List | ast.Tuple) else 1
    return count


def page(registry: Registry, day: date) -> str:
    """Write the page as the law stands on a day."""
    return HEAD + "".join(_row(one, registry, day) for one in held())


def _row(one: Held, registry: Registry, day: date) -> str:
    basis = "、".join(_cited(parts, registry, day) for parts in one.kind.basis)
    tests = "<br/>".join(f"`{name}`" for name in one.tests)
    where = f"tests/kinds/{one.module}"
    return f"| {one.kind.name} | {one.kind.about} | {basis} | {one.situations} | {where}<br/>{tests} |\n"


def _cited(parts: tuple[str, ...], registry: Registry, day: date) -> str:
    numbers = [int(part) for part in parts[1:]]
    citation, problems = registry.check_citation(parts[0], *numbers, on=day)
    assert citation, (parts, problems)
    return citation.short

"""Every test says what it expects: one without an assertion passes whatever the program does."""

import ast
from pathlib import Path

TESTS = Path(__file__).parent
RAISING = ("raises", "fail", "check_schema")
"""What fails by itself where its expectation is not met."""


def functions():
    """Yield every function of the tests with its file."""
    for path in sorted(TESTS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield path, node


def called(node):
    """Return the names of what is called below a node."""
    calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
    return {f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "") for f in calls}


def expects(node):
    """Tell whether a function asserts something itself."""
    asserted = any(isinstance(one, ast.Assert) for one in ast.walk(node))
    return asserted or bool(called(node) & set(RAISING))


def test_every_test_asserts_or_calls_a_helper_that_does():
    known = list(functions())
    asserting = {node.name for _, node in known if expects(node)}
    empty = [
        f"{path.relative_to(TESTS)}::{node.name}"
        for path, node in known
        if node.name.startswith("test_") and not expects(node) and not called(node) & asserting
    ]
    assert empty == []


def test_a_test_without_an_assertion_is_found():
    (node,) = ast.parse("def test_nothing():\n    print(1)\n").body
    assert not expects(node)

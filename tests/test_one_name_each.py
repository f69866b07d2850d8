"""One word for one thing: no two classes of the program have one name."""

import ast
from collections import defaultdict
from pathlib import Path

import kcbx_docs

PROGRAM = Path(kcbx_docs.__file__).parent


def classes() -> dict[str, list[str]]:
    """Map the name of every public class to the modules that define it."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(PROGRAM.rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(path.relative_to(PROGRAM).as_posix())
    return found


def test_a_name_is_given_to_one_class() -> None:
    assert {name: where for name, where in classes().items() if len(where) > 1} == {}

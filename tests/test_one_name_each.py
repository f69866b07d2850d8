"""One word for one thing: no two classes of the program have one name."""

import ast
import re
from collections import Counter, defaultdict
from itertools import chain
from pathlib import Path

import kcbx_docs

PROGRAM = Path(kcbx_docs.__file__).parent


def classes() -> dict[str, list[str]]:
    """Map public classes to the modules that define them; modules are taken apart only where the
    line of a class has its like.
    """
    found: dict[str, list[str]] = defaultdict(list)
    texts = {path: path.read_text("utf-8") for path in sorted(PROGRAM.rglob("*.py"))}
    lines = {
        path: re.findall(r"^class[ \t]+(\w+)", text, re.MULTILINE) for path, text in texts.items()
    }
    often = Counter(chain.from_iterable(lines.values()))
    assert len(often) > 300
    for path in [path for path, names in lines.items() if any(often[name] > 1 for name in names)]:
        for node in ast.parse(texts[path]).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(path.relative_to(PROGRAM).as_posix())
    return found


def test_a_name_is_given_to_one_class() -> None:
    assert {name: where for name, where in classes().items() if len(where) > 1} == {}

"""The tests stand as the program stands:
a folder for every part, a module's tests in the folder of its part.
"""

from pathlib import Path

import kcbx_docs

PROGRAM = Path(kcbx_docs.__file__).parent
TESTS = Path(__file__).parent


def modules(folder: Path) -> set[str]:
    inner = {path.parent.name for path in folder.glob("*/__init__.py")}
    return {path.stem for path in folder.glob("*.py")} - {"__init__"} | inner


PARTS = {path.parent.name: modules(path.parent) for path in PROGRAM.glob("*/__init__.py")}
STORIES = ("cli", "docs")
"""Here tests are named after what a user types or reads, whatever module answers."""


def test_every_part_has_its_folder_of_tests():
    without = [part for part in PARTS if not list((TESTS / part).glob("test_*.py"))]
    assert without == []


def test_tests_named_like_a_module_stand_in_the_folder_of_its_part():
    below_all = {path.stem for path in PROGRAM.glob("*.py")}
    known = set().union(*PARTS.values()) - below_all
    astray = []
    for path in TESTS.rglob("test_*.py"):
        part, module = path.parent.name, path.stem.removeprefix("test_")
        if part not in STORIES and module in known - PARTS.get(part, set()):
            astray.append(path.relative_to(TESTS).as_posix())
    assert astray == [], "move it to the module's part, or call it after what it tells"

"""The tests stand as the program stands:
a folder for every part, a module's tests in the folder of its part.
"""

from pathlib import Path

import kcbx_docs

PROGRAM = Path(kcbx_docs.__file__).parent
TESTS = Path(__file__).parent


def modules(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("*.py")} - {"__init__"}


PARTS = {path.name: modules(path) for path in PROGRAM.iterdir() if modules(path)}
STORIES = ("cli", "docs")
"""Here tests are named after what a user types or reads, whatever module answers."""


def test_every_part_has_its_folder_of_tests():
    without = [part for part in PARTS if not list((TESTS / part).glob("test_*.py"))]
    assert without == []


def test_tests_named_like_a_module_stand_in_the_folder_of_its_part():
    known = set().union(*PARTS.values()) - modules(PROGRAM)
    astray = []
    for path in TESTS.rglob("test_*.py"):
        part, module = path.parent.name, path.stem.removeprefix("test_")
        if part not in STORIES and module in known - PARTS.get(part, set()):
            astray.append(path.relative_to(TESTS).as_posix())
    assert astray == []

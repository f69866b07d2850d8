"""A program is known by its own bytes."""

import shutil
from pathlib import Path

import kcbx_docs
from kcbx_docs.render.program import hash_of, own_program
from kcbx_docs.render.recipe import programs


def test_a_program_is_another_by_one_letter(tmp_path: Path) -> None:
    folder = Path(kcbx_docs.__file__).parent
    shutil.copytree(folder / "render", tmp_path / "render")
    before = hash_of(tmp_path)
    file = tmp_path / "render/styles.py"
    file.write_text(file.read_text("utf-8").replace("0", "1"), "utf-8")
    assert hash_of(tmp_path) != before
    assert own_program() == hash_of(folder) == programs()[0]

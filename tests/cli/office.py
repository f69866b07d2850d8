"""A workspace of its own for each test of the command line:
the samples, copied, and a way to run kcbx in it.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from click.testing import CliRunner, Result

from kcbx_docs.cli import kcbx

ROOT = Path(__file__).resolve().parents[2]


def copy_samples(folder: Path) -> Path:
    """Copy the sample workspace without what was made from it."""
    shutil.copy(ROOT / "kcbx.yaml", folder)
    shutil.copytree(ROOT / "cases", folder / "cases")
    return folder


def run(folder: Path, *words: str, answers: str | None = None) -> Result:
    """Run kcbx in a folder."""
    with inside(folder):
        return CliRunner().invoke(kcbx, words, input=answers, catch_exceptions=False)


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    """Work in a folder."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }

"""The recipes of CONTRIBUTING.md, read so that a test can carry them out on a copy of the project.

The first line of a fenced block is a comment that names the file and, for one that exists,
the place:

    # templates/guizhou/pack.yaml                              a new file
    # kcbx_docs/problems.toml，接在「[PROC282]」之前            before the one line that begins so
    # kcbx_docs/problems.toml，接在「[PROC282]」之后            after it
    # kcbx_docs/problems.toml，代替「[PROC282]」                in its stead
    # kcbx_docs/problems.toml，加在末尾                         at the end

``<!-- … -->`` does for HTML. Blocks marked ``sh`` hold commands.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "CONTRIBUTING.md"
COPIED = ("kcbx_docs", "templates", "cases", "docs", "schema", "kcbx.yaml")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEAD = re.compile(r"(?:#|<!--|//) (?P<path>[\w./-]+)(?:，(?P<place>.+?))?(?: -->)?")
_PLACE = re.compile(r"(?P<how>接在|代替)「(?P<line>.+)」(?P<side>之前|之后)?|(?P<end>加在末尾)")


@dataclass(frozen=True)
class Snippet:
    """One block of a recipe: what is written to which file, and where."""

    path: str
    place: str
    text: str

    def write(self, project: Path) -> None:
        """Write the block into a copy of the project; a wrong place stops the test."""
        file = project / self.path
        if not self.place:
            assert not file.exists(), f"{self.path} is there already: say where the block goes"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.text, "utf-8")
            return
        file.write_text(self._placed(file.read_text("utf-8")), "utf-8")

    def _placed(self, old: str) -> str:
        found = _PLACE.fullmatch(self.place)
        assert found, f"no place: {self.place}"
        if found["end"]:
            return old + self.text
        lines = old.splitlines(keepends=True)
        here = [n for n, line in enumerate(lines) if line.strip().startswith(found["line"])]
        assert len(here) == 1, f"{self.path}: {len(here)} lines begin with {found['line']}"
        first = here[0] + (found["side"] == "之后")
        last = here[0] + (found["side"] != "之前")
        return "".join([*lines[:first], self.text, *lines[last:]])


def section(title: str) -> str:
    """Return the text under one heading of CONTRIBUTING.md."""
    parts = re.split(r"^## (.+)\n", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[title]


def snippets(title: str) -> list[Snippet]:
    """Return the blocks of a recipe that are written to files."""
    blocks = [text for kind, text in _BLOCK.findall(section(title)) if kind != "sh"]
    return [_snippet(text) for text in blocks]


def _snippet(block: str) -> Snippet:
    head, _, text = block.partition("\n")
    found = _HEAD.fullmatch(head)
    assert found, f"the first line names no file: {head}"
    return Snippet(found["path"], found["place"] or "", text)


def commands(title: str) -> list[list[str]]:
    """Return the commands of a recipe, each as its words."""
    blocks = [text for kind, text in _BLOCK.findall(section(title)) if kind == "sh"]
    lines = [line for text in blocks for line in text.splitlines()]
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def project_with(folder: Path, *titles: str) -> Path:
    """Copy the project into a folder and carry recipes out on the copy."""
    project = folder / "project"
    unwanted = shutil.ignore_patterns("output")  # what Python compiled is copied: it is not stale
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, project / name, ignore=unwanted)
        else:
            shutil.copy(source, project / name)
    for title in titles:
        for snippet in snippets(title):
            snippet.write(project)
    return project


class Done(NamedTuple):
    """What a command ended with and said."""

    code: int
    out: str
    err: str


_ALL_IN_ONE = """
import json, sys
from click.testing import CliRunner
from kcbx_docs.cli import kcbx
done = [CliRunner().invoke(kcbx, words) for words in json.loads(sys.argv[1])]
print(json.dumps([(one.exit_code, one.stdout, one.stderr) for one in done]))
"""


def kcbx(project: Path, *lines: Sequence[str]) -> list[Done]:
    """Run commands of the copy's own kcbx one after another: the program is loaded once."""
    ran = python(project, "-c", _ALL_IN_ONE, json.dumps(lines))
    assert ran.returncode == 0, ran.stderr
    return [Done(*each) for each in json.loads(ran.stdout)]


def python(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the copy's own package."""
    environment = {**os.environ, "PYTHONPATH": str(project), "PYTHONIOENCODING": "utf-8"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the next command need not compile again
    return subprocess.run(
        [sys.executable, *words],
        cwd=project,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )

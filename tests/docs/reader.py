"""Somebody who does what a page of docs says, in a folder: writes its files, types its commands."""

import re
import shlex
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.cli.office import run

BLOCK = re.compile(
    r"^```(\w+)(?: (新建|追加|改写|有错)(?: (\S+))?)?\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass
class Reader:
    """Follows a page; what a command prints must hold what the page shows, in that order."""

    folder: Path
    echo: Callable[[str], object] = str  # what somebody who looks on sees

    def read(self, page: Path) -> None:
        """Do everything on a page."""
        for block in BLOCK.finditer(page.read_text("utf-8")):
            self.follow(*(part or "" for part in block.groups()))

    def follow(self, kind: str, how: str, name: str, text: str) -> None:
        """Do what one block says."""
        if name:
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            before = "" if how == "新建" else path.read_text("utf-8")
            self.echo(f"\n（{how} {name}）\n{text}")
            path.write_text(_rewritten(before, text) if how == "改写" else before + text, "utf-8")
        elif kind == "console":
            for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, *shown = part.rstrip("\n").split("\n")
                self.echo(f"$ {command}")
                self.type(shlex.split(command), shown, wrong=how == "有错")

    def type(self, words: list[str], shown: list[str], *, wrong: bool = False) -> None:
        """Type a command; ``…`` on the page stands for what is not shown. It ends well, unless the
        page says that it finds something wrong.
        """
        if words[0] == "cd":
            self.folder = self.folder / words[1]
            return
        assert words[0] == "kcbx"
        done = run(self.folder, *map(self._globbed, words[1:]))
        self.echo(done.output.rstrip("\n"))
        assert done.exit_code == wrong, done.output
        rest = done.output
        for piece in (piece for line in shown for piece in line.split("…")):
            assert piece in rest, f"{shlex.join(words)}\n没有打印：{piece}\n{done.output}"
            rest = rest[rest.index(piece) + len(piece) :]

    def _globbed(self, word: str) -> str:
        """Put the one file that a word with a star stands for, as a shell does."""
        if "*" not in word:
            return word
        (found,) = self.folder.glob(word)
        return str(found.relative_to(self.folder))


def _rewritten(before: str, text: str) -> str:
    """Put lines in the place of the ones that begin with the same key, or with ``# `` before it."""
    lines = before.splitlines()
    for new in text.splitlines():
        key = new.partition(":")[0] + ":"
        exact = [number for number, old in enumerate(lines) if old.startswith(key)]
        asleep = [n for n, old in enumerate(lines) if old.replace("# ", "", 1).startswith(key)]
        [at] = exact or asleep
        lines[at] = new
    return "\n".join(lines) + "\n"


def main(page: str) -> None:
    """Type a page in a fresh folder and print everything that was typed and what came of it:
    ``python -m tests.docs.reader docs/第一周.md``.
    """
    with tempfile.TemporaryDirectory() as folder:
        Reader(Path(folder), echo=print).read(Path(page))


if __name__ == "__main__":
    main(sys.argv[1])

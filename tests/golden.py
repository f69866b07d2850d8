"""The reviewed words of every paper: where they are kept, and how a change of them is shown."""

import difflib
from collections.abc import Mapping
from pathlib import Path

from kcbx_docs.render.text import paragraphs
from tests import matrix

GOLDEN = Path(__file__).parent / "golden"


def kept(pack: str) -> dict[str, Path]:
    """Return the reviewed texts of one pack by document;
    those of the packs below it are not its own.
    """
    return {path.stem: path for path in sorted((GOLDEN / pack).glob("*.txt"))}


def texts(pack: str) -> dict[str, str]:
    """Return what a pack says today by document, only where it differs from the packs above it."""
    found = {}
    for document, papers in matrix.worded(pack).items():
        parts = []
        for sample, one in papers:
            head = f"## {sample.source} / {one.paper.name}"
            parts.append("\n".join((head, *paragraphs(one.filled.root))))
        found[document] = "\n\n".join(parts) + "\n"
    return found


def differences(pack: str, old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Show each text that changed as a unified diff; name those that came or went."""
    lines = [f"多出来的审阅文字 {pack}/{name}.txt：已没有文书这样写" for name in old.keys() - new]
    lines += [f"缺少审阅文字 {pack}/{name}.txt：这份文书还没有审阅" for name in new.keys() - old]
    for name in sorted(old.keys() & new):
        lines += difflib.unified_diff(
            old[name].splitlines(),
            new[name].splitlines(),
            f"审阅过的/{pack}/{name}.txt",
            f"现在的/{pack}/{name}.txt",
            lineterm="",
        )
    return lines


def update(pack: str, new: Mapping[str, str]) -> None:
    """Rewrite the reviewed texts of a pack; those that nothing makes any more go."""
    for name, path in kept(pack).items():
        if name not in new:
            path.unlink()
    for name, text in new.items():
        path = GOLDEN / pack / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

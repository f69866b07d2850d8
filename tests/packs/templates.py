"""A template of a few lines, linted: what the adversarial tests share."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kcbx_docs.keeping.lint import lint
from kcbx_docs.packs.chain import find_packs
from kcbx_docs.packs.library import library_of
from kcbx_docs.problems import Problems

TODAY = date(2026, 11, 22)
HEAD = "---\n编号: probe\n标题: 测试文书\n一份对应: 案件\n版式: 执法文书\n---\n"
FIRST = HEAD.count("\n") + 1
"""The line in its file on which the body of a probe begins."""


def write(folder: Path, tree: Mapping[str, str]) -> Path:
    """Write packs; a pack.yaml is added to each pack that has none."""
    for name, text in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    for pack in {Path(name).parts[0] for name in tree}:
        if not (folder / pack / "pack.yaml").exists():
            (folder / pack / "pack.yaml").write_text(f"名称: {pack}\n版本: '1'\n", "utf-8")
    return folder


def lint_tree(folder: Path, tree: Mapping[str, str], pack: str = "national") -> Problems:
    """Lint packs that are written for one test."""
    packs, found = find_packs([write(folder, tree)])
    return found or lint(library_of(pack, packs)[0], TODAY)


def lint_body(folder: Path, body: str, parts: Mapping[str, str] | None = None) -> Problems:
    """Lint one document of one pack by its body."""
    inside = {f"national/parts/{name}.html": text for name, text in (parts or {}).items()}
    return lint_tree(folder, {"national/documents/probe.html": HEAD + body, **inside})


def spots(problems: Problems) -> list[str]:
    """Write problems as ``CODE line:column``, lines counted from the body's first."""
    return [f"{p.code} {(p.place.line or 0) - FIRST + 1}:{p.place.column}" for p in problems]

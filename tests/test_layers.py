"""Dependencies point one way, down the floors of ARCHITECTURE.md."""

import ast
from pathlib import Path

import kcbx_docs

ROOT = Path(kcbx_docs.__file__).parent
FLOORS = (
    ("light", "quiet", "xml_text"),
    ("problems", "clock", "reading_fast", "words"),
    ("handwriting",),
    ("reading",),
    ("writing",),
    ("locking", "moves", "law", "case", "scans"),
    ("packs", "act"),
    ("record", "render", "ledger"),
    ("procedure",),
    ("office",),
    ("papers",),
    ("batch", "keeping", "issuing", "dossier", "slips", "comparing", "listing"),
    ("filing",),
    ("desk",),
    ("cli",),
    ("__main__",),
    ("__init__",),
)
"""What stands on what: a part may import those of lower floors only, never its neighbours."""

BELOW = {
    part: {name for lower in FLOORS[:floor] for name in lower}
    for floor, parts in enumerate(FLOORS)
    for part in parts
}


def imported(path: Path) -> set[str]:
    """List the parts of kcbx_docs that a file imports, lazily or not."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            if node.level:
                base = path.relative_to(ROOT).parent.parts[
                    : len(path.relative_to(ROOT).parent.parts) - node.level + 1
                ]
                module = ".".join(
                    ("kcbx_docs", *base, *((node.module or "").split(".") if node.module else ()))
                )
            names |= (
                {module}
                if module != "kcbx_docs"
                else {f"kcbx_docs.{alias.name}" for alias in node.names}
            )
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {
        name.split(".")[1]
        for name in names
        if name.startswith("kcbx_docs.") and name.split(".")[1] != "__version__"
    }


def test_imports_point_one_way():
    wrong = []
    for path in ROOT.rglob("*.py"):
        part = path.relative_to(ROOT).parts[0].removesuffix(".py")
        for name in imported(path) - {part} - BELOW[part]:
            wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []


def test_the_check_sees_a_wrong_import(tmp_path):
    file = ROOT / "law" / "numerals.py"
    copy = tmp_path / "x.py"
    copy.write_text(
        file.read_text("utf-8") + "\nfrom kcbx_docs.cli import main\nimport kcbx_docs.render.pdf\n",
        "utf-8",
    )
    assert {"cli", "render"} <= imported(copy)

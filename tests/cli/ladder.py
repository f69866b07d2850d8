"""An invented office on disk whose cases are told in a few lines: see tests/procedure/world.py."""

import textwrap
from pathlib import Path

from tests.procedure.world import CLAUSE, OFFICE, case_text

SAMPLE = '名称: 云岭县示例\n版本: "1"\n参数: {示例: 是}\n'


def make_office(folder: Path, *, clause: bool = True) -> Path:
    """Write kcbx.yaml and a pack that declares a sample."""
    clauses = (
        "处罚依据:\n" + "  - " + textwrap.indent(CLAUSE.strip(), "    ").strip() + "\n"
        if clause
        else ""
    )
    (folder / "templates").mkdir(parents=True)
    (folder / "cases").mkdir()
    (folder / "kcbx.yaml").write_text(OFFICE.lstrip() + clauses, "utf-8")
    (folder / "templates/pack.yaml").write_text(SAMPLE, "utf-8")
    return folder


def add_case(
    folder: Path, history: str, number: str = "2026-001", name: str = "", **changes: object
) -> Path:
    """Write a case."""
    path = folder / "cases" / f"{name or number}.yaml"
    path.write_text(case_text(history, **changes).replace("2026-001", number, 1), "utf-8")  # type: ignore[arg-type]
    return path

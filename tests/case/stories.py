"""Read a case that stands in a test, and say its problems as a clerk sees them."""

import re
from datetime import date
from pathlib import Path

from kcbx_docs.case.files import load_file
from kcbx_docs.case.model import Case
from kcbx_docs.problems import Problems

TODAY = date(2026, 11, 22)

HEAD = """\
案件: 控辍个案
编号: 2026-001
情形: 辍学
"""
PUPIL = """\
学生: {姓名: 普云飞, 身份证号: "530499201305061217", 民族: 彝族}
"""
GUARDIANS = """\
监护人:
  - {姓名: 普正华, 关系: 父亲, 身份证号: "530499198603123012", 住址: 白沙村15号}
  - {姓名: 李桂仙, 关系: 母亲, 身份证号: "530499198807234021", 住址: 白沙村15号}
"""


def load(folder: Path, text: str) -> tuple[Case | None, Problems]:
    """Write a case file and read it."""
    path = folder / "案件.yaml"
    path.write_text(text, "utf-8")
    loaded, problems = load_file(path, TODAY)
    return (loaded.case if loaded else None), problems


def told(problems: Problems) -> list[str]:
    """Return each problem as line:column code."""
    return [f"{p.place.line}:{p.place.column} {p.code}" for p in problems]


def case_with(folder: Path, history: str) -> tuple[Case, Problems]:
    """Read a sound case with a history (from line 8 on)."""
    case, problems = load(folder, HEAD + PUPIL + GUARDIANS + "经过:\n" + history)
    assert case is not None, problems
    return case, problems


def pointed(folder: Path, problems: Problems) -> list[str]:
    """Return for each problem its code and the words that its place points at."""
    lines = (folder / "案件.yaml").read_text("utf-8").split("\n")
    return [
        f"{p.code} {re.split('[,}]', lines[(p.place.line or 1) - 1][(p.place.column or 1) - 1 :])[0]}"
        for p in problems
    ]

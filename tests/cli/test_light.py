"""Commands that make no paper load nothing that makes papers:
neither Word, PDF, fonts nor spreadsheets.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kcbx_docs.office.check import _everyday
from kcbx_docs.problems import catalogue, texts_of

ROOT = Path(__file__).parents[2]
HEAVY = (
    "docx",
    "docxtpl",
    "lxml",
    "weasyprint",
    "fontTools",
    "openpyxl",
    "PIL",
    "jinja2",
    "sqlalchemy",
)
RUN = """
import json, sys
from kcbx_docs.cli import kcbx
try:
    kcbx.main(args=json.loads(sys.argv[1]), prog_name="kcbx")
except SystemExit:
    pass
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""


def loaded_by(*words: str) -> list[str]:
    """Run a command in a process of its own; return the heavy packages that it loaded."""
    command = [sys.executable, "-c", RUN, json.dumps(words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    modules = json.loads(done.stderr.splitlines()[-1])
    assert "kcbx_docs" in modules and "CLI001" not in done.stderr
    return [name for name in HEAVY if name in modules]


@pytest.mark.parametrize(
    "words",
    [
        ("next", "cases/到责令.yaml", "--as-of", "2026-10-08"),
        ("check", "cases/到责令.yaml"),
        ("status", "cases", "--as-of", "2026-10-08"),
        ("deadlines", "cases", "--as-of", "2026-10-08"),
    ],
    ids=lambda words: words[0],
)
def test_a_command_that_makes_no_paper_is_light(words: tuple[str, ...]) -> None:
    assert loaded_by(*words) == []


def test_only_rare_characters_are_looked_for_in_the_fonts() -> None:
    """The fonts are asked only about characters that not every Chinese font draws."""
    assert all(map(_everyday, "普云飞，2026年〔〕·“”"))
    assert not any(map(_everyday, "䶮𪟝"))


def test_the_texts_of_one_code_are_those_of_the_catalogue() -> None:
    assert {code: texts_of(code) for code in catalogue()} == catalogue()

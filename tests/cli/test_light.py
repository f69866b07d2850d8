"""What a command loads: nothing that makes papers where it makes none, no engine where it prints
what was laid out before, no library between itself and a ledger in a file.
"""

import json
import subprocess
import sys
from pathlib import Path

from kcbx_docs.office.check import _everyday
from kcbx_docs.problems import catalogue, texts_of

ROOT = Path(__file__).parents[2]
NEVER = ("sqlalchemy", "asyncio", "multiprocessing", "docx", "docxtpl", "openpyxl", "dask")
ENGINES = ("weasyprint", "fontTools", "PIL", "pypdfium2", "zxingcpp", "numpy")
PAPERS = ("lxml", "jinja2", "segno", "http", "ssl", "concurrent", "logging", "sqlite3", "email")
RUN = """
import json, sys
from kcbx_docs.cli import kcbx
for words in json.loads(sys.argv[1]):
    try:
        kcbx.main(args=words, prog_name="kcbx")
    except SystemExit:
        pass
    loaded = sorted({name.partition(".")[0] for name in sys.modules})
    print("LOADED", json.dumps([words[0], loaded]), file=sys.stderr)
"""
PRINTING = """
import importlib, json, sys
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
from kcbx_docs.ledger.book import open_book
open_book(sys.argv[2], create=True)
loaded = sorted({name.partition(".")[0] for name in sys.modules})
print("LOADED", json.dumps(["render", loaded]), file=sys.stderr)
"""


def loaded_by(script: str, told: object, *more: str) -> dict[str, set[str]]:
    """Run a script in a process of its own; return what each of its commands had loaded."""
    command = [sys.executable, "-c", script, json.dumps(told), *more]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "CLI001" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("LOADED ")]
    found = dict(json.loads(line.removeprefix("LOADED ")) for line in lines)
    return {name: set(modules) for name, modules in found.items()}


def test_a_command_that_makes_no_paper_is_light() -> None:
    day = ("--as-of", "2026-10-08")
    commands = [
        ("check", "cases/到责令.yaml"),
        ("next", "cases/到责令.yaml", *day),
        ("status", "cases", *day),
        ("deadlines", "cases", *day),
    ]
    heavy = {*NEVER, *ENGINES, *PAPERS}
    found = {name: modules & heavy for name, modules in loaded_by(RUN, commands).items()}
    assert found == {words[0]: set() for words in commands}


def test_printing_a_batch_needs_no_engine_and_no_library_for_its_ledger(tmp_path: Path) -> None:
    """The modules of a batch, with a ledger that is begun and opened."""
    modules = ["kcbx_docs.cli.render", "kcbx_docs.filing.batch", "kcbx_docs.papers.word_press"]
    found = loaded_by(PRINTING, modules, str(tmp_path / "台账"))["render"]
    assert "lxml" in found and not found & {*NEVER, *ENGINES, "http", "ssl"}


def test_only_rare_characters_are_looked_for_in_the_fonts() -> None:
    """The fonts are asked only about characters that not every Chinese font draws."""
    assert all(map(_everyday, "普云飞，2026年〔〕·“”"))
    assert not any(map(_everyday, "䶮𪟝"))


def test_the_texts_of_one_code_are_those_of_the_catalogue() -> None:
    assert {code: texts_of(code) for code in catalogue()} == catalogue()

"""ARCHITECTURE.md and docs/词汇.md speak of the house as it stands."""

import ast
import re
from functools import cache
from pathlib import Path

import click
import pytest

from kcbx_docs.cli import kcbx
from kcbx_docs.cli.docs import pages
from tests.test_layers import FLOORS

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "kcbx_docs"
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
GLOSSARY = (ROOT / "docs" / "词汇.md").read_text("utf-8")


def drawn() -> list[set[str]]:
    """Read the floors off the drawing, the lowest first."""
    (drawing,) = re.findall(r"^```text\n(.*?)^```", ARCHITECTURE, re.MULTILINE | re.DOTALL)
    lines = [line for line in drawing.splitlines() if "↓" not in line]
    floors = [re.match(r"[ a-z_]+", line)[0].split() for line in lines]
    return [set(floor) for floor in reversed(floors)]


def test_the_drawing_shows_the_floors_that_the_layer_test_enforces():
    assert drawn() == [set(floor) for floor in FLOORS if not floor[0].startswith("__")]


def test_a_floor_that_is_not_built_yet_is_drawn_as_such():
    absent = [part for floor in drawn() for part in floor if not module(part)]
    assert all(re.search(rf"{part} .*还没有", ARCHITECTURE) for part in absent)


def module(name: str) -> Path | None:
    """Find a module or package by its dotted name below kcbx_docs."""
    path = CODE.joinpath(*name.split("."))
    found = [file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()]
    return found[0] if found else None


def defined(file: Path, name: str) -> bool:
    tree = ast.parse(file.read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.ClassDef)
    return any(isinstance(node, kinds) and node.name == name for node in tree.body)


def exists(name: str) -> bool:
    """Tell whether a module, or a function or class in a module, is there."""
    head, _, last = name.rpartition(".")
    owner = module(head) if head else None
    return bool(module(name)) or bool(owner and defined(owner, last))


def told() -> list[str]:
    parts = "|".join(part for floor in FLOORS for part in floor)
    return sorted(set(re.findall(rf"`((?:{parts})(?:\.\w+)+)`", ARCHITECTURE)) - {"problems.toml"})


@pytest.mark.parametrize("name", told())
def test_a_module_that_the_page_names_is_there(name):
    assert exists(name)


def test_a_module_that_is_not_there_would_be_found():
    assert len(told()) > 25
    assert not exists("case.files.nobody")
    assert not exists("case.nobody")


@cache
def sources() -> dict[Path, str]:
    return {file: file.read_text("utf-8") for file in CODE.rglob("*.py")}


@cache
def words_in(file: Path) -> frozenset[str]:
    """List the words of every identifier of a module, and of its own name and its folder's:
    Docket, docket_of and docket.py give docket.
    """
    found = {file.stem, file.parent.name}
    for node in ast.walk(ast.parse(sources()[file])):
        found |= {getattr(node, key, None) for key in ("id", "attr", "arg", "name")} - {None}
    parts = {part for name in found for part in re.findall(r"[A-Z]?[a-z]+", name)}
    return frozenset(part.lower() for part in parts)


def is_in_code(word: str) -> bool:
    """Tell whether some module names something so; those that do not hold the letters are not read."""
    may = (file for file, text in sources().items() if word in f"{file} {text}".lower())
    return any(word in words_in(file) for file in may)


def terms() -> list[str]:
    rows = re.findall(r"^\| ([a-z]+) \|", GLOSSARY, re.MULTILINE)
    assert len(rows) == len(set(rows)), "a word is explained twice"
    return rows


@pytest.mark.parametrize("term", terms())
def test_a_word_of_the_glossary_is_a_name_in_the_code(term):
    assert is_in_code(term) or is_in_code(f"{term}s")


def test_a_word_that_is_no_name_would_be_found():
    assert len(terms()) > 50
    assert not is_in_code("gizmo")
    assert not is_in_code("meanwhile")  # a word of comments alone


def links(page: Path) -> list[str]:
    """List the files that a page links to."""
    text = page.read_text("utf-8")
    found = re.findall(r"\]\(([^)#\s]+)", text) + re.findall(r'(?:src|href)="([^"#]+)"', text)
    return [link for link in found if "://" not in link]


def test_every_link_of_a_page_leads_to_a_file():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    broken = [
        f"{page.name}: {link}"
        for page in pages
        for link in links(page)
        if not (page.parent / link).is_file()
    ]
    assert broken == []
    assert sum(len(links(page)) for page in pages) > 15


def reached(page: Path) -> set[Path]:
    """Follow the links of a page to every page behind it."""
    found, todo = set(), [page]
    while todo:
        here = todo.pop()
        found.add(here)
        linked = {(here.parent / link).resolve() for link in links(here)}
        todo += [path for path in linked - found if path.suffix == ".md"]
    return found


def test_every_page_is_reached_from_the_readme_and_stands_in_the_contents():
    every = set((ROOT / "docs").glob("*.md"))
    assert every - reached(ROOT / "README.md") == set()
    contents = ROOT / "docs/README.md"
    assert every - {contents} == set(pages().values())


def commands_in(text: str) -> list[str]:
    """List what a page tells to type, in a line of its own or in a sentence."""
    lines = re.findall(r"^\$? ?(kcbx .+)$", text, re.MULTILINE)
    return lines + re.findall(r"`(kcbx [^`]+)`", text)


def misnamed(line: str) -> str:
    """Say which command or option of a line there is not; placeholders may stand for values."""
    words = line.partition("  #")[0].split()[1:]
    command = kcbx
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(click.Context(command), words[0])
        if found is None:
            return words[0]
        command, words = found, words[1:]
    known = {option for one in command.params for option in one.opts} | {"-h", "--help"}
    return next((word for word in words if word.startswith("--") and word not in known), "")


def test_no_page_names_a_command_or_an_option_that_there_is_not():
    told = [
        f"{page.name}: {line}（{misnamed(line)}）"
        for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
        for line in commands_in(page.read_text("utf-8"))
        if misnamed(line)
    ]
    assert told == []


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("kcbx nexd 2026-001", "nexd"),
        ("kcbx next 2026-001 --wy", "--wy"),
        ("kcbx service rekord 案件文件", "rekord"),
        ("kcbx service record 案件文件 --to 姓名", ""),
    ],
)
def test_a_misnamed_command_would_be_found(line, word):
    assert misnamed(line) == word

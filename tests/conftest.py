"""PDF and LibreOffice tests are skipped where a machine has neither;
every run says so at its end.
"""

import contextlib
import gc
import os
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from kcbx_docs.__main__ import RARELY
from kcbx_docs.render import native
from tests import rows

ALIKE = ("case", "kinds", "law", "ledger", "packs", "procedure", "record", "scans")
"""Folders of tests of what stands below the presses (tests/test_layers.py) and cannot know whether
there is WeasyPrint. The other tests that are alike switch it off themselves, or ask for words and
Word files only.
"""


HERE = Path(__file__).parent
THOROUGH = (
    "browser",
    "docs/test_new_document_page.py",
    "docs/test_pages_by_person.py",
    "docs/test_recipes.py",
    "ledger/test_county_server.py",
    "ledger/test_shared_office.py",
    "test_libreoffice.py",
    "test_wheel.py",
    "test_word_files.py",
)
"""Tests that ask another program (Chromium, LibreOffice, nginx, PostgreSQL, pip), or do by hand
what pages of the manual tell: CI's last pass. The others are what one runs while one works.
"""
MEMORY, ENOUGH = Path("/dev/shm"), 2 * 2**30
"""A disk that needs no waiting, where Linux has one, and the bytes that all tests fit into."""


def pytest_configure() -> None:
    """Tidy memory up as rarely as the program does: what tests share would be looked at anew.

    The folders of the tests lie in memory where there is room: the databases wait for the disk.
    """
    gc.set_threshold(RARELY)
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Look once for what was never closed; pytest and Python would go through all that is left
    of a session half a dozen times more, a second each.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def what_can_be_made_again_is_kept_apart(request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep it beside pytest's own, from run to run, and not in this user's cache: laid out
    anew each time the suite would take longer; every process shares it.
    """
    with pytest.MonkeyPatch.context() as patch:
        if not os.environ.get("KCBX_CACHE"):
            patch.setenv("KCBX_CACHE", str(request.config.rootpath / ".pytest_cache" / "kcbx"))
        yield


@pytest.fixture(scope="session", autouse=True)
def ledgers_are_remembered_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the machine remembers of the tests' ledgers and forms is not this user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KCBX_LEDGERS", str(tmp_path_factory.mktemp("ledgers")))
        patch.setenv("KCBX_ANSWERS", str(tmp_path_factory.mktemp("answers")))
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(
    collector: pytest.Collector, name: str, obj: object
) -> pytest.Item | None:
    """Make one test of all rows of a story."""
    return rows.as_one(collector, name, obj) if collector.istestfunction(obj, name) else None


def pytest_collection_finish() -> None:
    """Look for no garbage among what was collected: all of it stays to the end."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = (
        native.missing_for_pdf() if any(item.get_closest_marker("pdf") for item in items) else ""
    )
    # What takes long begins first: at the end no core waits for another.
    items.sort(key=lambda item: not begins_first(item))
    without_office = shutil.which("soffice") is None
    for item in items:
        if is_thorough(item.path):
            item.add_marker(pytest.mark.thorough)
        if item.path.parent.name in ALIKE:
            item.add_marker(pytest.mark.alike)
        if missing and item.get_closest_marker("pdf"):
            item.add_marker(pytest.mark.skip(reason=missing))
        if without_office and item.get_closest_marker("libreoffice"):
            item.add_marker(pytest.mark.skip(reason="没有 LibreOffice"))


def begins_first(item: pytest.Item) -> bool:
    """Tell whether a test takes long, or looks at the papers of every document: those who begin
    first share a process, which makes the papers once.
    """
    long = item.get_closest_marker("long") is not None
    return long or (isinstance(item, pytest.Function) and uses_matrix(item.module))


@cache
def uses_matrix(module: ModuleType) -> bool:
    """Tell whether a module takes something from tests/matrix.py."""
    shared = sys.modules.get("tests.matrix")
    known = vars(module).values()
    return shared is not None and any(
        one is shared or getattr(one, "__module__", "") == shared.__name__ for one in known
    )


@cache
def is_thorough(path: Path) -> bool:
    """Tell whether the tests of a file are left to CI's last pass."""
    below = path.relative_to(HERE)
    return not {below.as_posix(), *below.parts[:1]}.isdisjoint(THOROUGH)


def pytest_collection(session: pytest.Session) -> None:
    """Import the modules of all tests, each process from another one on: it finds compiled what
    the others compiled, and not every one compiles everything.
    """
    config, shares = session.config, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    everything = [config.invocation_params.dir / arg for arg in config.args] == [HERE]
    if shares > 1 and everything:
        share = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw"))
        paths = [path for path in sorted(HERE.rglob("test_*.py")) if not is_thorough(path)]
        first = len(paths) * share // shares
        for path in (*paths[first:], *paths[:first]):
            with contextlib.suppress(Exception):  # collecting tells what is wrong
                import_module(".".join(path.relative_to(HERE.parent).with_suffix("").parts))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Import no thorough test for a run that is told to leave all of them out."""
    left_out = "not thorough" in config.option.markexpr.split(" and ")
    return True if left_out and is_thorough(collection_path) else None


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flags that rewrite the reviewed texts, and that make a test of every row."""
    parser.addoption("--each-row", action="store_true", help="每一行各算一个测试")
    parser.addoption(
        "--update-golden", action="store_true", help="重写 tests/golden 里审阅过的文字"
    )


@pytest.fixture(scope="session", autouse=True)
def disks_are_not_waited_for() -> Iterator[None]:
    """Ask only whether a file is open where the program waits for the disk: no test pulls the plug."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)
        yield


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Tell whether the reviewed texts are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))

"""A real Chromium in front of a real desk: one of each for a process of the tests, and for every
test a window of its own that nothing is remembered in.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.browser.desks import ORGAN, STRANGER, Served, busy_office_at, served

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    f"--host-resolver-rules=MAP {ORGAN} 127.0.0.1, MAP {STRANGER} 127.0.0.1",
)
REFUSED = re.compile("status of (409|422) ")
"""A form that is not lawful, or was overtaken: the browser tells of it as of a failure."""
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what opens a browser, and skip it where there is none."""
    mine = [item for item in items if HERE in item.path.parents]
    reason = lacking() if mine else ""
    for item in mine:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.alike)
        if reason:
            item.add_marker(pytest.mark.skip(reason=reason))


def lacking() -> str:
    """Say what this machine lacks for a browser; nothing where it lacks nothing."""
    try:
        import playwright.sync_api  # noqa: F401
    except ModuleNotFoundError:
        return "没有 playwright：pip install 'kcbx-docs[browser]'"
    return "" if CHROMIUM else "没有 Chromium：apt-get install chromium"


@pytest.fixture(scope="package")
def chromium() -> Iterator:
    """Open the browser; it is closed before other tests start an event loop of their own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS])
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve an office that has done a little of everything, to be looked at only."""
    root = tmp_path_factory.mktemp("桌") / "青石镇"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KCBX_NO_WEASYPRINT", "1")
        busy_office_at(root)
    with served(root) as one:
        yield one


@dataclass
class Window:
    """A window of the browser, and what it said and asked for."""

    page: object
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def abroad(self, home: str) -> list[str]:
        """List what was asked from elsewhere than the desk."""
        own = (f"{home}/", "data:", "blob:")
        return [one for one in self.asked if not one.startswith(own)]


@pytest.fixture
def window(chromium) -> Iterator[Callable[..., Window]]:
    """Return what opens a window with nothing in it; the options are those of the browser."""
    contexts = []

    def opened(**options: object) -> Window:
        context = chromium.new_context(locale="zh-CN", **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        one = Window(context.new_page())
        context.on("console", lambda line: one.said.append(line.text))
        context.on("weberror", lambda error: one.said.append(str(error.error)))
        context.on("request", lambda request: one.asked.append(request.url))
        return one

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def visit(window) -> Iterator[Callable[..., object]]:
    """Return what lets somebody in to a desk; whatever they do there, the browser complains of
    nothing and asks nobody else.
    """
    inside: list[tuple[Window, Served]] = []

    def entered(desk: Served, **options: object) -> object:
        one = window(**options)
        inside.append((one, desk))
        one.page.goto(desk.entry)
        one.page.wait_for_url(f"{desk.home}/")
        return one.page

    yield entered
    for one, desk in inside:
        assert [line for line in one.said if not REFUSED.search(line)] == []
        assert one.abroad(desk.home) == []

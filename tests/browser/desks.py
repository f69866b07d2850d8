"""A desk as it is served, and a stranger's web site beside it, each in a thread of its own."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote

from flask import Flask

from kcbx_docs.desk.apart import Hands, here
from kcbx_docs.desk.app import ENTRY, create_app, desk_lets_in
from kcbx_docs.desk.door import Door
from kcbx_docs.desk.opened import OpenDesk
from kcbx_docs.desk.serving import door_at, opened_port, server_of
from tests.cli.office import run
from tests.desk.conftest import DAY, SAMPLES

ORGAN, STRANGER = "county.example", "evil.example"
"""Names that the browser of these tests takes for this machine: --host-resolver-rules."""


@dataclass
class Served:
    """A desk that answers, and what it was asked: (method, address, status)."""

    desk: OpenDesk
    home: str
    app: Flask
    heard: list[tuple[str, str, int]] = field(default_factory=list)

    @property
    def entry(self) -> str:
        return f"{self.home}{ENTRY}?key={self.desk.door.key}"

    def at(self, file: str, *, then: str = "") -> str:
        """Return the address of a case, by its file."""
        return f"{self.home}/cases/{self.desk.called(self.desk.root / file)}{then}"


def listened(app: Callable[..., Any], heard: list[tuple[str, str, int]]) -> Callable[..., Any]:
    """Write down what an application is asked and answers."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        def started(status: str, *rest: Any) -> Any:
            address = f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}".rstrip("?")
            heard.append((environ["REQUEST_METHOD"], address, int(status[:3])))
            return start(status, *rest)

        return app(environ, started)

    return answer


@contextmanager
def served(root: Path, name: str = "127.0.0.1", hands: Hands = here) -> Iterator[Served]:
    """Serve the desk of a workspace on the day of the tests, as ``kcbx desk`` does."""
    with opened_port(0) as listening:
        port = listening.getsockname()[1]
        door = door_at(port) if name == "127.0.0.1" else Door(frozenset({f"{name}:{port}"}), "kcbx")
        desk = OpenDesk(root, door, today=lambda: DAY, hands=hands)
        one = Served(desk, f"http://{name}:{port}", create_app(desk))
        server = server_of(listened(one.app, one.heard), listening, desk_lets_in(desk))
        thread = Thread(target=server.run, daemon=True)
        thread.start()
        try:
            yield one
        finally:
            server.task_dispatcher.shutdown()
            server.trigger.pull_trigger(lambda: shut(server))
            thread.join(10)
            assert not thread.is_alive(), "the desk does not end"


def shut(server: Any) -> None:
    """Close what a server has open; its loop ends."""
    for one in [*server._map.values()]:
        one.close()


@contextmanager
def strange_site() -> Iterator[tuple[int, dict[str, str]]]:
    """Serve whatever pages a test writes, at another port: {path: text}."""
    pages: dict[str, str] = {}

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(unquote(self.path), "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A browser that goes on before it has read a page is no fault."""

    with Quiet(("127.0.0.1", 0), Site) as site:
        thread = Thread(target=site.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield site.server_address[1], pages
        finally:
            site.shutdown()
            thread.join()


def office_at(root: Path, *cases: str) -> Path:
    """Copy the sample office with some of its cases."""
    (root / "cases").mkdir(parents=True)
    for name in ("kcbx.yaml", *cases):
        shutil.copy(SAMPLES / name, root / name)
    return root


CASES = ("cases/到责令.yaml", "cases/两位监护人.yaml", "cases/协查函.yaml")
ROSTER = "班级,姓名,父亲姓名\n七年级1班,普云飞,普大明\n七年级2班,李喆,李志远\n"
DONE = (
    "new 批次 --id 秋季告知 --term 2026年秋季学期 --名册 cases/名册.csv --school 云岭县青石中学 --yes",
    f"render cases/秋季告知.yaml --format docx --as-of {DAY}",
    f"issue cases/到责令.yaml --doc order-to-correct --to 普正华 --as-of {DAY}",
    "service record cases/到责令.yaml --doc order-to-correct --to 普正华 --method 直接 "
    f"--day {DAY} 结果=已送达 --as-of {DAY}",
)


def busy_office_at(root: Path) -> Path:
    """Make an office that has done a little of everything."""
    office_at(root, *CASES)
    (root / "cases/名册.csv").write_text(ROSTER, "utf-8")
    for words in DONE:
        done = run(root, *words.split())
        assert done.exit_code == 0, done.output
    return root


def fill_in(page: Any, **values: str) -> None:
    """Fill in blanks by their names, whatever kind of blank each is."""
    for name, value in values.items():
        ticks = page.locator(f"[name={name}][value='{value}']:is([type=checkbox], [type=radio])")
        if ticks.count():
            ticks.check()
            continue
        blank = page.locator(
            f"[name={name}]:not([type=checkbox], [type=radio], [type=hidden])"
        ).first
        if blank.evaluate("it => it.type").startswith("select"):
            blank.select_option(value)
        else:
            blank.fill(value)

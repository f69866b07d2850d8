"""Serve a desk on this machine alone, and show it in the user's browser."""

import signal
import socket
import sys
import tempfile
import time
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from functools import partial
from html import escape
from pathlib import Path
from threading import Event, Thread
from wsgiref.types import WSGIApplication

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server

from kcbx_docs.desk.app import ENTRY, create_app, desk_lets_in
from kcbx_docs.desk.behind_proxy import Gate
from kcbx_docs.desk.bodies import AskingParser, LetsIn
from kcbx_docs.desk.door import Door
from kcbx_docs.desk.opened import OpenDesk
from kcbx_docs.desk.standings import Standings, StillReadingError
from kcbx_docs.desk.waiting import sweep
from kcbx_docs.office.doctor import collect
from kcbx_docs.problems import Place, UserError, stop
from kcbx_docs.quiet import unheard
from kcbx_docs.render.fontfiles import user_cache_folder
from kcbx_docs.writing import PRIVATE, reason_of, write_over

unheard("waitress", "waitress.queue")  # it tells in English how many pages wait
LOOPBACK = "127.0.0.1"
HTTP_PORT = 80
"""A browser leaves it out of the name of the host."""
_THREADS = 8
_PATIENCE = 1.0
"""Seconds for which a page waits for the cases before it says how far it is."""
_WARMING = 1.0
"""Seconds for which the address waits until the first pages are ready."""
_TURN = 0.0005
"""Seconds after which a thread lets others go on: each small step of a page waits so long beside
the one that reads a thousand cases.
"""
_FIRST = (
    *("base.html", "parts.html", "enter.html", "today.html", "cases.html", "case.html"),
    *("notices.html", "slips.html", "days.html", "lists.html", "templates.html", "machine.html"),
)
"""Pages that are taken apart before somebody asks for them."""
_LAST_PAGE = 0.5
"""Seconds in which the last page goes out."""
_BODY = 300 * 1024 * 1024
"""Far more than a page takes, so that the page can say it in Chinese, of a film as well; what is
more than a page takes is thrown away while it comes."""


@contextmanager
def opened_port(port: int, address: str = LOOPBACK) -> Iterator[socket.socket]:
    """Take a port of this machine, any free one for 0; by itself nobody else can reach it."""
    try:
        listening = socket.create_server((address, port))
    except OSError as error:
        raise stop("DESK001", Place(), port=port, reason=reason_of(error)) from error
    with listening:
        yield listening


def door_at(port: int) -> Door:
    """Make the door of a desk at a port."""
    names = (LOOPBACK, "localhost")
    hosts = frozenset(names) if port == HTTP_PORT else frozenset(f"{one}:{port}" for one in names)
    return Door(hosts, f"kcbx-desk-{port}")


def server_of(
    app: WSGIApplication, listening: socket.socket, lets_in: LetsIn, *, proxied: bool = False
) -> BaseWSGIServer:
    """Make the server of an application at a port; bodies come from those alone who are let in.
    What a proxy says of where the browser is reaches the application, which looks first whether it
    is the proxy that says it.
    """
    server = create_server(
        app,
        sockets=[listening],
        threads=_THREADS,
        ident="",
        max_request_body_size=_BODY,
        clear_untrusted_proxy_headers=not proxied,
    )
    asking = {"parser_class": staticmethod(partial(AskingParser, lets_in=lets_in))}
    server.channel_class = type("AskingChannel", (HTTPChannel,), asking)
    return server


def serve_behind_proxy(root: Path, port: int, opened: Callable[[str], None]) -> None:
    """Serve the desk of a county to those whom its proxy names; raise with all that is wrong with
    what says who that is. No page of it closes it.
    """
    gate = Gate.of(root)
    proxy = gate.table.now().proxy
    with opened_port(port, proxy.listen) as listening:
        desk = OpenDesk(root, Door(frozenset(), ""), standings=Standings(_PATIENCE), gate=gate)
        app = create_app(desk)
        _serve(
            desk,
            app,
            server_of(app, listening, desk_lets_in(desk), proxied=True),
            proxy.site,
            opened,
        )


def serve(
    root: Path,
    port: int,
    opened: Callable[[str], None],
    renewed: Callable[[str], None] = lambda _address: None,
) -> bool:
    """Serve the desk of a workspace until it is closed; ``opened`` is told its address,
    ``renewed`` the one that opens it next. Tell whether it was stopped from outside, and not
    closed on its own page.
    """
    with opened_port(port) as listening:
        port = listening.getsockname()[1]
        closing = Event()
        desk = OpenDesk(root, door_at(port), standings=Standings(_PATIENCE), closing=closing)
        app = create_app(desk)
        server = server_of(app, listening, desk_lets_in(desk))
        Thread(target=_close_when_asked, args=(closing, server), daemon=True).start()
        entry = f"http://{LOOPBACK}:{port}{ENTRY}?key="
        desk.door.lock.turned = lambda key: renewed(f"{entry}{key}")
        _serve(desk, app, server, f"{entry}{desk.door.key}", opened)
    return not closing.is_set()


def _serve(
    desk: OpenDesk,
    app: Flask,
    server: BaseWSGIServer,
    address: str,
    opened: Callable[[str], None],
) -> None:
    sweep(desk.root)
    sys.setswitchinterval(_TURN)
    warming = Thread(target=_warm_cases, args=(desk, app), daemon=True)
    warming.start()
    warming.join(_WARMING)  # twenty tabs may be opened at once
    opened(address)
    Thread(target=_warm_machine, args=(desk,), daemon=True).start()
    try:
        with suppress(ValueError):  # only what began the program hears of signals
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        server.run()
    finally:
        server.close()
        desk.standings.close()
        desk.waiting.close()


def _close_when_asked(closing: Event, server: BaseWSGIServer) -> None:
    """End the loop of a server, once the page that says so has gone out."""
    closing.wait()
    time.sleep(_LAST_PAGE)
    server.trigger.pull_trigger(lambda: [one.close() for one in [*server._map.values()]])


def _warm_cases(desk: OpenDesk, app: Flask) -> None:
    """Read all cases and take the first pages apart before somebody asks; what is wrong is told to
    who does.
    """
    for name in _FIRST:
        app.jinja_env.get_template(name)
    with suppress(StillReadingError, UserError, OSError, CancelledError):  # or closed meanwhile
        desk.outlooks(desk.today())


def _warm_machine(desk: OpenDesk) -> None:
    """Look at the machine's fonts and at what lays pages out. While that is loaded it is kept from
    printing, as is everybody else: it begins when the address is told.
    """
    with suppress(UserError, OSError):
        collect(desk.today(), workspace=desk.root)


@contextmanager
def signpost(address: str) -> Iterator[Path]:
    """Write a page that leads to an address, readable for the user alone: an address that is
    handed to the browser by a command could be read in the list of processes.
    """
    with tempfile.TemporaryDirectory(prefix="kcbx-desk-") as folder:
        page = Path(folder) / "打开.html"
        page.touch(PRIVATE)
        page.write_text(
            '<!doctype html><meta charset="utf-8">'
            f'<meta http-equiv="refresh" content="0;url={address}">'
            f'<a href="{address}">打开办公桌</a>',
            "utf-8",
        )
        yield page


def show_in_browser(page: Path) -> bool:
    """Open a page in the user's browser; tell whether there is one."""
    try:
        return webbrowser.open(page.as_uri())
    except webbrowser.Error:
        return False


def unopened(reasons: Iterable[str]) -> Path:
    """Write a page that says why no desk was opened, for who sees no terminal."""
    page = user_cache_folder() / "desk" / "没有打开.html"
    told = "".join(f"<p>{escape(reason)}</p>" for reason in reasons)
    head = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>办公桌没有打开</title>'
    write_over(page, f"{head}<h1>办公桌没有打开</h1>{told}".encode())
    return page

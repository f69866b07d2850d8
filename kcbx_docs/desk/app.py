"""The pages of an open desk: who asks is looked at first, what is wrong is said in plain words."""

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError
from copy import copy
from functools import cache
from http import HTTPStatus

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    g,
    make_response,
    render_template,
    request,
)
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request

from kcbx_docs.desk.blanks import told_to_blanks
from kcbx_docs.desk.cures import cure_link, finding_link
from kcbx_docs.desk.door import SAFE, Knock, Refusal
from kcbx_docs.desk.here import PLUG_IN, the_desk, whole_desk
from kcbx_docs.desk.letting_in import leave, look_behind_proxy, sit_down, tell_what_came
from kcbx_docs.desk.opened import OpenDesk
from kcbx_docs.desk.page_words import speaks_of_commands, without_commands
from kcbx_docs.desk.roles import may_open
from kcbx_docs.desk.screens import MENU, SCREENS
from kcbx_docs.desk.screens.shown_again import with_address
from kcbx_docs.desk.standings import StillReadingError
from kcbx_docs.desk.telling import for_page, on_page, plainly
from kcbx_docs.desk.uploads import MOST_BYTES, TAKES_FILES
from kcbx_docs.office.book import written_event
from kcbx_docs.problems import UserError
from kcbx_docs.render.kepttemplates import KeptCode
from kcbx_docs.words import days_left

ENTRY = "/enter"
_LET_IN = "kcbx_let_in"
_PARTS = 1000
_FORM = 1024 * 1024
"""Bytes of a form, and of any request to a page that takes no file."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "object-src 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # Without any referrer a browser would call the origin of our own forms "null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
log = logging.getLogger("kcbx.desk")


def create_app(desk: OpenDesk, *more: Blueprint) -> Flask:
    """Make the web application of a desk."""
    assert desk.jobs  # there is one queue, whichever page comes first
    app = copy(_pages(*SCREENS, *more))
    app.config, app.extensions = copy(app.config), {PLUG_IN: desk}
    return app


@cache
def _pages(*screens: Blueprint) -> Flask:
    """Describe all pages, whatever desk they tell of: a process does it once, and takes each page
    apart once.
    """
    app = Flask(__name__, template_folder="pages", static_folder="static")
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES, MAX_FORM_PARTS=_PARTS, MAX_FORM_MEMORY_SIZE=_FORM
    )
    app.jinja_env.bytecode_cache = KeptCode()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["days_left"] = days_left
    app.jinja_env.filters["plainly"] = plainly
    app.jinja_env.filters["on_page"] = on_page
    app.jinja_env.filters["for_page"] = for_page
    app.jinja_env.filters["without_commands"] = without_commands
    app.jinja_env.tests["of_commands"] = speaks_of_commands
    app.jinja_env.filters["written"] = lambda event: written_event(event).items()
    app.context_processor(_known)
    app.before_request(_look_at_whoever_asks)
    app.teardown_request(leave)
    app.after_request(_with_headers)
    app.after_request(with_address)
    app.after_request(tell_what_came)
    app.add_url_rule(ENTRY, "enter", _enter)
    app.register_error_handler(UserError, _cannot)
    app.register_error_handler(StillReadingError, _still_reading)
    app.register_error_handler(CancelledError, _closing)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)
    for screen in screens:
        app.register_blueprint(screen)
    return app


def _known() -> dict[str, object]:
    """Return what every page knows."""
    desk = the_desk()
    menu = [entry for entry in MENU if _leads_on(entry.address)]
    day = desk.today()
    told = {"desk": desk, "menu": menu, "today": day, **told_to_blanks(day)}
    return {**told, "may": _may, "cure_link": cure_link, "finding_link": finding_link}


def _may(endpoint: str) -> bool:
    """Tell whether the one who asks may open a page."""
    desk = the_desk()
    if desk.sight is None:
        return desk.gate is None
    return may_open(current_app.view_functions.get(endpoint), desk.sight.role)


def _leads_on(address: str) -> bool:
    endpoint, _ = current_app.create_url_adapter(request).match(address, "GET")  # type: ignore[union-attr]
    return _may(str(endpoint))


def _knock_of(desk: OpenDesk, asked: Request) -> Knock:
    return Knock(
        asked.method,
        asked.host,
        dict(asked.headers),
        asked.cookies.get(desk.door.cookie, ""),
        asked.host_url.rstrip("/"),
    )


def desk_lets_in(desk: OpenDesk) -> Callable[[Request], bool]:
    """Return what tells whether a desk takes the body of a request, by its head alone."""

    def lets_in(asked: Request) -> bool:
        knock = _knock_of(desk, asked)
        if desk.gate:
            return desk.gate.knows(knock)
        return desk.door.refused(knock) is None

    return lets_in


def _look_at_whoever_asks() -> Response | None:
    desk = whole_desk()
    if request.method not in SAFE:
        setattr(g, PLUG_IN, desk.waited_for())
    knock = _knock_of(desk, request)
    if not getattr(current_app.view_functions.get(request.endpoint or ""), TAKES_FILES, False):
        request.max_content_length = _FORM
    if desk.gate:
        refusal = look_behind_proxy(desk.gate, knock)
        setattr(g, _LET_IN, not refusal)
        return _refused(refusal) if refusal else None
    look = desk.door.at_wrong_host if request.path == ENTRY else desk.door.refused
    refusal = look(knock)
    setattr(g, _LET_IN, request.path != ENTRY and not refusal)
    if g.get(_LET_IN):
        sit_down(desk.seat.name)
    return _refused(refusal) if refusal else None


def _refused(refusal: Refusal) -> Response:
    return _page(refusal.status, "refused.html", text=refusal.text)


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _enter() -> Response:
    """Exchange the key for the cookie, once: it stands in the history of the browser.

    The page goes on by itself: after a redirect a strict cookie would not be sent to who came
    from the file that the command opened.
    """
    door = whole_desk().door
    if whole_desk().gate:
        abort(404)
    key, inside = request.args.get("key", ""), door.known(request.cookies.get(door.cookie, ""))
    looks = request.method == "HEAD"  # whoever opens the desk again asks whether it is this one
    if not (inside or (door.opened_by(key) if looks else door.taken(key))):
        return _refused(
            Refusal(403, "这个网址已经用过了。请再打开一次办公桌（双击「打开办公桌」）。")
        )
    response = _page(200, "enter.html")
    if not looks:
        response.set_cookie(door.cookie, door.badge, httponly=True, samesite="Strict", path="/")
    return response


def _cannot(error: UserError) -> Response:
    return _page(422, "problems.html", problems=the_desk().told(error.problems))


def _still_reading(error: StillReadingError) -> Response:
    """Say how far it is; the page asks again by itself."""
    again = request.full_path.rstrip("?") if request.method in SAFE else "/"
    return _page(503, "reading.html", done=error.done, total=error.total, again=again)


def _closing(_error: CancelledError) -> Response:
    return _page(503, "refused.html", text="办公桌正在关闭，没有照办。请重新打开以后再做。")


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < HTTPStatus.BAD_REQUEST:
        return make_response(error.get_response())
    page = "astray.html" if g.get(_LET_IN) else "refused.html"
    return _page(status, page, text=_SAID.get(status, _SAID[400]))


_SAID = {
    400: "这个请求看不懂，没有照办。请退回上一页再试。",
    404: "没有这一页：网址写错了，或者它说的文件已经改名、移走了。",
    405: "这一页不能这样打开。请从菜单进去。",
    413: f"文件太大，最多 {MOST_BYTES // 1024 // 1024} MB；表格里的项目太多的，请分几次。"
    "照片请缩小，录像剪短，或者分几次交。按浏览器的后退回到刚才的表，填的字还在。",
}


def _broken(error: Exception) -> Response:
    """Say that the program is at fault; the log names no person, so no message of it is kept."""
    log.error("%s at %s", type(error).__name__, request.endpoint)
    if current_app.testing:
        raise error
    return _page(500, "refused.html", text="程序出错了。请从菜单进去，看刚才的做完没有，再试。")


def _page(status: int, name: str, **told: object) -> Response:
    return make_response(render_template(name, **told), status)

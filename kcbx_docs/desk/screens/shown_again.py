"""A page that answered a form, as it was answered."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, redirect, request

from kcbx_docs.case.users import OF_SCHOOL, OF_TOWN
from kcbx_docs.desk.blanks import CONFLICT, REFUSED
from kcbx_docs.desk.here import the_desk
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.shown_again import ShownPage

pages = Blueprint("shown_again", __name__)
_ANSWERS = (HTTPStatus.OK, CONFLICT, REFUSED)


@pages.get("/shown/<page>")
@open_to(OF_SCHOOL, OF_TOWN)
def show(page: str) -> Response:
    """Show it once more."""
    desk = the_desk()
    kept = desk.shown.called(page, _whose()) or abort(404)
    return Response(kept.text, kept.status, mimetype="text/html")


def with_address(response: Response) -> Response:
    """Give the page that answers a form an address of its own, where a browser goes to it."""
    answers = request.method == "POST" and response.status_code in _ANSWERS
    if not answers or response.mimetype != "text/html" or response.direct_passthrough:
        return response
    if request.headers.get("Sec-Fetch-Mode") != "navigate":
        return response
    page = ShownPage(_whose(), response.status_code, response.get_data(as_text=True))
    moved = redirect(f"/shown/{the_desk().shown.keep(page)}", 303)
    assert isinstance(moved, Response)
    return moved


def _whose() -> str:
    sight = the_desk().sight
    return sight.user.login if sight else ""

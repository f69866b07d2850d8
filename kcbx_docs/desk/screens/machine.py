"""本机检查: what this machine can do and what it lacks."""

from flask import Blueprint, abort, render_template

from kcbx_docs.desk.here import the_desk
from kcbx_docs.office.doctor import collect
from kcbx_docs.problems import Place, stop

pages = Blueprint("machine", __name__)


@pages.get("/machine")
def show() -> str:
    """Show what was looked at, and what to do."""
    desk = the_desk()
    checks = collect(desk.today(), workspace=desk.root)
    return render_template("machine.html", checks=checks, command=desk.command("doctor"))


@pages.post("/close")
def close() -> str:
    """Close the desk, unless it is at work."""
    desk = the_desk()
    if desk.closing is None:
        abort(404)
    if waiting := desk.jobs.unfinished:
        raise stop("DESK031", Place(), count=len(waiting))
    desk.closing.set()
    return render_template("closed.html")

"""本机检查: what this machine can do and what it lacks."""

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.desk.here import the_desk
from kcbx_docs.desk.seat import name_said, who_may_sit
from kcbx_docs.office.doctor import collect
from kcbx_docs.office.opened import opening_of
from kcbx_docs.problems import Place, stop

pages = Blueprint("machine", __name__)


@pages.get("/machine")
def show() -> str:
    """Show what was looked at, and what to do."""
    desk = the_desk()
    checks = collect(desk.today(), workspace=desk.root)
    opened = opening_of(desk.root).workspace
    people = who_may_sit(opened) if opened else ()
    command = desk.command("doctor")
    return render_template("machine.html", checks=checks, people=people, command=command)


@pages.post("/seat")
def sit() -> ResponseReturnValue:
    """Take note of who sits at the desk."""
    desk = the_desk()
    if desk.gate:
        abort(404)
    desk.seat.name = name_said()
    return redirect("/", 303)


@pages.post("/close")
def close() -> str:
    """Close the desk, unless it is at work; ask first, for what was typed in other windows."""
    desk = the_desk()
    if desk.closing is None:
        abort(404)
    if waiting := desk.jobs.unfinished:
        raise stop("DESK031", Place(), count=len(waiting))
    if "sure" not in request.form:
        return render_template("close.html")
    desk.closing.set()
    return render_template("closed.html")

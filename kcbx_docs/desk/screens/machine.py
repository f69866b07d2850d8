"""本机检查: what this machine can do and what it lacks."""

from flask import Blueprint, render_template

from kcbx_docs.desk.here import the_desk
from kcbx_docs.office.doctor import collect

pages = Blueprint("machine", __name__)


@pages.get("/machine")
def show() -> str:
    """Show what was looked at, and what to do."""
    desk = the_desk()
    checks = collect(desk.today(), workspace=desk.root)
    return render_template("machine.html", checks=checks, command=desk.command("doctor"))

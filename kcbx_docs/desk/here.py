"""The desk that a request is made to, for the screens that answer it."""

from pathlib import Path

from flask import abort, current_app

from kcbx_docs.desk.opened import OpenDesk

PLUG_IN = "kcbx"


def the_desk() -> OpenDesk:
    """Return the desk that the present request is made to."""
    desk = current_app.extensions[PLUG_IN]
    assert isinstance(desk, OpenDesk)
    return desk


def the_file(call: str) -> Path:
    """Return the file that an address names; no page where there is none."""
    return the_desk().named(call) or abort(404)

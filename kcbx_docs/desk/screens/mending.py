"""改正: what can be meant in one way only, line by line, written once it was seen."""

from pathlib import Path

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.users import OF_TOWN
from kcbx_docs.desk.blanks import CONFLICT, REFUSED, SEEN
from kcbx_docs.desk.here import seen, the_desk, the_file
from kcbx_docs.desk.roles import open_to
from kcbx_docs.office.fix import Fixed, fixed_files, mended_lines, write
from kcbx_docs.problems import UserError

pages = Blueprint("mending", __name__)


@pages.get("/cases/<call>/fix")
@open_to(OF_TOWN)
def show(call: str) -> str:
    """Show what would be mended."""
    path = the_file(call)
    return _page(call, path, _fixed(path))


@pages.post("/cases/<call>/fix")
@open_to(OF_TOWN)
def mend(call: str) -> ResponseReturnValue:
    """Mend what was shown."""
    path = the_file(call)
    with the_desk().turns.of(""):
        fixed = _fixed(path)
        if request.form.get(SEEN) != seen(path):
            return _page(call, path, fixed, moved=True), CONFLICT
        try:
            if fixed and fixed.changed:
                write(fixed)
        except UserError as error:
            return _page(call, path, fixed, problems=error.problems), REFUSED
    return redirect(f"/cases/{call}?said=mended", 303)


def _fixed(path: Path) -> Fixed | None:
    return next(iter(fixed_files([path], the_desk().today())), None)


def _page(call: str, path: Path, fixed: Fixed | None, **told: object) -> str:
    known: dict[str, object] = {"problems": (), "moved": False, **told}
    return render_template(
        "mending.html",
        call=call,
        lines=[*mended_lines(fixed)] if fixed else [],
        seen=seen(path),
        command=the_desk().command("fix", path),
        **known,
    )

"""One attempt that was recorded: what follows from it, further proofs, what was wrong with it."""

from contextlib import suppress
from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.users import OF_TOWN
from kcbx_docs.desk.blanks import REFUSED
from kcbx_docs.desk.here import the_desk, the_file
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.screens.service import Foreseen, lines_of, told_of
from kcbx_docs.desk.service_form import (
    BY,
    NO_FILES,
    FilesBrought,
    blanks_of_files,
    files_brought,
    the_clerk,
)
from kcbx_docs.desk.turns import FORM, new_form
from kcbx_docs.desk.uploads import takes_files
from kcbx_docs.issuing.clerk import Clerk, kept_attempt
from kcbx_docs.issuing.detaching import SERVICE, may_be_detached
from kcbx_docs.issuing.service import as_entered, prove
from kcbx_docs.issuing.service_list import ServiceLine
from kcbx_docs.office.book import written_event
from kcbx_docs.problems import Problems, UserError, raise_errors

pages = Blueprint("served", __name__)


@pages.get("/cases/<call>/service/<int:seq>")
@open_to(OF_TOWN)
def show(call: str, seq: int) -> str:
    """Show an attempt as it stands now."""
    path = the_file(call)
    return _page(call, path, the_clerk(path), seq)


def _page(
    call: str,
    path: Path,
    clerk: Clerk,
    seq: int,
    brought: FilesBrought = NO_FILES,
    problems: Problems = (),
) -> str:
    line = line_of(clerk, seq)
    assert line.event
    return render_template(
        "served.html",
        call=call,
        number=clerk.matter,
        line=line,
        told=_follows(clerk, line.seq),
        event=written_event(line.event),
        files=[*blanks_of_files(line.lacking, brought)],
        kept=may_be_detached(clerk, line.seq, SERVICE),
        problems=problems,
        by=request.form.get(BY, ""),
        form=request.form.get(FORM) or new_form(),
        said=request.args.get("said", ""),
        command=the_desk().command("service", "list", path),
    )


def _follows(clerk: Clerk, seq: int) -> Foreseen | None:
    """Tell what follows from an attempt; nothing where an organ got it."""
    if kept_attempt(clerk, seq)[0].data.get("organ"):
        return None
    with suppress(UserError):  # its paper was withdrawn since
        return told_of(clerk, as_entered(clerk, seq))
    return None


def line_of(clerk: Clerk, seq: int) -> ServiceLine:
    """Return a line of the register; no page where there is none."""
    return next((one for one in lines_of(clerk) if one.seq == seq and one.event), None) or abort(
        404
    )


@pages.post("/cases/<call>/service/<int:seq>/proof")
@open_to(OF_TOWN)
@takes_files
def bring(call: str, seq: int) -> ResponseReturnValue:
    """Add proofs to an attempt: a photograph of the signed receipt."""
    path, form = the_file(call), request.form.get(FORM, "")
    with the_desk().turns.of(form) as before:
        if before:
            return redirect(before, 303)
        clerk = the_clerk(path)
        line_of(clerk, seq)
        brought = files_brought()
        try:
            raise_errors(brought.problems)
            prove(clerk, seq, brought.proofs)
        except UserError as error:
            return _page(call, path, clerk, seq, brought, error.problems), REFUSED
        brought.drop()
        where = the_desk().turns.done(form, f"/cases/{call}/service/{seq}?said=2")
    return redirect(where, 303)

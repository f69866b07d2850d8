"""收回处罚依据: a clause that was registered by mistake is no basis any more; looked at first."""

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.files import WORKSPACE_FILE
from kcbx_docs.case.workspace import PenaltyBasis
from kcbx_docs.desk.blanks import CONFLICT, REFUSED, SEEN, reason_given
from kcbx_docs.desk.here import form_as_filled, may_write, once, seen, the_desk
from kcbx_docs.desk.turns import FORM, new_form
from kcbx_docs.office.basis_back import standing_bases, take_basis_back
from kcbx_docs.office.reason import who_answers
from kcbx_docs.office.settings import Settled, write_settings
from kcbx_docs.problems import Problems, UserError

pages = Blueprint("basis_back", __name__)


@pages.get("/templates/basis/withdraw")
def ask() -> str:
    """Ask who takes a clause back, and why."""
    return _form(_basis())


@pages.post("/templates/basis/withdraw")
def take() -> ResponseReturnValue:
    """Look at the line that is to be written, or write it."""
    return once(form_as_filled(), _taken)


def _taken() -> ResponseReturnValue:
    desk, basis = the_desk(), _basis()
    if request.form.get(SEEN) != seen(desk.root / WORKSPACE_FILE):
        return _form(basis, moved=True), CONFLICT
    try:
        done = take_basis_back(desk.root, basis.id, reason_given(), desk.today())
        if not may_write(done.text):
            return _form(basis, settled=done)
        write_settings(done)
    except UserError as error:
        return _form(basis, problems=error.problems), REFUSED
    return redirect("/templates/basis?said=withdrawn", 303)


def _basis() -> PenaltyBasis:
    known = {one.id: one for one in standing_bases(the_desk().root)}
    return known.get(request.values.get("which", "")) or abort(404)


def _form(
    basis: PenaltyBasis,
    *,
    settled: Settled | None = None,
    problems: Problems = (),
    moved: bool = False,
) -> str:
    desk = the_desk()
    words = ["pack", "withdraw", basis.id]
    words += ["--reason", reason_given()] if reason_given() else []
    return render_template(
        "basis_back.html",
        basis=basis,
        settled=settled,
        problems=problems or (settled.problems if settled else ()),
        moved=moved,
        who=who_answers(desk.office().workspace),
        seen=seen(desk.root / WORKSPACE_FILE),
        form=request.form.get(FORM) or new_form(),
        command=desk.command(*words, "--yes"),
    )

"""改案件内容: the order's last day, and what is known of a guardian; looked at first."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.users import OF_TOWN
from kcbx_docs.desk.here import may_write, seen, the_case, the_desk, the_file
from kcbx_docs.desk.roles import open_to
from kcbx_docs.office.case_facts import OF_GUARDIAN, OF_ORDER, ORDER, settle_case, write_case
from kcbx_docs.office.settings import Settled
from kcbx_docs.problems import Problems, UserError
from kcbx_docs.reading import Loc

pages = Blueprint("case_facts", __name__)
_CONFLICT, _REFUSED = 409, 422


@pages.get("/cases/<call>/facts/<int:number>")
@open_to(OF_TOWN)
def ask(call: str, number: int) -> str:
    """Show a record: the order, or a guardian counted from one."""
    loaded = the_case(the_file(call))
    _, _, known = _record(loaded, number)
    return _form(call, number, loaded, known)


@pages.post("/cases/<call>/facts/<int:number>")
@open_to(OF_TOWN)
def take(call: str, number: int) -> ResponseReturnValue:
    """Look at what changes, or write it."""
    path = the_file(call)
    with the_desk().turns.of(""):
        loaded = the_case(path)
        loc, keys, _ = _record(loaded, number)
        typed = {key: " ".join(request.form.get(key, "").split()) for key in keys}
        if request.form.get("seen") != seen(path):
            return _form(call, number, loaded, typed, moved=True), _CONFLICT
        try:
            office = the_desk().office(path)
            done = settle_case(office, path, loc, typed, the_desk().today())
            if not done.changed or not may_write(done.text):
                return _form(call, number, loaded, typed, settled=done)
            write_case(office, done)
        except UserError as error:
            return _form(call, number, loaded, typed, problems=error.problems), _REFUSED
    return redirect(f"/cases/{call}?said=mended", 303)


def _record(loaded: LoadedCase, number: int) -> tuple[Loc, tuple[str, ...], Mapping[str, str]]:
    data = loaded.source.data
    if number > len(loaded.case.guardians):
        abort(404)
    loc: Loc = ("监护人", number - 1) if number else ORDER
    keys = OF_GUARDIAN if number else OF_ORDER
    held = data["监护人"][number - 1] if number else data.get(ORDER[0]) or {}
    return loc, keys, {key: str(held.get(key) or "") for key in keys}


def _form(
    call: str,
    number: int,
    loaded: LoadedCase,
    typed: Mapping[str, str],
    *,
    settled: Settled | None = None,
    problems: Problems = (),
    moved: bool = False,
) -> str:
    path = the_file(call)
    return render_template(
        "case_facts.html",
        call=call,
        number=number,
        what=loaded.case.guardians[number - 1].name if number else "责令",
        typed=typed,
        settled=settled,
        problems=problems or (settled.problems if settled else ()),
        moved=moved,
        seen=seen(path),
        command=the_desk().command("check", path),
    )

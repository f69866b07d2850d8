"""收回: an event that was written down wrongly is taken out of the case file, as
``kcbx log --undo`` does; looked at first.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.event_form import KIND, pairs_of
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.users import OF_TOWN
from kcbx_docs.desk.blanks import CONFLICT, REFUSED, SEEN
from kcbx_docs.desk.here import form_as_filled, may_write, once, seen, the_case, the_desk, the_file
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.same_item import item_mark
from kcbx_docs.desk.turns import FORM, new_form
from kcbx_docs.issuing.printed import told_on_paper
from kcbx_docs.office.log import Logged, take_back, write
from kcbx_docs.office.to_take_back import HISTORY
from kcbx_docs.problems import Place, Problems, UserError, stop

pages = Blueprint("taking_back", __name__)
_WHICH = "which"
_MOST = 40
"""Events that may be chosen: the last ones."""


@pages.get("/cases/<call>/undo")
@open_to(OF_TOWN)
def ask(call: str) -> str:
    """Ask which event is taken out."""
    path = the_file(call)
    return _form(call, path, the_case(path))


@pages.post("/cases/<call>/undo")
@open_to(OF_TOWN)
def take(call: str) -> ResponseReturnValue:
    """Look at what is taken out, or take it out."""
    return once(form_as_filled(), partial(_taken, call))


def _taken(call: str) -> ResponseReturnValue:
    path = the_file(call)
    loaded = the_case(path)
    if request.form.get(SEEN) != seen(path):
        return _form(call, path, loaded, moved=True), CONFLICT
    try:
        values = _chosen(loaded)
        office = the_desk().office(path)
        done = take_back(office, path, values, the_desk().today())
        if not may_write(_command(path, values)) or done.change is None:
            return _form(call, path, loaded, done=done)
        write(office, done.change)
    except UserError as error:
        return _form(call, path, loaded, problems=error.problems), REFUSED
    return redirect(f"/cases/{call}?said=undone", 303)


def _written(loaded: LoadedCase) -> dict[str, Mapping[str, Any]]:
    """Return the events of a file by their marks: a number would soon be that of another one."""
    held = loaded.source.data.get(HISTORY) if isinstance(loaded.source.data, Mapping) else None
    return {item_mark(one): one for one in held or ()}


def _chosen(loaded: LoadedCase) -> Mapping[str, Any]:
    values = _written(loaded).get(request.form.get(_WHICH, ""))
    if values is None:
        raise stop("DESK071", Place(), what="收回哪一件")
    return values


def _form(
    call: str,
    path: Path,
    loaded: LoadedCase,
    *,
    done: Logged | None = None,
    problems: Problems = (),
    moved: bool = False,
) -> str:
    written = _written(loaded)
    which = request.form.get(_WHICH, "")
    values = written[which] if done else None
    return render_template(
        "taking_back.html",
        call=call,
        number=loaded.case.id,
        events=[*written.items()][-_MOST:][::-1],
        which=which,
        done=done,
        values=values or {},
        on_paper=told_on_paper(the_desk().office(path), loaded, done.event) if done else (),
        problems=problems,
        moved=moved,
        seen=seen(path),
        form=request.form.get(FORM) or new_form(),
        command=_command(path, values) if values else the_desk().command("log", path),
    )


def _command(path: Path, values: Mapping[str, Any]) -> str:
    return the_desk().command("log", path, str(values[KIND]), *pairs_of(values), "--undo")

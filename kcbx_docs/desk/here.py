"""The desk that a request is made to, for the screens that answer it."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from flask import abort, current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.users import OF_SCHOOL
from kcbx_docs.case.workspace import SCHOOL
from kcbx_docs.desk.opened import OpenDesk
from kcbx_docs.desk.roles import kinds_for
from kcbx_docs.desk.turns import FORM
from kcbx_docs.desk.uploads import Upload, UploadKind
from kcbx_docs.office.files import doubled
from kcbx_docs.office.packs_here import PacksHere
from kcbx_docs.problems import Place, raise_errors, stop

PLUG_IN = "kcbx"
_ALONE = "kcbx_alone"
LOOKED = "looked"
"""The field of a form that tells what its page showed as to be written."""
FILES, KEPT = "files", "-kept"
"""The field of a form for files that come in now, and how the field is called besides of those
that came in with the form before: files, files-kept.
"""


def the_desk() -> OpenDesk:
    """Return the desk that the present request is made to, as the one who asks may see it."""
    desk = g.get(PLUG_IN) or whole_desk()
    assert isinstance(desk, OpenDesk)
    return desk


def whole_desk() -> OpenDesk:
    """Return the desk with everything, whoever asks: no screen needs it."""
    desk = current_app.extensions[PLUG_IN]
    assert isinstance(desk, OpenDesk)
    return desk


def the_case(path: Path) -> LoadedCase:
    """Read a case; raise with what is wrong with its file, and where it is another one."""
    desk = the_desk()
    if not desk.may_see(path):
        abort(404)
    refuse_doubled(path)
    loaded, found = desk.office(path).read(path, desk.today())
    if not isinstance(loaded, LoadedCase):
        raise_errors(found)
        raise stop("CLI052", Place(str(path)))
    return loaded


def refuse_doubled(path: Path) -> None:
    """Raise where another file has the number of a file as well: their papers would be mixed. All
    files are looked at for it, once while a request is answered.
    """
    alone: set[Path] = g.setdefault(_ALONE, set())
    if path not in alone:
        raise_errors(the_desk().told(tuple(doubled([path]).values())))
        alone.add(path)


def may_make(path: Path, document: str) -> bool:
    """Tell whether the one who asks may make a paper of a case: a school makes its own."""
    desk = the_desk()
    if desk.sight is None or desk.sight.role != OF_SCHOOL:
        return True
    card = desk.office(path).law.card(document)
    return card is not None and SCHOOL in card.issuers


def of_others(path: Path) -> bool:
    """Tell whether an organ or a school works on a file that the one who asks is not of."""
    desk = the_desk()
    if desk.sight is None or desk.sees_all:
        return False
    owner = desk.owner(path)
    return owner is not None and owner.handled_by != desk.sight.user.unit


def kinds_here(path: Path) -> tuple[str, ...]:
    """List the kinds of events that the one who asks may write into a file."""
    return kinds_for(the_desk().sight, of_others=of_others(path))


def the_packs() -> PacksHere:
    """Return the packs that can be chosen in this workspace."""
    return PacksHere(the_desk().root)


def seen(path: Path) -> str:
    """Tell one text of a file from another: a form says which one its page showed."""
    return sha256(path.read_bytes()).hexdigest()


def may_write(what: str) -> bool:
    """Tell whether a form asks to write, and what it now comes to is what its page showed: the form
    carries the mark of that. What was changed since is looked at once more.
    """
    if "write" not in request.form:
        return False
    g.unseen = request.form.get(LOOKED) != the_desk().marked(what)
    return not g.unseen


def the_file(call: str) -> Path:
    """Return the file that an address names; no page where there is none."""
    return the_desk().named(call) or abort(404)


def once(form: str, act: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """Do what a form asks for, one after the other; where it was done before, lead to what came of
    it.
    """
    turns = the_desk().turns
    with turns.of(form) as before:
        if before:
            return redirect(before, 303)
        answer = act()
        if isinstance(answer, Response):
            turns.done(form, answer.location or "")
        return answer


def form_sent() -> str:
    """Name the form that was sent, by what it is for: a page may hold several."""
    name = request.form.get(FORM, "")
    return f"{name} {request.path}" if name else ""


def form_as_filled() -> str:
    """Name the form that was sent, by what it is filled with as well: who goes back and fills in
    something else asks for something else.
    """
    name = form_sent()
    told = sorted(request.form.items(multi=True))
    return f"{name} {sha256(repr(told).encode()).hexdigest()}" if name else ""


def came_in(kind: UploadKind, name: str = FILES) -> tuple[Upload, ...]:
    """Take in the files of the present form, behind those it kept from the one before; raise with
    all that speaks against them. The page must be one that takes files.
    """
    desk = the_desk()
    before = desk.waiting.kept(request.form.getlist(name + KEPT), desk.login)
    given = [one for one in request.files.getlist(name) if one.filename]
    return (*before, *desk.waiting.take(desk.root, given, kind, desk.login))


def brought(kind: UploadKind, name: str = FILES) -> tuple[Upload, ...]:
    """Take in the files of a form that is nothing without one."""
    came = came_in(kind, name)
    if not came:
        raise stop("DESK012", Place())
    return came

"""The desk that a request is made to, for the screens that answer it."""

from hashlib import sha256
from pathlib import Path

from flask import abort, current_app, request

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.desk.opened import OpenDesk
from kcbx_docs.desk.uploads import Upload, UploadKind
from kcbx_docs.office.packs_here import PacksHere
from kcbx_docs.problems import Place, raise_errors, stop

PLUG_IN = "kcbx"
FILES, KEPT = "files", "-kept"
"""The field of a form for files that come in now, and how the field is called besides of those
that came in with the form before: files, files-kept.
"""


def the_desk() -> OpenDesk:
    """Return the desk that the present request is made to."""
    desk = current_app.extensions[PLUG_IN]
    assert isinstance(desk, OpenDesk)
    return desk


def the_case(path: Path) -> LoadedCase:
    """Read a case; raise with what is wrong with its file, and where it is another one."""
    desk = the_desk()
    loaded, found = desk.office(path).read(path, desk.today())
    if not isinstance(loaded, LoadedCase):
        raise_errors(found)
        raise stop("CLI052", Place(str(path)))
    return loaded


def the_packs() -> PacksHere:
    """Return the packs that can be chosen in this workspace."""
    return PacksHere(the_desk().root)


def seen(path: Path) -> str:
    """Tell one text of a file from another: a form says which one its page showed."""
    return sha256(path.read_bytes()).hexdigest()


def the_file(call: str) -> Path:
    """Return the file that an address names; no page where there is none."""
    return the_desk().named(call) or abort(404)


def came_in(kind: UploadKind, name: str = FILES) -> tuple[Upload, ...]:
    """Take in the files of the present form, behind those it kept from the one before; raise with
    all that speaks against them. The page must be one that takes files.
    """
    desk = the_desk()
    before = desk.waiting.kept(request.form.getlist(name + KEPT))
    given = [one for one in request.files.getlist(name) if one.filename]
    return (*before, *desk.waiting.take(desk.root, given, kind))

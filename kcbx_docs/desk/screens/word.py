"""A document's Word form: handed out, taken back edited, looked at, then written."""

from io import BytesIO
from itertools import chain
from typing import Any

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from kcbx_docs.desk.blanks import CONFLICT, REFUSED, SEEN
from kcbx_docs.desk.here import brought, the_desk, the_packs
from kcbx_docs.desk.pack_places import place_in_packs
from kcbx_docs.desk.screens.template import the_document
from kcbx_docs.desk.uploads import WORD, Upload, takes_files
from kcbx_docs.filing.fromword import WordShelf, word_shelf
from kcbx_docs.keeping.fromword import FromWord
from kcbx_docs.keeping.packdiff import stretches
from kcbx_docs.problems import Problems, UserError
from kcbx_docs.render.compile import compile_docx
from kcbx_docs.render.styles import LAYOUTS

pages = Blueprint("word", __name__)


@pages.get("/templates/word")
def ask() -> ResponseReturnValue:
    """Offer the Word form, and ask for the edited one."""
    _shelf()
    return _page()


@pages.get("/templates/word/file")
def hand_out() -> ResponseReturnValue:
    """Hand out the Word form of a document, as ``kcbx pack export`` writes it."""
    _, library, document = the_document()
    flat = library.document(document)
    data = compile_docx(flat, LAYOUTS[flat.front.layout])
    name = f"{flat.front.title}.docx"
    return send_file(
        BytesIO(data),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=name,
    )


@pages.post("/templates/word")
@takes_files
def take() -> ResponseReturnValue:
    """Tell what an edited file would change; write it once that was seen."""
    shelf = _shelf()
    try:
        return _looked(shelf, brought(WORD)[-1])
    except UserError as error:
        return _page(error.problems), REFUSED


def _shelf() -> WordShelf:
    name, _, _ = the_document()
    return word_shelf(the_packs(), name, the_desk().today())


def _looked(shelf: WordShelf, upload: Upload) -> ResponseReturnValue:
    desk, form = the_desk(), request.form
    name, _, document = the_document()
    looks = form.get("looks", "") == "1"
    own = form.getlist("own")
    more = [*(["--looks"] if looks else []), *chain.from_iterable(("--own", one) for one in own)]
    shown = desk.command("pack", "take", name, document, upload.name, *more)
    seen = shelf.seen(document)
    if "write" in form and form.get("then") == seen:  # the second click of two
        return _page(done=[desk.below(shelf.home.path)], command=shown)
    found = shelf.look(document, upload.path, looks=looks, own=own)
    moved = "write" in form and form.get(SEEN) != seen
    known: dict[str, Any] = _told(found) | {
        "upload": upload,
        "looks": looks,
        "own": own,
        SEEN: seen,
        "then": shelf.then(found),
        "moved": moved,
        "targets": [desk.below(path) for path in shelf.targets(found)],
        "command": shown,
    }
    if "write" not in form or moved:
        return _page(**known), CONFLICT if moved else 200
    done = shelf.take(found)
    return _page(done=[desk.below(path) for path in done.written], kept=done.kept, **known)


def _told(found: FromWord) -> dict[str, object]:
    """Return what a page shows of a file: the words that differ, side by side."""
    lines = [(one, stretches(one.before, one.after)) for one in found.changes]
    texts = {name: data.decode() for name, data in found.files.items() if name.endswith(".html")}
    return {"found": found, "lines": lines, "texts": texts}


def _page(problems: Problems = (), **told: object) -> str:
    name, library, document = the_document()
    known: dict[str, object] = {
        "name": name,
        "document": document,
        "title": library.card(document).title,
        "pack": library.chain.pack.name,
        "problems": problems,
        "accept": WORD.accept,
        "placed": lambda place: place_in_packs(library, str(place)),
        "command": the_desk().command("pack", "export", name, document, f"{document}.docx"),
        **told,
    }
    return render_template("word.html", **known)

"""One document of a pack: its blocks and their origin, what differs from above, how it looks."""

from collections.abc import Iterator
from itertools import chain, groupby

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.desk.blanks import asked_number
from kcbx_docs.desk.here import the_desk, the_packs
from kcbx_docs.desk.pack_places import place_in_packs
from kcbx_docs.desk.previews import Preview, page_picture, preview_of
from kcbx_docs.desk.screens.templates import above, chosen, is_shipped
from kcbx_docs.filing.proof import specimen_of
from kcbx_docs.keeping.packdiff import DocumentDifference, beside, difference
from kcbx_docs.keeping.packview import DocumentView, document_view
from kcbx_docs.office.resting import digest
from kcbx_docs.packs.chain import LOCAL
from kcbx_docs.packs.library import Library

pages = Blueprint("template", __name__)


@pages.get("/templates/document")
def show() -> str:
    """Show one document: its blocks, what it cites, what differs from the level above."""
    name, library, document = the_document()
    view = _view(library, document)
    return render_template(
        "template.html",
        name=name,
        view=view,
        placed=lambda place: place_in_packs(library, place),
        pack=library.chain.pack.name,
        upper=[one.pack.name for one in library.chain.folders[:-1]][-1:],
        changed=_changed(library, document),
        shipped=name != LOCAL and is_shipped(library.chain.folders[-1]),
        command=the_desk().command("pack", "show", name, document),
    )


@pages.get("/templates/document/text")
def text() -> str:
    """Show the whole of a document, each line with the file that it comes from."""
    name, library, document = the_document()
    return render_template(
        "template_text.html",
        name=name,
        view=(view := _view(library, document)),
        files=[*_by_file(view)],
        placed=lambda place: place_in_packs(library, place),
        command=the_desk().command("pack", "show", name, document),
    )


def _by_file(view: DocumentView) -> Iterator[tuple[str, list[str]]]:
    """Divide the lines of a document where another file goes on."""
    for file, rows in groupby(view.lines, lambda row: row.place.rpartition(":")[0]):
        yield file, [f"{row.place.rpartition(':')[2]:>4} {row.value}" for row in rows]


def the_document() -> tuple[str, Library, str]:
    """Return the document that an address names, with its pack; no page where there is none."""
    name, library = chosen()
    document = request.values.get("doc", "")
    return (name, library, document) if document in library.ids else abort(404)


def _view(library: Library, document: str) -> DocumentView:
    return document_view(library, library.document(document), the_desk().today())


def _changed(library: Library, document: str) -> list[dict[str, object]]:
    """Return the blocks whose words differ from the level above, side by side."""
    upper = above(library)
    if upper is None or document not in upper.ids:
        return []
    found = difference(upper, library, the_desk().today(), (document,)).documents
    return [*_blocks(found[0])] if found else []


def _blocks(found: DocumentDifference) -> list[dict[str, object]]:
    return [{"name": block.block, "lines": [*beside(block)]} for block in found.blocks]


@pages.get("/templates/document/look")
def look() -> str:
    """Show the pages of a document, filled from a sample."""
    name, library, document = the_document()
    preview = _specimen(name, library, document)
    return render_template(
        "template_look.html",
        name=name,
        document=document,
        title=library.card(document).title,
        numbers=range(preview.count),
        command=the_desk().command("pack", "proof", name, "--out", "样张.pdf"),
    )


@pages.get("/templates/document/page")
def picture() -> ResponseReturnValue:
    """Show one page of a document."""
    preview, number = _specimen(*the_document()), asked_number("page", 0)
    if not 0 <= number < preview.count:
        abort(404)
    return Response(page_picture(preview.pdf, number), mimetype="image/png")


def _specimen(name: str, library: Library, document: str) -> Preview:
    below = (sorted(one.path.rglob("*")) for one in library.chain.folders)
    files = [*chain.from_iterable(below)]
    opened = the_packs().library_with(name)
    key = ("specimen", name, document, *map(digest, files))
    return the_desk().previews.kept(key, lambda: preview_of(specimen_of(opened, document)))

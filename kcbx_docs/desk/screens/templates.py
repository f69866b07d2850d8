"""模板与依据: the map of packs, what a pack says and who said so."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.desk.blanks import REFUSED
from kcbx_docs.desk.here import may_write, the_desk, the_packs
from kcbx_docs.desk.pack_places import place_in_packs, value_in_words
from kcbx_docs.desk.pictures.packtree import (
    OWN,
    TITLE,
    WIDTH,
    PackTree,
    PlainSheet,
    boxes,
    height_of,
)
from kcbx_docs.keeping import packmap
from kcbx_docs.keeping.newpack import new_pack, write_pack
from kcbx_docs.keeping.packdiff import difference
from kcbx_docs.keeping.packmap import PackNode
from kcbx_docs.keeping.packview import (
    OF_THE_FILE,
    ValueRow,
    chain_in_words,
    document_rows,
    pack_rows,
    value_rows,
)
from kcbx_docs.light import dataclass
from kcbx_docs.packs.chain import LOCAL, NATIONAL, PackFolder
from kcbx_docs.packs.flatten import read_template
from kcbx_docs.packs.library import Library
from kcbx_docs.packs.model import UNKNOWN
from kcbx_docs.problems import UserError

pages = Blueprint("templates", __name__)
_DOCUMENT = "文书"


@dataclass(frozen=True)
class OwnTemplate:
    """A document that a pack writes itself: which blocks of it, and whether its Word looks."""

    id: str
    title: str
    blocks: tuple[str, ...]
    looks: bool


@pages.get("/templates")
def show() -> str:
    """Show the map of packs, the office's own chain marked."""
    here = the_packs()
    packs, told = here.read()
    own, _ = here.library(None)
    local = here.local()
    folders = own.chain.folders
    below = next(one.id for one in reversed(folders) if one.id != LOCAL)
    nodes, used = packmap.nodes(packs, local, below), {one.id for one in folders}
    placed, sheet = [*boxes(nodes)], PlainSheet()
    PackTree(placed, _address, used).draw(sheet)
    return render_template(
        "templates.html",
        nodes=nodes,
        used=used,
        mine=OWN,
        address=_address,
        drawn="\n".join(sheet.parts),
        title=TITLE,
        width=WIDTH,
        height=height_of(placed),
        rows=pack_rows(packs),
        local=local,
        chain=chain_in_words(own),
        own=own.chain.id,
        problems=told,
        command=the_desk().command("pack", "list"),
    )


@pages.post("/templates/new")
def begin() -> ResponseReturnValue:
    """Say which pack a place would have, then make it."""
    desk, form = the_desk(), request.form
    code, called = form.get("code", "").strip(), form.get("called", "").strip()
    more = ["--name", called] if called else []
    told = {"code": code, "called": called, "command": desk.command("pack", "new", code, *more)}
    try:
        made = new_pack(code, the_packs().read()[0], called)
        if not may_write(made.id):
            return render_template("pack_new.html", made=made, problems=(), **told)
        write_pack(made, desk.root, desk.today())
    except UserError as error:
        page = render_template("pack_new.html", made=None, problems=error.problems, **told)
        return page, REFUSED
    return redirect(f"/templates/pack?{urlencode({'name': made.id, 'made': 1})}", 303)


def _address(node: PackNode) -> str:
    return f"/templates/pack?{urlencode({'name': node.id})}"


def chosen() -> tuple[str, Library]:
    """Open the pack that an address names; no page where there is none. An office without words of
    its own says what its place says.
    """
    name, here = request.values.get("name", ""), the_packs()
    known = {*here.read()[0], LOCAL}
    return (name, here.library(name)[0]) if name in known else abort(404)


def above(library: Library) -> Library | None:
    """Open what the last pack of a chain changes; nothing above the nation."""
    folders = library.chain.folders
    return the_packs().library(folders[-2].id)[0] if len(folders) > 1 else None


@pages.get("/templates/pack")
def pack() -> str:
    """Show what a pack says: values with their sources, documents with who writes them."""
    name, library = chosen()
    folder = library.chain.folders[-1]
    rows = [row for row in value_rows(library) if row.name not in (_DOCUMENT, *OF_THE_FILE)]
    mine = [row for row in rows if row.place.startswith(f"{folder.id}/")]
    inherited = "all" in request.args
    return render_template(
        "pack.html",
        name=name,
        folder=folder,
        shipped=is_shipped(folder),
        chain=library.chain.folders,
        values=rows if inherited else mine,
        inherited=inherited,
        made="made" in request.args and not is_shipped(folder),
        named=lambda one: value_in_words(library, one),
        placed=lambda place: place_in_packs(library, place),
        unknown=[value_in_words(library, one.name) for one in rows if one.value == UNKNOWN],
        unsourced=[value_in_words(library, one) for one in _unsourced(mine)],
        documents=document_rows(library),
        own=[*_own(library, folder)],
        nation=NATIONAL,
        command=the_desk().command("pack", "show", name),
    )


def is_shipped(folder: PackFolder) -> bool:
    """Tell whether a pack came with the program, and can only be looked at."""
    return not folder.path.resolve().is_relative_to(the_desk().root.resolve() / "templates")


def _unsourced(rows: Sequence[ValueRow]) -> Iterator[str]:
    """Name the values of which nobody says where they come from, or when that was looked at."""
    for row in rows:
        if row.source and row.checked_on is None and row.value != UNKNOWN:
            yield row.name


def _own(library: Library, folder: PackFolder) -> Iterator[OwnTemplate]:
    home = folder.path / "documents"
    for name in library.ids if folder.id != NATIONAL else ():
        path, looks = home / f"{name}.html", (home / f"{name}.docx").is_file()
        if not (path.is_file() or looks):
            continue
        read = read_template(path, "", with_head=True)[0] if path.is_file() else None
        blocks = tuple(read.blocks()) if read else ()
        yield OwnTemplate(name, library.card(name).title, blocks, looks)


@pages.get("/templates/difference")
def different() -> str:
    """Show what a pack says otherwise than the one above it."""
    name, library = chosen()
    upper = above(library) or abort(404)
    desk = the_desk()
    found = difference(upper, library, desk.today())
    higher = library.chain.folders[-2].id
    return render_template(
        "pack_difference.html",
        name=name,
        found=found,
        command=desk.command("pack", "diff", higher, name),
    )

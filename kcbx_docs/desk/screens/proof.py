"""审定样本: a place's papers printed as long work, beside what they were before, to be signed."""

from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.desk.blanks import REFUSED, asked_number
from kcbx_docs.desk.chapters import Chapter, chapters, compared
from kcbx_docs.desk.here import the_desk, the_packs
from kcbx_docs.desk.jobs import LongWork
from kcbx_docs.desk.previews import page_picture
from kcbx_docs.desk.screens.templates import chosen
from kcbx_docs.filing.proofs import keep_proofs, proofs_of
from kcbx_docs.packs.chain import LOCAL
from kcbx_docs.problems import UserError

pages = Blueprint("proof", __name__)
_MOST = 40
"""Papers that one page compares; the others are named."""


@pages.get("/templates/proof")
def show() -> str:
    """Show the proofs that are kept, and offer to print one."""
    name, library = chosen()
    desk = the_desk()
    kept = [(desk.called(path), path.name) for path in reversed(_kept(name))]
    return render_template(
        "proof.html",
        name=name,
        pack=library.chain.pack.name,
        documents=len(library.ids),
        packs=len(_everywhere()),
        kept=kept,
        command=_command(name),
    )


def _everywhere() -> tuple[str, ...]:
    """Name every pack, that of the office last."""
    here = the_packs()
    return (*here.read()[0], *([LOCAL] if here.local() else []))


def _kept(name: str) -> tuple[Path, ...]:
    return proofs_of(the_desk().root, name)


def _command(name: str) -> str:
    return the_desk().command("pack", "proof", name, "--out", "样本.pdf")


@pages.post("/templates/proof")
def begin() -> ResponseReturnValue:
    """Print a proof of this pack, or of all of them, beside everything else."""
    name, library = chosen()
    desk, everywhere = the_desk(), "all" in request.form
    names = _everywhere() if everywhere else (name,)
    title = "印全部模板包的审定样本" if everywhere else f"印{library.chain.pack.name}的审定样本"
    screen = f"/templates/proof?{urlencode({'name': name})}"
    about = LongWork(title, _command(name), screen, at_once=True)
    try:
        job = desk.jobs.begin(about, partial(keep_proofs, desk.root, names, desk.today()))
    except UserError as error:
        return render_template("problems.html", problems=error.problems), REFUSED
    return redirect(f"/jobs/{job.call}", 303)


@pages.get("/templates/proof/file")
def hand_out() -> ResponseReturnValue:
    """Open a proof that is kept."""
    return Response(_proof("now").read_bytes(), mimetype="application/pdf")


@pages.get("/templates/proof/difference")
def different() -> str:
    """Show in which papers two proofs differ, in words and as pictures."""
    name, library = chosen()
    desk, before, now = the_desk(), _proof("before"), _proof("now")
    found = [*compared(_chapters(before), _chapters(now))]
    return render_template(
        "proof_difference.html",
        name=name,
        pack=library.chain.pack.name,
        before=desk.called(before),
        now=desk.called(now),
        names=(before.name, now.name),
        found=found[:_MOST],
        more=[one.title for one in found[_MOST:]],
        command=_command(name),
    )


@pages.get("/templates/proof/page")
def picture() -> ResponseReturnValue:
    """Show one page of a proof."""
    path, number = _proof("now"), asked_number("page", 0)
    if not 0 <= number < sum(len(one.looks) for one in _chapters(path)):
        abort(404)
    return Response(page_picture(path.read_bytes(), number), mimetype="image/png")


def _proof(field: str) -> Path:
    """Return the proof that an address names by the call under which it was listed."""
    call, desk = request.args.get(field, ""), the_desk()
    found = (path for path in _kept(chosen()[0]) if desk.called(path) == call)
    return next(found, None) or abort(404)


def _chapters(path: Path) -> tuple[Chapter, ...]:
    known = path.stat()
    question = ("proof", path, known.st_mtime_ns, known.st_size)
    return the_desk().answers.of(question, lambda: chapters(path.read_bytes()))

"""台账: whether it is whole, when it was last backed up, and a backup now."""

from functools import partial
from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.desk.backing_up import back_up_ledger
from kcbx_docs.desk.blanks import REFUSED
from kcbx_docs.desk.here import the_desk
from kcbx_docs.desk.jobs import LongWork
from kcbx_docs.ledger.backup_notes import last_backup
from kcbx_docs.ledger.book import Book
from kcbx_docs.ledger.found_again import put_back
from kcbx_docs.ledger.verify import Verified, verify
from kcbx_docs.locking import OUTPUT
from kcbx_docs.office.book import book_of
from kcbx_docs.problems import Place, UserError, stop

pages = Blueprint("ledger_health", __name__)
ADDRESS = "/lists/ledger"


def _book() -> Book:
    office = the_desk().office()
    return book_of(office.root, office.workspace)


@pages.get(ADDRESS)
def show() -> str:
    """Show where the ledger ends and what a quick look at it finds."""
    book = _book()
    return _page(book, verify(book, quick=True))


def _page(book: Book, found: Verified, **told: object) -> str:
    desk = the_desk()
    known: dict[str, object] = {"problems": (), "folder": "", "whole": False, **told}
    words = ("ledger", "verify") if known["whole"] else ("ledger", "verify", "--quick")
    return render_template(
        "ledger_health.html",
        head=book.head(),
        found=found,
        last=last_backup(book),
        job=desk.jobs.last_of(ADDRESS),
        command=desk.command(*words),
        **known,
    )


@pages.post(f"{ADDRESS}/verify")
def read_all() -> str:
    """Read every byte again, once what was lost and lies in output is put back."""
    book = _book()
    if book.folder:
        put_back(book, [the_desk().root / OUTPUT])
    return _page(book, verify(book), whole=True)


def _home_of(folder: str) -> Path:
    try:
        if folder.isprintable():
            return Path(folder).expanduser()
    except RuntimeError:  # nobody is called so
        pass
    raise stop("PAPR007", Place(), path=folder, reason="没有这个文件夹")


@pages.post(f"{ADDRESS}/backup")
def back_up() -> ResponseReturnValue:
    """Begin to back the ledger up into a folder of this machine."""
    desk, folder = the_desk(), request.form.get("folder", "").strip()
    if desk.gate:  # whoever is far away has no disk here
        abort(404)
    if not folder:
        return redirect(ADDRESS, 303)
    about = LongWork("备份台账", desk.command("ledger", "backup", folder), ADDRESS)
    try:
        where = desk.root / _home_of(folder)
        job = desk.jobs.begin(about, partial(back_up_ledger, desk.root, where))
    except UserError as error:
        book = _book()
        found = verify(book, quick=True)
        return _page(book, found, problems=error.problems, folder=folder), REFUSED
    return redirect(f"/jobs/{job.call}", 303)

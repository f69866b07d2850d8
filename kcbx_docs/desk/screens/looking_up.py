"""核对: whether a paper is one that left the house, and whether a list agrees with the cases."""

from collections.abc import Sequence
from functools import partial

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.desk.blanks import REFUSED
from kcbx_docs.desk.here import brought, came_in, the_desk
from kcbx_docs.desk.uploads import PAPER, TABLE, Upload, takes_files
from kcbx_docs.issuing.likeness import Likeness, of_file, of_text
from kcbx_docs.issuing.likeness_told import advice_on, differences_of, verdict_of
from kcbx_docs.light import dataclass
from kcbx_docs.listing.compared_list import compared_list
from kcbx_docs.office.book import book_of
from kcbx_docs.problems import UserError
from kcbx_docs.slips.missing import title_of

pages = Blueprint("looking_up", __name__)
_AT_ONCE = 60
"""Differences of a list on one page."""


@dataclass(frozen=True)
class LookedUp:
    """What something turned out to be, in words."""

    sound: bool
    verdict: str
    differences: tuple[str, ...]
    advice: str


@pages.get("/lists/verify")
def ask() -> str:
    """Ask for a paper: its number, its code, or its file."""
    return _paper_page()


def _paper_page(**told: object) -> str:
    what = str(told.get("what") or "")
    known: dict[str, object] = {"problems": (), "found": None, "what": "", **told}
    command = the_desk().command("verify", what or "文件、文号、编号或核验码")
    return render_template("verify.html", kind=PAPER, command=command, **known)


@pages.post("/lists/verify")
@takes_files
def verify() -> ResponseReturnValue:
    """Say what a number, a code or a file is."""
    desk, what = the_desk(), request.form.get("what", "").strip()
    came: Sequence[Upload] = ()
    try:
        office = desk.office()
        book = book_of(office.root, office.workspace)
        came = came_in(PAPER)
        found = of_file(book, came[-1].path) if came else of_text(book, what) if what else ()
    except UserError as error:
        return _paper_page(what=what, problems=error.problems), REFUSED
    finally:
        desk.waiting.drop(came)
    name = came[-1].name if came else ""
    title = partial(title_of, library=office.library)
    told = [_told(one, "" if came else what, title) for one in found]
    return _paper_page(what=name or what, found=told)


def _told(one: Likeness, typed: str, title: partial[str]) -> LookedUp:
    lines = tuple(differences_of(one))
    return LookedUp(one.sound, verdict_of(one, title), lines, advice_on(one, typed))


@pages.get("/lists/check")
def ask_for_list() -> str:
    """Ask for a list that somebody filled in or corrected."""
    return _list_page()


def _list_page(**told: object) -> str:
    known: dict[str, object] = {"problems": (), "found": None, "name": "", "more": 0, **told}
    command = the_desk().command("register", "check", str(known["name"] or "台账.xlsx"))
    return render_template("list_check.html", kind=TABLE, command=command, **known)


@pages.post("/lists/check")
@takes_files
def compare() -> ResponseReturnValue:
    """Lay a list beside the cases; nothing is written."""
    desk = the_desk()
    came: Sequence[Upload] = ()
    try:
        came = brought(TABLE)
        last = came[-1]
        found = compared_list(desk.office(), last.path, desk.today(), name=last.name)
    except UserError as error:
        return _list_page(problems=error.problems), REFUSED
    finally:
        desk.waiting.drop(came)
    problems = (*found.problems, *found.gathered.problems)
    more = max(len(problems) - _AT_ONCE, 0)
    return _list_page(found=found, name=last.name, problems=problems[:_AT_ONCE], more=more)

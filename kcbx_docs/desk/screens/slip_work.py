"""回执: scans that are dropped and what was seen on them; reminders that are printed."""

import secrets
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from itertools import islice
from typing import TypeVar

from flask import Blueprint, abort, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue

from kcbx_docs.case.files import is_batch
from kcbx_docs.case.users import OF_SCHOOL
from kcbx_docs.desk.blanks import REFUSED, asked_number, small_number
from kcbx_docs.desk.here import brought, the_desk
from kcbx_docs.desk.jobs import LongWork
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.rosters import wish_of
from kcbx_docs.desk.screens.slips import day_of, front
from kcbx_docs.desk.slip_lists import kinds_of
from kcbx_docs.desk.slip_work import (
    RemindersMade,
    RemindWish,
    ScansRead,
    ScanWish,
    remind_slips,
    scan_slips,
)
from kcbx_docs.desk.uploads import SCAN, takes_files
from kcbx_docs.light import dataclass, regex
from kcbx_docs.office.files import number_in, of_kinds
from kcbx_docs.problems import Place, Problem, UserError, stop
from kcbx_docs.scans.pictures import pages_of
from kcbx_docs.slips.missing import title_of

T = TypeVar("T")

pages = Blueprint("slip_work", __name__)
_SHOWN = 20
"""Pictures, and booked slips, on one page."""
_WIDEST = 900
"""Pixels of a picture that is shown."""
_MOST_EACH = 40
_PAGE = regex(r"第(\d+)页")


@dataclass(frozen=True)
class ToLookAt:
    """Something that a person must look at, and which page of which file shows it."""

    found: Problem
    file: int
    """Counted from 0; -1 where it is of none."""
    page: int


@pages.post("/slips/scan")
@open_to(OF_SCHOOL)
@takes_files
def take() -> ResponseReturnValue:
    """Take scans in, and begin to read them."""
    desk, form = the_desk(), request.form
    try:
        came = brought(SCAN)
        wish = ScanWish(
            form.get("batch", ""),
            day_of(form.get("day", ""), desk.today()),
            "uncut" in form,
            "signed" in form,
            max(1, min(small_number(form.get("each", ""), 1), _MOST_EACH)),
            desk.school,
        )
        screen = f"/slips/scanned/{secrets.token_hex(8)}"
        about = LongWork(f"读 {len(came)} 个影像文件", desk.command(*wish.words), screen)
        job = desk.jobs.begin(about, partial(scan_slips, desk.home, came, wish))
    except UserError as error:
        return front(problems=error.problems), REFUSED
    return redirect(f"/jobs/{job.call}", 303)


def _read(call: str) -> ScansRead | None:
    return _came_of(f"/slips/scanned/{call}", ScansRead)


def _came_of(screen: str, kind: type[T]) -> T | None:
    job = the_desk().jobs.last_of(screen)
    return job.result if job and isinstance(job.result, kind) else None


@pages.get("/slips/scanned/<call>")
@open_to(OF_SCHOOL)
def scanned(call: str) -> ResponseReturnValue:
    """Show what was booked, and what a person must look at, with its picture."""
    desk, read = the_desk(), _read(call)
    if read is None:
        return redirect("/slips", 303)
    told, library = [*_to_look_at(read)], desk.office().library
    last = max(1, -(-max(len(told), len(read.done.booked)) // _SHOWN))
    number = asked_number("page", 1)
    if not 1 <= number <= last:
        abort(404)
    part = slice((number - 1) * _SHOWN, number * _SHOWN)
    return render_template(
        "scanned.html",
        call=call,
        read=read,
        told=told[part],
        count=len(told),
        booked=[(one, title_of(one.part.document, library)) for one in read.done.booked[part]],
        number=number,
        last=last,
        command=desk.command(*read.wish.words),
    )


def _to_look_at(read: ScansRead) -> Iterator[ToLookAt]:
    places = {str(one.path): number for number, one in enumerate(read.uploads)}
    for found in read.done.problems:
        file = places.get(found.place.file, -1)
        page = _PAGE.search(found.place.path)
        named = read.uploads[file].named(found) if file >= 0 else found
        yield ToLookAt(named, file, int(page[1]) if page else 1)


@pages.get("/slips/scanned/<call>/picture")
@open_to(OF_SCHOOL)
def picture(call: str) -> ResponseReturnValue:
    """Show a page of a scan, as small as a screen needs it."""
    read = _read(call) or abort(404)
    file, page = asked_number("file", 0), asked_number("page", 1)
    if not (0 <= file < len(read.uploads) and page > 0):
        abort(404)
    desk = the_desk()
    (upload,) = desk.waiting.kept((read.uploads[file].token,), desk.login)
    out = BytesIO()
    seen = pages_of(upload.path.read_bytes(), Place(upload.name))
    _, shown = next(islice(seen, page - 1, None), (0, None))
    if shown is None:
        abort(404)
    shown.thumbnail((_WIDEST, _WIDEST))
    shown.save(out, "JPEG")
    out.seek(0)
    return send_file(out, mimetype="image/jpeg")


@pages.post("/slips/remind")
@open_to(OF_SCHOOL)
def remind() -> ResponseReturnValue:
    """Print reminders for a class or all, of which there is a batch file."""
    desk, form = the_desk(), request.form
    kind = next((k for k in kinds_of(desk) if k.batch == form.get("batch", "")), None)
    if kind is None:
        abort(404)
    try:
        files = [one for one in of_kinds(desk.cases, ("批次",)) if is_batch(one)]
        known = {one.number: one.path for one in map(number_in, files) if one}
        if kind.batch not in known:
            raise stop("SLIP046", Place(), batch=kind.batch)
        path, label = known[kind.batch], form.get("label", "")
        formats = wish_of(form).formats
        wish = RemindWish(label, form.get("document", ""), desk.today(), formats, desk.school)
        screen = f"/slips/reminders/{secrets.token_hex(8)}"
        about = LongWork("印回执提醒", desk.command("slips", "remind", path, *wish.words), screen)
        job = desk.jobs.begin(about, partial(remind_slips, path, wish))
    except UserError as error:
        return front(problems=error.problems), REFUSED
    return redirect(f"/jobs/{job.call}", 303)


def _made(call: str) -> RemindersMade | None:
    return _came_of(f"/slips/reminders/{call}", RemindersMade)


@pages.get("/slips/reminders/<call>")
@open_to(OF_SCHOOL)
def reminders(call: str) -> ResponseReturnValue:
    """Show the reminders that were printed."""
    desk, made = the_desk(), _made(call)
    if made is None:
        return redirect("/slips", 303)
    folder = desk.below(made.files[0].parent) if made.files else ""
    return render_template("reminders.html", call=call, made=made, folder=folder)


@pages.get("/slips/reminders/<call>/<int:number>")
@open_to(OF_SCHOOL)
def reminder(call: str, number: int) -> ResponseReturnValue:
    """Hand out a file of reminders that was listed."""
    made = _made(call) or abort(404)
    if number >= len(made.files) or not made.files[number].is_file():
        abort(404)
    path = made.files[number]
    kind = "application/pdf" if path.suffix == ".pdf" else "application/octet-stream"
    return send_file(
        path, mimetype=kind, as_attachment=path.suffix != ".pdf", download_name=path.name
    )

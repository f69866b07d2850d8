"""回执: what came back by class, ticked by hand, and who is to be asked for the rest."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from itertools import chain

from flask import Blueprint, Response, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from kcbx_docs.case.users import OF_SCHOOL
from kcbx_docs.desk.blanks import REFUSED, asked_number
from kcbx_docs.desk.here import came_in, the_desk
from kcbx_docs.desk.pictures.slip_bars import LOOKS, WIDTH
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.screens.lists import as_workbook
from kcbx_docs.desk.sheets import shown_table
from kcbx_docs.desk.slip_lists import SlipGroup, due_of, kinds_of, returns_of, the_book
from kcbx_docs.desk.uploads import SCAN, TABLE, Upload, takes_files
from kcbx_docs.ledger.who import at_this_machine
from kcbx_docs.office.returns import DEFECTS, Returnable, Returns
from kcbx_docs.office.spreadsheet import TextTable
from kcbx_docs.problems import Place, Problem, UserError, stop
from kcbx_docs.scans.pictures import pages_of
from kcbx_docs.slips.chosen import LookedForIn, chosen_lines, said_of
from kcbx_docs.slips.missing import HEADS, missing_line, missing_tables, title_of, wanted_of
from kcbx_docs.slips.record import Noted, Said, SlipAct, record

pages = Blueprint("slips", __name__)
_ROWS = 80
"""Classes, and slips of a class, on one page."""
WIDEST = 1200
"""Pixels of a picture that is opened alone."""
_HOW = {
    "good": "收回了，看过，签好了",
    **{one: f"收回了，有缺陷：{one}" for one in DEFECTS},
    "missing": "更正：其实没有收回",
    "day": "更正：收回的日期写错了，改成下面的日期",
}


@pages.get("/slips")
@open_to(OF_SCHOOL)
def show() -> str:
    """Show what came back, and take scans."""
    return front()


def front(**told: object) -> str:
    """Show the first page of 回执."""
    desk, kinds = the_desk(), kinds_of(the_desk())
    number = asked_number("of", 0)
    if kinds and not 0 <= number < len(kinds):
        abort(404)
    page = asked_number("page", 1)
    lines = kinds[number].lines if kinds else ()
    last = max(1, -(-len(lines) // _ROWS))
    if not 1 <= page <= last:
        abort(404)
    known: dict[str, object] = {"problems": (), **told}
    return render_template(
        "slips.html",
        kinds=kinds,
        number=number,
        lines=lines[(page - 1) * _ROWS : page * _ROWS],
        page=page,
        last=last,
        looks=LOOKS,
        width=WIDTH,
        scans=SCAN,
        batches=[*dict.fromkeys(one.batch for one in kinds)],
        command=desk.command("slips", "status"),
        **known,
    )


@pages.get("/slips/class")
@open_to(OF_SCHOOL)
def of_class() -> str:
    """Show the slips of a class, to be ticked."""
    return _class_page()


def _class_page(**told: object) -> str:
    desk = the_desk()
    group = _group()
    whole, library = due_of(desk, group), desk.office().library
    of = request.values.get("of", "")
    parts = [part for part in whole if of in ("", part.document)]
    if not parts:
        abort(404)
    last = -(-len(parts) // _ROWS)
    number = asked_number("page", 1)
    if not 1 <= number <= last:
        abort(404)
    known: dict[str, object] = {"problems": (), "noted": None, **told}
    return render_template(
        "slip_class.html",
        group=group,
        rows=[
            (part, title_of(part.document, library))
            for part in parts[(number - 1) * _ROWS : number * _ROWS]
        ],
        typed=request.form if known["problems"] else {},
        ticked=request.form.getlist("part"),
        every="every" in request.args,
        number=number,
        last=last,
        of=of,
        documents=_documents(whole),
        kind=TABLE,
        ways=[*_HOW.items()],
        command=_command(group.batch, group.label or "", parts),
        **known,
    )


def _command(batch: str, label: str, parts: Sequence[Returnable]) -> str:
    """Write what records the slips that are ticked; several commands where one would record
    more.
    """
    form = request.form
    how, reason = form.get("how", "good"), form.get("reason", "").strip()
    more: tuple[str, ...] = (
        ("--defect", how) if how in DEFECTS else ("--missing",) if how == "missing" else ()
    )
    more += ("--redate",) if how == "day" else ()
    day = form.get("day", "")
    more += ("--as-of", day) if day not in ("", the_desk().today().isoformat()) else ()
    more += ("--reason", reason) if reason else ()
    kinds: dict[tuple[str, ...], list[str]] = {}
    ticked = [part for part in parts if mark_of(part) in form.getlist("part")]
    for document in dict.fromkeys(part.document for part in ticked):
        serials = tuple(part.slip.serial for part in ticked if part.document == document)
        kinds.setdefault(serials, []).extend(("--doc", document))
    within = ("--class", label, "--batch", batch)
    said = [("slips", "record", *serials, *within, *docs, *more) for serials, docs in kinds.items()]
    said = said or [("slips", "record", "编号", *within, *more)]
    return "；".join(the_desk().command(*words) for words in said)


def _group(*, one: bool = True) -> SlipGroup:
    """Return of whom slips are asked for: ``one`` class, or all of them."""
    told = request.values
    label = told.get("label", "" if one else None)
    return SlipGroup(told.get("batch", ""), told.get("school", ""), label)


@pages.post("/slips/class")
@open_to(OF_SCHOOL)
@takes_files
def tick() -> ResponseReturnValue:
    """Record what was ticked, typed or filled in: that it came back, or that it did not."""
    try:
        return _class_page(noted=_recorded())
    except UserError as error:
        return _class_page(problems=error.problems), REFUSED


def _recorded() -> Noted:
    desk, form = the_desk(), request.form
    how = form.get("how", "good")
    if how not in _HOW:
        abort(400)
    day = day_of(form.get("day", ""), desk.today())
    said, told, source = _said(how)
    reason = form.get("reason", "").strip()
    act = SlipAct(at_this_machine(), day, source, reason, redated=how == "day")
    done = record(the_book(desk), said, act)
    done.problems += told
    return done


def _said(how: str) -> tuple[Sequence[Said], Sequence[Problem], str]:
    """Return what is said of which slips, what is to be told besides, and where it comes from."""
    desk, form = the_desk(), request.form
    group, returned = _group(), how != "missing"
    defect = how if how in DEFECTS else ""
    words, sheets = form.get("numbers", "").split(), came_in(TABLE)
    if not words and not sheets:
        ticked = form.getlist("part")
        chosen = [part for part in due_of(desk, group) if mark_of(part) in ticked]
        if not chosen:
            raise stop("SLIP029")
        said = [Said(p.slip.serial, p.document, p.slip.school, defect, returned) for p in chosen]
        return said, (), "登记"
    docs = tuple(filter(None, form.getlist("document")))
    within, office = LookedForIn(group.batch, group.label or "", docs), desk.office()
    sheet = sheets[-1].path if sheets else None
    try:
        lines, told = chosen_lines(words, sheet, returns_of(desk), within, lambda: office.library)
    except UserError as error:
        raise UserError(_as_named(sheets, error.problems)) from error
    said = said_of(lines, docs, lambda: office.library, defect, returned=returned)
    desk.waiting.drop(sheets)
    return said, _as_named(sheets, told), "登记表" if sheets else "登记"


def _as_named(sheets: Sequence[Upload], found: Sequence[Problem]) -> Sequence[Problem]:
    return [sheets[-1].named(one) for one in found] if sheets else found


def _documents(parts: Sequence[Returnable]) -> Sequence[tuple[str, str]]:
    """Name the papers of which something comes back."""
    library, names = the_desk().office().library, dict.fromkeys(part.document for part in parts)
    return [(one, title_of(one, library)) for one in names]


@pages.app_template_filter("mark")
def mark_of(part: Returnable) -> str:
    """Tell a slip of a class from the others in a form."""
    return f"{part.slip.serial}|{part.document}"


def day_of(text: str, today: date) -> date:
    """Read the day on which slips came back; it is none that is yet to come."""
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        return abort(400)
    if day > today:
        raise stop("SLIP035", day=day)
    return day


@pages.get("/slips/proof/<sha256>")
@open_to(OF_SCHOOL)
def proof(sha256: str) -> ResponseReturnValue:
    """Open a picture that slips of a class were booked from."""
    desk = the_desk()
    parts = due_of(desk, _group())
    known = set(chain.from_iterable(one.came.proofs for one in parts if one.came))
    if (name := f"sha256:{sha256}") not in known or _shows_others(name):
        abort(404)
    data = the_book(desk).bytes_of(name)
    if data.startswith(b"%PDF-"):
        return send_file(BytesIO(data), mimetype="application/pdf", download_name="回执.pdf")
    out = BytesIO()
    _, picture = next(pages_of(data, Place("回执")))
    picture.thumbnail((WIDEST, WIDEST))
    picture.save(out, "JPEG")
    out.seek(0)
    return send_file(out, mimetype="image/jpeg")


def _shows_others(name: str) -> bool:
    """Tell whether a picture shows slips of a school that the one who asks is not of."""
    desk = the_desk()
    came = Returns.of(the_book(desk)).came if desk.school else {}
    return any(name in one.proofs for key, one in came.items() if key[0] != desk.school)


@pages.get("/slips/missing")
@open_to(OF_SCHOOL)
def missing() -> ResponseReturnValue:
    """List who is to be asked: to print for the class teacher, or all classes page by page."""
    desk = the_desk()
    group = _group(one=False)
    parts = wanted_of(due_of(desk, group))
    library = desk.office().library
    rows = tuple((part.slip.class_name, *missing_line(part, library)) for part in parts)
    title = f"{group.label or '各班'}没有收回的"
    table = TextTable(title, ("班级", *HEADS), rows)
    page, on_paper = asked_number("page", 1), "print" in request.args
    shown = shown_table(table, page, {}, on_paper=on_paper) or abort(404)
    of_class = ("--class", group.label) if group.label else ()
    words = ["slips", "missing", "--batch", group.batch, *of_class]
    pupils = len({part.slip.serial for part in parts})
    return render_template(
        "slip_missing.html",
        group=group,
        shown=shown,
        pupils=pupils,
        command=desk.command(*words),
    )


@pages.get("/slips/missing/workbook")
@open_to(OF_SCHOOL)
def workbook() -> Response:
    """Hand out who is to be asked as a workbook, a sheet for each class."""
    desk = the_desk()
    parts = wanted_of(due_of(desk, _group(one=False)))
    tables: Sequence[TextTable] = missing_tables(parts, desk.office().library)
    return as_workbook(tables, "催收名单.xlsx") if tables else abort(404)

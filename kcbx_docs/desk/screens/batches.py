"""One batch of 发告知书: its files by class, and what may be printed of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue

from kcbx_docs.batch.render import whose_batch
from kcbx_docs.batch.ticking import TITLE
from kcbx_docs.case.files import LoadedBatch
from kcbx_docs.case.roster import account_of, read_roster, told_in_short
from kcbx_docs.case.roster_reading import RosterPupil, RosterReading, missing_from
from kcbx_docs.case.users import OF_SCHOOL, OF_TOWN
from kcbx_docs.desk.blanks import REFUSED, SEEN, asked_number
from kcbx_docs.desk.here import brought, form_sent, once, refuse_doubled, seen, the_desk, the_file
from kcbx_docs.desk.jobs import LongJob
from kcbx_docs.desk.printing import SCREEN, PrintWish, Undo, about_printing
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.rosters import HERE, wish_of
from kcbx_docs.desk.turns import new_form
from kcbx_docs.desk.uploads import TABLE, Upload, takes_files
from kcbx_docs.filing.batch_files import put_back, replace_roster
from kcbx_docs.filing.manifest import Listed, manifest_of
from kcbx_docs.filing.stage import Stage
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problems, UserError, raise_errors, stop

pages = Blueprint("batches", __name__)
_CLASSES = 40
"""Classes on one page."""
_KINDS = {".pdf": "application/pdf"}


@dataclass(frozen=True)
class ClassFile:
    """A file of a batch as its page lists it."""

    link: str
    name: str
    kind: str


@pages.get("/notices/<call>")
@open_to(OF_SCHOOL, OF_TOWN)
def show(call: str) -> str:
    """Show the files of a batch by class, and what may be printed."""
    return _page(call)


def _page(call: str, problems: Problems = (), **told: object) -> str:
    desk, loaded = the_desk(), the_batch(call)
    files = [*_files(loaded)]
    groups = _by_class(files, _lists(loaded))
    number, last = asked_number("page", 1), max(1, -(-len(groups) // _CLASSES))
    if not 1 <= number <= last:
        abort(404)
    shown = [*groups.items()][(number - 1) * _CLASSES : number * _CLASSES]
    ended = _last_job(loaded)
    return render_template(
        "batch.html",
        call=call,
        batch=loaded.batch,
        groups=shown,
        labels=_labels(files),
        number=number,
        last=last,
        waiting=Stage(_output(loaded), _output(loaded) / loaded.batch.id).waiting,
        kind=TABLE,
        told=ended.result.problems if ended and ended.result else (),
        problems=problems,
        form=new_form(),
        command=desk.command("render", loaded.path),
        **told,
    )


def the_batch(call: str) -> LoadedBatch:
    """Read the batch that an address names; raise with what is wrong with its file."""
    path, desk = the_file(call), the_desk()
    refuse_doubled(path)
    loaded, found = desk.office(path).read(path, desk.today())
    if not isinstance(loaded, LoadedBatch):
        raise_errors(found)
        raise stop("SLIP037", Place(str(path)))
    return loaded


def _last_job(loaded: LoadedBatch) -> LongJob | None:
    """Find what was last done for a batch."""
    desk = the_desk()
    return desk.jobs.last_of(SCREEN, desk.below(loaded.path))


def _output(loaded: LoadedBatch) -> Path:
    return the_desk().office(loaded.path).output


def _files(loaded: LoadedBatch) -> Iterator[tuple[Path, Listed]]:
    """Yield the files that a run has put into the folder of a batch."""
    folder = _output(loaded) / loaded.batch.id
    known = manifest_of(folder, whose_batch(loaded.batch.id)).files
    for name, one in sorted(known.items()):
        path = folder / name
        if path.is_file() and not path.is_symlink():
            yield path, one


def _lists(loaded: LoadedBatch) -> Sequence[Path]:
    """List what runs on trial wrote, to be ticked."""
    return sorted((_output(loaded) / loaded.batch.id).glob(f"{TITLE}*.xlsx"))


def _by_class(
    files: Sequence[tuple[Path, Listed]], lists: Sequence[Path]
) -> Mapping[str, list[ClassFile]]:
    """Group files by the class that they are of; what is for nobody's class comes first."""
    desk = the_desk()
    own = [ClassFile(desk.called(path), path.name, path.suffix[1:].upper()) for path in lists]
    groups: dict[str, list[ClassFile]] = {"": own}
    for path, one in files:
        file = ClassFile(desk.called(path), path.name, path.suffix[1:].upper())
        groups.setdefault(_class_of(one), []).append(file)
    return {label: some for label, some in groups.items() if some}


def _class_of(one: Listed) -> str:
    papers = one.entry.get("papers") or ()
    return str(papers[0].get("class") or "没有班级") if papers else ""


def _labels(files: Sequence[tuple[Path, Listed]]) -> Sequence[str]:
    """Name the classes of which anything was printed."""
    return [*filter(None, dict.fromkeys(_class_of(one) for _, one in files))]


@pages.get("/notices/<call>/files/<file>")
@open_to(OF_SCHOOL, OF_TOWN)
def hand_out(call: str, file: str) -> ResponseReturnValue:
    """Hand out a file that was listed, never one by its path."""
    desk = the_desk()
    loaded = the_batch(call)
    paths = (*(path for path, _ in _files(loaded)), *_lists(loaded))
    known = {desk.called(path): path for path in paths}
    path = known.get(file) or abort(404)
    kind = _KINDS.get(path.suffix, "application/octet-stream")
    return send_file(
        path, mimetype=kind, as_attachment=path.suffix != ".pdf", download_name=path.name
    )


@pages.post("/notices/<call>/print")
@open_to(OF_SCHOOL, OF_TOWN)
def begin(call: str) -> ResponseReturnValue:
    """Print all, go on with what was broken off, or print those who are new."""
    how = request.form.get("how", "")
    try:
        wish = wish_of(request.form, fresh=how == "new", resumed=how == "resume", dry=how == "dry")
        return once(form_sent(), partial(_begun, call, wish))
    except UserError as error:
        return _page(call, error.problems), REFUSED


@pages.post("/notices/<call>/again")
@open_to(OF_SCHOOL, OF_TOWN)
def again(call: str) -> ResponseReturnValue:
    """Print a class or a pupil once more: first say what that means, then do it."""
    form = request.form
    typed = form.get("who", "").strip()
    whom = tuple(filter(None, (form.get("label", ""), *typed.replace("，", "、").split("、"))))
    reason = form.get("reason", "").strip()
    try:
        if not whom:
            raise stop("DESK083", Place())
        wish = wish_of(form, only=whom, again=bool(reason), reason=reason)
        if reason and not ("sure" in form and form_sent()):  # of no page that asked
            return _sure(call, wish)
        return once(form_sent(), partial(_begun, call, wish))
    except UserError as error:
        return _page(call, error.problems), REFUSED


def _sure(call: str, wish: PrintWish) -> str:
    loaded = the_batch(call)
    command = the_desk().command("render", loaded.path, *wish.words)
    return render_template(
        "again.html", call=call, batch=loaded.batch, wish=wish, command=command, form=new_form()
    )


@pages.post("/notices/<call>/list")
@takes_files
def by_list(call: str) -> ResponseReturnValue:
    """Print those who are ticked on a list that a run on trial wrote."""
    try:
        return once(form_sent(), partial(_by_list, call))
    except UserError as error:
        return _page(call, error.problems), REFUSED


def _by_list(call: str) -> ResponseReturnValue:
    wish = wish_of(request.form)
    return _begun(call, replace(wish, listed=brought(TABLE)[-1]))


@pages.post("/notices/<call>/roster")
@takes_files
@open_to(OF_SCHOOL, OF_TOWN)
def another(call: str) -> ResponseReturnValue:
    """Show what another roster would change; once that was seen, put it in the place of the one
    before, and print those who are new.
    """
    try:
        return once(form_sent(), partial(_another, call))
    except UserError as error:
        return _page(call, error.problems), REFUSED


def _another(call: str) -> ResponseReturnValue:
    came = brought(TABLE)
    with the_desk().jobs.place():
        return _replaced(call, came)


def _replaced(call: str, came: Sequence[Upload]) -> ResponseReturnValue:
    desk, loaded, then = the_desk(), the_batch(call), request.form.get("then", "")
    reading = _readable(loaded, came[-1])
    if then not in ("print", "alone") or _state(loaded) != request.form.get(SEEN):
        return _compared(call, came[-1], reading)
    office = desk.office(loaded.path)
    back = replace_roster(office, loaded, came[-1].path)
    desk.waiting.drop(came)
    if then == "alone":
        return redirect(f"/notices/{call}", 303)
    undo = partial(put_back, office.root, back) if back else None
    return _begun(call, wish_of(request.form, fresh=True), undo)


def _compared(call: str, came: Upload, new: RosterReading) -> str:
    """Show what was read of a roster beside the one that lies there."""
    desk, loaded = the_desk(), the_batch(call)
    lying = loaded.roster_path
    old: Sequence[RosterPupil] = ()
    if lying.is_file():
        old = read_roster(lying, loaded.batch.roster, desk.today(), lying.name).pupils
    return render_template(
        "roster_another.html",
        call=call,
        batch=loaded.batch,
        came=came,
        reading=new,
        account=[*account_of(new)],
        short=told_in_short(new.problems, "名册检查"),
        gone=missing_from(old, new.pupils),
        fresh=missing_from(new.pupils, old),
        before=len(old),
        formats=request.form.getlist("format"),
        seen=_state(loaded),
        form=new_form(),
        command=desk.command("roster", "check", f"{HERE}/{came.name}"),
    )


def _state(loaded: LoadedBatch) -> str:
    """Tell the roster that lies there from every other one."""
    return seen(loaded.roster_path) if loaded.roster_path.is_file() else ""


def _readable(loaded: LoadedBatch, roster: Upload) -> RosterReading:
    """Read a roster; raise where nothing can be read from it: the one that lies there stays."""
    reading = read_roster(roster.path, loaded.batch.roster, the_desk().today(), roster.name)
    raise_errors(reading.problems)
    return reading


def _begun(call: str, wish: PrintWish, undo: Undo | None = None) -> ResponseReturnValue:
    desk, loaded = the_desk(), the_batch(call)
    command = desk.command("render", loaded.path, *wish.words)
    about = about_printing(loaded.batch.id, desk.below(loaded.path), command)
    job = desk.jobs.begin(about, wish.work(loaded.path, desk.today(), undo))
    return redirect(f"/jobs/{job.call}", 303)

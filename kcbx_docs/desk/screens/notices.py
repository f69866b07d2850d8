"""发告知书: a roster is dropped, looked at, and printed for; from then on it is a batch."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO

from flask import Blueprint, Response, abort, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue

from kcbx_docs.case.files import is_batch
from kcbx_docs.case.roster import account_of, told_in_short
from kcbx_docs.case.roster_annotated import annotated
from kcbx_docs.case.roster_reading import CHECKED, RosterReading, by_class
from kcbx_docs.case.users import OF_SCHOOL, OF_TOWN
from kcbx_docs.desk.blanks import REFUSED, asked_number
from kcbx_docs.desk.here import brought, once, the_desk
from kcbx_docs.desk.previews import page_picture
from kcbx_docs.desk.printing import about_printing
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.rosters import HERE, RosterInHand
from kcbx_docs.desk.uploads import TABLE, takes_files
from kcbx_docs.filing.batch_files import save_batch
from kcbx_docs.filing.manifest import NONE, read_manifest
from kcbx_docs.light import dataclass
from kcbx_docs.office.files import number_in, of_kinds
from kcbx_docs.problems import UserError, errors

pages = Blueprint("notices", __name__)
PAGE = 40
"""Problems, pupils or classes on one page."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class BatchLine:
    """A batch of the workspace, and how many print files lie in its folder."""

    call: str
    name: str
    files: int


@dataclass(frozen=True)
class ClassCount:
    """How many pupils of a class may be printed, and how many are held back."""

    label: str
    printed: int
    held: int


@pages.get("/notices")
@open_to(OF_SCHOOL, OF_TOWN)
def show() -> str:
    """Take a roster, and list the batches that there are."""
    return _front()


def _front(**told: object) -> str:
    known: dict[str, object] = {"problems": (), **told}
    command = the_desk().command("roster", "check", f"{HERE}/名册.xlsx")
    return render_template(
        "notices.html", batches=[*_batches()], kind=TABLE, command=command, **known
    )


def _batches() -> Iterator[BatchLine]:
    desk = the_desk()
    output = desk.office().output
    for path in of_kinds(desk.cases, ("批次",)):
        known = number_in(path) if is_batch(path) else None
        if known:
            files = (read_manifest(output / known.number) or NONE).files
            yield BatchLine(desk.called(path), known.number, len(files))


@pages.post("/notices")
@takes_files
@open_to(OF_SCHOOL, OF_TOWN)
def take() -> ResponseReturnValue:
    """Take a roster in."""
    try:
        came = brought(TABLE)
    except UserError as error:
        return _front(problems=error.problems), REFUSED
    return redirect(f"/notices/read/{came[-1].token}", 303)


def _in_hand(token: str) -> RosterInHand:
    desk = the_desk()
    (upload,) = desk.waiting.kept((token,), desk.login)
    return RosterInHand(desk, upload, request.values)


@pages.get("/notices/read/<token>")
@open_to(OF_SCHOOL, OF_TOWN)
def look(token: str) -> str:
    """Show what was read, and ask what is to be printed."""
    return _read(_in_hand(token))


def _read(hand: RosterInHand, **told: object) -> str:
    desk, reading = hand.desk, hand.reading
    bad = errors(reading.problems)
    known: dict[str, object] = {"problems": (), **told}
    return render_template(
        "roster.html",
        hand=hand,
        reading=reading,
        bad=bad,
        account=[*account_of(reading)] if not bad else (),
        classes=[*_classes(reading)],
        short=told_in_short(reading.problems, "下面的「全部有疑问的格」"),
        documents=hand.documents(desk.office()),
        chosen=hand.choices,
        schools=hand.schools(desk.office()),
        command=desk.command("roster", "check", f"{HERE}/{hand.upload.name}"),
        **known,
    )


def _classes(reading: RosterReading) -> Iterator[ClassCount]:
    for label, pupils in by_class(reading.pupils):
        held = sum(bool(one.held) for one in pupils)
        yield ClassCount(label or "没有班级", len(pupils) - held, held)


@pages.get("/notices/read/<token>/doubts")
@open_to(OF_SCHOOL, OF_TOWN)
def doubts(token: str) -> str:
    """List every doubtful cell with what to do, some at a time."""
    hand, number = _in_hand(token), asked_number("page", 1)
    found = [*hand.reading.problems]
    last = max(1, -(-len(found) // PAGE))
    if not 1 <= number <= last:
        abort(404)
    shown = found[(number - 1) * PAGE : number * PAGE]
    command = hand.desk.command("roster", "check", f"{HERE}/{hand.upload.name}", "--out", CHECKED)
    return render_template(
        "doubts.html",
        hand=hand,
        shown=shown,
        count=len(found),
        number=number,
        last=last,
        command=command,
    )


@pages.get("/notices/read/<token>/marked")
@open_to(OF_SCHOOL, OF_TOWN)
def marked(token: str) -> ResponseReturnValue:
    """Hand out the roster with everything doubtful marked on it."""
    data = BytesIO(annotated(_in_hand(token).reading))
    return send_file(data, mimetype=WORKBOOK, as_attachment=True, download_name=CHECKED)


@pages.get("/notices/read/<token>/sample")
@open_to(OF_SCHOOL, OF_TOWN)
def sample(token: str) -> ResponseReturnValue:
    """Show the papers of the first pupil as pages."""
    hand = _in_hand(token)
    try:
        made = hand.sample()
    except UserError as error:
        return _read(hand, problems=error.problems), REFUSED
    return render_template(
        "sample.html",
        hand=hand,
        preview=made,
        numbers=range(made.count),
        fields=[*request.args.items(multi=True)],
        query=request.query_string.decode(),
    )


@pages.get("/notices/read/<token>/page")
@open_to(OF_SCHOOL, OF_TOWN)
def picture(token: str) -> ResponseReturnValue:
    """Show one page of the first pupil's papers."""
    made, number = _in_hand(token).sample(), asked_number("page", 0)
    if not 0 <= number < made.count:
        abort(404)
    return Response(page_picture(made.pdf, number), mimetype="image/png")


@pages.post("/notices/read/<token>")
@open_to(OF_SCHOOL, OF_TOWN)
def begin(token: str) -> ResponseReturnValue:
    """Put the batch into the workspace, and begin to print it: a roster is used once."""
    return once(token, partial(_begun, token))


def _begun(token: str) -> ResponseReturnValue:
    hand = _in_hand(token)
    desk = hand.desk
    try:
        with desk.jobs.place():
            loaded, wish = hand.batch(), hand.wish
            path, _ = save_batch(desk.office(), hand.choices, hand.upload.path)
            command = desk.command("render", path, *wish.words)
            about = about_printing(loaded.batch.id, desk.below(path), command)
            job = desk.jobs.begin(about, wish.work(path, desk.today()))
    except UserError as error:
        found = tuple(map(hand.upload.named, error.problems))
        return _read(hand, problems=found), REFUSED
    desk.waiting.drop((hand.upload,))
    return redirect(f"/jobs/{job.call}", 303)

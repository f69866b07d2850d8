"""出文书: look at a draft as pages, put the papers into output, issue one in two steps."""

import hashlib
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.users import OF_SCHOOL, OF_TOWN
from kcbx_docs.desk.blanks import CONFLICT, REFUSED, SEEN, asked_number, small_number
from kcbx_docs.desk.here import may_make, seen, the_case, the_desk, the_file
from kcbx_docs.desk.previews import Preview, page_picture, preview_of
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.screens.issued import issued_here
from kcbx_docs.filing.issued import file_issued
from kcbx_docs.filing.manifest import manifest_of
from kcbx_docs.filing.render import render_file
from kcbx_docs.issuing.clerk import Clerk
from kcbx_docs.issuing.issue import Issued, issue
from kcbx_docs.issuing.proposed import Proposed, proposed, waived
from kcbx_docs.issuing.to_issue import ToIssue
from kcbx_docs.light import dataclass
from kcbx_docs.office.outlook import outlooks
from kcbx_docs.office.reason import unknown_signatory
from kcbx_docs.office.recorded_papers import RecordedPaper, recorded_papers
from kcbx_docs.papers.files import Wanted
from kcbx_docs.papers.render import whose_case
from kcbx_docs.problems import Problems, UserError

pages = Blueprint("papers", __name__)
_AND = "|"
_KINDS = {".pdf": "application/pdf", ".docx": "application/octet-stream"}


@dataclass(frozen=True)
class MayBeMade:
    """A paper that may be made now: which, for whom, and what it takes."""

    step: str
    document: str
    title: str
    guardian: str
    place: int
    """Which guardian of the case; a name stands in no address."""
    how: str
    event: str = ""
    """What is written down first, where something is."""


@pages.get("/cases/<call>/papers")
@open_to(OF_SCHOOL, OF_TOWN)
def show(call: str) -> str:
    """List what may be made, and what lies in output."""
    return _page(call)


def _page(call: str, **told: object) -> str:
    desk, path = the_desk(), the_file(call)
    loaded = the_case(path)
    known: dict[str, object] = {"problems": (), "command": desk.command("render", path), **told}
    return render_template(
        "papers.html",
        call=call,
        number=loaded.case.id,
        papers=[one for one in _made_now(path) if may_make(path, one.document)],
        recorded=[one for one in _recorded(path, loaded) if may_make(path, one.document)],
        files=[(desk.called(one), one.name) for one in _files(loaded)],
        issued=() if desk.school else issued_here(Clerk(desk.office(path), loaded, desk.today())),
        **known,
    )


def _made_now(path: Path) -> Iterator[MayBeMade]:
    desk = the_desk()
    day = desk.today()
    for case in outlooks([path], day, day, judged=True).cases:
        for place, person in enumerate(case.told["guardians"]):
            for option in person["allowed"]:
                yield from _ways(option, person["name"], place)


def _recorded(path: Path, loaded: LoadedCase) -> Iterator[RecordedPaper]:
    desk = the_desk()
    office = desk.office(path)
    return recorded_papers(office, office.docket(loaded), desk.today())


def _ways(option: dict[str, object], guardian: str, place: int) -> Iterator[MayBeMade]:
    for way in option["ways"]:  # type: ignore[attr-defined]
        document, title = way["documents"][0], way["titles"][0]
        name = str(option["name"])
        yield MayBeMade(name, document, title, guardian, place, way["how"], way["event"])


@pages.get("/cases/<call>/papers/draft")
@open_to(OF_SCHOOL, OF_TOWN)
def draft(call: str) -> ResponseReturnValue:
    """Show the pages of a draft as pictures."""
    preview = _preview(call)
    return render_template(
        "draft.html",
        call=call,
        title=_title(call, document := request.args.get("doc", "")),
        whom=_guardian(the_file(call)),
        document=document,
        place=request.args.get("to", ""),
        preview=preview,
        numbers=range(preview.count),
        query=request.query_string.decode(),
        command=_draft_command(call),
    )


@pages.get("/cases/<call>/papers/page")
@open_to(OF_SCHOOL, OF_TOWN)
def picture(call: str) -> ResponseReturnValue:
    """Show one page of a draft."""
    preview, number = _preview(call), asked_number("page", 0)
    if not 0 <= number < preview.count:
        abort(404)
    return Response(page_picture(preview.pdf, number), mimetype="image/png")


@pages.get("/cases/<call>/papers/draft.pdf")
@open_to(OF_SCHOOL, OF_TOWN)
def draft_pdf(call: str) -> ResponseReturnValue:
    """Open the draft as PDF."""
    return Response(_preview(call).pdf, mimetype="application/pdf")


def _title(call: str, document: str) -> str:
    return the_desk().office(the_file(call)).law.title(document)


def _preview(call: str) -> Preview:
    desk, path = the_desk(), the_file(call)
    document, guardian = request.args.get("doc", ""), _guardian(path)
    wanted = Wanted(desk.today(), (document,), ("pdf",), draft=True, guardian=guardian)
    return desk.previews.of(desk.office(path), path, wanted)


def _guardian(path: Path) -> str:
    """Return the guardian whose place in the case an address tells; nobody where it tells none."""
    if not (told := request.values.get("to", "")):
        return ""
    people = the_case(path).case.guardians
    place = small_number(told, len(people))
    return people[place].name if place < len(people) else abort(404)


def _draft_command(call: str) -> str:
    path, document = the_file(call), request.args.get("doc", "")
    command = _render_command(path, document, guardian=_guardian(path))
    return f"{command} --draft --format pdf"


def _render_command(path: Path, *documents: str, guardian: str = "") -> str:
    words: list[str | Path] = ["render", path]
    for one in documents:
        words += ["--doc", one]
    words += ["--guardian", guardian] if guardian else []
    return the_desk().command(*words)


@pages.post("/cases/<call>/papers")
@open_to(OF_SCHOOL, OF_TOWN)
def make(call: str) -> ResponseReturnValue:
    """Make what is due, or the paper that is named, into output, as ``kcbx render`` does."""
    desk, path = the_desk(), the_file(call)
    the_case(path)
    named = tuple(filter(None, (request.values.get("doc", ""),)))
    own = _own(path) if desk.school and not named else ()
    wanted = Wanted(desk.today(), named, today=desk.today(), guardian=_guardian(path), within=own)
    try:
        written = render_file(path, wanted)
    except UserError as error:
        return _page(call, problems=error.problems), REFUSED
    command = _render_command(path, *named, guardian=wanted.guardian)
    return _page(call, problems=written.problems, written=written.files, command=command)


def _own(path: Path) -> tuple[str, ...]:
    """Name the documents that the one who asks may make."""
    library = the_desk().office(path).library
    return tuple(one for one in library.ids if may_make(path, one))


@pages.post("/cases/<call>/papers/issue")
@open_to(OF_TOWN)
def issue_one(call: str) -> ResponseReturnValue:
    """Issue a paper: first say what that means, then do it once it is said again."""
    desk, path = the_desk(), the_file(call)
    loaded, form = the_case(path), request.form
    wanted = ToIssue(
        document=form.get("doc", ""),
        day=desk.today(),
        today=desk.today(),
        guardian=_guardian(path),
        reason=form.get("reason", "").strip(),
        signatory=form.get("signatory", "").strip(),
    )
    before, shown = form.get(SEEN, ""), _shown(path, wanted)
    told: dict[str, object] = {
        "call": call,
        "number": loaded.case.id,
        "wanted": wanted,
        "title": desk.office(path).law.title(wanted.document),
        "place": form.get("to", ""),
        SEEN: shown,
        "command": _issue_command(path, wanted),
        # the people of the case may be others by now
        "moved": "sure" in form and before != shown,
        "reworded": before.partition(_AND)[0] == seen(path),
    }
    try:
        if "sure" not in form or told["moved"]:
            return _looked_at(path, loaded, wanted, told)
        done, found = issue(desk.office(path), loaded, wanted)
    except UserError as error:
        told |= {"problems": error.problems, "papers": ()}
        return render_template("issue.html", **told), REFUSED
    found = (*_said_of(path), *found, *_after(loaded, done, wanted))
    files = [(desk.called(one), one.name) for one in _files(loaded)]
    return render_template("issued.html", files=files, done=done, problems=found, **told)


def _shown(path: Path, wanted: ToIssue) -> str:
    """Tell what was shown from everything else: the file, and who signs and answers for it."""
    words = f"{wanted.signatory}{_AND}{wanted.reason}"
    return f"{seen(path)}{_AND}{hashlib.sha256(words.encode()).hexdigest()}"


def _looked_at(
    path: Path, loaded: LoadedCase, wanted: ToIssue, told: dict[str, object]
) -> ResponseReturnValue:
    """Show what would leave the house, with the day and the number that it would bear."""
    desk = the_desk()
    office = desk.office(path)
    papers, found = proposed(office, loaded, wanted, _said_of(path))
    passed = waived(office, loaded, wanted)
    codes = {(one.code, one.message) for one in passed}
    found = tuple(one for one in found if (one.code, one.message) not in codes)
    told |= {"papers": _kept(papers)}
    told |= {"problems": found, "waived": passed}
    return render_template("issue.html", **told), CONFLICT if told["moved"] else HTTPStatus.OK


def _said_of(path: Path) -> Problems:
    """Tell what the file of a case is reminded of."""
    desk = the_desk()
    return desk.told(desk.office(path).read(path, desk.today())[1])


def _kept(papers: Sequence[Proposed]) -> list[tuple[Proposed, str, range]]:
    """Pair papers with how the pictures of their pages are asked for."""
    drawn = {place: preview_of(pdf) for place, one in enumerate(papers) if (pdf := _pdf_of(one))}
    calls = dict(zip(drawn, the_desk().previews.keep([*drawn.values()]), strict=True))
    counts = {place: preview.count for place, preview in drawn.items()}
    told = enumerate(papers)
    return [(one, calls.get(place, ""), range(counts.get(place, 0))) for place, one in told]


def _pdf_of(one: Proposed) -> bytes | None:
    return next((file.data for file in one.files if file.name.endswith(".pdf")), None)


@pages.get("/cases/<call>/papers/looked/<kept>/<int:number>")
@open_to(OF_TOWN)
def looked_at(call: str, kept: str, number: int) -> ResponseReturnValue:
    """Show a page of what would be issued."""
    the_file(call)
    preview = the_desk().previews.called(kept)
    if preview is None or number >= preview.count:
        abort(404)
    return Response(page_picture(preview.pdf, number), mimetype="image/png")


def _after(loaded: LoadedCase, done: Sequence[Issued], wanted: ToIssue) -> Problems:
    """Put the copies into output: the papers have left the house, whatever becomes of those."""
    office = the_desk().office(loaded.path)
    found = unknown_signatory(wanted.signatory, office.workspace)
    try:
        return (*found, *file_issued(office, loaded, done, wanted).problems)
    except UserError as error:
        return (*found, *error.problems)


def _issue_command(path: Path, wanted: ToIssue) -> str:
    words: list[str | Path] = ["issue", path, "--doc", wanted.document]
    words += ["--to", wanted.guardian] if wanted.guardian else []
    words += ["--reason", wanted.reason] if wanted.reason else []
    words += ["--signed-by", wanted.signatory] if wanted.signatory else []
    return the_desk().command(*words)


@pages.get("/cases/<call>/files/<file>")
@open_to(OF_SCHOOL, OF_TOWN)
def hand_out(call: str, file: str) -> ResponseReturnValue:
    """Hand out a file that lies in output: one that was listed, never one by its path."""
    desk = the_desk()
    known = {desk.called(one): one for one in _files(the_case(the_file(call)))}
    path = known.get(file) or abort(404)
    shown = path.suffix == ".pdf"
    return send_file(
        path,
        mimetype=_KINDS.get(path.suffix, "application/octet-stream"),
        as_attachment=not shown,
        download_name=path.name,
    )


def _files(loaded: LoadedCase) -> Sequence[Path]:
    """List the papers in the case's folder that a run has put there."""
    folder = the_desk().office(loaded.path).output / loaded.case.id
    known = manifest_of(folder, whose_case(loaded.case)).files
    paths = sorted(folder / one.name for one in known.values())
    return [path for path in paths if path.is_file() and not path.is_symlink()]

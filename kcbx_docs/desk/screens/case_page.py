"""一个案件: where each guardian stands, what may be done and what not, what happened."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from flask import Blueprint, render_template

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.ids import mask_numbers
from kcbx_docs.case.paths import is_file
from kcbx_docs.case.users import OF_SCHOOL, OF_TOWN
from kcbx_docs.desk.here import kinds_here, the_case, the_desk, the_file
from kcbx_docs.desk.paper_form import said_of_paper
from kcbx_docs.desk.pictures.ladder import ladder
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.telling import told_of_event
from kcbx_docs.handwriting.encodings import decode
from kcbx_docs.issuing.later import issues_of
from kcbx_docs.ledger.model import COMPLETED, CORRECTED
from kcbx_docs.office.book import Issue
from kcbx_docs.office.outlook import outlooks
from kcbx_docs.office.summary import in_short
from kcbx_docs.problems import Problems
from kcbx_docs.procedure.ladder import rungs_of
from kcbx_docs.procedure.standing import outline
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.entry import as_told

pages = Blueprint("case", __name__)
_AROUND = 2
"""Lines before and after one at which something is wrong."""
_MOST, _WIDE = 20, 200
"""Places that are shown, and characters of a line."""


@pages.get("/cases/<call>")
@open_to(OF_SCHOOL, OF_TOWN)
def show(call: str) -> str:
    """Show one case, or one piece of work."""
    desk, path = the_desk(), the_file(call)
    day = desk.today()
    told = outlooks([path], day, day, judged=True)
    case = next((one for one in told.cases if one.path == path), None)
    known = {
        "call": call,
        "path": path,
        "problems": told.problems,
        "command": desk.command("next", path),
    }
    if case is None:
        other = next((one for one in told.others if one.path == path), None)
        more = {"excerpts": [*_excerpts(path, told.problems)], "mendable": _mendable(told.problems)}
        more["legible"] = not other and _legible(path)
        more["begun"] = next(iter(told.begun), None)
        return render_template("case_unread.html", other=other, **more, **known)
    if case.kind:
        return render_template("work.html", case=case, **known)
    loaded = the_case(path)
    docket = desk.office(path).docket(loaded)
    ladders = {
        person.guardian: ladder(rungs_of(docket, person, day), day)
        for person in outline(docket, day).guardians
    }
    short = in_short(case.told)
    return render_template(
        "case.html",
        case=case,
        told=case.told,
        short=short,
        history=[*_history(docket, issues_of(desk.office(path), loaded))],
        ladders=ladders,
        kinds=kinds_here(path),
        guardians=[one.name for one in loaded.case.guardians],
        **known,
    )


def _history(docket: Docket, issues: Sequence[Issue]) -> Iterator[tuple[date, str, str]]:
    """Tell what happened, with what was set right of issued papers: their days may be others."""
    told = [
        (one.event.day, one.event.kind, told_of_event(one.event)) for one in as_told(docket.entries)
    ]
    for issue in issues:
        for one in issue.later:
            if one.kind in (CORRECTED, COMPLETED):
                said = said_of_paper(issue, one)
                what = "；".join(filter(None, (said.content, *said.pairs)))
                told.append((one.day, one.kind, f"《{issue.title}》{issue.number}：{what}"))
    yield from sorted(told, key=lambda line: line[0])


def _legible(path: Path) -> bool:
    """Tell whether the file can be read as a case, whatever it lacks."""
    desk = the_desk()
    return isinstance(desk.office(path).read(path, desk.today())[0], LoadedCase)


def _mendable(problems: Problems) -> bool:
    return any(one.mending for one in problems)


def _excerpts(path: Path, problems: Problems) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Yield the lines at which something is wrong, each with those around it."""
    if not is_file(path):
        return
    lines = mask_numbers(decode(path.read_bytes()) or "").splitlines()
    wrong = {one.place.line for one in problems if one.place.file == str(path)}
    for line in sorted(filter(None, wrong))[:_MOST]:
        first = max(line - 1 - _AROUND, 0)
        yield (
            line,
            [*enumerate((text[:_WIDE] for text in lines[first : line + _AROUND]), first + 1)],
        )

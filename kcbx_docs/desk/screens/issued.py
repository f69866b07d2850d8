"""制发过的: what became of each paper, and what may still become of it; looked at first."""

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.users import OF_TOWN
from kcbx_docs.desk.blanks import CONFLICT, REFUSED, SEEN
from kcbx_docs.desk.here import may_write, the_desk, the_file
from kcbx_docs.desk.paper_form import (
    OF_KIND,
    PAPER_ACTS,
    ActAsked,
    PaperAct,
    asked_of_paper,
    command_of,
    paper_at,
    said_of_paper,
    sheet_brought,
)
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.service_form import BY, state_of, the_clerk
from kcbx_docs.desk.turns import FORM, new_form
from kcbx_docs.desk.uploads import takes_files
from kcbx_docs.issuing.aftermath import Aftermath, after_it
from kcbx_docs.issuing.clerk import Clerk
from kcbx_docs.issuing.detaching import PAPER, may_be_detached
from kcbx_docs.issuing.later import acts_open, issues_of
from kcbx_docs.ledger.model import VOIDED, WITHDRAWN
from kcbx_docs.office.book import Issue
from kcbx_docs.office.reason import who_answers
from kcbx_docs.problems import Problems, UserError

pages = Blueprint("issued", __name__)


@pages.get("/cases/<call>/issued")
@open_to(OF_TOWN)
def show(call: str) -> str:
    """List the papers that were issued."""
    path = the_file(call)
    clerk = the_clerk(path)
    return render_template(
        "issued_list.html",
        call=call,
        number=clerk.matter,
        issued=issued_here(clerk),
        command=the_desk().command("paper", "list", path),
    )


def issued_here(clerk: Clerk) -> list[tuple[Issue, list[PaperAct]]]:
    """List the papers of a case, each with what may still become of it."""
    return [(one, acts_on(clerk, one)) for one in issues_of(clerk.office, clerk.loaded)]


def acts_on(clerk: Clerk, issue: Issue) -> list[PaperAct]:
    """List what may still become of a paper."""
    return [OF_KIND[kind] for kind in acts_open(clerk.office, clerk.loaded, issue)]


@pages.get("/cases/<call>/issued/<int:seq>")
@open_to(OF_TOWN)
def one(call: str, seq: int) -> str:
    """Show a paper with what became of it, and what follows from what was said last."""
    path = the_file(call)
    clerk = the_clerk(path)
    issue = paper_at(clerk, seq)
    said = request.args.get("said", "")
    done = next((one for one in issue.later if str(one.seq) == said), None)
    of = OF_KIND.get(done.kind) if done else None
    command = the_desk().command("paper", "list", path)
    follows: Aftermath | None = None
    if done and of:
        command = command_of(path, clerk, issue, of, said_of_paper(issue, done))
        follows = after_it(clerk.office, clerk.loaded, issue, done, clerk.today)
    return render_template(
        "issued_paper.html",
        call=call,
        number=clerk.matter,
        issue=issue,
        of_case=isinstance(clerk.loaded, LoadedCase),
        acts=acts_on(clerk, issue),
        later=[(each, said_of_paper(issue, each)) for each in issue.later if each.kind in OF_KIND],
        done=done,
        off=said == "off",
        files=may_be_detached(clerk, seq, PAPER),
        follows=follows,
        command=command,
    )


@pages.get("/cases/<call>/issued/<int:seq>/<word>")
@open_to(OF_TOWN)
def ask(call: str, seq: int, word: str) -> ResponseReturnValue:
    """Ask for what an act needs."""
    return _form(asked_of_paper(call, the_file(call), seq, word))


@pages.post("/cases/<call>/issued/<int:seq>/<word>")
@open_to(OF_TOWN)
@takes_files
def take(call: str, seq: int, word: str) -> ResponseReturnValue:
    """Look at what becomes of a paper, or record it."""
    path, form = the_file(call), request.form.get(FORM, "")
    if word not in PAPER_ACTS:
        abort(404)
    with the_desk().turns.of(form) as before:
        if before:
            return redirect(before, 303)
        asked = asked_of_paper(call, path, seq, word)
        try:
            if asked.of.file:
                asked = replace(asked, files=sheet_brought())
            ahead = asked.ahead()
            if request.form.get(SEEN) != state_of(asked.clerk):
                return _form(asked, ahead, moved=True), CONFLICT
            if not may_write(asked.command):
                return _form(asked, ahead)
            recorded = asked.write()
        except UserError as error:
            return _form(replace(asked, problems=error.problems)), REFUSED
        the_desk().waiting.drop(list(asked.files))
        page = f"/cases/{call}/issued/{seq}?said={recorded.seq}"
        return redirect(the_desk().turns.done(form, page), 303)


def _form(asked: ActAsked, ahead: Aftermath | None = None, *, moved: bool = False) -> str:
    clerk = asked.clerk
    doubts: Problems = asked.doubts() if ahead else ()
    still = acts_open(clerk.office, clerk.loaded, asked.issue)
    return render_template(
        "issued_act.html",
        call=asked.call,
        asked=asked,
        of=asked.of,
        issue=asked.issue,
        unsent=asked.of.kind == WITHDRAWN and VOIDED in still,
        told=asked.told if ahead else None,
        blanks=[*asked.blanks()],
        sheet=asked.file_blank(),
        who=who_answers(clerk.office.workspace),
        by=request.form.get(BY, ""),
        form=request.form.get(FORM) or new_form(),
        seen=state_of(clerk),
        problems=asked.problems,
        doubts=doubts,
        ahead=ahead,
        moved=moved,
        command=asked.command,
    )

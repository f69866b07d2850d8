"""线索: those that wait; one is taken up, as a case or into one, or not; what was decided is
considered again. Each is written once it was seen what that writes.
"""

from hashlib import sha256
from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.leads import WhyNot
from kcbx_docs.desk.blanks import REFUSED
from kcbx_docs.desk.here import may_write, the_desk
from kcbx_docs.desk.turns import FORM, new_form
from kcbx_docs.office import new_files
from kcbx_docs.office.children import KnownChild
from kcbx_docs.office.destination import Destination, destination_at
from kcbx_docs.office.files import number_in
from kcbx_docs.office.lead_acts import (
    LeadChange,
    LeadDecision,
    accepted_anew,
    accepted_into,
    case_numbered,
    cases_of_child,
    refuse_known_children,
    rejected,
    reopened,
    waiting_leads,
    without_case,
)
from kcbx_docs.office.leads import KeptLead, kept_leads, write_decision
from kcbx_docs.office.new_case import SITUATIONS
from kcbx_docs.office.reason import who_answers
from kcbx_docs.problems import Place, Problems, UserError, stop

pages = Blueprint("leads", __name__)
_ACCEPT, _INTO, _REJECT, _REOPEN = "accept", "into", "reject", "reopen"
_WORDS = {_INTO: _ACCEPT, _REJECT: _REJECT, _REOPEN: _REOPEN}
"""How the command calls what a form does."""
REASONS: tuple[str, ...] = WhyNot.__args__  # type: ignore[attr-defined]


@pages.get("/leads")
def show() -> str:
    """List the leads, those that wait first."""
    desk = the_desk()
    here = destination_at(desk.root)
    kept = kept_leads(here.files, desk.today())
    every = [(desk.marked(one.id), one) for one in kept]
    return render_template(
        "leads.html",
        waiting=[one for one in every if one[1].handled.decision is None],
        handled=[one for one in every if one[1].handled.decision],
        problems=without_case(here, kept),
        command=desk.command("lead", "list"),
    )


@pages.get("/leads/<mark>")
def ask(mark: str) -> str:
    """Show one lead, and ask what becomes of it."""
    here = destination_at(the_desk().root)
    return _page(here, _lead(here, mark))


@pages.post("/leads/<mark>")
def decide(mark: str) -> ResponseReturnValue:
    """Look at a decision, or write it."""
    desk, form = the_desk(), request.form
    with desk.turns.of(form.get(FORM, "")) as before:
        if before:
            return redirect(before, 303)
        here = destination_at(desk.root)
        one = _lead(here, mark)
        try:
            change = _change(here, one)
            if not may_write(_ahead(change)):
                return _page(here, one, change)
            write_decision(here.root, change.changes, *change.cases)
        except UserError as error:
            return _page(here, one, problems=error.problems), REFUSED
        new_files.refresh_schemas(here.root)
        to = desk.turns.done(form.get(FORM, ""), _page_after(change, mark))
    return redirect(to, 303)


def _page_after(change: LeadChange, mark: str) -> str:
    case = next(iter(change.cases), None)
    if case is None:
        return f"/leads/{mark}?said=decided"
    said = "new" if case.before is None else "written"
    return f"/cases/{the_desk().called(case.path)}?said={said}"


def _ahead(change: LeadChange) -> str:
    """Tell what would be written from everything else: under which number, into which text."""
    puts = ((put.path, put.data if isinstance(put.data, bytes) else b"") for put in change.cases)
    files = (*((one.path, one.data) for one in change.changes), *puts)
    return "\n".join(f"{path} {sha256(data).hexdigest()}" for path, data in files)


def _lead(here: Destination, mark: str) -> KeptLead:
    desk = the_desk()
    kept = kept_leads(here.files, desk.today())
    return next((one for one in kept if desk.marked(one.id) == mark), None) or abort(404)


def _change(here: Destination, one: KeptLead) -> LeadChange:
    """Prove a decision as ``kcbx lead`` does."""
    desk, form = the_desk(), request.form
    day = desk.today()
    by, words = form.get("by", "").strip(), form.get("text", "").strip()
    if not by:
        raise stop("DESK071", Place(path="by"), what="谁决定的")
    said = LeadDecision(day, day, by, words)
    what = form.get("what", "")
    if what == _REOPEN:
        if not words:
            raise stop("DESK071", Place(path="text"), what="为什么重新考虑")
        return reopened(here, [one], said)
    chosen = waiting_leads(here, [one.id], day)
    if what == _REJECT:
        why = form.get("why", "")
        return rejected(here, chosen, why if why in REASONS else abort(404), said)
    if what == _INTO:
        number = form.get("case", "").strip()
        if not number:
            raise stop("DESK071", Place(path="case"), what="案件编号")
        return accepted_into(here, chosen[0], case_numbered(here, number), said)
    situation = form.get("situation", SITUATIONS[1])
    refuse_known_children(here, chosen)
    number = next(new_files.next_numbers(here.taken, day.year))
    known = situation if situation in SITUATIONS else abort(404)
    return accepted_anew(here, chosen[0], number, known, said)


def _page(
    here: Destination, one: KeptLead, change: LeadChange | None = None, problems: Problems = ()
) -> str:
    decided = one.handled.decision
    before = [each for each in one.loaded.leads.handled if one.id in each.leads]
    cases = [] if decided else [number_in(child.path) for child in _own_cases(here, one)]
    return render_template(
        "lead.html",
        one=one,
        mark=the_desk().marked(one.id),
        before=before,
        cases=[each.number for each in cases if each],
        calls=the_desk().calls if any(each.case for each in before) else {},
        change=change,
        ahead=_ahead(change) if change else "",
        problems=problems or (change.problems if change else without_case(here, [one])),
        refused=bool(problems),
        who=who_answers(here.workspace) if here.workspace else [],
        situations=SITUATIONS,
        reasons=REASONS,
        told=request.form,
        form=request.form.get(FORM) or new_form(),
        command=_command(here, one),
    )


def _own_cases(here: Destination, one: KeptLead) -> list[KnownChild]:
    return cases_of_child(here, [one])[one.id]


def _command(here: Destination, one: KeptLead) -> str:
    form = request.form
    usual = _REOPEN if one.handled.decision else _ACCEPT
    what, by = form.get("what") or usual, form.get("by") or "姓名"
    words: list[str | Path] = ["lead", _WORDS.get(what, _ACCEPT), one.id, "--by", by]
    if what == _REJECT:
        words += ["--why", form.get("why", "")]
    elif what == _INTO:
        words += ["--case", _file_of(here, form.get("case", "").strip())]
    elif what == _ACCEPT and form.get("situation"):
        words += ["--situation", form["situation"]]
    text = form.get("text", "").strip()
    words += ["--text", text or "为什么"] if text or what == _REOPEN else []
    return the_desk().command(*words)


def _file_of(here: Destination, number: str) -> Path | str:
    try:
        return case_numbered(here, number)
    except UserError:
        return number or "案件"

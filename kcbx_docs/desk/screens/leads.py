"""线索: those that wait; one is taken up or not, once it was seen what that writes."""

from hashlib import sha256

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.leads import WhyNot
from kcbx_docs.desk.here import may_write, the_desk
from kcbx_docs.desk.turns import FORM, new_form
from kcbx_docs.office import new_files
from kcbx_docs.office.destination import Destination, destination_at
from kcbx_docs.office.lead_acts import (
    LeadChange,
    LeadDecision,
    accepted_anew,
    refuse_known_children,
    rejected,
    waiting_leads,
)
from kcbx_docs.office.leads import KeptLead, kept_leads, write_decision
from kcbx_docs.office.new_case import SITUATIONS
from kcbx_docs.office.reason import who_answers
from kcbx_docs.problems import Place, Problems, UserError, stop

pages = Blueprint("leads", __name__)
_REFUSED = 422
REASONS: tuple[str, ...] = WhyNot.__args__  # type: ignore[attr-defined]


@pages.get("/leads")
def show() -> str:
    """List the leads, those that wait first."""
    desk = the_desk()
    kept = kept_leads(destination_at(desk.root).files, desk.today())
    waiting = [(desk.marked(one.id), one) for one in kept if one.handled.decision is None]
    return render_template(
        "leads.html",
        waiting=waiting,
        handled=[one for one in kept if one.handled.decision],
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
            return _page(here, one, problems=error.problems), _REFUSED
        new_files.refresh_schemas(here.root)
        case = next((put.path for put in change.cases), None)
        to = f"/cases/{desk.called(case)}?said=new" if case else "/leads"
        desk.turns.done(form.get(FORM, ""), to)
    return redirect(to, 303)


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
    chosen, said = waiting_leads(here, [one.id], day), LeadDecision(day, day, by, words)
    if form.get("what") == "reject":
        why = form.get("why", "")
        return rejected(here, chosen, why if why in REASONS else abort(404), said)
    situation = form.get("situation", SITUATIONS[1])
    refuse_known_children(here, chosen)
    number = next(new_files.next_numbers(here.taken, day.year))
    known = situation if situation in SITUATIONS else abort(404)
    return accepted_anew(here, chosen[0], number, known, said)


def _page(
    here: Destination, one: KeptLead, change: LeadChange | None = None, problems: Problems = ()
) -> str:
    return render_template(
        "lead.html",
        one=one,
        mark=the_desk().marked(one.id),
        change=change,
        ahead=_ahead(change) if change else "",
        problems=problems,
        who=who_answers(here.workspace) if here.workspace else [],
        situations=SITUATIONS,
        reasons=REASONS,
        told=request.form,
        form=request.form.get(FORM) or new_form(),
        command=_command(one),
    )


def _command(one: KeptLead) -> str:
    form = request.form
    rejects = form.get("what") == "reject"
    words = ["lead", "reject" if rejects else "accept", one.id, "--by", form.get("by") or "姓名"]
    words += ["--why", form.get("why", "")] if rejects else []
    words += ["--situation", form["situation"]] if form.get("situation") and not rejects else []
    words += ["--text", form["text"].strip()] if form.get("text", "").strip() else []
    return the_desk().command(*words)

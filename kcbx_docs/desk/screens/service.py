"""登记送达: which paper, which way, what came of it; looked at first, then into the ledger."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.service_form import outcomes_of
from kcbx_docs.case.service_methods import METHODS
from kcbx_docs.case.users import OF_TOWN
from kcbx_docs.desk.blanks import CONFLICT, REFUSED, SEEN
from kcbx_docs.desk.here import may_write, the_desk, the_file
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.service_form import (
    BY,
    NO_FILES,
    FilesBrought,
    blanks_of,
    called,
    file_blanks,
    files_brought,
    paper_of,
    said_of,
    state_of,
    the_clerk,
)
from kcbx_docs.desk.turns import FORM, new_form
from kcbx_docs.desk.uploads import takes_files
from kcbx_docs.issuing.attempt import how_counted
from kcbx_docs.issuing.clerk import Clerk
from kcbx_docs.issuing.doubtful import doubtful
from kcbx_docs.issuing.organ_service import (
    OrganEntered,
    every_paper,
    preview_at_organ,
    record_to_organ,
)
from kcbx_docs.issuing.pictures import picture_names
from kcbx_docs.issuing.service import Entered, preview, record
from kcbx_docs.issuing.service_list import ServiceLine, organ_lines, service_lines, with_detached
from kcbx_docs.issuing.service_said import ServiceSaid, to_serve
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Problems, UserError, raise_errors

pages = Blueprint("service", __name__)


@dataclass(frozen=True)
class Foreseen:
    """What a page tells of an attempt, recorded or not."""

    done: Entered | OrganEntered
    why: str = ""
    """How the day from which it counts came about, with the articles."""

    @property
    def event(self) -> object:
        """Return the attempt."""
        done = self.done
        return done.attempted.event if isinstance(done, Entered) else done.event

    @property
    def doubts(self) -> Problems:
        """Return what is doubtful, and what is to be remembered."""
        done = self.done
        if isinstance(done, Entered):
            return (*done.attempted.doubts, *done.reminders, *done.unlawful)
        return done.reminders


def told_of(clerk: Clerk, done: Entered | OrganEntered) -> Foreseen:
    """Tell of an attempt as ``kcbx service record`` does."""
    if not isinstance(done, Entered) or done.attempted.service is None:
        return Foreseen(done)
    if done.attempted.first:
        return Foreseen(done, "以前已经送达，这一次不另外起算。")
    tried = done.attempted
    assert tried.service
    return Foreseen(done, how_counted(clerk.office.law, tried.service, tried.guardian))


@pages.get("/cases/<call>/service")
@open_to(OF_TOWN)
def show(call: str) -> str:
    """List what is to be served, and what was tried."""
    desk, path = the_desk(), the_file(call)
    clerk, day = the_clerk(path), desk.today()
    unsure = doubtful(clerk.docket, day) if isinstance(clerk.loaded, LoadedCase) else ()
    return render_template(
        "service.html",
        call=call,
        number=clerk.matter,
        waiting=[(called(one), one) for one in to_serve(clerk, day)],
        doubts={one.seq: one for one in unsure if one.seq},
        lines=[line for line in lines_of(clerk) if line.event],
        command=desk.command("service", "plan", path),
    )


def lines_of(clerk: Clerk) -> Sequence[ServiceLine]:
    """List every attempt of a case or a letter."""
    day = the_desk().today()
    own = service_lines(clerk.docket, day) if isinstance(clerk.loaded, LoadedCase) else ()
    every = (*own, *organ_lines(every_paper(clerk), clerk.matter, day))
    return (*with_detached(every, clerk.recorded),)


@pages.get("/cases/<call>/service/record")
@open_to(OF_TOWN)
def ask(call: str) -> str:
    """Ask for the way and what came of it, then for what that needs."""
    path = the_file(call)
    clerk = the_clerk(path)
    if "way" in request.args:
        return _form(_Asked(call, path, clerk, said_of(clerk)), first=True)
    of = paper_of(clerk)
    open_ways = {one.method.name: one for one in of.waiting.ways} if of.waiting else {}
    ways = [(METHODS[way], [*outcomes_of(way)], open_ways.get(way)) for way in of.ways]
    return render_template(
        "service_way.html",
        call=call,
        of=of,
        paper=called(of),
        ways=ways,
        command=the_desk().command("service", "record", path),
    )


@dataclass(frozen=True)
class _Asked:
    """A form that was sent, or is shown for the first time."""

    call: str
    path: Path
    clerk: Clerk
    said: ServiceSaid
    brought: FilesBrought = NO_FILES
    problems: Problems = ()


@pages.post("/cases/<call>/service/record")
@open_to(OF_TOWN)
@takes_files
def take(call: str) -> ResponseReturnValue:
    """Look at an attempt, or record it; nothing that was seen otherwise."""
    path, form = the_file(call), request.form
    with the_desk().turns.of(form.get(FORM, "")) as before:
        if before:
            return redirect(before, 303)
        clerk = the_clerk(path)
        brought = files_brought()
        said = replace(said_of(clerk), pictures=picture_names(brought.proofs))
        asked = _Asked(call, path, clerk, said, brought)
        try:
            raise_errors((*brought.problems, *asked.said.faults(clerk, clerk.today)))
            ahead = _look(asked)
            if form.get(SEEN) != state_of(clerk):
                return _form(asked, ahead=ahead, moved=True), CONFLICT
            if not may_write(_command(asked)):
                return _form(asked, ahead=ahead)
            seq = _write(asked)
        except UserError as error:
            return _form(replace(asked, problems=error.problems)), REFUSED
        brought.drop()
        where = the_desk().turns.done(form.get(FORM, ""), f"/cases/{call}/service/{seq}?said=1")
    return redirect(where, 303)


def _look(asked: _Asked) -> Foreseen:
    said, clerk, proofs = asked.said, asked.clerk, asked.brought.proofs
    look = preview_at_organ if said.of.organ else preview
    return told_of(clerk, look(clerk, said.of.paper, said.values, proofs))


def _write(asked: _Asked) -> int:
    said, clerk, proofs = asked.said, asked.clerk, asked.brought.proofs
    write = record_to_organ if said.of.organ else record
    return write(clerk, said.of.paper, said.values, proofs).seq


def _form(
    asked: _Asked, *, ahead: Foreseen | None = None, moved: bool = False, first: bool = False
) -> str:
    said, clerk = asked.said, asked.clerk
    lacking = ahead.done.lacking if ahead else ()
    return render_template(
        "service_form.html",
        call=asked.call,
        said=said,
        paper=called(said.of),
        came=[*outcomes_of(said.way)].index(said.came),
        blanks=[*blanks_of(clerk, said, asked.problems, first=first)],
        files=[*file_blanks(clerk, said, lacking, asked.brought)],
        by=request.form.get(BY, ""),
        form=request.form.get(FORM) or new_form(),
        seen=state_of(clerk),
        problems=asked.problems,
        ahead=ahead,
        moved=moved,
        lines=[line for line in lines_of(clerk) if line.event] if moved else (),
        command=_command(asked),
    )


def _command(asked: _Asked) -> str:
    said, paper = asked.said, asked.said.of.paper
    first, *pairs = said.pairs
    day = first.partition("=")[2]
    which = ["--number", paper.number] if paper.number else ["--doc", said.of.title]
    words: list[str | Path] = ["service", "record", asked.path, *which, "--to", paper.guardian]
    words += ["--method", said.way, *(["--day", day] if day else []), *pairs]
    words += asked.brought.words
    words += ["--by", asked.clerk.by] if asked.clerk.by else []
    return the_desk().command(*words)

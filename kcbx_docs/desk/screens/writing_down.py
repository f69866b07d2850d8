"""记一件事: an event into the case file, asked for with the same blanks as ``kcbx log``."""

from dataclasses import replace
from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.act import Put, together
from kcbx_docs.case.event_form import WHEN
from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.service_form import OUTCOME
from kcbx_docs.case.users import OF_SCHOOL, OF_TOWN
from kcbx_docs.desk.blanks import CONFLICT, JOIN, REFUSED, SEEN, reason_given
from kcbx_docs.desk.event_form import (
    NO_FILES,
    EventFiles,
    Filed,
    event_blanks,
    event_file_blanks,
    event_files,
    event_said,
    filed,
)
from kcbx_docs.desk.here import kinds_here, may_write, seen, the_case, the_desk, the_file
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.turns import FORM, new_form
from kcbx_docs.desk.uploads import takes_files
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import written_event
from kcbx_docs.office.event_said import SERVICE, EventSaid
from kcbx_docs.office.kept_files import NOT_THERE
from kcbx_docs.office.log import Logged, log, write
from kcbx_docs.office.reason import who_answers
from kcbx_docs.problems import Problem, Problems, UserError, raise_errors

pages = Blueprint("writing_down", __name__)
_OTHER, _NEAR = "other", "CASE272"
"""The tick by which somebody says that another person is meant, and what asks for it."""


@dataclass(frozen=True)
class _Asked:
    """A form that was sent, or is shown for the first time."""

    call: str
    path: Path
    loaded: LoadedCase
    said: EventSaid
    files: EventFiles = NO_FILES
    problems: Problems = ()
    first: bool = False

    @property
    def filed(self) -> Filed:
        """Tell where its files will lie."""
        day = self.said.answers.get(WHEN) or the_desk().today().isoformat()
        return filed(self.loaded, day, self.files)

    @property
    def whole(self) -> EventSaid:
        """Return what is said, with its files."""
        return replace(self.said, answers={**self.said.answers, **self.filed.named})

    @property
    def open(self) -> bool:
        """Tell whether the way of a service is told, and not what came of it."""
        said = self.said
        return said.kind == SERVICE and said.answers.get(OUTCOME, "") not in said.came


@pages.get("/cases/<call>/write")
@open_to(OF_SCHOOL, OF_TOWN)
def ask(call: str) -> str:
    """Ask what happened, then for what that needs."""
    path = the_file(call)
    kind = request.args.get("kind", "")
    loaded = the_case(path)
    if not kind:
        kinds = {name: EVENT_FIELDS[name].about for name in kinds_here(path)}
        told = {"kinds": kinds, "command": the_desk().command("log", path)}
        return render_template("kinds.html", call=call, number=loaded.case.id, **told)
    if kind not in kinds_here(path):
        abort(404)
    said = EventSaid(kind, {WHEN: the_desk().today().isoformat()})
    return _form(_Asked(call, path, loaded, said, first=True))


@pages.post("/cases/<call>/write")
@open_to(OF_SCHOOL, OF_TOWN)
@takes_files
def take(call: str) -> ResponseReturnValue:
    """Write the event, unless it is not lawful, or the file is another one than was shown."""
    path, form = the_file(call), request.form
    kind = form.get("kind", "")
    if kind not in kinds_here(path):
        abort(404)
    with the_desk().turns.of(form.get(FORM, "")) as before:
        if before:
            return redirect(before, 303)
        asked = _Asked(call, path, the_case(path), event_said(kind), event_files())
        try:
            raise_errors(asked.files.problems)
            if asked.open:
                return _form(asked)
            done = _proved(asked)
            if done.change is None:
                return redirect(f"/cases/{call}?said=before", 303)
            if form.get(SEEN) != seen(path):
                return _form(asked, proved=done, moved=True), CONFLICT
            if not may_write(_command(asked)):
                return _form(asked, proved=done)
            _write(asked, done)
        except UserError as error:
            return _form(replace(asked, problems=error.problems)), REFUSED
        asked.files.drop()
        to = the_desk().turns.done(form.get(FORM, ""), f"/cases/{call}?said=written")
    return redirect(to, 303)


def _proved(asked: _Asked) -> Logged:
    """Look whether the event can be written."""
    desk, whole = the_desk(), asked.whole
    office = desk.office(asked.path)
    raise_errors(whole.faults(asked.loaded.case, desk.today(), office.workspace))
    values, found = whole.read(desk.today())
    raise_errors(found)
    done = log(office, asked.path, values, desk.today(), reason_given())
    told = tuple(one for one in done.problems if not _comes_along(one, whole))
    done = replace(done, problems=told)
    if _OTHER not in request.form:  # somebody is nearly called so: he must be meant
        raise_errors(replace(one, severity="error") for one in done.near)
    return done


def _comes_along(found: Problem, whole: EventSaid) -> bool:
    """Tell whether a file is missing only until it is put there with the event."""
    brought = whole.answers.get(str(dict(found.facts).get("key")), "").split(JOIN)
    return found.code in NOT_THERE and dict(found.facts).get("name") in brought


def _write(asked: _Asked, done: Logged) -> None:
    """Write the event, with its files or not at all."""
    office, puts, change = the_desk().office(asked.path), asked.filed.puts, done.change
    assert change
    if puts:
        together(office.root, (*puts, Put(change.path, change.data, change.before)))
    else:
        write(office, change)


def _form(asked: _Asked, *, proved: Logged | None = None, moved: bool = False) -> str:
    desk, said, loaded = the_desk(), asked.said, asked.loaded
    return render_template(
        "write.html",
        call=asked.call,
        kind=said.kind,
        about=EVENT_FIELDS[said.kind].about,
        number=loaded.case.id,
        blanks=[*event_blanks(said, loaded, asked.problems, first=asked.first)],
        files=[*event_file_blanks(asked.files)],
        where=asked.filed.named,
        who=who_answers(desk.office(asked.path).workspace),
        seen=seen(asked.path),
        form=request.form.get(FORM) or new_form(),
        problems=asked.problems,
        proved=proved,
        told=written_event(proved.event) if proved else {},
        moved=moved,
        near=_OTHER in request.form or any(one.code == _NEAR for one in asked.problems),
        history=[written_event(event) for event in loaded.case.history] if moved else (),
        service=SERVICE,
        command=_command(asked),
    )


def _command(asked: _Asked) -> str:
    words: list[str | Path] = ["log", asked.path, asked.said.kind, *asked.whole.pairs]
    words += ["--other-person"] if _OTHER in request.form else []
    words += ["--reason", reason] if (reason := reason_given()) else []
    return the_desk().command(*words)

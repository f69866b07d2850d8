"""记一件事: an event into the case file, asked for with the same blanks as ``kcbx log``."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.event_form import KIND, WHEN, Blank, form_of, values_of
from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.users import OF_SCHOOL, OF_TOWN
from kcbx_docs.desk.here import seen, the_case, the_desk, the_file
from kcbx_docs.desk.roles import kinds_for, open_to
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import written_event
from kcbx_docs.office.log import Logged, log, write
from kcbx_docs.problems import Problems, UserError, raise_errors

pages = Blueprint("writing_down", __name__)
_PEOPLE = "对象"
_REASON = "理由"
_SEEN = "seen"
_CONFLICT, _REFUSED = 409, 422
_JOIN = "、"


@dataclass(frozen=True)
class AskedFor:
    """One blank of the form as it is shown: what may be chosen, what was answered."""

    blank: Blank
    answer: str
    people: tuple[str, ...] = ()

    @property
    def chosen(self) -> tuple[str, ...]:
        """List the people that are ticked."""
        return tuple(self.answer.split(_JOIN))


@pages.get("/cases/<call>/write")
@open_to(OF_SCHOOL, OF_TOWN)
def ask(call: str) -> str:
    """Ask what happened, then for what that needs."""
    path = the_file(call)
    kind = request.args.get("kind", "")
    if not kind:
        kinds = {name: EVENT_FIELDS[name].about for name in kinds_for(the_desk().sight)}
        number, command = the_case(path).case.id, the_desk().command("log", path)
        return render_template("kinds.html", call=call, kinds=kinds, number=number, command=command)
    if kind not in EVENT_FIELDS:
        abort(404)
    return _form(call, path, kind, {WHEN: the_desk().today().isoformat()})


@pages.post("/cases/<call>/write")
@open_to(OF_SCHOOL, OF_TOWN)
def take(call: str) -> ResponseReturnValue:
    """Write the event, unless it is not lawful, or the file is another one than was shown."""
    desk, path = the_desk(), the_file(call)
    kind = request.form.get("kind", "")
    if kind not in EVENT_FIELDS:
        abort(404)
    answers = _answers()
    try:
        done = _proved(path, kind, answers)
        if done.change is None:
            return redirect(f"/cases/{call}?said=before", 303)
        if request.form.get(_SEEN) != seen(path):
            return _form(call, path, kind, answers, moved=True), _CONFLICT
        if "write" not in request.form:
            return _form(call, path, kind, answers, proved=done)
        write(desk.office(path), done.change)
    except UserError as error:
        return _form(call, path, kind, answers, problems=error.problems), _REFUSED
    return redirect(f"/cases/{call}?said=written", 303)


def _proved(path: Path, kind: str, answers: Mapping[str, str]) -> Logged:
    """Look whether the event can be written."""
    desk = the_desk()
    said = {key: text for key, text in answers.items() if key != _REASON}
    typed, found = values_of(kind, [f"{key}={text}" for key, text in said.items() if text])
    raise_errors(found)
    day = typed.pop(WHEN, "") or desk.today().isoformat()
    values = {WHEN: day, KIND: kind, **typed}
    return log(desk.office(path), path, values, desk.today(), answers.get(_REASON, ""))


def _answers() -> dict[str, str]:
    """Return what was filled in; people are ticked one by one."""
    apart = (_SEEN, "kind", "write", "look")
    keys = [key for key in request.form if key not in apart]
    return {
        key: _JOIN.join(filter(None, map(str.strip, request.form.getlist(key)))) for key in keys
    }


def _form(
    call: str,
    path: Path,
    kind: str,
    answers: Mapping[str, str],
    *,
    problems: Problems = (),
    proved: Logged | None = None,
    moved: bool = False,
) -> str:
    desk, loaded = the_desk(), the_case(path)
    said = [f"{key}={text}" for key, text in answers.items() if text and key != _REASON]
    return render_template(
        "write.html",
        call=call,
        kind=kind,
        about=EVENT_FIELDS[kind].about,
        number=loaded.case.id,
        day=answers.get(WHEN, ""),
        blanks=[*_blanks(kind, loaded, answers)],
        reason=answers.get(_REASON, ""),
        seen=seen(path),
        problems=problems,
        proved=proved,
        told=written_event(proved.event) if proved else {},
        moved=moved,
        history=[written_event(event) for event in loaded.case.history] if moved else (),
        command=desk.command("log", path, kind, *said, *_reason(answers)),
    )


def _reason(answers: Mapping[str, str]) -> Sequence[str]:
    reason = answers.get(_REASON, "")
    return ("--reason", reason) if reason else ()


def _blanks(kind: str, loaded: LoadedCase, answers: Mapping[str, str]) -> Iterator[AskedFor]:
    names = tuple(guardian.name for guardian in loaded.case.guardians)
    handlers = _JOIN.join(loaded.case.handlers)
    for blank in form_of(kind):
        usual = handlers if blank.key == "承办人" else ""
        people = names if blank.key == _PEOPLE else ()
        yield AskedFor(blank, answers.get(blank.key, usual), people)

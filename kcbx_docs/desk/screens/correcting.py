"""更正登记: what an attempt really was; the first entry stays, the reason stands beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_form import values_of
from kcbx_docs.case.service_form import WAY, outcomes_of
from kcbx_docs.case.service_methods import METHODS, NEVER, SERVICE_METHODS
from kcbx_docs.case.users import OF_TOWN
from kcbx_docs.desk.blanks import CONFLICT, REFUSED, SEEN, answered, reason_given
from kcbx_docs.desk.here import may_write, the_desk, the_file
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.screens.served import line_of
from kcbx_docs.desk.screens.service import Foreseen, told_of
from kcbx_docs.desk.service_form import (
    BY,
    NO_FILES,
    FilesBrought,
    blanks_of,
    file_blanks,
    files_brought,
    state_of,
    the_clerk,
)
from kcbx_docs.desk.telling import plainly
from kcbx_docs.desk.turns import FORM, new_form
from kcbx_docs.desk.uploads import takes_files
from kcbx_docs.issuing.attempt import Addressed
from kcbx_docs.issuing.clerk import Clerk, kept_attempt
from kcbx_docs.issuing.organ_service import correct_to_organ
from kcbx_docs.issuing.service import correct, preview_correction
from kcbx_docs.issuing.service_said import SERVICE, ServiceSaid, ToServe
from kcbx_docs.issuing.striking import strike
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import written_event
from kcbx_docs.office.reason import who_answers
from kcbx_docs.problems import Problems, UserError, raise_errors

pages = Blueprint("correcting", __name__)
_WITNESS = "见证人"
_NEVER = "never"


@dataclass(frozen=True)
class _Mending:
    """A correction as it is filled in."""

    call: str
    path: Path
    clerk: Clerk
    seq: int
    was: Event
    before: ServiceSaid
    now: ServiceSaid
    organ: bool
    brought: FilesBrought = NO_FILES
    problems: Problems = ()

    @property
    def never(self) -> bool:
        """Tell whether it is said that nothing of it happened."""
        return _NEVER in request.form

    @property
    def pairs(self) -> tuple[str, ...]:
        """Return what is said otherwise than it was recorded, as somebody types it."""
        if self.never:
            return (f"结果={NEVER}",)
        way = (f"{WAY}={self.now.way}",) if self.now.way != self.before.way else ()
        changed = [one for one in self.now.pairs if one not in self.before.pairs]
        witness = any(one.startswith(_WITNESS) for one in changed)
        whole = (
            one for one in self.now.pairs if one in changed or (witness and _WITNESS in one[:3])
        )
        return (*way, *whole)

    @property
    def values(self) -> dict[str, Any]:
        """Return it as the values of an event."""
        values, found = values_of(SERVICE, self.pairs)
        raise_errors(found)
        return values


@pages.get("/cases/<call>/service/<int:seq>/correct")
@open_to(OF_TOWN)
def ask(call: str, seq: int) -> str:
    """Show what was recorded, to be said otherwise."""
    return _form(_mending(call, seq))


@pages.post("/cases/<call>/service/<int:seq>/correct")
@open_to(OF_TOWN)
@takes_files
def take(call: str, seq: int) -> ResponseReturnValue:
    """Look at a correction, or record it."""
    form = request.form.get(FORM, "")
    with the_desk().turns.of(form) as before:
        if before:
            return redirect(before, 303)
        asked = _mending(call, seq, files_brought())
        try:
            raise_errors(asked.brought.problems)
            ahead = _look(asked)
            if request.form.get(SEEN) != state_of(asked.clerk):
                return _form(asked, ahead=ahead, looked=True, moved=True), CONFLICT
            if not may_write(_command(asked)):
                return _form(asked, ahead=ahead, looked=True)
            _write(asked)
        except UserError as error:
            return _form(replace(asked, problems=error.problems)), REFUSED
        asked.brought.drop()
        to = "" if asked.never else f"/{asked.seq}"
        where = the_desk().turns.done(form, f"/cases/{call}/service{to}?said=3")
    return redirect(where, 303)


def _mending(call: str, seq: int, brought: FilesBrought = NO_FILES) -> _Mending:
    path = the_file(call)
    clerk = the_clerk(path)
    line_of(clerk, seq)
    first, was = kept_attempt(clerk, seq)
    whom = str(first.data.get("guardian") or first.data.get("organ"))
    paper = Addressed(str(first.data["document"]), str(first.data["number"] or ""), whom)
    organ = bool(first.data.get("organ"))
    ways = tuple(way for way in SERVICE_METHODS if METHODS[way].organs or not organ)
    of = ToServe(paper, was.document, "", ways, date.min, organ=organ)
    before = ServiceSaid(of, was.method, _came(was), {})
    before = replace(before, answers=_known(before, was))
    now = _now(before)
    return _Mending(call, path, clerk, first.seq, was, before, now, organ, brought)


def _came(event: Event) -> str:
    """Say what came of an attempt in plain words."""
    refused = bool(event.refusal)
    words = outcomes_of(event.method)
    fits = (word for word, told in words.items() if told == (event.outcome, refused))
    same = (word for word, told in words.items() if told[0] == event.outcome)
    return next(fits, "") or next(same, "") or next(iter(words))


def _known(said: ServiceSaid, event: Event) -> Mapping[str, str]:
    """Return what was recorded as the answers of a form."""
    told = written_event(event)
    return {key: _text(told, key) for key in said.keys}


def _text(told: Mapping[str, Any], key: str) -> str:
    name, _, part = key.partition(".")
    value = told.get(name)
    if not part:
        return plainly(value) if value is not None else ""
    first = value[0] if isinstance(value, list) and value else value or {}
    if not isinstance(first, Mapping):
        first = {"姓名": first}
    return str(first.get(part, ""))


def _now(before: ServiceSaid) -> ServiceSaid:
    """Return what is said now: another way, another outcome, other answers."""
    way = request.values.get("way", before.way)
    if way not in before.of.ways:
        abort(404)
    words = [*outcomes_of(way)]
    usual = before.came if before.came in words else words[0]
    came = request.values.get("result", usual)
    now = replace(before, way=way, came=came if came in words else words[0])
    return replace(now, answers={**before.answers, **answered(now.keys)})


def _look(asked: _Mending) -> Foreseen | None:
    """Tell what a correction comes to; an organ's starts no period, and one of what never
    happened leaves nothing.
    """
    if asked.never or asked.organ:
        return None
    done = preview_correction(
        asked.clerk, asked.seq, asked.values, reason_given(), asked.brought.proofs
    )
    return told_of(asked.clerk, done)


def _write(asked: _Mending) -> None:
    told = (asked.clerk, asked.seq, asked.values, reason_given())
    if asked.never:
        strike(*told)
    elif asked.organ:
        correct_to_organ(*told, asked.brought.proofs)
    else:
        correct(*told, asked.brought.proofs)


def _form(
    asked: _Mending, *, ahead: Foreseen | None = None, looked: bool = False, moved: bool = False
) -> str:
    lacking = ahead.done.lacking if ahead else ()
    who = who_answers(asked.clerk.office.workspace)
    return render_template(
        "service_correct.html",
        call=asked.call,
        seq=asked.seq,
        said=asked.now,
        ways=asked.before.of.ways,
        words=[*outcomes_of(asked.now.way)],
        event=written_event(asked.was),
        pairs=asked.pairs,
        never=asked.never,
        blanks=[*blanks_of(asked.clerk, asked.now, asked.problems, first=False)],
        files=[*file_blanks(asked.clerk, asked.now, lacking, asked.brought)],
        who=who,
        by=request.form.get(BY, ""),
        form=request.form.get(FORM) or new_form(),
        seen=state_of(asked.clerk),
        problems=asked.problems,
        ahead=ahead,
        looked=looked,
        moved=moved,
        command=_command(asked),
    )


def _command(asked: _Mending) -> str:
    return the_desk().command(*_words(asked))


def _words(asked: _Mending) -> Iterator[str | Path]:
    yield from ("service", "correct")
    yield asked.path
    yield from (str(asked.seq), *asked.pairs)
    yield from ("--reason", reason_given() or "姓名：理由", *asked.brought.words)
    if asked.clerk.by:
        yield from ("--by", asked.clerk.by)

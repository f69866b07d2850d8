"""取下: a scan or a proof that was kept with the wrong paper or the wrong attempt is taken off, as
``kcbx paper detach`` and ``kcbx service detach`` do; looked at first.
"""

from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.users import OF_TOWN
from kcbx_docs.desk.blanks import CONFLICT, REFUSED, SEEN, reason_given
from kcbx_docs.desk.here import may_write, the_desk, the_file
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.service_form import BY, state_of, the_clerk
from kcbx_docs.desk.turns import FORM, new_form
from kcbx_docs.issuing.clerk import Clerk
from kcbx_docs.issuing.detaching import (
    PAPER,
    SERVICE,
    Detachable,
    Detached,
    detach,
    may_be_detached,
    to_detach,
)
from kcbx_docs.light import dataclass
from kcbx_docs.office.reason import who_answers
from kcbx_docs.problems import Place, Problems, UserError, stop

pages = Blueprint("taking_off", __name__)
_WHICH = "which"
_PAGES = {PAPER: "issued", SERVICE: "service"}
"""Whose files, and on which page they are told."""


@dataclass(frozen=True)
class _TakingOff:
    """The files of a paper or an attempt, and which of them is meant."""

    call: str
    path: Path
    clerk: Clerk
    seq: int
    whose: str
    files: tuple[Detachable, ...]

    @property
    def chosen(self) -> Detachable | None:
        """Return the file that is meant; the only one need not be chosen."""
        wanted = request.form.get(_WHICH, "")
        alone = self.files[0] if len(self.files) == 1 else None
        return next((one for one in self.files if one.word == wanted), alone)

    @property
    def command(self) -> str:
        """Write the command that the form equals."""
        one = self.chosen
        words: list[str | Path] = [self.whose, "detach", self.path]
        words += [str(one.one.seq if one else self.seq)]
        if one:
            named = [each for each in self.files if each.file.name == one.file.name]
            words += ["--file", one.file.name if len(named) == 1 else one.word]
        words += ["--reason", reason_given() or "姓名：理由"]
        words += ["--by", self.clerk.by] if self.clerk.by else []
        return the_desk().command(*words)

    @property
    def back(self) -> str:
        """Return the page of the paper or of the attempt."""
        return f"/cases/{self.call}/{_PAGES[self.whose]}/{self.seq}"


@pages.get("/cases/<call>/detach/<whose>/<int:seq>")
@open_to(OF_TOWN)
def ask(call: str, whose: str, seq: int) -> str:
    """Ask which file is taken off, and why."""
    asked = _asked(call, whose, seq)
    return _form(asked) if asked.files else abort(404)


@pages.post("/cases/<call>/detach/<whose>/<int:seq>")
@open_to(OF_TOWN)
def take(call: str, whose: str, seq: int) -> ResponseReturnValue:
    """Look at what is taken off, or take it off."""
    form = request.form.get(FORM, "")
    with the_desk().turns.of(form) as before:
        if before:
            return redirect(before, 303)
        asked = _asked(call, whose, seq)
        if not asked.files:  # another window was quicker
            return redirect(f"{asked.back}?said=off", 303)
        try:
            one = asked.chosen
            if one is None:
                raise stop("DESK071", Place(path=_WHICH), what="取下哪一个")
            told = (asked.clerk, one.one.seq, (one.word,), reason_given(), asked.whose)
            ahead = to_detach(*told)
            if request.form.get(SEEN) != state_of(asked.clerk):
                return _form(asked, ahead, moved=True), CONFLICT
            if not may_write(asked.command):
                return _form(asked, ahead)
            detach(*told)
        except UserError as error:
            return _form(asked, problems=error.problems), REFUSED
        return redirect(the_desk().turns.done(form, f"{asked.back}?said=off"), 303)


def _asked(call: str, whose: str, seq: int) -> _TakingOff:
    path = the_file(call)
    if whose not in _PAGES:
        abort(404)
    clerk = the_clerk(path)
    return _TakingOff(call, path, clerk, seq, whose, may_be_detached(clerk, seq, whose))


def _form(
    asked: _TakingOff,
    ahead: Detached | None = None,
    *,
    moved: bool = False,
    problems: Problems = (),
) -> str:
    return render_template(
        "taking_off.html",
        call=asked.call,
        asked=asked,
        which=asked.chosen.word if asked.chosen else "",
        ahead=ahead,
        moved=moved,
        problems=problems,
        who=who_answers(asked.clerk.office.workspace),
        by=request.form.get(BY, ""),
        form=request.form.get(FORM) or new_form(),
        seen=state_of(asked.clerk),
        command=asked.command,
    )

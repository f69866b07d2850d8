"""处罚依据: the clause on which fines rest, asked for as ``kcbx pack confirm`` asks, repeated, then
written; what was answered is kept until it is.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from kcbx_docs.case.files import WORKSPACE_FILE
from kcbx_docs.case.workspace import PenaltyBasis
from kcbx_docs.desk.blanks import CONFLICT, REFUSED, SEEN
from kcbx_docs.desk.here import came_in, the_desk, the_packs
from kcbx_docs.desk.uploads import PAPER, Upload, takes_files
from kcbx_docs.keeping.packview import value_rows
from kcbx_docs.light import dataclass
from kcbx_docs.office.asked import Answers, Asked
from kcbx_docs.office.confirm import Confirmation, registered, write
from kcbx_docs.office.confirm_form import (
    ANOTHER,
    ATTACHMENT,
    CHANGED,
    FORM,
    QUESTIONS,
    WHICH,
    WRONG,
    ConfirmForm,
)
from kcbx_docs.office.kept_answers import KeptAnswers, kept_for
from kcbx_docs.office.new_files import refresh_schemas
from kcbx_docs.office.packs_here import TEMPLATES
from kcbx_docs.office.unlock import faults_left, unknowns, unlocked
from kcbx_docs.packs.model import UNKNOWN
from kcbx_docs.problems import Problems, UserError, errors

pages = Blueprint("basis", __name__)
_SAMPLE = "示例"
_LONG = ("原文",)
"""What is copied from the regulation, in more than a line."""
_FILES = (WORKSPACE_FILE, f"{TEMPLATES}/pack.yaml", f"{TEMPLATES}/law.yaml")


@dataclass(frozen=True)
class ClauseBlank:
    """One question as it is shown: what was answered, and what is said of that."""

    asked: Asked
    answer: str
    fault: str = ""
    found: Problems = ()

    @property
    def key(self) -> str:
        """Return what the answer is called in the form."""
        return str(self.asked.loc[0])

    @property
    def long(self) -> bool:
        """Tell whether it takes more than a line."""
        return self.key in _LONG


@dataclass
class FilledIn:
    """The form with what somebody typed: blanks, answers that stand, and what speaks against it."""

    form: ConfirmForm
    typed: Mapping[str, str]
    blanks: list[ClauseBlank] = field(default_factory=list)
    answers: Answers = field(default_factory=dict)
    problems: Problems = ()

    def fill(self, *, judged: bool) -> "FilledIn":
        """Read every answer; ``judged`` says what is wrong, too."""
        for asked in self.form.flow(self.answers):
            text = self.typed.get(str(asked.loc[0]), asked.default).strip()
            fault = self._take(asked, text)
            self.blanks.append(ClauseBlank(asked, text, fault if judged else ""))
        if judged and not any(one.fault for one in self.blanks):
            self._judge()
        return self

    def _take(self, asked: Asked, text: str) -> str:
        """Take an answer; return why it cannot stand, if it cannot."""
        try:
            self.answers[asked.loc] = asked.read(text)
        except ValueError as error:
            self.answers[asked.loc] = ""
            return str(error)
        return ""

    def _judge(self) -> None:
        found = tuple(one for one in self.form.judge(self.answers) if not one.missing)
        self.blanks = [
            ClauseBlank(one.asked, one.answer, "", tuple(filter(one.asked.is_meant, found)))
            for one in self.blanks
        ]
        if errors(found):
            return
        try:
            self.form.prove(self.answers)
        except UserError as error:
            self.problems = error.problems

    @property
    def ready(self) -> Confirmation | None:
        """Return all that will be written, if nothing speaks against it."""
        return None if self.problems else self.form.ready

    @property
    def repeated(self) -> list[tuple[str, str]]:
        """Repeat every answer as it was understood."""
        asked = [one.asked for one in self.blanks]
        return [(one.short, one.told(self.answers.get(one.loc, ""))) for one in asked]

    @property
    def said(self) -> dict[tuple[int | str, ...], str]:
        """Return the answers that stand, to be kept until they are written; a file is not."""
        return {loc: text for loc, text in self.answers.items() if text and loc != ATTACHMENT}


@pages.get("/templates/basis")
def show() -> str:
    """List what is registered, what is unknown, and who must confirm it."""
    desk = the_desk()
    bases = registered(desk.root)
    library = the_packs().library(None)[0]
    unknown = [row for row in value_rows(library) if row.value == UNKNOWN]
    told = [(one, () if one.withdrawn else _left(one)) for one in bases]
    return render_template(
        "basis.html",
        bases=told,
        unknown=unknown,
        own=library.chain.id,
        half=_kept().answers() != {},
        another=ANOTHER,
        questions=[(one.key, one.about) for one in QUESTIONS],
        command=desk.command("pack", "confirm"),
    )


def _left(basis: PenaltyBasis) -> Problems:
    desk = the_desk()
    return (*faults_left(desk.root, basis, desk.today()), *unknowns(basis))


@pages.get("/templates/basis/confirm")
def ask() -> str:
    """Ask for a clause; what was answered before, finished or not, is offered again."""
    typed = {str(loc[0]): text for loc, text in _kept().answers().items()}
    if which := request.args.get("which", ""):
        typed = {str(WHICH[0]): which}
    return _page(_filled(typed, {}, judged=False))


@pages.post("/templates/basis/confirm")
@takes_files
def take() -> ResponseReturnValue:
    """Repeat what will be written; write it once that was seen."""
    desk, form = the_desk(), request.form
    typed = {key: text for key, text in form.items() if key not in (SEEN, "then", "write")}
    seen = _state({})
    if "write" in form and form.get("then") == seen:  # the second click of two
        _kept().forget()
        return _done(None)
    try:
        came = came_in(PAPER)
    except UserError as error:
        return _page(_filled(typed, {}, judged=True), problems=error.problems), REFUSED
    if came:
        typed[str(ATTACHMENT[0])] = came[-1].name
    filled = _filled(typed, {one.name: one.path for one in came}, judged=True)
    _kept().keep(filled.said)
    if filled.ready is None:
        return _page(filled, came), REFUSED
    if "write" not in form:
        return _page(filled, came)
    if form.get(SEEN) != seen:
        return _page(filled, came, moved=True), CONFLICT
    try:
        write(filled.ready)
    except UserError as error:
        return _page(filled, came, problems=error.problems), REFUSED
    refresh_schemas(desk.root)
    _kept().forget()
    desk.waiting.drop(came)
    return _done(filled)


def _kept() -> KeptAnswers:
    return kept_for(FORM, the_desk().root)


def _filled(typed: Mapping[str, str], files: Mapping[str, Path], *, judged: bool) -> FilledIn:
    desk = the_desk()
    said = {_SAMPLE: "是"} if typed.get(_SAMPLE) == "是" else {}
    form = ConfirmForm(desk.root, desk.today(), said, correct=False, silent=False, files=files)
    return FilledIn(form, typed).fill(judged=judged)


def _state(changed: Mapping[Path, bytes]) -> str:
    """Tell the files that hold clauses from every other state of them."""
    whole = hashlib.sha256()
    for path in (the_desk().root / name for name in _FILES):
        data = changed.get(path) or (path.read_bytes() if path.is_file() else b"")
        whole.update(hashlib.sha256(data).digest())
    return whole.hexdigest()


def _page(
    filled: FilledIn,
    came: Sequence[Upload] = (),
    *,
    problems: Problems = (),
    moved: bool = False,
) -> str:
    desk, ready = the_desk(), filled.ready
    values = the_packs().library(None)[0].chain.pack.values
    changes = {one.path: one.data for one in ready.changes} if ready else {}
    return render_template(
        "basis_form.html",
        blanks=filled.blanks,
        repeated=filled.repeated,
        ready=ready,
        targets=[desk.below(path) for path in changes],
        came=came,
        accept=PAPER.accept,
        sample=_SAMPLE in filled.form.said,
        may_be_sample=values.get(_SAMPLE) == "是",
        seen=_state({}),
        then=_state(changes) if ready else "",
        problems=(*problems, *filled.problems),
        moved=moved,
        command=desk.command("pack", "confirm", *_words(filled)),
    )


def _words(filled: FilledIn) -> Iterator[str]:
    """Yield the options that answer the same; a correction says that it is one."""
    answers = filled.answers
    former = filled.form.former(answers)
    if former:
        yield from ("--id", former.id)
    for one in QUESTIONS:
        if text := answers.get((one.key,), ""):
            yield from (f"--{one.option}", text)
    if text := answers.get(("简称",), ""):
        yield from ("--short", text)
    if text := answers.get(ATTACHMENT, ""):
        yield from ("--attachment", text)
    if former and answers.get(CHANGED, WRONG) == WRONG:
        yield "--correct"
    if _SAMPLE in filled.form.said:
        yield "--sample"
    yield "--yes"


def _done(filled: FilledIn | None) -> str:
    """Say what was written, what is unknown still, and which papers may be made now."""
    desk = the_desk()
    day = desk.today()
    found: Problems = ()
    ready = filled.ready if filled else None
    if ready:
        left = faults_left(desk.root, ready.basis, day)
        found = (*left, *ready.problems, *unknowns(ready.basis))
    told = unlocked(desk.root, day, day)
    return render_template(
        "basis_done.html",
        ready=ready,
        written=[desk.below(one.path) for one in ready.changes] if ready else [],
        problems=found,
        papers=[(desk.called(one.path), one) for one in told.papers],
        steps=told.steps,
        command=desk.command("pack", "confirm", *(_words(filled) if filled else ())),
    )

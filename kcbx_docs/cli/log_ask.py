"""The form of ``kcbx log``: when, whom, how and what came of it; then what that leaves open."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_checks import check_answers
from kcbx_docs.case.event_form import KIND, WHEN, Blank, form_of, values_of
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.service_form import OUTCOME, WAY, Question, outcomes_of, questions
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.cli import ask
from kcbx_docs.cli.answered import told_day
from kcbx_docs.cli.form import Asked, Dialogue
from kcbx_docs.cli.kept_answers import kept_for
from kcbx_docs.light import dataclass
from kcbx_docs.office.near_names import near_names
from kcbx_docs.problems import Problem
from kcbx_docs.reading import Loc, Source, read_model

SERVICE = "送达"
_OFFICERS = "承办人"
Values = dict[str, Any]


@dataclass(frozen=True)
class EventAsked:
    """The form of one event of a case."""

    loaded: LoadedCase
    kind: str
    day: date
    workspace: Workspace

    def form(self) -> Dialogue:
        """Return the form that asks for it."""
        kept = kept_for(f"log {self.kind}", Path(self.loaded.path))
        return Dialogue(self.flow, {}, self._judge, silent=False, kept=kept)

    def flow(self, answers: Mapping[Loc, str]) -> Iterator[Asked]:
        """Yield the questions; what was answered leaves some of them out."""
        usual = self.day.isoformat()
        yield Asked((WHEN,), WHEN, usual, check=ask.a_day, told=told_day, needed=True)
        if self.kind == SERVICE:
            yield from self._service(answers)
            return
        for blank in form_of(self.kind):
            if blank.wanted(answers.get((OUTCOME,), "")):
                yield self._asked(blank)

    def _service(self, answers: Mapping[Loc, str]) -> Iterator[Asked]:
        """Ask for what the way of service needs; the paper and the addressee come first."""
        blanks = {blank.key: blank for blank in form_of(SERVICE)}
        for key in ("文书", "文号", "对象", WAY):
            yield self._asked(blanks[key])
        way = answers[(WAY,)]
        words = outcomes_of(way)
        yield Asked((OUTCOME,), "结果怎样", words=tuple(words), needed=True)
        outcome, refused = words[answers[(OUTCOME,)]]
        for question in questions(way, outcome, refused=refused):
            known = {str(key): text for (key, *_), text in answers.items()}
            if question.wanted(known, known["对象"]):
                yield self._question(question)

    def _question(self, question: Question) -> Asked:
        usual = question.usual or self._usual(question.key)
        words, needed = question.choices, question.needed
        return Asked((question.key,), question.text, usual, words=words, needed=needed)

    def _asked(self, blank: Blank) -> Asked:
        label = f"{blank.key}（{blank.about}）" if blank.about != blank.key else blank.key
        must = "，必填" if blank.required else ""
        return Asked(
            (blank.key,),
            f"{label}{must}",
            self._usual(blank.key),
            words=blank.choices,
            needed=blank.required,
        )

    def _usual(self, key: str) -> str:
        return "、".join(self.loaded.case.handlers) if key == _OFFICERS else ""

    def pairs(self, answers: Mapping[Loc, str]) -> tuple[str, ...]:
        """Return the answers as somebody would type them after the command."""
        said = {str(key): text for (key, *_), text in answers.items()}
        if self.kind == SERVICE and OUTCOME in said:
            said[OUTCOME] = outcomes_of(said[WAY])[said[OUTCOME]][0]
        return tuple(f"{key}={text}" for key, text in said.items() if text)

    def values(self, answers: Mapping[Loc, str]) -> Values:
        """Return the answers as an event of the file."""
        typed = values_of(self.kind, self.pairs(answers))[0]
        return {WHEN: typed.pop(WHEN), KIND: self.kind, **typed}

    def _judge(self, answers: Mapping[Loc, str]) -> Sequence[Problem]:
        event, found = read_model(Event, Source("", "", self.values(answers)))
        if event is None:
            return found
        near = near_names(event, self.loaded.case, self.workspace)
        return (*found, *check_answers(self.loaded.case, event, self.day), *near)


def values_by_asking(
    asked: EventAsked, path: Path, prove: Callable[[Values], object]
) -> tuple[Values, Dialogue]:
    """Ask for an event until it can be written; what is kept is forgotten once it is."""
    form = asked.form()
    answers = form.fill(path, lambda told: prove(asked.values(told)))
    return asked.values(answers), form

"""The form of ``kcbx log``: when, whom, how and what came of it; then what that leaves open."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kcbx_docs.case.event_form import WHEN, Blank
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.service_form import OUTCOME, Question
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.cli import ask
from kcbx_docs.cli.answered import told_day
from kcbx_docs.cli.form import Dialogue
from kcbx_docs.light import dataclass
from kcbx_docs.office.asked import Asked
from kcbx_docs.office.event_said import SERVICE, EventSaid
from kcbx_docs.office.kept_answers import kept_for
from kcbx_docs.problems import Problem
from kcbx_docs.reading import Loc

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
        asked: set[str] = set()
        while blank := next((b for b in self._said(answers).blanks if b.key not in asked), None):
            asked.add(blank.key)
            yield self._asked(blank)
        if self.kind == SERVICE:
            yield from self._service(answers)

    def _service(self, answers: Mapping[Loc, str]) -> Iterator[Asked]:
        """Ask for what the way of service needs."""
        words = tuple(self._said(answers).came)
        yield Asked((OUTCOME,), "结果怎样", words=words, needed=True)
        for question in self._said(answers).questions:
            if self._said(answers).wanted(question):
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

    def _said(self, answers: Mapping[Loc, str]) -> EventSaid:
        return EventSaid(self.kind, {str(key): text for (key, *_), text in answers.items()})

    def pairs(self, answers: Mapping[Loc, str]) -> tuple[str, ...]:
        """Return the answers as somebody would type them after the command."""
        return self._said(answers).pairs

    def values(self, answers: Mapping[Loc, str]) -> Values:
        """Return the answers as an event of the file."""
        return self._said(answers).read(self.day)[0]

    def _judge(self, answers: Mapping[Loc, str]) -> Sequence[Problem]:
        return self._said(answers).faults(self.loaded.case, self.day, self.workspace)


def values_by_asking(
    asked: EventAsked, path: Path, prove: Callable[[Values], object]
) -> tuple[Values, Dialogue]:
    """Ask for an event until it can be written; what is kept is forgotten once it is."""
    form = asked.form()
    answers = form.fill(path, lambda told: prove(asked.values(told)))
    return asked.values(answers), form

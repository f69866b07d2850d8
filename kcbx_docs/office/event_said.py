"""What somebody says of one event, by a command or on a page: its kind, the answers by key."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_checks import check_answers
from kcbx_docs.case.event_form import KIND, WHEN, Blank, form_of, values_of
from kcbx_docs.case.model import Case
from kcbx_docs.case.service_form import OUTCOME, WAY, Question, outcomes_of, questions
from kcbx_docs.case.service_methods import METHODS
from kcbx_docs.case.workspace import Workspace
from kcbx_docs.light import dataclass
from kcbx_docs.office.near_names import near_names
from kcbx_docs.problems import Problem, Problems
from kcbx_docs.reading import Source, read_model

SERVICE = "送达"
_OF_SERVICE = ("文书", "文号", "对象", WAY)


@dataclass(frozen=True)
class EventSaid:
    """One event as somebody tells it."""

    kind: str
    answers: Mapping[str, str]
    """Of a service what came of it stands in plain words."""

    @property
    def came(self) -> Mapping[str, tuple[str, bool]]:
        """List what may come of a service by its way; nothing while that is not told."""
        way = self.answers.get(WAY, "")
        return outcomes_of(way) if self.kind == SERVICE and way in METHODS else {}

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """List what is asked first; of a service the paper, the addressee and the way."""
        every = form_of(self.kind)
        if self.kind != SERVICE:
            return tuple(one for one in every if one.wanted(self.answers.get(OUTCOME, "")))
        by_key = {one.key: one for one in every}
        return tuple(by_key[key] for key in _OF_SERVICE)

    @property
    def questions(self) -> tuple[Question, ...]:
        """List what a service is asked besides, once its way and its outcome are told."""
        told = self.came.get(self.answers.get(OUTCOME, ""))
        if told is None:
            return ()
        way, (outcome, refused) = self.answers[WAY], told
        return questions(way, outcome, refused=refused)  # type: ignore[arg-type]

    def wanted(self, question: Question) -> bool:
        """Tell whether a question is to be asked after what was answered."""
        return question.wanted(self.answers, self.answers.get("对象", ""))

    @property
    def pairs(self) -> tuple[str, ...]:
        """Return it as somebody types it after the command."""
        said = dict(self.answers)
        if told := self.came.get(said.get(OUTCOME, "")):
            said[OUTCOME] = told[0]
        return tuple(f"{key}={text}" for key, text in said.items() if text)

    def read(self, today: date) -> tuple[dict[str, Any], Problems]:
        """Return it as an item of the file."""
        typed, found = values_of(self.kind, self.pairs)
        day = typed.pop(WHEN, "") or today.isoformat()
        return {WHEN: day, KIND: self.kind, **typed}, found

    def faults(self, case: Case, today: date, workspace: Workspace) -> Sequence[Problem]:
        """Say what is wrong with an answer by itself; the place of each is its key."""
        values, found = self.read(today)
        if found:
            return found
        event, found = read_model(Event, Source("", "", values))
        if event is None:
            return found
        near = near_names(event, case, workspace)
        return (*found, *check_answers(case, event, today), *near)

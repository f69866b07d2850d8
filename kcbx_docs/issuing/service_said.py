"""What somebody says of one attempt at service, by a command or on a page: of which paper, in
which way, what came of it, and only the answers that this needs.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from kcbx_docs.case.event_checks import check_answers, earliest_day
from kcbx_docs.case.event_form import values_of
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.service_form import Question, day_key, outcomes_of, questions
from kcbx_docs.case.service_methods import METHODS, SERVED, SERVICE_METHODS, Outcome
from kcbx_docs.issuing.attempt import Addressed, event_of
from kcbx_docs.issuing.clerk import Clerk
from kcbx_docs.issuing.organ_service import papers
from kcbx_docs.issuing.pictures import with_pictures
from kcbx_docs.issuing.plan import Waiting, plan
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problem, UserError, problem
from kcbx_docs.record.organs import organs_waiting
from kcbx_docs.record.progress import acts_in_order

SERVICE = "送达"
WHEN = "日期"


@dataclass(frozen=True)
class ToServe:
    """A paper that may be brought to somebody, with the ways in which it may be brought."""

    paper: Addressed
    title: str
    tried: str
    ways: tuple[str, ...]
    made: date
    organ: bool = False
    waiting: Waiting | None = None
    """How it goes on with a guardian who did not get it yet."""

    @property
    def name(self) -> str:
        """Return the answer by which it is chosen."""
        return f"《{self.title}》{self.paper.number} 送给 {self.paper.guardian}"


def to_serve(clerk: Clerk, day: date) -> tuple[ToServe, ...]:
    """List the papers that wait, for guardians and for organs."""
    return (*_at_guardians(clerk, day), *_at_organs(clerk, day))


def _at_guardians(clerk: Clerk, day: date) -> Iterator[ToServe]:
    for one in plan(clerk.docket, day) if isinstance(clerk.loaded, LoadedCase) else ():
        paper = Addressed(one.act.document, one.act.number, one.guardian)
        ways = SERVICE_METHODS
        yield ToServe(paper, one.title, one.told, ways, one.act.day, waiting=one)


def _at_organs(clerk: Clerk, day: date) -> Iterator[ToServe]:
    for one in organs_waiting(papers(clerk), day):
        paper = Addressed(one.paper.document, one.paper.number, one.organ)
        yield ToServe(paper, one.paper.title, one.tried, _OF_ORGANS, one.paper.day, organ=True)


_OF_ORGANS = tuple(name for name in SERVICE_METHODS if METHODS[name].organs)


def ever_made(clerk: Clerk, day: date) -> tuple[ToServe, ...]:
    """List every paper that is served, with those that reached their people."""
    waiting = {one.paper: one for one in to_serve(clerk, day)}
    every = chain(_made_for_guardians(clerk, day), _made_for_organs(clerk))
    return (*waiting.values(), *(one for one in every if one.paper not in waiting))


def _made_for_guardians(clerk: Clerk, day: date) -> Iterator[ToServe]:
    if not isinstance(clerk.loaded, LoadedCase):
        return
    docket = clerk.docket
    for guardian in docket.case.guardians:
        for act in acts_in_order(docket.progress(guardian, day)):
            card = docket.law.card(act.document)
            if card and card.served and not act.implied:
                paper = Addressed(act.document, act.number, guardian.name)
                title = docket.law.title(act.document)
                yield ToServe(paper, title, "已经送达", SERVICE_METHODS, act.day)


def _made_for_organs(clerk: Clerk) -> Iterator[ToServe]:
    for one in papers(clerk):
        for organ in one.organs:
            paper = Addressed(one.document, one.number, organ)
            yield ToServe(paper, one.title, "已经收到", _OF_ORGANS, one.day, organ=True)


@dataclass(frozen=True)
class ServiceSaid:
    """One attempt as somebody told it: the answers by their keys."""

    of: ToServe
    way: str
    came: str
    """What came of it in the plain words of ``outcomes_of``."""
    answers: Mapping[str, str]
    pictures: tuple[str, ...] = ()
    """The photographs and recordings that were brought for it."""

    @property
    def refused(self) -> bool:
        """Tell whether it was refused to sign."""
        return outcomes_of(self.way)[self.came][1]

    @property
    def outcome(self) -> Outcome:
        """Return what came of it as it is recorded."""
        return outcomes_of(self.way)[self.came][0]

    @property
    def asked(self) -> tuple[Question, ...]:
        """List what is asked of such an attempt."""
        outcome, refused = outcomes_of(self.way)[self.came]
        return questions(self.way, outcome, organ=self.of.organ, refused=refused)

    @property
    def keys(self) -> tuple[str, ...]:
        """List the keys of the answers: its day, and what is asked."""
        return (WHEN, *(one.key for one in self.asked))

    @property
    def day_question(self) -> str:
        """Ask for the day; nothing where one of the other keys tells it."""
        if day_key(self.way, self.outcome):
            return ""
        travelled = METHODS[self.way].travels and self.outcome != SERVED
        return "哪一天知道没有送到（退回的写退回的那一天）" if travelled else "哪一天"

    def wanted(self, question: Question) -> bool:
        """Tell whether a question is to be asked after what was answered."""
        return question.wanted(self.answers, self.of.paper.guardian)

    @property
    def pairs(self) -> tuple[str, ...]:
        """Return it as somebody types it after the command."""
        key = WHEN if self.day_question else day_key(self.way, self.outcome)
        said = {one.key: self.answers.get(one.key, "") for one in self.asked if self.wanted(one)}
        own = (f"{key}={text}" for key, text in said.items() if text)
        return (f"{WHEN}={self.answers.get(key, '')}", f"结果={self.outcome}", *own)

    @property
    def values(self) -> dict[str, Any]:
        """Return it as the values of an event."""
        told = values_of(SERVICE, (f"方式={self.way}", *self.pairs))[0]
        return with_pictures(told, self.pictures)

    def faults(self, clerk: Clerk, today: date) -> Sequence[Problem]:
        """Say what is wrong with an answer by itself; the place of each is its key."""
        made, values = self.of.made, self.values
        values[WHEN] = values.get(WHEN) or made.isoformat()
        named = {"事项": SERVICE, "文书": self.of.title, "对象": self.of.paper.guardian}
        try:
            event = event_of({**values, **named})
        except UserError as error:
            return error.problems
        key, first = earliest_day(event)
        facts = {"document": self.of.title, "key": key, "day": first, "other": made}
        early = (problem("CASE060", Place(path=key), **facts),) if first < made else ()
        if not isinstance(clerk.loaded, LoadedCase):
            return early
        return (*early, *check_answers(clerk.loaded.case, event, today))

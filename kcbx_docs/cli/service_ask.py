"""The form of ``kcbx service record``: which paper, which way, what came of it, and only what that
way needs; all is repeated before it goes into the ledger, where nothing is ever changed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import Any

from kcbx_docs.case.event_checks import check_answers, earliest_day
from kcbx_docs.case.event_form import values_of
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.service_form import (
    Groups,
    Question,
    day_key,
    outcomes_of,
    questions,
    wanted_of,
)
from kcbx_docs.case.service_methods import METHODS, SERVED, SERVICE_METHODS, Outcome
from kcbx_docs.cli import ask
from kcbx_docs.cli.answered import told_day
from kcbx_docs.cli.form import Asked, Dialogue
from kcbx_docs.cli.kept_answers import kept_for
from kcbx_docs.issuing.attempt import Addressed, event_of
from kcbx_docs.issuing.clerk import Clerk
from kcbx_docs.issuing.organ_service import foresee_at_organ, papers
from kcbx_docs.issuing.plan import plan
from kcbx_docs.issuing.service import foresee
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, Problem, UserError, problem, stop
from kcbx_docs.reading import Loc
from kcbx_docs.record.organs import organs_waiting

SERVICE = "送达"
PAPER: Loc = ("哪一份",)
WAY: Loc = ("方式",)
OUTCOME: Loc = ("结果",)
DAY: Loc = ("日期",)
PROOF = "证明"
_OFFICERS = "承办人"


@dataclass(frozen=True)
class Told:
    """What somebody told of an attempt: the paper, the way, ``键=值``, ``种类=文件``."""

    paper: Addressed
    method: str
    pairs: tuple[str, ...]
    files: tuple[str, ...]
    done: Callable[[], None] = lambda: None
    """Called once it is recorded."""


@dataclass(frozen=True)
class _Waiting:
    """A paper that waits for somebody, with the ways in which it may be brought."""

    paper: Addressed
    title: str
    tried: str
    ways: tuple[str, ...]
    made: date
    organ: bool = False

    @property
    def name(self) -> str:
        """Return the answer by which it is chosen."""
        return f"《{self.title}》{self.paper.number} 送给 {self.paper.guardian}"


def told_by_asking(clerk: Clerk, day: date) -> Told:
    """Ask for one attempt: at a guardian, or at an organ."""
    waiting = [*_at_guardians(clerk, day), *_at_organs(clerk, day)]
    if not waiting:
        raise stop("SERV014", Place())
    asked = _Record(clerk, day, {one.name: one for one in waiting})
    path = clerk.loaded.path
    form = Dialogue(asked.flow, {}, asked.judge, silent=False, kept=kept_for("service", path))
    told = asked.told(form.fill("台账", asked.prove))
    return replace(told, done=form.done)


def _at_guardians(clerk: Clerk, day: date) -> Iterator[_Waiting]:
    for one in plan(clerk.docket, day) if isinstance(clerk.loaded, LoadedCase) else ():
        paper = Addressed(one.act.document, one.act.number, one.guardian)
        yield _Waiting(paper, one.title, one.told, SERVICE_METHODS, one.act.day)


def _at_organs(clerk: Clerk, day: date) -> Iterator[_Waiting]:
    ways = tuple(name for name in SERVICE_METHODS if METHODS[name].organs)
    for one in organs_waiting(papers(clerk), day):
        paper = Addressed(one.paper.document, one.paper.number, one.organ)
        yield _Waiting(paper, one.paper.title, one.tried, ways, one.paper.day, organ=True)


@dataclass
class _Record:
    """The form of one attempt."""

    clerk: Clerk
    day: date
    waiting: Mapping[str, _Waiting]
    doubted: list[Problem] = field(default_factory=list)
    """Doubts that were told before: who agrees all the same knows of them."""

    def flow(self, answers: Mapping[Loc, str]) -> Iterator[Asked]:
        """Yield the questions; nobody is led to an outcome by pressing Enter."""
        yield _numbered(PAPER, "哪一份", {name: one.tried for name, one in self.waiting.items()})
        paper = self.waiting[answers[PAPER]]
        yield _numbered(WAY, "怎样送的", {way: METHODS[way].about for way in paper.ways})
        way = answers[WAY]
        words = outcomes_of(way)
        yield Asked(OUTCOME, "结果怎样", words=tuple(words), needed=True)
        outcome, refused = words[answers[OUTCOME]]
        if not day_key(way, outcome):
            yield _a_day(DAY, _when(way, outcome), self.day.isoformat())
        for question in questions(way, outcome, organ=paper.organ, refused=refused):
            known = {str(key): text for (key, *_), text in answers.items()}
            if question.wanted(known, paper.paper.guardian):
                yield self._asked(question)
        yield from _files(wanted_of(way, outcome, self.clerk.proofs), answers)

    def _asked(self, question: Question) -> Asked:
        loc, text = (question.key,), question.text
        if question.key.endswith("日期"):
            return replace(_a_day(loc, text), needed=question.needed)
        usual = "、".join(self._officers) if question.key == _OFFICERS else question.usual
        return Asked(loc, text, usual, words=question.choices, needed=question.needed)

    @property
    def _officers(self) -> tuple[str, ...]:
        loaded = self.clerk.loaded
        return loaded.case.handlers if isinstance(loaded, LoadedCase) else ()

    def told(self, answers: Mapping[Loc, str]) -> Told:
        """Return the attempt that the answers tell of."""
        paper, way = self.waiting[answers[PAPER]], answers[WAY]
        outcome = outcomes_of(way)[answers[OUTCOME]][0]
        day = answers.get(DAY) or answers.get((day_key(way, outcome),), "")
        apart = (PAPER, WAY, OUTCOME, DAY)
        said = {loc[0]: text for loc, text in answers.items() if loc not in apart}
        own = (f"{key}={text}" for key, text in said.items() if text and key != PROOF)
        files = tuple(_proofs(answers, wanted_of(way, outcome, self.clerk.proofs)))
        return Told(paper.paper, way, (f"日期={day}", f"结果={outcome}", *own), files)

    def values(self, answers: Mapping[Loc, str]) -> tuple[Told, dict[str, Any]]:
        """Return what is told, also as the values of an event."""
        told = self.told(answers)
        return told, values_of(SERVICE, (f"方式={told.method}", *told.pairs))[0]

    def judge(self, answers: Mapping[Loc, str]) -> Sequence[Problem]:
        """Say what is wrong with an answer by itself; what it needs besides is asked next."""
        if OUTCOME not in answers:
            return ()
        told, values = self.values(answers)
        paper = self.waiting[answers[PAPER]]
        values["日期"] = values.get("日期") or paper.made.isoformat()
        named = {"事项": SERVICE, "文书": paper.title, "对象": told.paper.guardian}
        try:
            event = event_of({**values, **named})
        except UserError as error:
            return error.problems
        key, first = earliest_day(event)
        facts = {"document": paper.title, "key": key, "day": first, "other": paper.made}
        early = (problem("CASE060", Place(path=key), **facts),) if first < paper.made else ()
        if not isinstance(self.clerk.loaded, LoadedCase):
            return early
        return (*early, *check_answers(self.clerk.loaded.case, event, self.day))

    def prove(self, answers: Mapping[Loc, str]) -> None:
        """Refuse what the ledger would not take; what is doubtful is told once before."""
        told, values = self.values(answers)
        organ = self.waiting[answers[PAPER]].organ
        look = foresee_at_organ if organ else foresee
        new = [one for one in look(self.clerk, told.paper, values, told.files)
               if one not in self.doubted]  # fmt: skip
        self.doubted += new
        if new:
            raise UserError(new)


def _numbered(loc: Loc, label: str, words: Mapping[str, str]) -> Asked:
    """Ask for one of several words; what each of them means stands above, under its number."""
    listed = tuple(
        f"{number} {word}（{about}）" for number, (word, about) in enumerate(words.items(), 1)
    )
    return Asked(loc, f"{label}（写上面的序号）", words=tuple(words), needed=True, listed=listed)


def _a_day(loc: Loc, label: str, usual: str = "") -> Asked:
    return Asked(loc, label, usual, check=ask.a_day, told=told_day, needed=True)


def _when(way: str, outcome: Outcome) -> str:
    travelled = METHODS[way].travels and outcome != SERVED
    return "哪一天知道没有送到（退回的写退回的那一天）" if travelled else "哪一天"


def _files(groups: Groups, answers: Mapping[Loc, str]) -> Iterator[Asked]:
    for number, group in enumerate(groups):
        label = f"{'或'.join(group)}的照片、扫描件（文件名；没有的回车，以后可以补）"
        yield Asked((PROOF, number), label, check=_a_file)
        if answers[PROOF, number] and len(group) > 1:
            yield Asked((PROOF, number, "种类"), "它是哪一种", words=tuple(group), needed=True)


def _a_file(text: str) -> str:
    if Path(text).is_file():
        return text
    raise ValueError(f"没有「{text}」这个文件。现在没有的直接回车。")


def _proofs(answers: Mapping[Loc, str], groups: Groups) -> Iterator[str]:
    for number, group in enumerate(groups):
        if path := answers.get((PROOF, number)):
            yield f"{answers.get((PROOF, number, '种类'), group[0])}={path}"

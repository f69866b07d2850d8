"""The form of ``kcbx service record``: which paper, which way, what came of it, and only what that
way needs; all is repeated before it goes into the ledger, where nothing is ever changed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.service_form import (
    Groups,
    Question,
    outcomes_of,
    wanted_of,
)
from kcbx_docs.case.service_methods import METHODS
from kcbx_docs.cli import ask
from kcbx_docs.cli.answered import told_day
from kcbx_docs.cli.form import Dialogue
from kcbx_docs.issuing.attempt import Addressed
from kcbx_docs.issuing.clerk import Clerk
from kcbx_docs.issuing.organ_service import foresee_at_organ
from kcbx_docs.issuing.pictures import picture_names
from kcbx_docs.issuing.service import foresee
from kcbx_docs.issuing.service_said import ServiceSaid, ToServe, to_serve
from kcbx_docs.light import dataclass
from kcbx_docs.office.asked import Asked
from kcbx_docs.office.kept_answers import kept_for
from kcbx_docs.problems import Place, Problem, UserError, stop
from kcbx_docs.reading import Loc

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


def told_by_asking(clerk: Clerk, day: date) -> Told:
    """Ask for one attempt: at a guardian, or at an organ."""
    waiting = to_serve(clerk, day)
    if not waiting:
        raise stop("SERV014", Place())
    asked = _Record(clerk, day, {one.name: one for one in waiting})
    path = clerk.loaded.path
    form = Dialogue(asked.flow, {}, asked.judge, silent=False, kept=kept_for("service", path))
    told = asked.told(form.fill("台账", asked.prove))
    return replace(told, done=form.done)


@dataclass
class _Record:
    """The form of one attempt."""

    clerk: Clerk
    day: date
    waiting: Mapping[str, ToServe]
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
        said = self._said(answers)
        if label := said.day_question:
            yield _a_day(DAY, label, self.day.isoformat())
        for question in said.asked:
            if self._said(answers).wanted(question):
                yield self._asked(question)
        yield from _files(self._wanted(said), answers)

    def _wanted(self, said: ServiceSaid) -> Groups:
        return wanted_of(said.way, said.outcome, self.clerk.proofs, refused=said.refused)

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

    def _said(self, answers: Mapping[Loc, str]) -> ServiceSaid:
        known = {str(key): text for (key, *_), text in answers.items()}
        return ServiceSaid(self.waiting[answers[PAPER]], answers[WAY], answers[OUTCOME], known)

    def told(self, answers: Mapping[Loc, str]) -> Told:
        """Return the attempt that the answers tell of."""
        said = self._said(answers)
        files = tuple(_proofs(answers, self._wanted(said)))
        return Told(said.of.paper, said.way, said.pairs, files)

    def judge(self, answers: Mapping[Loc, str]) -> Sequence[Problem]:
        """Say what is wrong with an answer by itself; what it needs besides is asked next."""
        if OUTCOME not in answers:
            return ()
        said = replace(self._said(answers), pictures=picture_names(self.told(answers).files))
        return said.faults(self.clerk, self.day)

    def prove(self, answers: Mapping[Loc, str]) -> None:
        """Refuse what the ledger would not take; what is doubtful is told once before."""
        said, files = self._said(answers), self.told(answers).files
        look = foresee_at_organ if said.of.organ else foresee
        new = [one for one in look(self.clerk, said.of.paper, said.values, files)
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

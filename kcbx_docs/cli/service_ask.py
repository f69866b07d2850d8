"""The questions of ``kcbx service record``: which paper, which way, what came of it, and only what
that way needs.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.service_form import OUTCOMES, Groups, Question, questions, wanted_of
from kcbx_docs.case.service_methods import METHODS, SERVICE_METHODS, Outcome
from kcbx_docs.cli import ask, show
from kcbx_docs.cli.ask import Questions
from kcbx_docs.issuing.attempt import Addressed
from kcbx_docs.issuing.clerk import Clerk
from kcbx_docs.issuing.organ_service import organs_waiting, papers
from kcbx_docs.issuing.plan import plan
from kcbx_docs.light import dataclass
from kcbx_docs.problems import Place, stop


@dataclass(frozen=True)
class Told:
    """What somebody told of an attempt: the paper, the way, ``键=值``, ``种类=文件``."""

    paper: Addressed
    method: str
    pairs: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True)
class _Waiting:
    """A paper that waits for somebody, with the ways in which it may be brought."""

    paper: Addressed
    title: str
    told: str
    ways: tuple[str, ...]
    usual: str
    organ: bool = False


def told_by_asking(clerk: Clerk, day: date) -> Told:
    """Ask for one attempt: at a guardian, or at an organ."""
    asking = Questions(silent=False)
    waiting = _which(asking, [*_at_guardians(clerk, day), *_at_organs(clerk, day)])
    method = _way(asking, waiting)
    outcome = _outcome(asking, method)
    on = asking.text("哪一天", None, day.isoformat(), ask.a_day)
    answers = _answers(asking, method, outcome, waiting)
    pairs = (f"日期={on}", f"结果={outcome}", *answers)
    groups = wanted_of(method, outcome, clerk.proofs)
    files = tuple(_files(asking, groups))
    return Told(waiting.paper, method, pairs, files)


def _at_guardians(clerk: Clerk, day: date) -> Iterator[_Waiting]:
    for one in plan(clerk.docket, day) if isinstance(clerk.loaded, LoadedCase) else ():
        paper = Addressed(one.act.document, one.act.number, one.guardian)
        usual = one.next.method.name if one.next else SERVICE_METHODS[0]
        yield _Waiting(paper, one.title, one.told, SERVICE_METHODS, usual)


def _at_organs(clerk: Clerk, day: date) -> Iterator[_Waiting]:
    ways = tuple(name for name in SERVICE_METHODS if METHODS[name].organs)
    for one in organs_waiting(papers(clerk), day):
        paper = Addressed(one.paper.document, one.paper.number, one.organ)
        yield _Waiting(paper, one.paper.title, one.tried, ways, ways[0], organ=True)


def _which(asking: Questions, waiting: Sequence[_Waiting]) -> _Waiting:
    if not waiting:
        raise stop("SERV014", Place())
    for number, one in enumerate(waiting, 1):
        whom = one.paper.guardian
        show.tell(f"{number}. 《{one.title}》{one.paper.number} 送给 {whom}（{one.told}）")
    if len(waiting) == 1:
        return waiting[0]
    numbers = tuple(str(number) for number in range(1, len(waiting) + 1))
    chosen = asking.choice("登记哪一份", None, numbers, numbers[0])
    return waiting[int(chosen) - 1]


def _way(asking: Questions, waiting: _Waiting) -> str:
    for name in waiting.ways:
        show.tell(f"  {name}：{METHODS[name].about}")
    return asking.choice("怎样送的", None, waiting.ways, waiting.usual)


def _outcome(asking: Questions, method: str) -> Outcome:
    outcomes = METHODS[method].outcomes
    words = tuple(OUTCOMES[outcome] for outcome in outcomes)
    chosen = asking.choice("结果怎样", None, words, words[0])
    return outcomes[words.index(chosen)]


def _answers(asking: Questions, method: str, outcome: Outcome, waiting: _Waiting) -> Iterator[str]:
    answers: dict[str, str] = {}
    for question in questions(method, outcome, organ=waiting.organ):
        if question.wanted(answers, waiting.paper.guardian):
            answers[question.key] = _answer(asking, question)
    yield from (f"{key}={answer}" for key, answer in answers.items() if answer)


def _answer(asking: Questions, question: Question) -> str:
    while True:
        if question.choices:
            answer = asking.choice(question.text, None, question.choices, question.usual)
        else:
            answer = asking.text(question.text, None, question.usual)
        if answer or not question.needed:
            return answer
        show.tell("这一项法律要求写明，不能空着。")


def _files(asking: Questions, groups: Groups) -> Iterator[str]:
    for group in groups:
        kind = group[0]
        wanted = "或".join(group)
        path = asking.text(f"{wanted}的照片、扫描件（文件名；没有的回车，以后可以补）", None)
        if path:
            yield f"{kind}={path}" if len(group) == 1 else _of_kind(asking, group, path)


def _of_kind(asking: Questions, group: Sequence[str], path: str) -> str:
    kind = asking.choice("它是哪一种", None, tuple(group), group[0])
    return f"{kind}={path}"

"""The questions of ``kcbx service record``: which paper, which way, what came of it, and only what
that way needs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kcbx_docs.case.service_form import OUTCOMES, Groups, Question, questions, wanted_of
from kcbx_docs.case.service_methods import METHODS, SERVICE_METHODS, Outcome
from kcbx_docs.cli import ask, show
from kcbx_docs.cli.ask import Questions
from kcbx_docs.issuing.attempt import Addressed
from kcbx_docs.issuing.plan import Waiting, plan
from kcbx_docs.problems import Place, stop
from kcbx_docs.record.docket import Docket


@dataclass(frozen=True)
class Told:
    """What somebody told of an attempt: the paper, the way, ``键=值``, ``种类=文件``."""

    paper: Addressed
    method: str
    pairs: tuple[str, ...]
    files: tuple[str, ...]


def told_by_asking(docket: Docket, day: date) -> Told:
    """Ask for one attempt."""
    asking = Questions(silent=False)
    waiting = _which(asking, plan(docket, day))
    paper = Addressed(waiting.act.document, waiting.act.number, waiting.guardian)
    method = _way(asking, waiting)
    outcome = _outcome(asking, method)
    on = asking.text("哪一天", None, day.isoformat(), ask.a_day)
    pairs = (f"日期={on}", f"结果={outcome}", *_answers(asking, method, outcome, paper.guardian))
    groups = wanted_of(method, outcome, docket.law.proofs)
    files = tuple(_files(asking, groups))
    return Told(paper, method, pairs, files)


def _which(asking: Questions, waiting: Sequence[Waiting]) -> Waiting:
    if not waiting:
        raise stop("SERV014", Place())
    for number, one in enumerate(waiting, 1):
        show.tell(f"{number}. 《{one.title}》{one.act.number} 送给 {one.guardian}（{one.told}）")
    if len(waiting) == 1:
        return waiting[0]
    numbers = tuple(str(number) for number in range(1, len(waiting) + 1))
    chosen = asking.choice("登记哪一份", None, numbers, numbers[0])
    return waiting[int(chosen) - 1]


def _way(asking: Questions, waiting: Waiting) -> str:
    for name in SERVICE_METHODS:
        show.tell(f"  {name}：{METHODS[name].about}")
    usual = waiting.next.method.name if waiting.next else SERVICE_METHODS[0]
    return asking.choice("怎样送的", None, SERVICE_METHODS, usual)


def _outcome(asking: Questions, method: str) -> Outcome:
    outcomes = METHODS[method].outcomes
    words = tuple(OUTCOMES[outcome] for outcome in outcomes)
    chosen = asking.choice("结果怎样", None, words, words[0])
    return outcomes[words.index(chosen)]


def _answers(asking: Questions, method: str, outcome: Outcome, addressee: str) -> Iterator[str]:
    answers: dict[str, str] = {}
    for question in questions(method, outcome):
        if question.wanted(answers, addressee):
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

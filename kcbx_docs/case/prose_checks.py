"""Free text that speaks of what has a closed choice of its own: it only asks for the choice,
no law hangs on it.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from kcbx_docs.case.condition import CHOICES, condition_suggested
from kcbx_docs.case.danger_words import kinds_meant
from kcbx_docs.case.model import Case, Guardian, name_key
from kcbx_docs.case.whereabouts import DEAD, HANDED_ON, MISSING, suggestion
from kcbx_docs.light import regex
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.reading import Loc, Source

_OF_THE_CHILD = ("首次缺课", "再次缺课", "联系", "劝返", "核查", "中止", "移送")
"""Events whose reason is told of the child."""
_TOLD = {"原因": "reason", "内容": "content", "结果": "result", "备注": "note"}

_CLAUSES = regex(r"[，,。；;！!？?\n]")
_DECLARED_DEAD = regex(r"(?<!申请)宣告(其|他|她)?死亡")
_UNDONE = regex(r"申请|没有|没(?!了)|未|撤销|准备|建议")
_RELATIVES = regex(
    r"丈夫|妻子|配偶|前夫|前妻|公公|婆婆|岳父|岳母|父亲|母亲|父母|哥|弟|姐|妹|老人|叔|伯|舅|姨|姑"
)
_NO_LONGER = (DEAD, MISSING, *HANDED_ON)


def check_dangers(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Words of danger in free text ask for the closed choice, once for each danger of a case."""
    known = {str(danger.kind) for danger in case.dangers}
    for loc, text, own in _texts(case):
        found = kinds_meant(text, case.pupil.name, own=own)
        fresh = {kind: clause for kind, clause in found if kind not in known}
        known.update(fresh)
        if fresh:
            clauses = "；".join(dict.fromkeys(fresh.values()))
            facts = {"where": f"「{loc[-1]}」", "text": clauses, "kinds": "、".join(fresh)}
            yield problem("CASE080", source.place(loc, value=True), **facts)


def _texts(case: Case) -> Iterator[tuple[Loc, str, bool]]:
    """Yield what people wrote freely of a case, and whether all of it is told of the child."""
    yield ("学生", "失学原因"), case.pupil.reason, True
    yield ("学生", "去向"), case.pupil.whereabouts, True
    yield ("学生", "备注"), case.pupil.note, True
    for number, event in enumerate(case.history):
        for key, name in _TOLD.items():
            own = key == "原因" and event.kind in _OF_THE_CHILD
            yield ("经过", number, key), str(getattr(event, name)), own
    yield ("备注",), case.note, False


def check_guardians_told(case: Case, source: Source, today: date) -> Iterator[Problem]:
    """Words about a guardian's death, prison or lost guardianship ask for the closed choice."""
    for number, guardian in enumerate(case.guardians):
        texts = {"下落说明": guardian.whereabouts_note, "备注": guardian.note}
        if guardian.condition is None:
            texts["监护状况说明"] = guardian.condition_note
        for key, text in texts.items():
            place = source.place(("监护人", number, key), value=True)
            yield from _told(guardian, key, text, place)
    for clause in _CLAUSES.split(case.note):
        for guardian in case.guardians:
            if name_key(clause).startswith(name_key(guardian.name)):
                place = source.place(("备注",), value=True)
                yield from _told(guardian, "备注", clause, place)


def _told(guardian: Guardian, key: str, text: str, place: Place) -> Iterator[Problem]:
    parts = _CLAUSES.split(text)
    choices = [*chain.from_iterable(_choices(guardian, part) for part in parts)]
    if not choices and key == "监护状况说明" and text:
        choices = [("监护状况", "、".join(CHOICES))]
    for chosen, value in dict.fromkeys(choices):
        facts = {"name": guardian.name, "key": key, "text": text, "chosen": chosen}
        yield problem("CASE086", place, **facts, value=value)


def _choices(guardian: Guardian, clause: str) -> Iterator[tuple[str, str]]:
    """Yield the choices that a clause suggests and the file does not hold."""
    others = {word for word in _RELATIVES.findall(clause) if word != guardian.relation}
    if others or guardian.whereabouts == DEAD:
        return
    declared = _DECLARED_DEAD.search(clause) and not _UNDONE.search(clause)
    where = DEAD if declared else suggestion(clause)
    kept = guardian.whereabouts in HANDED_ON and where in HANDED_ON
    if where in _NO_LONGER and where != guardian.whereabouts and not kept:
        yield "下落", where
    condition = condition_suggested(clause)
    if condition and condition != guardian.condition:
        yield "监护状况", condition

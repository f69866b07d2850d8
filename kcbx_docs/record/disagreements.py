"""Two places of a case that say different things of one fact:
what an officer writes now against what was made and served before. Each names both places.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Guardian
from kcbx_docs.case.service_methods import METHODS
from kcbx_docs.problems import Place, Problem, problem
from kcbx_docs.record.acts import Act, concerning, document_of
from kcbx_docs.record.confirmed import refuted_of
from kcbx_docs.record.dangers import REPORT, department_told, standing_dangers
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.outcomes import outcome_text, outcomes_of
from kcbx_docs.record.progress import Progress

_MET = ("劝返", "批评教育", "询问", "陈述申辩", "听证")
"""What cannot have happened to somebody who was not there."""

_NOT_MET = "未见到"
_ABROAD = "境外"
_IN_PERSON = ("家访", "上门", "入户", "约谈", "到校", "约到学校")
_HOMES = ("家", "家中", "家里")
_BEFORE_ABSENCE = ("劝返", "书面报告", "劝返通知", "批评教育", "核查", "学籍标注")
_NEVER_CAME = "未入学"
"""Of such a child people may tell before its first day."""


def disagreements(docket: Docket, progress: Progress) -> Iterator[Problem]:
    """Yield what two places of a case say differently about one guardian."""
    for act in chain.from_iterable(progress.acts.values()):
        yield from _other_number(docket, progress, act)
    yield from _two_accounts(docket, progress)
    yield from other_deadline(docket, progress)
    yield from _met_elsewhere(docket, progress)
    yield from _two_outcomes(docket, progress)
    yield from _waived_untold(docket, progress)
    yield from _confirmed_wrongly(docket, progress)


def before_absence(docket: Docket) -> Iterator[Problem]:
    """Yield what is said to have answered an absence that had not begun."""
    first = next((event for event in docket.events if event.kind == "首次缺课"), None)
    if first is None:
        return
    other = docket.place(first)
    kinds: tuple[str, ...] = _BEFORE_ABSENCE
    if docket.case.situation != _NEVER_CAME:
        kinds = (*kinds, "接到线索")
    for event in docket.events:
        if event.day < first.day and event.kind in kinds:
            facts: dict[str, object] = {"kind": event.kind, "day": event.day}
            facts |= {"first": first.day, "where": where(other)}
            yield problem("PROC443", docket.place(event), **facts)


def other_department(docket: Docket) -> Iterator[Problem]:
    """Yield the reports whose organ is named as another department than was chosen."""
    for event in docket.events:
        if event.kind != REPORT or not event.department:
            continue
        unchosen = event.model_copy(update={"department": ""})
        said = department_told(unchosen, docket.law)
        if said and event.department != said:
            facts = {"organ": event.organ, "chosen": event.department, "said": said}
            yield problem("PROC449", docket.place(event), **facts)


def other_danger(docket: Docket) -> Iterator[Problem]:
    """Yield the reports of a danger that the case does not have, where it has others: those stay
    unreported.
    """
    dangers = docket.case.dangers
    for event in docket.events:
        known = [one.kind for one in (*dangers, *standing_dangers(docket, event.day))]
        if event.kind == REPORT and event.danger and known and event.danger not in known:
            facts = {
                "day": event.day,
                "chosen": event.danger,
                "known": "、".join(dict.fromkeys(known)),
            }
            yield problem("PROC651", docket.place(event), **facts)


def persuaded_whom(docket: Docket) -> Iterator[Problem]:
    """Yield the visits that name nobody where others tell that the guardians answered otherwise."""
    answers = _answers(docket)
    for event in docket.events:
        people = docket.remaining(event.day)
        if event.kind != "劝返" or event.targets or len(people) < _SEVERAL:
            continue
        facts: dict[str, object] = {"day": event.day, "result": event.result}
        facts["names"] = "、".join(person.name for person in people)
        if event.result in _ANSWERED and len(set(answers.values())) > 1:
            facts["why"] = "别的劝返里几个人的态度不同"
            yield problem("PROC563", docket.place(event), **facts)


_SEVERAL = 2
_ANSWERED = ("同意返校", "拒绝", "未表态")


def _answers(docket: Docket) -> dict[str, str]:
    """Return the last answer of each guardian that a visit to him alone tells."""
    found: dict[str, str] = {}
    for event in docket.events:
        if event.kind == "劝返" and event.result in _ANSWERED and len(event.targets) == 1:
            found[event.targets[0]] = event.result
    return found


def where(place: Place) -> str:
    """Name the line of the other place, as far as it is known."""
    return f"（第 {place.line} 行）" if place.line else ""


def made_under_other_number(progress: Progress, act: Act) -> Act | None:
    """Return the paper that was made, where a service bears a number that it never had."""
    if not act.implied or not act.number:
        return None
    made = [one for one in progress.acts[act.document] if not one.implied and one.day <= act.day]
    if not made or made[-1].number == act.number:
        return None
    return made[-1]


def _other_number(docket: Docket, progress: Progress, act: Act) -> Iterator[Problem]:
    if other := made_under_other_number(progress, act):
        facts: dict[str, object] = {"document": act.event.document, "number": act.number}
        facts |= {"known": other.number, "day": other.day}
        facts["where"] = where(docket.place(other.event))
        yield problem("PROC440", docket.place(act.event), **facts)


def _two_accounts(docket: Docket, progress: Progress) -> Iterator[Problem]:
    """制发 and the event of the paper's own kind give one number, but two amounts or deadlines."""
    told: dict[tuple[str, str], Event] = {}
    for event in concerning(docket.happened(progress.day), progress.guardian):
        document = document_of(event, docket.law)
        if not document or not event.number:
            continue
        first = told.setdefault((document, event.number), event)
        for name, one, other in _told_of(first, event):
            if one is not None and other is not None and one != other:
                facts = {"document": docket.law.title(document), "number": event.number}
                facts |= {"key": name, "value": str(other), "other": str(one)}
                facts |= {"where": where(docket.place(first))}
                yield problem("PROC445", docket.place(event), **facts)


def _told_of(first: Event, second: Event) -> tuple[tuple[str, object, object], ...]:
    return ("金额", first.amount, second.amount), ("期限", first.period, second.period)


def _two_outcomes(docket: Docket, progress: Progress) -> Iterator[Problem]:
    """One matter was ended twice: with a penalty and without one."""
    if both := outcomes_of(progress):
        first, second = both
        facts: dict[str, object] = {"name": progress.guardian.name}
        facts |= {"first": outcome_text(first), "second": outcome_text(second)}
        facts["where"] = where(docket.place(first.event))
        yield problem("PROC447", docket.place(second.event), **facts)


def _waived_untold(docket: Docket, progress: Progress) -> Iterator[Problem]:
    """A right is said to have been given up before its holder was told that he had it."""
    told = progress.served(progress.notice)
    for event in progress.waived_untold:
        facts: dict[str, object] = {"kind": event.kind, "name": progress.guardian.name}
        yield problem("PROC448", docket.place(event), **facts, day=event.day, told=told)


def _confirmed_wrongly(docket: Docket, progress: Progress) -> Iterator[Problem]:
    """An officer is said to have found that something did not happen which the record holds."""
    for event, statement, other in refuted_of(progress):
        facts: dict[str, object] = {"statement": statement, "name": progress.guardian.name}
        facts |= {"kind": other.kind, "day": other.day, "where": where(docket.place(other))}
        yield problem("PROC437", docket.place(event), **facts)


def other_deadline(docket: Docket, progress: Progress) -> Iterator[Problem]:
    """The order was made with one deadline; the case file now plans another."""
    order, planned = progress.order, docket.case.order
    made = order.act.period if order else None
    if order is None or made is None or planned is None:
        return
    if planned.deadline in (None, made, *_deadlines_made(docket, progress.day)):
        return  # the file can say one of them only; a correction may be for one guardian
    facts: dict[str, object] = {"planned": str(planned.deadline), "made": str(made)}
    facts |= {"name": progress.guardian.name, "day": order.act.day}
    facts["where"] = where(docket.place(order.act.event))
    yield problem("PROC441", docket.place_of("责令", "改正期限"), **facts)


def _deadlines_made(docket: Docket, day: date) -> Iterator[object]:
    """Yield the deadlines with which the order was made for each of the guardians."""
    for guardian in docket.case.guardians:
        if (order := docket.progress(guardian, day).order) and order.act.period:
            yield order.act.period


def _met_elsewhere(docket: Docket, progress: Progress) -> Iterator[Problem]:
    """Somebody was met in person on a day on which he is said to have been dead or not found."""
    guardian = progress.guardian
    if guardian.whereabouts_since is None:
        return
    number = docket.case.guardians.index(guardian)
    other = docket.place_of("监护人", number, "下落日期")
    for event in concerning(docket.happened(progress.day), guardian):
        gone = _gone(guardian, event)
        if _met(event, guardian) and not gone and _kept_away(guardian, event):
            facts = {"name": guardian.name, "kind": event.kind, "day": event.day}
            facts |= {"state": guardian.where(event.day), "since": guardian.whereabouts_since}
            yield problem("PROC628", docket.place(event), **facts, where=where(other))
        if _met(event, guardian) and gone:
            facts = {"name": guardian.name, "kind": event.kind, "day": event.day}
            facts |= {"state": guardian.where(event.day), "since": guardian.whereabouts_since}
            yield problem("PROC442", docket.place(event), **facts, where=where(other))


def _met(event: Event, guardian: Guardian) -> bool:
    if guardian.name not in event.targets:
        return False
    if event.kind == "送达":
        own = event.signer in ("", guardian.name)
        method = METHODS.get(event.method)
        return event.is_service and method is not None and method.meets and own
    return event.kind in _MET and event.result != _NOT_MET


def _gone(guardian: Guardian, event: Event) -> bool:
    # On the day itself both may be true: met in the morning, gone in the evening.
    since = guardian.whereabouts_since
    missing = guardian.missing(event.day) and event.day != since
    return missing or guardian.died_before(event.day)


def _kept_away(guardian: Guardian, event: Event) -> bool:
    """Tell whether somebody is said to have been met outside who was kept somewhere, or abroad:
    he may have been let out, or have come for a few days. A service to the kept is told elsewhere.
    """
    since, there = guardian.whereabouts_since, guardian.where(event.day)
    kept = guardian.handed_on(event.day) and event.kind != "送达"
    if event.day == since or not (kept or there == _ABROAD):
        return False
    return event.method in _IN_PERSON or event.place.endswith(_HOMES) or event.kind == "送达"

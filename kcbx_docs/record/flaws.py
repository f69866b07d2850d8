"""Flaws of events that make nothing void and that nobody should overlook:
served late, by strangers, without a day from which a period runs.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import name_key, once_each
from kcbx_docs.case.service_methods import METHODS
from kcbx_docs.packs.model import Role
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.acted import maker_of
from kcbx_docs.record.acts import Act
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.progress import Progress

_SCHOOL = "学校"


def flaws(docket: Docket, day: date) -> Iterator[Problem]:
    """Yield what is flawed in how papers reached the guardians and what came back."""
    told: dict[Problem, None] = {}
    for guardian in docket.case.guardians:
        told.update(dict.fromkeys(_flaws(docket, docket.progress(guardian, day))))
    for event in docket.happened(day):
        told.update(dict.fromkeys(shared_letters(docket, event)))
    yield from told


def _flaws(docket: Docket, progress: Progress) -> Iterator[Problem]:
    for act in chain.from_iterable(progress.papers.values()):
        yield from _late(docket, progress, act)
        yield from _by_strangers(docket, act)
        yield from _not_on_the_spot(docket, act)
    e = progress.enforcement
    review = e.remedy.unreceived if e else None
    if review and review.end:
        facts = {"day": review.decided, "result": review.result}
        yield problem("PROC506", docket.place(review.end), **facts)


def _late(docket: Docket, progress: Progress, act: Act) -> Iterator[Problem]:
    """A decision is served within seven working days, or at least tried."""
    served = act.served(progress.day)
    if act.role != "处罚决定" or act.implied or served is None or act.service is None:
        return
    event = act.service.event
    term = docket.law.term("decision-service", act.day)
    begun = [one.day for one in (*act.failures, *act.sent)] + [event.posted or event.day]
    if term.end and min(begun) > term.end:
        facts = {"name": progress.guardian.name, "made": act.day, "served": served}
        period = docket.law.figure_text("decision-service")
        yield problem("PROC507", docket.place(event), **facts, period=period, end=term.end)


def _by_strangers(docket: Docket, act: Act) -> Iterator[Problem]:
    recorded = {id(entry.event) for entry in docket.entries if entry.seq}
    for service in act.services:
        if service.event.handed_by:
            continue  # its officers are not ours to know
        for found in served_by(docket, act, service.event):
            # Who brought a paper is asked where it is recorded; old files need not say it.
            asked = found.code in _ASKED and id(service.event) not in recorded
            if not asked and found.code not in _TOLD_BEFORE:
                yield found


def served_by(docket: Docket, act: Act, event: Event) -> Iterator[Problem]:
    """Say what is flawed in who brought a paper of an office: nobody is named, none belongs to
    it, one alone where the law asks for two. A letter needs nobody.
    """
    maker = maker_of(docket, act.event)
    known = docket.law.workspace.officers
    officers = {name_key(one.name) for one in known if not one.left_before(event.day)}
    if act.role in (None, "书面报告") or not officers or (maker and maker.kind == _SCHOOL):
        return
    named = {name_key(name) for name in event.handlers}
    title, place = docket.law.title(act.document), docket.place(event)
    if _brought(event) and named and not officers & named:
        yield problem("PROC508", place, title=title, names="、".join(event.handlers))
    if event.kind != "送达" or not METHODS[event.method].by_officers:
        return
    if not named:
        way = METHODS[event.method].on_receipt
        yield problem("PROC561", place, title=title, day=event.day, method=way)
    else:
        yield from _too_few(docket, act, event, officers & named)


def _too_few(docket: Docket, act: Act, event: Event, able: set[str]) -> Iterator[Problem]:
    """Say that fewer officers brought a paper than the law asks for, whoever was with them."""
    least, named = docket.law.registry.figure("officers-min"), once_each(event.handlers)
    if 0 < len(able) < least <= len(named):
        yield _beside_strangers(docket, event, able)
    elif act.role not in _BY_TWO:
        yield from alone(docket, act, event)
    elif len(named) < least:
        title, needed = docket.law.title(act.document), docket.law.figure_text("officers-min")
        facts = {"title": title, "day": event.day, "names": "、".join(event.handlers)}
        yield problem("PROC562", docket.place(event), **facts, needed=needed)


def _beside_strangers(docket: Docket, event: Event, able: set[str]) -> Problem:
    """Say who of several that brought a paper is no officer, where too few are."""
    facts = {"document": event.document, "name": "、".join(event.targets), "day": event.day}
    facts |= {"names": "、".join(event.handlers), "least": docket.law.figure_text("officers-min")}
    strangers = "、".join(name for name in event.handlers if name_key(name) not in able)
    return problem("PROC610", docket.place(event), **facts, strangers=strangers)


def shared_letters(docket: Docket, event: Event) -> Iterator[Problem]:
    """Tell of a letter under one number that somebody else is said to have got, before."""
    mail = _mail(event)
    for other in docket.events if mail else ():
        if other is event or other == event:
            return
        if _mail(other) == mail and not _same_people(event, other):
            facts = {"mail": event.mail_number, "day": other.day, "other": "、".join(other.targets)}
            yield problem("PROC611", docket.place(event), **facts, name="、".join(event.targets))
            return


def _mail(event: Event) -> str:
    return name_key(event.mail_number).upper() if event.kind == "送达" else ""


def _same_people(event: Event, other: Event) -> bool:
    mine, its = (set(map(name_key, one.targets)) for one in (event, other))
    return not (mine and its) or bool(mine & its)


def alone(docket: Docket, act: Act, event: Event) -> Iterator[Problem]:
    """Tell of a paper of an office that one officer alone took to somebody; once two of them
    brought it again, or the post did, nothing is left to be done.
    """
    card = docket.law.card(act.document)
    if card is None or _SCHOOL in card.issuers or not _by_too_few(docket, event):
        return
    again = (one for one in act.services if one.valid and one.event != event)
    if any(not _by_too_few(docket, one.event) for one in again):
        return
    facts = {"document": event.document, "name": "、".join(event.targets), "day": event.day}
    least = docket.law.figure_text("officers-min")
    names = "、".join(event.handlers)
    yield problem("PROC131", docket.place(event), **facts, names=names, least=least)


def _by_too_few(docket: Docket, event: Event) -> bool:
    method = METHODS.get(event.method)
    least = docket.law.registry.figure("officers-min")
    return method is not None and method.by_officers and 0 < len(once_each(event.handlers)) < least


_ASKED = ("PROC561",)
_TOLD_BEFORE = ("PROC131",)
"""What the contradictions of a history tell already."""
_BY_TWO: tuple[Role, ...] = ("事先告知", "听证通知", "处罚决定")
"""Papers whose service is a part of imposing a penalty (行政处罚法 42)."""


def _brought(event: Event) -> bool:
    method = METHODS.get(event.method)
    return event.kind == "送达" and method is not None and method.meets


def _not_on_the_spot(docket: Docket, act: Act) -> Iterator[Problem]:
    """A fine on the spot is handed over on the spot."""
    service = act.service
    if act.role != "当场处罚" or act.implied or service is None:
        return
    if service.day and service.day > act.day and service.event.kind == "送达":
        facts = {"made": act.day, "served": service.day}
        yield problem("PROC516", docket.place(service.event), **facts)

"""Histories that cannot be, or contradict themselves:
each with the place of the event that shows it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.model import Guardian, once_each
from kcbx_docs.case.service_methods import METHODS, POSTED
from kcbx_docs.case.usual_words import BRACKETED, carrier_open
from kcbx_docs.light import regex
from kcbx_docs.packs.model import Role
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.acted import makers_told
from kcbx_docs.record.acts import Act, acts_with, concerning, document_of, vain_withdrawals
from kcbx_docs.record.appeals import APPEAL
from kcbx_docs.record.challenges import contests_of
from kcbx_docs.record.closing import CLOSE, HAND_OVER, closing_of
from kcbx_docs.record.conditions import Attempt, Fault, by_the_post
from kcbx_docs.record.disagreements import (
    before_absence,
    disagreements,
    made_under_other_number,
    other_danger,
    other_department,
    persuaded_whom,
)
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.enforcement import Enforcement
from kcbx_docs.record.filings import filed_twice
from kcbx_docs.record.first_steps import first_steps
from kcbx_docs.record.flaws import alone
from kcbx_docs.record.handing import handing_flaws
from kcbx_docs.record.jurisdiction import Jurisdiction
from kcbx_docs.record.old_address import wrong_address
from kcbx_docs.record.organ_refusals import organ_flaws
from kcbx_docs.record.progress import Progress
from kcbx_docs.record.school_days import school_days
from kcbx_docs.record.two_places import two_places
from kcbx_docs.words import day_or_unknown

_YEAR = regex(r"〔(\d{4})〕")
_NEEDS = (
    ("事先告知", ("立案",)),
    ("处罚决定", ("事先告知",)),
    ("听证", ("要求听证",)),
    ("催告", ("处罚决定", "当场处罚")),
    ("申请强制执行", ("催告",)),
    ("法院受理", ("申请强制执行",)),
    ("法院裁定", ("申请强制执行",)),
    ("执行", ("法院裁定",)),
    ("批准延期分期", ("处罚决定", "当场处罚")),
    ("缴纳罚款", ("处罚决定", "当场处罚")),
    ("恢复", ("中止", "结案", "移交")),
    ("移交回执", ("移交",)),
    ("放弃陈述申辩", ("事先告知",)),
    ("民事判决", ("起诉",)),
    ("撤诉", ("起诉",)),
    ("上诉", ("行政判决", "民事判决")),
    ("撤下", ("信息公开",)),
)
"""What cannot have happened unless something else happened by then."""

_OF_A_SUIT = ("民事判决", "撤诉")
"""What ends a suit says nothing of who was not sued."""
_CLAIMS: tuple[Role, ...] = ("催告", "强制执行申请")
"""What says how much somebody owes."""
_SCHOOL = "学校"
_GUARDIAN = "监护人"
_CLOSING = (
    "结案",
    "再次缺课",
    "首次缺课",
    "送达",
    "撤回",
    "缴纳罚款",
    "收到文书",
    "移送",
    "返校",
    "核查",
    "恢复",
    "移交",
    "移交回执",
    "复学观察",
    "信息公开",
    "撤下",
)


def contradictions(docket: Docket, day: date) -> Iterator[Problem]:
    """Yield what in the history cannot be, as of a day."""
    events = docket.happened(day)
    yield from docket.clashes
    yield from _papers(docket, events)
    yield from _attendance(docket, day)
    yield from before_absence(docket)
    yield from school_days(docket)
    yield from first_steps(docket)
    yield from two_places(docket)
    yield from persuaded_whom(docket)
    yield from other_department(docket)
    yield from other_danger(docket)
    yield from makers_told(docket, day)
    yield from _after_close(docket, events)
    yield from handing_flaws(docket, events)
    yield from _named_twice(docket, events)
    yield from _roles_in_brackets(docket, events)
    for guardian in docket.case.guardians:
        progress = docket.progress(guardian, day)
        own = concerning(events, guardian)
        yield from _missing_before(docket, own, guardian)
        yield from _services(docket, progress)
        yield from disagreements(docket, progress)
        yield from useless_deadline(docket, progress)
        yield from _contests(docket, own)
        yield from filed_twice(docket, own, progress)
        if progress.enforcement:
            yield from _claimed_too_much(docket, progress)
            yield from _money(docket, progress.enforcement, guardian)
            yield from _closed_unpaid(docket, progress, progress.enforcement)
            yield from _sued_without_review(docket, progress.enforcement)
    known = [entry for entry in docket.entries if entry.event.day <= day]
    yield from organ_flaws(known, docket.case)
    yield from _unassigned_payments(docket, events)
    yield from _vain_withdrawals(docket, events)
    yield from _told_twice(docket, day)


def _told_twice(docket: Docket, day: date) -> Iterator[Problem]:
    """One paper of one number for one person, told on two days and withdrawn on none."""
    seen: dict[tuple[str, str, str], Event] = {}
    told: set[int] = set()
    for guardian in docket.case.guardians:
        for act in _standing(docket, guardian, day):
            event = act.event
            first = seen.setdefault((guardian.name, act.document, act.number), event)
            if first is event or id(event) in told:
                continue
            told.add(id(event))
            facts = {"title": docket.law.title(act.document), "number": act.number}
            place, days = docket.place(event), {"day": event.day, "other": first.day}
            yield problem("PROC541", place, **facts, **days)


def _standing(docket: Docket, guardian: Guardian, day: date) -> Iterator[Act]:
    """Yield what made the numbered papers of a guardian that stand, by day."""
    every = chain.from_iterable(docket.progress(guardian, day).papers.values())
    for act in sorted(every, key=lambda act: act.day):
        own = EVENT_FIELDS[act.event.kind].addressee == _GUARDIAN
        if own and act.number and not act.implied and act.number == act.event.number:
            yield act


def _papers(docket: Docket, events: Sequence[Event]) -> Iterator[Problem]:
    """Papers that nobody knows, that nobody may make, or whose number is of another year."""
    law = docket.law
    for event in events:
        of_a_paper = event.kind in ("制发", "送达", "撤回") and event.document
        if of_a_paper and not law.document(event.document):
            yield from _unknown_paper(docket, event)
        year = _YEAR.search(event.number) if document_of(event, law) else None
        if year and int(year[1]) != event.day.year:
            yield problem("PROC403", docket.place(event), number=event.number, day=event.day)


def _unknown_paper(docket: Docket, event: Event) -> Iterator[Problem]:
    place, law = docket.place(event), docket.law
    banned = law.procedure.file.banned.get(event.document)
    if banned is None:
        yield problem("PROC402", place, kind=event.kind, document=event.document)
    elif event.kind == "制发":
        basis = "、".join(citation.short for citation in law.cite(banned.basis, event.day))
        facts = {"document": event.document, "reason": banned.reason, "basis": basis}
        yield problem("PROC401", place, **facts)


def _attendance(docket: Docket, day: date) -> Iterator[Problem]:
    for event in docket.attendance(day).reopened_without_event:
        facts = {"kind": event.kind, "result": event.result, "day": event.day}
        yield problem("PROC404", docket.place(event), **facts)


def _roles_in_brackets(docket: Docket, events: Sequence[Event]) -> Iterator[Problem]:
    """A part that somebody played has a key of its own; brackets behind a name are only read."""
    for event in events:
        for value in event.participants:
            found = BRACKETED.fullmatch(value)
            if found and found["key"] in EVENT_FIELDS[event.kind].allowed:
                facts = {"kind": event.kind, "value": value, **found.groupdict()}
                yield problem("PROC422", docket.place(event), **facts)


def _named_twice(docket: Docket, events: Sequence[Event]) -> Iterator[Problem]:
    """One officer is written twice where two are needed."""
    for event in events:
        if len(once_each(event.handlers)) < len(event.handlers):
            names = "、".join(event.handlers)
            yield problem("PROC436", docket.place(event), kind=event.kind, names=names)


def _after_close(docket: Docket, events: Sequence[Event]) -> Iterator[Problem]:
    """After the end of a case nothing new happens here until the child is away again."""
    ends = [event for event in events if event.kind != CLOSE or not event.targets]
    for number, event in enumerate(ends):
        ended = closing_of(ends[:number]).ended
        if ended and _follows(docket, event, ended) and event.kind not in _CLOSING:
            code = "LEAD031" if ended.kind == HAND_OVER else "PROC405"
            facts = {"kind": event.kind, "day": event.day, "closed": ended.day}
            yield problem(code, docket.place(event), **facts, organ=ended.organ)


def _follows(docket: Docket, event: Event, ended: Event) -> bool:
    """Tell whether something came after the end: what the file itself tells after a transfer of
    the same day did; the ledger keeps its own order.
    """
    if event.day > ended.day:
        return True
    if ended.kind != HAND_OVER or event.day < ended.day or event.handed_by:
        return False
    return any(entry.event is event and not entry.seq for entry in docket.entries)


def _missing_before(
    docket: Docket, events: Sequence[Event], guardian: Guardian
) -> Iterator[Problem]:
    first: dict[str, date] = {}
    for event in events:
        first.setdefault(event.kind, event.day)
        if document := document_of(event, docket.law):
            first.setdefault(document, event.day)
    several = len(docket.case.guardians) > 1
    for event in events:
        if event.kind == "缴纳罚款" and several and not event.targets:
            continue
        if event.kind in _OF_A_SUIT and guardian not in docket.defendants(event.day):
            continue
        for later, earlier in _NEEDS:
            if event.kind == later:
                yield from _came_too_early(docket, event, earlier, first, guardian)


def _came_too_early(
    docket: Docket,
    event: Event,
    earlier: Sequence[str],
    first: dict[str, date],
    guardian: Guardian,
) -> Iterator[Problem]:
    """Say that nothing of what an event needs had happened: not yet, or never."""
    if any(_happened(first, kind, event.day, docket.law) for kind in earlier):
        return
    late = next((first[kind] for kind in earlier if kind in first), None)
    facts = {"later": event.kind, "day": event.day, "earlier": "或".join(earlier)}
    facts |= {"other": late, "name": guardian.name}
    yield problem("PROC406" if late is None else "PROC407", docket.place(event), **facts)


def _happened(first: dict[str, date], kind: str, by: date, law: Jurisdiction) -> bool:
    days = (first.get(kind), first.get(law.document_of(kind)))
    return any(day is not None and day <= by for day in days)


def _services(docket: Docket, progress: Progress) -> Iterator[Problem]:
    for act in chain.from_iterable(progress.acts.values()):
        elsewhere = made_under_other_number(progress, act) or _made_afterwards(act)
        if act.implied and not elsewhere:
            day = day_or_unknown(act.event.day)
            place = docket.place(act.event)
            yield problem("PROC408", place, document=act.event.document, day=day)
        yield from _carried(docket, progress, act)
        for service in act.services:
            for code, facts in (*service.faults, *service.doubts):
                yield problem(code, docket.place(service.event), **facts)
        for sent in act.sent:
            for code, facts in under_way_doubts(docket, sent, progress.guardian):
                yield problem(code, docket.place(sent), **facts)


def under_way_doubts(docket: Docket, sent: Event, guardian: Guardian) -> Iterator[Fault]:
    """Yield what is doubtful of a letter while it is still on its way and can be sent again."""
    method = METHODS.get(sent.method)
    if sent.in_transit and method and method.condition == POSTED:
        leaving = Attempt(sent, docket.case, guardian, docket.law)
        yield from by_the_post(leaving)
        for code, told in wrong_address(sent, guardian):
            yield code, {**leaving.facts, "method": sent.method, **told}


def _carried(docket: Docket, progress: Progress, act: Act) -> Iterator[Problem]:
    """Tell of papers of an office that one officer alone took to somebody,
    or of which nobody wrote who carried the mail.
    """
    card = docket.law.card(act.document)
    if card is None or _SCHOOL in card.issuers:
        return
    for service in act.services:
        event = service.event
        method = METHODS.get(event.method)
        if method and method.condition == POSTED and carrier_open(event):
            told = {"name": progress.guardian.name, "document": event.document}
            yield problem("PROC134", docket.place(event), **told)
        yield from alone(docket, act, event)


def _made_afterwards(act: Act) -> bool:
    """Tell whether the paper is there, only made after the day of its service."""
    faults = chain.from_iterable(service.faults for service in act.services)
    return any(code == "PROC116" for code, _ in faults)


def useless_deadline(docket: Docket, progress: Progress) -> Iterator[Problem]:
    """Yield a fixed deadline that is not after the order's own day, or not after its service."""
    order = progress.order
    last = order.deadline.day if order and order.deadline else None
    if order is None or last is None:
        return
    own = docket.place(order.act.event) if order.act.period else None
    place = own or docket.place_of("责令", "改正期限")
    if not order.act.implied and last <= order.act.day:
        yield problem("PROC415", place, deadline=last, other=order.act.day)
    elif order.served and last <= order.served:
        facts = {"deadline": last, "other": order.served, "name": progress.guardian.name}
        yield problem("PROC416", place, **facts)


def _vain_withdrawals(docket: Docket, events: Sequence[Event]) -> Iterator[Problem]:
    """A withdrawal of what nobody made: whoever wrote it believes that the paper is gone."""
    case, law = docket.case, docket.law
    vain: dict[str, set[int]] = {}
    for guardian in case.guardians:
        found = vain_withdrawals(concerning(events, guardian), case, guardian, law)
        vain[guardian.name] = {id(event) for event in found}
    for event in events:
        if event.kind != "撤回" or not law.document(event.document):
            continue
        people = docket.addressees(event)
        if people and all(id(event) in vain[guardian.name] for guardian in people):
            yield _withdrawn_in_vain(docket, event, events)


def _withdrawn_in_vain(docket: Docket, event: Event, events: Sequence[Event]) -> Problem:
    law, document = docket.law, docket.law.document(event.document)
    made = [known for known in events if document_of(known, law) == document]
    numbers = "、".join(dict.fromkeys(known.number for known in made if known.number))
    facts = {"document": event.document, "number": event.number, "known": numbers or "没有"}
    return problem("PROC413", docket.place(event), **facts)


def _contests(docket: Docket, events: Sequence[Event]) -> Iterator[Problem]:
    for event in contests_of(events)[1]:
        if event.kind == APPEAL:
            continue  # told among what needs something before it
        needed = "申请行政复议" if event.kind == "复议决定" else "提起行政诉讼"
        yield problem("PROC409", docket.place(event), kind=event.kind, needed=needed)


def _sued_without_review(docket: Docket, e: Enforcement) -> Iterator[Problem]:
    """A fine on the spot goes to review first; the court dismisses what skipped it."""
    if suit := e.remedy.unreviewed:
        found = docket.law.check_basis("先行复议", suit.start.day, "PROC453")
        basis = "、".join(citation.short for citation in found)
        yield problem("PROC453", docket.place(suit.start), basis=basis, day=suit.start.day)


def _money(docket: Docket, e: Enforcement, guardian: Guardian) -> Iterator[Problem]:
    if e.debt is None:
        return
    owed, most = e.debt.fine + e.debt.surcharge, e.debt.fine * 2
    if e.payments and e.debt.paid > owed:
        facts = {"name": guardian.name, "paid": e.debt.paid, "owed": owed}
        yield problem("PROC410", docket.place(e.payments[-1]), **facts)
    if e.demand and e.demand.amount is not None and most < e.demand.amount:
        yield problem("PROC411", docket.place(e.demand.event), amount=e.demand.amount, most=most)


def _claimed_too_much(docket: Docket, progress: Progress) -> Iterator[Problem]:
    """Papers that claim a sum as if a payment had not been made before: it was told later."""
    guardian = progress.guardian
    for act in acts_with(progress.papers, *_CLAIMS):
        then = docket.progress(guardian, act.day).enforcement
        if act.amount is None or then is None or then.debt is None:
            continue
        before = [event for event in then.payments if event.day < act.day]
        later = (event.amount or 0 for event in then.payments if event.day == act.day)
        owed = then.debt.total + sum(later)
        if before and act.amount > owed:
            told = "、".join(f"{event.day}缴的 {event.amount} 元" for event in before)
            title = docket.law.title(act.document)
            facts = {"name": guardian.name, "title": title, "day": act.day, "paid": told}
            place = docket.place(act.event)
            yield problem("PROC540", place, amount=act.amount, owed=owed, **facts)


def _closed_unpaid(docket: Docket, progress: Progress, e: Enforcement) -> Iterator[Problem]:
    """A return pays no fine: a case that was closed before it was settled hides what is owed."""
    closed = progress.closing.closed
    if closed and e.served and not e.settled:
        day, name = day_or_unknown(closed.day), progress.guardian.name
        yield problem("PROC529", docket.place(closed), day=day, name=name)


def _unassigned_payments(docket: Docket, events: Sequence[Event]) -> Iterator[Problem]:
    if len(docket.case.guardians) < 2:
        return
    for event in events:
        if event.kind == "缴纳罚款" and not event.targets:
            yield problem("PROC412", docket.place(event))

"""What the papers of a case would rest on and the file leaves open: told, never refused."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.case.silences import NO_DEFENCE, NO_HEARING, NO_SUIT, Silence
from kcbx_docs.packs.model import Role
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.acts import Act, document_of
from kcbx_docs.record.confirmed import first_days, silences_of, time_over
from kcbx_docs.record.dangers import REPORT, department_told
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.home_teaching import behind
from kcbx_docs.record.leads import open_leads
from kcbx_docs.record.looks import looks
from kcbx_docs.record.placement import doubts_of_plan
from kcbx_docs.record.progress import Progress
from kcbx_docs.record.reporting import reports_short
from kcbx_docs.record.review_organ import reviewed_where
from kcbx_docs.words import day_in_words


def gaps(docket: Docket, day: date) -> Iterator[Problem]:
    """Tell which evidence has no day, which number stands for papers to several people,
    which report of a danger went to nobody knows whom, and which silence nobody looked up.
    """
    yield from undated_evidence(docket)
    yield from shared_numbers(docket, day)
    yield from reports_to_nobody(docket, day)
    yield from unconfirmed(docket, day)
    yield from unfollowed(docket, day)
    yield from unprintable(docket, day)
    yield from reports_short(docket, day)
    yield from doubts_of_plan(docket, day)
    yield from behind(docket, day)
    yield from looks(docket, day)
    yield from reviewed_where(docket)


def undated_evidence(docket: Docket) -> Iterator[Problem]:
    """Tell which evidence has no day: every paper cites it, also those that came before it."""
    for number, piece in enumerate(docket.case.evidence):
        if piece.day is None:
            place = docket.place_of("证据", number)
            yield problem("PAPR030", place, name=piece.name)


def shared_numbers(docket: Docket, day: date) -> Iterator[Problem]:
    """Tell which number stands for papers to several guardians: each paper has one of its own."""
    people: dict[tuple[str, str, int], list[str]] = {}
    events: dict[tuple[str, str, int], Event] = {}
    for guardian in docket.case.guardians:
        for act in chain.from_iterable(docket.progress(guardian, day).papers.values()):
            card = docket.law.card(act.document)
            if act.number and not act.implied and card and card.served:
                key = (act.document, act.number, id(act.event))
                people.setdefault(key, []).append(guardian.name)
                events[key] = act.event
    for key, names in people.items():
        if len(names) > 1:
            facts = {"number": key[1], "title": docket.law.title(key[0])}
            when = day_in_words(events[key].day)
            place = docket.place(events[key])
            yield problem("PAPR031", place, names="、".join(names), day=when, **facts)


def reports_to_nobody(docket: Docket, day: date) -> Iterator[Problem]:
    """Ask for the department where a report names an organ that shows none."""
    for event in docket.happened(day):
        if event.kind == REPORT and event.danger and not department_told(event, docket.law):
            place = docket.place(event)
            yield problem("PAPR032", place, organ=event.organ or "没有写的机关")


def unconfirmed(docket: Docket, day: date) -> Iterator[Problem]:
    """Ask to look up, once the time is over, what the next decision or application would say."""
    for guardian in docket.case.guardians:
        p = docket.progress(guardian, day)
        act, role, silences = _rested_on(p)
        if act is not None and (missing := time_over(p, silences)):
            document = docket.law.document_as(role)
            facts = {"papers": f"《{docket.law.title(document)}》", **asked_of(p, missing)}
            yield problem("PROC458", docket.place(act.event), **facts)


def _rested_on(p: Progress) -> tuple[Act | None, Role, tuple[Silence, ...]]:
    """Return the paper after which nothing was said, what is made next, what that would say."""
    e, left = p.enforcement, silences_of(p)
    if e is None and p.no_penalty is None:
        said = tuple(one for one in left if one in (NO_DEFENCE, NO_HEARING))
        decided_next = p.heard and not p.hearing_open
        return (p.notice if decided_next else None), "处罚决定", said
    if e is None or e.settled or e.application or NO_SUIT not in time_over(p, left):
        return None, "强制执行申请", ()
    return e.decision, "强制执行申请", tuple(one for one in left if one != NO_HEARING)


def unfollowed(docket: Docket, day: date) -> Iterator[Problem]:
    """Remind of a lead that nobody took up: to look, and to ask the school for its report."""
    for lead in open_leads(docket, day):
        facts = {"source": lead.event.source, "missing": lead.missing}
        place = docket.place(lead.event)
        yield problem("PROC462", place, day=day_in_words(lead.event.day), **facts)


def unprintable(docket: Docket, day: date) -> Iterator[Problem]:
    """Tell which recorded papers cannot be printed again, since the law of their day is unknown."""
    law = docket.law
    told: set[tuple[str, date]] = set()
    for event in docket.happened(day):
        document = document_of(event, law)
        titles = law.uncitable(document, event.day).always
        if titles and event.kind != "送达" and (document, event.day) not in told:
            told.add((document, event.day))
            facts = {"title": law.title(document), "titles": "》《".join(titles)}
            place = docket.place(event)
            yield problem("PROC464", place, day=day_in_words(event.day), **facts)


def asked_of(p: Progress, missing: Sequence[Silence]) -> dict[str, object]:
    """Say what nobody looked up, with the line to be written once somebody has."""
    day, name = max((p.day, *first_days(p, missing))), p.guardian.name
    looked_up = f"查明: [{', '.join(missing)}], 承办人: [查明的人]"
    line = f"- {{日期: {day}, 事项: 核实, 对象: {name}, {looked_up}}}"
    return {"name": name, "missing": "、".join(missing), "line": line}

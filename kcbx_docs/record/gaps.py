"""What the papers of a case would rest on and the file leaves open: told, never refused."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.dangers import REPORT, department_told
from kcbx_docs.record.docket import Docket
from kcbx_docs.words import day_in_words


def gaps(docket: Docket, day: date) -> Iterator[Problem]:
    """Tell which evidence has no day, which number stands for papers to several people,
    and which report of a danger went to nobody knows whom.
    """
    yield from undated_evidence(docket)
    yield from shared_numbers(docket, day)
    yield from reports_to_nobody(docket, day)


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

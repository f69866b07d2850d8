"""An organ that does not take a paper: left at its office it counts as for a person, where who
answers for it refused and that can be proved (民事诉讼法 88–89, 民诉解释 130 I, 131).
"""

from collections.abc import Iterator, Sequence

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_checks import is_organisation
from kcbx_docs.case.model import Case, name_key
from kcbx_docs.case.service_methods import (
    CAME,
    COMMITTEES,
    HOME,
    METHODS,
    ORGAN_REFUSERS,
    OWN_UNIT,
    POSTED,
    REFUSED,
    ServiceMethod,
    WitnessKind,
)
from kcbx_docs.case.usual_words import body_said, organ_place
from kcbx_docs.case.witness import Witness
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.conditions import Fault
from kcbx_docs.record.entry import Entry

ORGAN_DOUBTS = ("SERV073", "SERV074", "SERV078")
"""Codes of what leaves a doubt whether an organ got a paper; any other says that it did not."""
_NONE: WitnessKind = "其他"


def reached(event: Event, organ: str) -> bool:
    """Tell whether a recorded service brought a paper to an organ."""
    found = (code for code, _ in organ_faults(event, organ))
    return event.is_service and all(code in ORGAN_DOUBTS for code in found)


def organ_flaws(entries: Sequence[Entry], case: Case) -> Iterator[Problem]:
    """Yield what is wrong or doubtful about how the organs of a case got their papers."""
    people = {name_key(person.name) for person in (*case.guardians, *case.carers, case.pupil)}
    for entry in entries:
        for name in entry.event.targets if entry.event.is_service else ():
            if is_organisation(name) and name_key(name) not in people:
                for code, facts in organ_faults(entry.event, name):
                    yield problem(code, entry.place, **facts)


def organ_faults(event: Event, organ: str) -> Iterator[Fault]:
    """Yield what is wrong or doubtful about how a paper was brought to an organ."""
    method = METHODS.get(event.method)
    if method is None or not event.is_service:
        return
    if not method.organs:
        ways = "、".join(one.name for one in METHODS.values() if one.organs)
        yield "SERV062", {"method": event.method, "ways": ways}
        return
    leaves = bool(method.proofs) and method.condition == REFUSED
    refused = (event.refusal or event.refused_by) and not event.signer
    if leaves or refused:
        yield from _not_taken(event, organ, method)


def _not_taken(event: Event, organ: str, method: ServiceMethod) -> Iterator[Fault]:
    facts: dict[str, object] = {"organ": organ, "document": event.document}
    if method.condition == REFUSED:
        yield from _left(event, organ, facts)
    elif method.condition == POSTED:
        yield "SERV083", {**facts, "name": organ, "who": event.refused_by or "有人"}
    elif method.condition == CAME:
        yield from _who(event, facts, [] if event.handlers else ["承办人"])


def _left(event: Event, organ: str, facts: dict[str, object]) -> Iterator[Fault]:
    """It was left at its office before a witness or pictures, or refused elsewhere on pictures."""
    unwritten: list[str] = []
    place, own = organ_place(event, organ), bool(METHODS[event.method].proofs)
    if place is None:
        unwritten.append("地点类别")
    elif place != HOME and not event.media:
        yield "SERV072", {**facts, "place": event.place_kind or event.place}
    elif place == HOME and not own:
        yield "SERV078", {**facts, "name": organ, "who": event.refused_by or "有人"}
    if not event.media:
        yield from _witnessed(event, organ, facts, unwritten)
    yield from _who(event, facts, unwritten)


def _who(event: Event, facts: dict[str, object], unwritten: list[str]) -> Iterator[Fault]:
    if event.refused_by is None:
        unwritten.append("拒收人")
    elif event.refused_by not in ORGAN_REFUSERS:
        yield "SERV070", {**facts, "who": event.refused_by}
    if not event.refusal:
        unwritten.append("拒收原因")
    if unwritten:
        yield "SERV073", {**facts, "keys": "、".join(unwritten)}


def _witnessed(
    event: Event, organ: str, facts: dict[str, object], unwritten: list[str]
) -> Iterator[Fault]:
    """One of the committee of its seat is enough; its own people may be none."""
    servers = set(map(name_key, event.handlers))
    apart = [one for one in event.witnesses if name_key(one.name) not in servers]
    kinds = {_kind(one, organ) for one in apart}
    names = "、".join(one.name for one in event.witnesses) or "没有"
    if kinds & set(COMMITTEES):
        return
    if kinds - {None, _NONE}:
        yield "SERV074", {**facts, "witnesses": names}
    elif None in kinds:
        unwritten.append("见证人的「单位类别」")
    else:
        yield "SERV071", {**facts, "witnesses": names}


def _kind(witness: Witness, organ: str) -> WitnessKind | None:
    own = name_key(witness.unit) == name_key(organ)
    if witness.local is False:
        return _NONE
    return OWN_UNIT if own else witness.kind or body_said(witness.unit)

"""One attempt to serve a paper: what somebody tells becomes an event that is checked and judged
before anything is recorded.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_checks import check_event, earliest_day
from kcbx_docs.case.model import Case, Guardian
from kcbx_docs.case.service_methods import METHODS
from kcbx_docs.case.who_is_meant import names_with_blanks, names_within
from kcbx_docs.handwriting.characters import forbidden
from kcbx_docs.law.citation import Citation
from kcbx_docs.light import dataclass, regex
from kcbx_docs.problems import (
    Place,
    Problem,
    Problems,
    UserError,
    problem,
    raise_errors,
    stop,
)
from kcbx_docs.reading import Source, read_model
from kcbx_docs.record.acts import Act
from kcbx_docs.record.agreement import agree, number_key
from kcbx_docs.record.conditions import Fault
from kcbx_docs.record.contradictions import under_way_doubts
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.entry import Entry
from kcbx_docs.record.jurisdiction import Jurisdiction
from kcbx_docs.record.service import Service
from kcbx_docs.record.service_basis import rule_of
from kcbx_docs.words import did_you_mean

NOW = Place(path="这一次")
"""The place of what is told now and not recorded yet, as a message about the file names it."""
_PROVED = ("CASE043", "CASE075")
"""Codes of a proof that is not written: the articles of the way ask for it."""
_CHECK = "送达没有疑问"
_MARKUP = regex(r"\{\{|\}\}|\{%|%\}")
"""What a template would take for its own; an event of the ledger can never be changed again."""


@dataclass(frozen=True)
class Attempted:
    """An attempt as it would be recorded, the paper that it carries, and the case with it."""

    event: Event
    act: Act
    guardian: Guardian
    docket: Docket
    service: Service | None = None
    """How it is judged where it is said to have succeeded."""
    known: int = 0
    """Where the ledger tells of this very attempt already."""
    first: date | None = None
    """Since when the paper was served already, where this serves it once more."""
    doubts: Problems = ()


@dataclass(frozen=True)
class Addressed:
    """A paper as somebody names it: by what it is or by its number, and whom it is for."""

    document: str
    """Its id, or nothing."""
    number: str
    guardian: str


def attempt(docket: Docket, paper: Addressed, values: Mapping[str, Any], today: date) -> Attempted:
    """Check and judge an attempt; raise with every problem where it cannot be recorded so."""
    refuse_fixed(values)
    event = event_of({**values, "事项": "送达", "对象": paper.guardian})
    guardian, act = act_of(docket, paper, event, today)
    named = {"document": docket.law.title(act.document), "number": act.number or paper.number}
    return judge(docket, event.model_copy(update=named), act, guardian, today)


_FIXED = ("对象", "文书", "文号")
"""Keys that say whose attempt it is, at which paper: they are named apart."""


def refuse_fixed(values: Mapping[str, Any]) -> None:
    """Stop where somebody wants to say by a key for whom or what an attempt was."""
    raise_errors(problem("SERV008", Place(), key=key) for key in _FIXED if key in values)


def event_of(values: Mapping[str, Any]) -> Event:
    """Read an event from plain values; what no file may hold the ledger does not keep either."""
    raise_errors(_unprintable(values))
    event, found = read_model(Event, Source("", "", dict(values)))
    raise_errors(found)
    assert event is not None
    return event


def _unprintable(values: Any, key: str = "") -> Iterator[Problem]:
    if isinstance(values, Mapping):
        for name, value in values.items():
            yield from _unprintable(value, name)
    elif isinstance(values, list | tuple):
        for value in values:
            yield from _unprintable(value, key)
    elif isinstance(values, str):
        for char in filter(forbidden, dict.fromkeys(values)):
            yield problem("READ012", Place(path=key), char=f"U+{ord(char):04X}")
        if _MARKUP.search(values):
            yield problem("SERV009", Place(path=key), key=key)


def act_of(docket: Docket, paper: Addressed, event: Event, today: date) -> tuple[Guardian, Act]:
    """Find whom a paper is for and the paper that an attempt carries."""
    guardian = docket.guardian(paper.guardian)
    if guardian is None:
        advice = _whom_to_name(docket.case, paper.guardian)
        raise stop("SERV002", Place(), name=paper.guardian, advice=advice)
    return guardian, _act(docket, guardian, paper, event, today)


def _whom_to_name(case: Case, name: str) -> str:
    """Say who gets papers in a case: one at a time, and nobody before it is known who he is."""
    names = tuple(person.name for person in case.guardians)
    if not names:
        return "案件里还没有监护人：先查明是谁，写进「监护人」，给他制发了文书才送达。"
    several = names_within(name, names) or names_with_blanks(name)
    if ways := "、".join(f"--to {one}" for one in several if one in names):
        near = f"一次登记一名监护人的（{ways}），几个人的各运行一遍。"
    else:
        near = did_you_mean(name, names)
    return f"{near}监护人有：{'、'.join(names)}；由别人代收的，--to 写监护人，签收人=代收的人。"


def _with_basis(found: Problem, law: Jurisdiction, event: Event, guardian: Guardian) -> Problem:
    if found.code not in _PROVED:
        return found
    return replace(found, message=found.message + _said(_of_way(law, event, guardian)))


def _act(docket: Docket, guardian: Guardian, paper: Addressed, event: Event, today: date) -> Act:
    """Find the paper that was made for a guardian: by its number, or the only one that waits."""
    made = [*_made(docket, guardian, max(today, event.proof_day))]
    fitting = [act for act in made if _named(act, paper)]
    by_then = [act for act in fitting if act.day <= event.day] or fitting
    waiting = [act for act in by_then if act.service is None] or by_then[-1:]
    if not waiting:
        raise _not_made(docket, paper, made)
    if len(waiting) > 1:
        numbers = "、".join(act.number or f"{act.day}的" for act in waiting)
        title = docket.law.title(waiting[0].document)
        raise stop("SERV004", Place(), name=guardian.name, document=title, numbers=numbers)
    return waiting[0]


def _named(act: Act, paper: Addressed) -> bool:
    same = not paper.number or number_key(act.number) == number_key(paper.number)
    return same and paper.document in ("", act.document)


def _not_made(docket: Docket, paper: Addressed, made: Sequence[Act]) -> UserError:
    titles: list[str] = []
    for act in made:
        card = docket.law.card(act.document)
        if card and card.served:
            titles.append(f"《{docket.law.title(act.document)}》{act.number}")
    asked = f"《{docket.law.title(paper.document)}》" if paper.document else ""
    facts = {"name": paper.guardian, "paper": asked + paper.number}
    return stop("SERV003", Place(), **facts, known="、".join(titles) or "没有")


def _made(docket: Docket, guardian: Guardian, day: date) -> Iterator[Act]:
    for acts in docket.progress(guardian, day).papers.values():
        yield from (act for act in acts if not act.implied)


def judge(docket: Docket, event: Event, act: Act, guardian: Guardian, today: date) -> Attempted:
    """Check an attempt, join it with what is known, and judge it with all that was tried before."""
    law = docket.law
    found = check_event(docket.case, event, today)
    raise_errors(_with_basis(one, law, event, guardian) for one in found)
    raise_errors(_too_early(event, act))
    entries, clashes = agree(docket.entries, (Entry(event, NOW),), docket.case, law)
    raise_errors(clashes)
    joined = replace(docket, entries=entries)
    merged = next(entry.event for entry in entries if entry.place == NOW)
    service, first = _service(joined, merged, guardian, max(today, event.proof_day))
    faults = service.faults if service else ()
    doubts = service.doubts if service else ()
    judged = [as_problem(one, law, merged, guardian) for one in (*faults, *doubts)]
    raise_errors(undecided(judged))
    told = (*_doubts(law, service, guardian, first), *_sent_doubts(docket, merged, guardian))
    return Attempted(event, act, guardian, joined, service, _known(docket, entries), first, told)


_UNDECIDED = "SERV078"
"""Refused at home by a way that does not say whether it was left there: who was there knows."""


def undecided(found: Iterable[Problem]) -> Iterator[Problem]:
    """Yield what was found of a new attempt; what only who was there can decide is refused until
    he chose.
    """
    for one in found:
        yield replace(one, severity="error") if one.code == _UNDECIDED else one


def as_recorded(docket: Docket, seq: int, tried: Attempted, today: date) -> Attempted:
    """Return an attempt as the ledger holds it, whatever was told of it again."""
    event = next(entry.event for entry in docket.entries if entry.seq == seq)
    service, first = _service(docket, event, tried.guardian, max(today, event.proof_day))
    doubts = _doubts(docket.law, service, tried.guardian, first)
    told = (*doubts, *_sent_doubts(docket, event, tried.guardian))
    return replace(tried, event=event, docket=docket, service=service, first=first, doubts=told)


def _doubts(
    law: Jurisdiction, service: Service | None, guardian: Guardian, first: date | None
) -> Iterator[Problem]:
    """Word what is doubtful of a service, and that the paper was served before."""
    if service is None:
        return
    for doubt in service.doubts:
        yield as_problem(doubt, law, service.event, guardian)
    if first:
        told = {"document": service.event.document, "name": guardian.name, "first": first}
        yield problem("SERV076", Place(), **told, day=service.day)


def _sent_doubts(docket: Docket, event: Event, guardian: Guardian) -> Iterator[Problem]:
    """Word what is doubtful of a letter that only leaves now."""
    for doubt in under_way_doubts(docket, event, guardian):
        yield as_problem(doubt, docket.law, event, guardian)


def _known(before: Docket, entries: Sequence[Entry]) -> int:
    """Return the number of the ledger's event that a new one tells again."""
    kept = {entry.seq for entry in entries}
    return next((entry.seq for entry in before.entries if entry.seq not in kept), 0)


def _too_early(event: Event, act: Act) -> Iterator[Problem]:
    key, first = earliest_day(event)
    if first < act.day:
        facts = {"document": event.document, "key": key, "day": first, "other": act.day}
        yield problem("CASE060", Place(), **facts)


def _service(
    docket: Docket, event: Event, guardian: Guardian, day: date
) -> tuple[Service | None, date | None]:
    """Find the service that an event tells of, and since when its paper was served already."""
    for acts in docket.progress(guardian, day).papers.values():
        for act in acts:
            for service in act.services:
                if service.event == event:
                    return service, act.counted_before(service)
    return None, None


def as_problem(fault: Fault, law: Jurisdiction, event: Event, guardian: Guardian | None) -> Problem:
    """Word what is wrong or doubtful of a service, with the articles."""
    code, facts = fault
    told = problem(code, Place(), **facts)
    info = law.procedure.file.checks.get(_CHECK)
    named = info is not None and code in info.basis_of
    of_code = law.check_basis(_CHECK, event.proof_day, code) if named else None
    basis = of_code if of_code is not None else _of_way(law, event, guardian)
    return replace(told, message=told.message + _said(basis))


def _of_way(law: Jurisdiction, event: Event, guardian: Guardian | None) -> tuple[Citation, ...]:
    """Return the articles of a way of service as of its day."""
    rule = rule_of(event, guardian)
    return law.cite(law.registry.rule(rule).basis, event.proof_day) if rule else ()


def _said(basis: tuple[Citation, ...]) -> str:
    articles = "、".join(dict.fromkeys(citation.short for citation in basis))
    return f"依据：{articles}。" if articles else ""


def how_counted(law: Jurisdiction, service: Service, guardian: Guardian) -> str:
    """Say why a service counts from its day, with the articles."""
    event, rule = service.event, rule_of(service.event, guardian)
    if not rule:
        return ""
    basis = _said(_of_way(law, event, guardian))
    if METHODS[event.method].period:
        return f"{event.proof_day}公告，期满视为送达。{basis}"
    return f"起算点：{law.registry.rule(rule).event}。{basis}"

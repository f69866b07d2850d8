"""What officers found that a guardian did not do, once the time for it was over."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from kcbx_docs.case.event import Event
from kcbx_docs.case.silences import (
    NO_ANSWER,
    NO_DEFENCE,
    NO_HEARING,
    NO_REVIEW,
    NO_SUIT,
    SILENCES,
    Silence,
)
from kcbx_docs.record.progress import Progress
from kcbx_docs.record.terms import end_of


def confirmed_of(p: Progress) -> dict[str, date]:
    """Return what was confirmed with its day: looked up before the time was over, it proves
    nothing about the rest of the time; nor where nobody knows when the time is over.
    """
    ends, wrong = _ends(p), {(event.day, said) for event, said, _ in refuted_of(p)}
    found: dict[str, date] = {}
    for event in p.kinds.get("核实", ()):
        for statement in event.confirmed:
            end = ends.get(statement)
            if end is not None and event.day > end and (event.day, statement) not in wrong:
                found[statement] = event.day
    return found


_DONE: Mapping[str, str] = {
    NO_DEFENCE: "陈述申辩",
    NO_HEARING: "要求听证",
    NO_ANSWER: "陈述申辩",
    NO_REVIEW: "申请行政复议",
    NO_SUIT: "提起行政诉讼",
}
"""What is said not to have happened, by the words that say so."""


def refuted_of(p: Progress) -> Iterator[tuple[Event, str, Event]]:
    """Yield each confirmation that the record itself refutes, with what had happened by then."""
    for event in p.kinds.get("核实", ()):
        for statement in event.confirmed:
            done = [one for one in _of_its_time(p, statement) if one.day <= event.day]
            if done:
                yield event, statement, done[-1]


def _of_its_time(p: Progress, statement: str) -> Iterator[Event]:
    """Yield what a statement denies: between the notice and the decision, against the decision,
    or since the demand.
    """
    e = p.enforcement
    demand = p.served(e.demand) if e else None
    for event in p.kinds.get(_DONE.get(statement, ""), ()):
        against_fine = e is not None and event.day >= e.decision.day
        after_demand = demand is not None and event.day >= demand
        if statement in (NO_REVIEW, NO_SUIT):
            fits = against_fine
        elif statement == NO_ANSWER:
            fits = after_demand
        else:
            fits = p.notice is not None and event.day >= p.notice.day and not against_fine
        if fits:
            yield event


def _ends(p: Progress) -> Mapping[str, date | None]:
    """Return the last day for each thing that may be confirmed as not done."""
    e = p.enforcement
    return {
        NO_DEFENCE: end_of(p.window),
        NO_HEARING: end_of(p.hearing_request),
        NO_ANSWER: end_of(e.demand_term) if e else None,
        NO_REVIEW: end_of(e.remedy.review) if e else None,
        NO_SUIT: end_of(e.remedy.suit) if e else None,
    }


def silences_of(p: Progress) -> tuple[Silence, ...]:
    """List what the record says nothing of and nobody confirmed, whether or not its time is over:
    a paper leaves it blank.
    """
    known, silent = confirmed_of(p), _silent(p)
    return tuple(one for one in SILENCES if silent[one] and one not in known)


def time_over(p: Progress, silences: Sequence[Silence]) -> tuple[Silence, ...]:
    """Keep those whose time is over, so that an officer can look them up now."""
    ends = _ends(p)
    return tuple(one for one in silences if (end := ends[one]) is not None and end < p.day)


def first_days(p: Progress, silences: Sequence[Silence]) -> tuple[date, ...]:
    """Return from which days they may be looked up, as far as that is known."""
    ends = _ends(p)
    return tuple(end + timedelta(days=1) for one in silences if (end := ends[one]))


def _silent(p: Progress) -> Mapping[Silence, bool]:
    """Tell of what a guardian may do whether the record leaves it open."""
    e, told = p.enforcement, p.served(p.notice) is not None
    kinds = {contest.kind for contest in e.remedy.contests} if e else set()
    # Who spoke at a hearing was heard there: that he said nothing would be no truth.
    defended = p.kinds.get("陈述申辩") or p.waived or p.last("听证")
    return {
        NO_DEFENCE: (told or e is not None) and not defended,
        NO_HEARING: told and p.hearing_awaited,
        NO_ANSWER: _silent_after_demand(p),
        NO_REVIEW: e is not None and "申请行政复议" not in kinds,
        NO_SUIT: e is not None and "提起行政诉讼" not in kinds,
    }


def _silent_after_demand(p: Progress) -> bool:
    demanded = p.served(p.enforcement.demand) if p.enforcement else None
    said = p.last("陈述申辩")
    return demanded is not None and (said is None or said.day < demanded)

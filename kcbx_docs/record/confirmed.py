"""What officers found that a guardian did not do, once the time for it was over."""

from collections.abc import Iterator
from datetime import date

from kcbx_docs.case.event import Event
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


_DONE = {
    "没有陈述申辩": "陈述申辩",
    "没有要求听证": "要求听证",
    "催告后没有陈述申辩": "陈述申辩",
    "没有申请行政复议": "申请行政复议",
    "没有提起行政诉讼": "提起行政诉讼",
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
        if statement in ("没有申请行政复议", "没有提起行政诉讼"):
            fits = against_fine
        elif statement == "催告后没有陈述申辩":
            fits = after_demand
        else:
            fits = p.notice is not None and event.day >= p.notice.day and not against_fine
        if fits:
            yield event


def _ends(p: Progress) -> dict[str, date | None]:
    """Return the last day for each thing that may be confirmed as not done."""
    e = p.enforcement
    return {
        "没有陈述申辩": end_of(p.window),
        "没有要求听证": end_of(p.hearing_request),
        "催告后没有陈述申辩": end_of(e.demand_term) if e else None,
        "没有申请行政复议": end_of(e.remedy.review) if e else None,
        "没有提起行政诉讼": end_of(e.remedy.suit) if e else None,
    }

"""Looks at a child that show less than somebody may take from them: one before the last day of an
order shows nothing of obeying it, and one that found the child away leaves open why.
"""

from collections.abc import Iterator
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.observing import Observing, observing
from kcbx_docs.record.progress import Progress

_AWAY = "未返校"
MISSED = "缺课"


def looks(docket: Docket, day: date) -> Iterator[Problem]:
    """Yield what a look does not show, while nobody has looked again; each look is told once."""
    told: set[int] = set()
    for guardian in docket.case.guardians:
        p = docket.progress(guardian, day)
        for event in (_too_early(p), _unexplained(docket, p)):
            if event and id(event) not in told:
                told.add(id(event))
                yield _told(docket, p, event)


def missed(told: Observing) -> Event | None:
    """Return the last observation where it found the child away and nobody has said why."""
    return told.bad if told.bad and told.bad.result == MISSED else None


def _too_early(p: Progress) -> Event | None:
    """Return the last look between the service of the order and its last day."""
    order, look = p.order, p.last("核查")
    if order is None or order.end is None or order.served is None or look is None:
        return None
    open_still = not (order.annulled or p.attendance.back or p.filing or p.closing.over)
    early = look.result == _AWAY and order.served <= look.day <= order.end
    return look if open_still and early else None


def _unexplained(docket: Docket, p: Progress) -> Event | None:
    return None if p.closing.over else missed(observing(p, docket.law))


def _told(docket: Docket, p: Progress, event: Event) -> Problem:
    place, facts = docket.place(event), {"kind": event.kind, "day": event.day}
    if event.kind == "核查":
        assert p.order
        return problem("PROC620", place, **facts, end=p.order.end)
    return problem("PROC621", place, **facts, result=event.result)

"""Whether there was a reason to close a case on the day on which it was closed."""

from collections.abc import Iterator
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.problems import Problem, problem
from kcbx_docs.procedure.verdict import evaluate
from kcbx_docs.record.closing import CLOSE
from kcbx_docs.record.docket import Docket

_ASKS = ("须说明理由", "禁止")


def closed_without_reason(docket: Docket, day: date) -> Iterator[Problem]:
    """Yield what stood against closing a case that somebody closed without writing why."""
    for event in docket.happened(day):
        if event.kind == CLOSE and not (event.reason or event.note):
            yield from _against(docket, event)


def _against(docket: Docket, event: Event) -> Iterator[Problem]:
    steps = docket.law.procedure.steps
    step = next((name for name, one in steps.items() if one.event == CLOSE), None)
    told: dict[str, None] = {}
    for guardian in docket.addressees(event) if step else ():
        found = evaluate(docket, step or "", "", guardian, event.day, None)
        told |= dict.fromkeys(one.reason for one in found if one.verdict in _ASKS)
    for reason in told:
        yield problem("PROC471", docket.place(event), day=event.day, reason=reason)

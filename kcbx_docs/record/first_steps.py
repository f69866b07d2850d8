"""What was done before what usually leads to it: a report of the school before anybody persuaded
the family, a look at the child before the call that told of it. Only asked about.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from kcbx_docs.case.event import Event
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.disagreements import where
from kcbx_docs.record.docket import Docket

_TRIED = ("劝返", "联系", "劝返通知", "批评教育", "帮扶")
"""What a school does before it reports."""
_HEARD = (*_TRIED, "接到线索", "书面报告", "移送", "接收移交", "收到文书")
"""From what somebody knows that a child is to be looked for."""
_LEADS_TO = {
    "书面报告": ("劝返", _TRIED, "PROC604"),
    "核查": ("接到线索", _HEARD, "PROC605"),
}
"""What came too early, the step that is told later, what accounts for it as well."""


def first_steps(docket: Docket) -> Iterator[Problem]:
    """Ask about reports, looks and help that came before what they follow, in each absence."""
    attendance = docket.attendance(date.max)
    for _, events in groupby(docket.events, lambda event: attendance.round_of(event.day)):
        within = [*events]
        for number, event in enumerate(within):
            if event.kind in _LEADS_TO:
                yield from _too_early(docket, event, within[:number], within[number + 1 :])
    first = next((event for event in docket.events if event.kind == "首次缺课"), None)
    for event in docket.events:
        if first and event.kind == "帮扶" and event.day < first.day:
            facts = {"day": event.day, "other": first.day, "where": where(docket.place(first))}
            yield problem("PROC603", docket.place(event), **facts)


def _too_early(
    docket: Docket, event: Event, before: Sequence[Event], after: Sequence[Event]
) -> Iterator[Problem]:
    later, accounts, code = _LEADS_TO[event.kind]
    if any(one.kind in (*accounts, event.kind) for one in before):
        return
    if any(one.kind in accounts and one.day == event.day for one in after):
        return
    if other := next((one for one in after if one.kind == later), None):
        facts = {"day": event.day, "other": other.day, "where": where(docket.place(other))}
        yield problem(code, docket.place(event), **facts)

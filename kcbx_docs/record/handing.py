"""What cannot be, or must be asked, when a whole case goes to another organ: to whom, until when,
who answered, and what is done here although it went.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import name_key
from kcbx_docs.problems import Problem, problem
from kcbx_docs.record.closing import ANSWER, HAND_OVER
from kcbx_docs.record.docket import Docket

_TERMED = (HAND_OVER, "批准延期分期", "申请延期分期")
"""The kinds whose 期限 is a day that is still to come when they happen."""


def handing_flaws(docket: Docket, events: Sequence[Event]) -> Iterator[Problem]:
    """Yield what is wrong with the transfers of a case, and with what answered them."""
    own = name_key(docket.law.workspace.office.name)
    sent: Event | None = None
    for event in events:
        if event.handed_by:  # what other organs did among themselves is not ours to judge
            continue
        place = docket.place(event)
        last = event.period.day if event.period and event.kind in _TERMED else None
        if last and last < event.day:
            yield problem("LEAD061", place, kind=event.kind, last=last, day=event.day)
        if event.kind == HAND_OVER:
            sent = event
            if name_key(event.organ) == own:
                yield problem("LEAD060", place, organ=event.organ)
        elif event.kind == ANSWER and sent:
            yield from chain(_other_bundle(docket, sent, event), _other_organ(docket, sent, event))


def _other_bundle(docket: Docket, sent: Event, answer: Event) -> Iterator[Problem]:
    """The other organ confirms the file that was sent, and no other one."""
    if sent.digest and answer.digest not in ("", sent.digest):
        facts = {"sent": sent.digest, "answered": answer.digest, "organ": answer.organ}
        yield problem("LEAD032", docket.place(answer), **facts)


def _other_organ(docket: Docket, sent: Event, answer: Event) -> Iterator[Problem]:
    """Whoever answers is whom the case was handed to."""
    if name_key(sent.organ) != name_key(answer.organ):
        facts = {"day": sent.day, "sent": sent.organ, "answered": answer.organ}
        yield problem("LEAD062", docket.place(answer), **facts)

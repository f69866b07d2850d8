"""A return on the very day of a paper: a child whom somebody brings back that afternoon was away
when the paper was made.
"""

from datetime import time

from kcbx_docs.case.event import Event
from kcbx_docs.record.acts import Act
from kcbx_docs.record.docket import Docket

OF_RETURN = ("PROC211", "PROC212", "PROC213")
"""What is said of a paper that asks for a child who is at school."""


def came_back_later(docket: Docket, act: Act) -> bool:
    """Tell whether the child came back on the day of a paper, and nothing says that it was before:
    neither the hours, nor the order in which the file tells of both.
    """
    if docket.attendance(act.day).returned != act.day:
        return False
    back = [one for one in docket.happened(act.day) if one.comes_back and one.day == act.day]
    return all(_is_later(docket, act, one) for one in back)


def _is_later(docket: Docket, act: Act, back: Event) -> bool:
    made, history = _made_by(act), docket.case.history
    if back.clock and made:
        return back.clock >= made
    if act.event in history and back in history:
        return history.index(back) > history.index(act.event)
    return True  # the ledger issued it while nobody knew of a return


def _made_by(act: Act) -> time | None:
    """Return the hour by which a paper was there: it was handed over then at the latest."""
    events = (act.event, *(service.event for service in act.services))
    clocks = [one.clock for one in events if one.clock and one.day == act.day]
    return min(clocks, default=None)

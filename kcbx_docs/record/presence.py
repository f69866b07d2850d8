"""Where a child is on a day, as far as its case says it."""

from datetime import date
from typing import Literal

from kcbx_docs.record.closing import closing_of
from kcbx_docs.record.docket import Docket

Presence = Literal["仍未到校", "已返校", "已结案", "已移交", "没有缺课记录"]
PRESENCES: tuple[Presence, ...] = ("仍未到校", "已返校", "已结案", "已移交", "没有缺课记录")
AWAY: Presence = "仍未到校"
BACK: Presence = "已返校"


def presence_on(docket: Docket, day: date) -> Presence:
    """Tell where a child is: away, back, or no longer this office's to look after."""
    closing, attendance = closing_of(docket.happened(day)), docket.attendance(day)
    if closing.ended:
        return "已移交" if closing.handed else "已结案"
    if attendance.back:
        return BACK
    return AWAY if attendance.since else "没有缺课记录"

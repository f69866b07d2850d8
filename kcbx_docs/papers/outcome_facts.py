"""Fill what templates learn of the hearing, the outcome of an investigation and what was looked
up before going to court.
"""

from datetime import date
from typing import Any

from kcbx_docs.papers import outcome_records as records
from kcbx_docs.record.confirmed import confirmed_of
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.kinds import day_of
from kcbx_docs.record.progress import Progress

_HEARING_SEARCH = 40


def conclusion_record(p: Progress) -> records.ConclusionRecord:
    """Tell what the officers proposed for a guardian at the end of the investigation."""
    event = p.last("调查终结")
    if event is None:
        return records.ConclusionRecord()
    return records.ConclusionRecord(
        日期=event.day,
        建议=event.result or None,
        金额=event.amount,
        法定情形=event.ground or None,
        原因=event.reason or None,
        机关=event.organ or None,
    )


def ground_values(p: Progress) -> dict[str, Any]:
    """Tell why no penalty is imposed: as decided, or else as the officers proposed."""
    decided, proposed = p.last("不予处罚"), p.last("调查终结")
    if decided is None and proposed and proposed.result != "建议不予处罚":
        proposed = None
    event = decided or proposed
    if event is None:
        return {}
    return {"法定情形": event.ground or None, "原因": event.reason or None}


def confirmed_record(p: Progress) -> records.ConfirmedRecord:
    """Tell what was confirmed as not done."""
    return records.ConfirmedRecord.model_validate(confirmed_of(p))


def hearing_record(p: Progress, docket: Docket, day: date) -> records.HearingRecord:
    """Tell the hearing that was asked for: what was arranged and what was held."""
    held = p.last("听证")
    notice = p.act("听证通知")
    planned = notice.event if notice else None
    return records.HearingRecord(
        要求日期=day_of(p.last("要求听证")),
        放弃日期=day_of(p.last("放弃听证")),
        通知送达日期=p.served(p.act("听证通知")),
        最早举行日=earliest_hearing(docket, day),
        举行日期=day_of(held),
        安排日期=planned.hearing_day if planned else None,
        安排时间=planned.hearing_clock if planned else None,
        地点=(planned.place or None) if planned else None,
        主持人=(planned.chair or None) if planned else None,
        公开=planned.public if planned else None,
        到场=(held.attended or None) if held else None,
        结果=(held.result or None) if held else None,
    )


def earliest_hearing(docket: Docket, notice: date) -> date | None:
    """Find the first working day for which a notice served on a day comes seven working days
    ahead; nothing where the calendar of that year is not known yet.
    """
    held, calendar = notice, docket.law.calendar
    for _ in range(_HEARING_SEARCH):
        if held == date.max:
            return None
        held = date.fromordinal(held.toordinal() + 1)
        term = docket.law.term("hearing-notice", held)
        if term.end is None or not calendar.has(held.year):
            return None
        if term.end >= notice and calendar.is_workday(held, docket.law.region):
            return held
    return None

"""How values are written on a page."""

from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_form import KIND, WHEN
from kcbx_docs.office.book import written_event


def plainly(value: Any) -> str:
    """Write a value of a file without brackets and quotation marks."""
    if isinstance(value, dict):
        return "，".join(f"{key}：{plainly(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return "、".join(map(plainly, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def told_of_event(event: Event) -> str:
    """Write what is told of an event besides its day and its kind."""
    told = written_event(event)
    return "；".join(f"{key}：{plainly(v)}" for key, v in told.items() if key not in (WHEN, KIND))

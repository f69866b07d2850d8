"""By which events somebody knew that the child was not at school, and whom a persuasion reached."""

from collections.abc import Mapping

from kcbx_docs.case.event import Event

SAW_ABSENCE: Mapping[str, tuple[str, ...]] = {
    "首次缺课": (),
    "再次缺课": (),
    "劝返": ("同意返校", "拒绝", "未表态"),
    "书面报告": (),
    "核查": ("未返校",),
    "复学观察": ("缺课",),
}
"""Events by which somebody knew, on their day, that the child was not at school:
with any result, or with one of these. Others say it under 到校情况; who met nobody saw nothing.
"""

_REACHED = ("同意返校", "拒绝", "未表态", "已返校")
"""Results of a persuasion that was spoken to somebody."""

REFUSED = "拒绝"
_SAID = {"同意返校": True, "愿意": True, "愿意送学": True, REFUSED: False, "未表态": False}
"""Results of a call that say what the guardian means; other words are nobody's to read."""
ATTITUDES = tuple(_SAID)


def saw_absence(event: Event) -> bool:
    """Tell whether by an event somebody knew that the child was not at school."""
    if event.seen:
        return event.seen == "未到校"
    results = SAW_ABSENCE.get(event.kind)
    return results is not None and (not results or event.result in results)


def reached(event: Event) -> bool:
    """Tell whether an event is a persuasion that somebody heard."""
    return event.kind == "劝返" and event.result in _REACHED


def agreed(event: Event) -> bool | None:
    """Tell whether a guardian who was spoken to agreed to send the child to school;
    nothing where it was neither that nor a refusal, or nobody was reached.
    """
    if event.kind == "联系":
        return _SAID.get(event.result)
    return event.result == "同意返校" if reached(event) else None

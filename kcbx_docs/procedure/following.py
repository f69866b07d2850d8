"""The single next step of a guardian: the one whose papers are made unasked.

What people choose (``不点名不做``) is never next.
"""

from collections.abc import Container, Iterable, Iterator
from datetime import date, timedelta
from itertools import chain

from kcbx_docs.packs.procedure import Step
from kcbx_docs.record.closing import CLOSE
from kcbx_docs.record.progress import Progress

_OTHERS = ("当事人", "法院")
"""Who takes steps of which nobody here makes the papers."""
_SCHOOL = "学校"
_LOOK = "核查"


def step_after(
    steps: Iterable[tuple[str, Step]], offered: Container[str], progress: Progress
) -> str:
    """Return the first step on offer after the furthest that was taken; nothing where all were.

    Of what the school does, what was taken counts though it is on offer no more: whose dropout is
    reported is not persuaded first.
    """
    following: tuple[str, Step] | None = None
    for step_id, step in steps:
        if step.bound in _OTHERS or chosen(step, progress):
            continue
        if taken(step, progress):
            behind = following is not None and following[1].bound == _SCHOOL
            following = None if behind or step_id in offered else following
        elif following is None and step_id in offered:
            following = step_id, step
    return following[0] if following else ""


def chosen(step: Step, progress: Progress) -> bool:
    """Tell whether people choose a step, so that its papers are made only where they name them."""
    come = {moment for moment, day in progress.moments.items() if day <= progress.day}
    due = bool(step.unless) and come.issuperset(step.unless)
    return step.named_only and not due


def taken(step: Step, progress: Progress) -> bool:
    """Tell whether a step was taken in the present dropout; a withdrawn paper is none, nor one
    that was made before there was anything to take the step upon: a look at school after a lead
    is none after an order, nor is one before its last day a look whether it was obeyed.
    """
    if not progress.moments.keys() >= set(step.needs):
        return False
    needed = (day for name, day in progress.moments.items() if name in step.needs)
    again = progress.closing.reopened if step.event == CLOSE else None
    days = (*needed, *_looked_after(step, progress), *((again.day,) if again else ()))
    start = max(days, default=date.min)
    if step.documents:
        acts = chain.from_iterable(progress.acts.get(one, ()) for one in step.documents)
        return any(act.day >= start for act in acts)
    event = progress.last(step.event) if step.event else None
    return event is not None and event.day >= start


def _looked_after(step: Step, progress: Progress) -> Iterator[date]:
    """Yield the first days on which a look shows what it is for: those after a last day."""
    for limit in step.earliest if step.event == _LOOK else ():
        if last := progress.moments.get(limit.moment):
            yield last + timedelta(days=1)

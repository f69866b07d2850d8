"""What an office has to do next in a case, as plain data: told apart from what parties owe."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Literal

from kcbx_docs.case.model import NOBODY_YET
from kcbx_docs.light import dataclass
from kcbx_docs.packs.procedure import State
from kcbx_docs.procedure.standing import CaseStanding, GuardianStanding, Option
from kcbx_docs.record.jurisdiction import Jurisdiction
from kcbx_docs.record.looks import missed
from kcbx_docs.record.observing import observing

When = Literal["现在", "由人决定", "说明理由", "以后", "等待", "等别人", "挡住"]
"""Whether a step may be taken now, is for people to decide, may be taken by whoever gives a
reason, opens later, waits for what is on its way, is another office's, or is refused.
"""
LATER: tuple[When, ...] = ("以后", "等待", "等别人")
"""What nobody here can do today."""
ORDER: tuple[When, ...] = ("现在", "由人决定", "说明理由", "以后", "等待", "等别人", "挡住")


@dataclass(frozen=True)
class Todo:
    """One step that is next for a guardian."""

    guardian: str
    step: str
    what: str
    who: str
    when: When
    title: str = ""
    since: date | None = None
    until: date | None = None
    reason: str = ""
    """Why it may not be taken, what must be answered first, or what is awaited."""
    doubted: bool = False
    """Whether its first day counts from a service that is doubtful."""


def todos_of(standing: CaseStanding, law: Jurisdiction) -> tuple[Todo, ...]:
    """List what is next for each guardian: what may be done now comes first."""
    every = chain.from_iterable(_todos(person, law) for person in standing.guardians)
    return tuple(sorted(every, key=lambda todo: ORDER.index(todo.when)))


def _todos(person: GuardianStanding, law: Jurisdiction) -> Iterator[Todo]:
    if person.state not in _OVER:
        yield from _to_find_out(person, law)
    for option in person.tasks:
        yield _todo(option, _when(option), law)
    choices = [one for one in person.choices if one.open]
    if not choices and not person.due:  # nobody else is to move, so somebody gives a reason
        choices = [one for one in person.choices if one.allowed]
    for option in choices:
        yield _todo(option, "由人决定", law)
    if not (person.tasks or choices or person.due) and _is_stuck(person):
        yield Todo(person.guardian, "", _GO_ON, "机关", "由人决定")


def _to_find_out(person: GuardianStanding, law: Jurisdiction) -> Iterator[Todo]:
    """Yield what nobody knows yet, and every step rests on."""
    if person.guardian == NOBODY_YET.name:
        yield Todo(person.guardian, "", "查明谁是监护人", "机关", "现在")
    if seen := missed(observing(person.progress, law)):
        yield Todo(person.guardian, "", _FIND_OUT.format(day=seen.day), "学校", "现在")


_GO_ON = "怎样接着办（再劝返、核查、起诉等）"
"""What is left where a child stays away, no step follows, and nobody has a last day."""
_FIND_OUT = "查明 {day} 为什么没有来"
"""What comes before the end of a case whose last observation found the child away."""
_AT_REST: tuple[State, ...] = ("已返校", "有正当理由", "中止", "已结案", "已移交")

_OVER: tuple[State, ...] = ("已结案", "已移交")


def _is_stuck(person: GuardianStanding) -> bool:
    return person.progress.attendance.since is not None and person.state not in _AT_REST


def _todo(option: Option, when: When, law: Jurisdiction) -> Todo:
    return Todo(
        guardian=option.guardian,
        step=option.step,
        what=option.name,
        who=option.issuer if when == "等别人" else option.by,
        when=when,
        title=law.title(option.documents[0]) if option.documents else "",
        since=option.earliest.day if option.earliest else None,
        until=option.latest.day if option.latest else None,
        reason=option.awaits or ("" if option.open else _reason(option)),
        doubted=option.earliest is not None and option.earliest.doubted,
    )


def _reason(option: Option) -> str:
    refused = [one.message for one in option.window.refused]
    return next(iter((*refused, *(one.reason for one in option.reasons))), "")


def _when(option: Option) -> When:
    if option.allowed and option.awaits:
        return "等待"
    if option.allowed and option.elsewhere:
        return "等别人"
    if option.allowed:
        return "现在" if option.open else "说明理由"
    later = option.earliest is not None and option.earliest.day > option.day
    return "以后" if later and not option.window.refused else "挡住"


def todo_data(todo: Todo) -> dict[str, object]:
    """Return what is next, for ``--json``."""
    return {
        "guardian": todo.guardian,
        "step": todo.step,
        "what": todo.what,
        "who": todo.who,
        "when": todo.when,
        "title": todo.title,
        "from": todo.since,
        "until": todo.until,
        "reason": todo.reason,
        "service_doubted": todo.doubted,
    }

"""How far a guardian has come, rung by rung: what was done and served, what runs, what is next."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Literal

from kcbx_docs.case.event import Event
from kcbx_docs.light import dataclass
from kcbx_docs.packs.procedure import Step
from kcbx_docs.procedure.following import taken
from kcbx_docs.procedure.standing import GuardianStanding
from kcbx_docs.procedure.under_way import awaited, only_served
from kcbx_docs.record.acts import Act
from kcbx_docs.record.docket import Docket

RungKind = Literal["做了", "期限", "接下来"]
_NO_RUNG = ("送达", "制发")
"""Events that do not tell alone which step was taken."""


@dataclass(frozen=True)
class Rung:
    """One rung: what it is, its day, and what more there is to say of it."""

    kind: RungKind
    name: str
    day: date | None
    route: str = ""
    told: tuple[str, ...] = ()
    over: bool = False
    """Whether its last day has passed."""


def rungs_of(docket: Docket, person: GuardianStanding, day: date) -> tuple[Rung, ...]:
    """List the rungs of a guardian in order: what was done by its days, then what runs by its last
    days, then what is next.
    """
    done = sorted(_done(docket, person, day), key=lambda one: one.day or date.min)
    running = sorted(_running(person), key=lambda one: one.day or date.max)
    return (*done, *running, *_next(person))


def _done(docket: Docket, person: GuardianStanding, day: date) -> Iterator[Rung]:
    progress, law = person.progress, docket.law
    of_papers = {id(act.event) for act in chain.from_iterable(progress.acts.values())}
    for step in law.procedure.steps.values():
        if only_served(step) or not taken(step, progress):
            continue
        acts = [*chain.from_iterable(progress.acts.get(one, ()) for one in step.documents)]
        if acts:
            act = max(acts, key=lambda one: one.day)
            told = tuple(_of_paper(act, law.title(act.document), day))
            yield Rung("做了", step.name, act.day, step.route, told)
        elif (event := _event(step, person)) and id(event) not in of_papers:
            name = event.kind if step.documents else step.name  # no paper was made
            yield Rung("做了", name, event.day, step.route)


def _event(step: Step, person: GuardianStanding) -> Event | None:
    """Return the event that tells of a step without papers, unless it tells of others, too."""
    return person.progress.last(step.event) if step.event not in ("", *_NO_RUNG) else None


def _of_paper(act: Act, title: str, day: date) -> Iterator[str]:
    """Say what the paper is called, and whether it was served."""
    yield f"《{title}》{act.number}"
    if served := act.served(day):
        doubt = "（有疑问）" if act.doubted else ""
        yield f"{served} 送达{doubt}"
    elif waits := awaited(act, day):
        yield waits


def _running(person: GuardianStanding) -> Iterator[Rung]:
    for due in person.due:
        left = due.days_left(person.progress.day)
        told = (f"由{due.bound}",) if due.bound else ()
        yield Rung("期限", due.what, due.by, told=told, over=left < 0)


def _next(person: GuardianStanding) -> Iterator[Rung]:
    for option in person.tasks:
        first, last = option.earliest, option.latest
        told = [f"{first.day} 起可以做"] if first and first.day > option.day else []
        told += [f"最迟 {last.day}"] if last else []
        told += [option.awaits] if option.awaits else []
        told += ["现在不能做，原因见下"] if not option.allowed and not told else []
        yield Rung("接下来", option.name, None, option.route, tuple(told))

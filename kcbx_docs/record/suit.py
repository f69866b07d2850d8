"""The civil suit of a case: who sues, whom, and who represents the child,
as the history tells it or the officer means it.
"""

from dataclasses import dataclass
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Case, Guardian, name_key
from kcbx_docs.case.suit import CHILD, OFFICE, SCHOOLING, SuitPlan
from kcbx_docs.case.workspace import Organ, Workspace


@dataclass(frozen=True)
class Suit:
    """The parties of a suit as far as they are written; what nobody wrote is empty."""

    plaintiff: str
    """学生, 本机关, or nothing."""
    defendants: tuple[Guardian, ...]
    representatives: tuple[Guardian, ...]
    filed: Event | None = None

    @property
    def by_child(self) -> bool:
        """Tell whether the child sues."""
        return self.plaintiff == CHILD

    @property
    def by_office(self) -> bool:
        """Tell whether the office sues."""
        return self.plaintiff == OFFICE


def suit_of(
    case: Case, events: tuple[Event, ...], day: date, workspace: Workspace | None = None
) -> Suit:
    """Return the suit on a day: the one that was filed, or the one that is meant."""
    plan, filed = case.suit or SuitPlan(), _filed(events, day)
    living = tuple(g for g in case.guardians if not g.ended(day))
    defendants = _named((filed.targets if filed else ()) or plan.defendants, case)
    if not defendants and len(living) == 1:
        defendants = living
    others = tuple(g for g in living if g not in defendants and _can_act(g, day))
    represented = _named(plan.representatives, case) or (others if defendants else ())
    plaintiff = _plaintiff(case, filed, plan, workspace)
    return Suit(plaintiff, defendants, represented if plaintiff != OFFICE else (), filed)


def _can_act(guardian: Guardian, day: date) -> bool:
    """Tell whether a guardian can be found and can act for the child."""
    return not (guardian.missing(day) or guardian.incapable(day) or guardian.limited(day))


def _filed(events: tuple[Event, ...], day: date) -> Event | None:
    """Find the suit of a day; a paper made ahead of a suit has the parties of that suit."""
    suits = [event for event in events if is_suit(event)]
    past = [event for event in suits if event.day <= day]
    return past[-1] if past else next(iter(suits), None)


def is_suit(event: Event) -> bool:
    """Tell whether an event brings the child to school by a civil suit."""
    return event.kind == "起诉" and event.purpose in ("", SCHOOLING)


def _plaintiff(case: Case, filed: Event | None, plan: SuitPlan, workspace: Workspace | None) -> str:
    if filed and filed.plaintiff:
        return filed.plaintiff
    if plan.plaintiff:
        return plan.plaintiff
    office = workspace.organ_named(case.office) if workspace else None
    return OFFICE if filed and sued_formerly(filed, office) else ""


def sued_formerly(event: Event, office: Organ | None) -> bool:
    """Tell whether an event names the office as plaintiff in the way of old files."""
    return bool(office and event.kind == "起诉" and office.name in event.participants)


def _named(names: tuple[str, ...], case: Case) -> tuple[Guardian, ...]:
    keys = set(map(name_key, names))
    return tuple(g for g in case.guardians if name_key(g.name) in keys)

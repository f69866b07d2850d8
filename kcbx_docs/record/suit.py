"""The civil suit of a case: who sues, whom, and who represents the child,
as the history tells it or the officer means it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Case, Guardian, name_key
from kcbx_docs.case.suit import CHILD, OFFICE, SCHOOLING, SuitPlan
from kcbx_docs.case.workspace import Organ, Workspace
from kcbx_docs.light import dataclass
from kcbx_docs.record.appeals import SENT_BACK, STANDS, against, second

_DECIDED = ("支持", "部分支持", "驳回诉讼请求")
"""Judgments on the claim itself; the others leave the plaintiff free to sue again."""
_REFUSED = ("驳回诉讼请求", "驳回起诉", "不予受理")
"""Results of a civil suit that order nothing."""
_JUDGED = "民事判决"
_ENDS = (_JUDGED, "调解", "撤诉")


@dataclass(frozen=True)
class Brought:
    """One suit that was brought to bring the child to school, and what became of it."""

    filed: Event | None
    """Nothing where only its end is recorded."""
    ended: Event | None = None
    """The result that counts."""
    appeal: Event | None = None
    """An appeal against the first judgment."""
    final: Event | None = None
    """What the second court decided."""

    @property
    def open(self) -> bool:
        """Tell whether nobody knows of an end, or an appeal is being heard."""
        return self.ended is None or self.appealed

    def ended_since(self, start: date) -> bool:
        """Tell whether the end came on or after a day."""
        return self.ended is not None and self.ended.day >= start

    @property
    def appealed(self) -> bool:
        """Tell whether an appeal waits for the second court."""
        return self.appeal is not None and self.final is None

    @property
    def in_force(self) -> date | None:
        """Return the day on which the end took effect: what the second court said and a settlement
        at once, a first judgment, against which there is an appeal, only where the day is written.
        """
        if self.ended is None or self.appealed:
            return None
        if self.final:
            return self.final.effective or self.final.day
        settled = self.ended.day if self.ended.kind == "调解" else None
        return self.ended.effective or settled

    @property
    def decided(self) -> bool:
        """Tell whether the claim itself was judged or settled before a court:
        it is not brought again.
        """
        if self.ended is None:
            return False
        if self.ended.kind == "调解":
            return settled_in_court(self.ended) and self.filed is not None
        return self.ended.kind == "民事判决" and self.ended.result in _DECIDED


@dataclass(frozen=True)
class Suit:
    """The parties of a suit as far as they are written; what nobody wrote is empty."""

    plaintiff: str
    """学生, 本机关, or nothing."""
    defendants: tuple[Guardian, ...]
    representatives: tuple[Guardian, ...]
    filed: Event | None = None
    purpose: str = SCHOOLING
    other: Event | None = None
    """A suit for something else, where none to bring the child to school is written."""

    @property
    def by_child(self) -> bool:
        """Tell whether the child sues."""
        return self.plaintiff == CHILD

    @property
    def by_office(self) -> bool:
        """Tell whether the office sues."""
        return self.plaintiff == OFFICE

    def represented_by(self, guardian: Guardian) -> bool:
        """Tell whether a guardian represents the child against the others."""
        ours = guardian in self.representatives and guardian not in self.defendants
        return self.by_child and ours


def suit_of(
    case: Case, events: tuple[Event, ...], day: date, workspace: Workspace | None = None
) -> Suit:
    """Return the suit on a day: the one that was filed, or the one that is meant."""
    plan, filed = case.suit or SuitPlan(), _filed(events, day)
    if case.suit and filed and _over(filed, events, day):
        filed = None  # What is meant now is the next suit.
    living = tuple(g for g in case.guardians if not g.ended(day))
    defendants = _named((filed.targets if filed else ()) or plan.defendants, case)
    if not defendants and len(living) == 1:
        defendants = living
    plaintiff = _plaintiff(case, filed, plan, workspace)
    others = tuple(guardian for guardian in living if guardian not in defendants)
    represented = () if plaintiff == OFFICE else _represented(plan, case, defendants, others, day)
    suit = Suit(plaintiff, defendants, represented, filed)
    return suit if filed else _with_purpose(suit, case, events, day)


def _represented(
    plan: SuitPlan,
    case: Case,
    defendants: tuple[Guardian, ...],
    others: tuple[Guardian, ...],
    day: date,
) -> tuple[Guardian, ...]:
    """List who represents the child: who is written, else who is not sued and can act."""
    named = _named(plan.representatives, case)
    if named or not defendants:
        return named
    return tuple(guardian for guardian in others if _can_act(guardian, day))


def _with_purpose(suit: Suit, case: Case, events: tuple[Event, ...], day: date) -> Suit:
    """Add what a suit that nobody has filed yet is for; a paper made on the day of a suit for
    something else is for that.
    """
    if case.suit:
        return replace(suit, purpose=case.suit.purpose)
    other = _for_something_else(events, day)
    purpose = other.purpose if other and other.day == day else SCHOOLING
    return replace(suit, purpose=purpose, other=other)


def _over(filed: Event, events: tuple[Event, ...], day: date) -> bool:
    """Tell whether a suit had ended before a day."""
    past = [event for event in events if event.day < day]
    return any(one.filed is filed and not one.open for one in suits_of(past))


def _for_something_else(events: tuple[Event, ...], day: date) -> Event | None:
    found = [e for e in events if e.kind == "起诉" and not is_suit(e) and e.day <= day]
    return found[-1] if found else None


def suits_of(events: Iterable[Event]) -> tuple[Brought, ...]:
    """Follow suits to bring the child to school; an end belongs to the suit of its number,
    else to the latest.
    """
    found: list[Brought] = []
    for event in events:
        if event.kind == "起诉":
            found.append(Brought(event))
        elif event.kind in _ENDS:
            _end(found, event)
        elif against(event, _JUDGED):
            _appeal(found, event)
    return tuple(one for one in found if one.filed is None or is_suit(one.filed))


def _end(found: list[Brought], event: Event) -> None:
    numbered = [n for n, one in enumerate(found) if _bears(one, event.number)]
    if not found:
        found.append(Brought(None, event))
        return
    place = numbered[-1] if numbered else len(found) - 1
    found[place] = _with_end(found[place], event)


def _with_end(suit: Brought, event: Event) -> Brought:
    """Say what counts after an end: that of the second court takes the place of the first."""
    heard_again = event.kind != _JUDGED or second(event, appealed=suit.appealed)
    if suit.ended is None or not heard_again:
        return replace(suit, ended=event)
    if event.result == SENT_BACK:
        return replace(suit, ended=None, appeal=None)
    return replace(suit, ended=suit.ended if event.result in STANDS else event, final=event)


def _appeal(found: list[Brought], event: Event) -> None:
    judged = [n for n, one in enumerate(found) if one.ended and one.ended.kind == _JUDGED]
    if judged:
        found[judged[-1]] = replace(found[judged[-1]], appeal=event)


def _bears(one: Brought, number: str) -> bool:
    return bool(number and one.filed and one.filed.number == number)


def settled_in_court(event: Event) -> bool:
    """Tell whether a settlement was made before a court, not by a committee or an office."""
    return event.kind == "调解" and bool(event.court or not event.organ)


def orders(event: Event) -> bool:
    """Tell whether the end of a suit orders somebody to do something that a court enforces."""
    if event.kind == "调解":
        return settled_in_court(event)
    return event.kind == "民事判决" and event.result not in _REFUSED


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

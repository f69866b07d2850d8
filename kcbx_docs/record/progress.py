"""How far a case has come for one guardian on a day:
every fact that the checks and the papers need.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from decimal import Decimal
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Case, Guardian
from kcbx_docs.light import dataclass
from kcbx_docs.packs.model import Role
from kcbx_docs.packs.procedure import Moment
from kcbx_docs.record.acts import (
    DECISIONS,
    Act,
    acts_of,
    acts_with,
    concerning,
    last_act,
    since,
    withdrawn_acts,
)
from kcbx_docs.record.attendance import Attendance
from kcbx_docs.record.challenges import Contest, contests_left, without
from kcbx_docs.record.closing import Closing, closing_of
from kcbx_docs.record.enforcement import Enforcement, enforcement_of
from kcbx_docs.record.excuses import Excuses, excuses_of
from kcbx_docs.record.jurisdiction import Jurisdiction, Term
from kcbx_docs.record.kinds import Kinds, by_kind, last_of
from kcbx_docs.record.moments import days_of, doubted_of, terms_of
from kcbx_docs.record.observing import reviews_of
from kcbx_docs.record.ordered import Ordered, ordered_of
from kcbx_docs.record.suit import Brought, is_suit, suits_of
from kcbx_docs.record.terms import term_from


@dataclass(frozen=True)
class Progress:
    """One guardian's record of the present dropout on a day."""

    guardian: Guardian
    day: date
    attendance: Attendance
    papers: Mapping[str, tuple[Act, ...]]
    """Every paper by document, those of earlier dropouts too; withdrawn ones left out."""
    acts: Mapping[str, tuple[Act, ...]]
    """Papers of the present dropout."""
    kinds: Kinds
    closing: Closing
    """Events of the present dropout by kind."""
    order: Ordered | None
    filing: Act | None
    notice: Act | None
    window: Term | None
    hearing_request: Term | None
    decision: Act | None
    """The penalty decision of the present dropout."""
    no_penalty: Act | None
    enforcement: Enforcement | None
    earlier: tuple[Act, ...] = ()
    """Penalty decisions of earlier dropouts."""
    suits: tuple[Brought, ...] = ()
    """Suits to bring the child to school, those of earlier dropouts too."""
    excuses: Excuses = field(default_factory=Excuses)
    """The lawful reasons for staying away that the case found."""
    reviews: tuple[date, ...] = ()
    """On which days the plan of the return means to look after the child."""
    left: tuple[Contest, ...] = ()
    """Reviews and suits against a penalty that was withdrawn while they were pending."""
    grown: bool = False
    """Whether the child is of age, so that nobody is its guardian any more."""
    moments: Mapping[Moment, date] = field(default_factory=dict)
    terms: Mapping[Moment, Term] = field(default_factory=dict)
    """The periods behind moments, also those that cannot be computed."""
    doubted: frozenset[Moment] = frozenset()
    """The moments that count from a service that is doubtful."""

    def last(self, *kinds: str) -> Event | None:
        """Return the latest event of some kinds in the present dropout."""
        return last_of(self.kinds, *kinds)

    def act(self, *roles: Role) -> Act | None:
        """Return the latest paper that the procedure takes for one of some things."""
        return last_act(self.acts, *roles)

    def served(self, act: Act | None) -> date | None:
        """Return the day on which a paper was served on this guardian."""
        return act.served(self.day) if act else None

    @property
    def order_over(self) -> bool:
        """Tell whether the order was served and its deadline has passed."""
        return bool(
            self.order and self.order.end and self.order.end < self.day and not self.order.annulled
        )

    @property
    def window_over(self) -> bool:
        """Tell whether the time for defence has passed."""
        return (
            self.window is not None and self.window.end is not None and self.window.end < self.day
        )

    @property
    def waived(self) -> Event | None:
        """Return where the guardian clearly gave up the right to be heard, once told of it."""
        event = self.last("放弃陈述申辩")
        return event if event and self._told_by(event) else None

    def _told_by(self, event: Event) -> bool:
        """Tell whether the notice had been served by then: nobody gives up what he was not told."""
        told = self.served(self.notice)
        return told is not None and event.day >= told

    @property
    def waived_untold(self) -> tuple[Event, ...]:
        """List where rights were given up of which the guardian had not been told."""
        given = (*self.kinds.get("放弃陈述申辩", ()), *self.kinds.get("放弃听证", ()))
        told = self.notice is not None and self.served(self.notice) is not None
        return tuple(event for event in given if told and not self._told_by(event))

    @property
    def hearing_awaited(self) -> bool:
        """Tell whether the guardian was told of a hearing and has neither asked for it nor given
        it up: that right has a time of its own.
        """
        told = self.notice is not None and self.notice.hearing_told is True
        return told and not self.hearing_answered

    @property
    def hearing_answered(self) -> bool:
        """Tell whether the guardian asked for a hearing or gave it up since the notice."""
        said = self.last("要求听证", "放弃听证", "听证")
        if said is None or self.notice is None:
            return False
        return self._told_by(said) if said.kind == "放弃听证" else said.day >= self.notice.day

    @property
    def hearing_over(self) -> bool:
        """Tell whether the time for asking for a hearing has passed."""
        request = self.hearing_request
        return request is not None and request.end is not None and request.end < self.day

    @property
    def heard(self) -> bool:
        """Tell whether the guardian was heard, or let the time for it pass, or gave it up."""
        defended = self.window_over or self.waived is not None
        return defended and (self.hearing_over or not self.hearing_awaited)

    @property
    def suit(self) -> Event | None:
        """Return the latest civil suit that is to bring the child to school."""
        suits = [event for event in self.kinds.get("起诉", ()) if is_suit(event)]
        return suits[-1] if suits else None

    @property
    def judged(self) -> Brought | None:
        """Return the latest suit that a judgment or settlement ended in the present dropout."""
        start = self.attendance.round_start or date.min
        ended = [one for one in self.suits if one.ended and one.ended.kind != "撤诉"]
        return next((one for one in reversed(ended) if one.ended_since(start)), None)

    @property
    def proposed_fine(self) -> Decimal | None:
        """Return the fine to be decided: what the heads agreed on, else what was announced."""
        talk = self.last("集体讨论")
        if talk and talk.amount is not None:
            return talk.amount
        return self.notice.amount if self.notice else None

    @property
    def hearing_open(self) -> bool:
        """Tell whether a hearing was asked for in time, or granted all the same, and was neither
        held nor given up.
        """
        asked, done = self.last("要求听证"), self.last("放弃听证", "听证")
        if asked is None or (done is not None and done.day >= asked.day):
            return False
        arranged = self.act("听证通知")
        granted = arranged is not None and arranged.day >= asked.day
        return granted or self.asked_late is None

    @property
    def asked_late(self) -> Event | None:
        """Return the request for a hearing that came after the time for it (行政处罚法 64 (一));
        where the time is not known, nothing is late.
        """
        asked, term = self.last("要求听证"), self.hearing_request
        late = asked is not None and term is not None and term.end is not None
        return asked if late and asked and term and asked.day > (term.end or asked.day) else None


def progress_of(
    case: Case,
    guardian: Guardian,
    happened: Sequence[Event],
    attendance: Attendance,
    law: Jurisdiction,
    day: date,
) -> Progress:
    """Derive one guardian's record from what happened until a day."""
    events = concerning(happened, guardian)
    papers = acts_of(events, case, guardian, law)
    acts = since(papers, start := attendance.round_start or date.min)
    decisions = acts_with(papers, *DECISIONS)
    notice = last_act(acts, "事先告知")
    told = notice.served(day) if notice else None
    left = contests_left(events, _withdrawn(events, case, guardian, law), law, day)
    progress = Progress(
        guardian=guardian,
        day=day,
        attendance=attendance,
        papers=papers,
        acts=acts,
        kinds=by_kind(present := [event for event in events if event.day >= start]),
        closing=closing_of(present),
        order=ordered_of(case, without(events, left), acts, law, day),
        filing=last_act(acts, "立案"),
        notice=notice,
        window=term_from(law, "defence-window", told),
        hearing_request=term_from(law, "hearing-request", told),
        decision=last_act(acts, *DECISIONS),
        no_penalty=last_act(acts, "不予处罚"),
        enforcement=_enforced(case, decisions, without(events, left), papers, law, day),
        earlier=tuple(act for act in decisions if act.day < start),
        suits=suits_of(events),
        excuses=excuses_of(case.exclusions, attendance, day),
        reviews=reviews_of(case.return_plan, start, day),
        left=left,
        grown=bool(case.pupil.birth and law.is_adult(case.pupil.birth, day)),
    )
    return _with_days(progress, law)


def _withdrawn(
    events: Sequence[Event], case: Case, guardian: Guardian, law: Jurisdiction
) -> list[tuple[date, date]]:
    """List from when to when each penalty stood that was withdrawn."""
    if not any(event.kind == "撤回" for event in events):
        return []
    gone = withdrawn_acts(events, case, guardian, law)
    return [(act.day, act.withdrawn) for act in gone if act.withdrawn and act.role in DECISIONS]


def _with_days(progress: Progress, law: Jurisdiction) -> Progress:
    """Add the named days, the periods behind them, and which of them are doubtful."""
    terms = terms_of(progress)
    days = days_of(progress, terms, law)
    return replace(progress, moments=days, terms=terms, doubted=doubted_of(progress))


def _enforced(
    case: Case,
    decisions: Sequence[Act],
    events: Sequence[Event],
    papers: Mapping[str, tuple[Act, ...]],
    law: Jurisdiction,
    day: date,
) -> Enforcement | None:
    """Follow the latest penalty decision, if there is one."""
    if not decisions:
        return None
    several = len(case.guardians) > 1
    return enforcement_of(decisions[-1], events, papers, law, day, several=several)


def acts_in_order(progress: Progress, *, earlier: bool = False) -> tuple[Act, ...]:
    """List a guardian's papers of the present dropout by day, or of all of them."""
    made = progress.papers if earlier else progress.acts
    every = chain.from_iterable(made.values())
    return tuple(sorted(every, key=lambda act: act.day))

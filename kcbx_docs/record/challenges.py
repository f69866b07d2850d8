"""Review and suit: what a guardian brought against the decision,
and when the ways of challenge are closed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.light import dataclass
from kcbx_docs.record.appeals import APPEAL, SENT_BACK, STANDS, against, appeal_term, second
from kcbx_docs.record.jurisdiction import Jurisdiction, Term

ANNULLED = ("撤销",)
UNLAWFUL = "确认违法"
"""The act was found unlawful and stands all the same (行政复议法 65, 行政诉讼法 74)."""
CHANGED = ("变更", "调解")
_UPHELD = ("维持", "驳回诉讼请求")
_SUED_AFTER = ("维持", "变更", "驳回", UNLAWFUL)
"""Decisions of a review against which the party may go to the court within the short time."""
_ON_THE_MERITS = (*_UPHELD, *ANNULLED, UNLAWFUL, *CHANGED)
_REVIEW, _SUIT = "申请行政复议", "提起行政诉讼"
_JUDGED = "行政判决"
_ENDS = {"复议决定": _REVIEW, _JUDGED: _SUIT}
CHALLENGES = (_REVIEW, _SUIT, *_ENDS, APPEAL)
"""The events by which an act is challenged, and what becomes of that."""
NAMES = {"申请行政复议": "行政复议", "提起行政诉讼": "行政诉讼"}


@dataclass(frozen=True)
class Contest:
    """One review or suit from its beginning to its end."""

    kind: str
    start: Event
    end: Event | None = None
    """The result that counts; nothing while there is none in force."""
    appeal: Event | None = None
    """An appeal against the first judgment."""
    final: Event | None = None
    """What the second court decided."""
    closed: date | None = None
    """The day on which its result took effect, as far as that is known."""
    waiting: Event | None = None
    """A judgment that is not in force yet."""

    @property
    def name(self) -> str:
        """Name it as people do."""
        return NAMES[self.kind]

    @property
    def result(self) -> str:
        """Return its result; nothing while it is open."""
        return self.end.result if self.end else ""

    @property
    def decided(self) -> date | None:
        """Return the day on which its result came."""
        return self.end.day if self.end else None

    def span(self, day: date) -> tuple[date, date] | None:
        """Return the days during which no surcharge runs; none if the organ did not take it up."""
        if self.result == "不予受理":
            return None
        return self.start.day, min(self.closed or day, day)


def contests_of(events: Sequence[Event]) -> tuple[tuple[Contest, ...], tuple[Event, ...]]:
    """Pair applications with their results; what came without an application, or appeals from
    no judgment, comes second.
    """
    contests: list[Contest] = []
    stray: list[Event] = []
    for event in events:
        if event.kind in NAMES:
            contests.append(Contest(event.kind, event))
        elif event.kind in _ENDS:
            _end(contests, stray, event)
        elif against(event, _JUDGED):
            _appeal(contests, stray, event)
    return tuple(contests), tuple(stray)


def _end(contests: list[Contest], stray: list[Event], event: Event) -> None:
    """Add a result to the contest that waits for it."""
    kind = _ENDS[event.kind]
    appealed = [n for n, c in enumerate(contests) if c.appeal and c.final is None]
    ended = [n for n, c in enumerate(contests) if c.kind == kind and c.end]
    if event.kind == _JUDGED and second(event, appealed=bool(appealed)) and (appealed or ended):
        place = (appealed or ended)[-1]
        contests[place] = _after_appeal(contests[place], event)
        return
    waiting = [n for n, c in enumerate(contests) if c.kind == kind and c.end is None]
    if waiting:
        contests[waiting[0]] = replace(contests[waiting[0]], end=event)
    else:
        stray.append(event)
        contests.append(Contest(kind, event, event))


def _after_appeal(contest: Contest, event: Event) -> Contest:
    """Say what counts after the second court: the first result, its own, or nothing yet."""
    if event.result == SENT_BACK:
        return replace(contest, end=None, appeal=None)
    end = contest.end if event.result in STANDS else event
    return replace(contest, end=end, final=event)


def _appeal(contests: list[Contest], stray: list[Event], event: Event) -> None:
    judged = [n for n, c in enumerate(contests) if c.kind == _SUIT and c.end and c.final is None]
    if judged:
        contests[judged[-1]] = replace(contests[judged[-1]], appeal=event)
    else:
        stray.append(event)


def review_terms(contest: Contest, law: Jurisdiction) -> tuple[Term, Term] | None:
    """Return the time for deciding a review that is open, and the same once it is extended;
    nothing where there is none, or nobody can reckon it.
    """
    if contest.kind != _REVIEW or contest.end:
        return None
    first = law.term("review-decision-60", contest.start.day)
    return (first, law.term("review-extended-30", first.end)) if first.end else None


def contests_on(events: Sequence[Event], law: Jurisdiction, day: date) -> tuple[Contest, ...]:
    """List reviews and suits with the results that are in force on a day."""
    return tuple(_in_force(contest, law, day) for contest in contests_of(events)[0])


def contests_left(
    events: Sequence[Event], spans: Sequence[tuple[date, date]], law: Jurisdiction, day: date
) -> tuple[Contest, ...]:
    """List reviews and suits that were begun while an act stood that has been withdrawn since:
    each from its making to its withdrawal. They go on all the same.
    """
    left: list[Contest] = []
    for contest in contests_on(events, law, day):
        if any(made <= contest.start.day <= gone for made, gone in spans):
            left.append(contest)
    return tuple(left)


def without(events: Sequence[Event], contests: Sequence[Contest]) -> tuple[Event, ...]:
    """Leave out what belongs to some reviews and suits."""
    own = [(c.start, c.end, c.appeal, c.final, c.waiting) for c in contests]
    known = set(map(id, chain.from_iterable(own)))
    return tuple(event for event in events if id(event) not in known)


def _in_force(contest: Contest, law: Jurisdiction, day: date) -> Contest:
    """Leave a result aside that has not taken effect yet: the matter is still open."""
    closed = _closed(contest, law)
    if contest.end is None or (closed is not None and closed <= day):
        return replace(contest, closed=closed)
    return replace(contest, end=None, waiting=contest.end)


def _closed(contest: Contest, law: Jurisdiction) -> date | None:
    """Return the day on which a result took effect: a judgment against which nobody appealed,
    the day after the time for that; one whose time cannot be reckoned has to say its day.
    """
    end, final = contest.end, contest.final
    if end is None or (contest.appeal and final is None):
        return None
    if final:
        return final.effective or final.day
    term = appeal_term(end, law)
    if end.effective or term is None:
        return end.effective or end.day
    return term.end + timedelta(days=1) if term.end else None


@dataclass(frozen=True)
class Remedy:
    """The ways of challenge against one served act."""

    review: Term | None = None
    suit: Term | None = None
    contests: tuple[Contest, ...] = ()
    review_first: bool = False
    """Whether nobody may sue before a review."""

    @property
    def may_sue(self) -> bool:
        """Tell whether the way to the court is open: at once, or after a review."""
        reviewed = [c for c in self.contests if c.kind == _REVIEW and c.result not in ("", "终止")]
        return bool(reviewed) or not self.review_first

    @property
    def may_review(self) -> bool:
        """Tell whether a review may still be asked for: nobody asked for one, nor for a judgment
        that could be had without it.
        """
        return not self.contests or (self.review_first and self.unreviewed is not None)

    @property
    def unreviewed(self) -> Contest | None:
        """Return the suit that was brought though a review had to come first and did not."""
        if not self.review_first or any(c.kind == _REVIEW for c in self.contests):
            return None
        return next((c for c in self.contests if c.kind == _SUIT), None)

    @property
    def pending(self) -> Contest | None:
        """Return the review or suit that is still open."""
        return next((c for c in self.contests if c.end is None), None)

    @property
    def unreceived(self) -> Contest | None:
        """Return the review of whose decision nobody wrote when the party received it:
        from that day the time for suit runs (行政诉讼法 45).
        """
        reviews = [c for c in self.contests if c.kind == _REVIEW and c.end]
        last = reviews[-1] if reviews else None
        unknown = last and last.end and last.result in _SUED_AFTER and not last.end.effective
        later = any(c.kind == _SUIT for c in self.contests)
        return last if unknown and not later else None

    @property
    def annulled(self) -> Contest | None:
        """Return the review or suit that took the act away."""
        return next((c for c in self.contests if c.result in ANNULLED), None)

    @property
    def found_unlawful(self) -> Contest | None:
        """Return the last review or suit that found the act unlawful without taking it away."""
        return next((c for c in reversed(self.contests) if c.result == UNLAWFUL), None)

    @property
    def upheld(self) -> Contest | None:
        """Return the review or suit that had the last word on the merits and upheld the act."""
        decided = [c for c in self.contests if c.result in _ON_THE_MERITS]
        stands = bool(decided) and decided[-1].result in _UPHELD and not self.pending
        return decided[-1] if stands else None

    @property
    def withdrawn(self) -> Contest | None:
        """Return the last suit, if it was withdrawn: it cannot be brought again (行诉解释 60)."""
        suits = [c for c in self.contests if c.kind == _SUIT]
        return suits[-1] if suits and suits[-1].result == "撤诉" else None

    @property
    def judged(self) -> Contest | None:
        """Return the suit whose outcome is what is to be performed now (行政诉讼法 95)."""
        ended = ("驳回诉讼请求", *CHANGED)
        return next((c for c in self.contests if c.kind == _SUIT and c.result in ended), None)

    @property
    def handed_over(self) -> Contest | None:
        """Return the review whose own decision or settlement is to be performed now:
        the organ for review enforces it, not the office that fined (行政复议法 78).
        """
        reviews = [c for c in self.contests if c.kind == _REVIEW and c.end]
        changed = bool(reviews) and reviews[-1].result in CHANGED
        return reviews[-1] if changed and not self.judged else None

    @property
    def changed(self) -> Contest | None:
        """Return the last review or suit that changed the act."""
        return next((c for c in reversed(self.contests) if c.result in CHANGED), None)


def remedy_of(
    served: date | None,
    events: Sequence[Event],
    law: Jurisdiction,
    *,
    review_first: bool = False,
    day: date = date.max,
) -> Remedy:
    """Compute until when an act that was served may be challenged, and by what it was."""
    contests = contests_on(events, law, day)
    if served is None:
        return Remedy(contests=contests, review_first=review_first)
    suit = None if _sued_out(contests) else _suit_term(served, contests, law)
    return Remedy(law.term("review-60", served), suit, contests, review_first)


def _sued_out(contests: Sequence[Contest]) -> bool:
    """Tell whether a suit came to an end after which no second one follows (行诉解释 60, 69)."""
    ends = ("撤诉", "驳回诉讼请求", *ANNULLED, UNLAWFUL, *CHANGED)
    return any(c.kind == _SUIT and c.result in ends for c in contests)


def review_comes_first(law: Jurisdiction, day: date) -> bool:
    """Tell whether a fine on the spot must first go to review."""
    rule = law.registry.rule("review-first-summary")
    return rule.start is None or day >= rule.start


def _suit_term(served: date, contests: Sequence[Contest], law: Jurisdiction) -> Term:
    """Six months; fifteen days after a review decision;
    a withdrawn review leaves the longer of the two.
    """
    terms = [*_terms(served, contests, law)]
    known = [t for t in terms if t.unrolled]
    return max(known, key=lambda t: t.unrolled or served) if len(known) == len(terms) else terms[0]


def _terms(served: date, contests: Sequence[Contest], law: Jurisdiction) -> Iterator[Term]:
    reviewed = [c for c in contests if c.kind == "申请行政复议" and c.closed]
    if not reviewed or reviewed[-1].result == "终止":
        yield law.term("suit-6m", served)
    if reviewed and (closed := reviewed[-1].closed):
        yield law.term("suit-after-review", closed)

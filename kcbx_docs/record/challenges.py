"""Review and suit: what a guardian brought against the decision,
and when the ways of challenge are closed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.record.jurisdiction import Jurisdiction, Term

ANNULLED = ("撤销",)
UNLAWFUL = "确认违法"
"""The act was found unlawful and stands all the same (行政复议法 65, 行政诉讼法 74)."""
CHANGED = ("变更", "调解")
_UPHELD = ("维持", "驳回诉讼请求")
_ON_THE_MERITS = (*_UPHELD, *ANNULLED, UNLAWFUL, *CHANGED)
_REVIEW, _SUIT = "申请行政复议", "提起行政诉讼"
_ENDS = {"复议决定": "申请行政复议", "行政判决": "提起行政诉讼"}
NAMES = {"申请行政复议": "行政复议", "提起行政诉讼": "行政诉讼"}


@dataclass(frozen=True)
class Contest:
    """One review or suit from its beginning to its end."""

    kind: str
    start: Event
    end: Event | None = None

    @property
    def name(self) -> str:
        """Name it as people do."""
        return NAMES[self.kind]

    @property
    def result(self) -> str:
        """Return its result; nothing while it is open."""
        return self.end.result if self.end else ""

    @property
    def closed(self) -> date | None:
        """Return the day on which its result took effect or reached the parties."""
        return (self.end.effective or self.end.day) if self.end else None

    def span(self, day: date) -> tuple[date, date] | None:
        """Return the days during which no surcharge runs; none if the organ did not take it up."""
        if self.result == "不予受理":
            return None
        return self.start.day, min(self.closed or day, day)


def contests_of(events: Sequence[Event]) -> tuple[tuple[Contest, ...], tuple[Event, ...]]:
    """Pair applications with their results; results without an application come second."""
    contests: list[Contest] = []
    stray: list[Event] = []
    for event in events:
        if event.kind in NAMES:
            contests.append(Contest(event.kind, event))
        elif event.kind in _ENDS:
            open_ = [
                n for n, c in enumerate(contests) if c.kind == _ENDS[event.kind] and c.end is None
            ]
            if open_:
                contests[open_[0]] = replace(contests[open_[0]], end=event)
            else:
                stray.append(event)
                contests.append(Contest(_ENDS[event.kind], event, event))
    return tuple(contests), tuple(stray)


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
    contests = tuple(_in_force(contest, day) for contest in contests_of(events)[0])
    if served is None:
        return Remedy(contests=contests, review_first=review_first)
    suit = None if _sued_out(contests) else _suit_term(served, contests, law)
    return Remedy(law.term("review-60", served), suit, contests, review_first)


def _in_force(contest: Contest, day: date) -> Contest:
    """Leave a result aside that has not taken effect yet: the matter is still open."""
    waits = contest.closed is not None and contest.closed > day
    return replace(contest, end=None) if waits else contest


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

"""The earliest and latest day of a step for a guardian, with the rules that set them."""

from dataclasses import field, replace
from datetime import date, timedelta

from kcbx_docs.law.citation import Citation
from kcbx_docs.law.periods import PeriodResult, latest_start
from kcbx_docs.light import dataclass
from kcbx_docs.packs.procedure import Limit, Moment, Step
from kcbx_docs.problems import Problem, Problems, UserError
from kcbx_docs.record.jurisdiction import Jurisdiction, Term
from kcbx_docs.record.progress import Progress

LAST_DEMAND: Moment = "催告最迟送达"
_DAY = timedelta(days=1)
_OF_MANY_STEPS = ("送达", "制发", "缴纳罚款")
"""Events that do not tell alone which step was taken, or whether it was taken to its end."""
SOON = 14
"""Days before a deadline from which it counts as urgent; our own choice, no figure of the law."""


@dataclass(frozen=True)
class Bound:
    """One day that limits a step: what it is called, the rule behind it, what is doubtful."""

    day: date
    name: str
    rule: str = ""
    basis: tuple[Citation, ...] = ()
    warnings: Problems = ()
    doubted: bool = False
    """Whether it counts from a service that is doubtful."""
    reckoned: PeriodResult | None = field(default=None, compare=False, repr=False)
    """How it was counted, where a rule counts it."""


@dataclass(frozen=True)
class Window:
    """From which day until which day a step may be taken;
    ``refused`` says what cannot be computed.
    """

    earliest: Bound | None = None
    latest: Bound | None = None
    refused: Problems = ()

    def open_on(self, day: date) -> bool:
        """Tell whether the first day has come."""
        return not self.refused and (self.earliest is None or self.earliest.day <= day)


def window_of(step: Step, progress: Progress, law: Jurisdiction) -> Window:
    """Compute the window of a step: after all its earliest limits,
    until the first of its latest.
    """
    if not step.earliest and not step.latest:
        return Window()
    firsts: list[Bound] = []
    refused: list[Problem] = []
    for limit in step.earliest:
        found = _marked(limit, step, progress, law, first=True)
        if isinstance(found, Bound):
            firsts.append(found)
        elif found:
            refused += found
    lasts = latest_bounds(step, progress, law)
    return Window(
        earliest=max(firsts, key=lambda bound: bound.day, default=None),
        latest=min(lasts, key=lambda bound: bound.day, default=None),
        refused=tuple(refused),
    )


def latest_bounds(step: Step, progress: Progress, law: Jurisdiction) -> tuple[Bound, ...]:
    """Return every latest day of a step that can be computed and is not yet met."""
    bounds: list[Bound] = []
    for limit in step.latest:
        if _met(limit, step, progress):
            continue
        found = _marked(limit, step, progress, law, first=False)
        if isinstance(found, Bound):
            bounds.append(found)
    return tuple(bounds)


def _met(limit: Limit, step: Step, progress: Progress) -> bool:
    """Tell whether the step, or what also meets its limit, was taken since the limit counts."""
    own = () if step.event in _OF_MANY_STEPS else (step.event,)
    done = progress.last(*own, *limit.met_by)
    start = progress.moments.get(limit.moment)
    return done is not None and start is not None and done.day >= start


def _marked(
    limit: Limit, step: Step, progress: Progress, law: Jurisdiction, *, first: bool
) -> Bound | Problems | None:
    """Compute a limit, marked where it counts from a service that is doubtful."""
    found = _bound(limit, step, progress, law, first=first)
    if isinstance(found, Bound) and limit.moment in progress.doubted:
        return replace(found, doubted=True)
    return found


def _bound(
    limit: Limit, step: Step, progress: Progress, law: Jurisdiction, *, first: bool
) -> Bound | Problems | None:
    if limit.moment == LAST_DEMAND:
        return last_demand(progress, law)
    if limit.moment == "申辩期满" and progress.waived:
        return None
    if limit.moment == "听证期满" and not progress.hearing_awaited:
        return None
    term, start = progress.terms.get(limit.moment), progress.moments.get(limit.moment)
    if term and term.result is None:
        return term.refusal
    if start is None:
        return None
    if limit.rule:
        return of_term(law.term(limit.rule, start), first=first)
    return _bound_at(limit.moment, start, term) if first else _bound_by(step, start, term)


def _bound_at(moment: Moment, start: date, term: Term | None) -> Bound:
    """Open a step on the day after a moment."""
    day = start + _DAY if start < date.max else start
    if term is None:
        return Bound(day, moment)
    return Bound(day, moment, term.rule.id, term.basis, term.warnings, reckoned=term.result)


def _bound_by(step: Step, day: date, term: Term | None) -> Bound:
    """Close a step with the day of a moment."""
    if term is None:
        return Bound(day, step.name)
    named = (term.rule.name, term.rule.id, term.basis, term.warnings)
    return Bound(day, *named, reckoned=term.result)


def of_term(term: Term, *, first: bool) -> Bound | Problems:
    """Turn a period into the day after it, or its last day: unrolled where it binds the office."""
    if term.result is None:
        return term.refusal
    if first:
        day = term.next_day
    elif term.rule.bound == "机关":
        day = term.unrolled
    else:
        day = term.end
    assert day
    named = (term.rule.name, term.rule.id, term.basis, term.warnings)
    return Bound(day, *named, reckoned=term.result)


def last_demand(progress: Progress, law: Jurisdiction) -> Bound | Problems | None:
    """Find the last day of serving the demand that leaves a day for the court."""
    e = progress.enforcement
    if e is None or e.window is None or e.window.unrolled is None:
        return None
    by = e.window.unrolled
    return law.once(("last demand", by), lambda: _last_demand(by, law))


def _last_demand(by: date, law: Jurisdiction) -> Bound | Problems:
    try:
        found = latest_start("demand-10", by, law.calendar, law.registry, law.region)
    except UserError as error:
        return error.problems
    named = ("催告书送达", "demand-10", found.basis, found.warnings)
    return Bound(found.start, *named, reckoned=found)

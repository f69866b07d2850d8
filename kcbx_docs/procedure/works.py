"""Where a piece of management work stands: which of its steps are done, and what is due when."""

from collections.abc import Iterator
from datetime import date

from kcbx_docs.case.work import Work
from kcbx_docs.law.citation import Citation
from kcbx_docs.light import dataclass
from kcbx_docs.packs.work_steps import WorkBound, WorkStep
from kcbx_docs.problems import Problems, UserError
from kcbx_docs.record.jurisdiction import Jurisdiction


HANDED_IN = "交回日期"
"""The key that each of several units has as well."""


@dataclass(frozen=True)
class WorkTask:
    """One step of a piece of work, as far as the file tells of it."""

    step: str
    name: str
    bound: WorkBound
    document: str = ""
    by: date | None = None
    done: bool = False
    optional: bool = False
    rule: str = ""
    basis: tuple[Citation, ...] = ()
    warnings: Problems = ()


def work_kinds(law: Jurisdiction) -> tuple[str, ...]:
    """List the kinds of work that the place has papers for."""
    return tuple(dict.fromkeys(card.work for card in law.cards.values() if card.work))


def tasks_of(work: Work, law: Jurisdiction, day: date) -> tuple[WorkTask, ...]:
    """List the steps of a piece of work; an optional one that was passed over is left out."""
    steps = law.procedure.file.work.get(work.kind, {})
    every = [_task(key, step, work, law, day) for key, step in steps.items() if _there(step, work)]
    last_done = max((place for place, one in enumerate(every) if one.done), default=-1)
    return tuple(
        one
        for place, one in enumerate(every)
        if one.done or not one.optional or place > last_done
    )


def open_tasks(work: Work, law: Jurisdiction, day: date) -> tuple[WorkTask, ...]:
    """List what is still to be done; nothing of work that somebody ended."""
    return () if work.ended else tuple(one for one in tasks_of(work, law, day) if not one.done)


def _there(step: WorkStep, work: Work) -> bool:
    return not work.missing(step.needs)


def _task(key: str, step: WorkStep, work: Work, law: Jurisdiction, day: date) -> WorkTask:
    by, basis, warnings = _last_day(step, work, law)
    return WorkTask(
        step=key,
        name=step.name or key,
        bound=step.bound,
        document=step.document,
        by=by,
        done=_done(step, work, law),
        optional=step.optional,
        rule=step.rule if by and not _written(step, work) else "",
        basis=(*law.cite(step.basis, day), *basis),
        warnings=warnings,
    )


def _done(step: WorkStep, work: Work, law: Jurisdiction) -> bool:
    """Tell whether the file says that a step was done."""
    if step.ends == HANDED_IN and work.parties:
        return not work.waited_for
    if step.ends and not work.missing((step.ends,)):
        return True
    return bool(step.document) and step.document in {
        law.document(made.document) for made in work.made
    }


def _written(step: WorkStep, work: Work) -> date | None:
    """Return the last day that the file itself gives."""
    day = work.told(step.until) if step.until else None
    return day if isinstance(day, date) else None


def _last_day(
    step: WorkStep, work: Work, law: Jurisdiction
) -> tuple[date | None, tuple[Citation, ...], Problems]:
    if written := _written(step, work):
        return written, (), ()
    rule = _local_rule(step, law)
    for start in _starts(step, work):
        try:
            term = law.term(rule, start)
        except UserError:
            break
        return term.end, term.basis, term.warnings
    return None, (), ()


def _local_rule(step: WorkStep, law: Jurisdiction) -> str:
    """Return the rule of a step: its own, or the one that the place reports by."""
    regular = law.procedure.file.recurring.get(step.rule)
    return regular.rule if regular else step.rule


def _starts(step: WorkStep, work: Work) -> Iterator[date]:
    """Yield the day from which a rule counts: of a month, its first."""
    told = work.told(step.start) if step.rule and step.start else None
    if isinstance(told, date):
        yield told
    elif isinstance(told, str) and told:
        yield date.fromisoformat(f"{told}-01")

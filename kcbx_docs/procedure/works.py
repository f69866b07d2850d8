"""Where a piece of management work stands: which of its steps are done, and what is due when."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import field
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from kcbx_docs.law.citation import Citation
from kcbx_docs.law.periods import PeriodResult
from kcbx_docs.light import dataclass
from kcbx_docs.packs.work_steps import PupilsOf, WorkBound, WorkStep
from kcbx_docs.problems import Problems, UserError
from kcbx_docs.procedure.dues import Due
from kcbx_docs.record.jurisdiction import Jurisdiction, Term

if TYPE_CHECKING:  # the model of work is built where there is some
    from kcbx_docs.case.work import Work


_LONGEST = 20
"""So many characters of a thing are named in a list of what is due."""
MONTH = "月份"
"""The key that says which month a report is about."""
TAKE, MARK = "take", "mark"
"""The steps that come from the pupils of a list, not from its file alone."""
HANDED_IN = "交回日期"
"""The key under which units hand in what they did about the things of a list."""


@dataclass(frozen=True)
class WorkTask:
    """One step of a piece of work, as far as the file tells of it."""

    id: str
    name: str
    bound: WorkBound
    document: str = ""
    by: date | None = None
    done: bool = False
    optional: bool = False
    who: str = ""
    """Who is to do it, where the file names somebody."""
    detail: str = ""
    """Which thing of a list it is, in the words of the file: for those only who may read it."""
    late: str = ""
    """What is to be done when the day has passed."""
    rule: str = ""
    """The rule by which the last day was counted; nothing where the file gives the day."""
    regular: tuple[tuple[str, date], ...] = ()
    """What of that which is due again and again it is: rules, or months of the place, and days."""
    ends: str = ""
    """The key under which it is dated once it is done, also by each of several units."""
    basis: tuple[Citation, ...] = ()
    warnings: Problems = ()
    reckoned: PeriodResult | None = field(default=None, compare=False, repr=False)
    """How the last day was counted, where a rule counts it."""

    @property
    def label(self) -> str:
        """Name the task with the thing that it is about."""
        return f"{self.name}：{self.detail}" if self.detail else self.name


def work_kinds(law: Jurisdiction) -> tuple[str, ...]:
    """List the kinds of work that the place has papers for, in the order of those."""
    cards = sorted(law.cards.values(), key=lambda card: card.order)
    return tuple(dict.fromkeys(card.work for card in cards if card.work))


def tasks_of(work: "Work", law: Jurisdiction, day: date) -> tuple[WorkTask, ...]:
    """List the steps of a piece of work; an optional one that was passed over is left out."""
    steps = law.procedure.file.work.get(work.kind, {})
    every: list[WorkTask] = []
    for key, step in steps.items():
        if step.items:
            every += _items(key, step, work)
        elif not work.missing(step.needs):
            every.append(_task(key, step, work, law, day))
    last_done = max((place for place, one in enumerate(every) if one.done), default=-1)
    kept = (
        one for place, one in enumerate(every) if one.done or not one.optional or place > last_done
    )
    return (*kept, *_published(work))


def _published(work: "Work") -> Iterator[WorkTask]:
    """Yield a task for each paper that somebody made public until a day."""
    for number, one in enumerate(work.published, 1):
        if one.until:
            yield WorkTask(
                id=f"take-down-{number}",
                name="撤下公开的文书",
                detail=one.document,
                bound="机关",
                by=one.until,
                done=one.taken_down is not None,
            )


def monthly_work(law: Jurisdiction) -> tuple[str, WorkStep] | None:
    """Return the kind of work by which the place reports every month, and its step."""
    for kind in work_kinds(law):
        for step in law.procedure.file.work.get(kind, {}).values():
            if step.start == MONTH and step.regular:
                return kind, step
    return None


def pupils_of_kind(kind: str, law: Jurisdiction) -> PupilsOf | None:
    """Tell whom the lists of a kind of work name; nothing where it has no list of pupils."""
    steps = law.procedure.file.work.get(kind, {}).values()
    return next((step.pupils for step in steps if step.pupils), None)


def kind_with_pupils(of: PupilsOf, law: Jurisdiction) -> str | None:
    """Return the kind of work that keeps a list of some pupils."""
    kinds = work_kinds(law)
    return next((kind for kind in kinds if pupils_of_kind(kind, law) == of), None)


def open_tasks(work: "Work", law: Jurisdiction, day: date) -> tuple[WorkTask, ...]:
    """List what is still to be done; nothing of work that somebody ended."""
    return () if work.ended else tuple(one for one in tasks_of(work, law, day) if not one.done)


def _items(key: str, step: WorkStep, work: "Work") -> Iterator[WorkTask]:
    """Yield a task for each thing of a list that has a last day of its own."""
    for number, item in enumerate(work.told(step.items), 1):
        if item.until:
            yield WorkTask(
                id=f"{key}-{number}",
                name=step.name,
                detail=_shortened(item.what),
                bound=step.bound,
                by=item.until,
                done=item.done_on is not None or work.put_right,
                who=item.who,
                ends=HANDED_IN,
            )


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _task(key: str, step: WorkStep, work: "Work", law: Jurisdiction, day: date) -> WorkTask:
    written, term, month = _written(step, work), _term(step, work, law), _month_of(work)
    counted = term if term and term.end and not written else None
    return WorkTask(
        id=key,
        name=step.name or key,
        bound=step.bound,
        document=step.document,
        by=counted.end if counted else written,
        done=_done(step, work, law),
        optional=step.optional,
        late=step.late,
        rule=counted.rule.id if counted else "",
        regular=(
            *(((term.rule.id, term.end),) if term and term.end else ()),
            *((param, last_of_month(month)) for param in step.yearly if month),
        ),
        ends=step.ends,
        basis=(*law.cite(step.basis, day), *(counted.basis if counted else ())),
        warnings=counted.warnings if counted else (),
        reckoned=counted.result if counted else None,
    )


def _month_of(work: "Work") -> date | None:
    """Return a day of the month that the work is for: written so, or that of its last day."""
    if work.month:
        return date.fromisoformat(f"{work.month}-01")
    return work.until or work.day


def last_of_month(day: date) -> date:
    """Return the last day of the month of a day."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def yearly(law: Jurisdiction, day: date) -> Iterator[Due]:
    """List what the place does in certain months of the year, once such a month is near: this
    month or the next.
    """
    near = (last_of_month(day), last_of_month(last_of_month(day) + timedelta(days=1)))
    for key, step, param in _yearly_steps(law):
        for by in near:
            if by.month in _months(law, param):
                what = f"{step.name}（{by.month}月是本地的{param}）"
                yield Due(what, by, "", "机关", key, step.document, param)


def _yearly_steps(law: Jurisdiction) -> Iterator[tuple[str, WorkStep, str]]:
    """Yield the steps of which this office is reminded every year, each with its months."""
    own = law.workspace.office.kind
    for kind in work_kinds(law):
        for key, step in law.procedure.file.work.get(kind, {}).items():
            if own in (step.yearly_by or (own,)):
                yield from ((key, step, param) for param in step.yearly)


def _months(law: Jurisdiction, param: str) -> tuple[int, ...]:
    """Return the months that the place gives; 未知 is none."""
    told = law.pack.values.get(param)
    return tuple(map(int, told)) if isinstance(told, list | tuple) else ()


def _done(step: WorkStep, work: "Work", law: Jurisdiction) -> bool:
    """Tell whether the file says that a step was done."""
    if step.ends and (work.all_parties(step.ends) or not work.missing((step.ends,))):
        return True
    return bool(step.document) and _left(step.document, work, law)


def _left(document: str, work: "Work", law: Jurisdiction) -> bool:
    """Tell whether a paper has left the house: where each unit has its own, every one of them."""
    made = [one for one in work.made if law.document(one.document) == document]
    card = law.card(document)
    named = set(chain.from_iterable(one.whom for one in made))
    if card and card.each_party and made and all(one.whom for one in made):
        return named.issuperset(party.name for party in work.parties)
    return bool(made)


def _written(step: WorkStep, work: "Work") -> date | None:
    """Return the last day that the file itself gives."""
    day = work.told(step.until) if step.until else None
    return day if isinstance(day, date) else None


def _term(step: WorkStep, work: "Work", law: Jurisdiction) -> Term | None:
    """Count the last day by the rule by which the place reports regularly, if it does."""
    regular, start = law.procedure.file.recurring.get(step.regular), _start(step, work)
    if regular is None or start is None:
        return None
    try:
        return law.term(regular.rule, start)
    except UserError:  # lint tells of a rule that nobody registered
        return None


def _start(step: WorkStep, work: "Work") -> date | None:
    """Return the day from which a rule counts: of a month, its first."""
    told = work.told(step.start) if step.start else None
    if isinstance(told, str) and told:
        return date.fromisoformat(f"{told}-01")
    return told if isinstance(told, date) else None

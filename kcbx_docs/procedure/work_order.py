"""Whether the days of a piece of management work follow one another as the packs say."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from kcbx_docs.light import dataclass
from kcbx_docs.packs.work_steps import WorkOrder
from kcbx_docs.procedure.works import last_of_month
from kcbx_docs.reading import Loc, Model
from kcbx_docs.record.jurisdiction import Jurisdiction

if TYPE_CHECKING:  # the model of work is built where there is some
    from kcbx_docs.case.work import Work

_DECEMBER = 12


@dataclass(frozen=True)
class WorkDay:
    """A day that a piece of work tells of."""

    name: str
    day: date
    loc: Loc = ()
    """Where it stands in the file; nowhere for a paper that is only being made."""
    document: str = ""


@dataclass(frozen=True)
class Disorder:
    """A day that lies before one that it must follow."""

    earlier: WorkDay
    later: WorkDay
    """What should have been later, and is not."""
    rule: WorkOrder

    @property
    def facts(self) -> Mapping[str, object]:
        """Return what a problem tells of it."""
        days = {"day": self.later.day, "before": self.earlier.day}
        names = {"later": self.later.name, "earlier": self.earlier.name}
        return {**days, **names, "reason": self.rule.reason}

    def concerns(self, document: str) -> bool:
        """Tell whether a paper that is only being made is one of the two."""
        return any(one.document == document and not one.loc for one in (self.earlier, self.later))


def disorders(
    work: "Work", law: Jurisdiction, drawn: Mapping[str, date] | None = None
) -> Iterator[Disorder]:
    """Yield the days out of order; papers that are only being made come with their days."""
    for rule in law.procedure.file.work_order.get(work.kind, {}).values():
        latest: WorkDay | None = None
        for place, term in enumerate(rule.days):
            told = [*_days(term, work, law, drawn or {}, first=place == 0)]
            for one in told:
                if latest and one.day < latest.day:
                    yield Disorder(latest, one, rule)
            latest = max((*told, *((latest,) if latest else ())), key=_day, default=None)


def days_of_what_was_done(work: "Work") -> Iterator[WorkDay]:
    """Yield the days on which the file says that something was done."""
    from kcbx_docs.case.work import DAYS  # built where there is some work

    for term in DAYS:
        key, _, within = term.partition(".")
        if (within or key) in _DONE or key == "复查":
            yield from _told(key, within, work)


_DONE = ("交回日期", "核对日期", "完成日期")


def _day(one: WorkDay) -> date:
    return one.day


def _days(
    term: str, work: "Work", law: Jurisdiction, drawn: Mapping[str, date], *, first: bool
) -> Iterator[WorkDay]:
    from kcbx_docs.case.work import NAMES  # built where there is some work

    key, _, within = term.partition(".")
    if key not in NAMES:
        yield from _of_papers(term, work, law, drawn)
    else:
        yield from _told(key, within, work, first=first)


def _told(key: str, within: str, work: "Work", *, first: bool = False) -> Iterator[WorkDay]:
    if within:
        yield from _listed(key, within, work.told(key))
    elif day := _bound(work.told(key), first=first):
        yield WorkDay(f"「{key}」", day, (key,))


def _of_papers(
    document: str, work: "Work", law: Jurisdiction, drawn: Mapping[str, date]
) -> Iterator[WorkDay]:
    name = f"《{law.title(document)}》的日期"
    for number, made in enumerate(work.made):
        if made.day and law.document(made.document) == document:
            yield WorkDay(name, made.day, ("制发", number, "日期"), document)
    if document in drawn:
        yield WorkDay(name, drawn[document], document=document)


def _listed(key: str, within: str, told: Any) -> Iterator[WorkDay]:
    """Yield the days of a list, or of the one record that stands under a key."""
    several = isinstance(told, tuple)
    for number, record in enumerate(told if several else filter(None, (told,))):
        if day := _under(record, within):
            which = f"第{number + 1}项的" if several else "的"
            loc: Loc = (key, number, within) if several else (key, within)
            yield WorkDay(f"「{key}」{which}「{within}」", day, loc)


def _under(record: Model, alias: str) -> date | None:
    names = [name for name, info in type(record).model_fields.items() if info.alias == alias]
    told = getattr(record, names[0]) if names else None
    return told if isinstance(told, date) else None


def _bound(told: Any, *, first: bool) -> date | None:
    """Return a day; of a month or a year its first day, or its last where something precedes."""
    if isinstance(told, int):
        return date(told, 1, 1) if first else date(told, _DECEMBER, 31)
    if not isinstance(told, str) or not told:
        return told if isinstance(told, date) else None
    begins = date.fromisoformat(f"{told}-01")
    return begins if first else last_of_month(begins)

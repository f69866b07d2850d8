"""What lists and reports know of one child: its case, seen over a span of days."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Literal

from kcbx_docs.case.classes import ClassName, class_order, placed_in
from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import MADE_BY
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.model import Case, Pupil
from kcbx_docs.case.steadiness import OnList
from kcbx_docs.light import dataclass
from kcbx_docs.office.files import doubled
from kcbx_docs.office.opened import Office
from kcbx_docs.problems import Problem, Problems, UserError, errors, raise_errors
from kcbx_docs.record.acts import Act
from kcbx_docs.record.closing import Closing, closing_of
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.observing import Observing, observing
from kcbx_docs.record.presence import AWAY, Presence, presence_on

Stage = Literal["小学", "初中", "没有写明"]
STAGES: tuple[Stage, ...] = ("小学", "初中", "没有写明")
_PRIMARY, _JUNIOR = "一二三四五六", "七八九"
_SCHOOLS: dict[str, Stage] = {"小学": "小学", "初级中学": "初中"}
"""Kinds of schools that have one stage only; of others, the grade tells it or nothing does."""


@dataclass(frozen=True)
class DaySpan:
    """The days that are looked at, both ends among them; from the beginning if none is given."""

    last: date
    first: date | None = None

    def __contains__(self, day: date) -> bool:
        return day <= self.last and (self.first is None or self.first <= day)

    @property
    def eve(self) -> date | None:
        """Return the day before it begins."""
        return self.first - timedelta(days=1) if self.first else None


@dataclass(frozen=True)
class Whom:
    """Whom a figure counts: a child with a case, or one of whom there is only a lead."""

    id: str
    name: str
    school: str
    label: str
    stage: Stage


def stage_of(grade: str, kind: str = "") -> Stage:
    """Tell primary from junior school: by the grade, else by a school of one stage."""
    first = grade[:1]
    if first and first in _PRIMARY + _JUNIOR:
        return "小学" if first in _PRIMARY else "初中"
    return _SCHOOLS.get(kind, "没有写明")


@dataclass(frozen=True)
class CaseChild:
    """One child of the lists."""

    docket: Docket
    span: DaySpan
    path: Path = Path()

    @property
    def case(self) -> Case:
        """Return the case."""
        return self.docket.case

    @property
    def pupil(self) -> Pupil:
        """Return the pupil."""
        return self.case.pupil

    @property
    def school(self) -> str:
        """Name the school; nothing where none is written."""
        return self.case.school.name if self.case.school else ""

    @cached_property
    def placed(self) -> ClassName:
        """Return grade and class in their usual form."""
        return placed_in(self.pupil.grade, self.pupil.class_name)

    @cached_property
    def subject(self) -> Whom:
        """Return who it is, as figures name it."""
        kind = self.case.school.kind if self.case.school else ""
        stage = stage_of(self.placed.grade, kind)
        return Whom(self.case.id, self.pupil.name, self.school, self.placed.label, stage)

    @cached_property
    def happened(self) -> tuple[Event, ...]:
        """List everything until the last day."""
        return self.docket.happened(self.span.last)

    def events(self, *kinds: str) -> tuple[Event, ...]:
        """List the events of some kinds within the days that are looked at."""
        return tuple(one for one in self.happened if one.kind in kinds and one.day in self.span)

    @cached_property
    def closing(self) -> Closing:
        """Tell whether the case had ended on the last day."""
        return closing_of(self.happened)

    @property
    def presence(self) -> Presence:
        """Tell where the child is on the last day, as far as the case says it."""
        return presence_on(self.docket, self.span.last)

    def was_away(self) -> bool:
        """Tell whether the child was away on one of the days that are looked at."""
        days = [one.day for one in self.happened if one.day in self.span]
        looked_at = (self.span.eve, *dict.fromkeys(days))
        return any(day and presence_on(self.docket, day) == AWAY for day in looked_at)

    @cached_property
    def observing(self) -> Observing:
        """Tell the checks after the present return, as they stood on the last day."""
        anybody = self.case.parties[0]
        return observing(self.docket.progress(anybody, self.span.last), self.docket.law)

    @property
    def on_list(self) -> OnList | None:
        """Return on which of the red and the white list the child was on the last day."""
        known = [one for one in self.case.steadiness if (one.day or date.min) <= self.span.last]
        return max(known, key=lambda one: one.day or date.min, default=None)

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """List the papers that are recorded as made within the days that are looked at.

        A visit or a return has a paper of its own, which nobody need have made.
        """
        issued = {id(entry.event) for entry in self.docket.entries if entry.seq}
        made: dict[tuple[str, str, int], Act] = {}
        for guardian in self.case.guardians:
            papers = self.docket.progress(guardian, self.span.last).papers
            for act in chain.from_iterable(papers.values()):
                own = act.event
                sure = act.number or own.kind in MADE_BY or id(own) in issued
                if sure and not act.implied and act.day in self.span:
                    made.setdefault((act.document, act.number, 0 if act.number else id(own)), act)
        return tuple(sorted(made.values(), key=lambda act: act.day))

    @property
    def order(self) -> tuple[object, ...]:
        """Return by what lists are sorted: school, class, case."""
        return self.school, class_order(self.placed.label), self.case.id


def children_of(
    office: Office, paths: Sequence[Path], span: DaySpan, today: date
) -> tuple[tuple[CaseChild, ...], Problems]:
    """Read the cases among some files, sorted; a file with an error is left out, and told."""
    found: list[CaseChild] = []
    problems: list[Problem] = []
    twice = doubled(paths)
    for path in paths:
        try:
            loaded, told = office.read(path, max(span.last, today))
            raise_errors((*told, *([twice[path]] if path in twice else ())))
        except UserError as error:
            problems += errors(error.problems)
            continue
        if isinstance(loaded, LoadedCase):
            found.append(CaseChild(office.docket(loaded), span, path))
    return tuple(sorted(found, key=lambda child: child.order)), tuple(problems)

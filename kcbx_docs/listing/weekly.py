"""The lists of absent pupils that schools keep every week, beside the cases that reports count."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from kcbx_docs.case.classes import read_class
from kcbx_docs.case.files import LoadedWork
from kcbx_docs.light import dataclass
from kcbx_docs.listing.children import CaseChild, DaySpan, Whom, stage_of
from kcbx_docs.listing.figures import ListedAway
from kcbx_docs.listing.leads import ListedLead
from kcbx_docs.office.files import of_kinds
from kcbx_docs.office.opened import Office
from kcbx_docs.office.pupil_faults import left_out
from kcbx_docs.office.pupil_list import PupilList, list_of
from kcbx_docs.packs.work_steps import AWAY_LIST
from kcbx_docs.problems import Problem, errors
from kcbx_docs.procedure.works import kind_with_pupils, pupils_of_kind
from kcbx_docs.record.presence import AWAY

_UNDECIDED = "没有研判"


@dataclass(frozen=True)
class WeeklyLists:
    """Of each school the last list within the days that are looked at."""

    office: Office
    files: Sequence[Path]
    span: DaySpan
    schools: Sequence[str]

    @cached_property
    def lists(self) -> tuple[tuple[LoadedWork, PupilList], ...]:
        """Return the lists with their pupils."""
        last: dict[str, LoadedWork] = {}
        for loaded in sorted(self._works(), key=lambda one: one.work.day or date.min):
            school = self._school(loaded)
            away = pupils_of_kind(loaded.work.kind, self.office.law) == AWAY_LIST
            wanted = not self.schools or school in self.schools
            if away and wanted and loaded.work.day and loaded.work.day in self.span:
                last[school] = loaded
        return tuple((one, list_of(one, self.office, self.span.last)) for one in last.values())

    def _works(self) -> Iterator[LoadedWork]:
        """Read the works among the files; what is wrong with one is told when it is checked."""
        for path in of_kinds(self.files, ("工作",)):
            loaded, found = self.office.read(path, self.span.last)
            if isinstance(loaded, LoadedWork) and not errors(found):
                yield loaded

    def _school(self, loaded: LoadedWork) -> str:
        return loaded.work.office or self.office.workspace.office.name

    @property
    def pupils(self) -> tuple[ListedAway, ...]:
        """List the pupils, as figures name them."""
        found: list[ListedAway] = []
        for loaded, listed in self.lists:
            for one in listed.pupils:
                told = one.pupil
                known = told.case or told.lead or loaded.folder
                stage = stage_of(read_class(told.class_name).grade)
                who = Whom(known, told.name, self._school(loaded), told.class_name, stage)
                found.append(ListedAway(who, loaded.work.day, told.standing or _UNDECIDED))
        return tuple(found)

    def faults(self, children: Sequence[CaseChild]) -> Iterator[Problem]:
        """Name the children away by their case who are on no list of their school."""
        for loaded, listed in self.lists:
            day = loaded.work.day or self.span.last
            dockets = (child.docket for child in children)
            yield from left_out(listed, loaded, self.office, dockets, day)


def weekly_values(
    office: Office,
    children: Sequence[CaseChild],
    leads: Sequence[ListedLead],
    span: DaySpan,
    school: str,
) -> dict[str, Any] | None:
    """Return the values of a week's list: who is away by his case, and whose lead waits. What the
    school decides of each is left open. Nothing where the place keeps no such list.
    """
    kind = kind_with_pupils(AWAY_LIST, office.law)
    if kind is None:
        return None
    known = [{"案件": child.case.id} for child in children if child.presence == AWAY]
    waiting = [{"线索": one.who.id} for one in leads if one.waits]
    own = {} if school == office.workspace.office.name else {"承办机关": school}
    return {
        "工作": kind,
        "编号": f"{kind}-{span.last}",
        **own,
        "日期": span.last,
        "名单": [*known, *waiting],
    }

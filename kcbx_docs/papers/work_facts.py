"""Fill what templates learn of a piece of management work from its file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from kcbx_docs.case.files import LoadedWork
from kcbx_docs.case.work import Work, WorkParty
from kcbx_docs.case.work_pupils import WorkPupil, arrived_by
from kcbx_docs.office.opened import Office
from kcbx_docs.office.secrets import secrets_of
from kcbx_docs.papers.context import facts
from kcbx_docs.papers.work_records import PupilCounts

if TYPE_CHECKING:  # reads rosters, where a work has a list of pupils
    from kcbx_docs.office.pupil_list import ListedPupil

_WEEKDAYS = "一二三四五六日"
_TOLD = ("情况", "做法")
"""The texts of a typical case."""


def work_facts(
    loaded: LoadedWork,
    office: Office,
    party: WorkParty | None,
    pupils: "Sequence[ListedPupil]" = (),
) -> dict[str, Any]:
    """Return a piece of work as a paper sees it; its figures are those that the file gives."""
    work = loaded.work
    own = {**facts(work), "年月": _month(work), "这一方": facts(party)}
    own["典型案例"] = _typical(loaded, office, own.get("典型案例"))
    checked = work.checked_on or (party.checked_on if party else None)
    listed = [arrived_by(one.pupil, checked) for one in pupils]
    own["名单"] = tuple(
        _pupil(pupil, one.mark, work.day) for pupil, one in zip(listed, pupils, strict=True)
    )
    own["人数"] = facts(counts_of(listed))
    return own


def _pupil(one: WorkPupil, mark: str, day: date | None) -> dict[str, Any]:
    """Return one pupil of a list; days are told without the year where it is that of the list."""
    besides = {
        "学籍标注": mark or None,
        "首次缺课年": _other_year(one.since, day),
        "标注年": _other_year(one.marked_on, day),
        "本周缺课": _in_week(one.absent_on, day) or None,
    }
    return {**facts(one), **besides}


def _other_year(told: date | None, day: date | None) -> int | None:
    return told.year if told and (day is None or told.year != day.year) else None


def _in_week(days: Sequence[date], day: date | None) -> str:
    """Name the days of the week of the list, and others by their date."""
    week = day.isocalendar()[:2] if day else None
    own = [one for one in sorted(set(days)) if one.isocalendar()[:2] == week]
    others = [one for one in sorted(set(days)) if one not in own]
    named = "".join(_WEEKDAYS[one.weekday()] for one in own)
    return "、".join(filter(None, (*(f"{one.month}月{one.day}日" for one in others), named)))


def counts_of(pupils: Sequence[WorkPupil]) -> PupilCounts:
    """Count the pupils of a list: the foot of the paper and the reports count in one place."""
    standings = Counter(one.standing for one in pupils)
    sexes = Counter(one.sex for one in pupils)
    arrivals = Counter(one.arrival for one in pupils)
    return PupilCounts(
        全部=len(pupils),
        男=sexes["男"],
        女=sexes["女"],
        请假=standings["请假"],
        疑似辍学=standings["疑似辍学"],
        辍学=standings["辍学"],
        没有研判=standings[None],
        未报到=arrivals["未报到"],
        已报到=arrivals["已报到"],
    )


def _month(work: Work) -> str | None:
    """Write the month of a report as it stands in a text."""
    if not work.month:
        return None
    year, month = work.month.split("-")
    return f"{year}年{int(month)}月"


def _typical(
    loaded: LoadedWork, office: Office, told: Mapping[str, Any] | None
) -> Mapping[str, Any] | None:
    """Return a typical case without what tells who the child is, unless somebody decided so."""
    if told is None or told["写明姓名"]:
        return told
    secrets = secrets_of(office, loaded)
    return {**told, **{key: secrets.redacted(told[key] or "") or None for key in _TOLD}}

"""The pupils on a school's list, each as one place tells of him: his case, his lead, the roster,
or the file of the list itself. A fact that a case holds is never taken from anywhere else.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from functools import cached_property
from typing import Any

from kcbx_docs import clock
from kcbx_docs.case.classes import placed_in
from kcbx_docs.case.event import Event
from kcbx_docs.case.files import LoadedCase, LoadedWork
from kcbx_docs.case.leads import LeadEntry
from kcbx_docs.case.model import name_key
from kcbx_docs.case.pupil_list import ListRow, PupilRoster, read_pupils
from kcbx_docs.case.roster import told_in_short
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.case.work import PUPILS
from kcbx_docs.case.work_pupils import WorkPupil
from kcbx_docs.light import dataclass
from kcbx_docs.office.files import CASES, files_below, folder_key, numbers_in
from kcbx_docs.office.leads import kept_leads
from kcbx_docs.office.opened import Office
from kcbx_docs.packs.work_steps import AWAY_LIST, LEAVING_LIST, PupilsOf
from kcbx_docs.problems import Place, Problem, Problems, errors, problem
from kcbx_docs.procedure.works import pupils_of_kind
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.presence import Presence, presence_on
from kcbx_docs.words import did_you_mean

_NEEDED: Mapping[PupilsOf, frozenset[str]] = {
    AWAY_LIST: frozenset(("首次缺课",)),
    LEAVING_LIST: frozenset(("性别", "身份证号", "监护人姓名", "监护人电话", "电话")),
}
"""What lists of pupils print of a roster."""
MARK = "学籍标注"
_GONE = ("疑似辍学", "辍学")
_TRIED = ("联系", "劝返", "批评教育", "书面报告")
_OF_CASE = ("name", "since", "id_number", "marked_on")
"""What stands in a case, so that the list need not say it again, and must not say otherwise."""


@dataclass(frozen=True)
class ListedPupil:
    """One pupil of a list."""

    pupil: WorkPupil
    place: Place
    mark: str = ""
    """What was marked in the system of pupils, as the case says."""
    presence: Presence | None = None
    """Where the child is on the day of the list; nothing of whom there is no case."""
    row: RosterPupil | None = None
    marked: bool = False
    """Whether it has been marked by today."""
    now: Presence | None = None
    """Where the child is today, as the case says."""

    @property
    def known(self) -> bool:
        """Tell whether there is a case or a lead already."""
        return bool(self.pupil.case or self.pupil.lead)


@dataclass(frozen=True)
class PupilList:
    """A list, whom of its roster it leaves out, and what is wrong with it."""

    pupils: tuple[ListedPupil, ...] = ()
    held: tuple[RosterPupil, ...] = ()
    problems: Problems = ()

    def of_party(self, name: str, *, only: bool) -> tuple[ListedPupil, ...]:
        """List those who go to one school; whose school is not written, to the only one."""
        return tuple(
            one
            for one in self.pupils
            if one.pupil.school == name or (only and not one.pupil.school)
        )


def list_of(loaded: LoadedWork, office: Office, today: date) -> PupilList:
    """Put a list together; nothing is written, and what is doubtful is told by its cell."""
    if not loaded.work.told(PUPILS):
        return PupilList()
    return _ListMaker(loaded, office, today).made()


@dataclass
class _ListMaker:
    """A list in the making."""

    loaded: LoadedWork
    office: Office
    today: date
    problems: list[Problem] = field(default_factory=list)

    @property
    def day(self) -> date:
        """Return the day as of which cases are looked at."""
        return self.loaded.work.day or self.today

    @cached_property
    def known(self) -> date:
        """Return until when events are known: what came after the list is no fault of a case."""
        return max(self.day, self.today, clock.today())

    def made(self) -> PupilList:
        """Return the list: whom the roster names first, then whom the file adds."""
        roster = self._roster()
        self.problems += roster.problems
        typed = [self._typed(place, one) for place, one in enumerate(self.loaded.work.pupils)]
        listed, rest = self._merged(roster.rows, [one for one in typed if one])
        return PupilList((*listed, *rest), roster.held, tuple(self.problems))

    def _roster(self) -> PupilRoster:
        spec = self.loaded.work.roster
        path = self.loaded.roster_path
        if spec is None or path is None or not path.is_file():
            return PupilRoster((), (), ())
        which = pupils_of_kind(self.loaded.work.kind, self.office.law) or LEAVING_LIST
        read = read_pupils(path, spec, self.today, spec.file, _NEEDED[which])
        grave = errors(read.problems)
        return PupilRoster(read.rows, read.held, (*grave, *told_in_short(_lesser(read.problems))))

    def _place(self, number: int, key: str = "") -> Place:
        loc = (PUPILS, number, key) if key else (PUPILS, number)
        return self.loaded.source.place(loc, value=bool(key))

    def _typed(self, number: int, one: WorkPupil) -> ListedPupil | None:
        """Return a pupil of the file with what the case or the lead says of him."""
        if one.case:
            return self._with_case(number, one)
        if one.lead:
            return self._with_lead(number, one)
        if not one.name:
            self.problems.append(problem("WORK070", self._place(number), number=number + 1))
            return None
        return ListedPupil(one, self._place(number), marked=one.marked_on is not None)

    def _with_case(self, number: int, one: WorkPupil) -> ListedPupil | None:
        docket = self._docket(one.case)
        if docket is None:
            advice = did_you_mean(one.case, [*self._cases])
            facts = {"kind": "案件", "id": one.case, "advice": advice}
            self.problems.append(problem("WORK071", self._place(number, "案件"), **facts))
            return None
        own = _of_docket(docket, self.day)
        self.problems += self._against(number, one, own)
        known = {key: value for key, value in own.items() if value}
        tried = "；".join(filter(None, (known.pop("measures", ""), one.measures)))
        kept = known | {"measures": tried, "reason": one.reason or known.get("reason", "")}
        if one.class_name and not known.get("class_name"):
            kept["class_name"] = one.class_name
        mark = _mark(docket, self.day)
        told = one.model_copy(update=kept | {"marked_on": mark.day if mark else one.marked_on})
        return ListedPupil(
            told,
            self._place(number),
            mark.result if mark else "",
            presence_on(docket, self.day),
            marked=_mark(docket, max(self.day, self.today)) is not None,
            now=presence_on(docket, max(self.day, self.today)),
        )

    def _against(self, number: int, one: WorkPupil, own: Mapping[str, Any]) -> Iterator[Problem]:
        """Tell where the list says of a child what its case does not."""
        for name in _OF_CASE:
            mine, theirs = getattr(one, name), own.get(name)
            if mine and theirs and mine != theirs:
                key = str(WorkPupil.model_fields[name].alias)
                facts = {"key": key, "told": mine, "known": theirs, "case": one.case}
                yield problem("WORK072", self._place(number, key), **facts)

    def _with_lead(self, number: int, one: WorkPupil) -> ListedPupil | None:
        entry = self._leads.get(one.lead)
        if entry is None:
            advice = did_you_mean(one.lead, [*self._leads])
            facts = {"kind": "线索", "id": one.lead, "advice": advice}
            self.problems.append(problem("WORK071", self._place(number, "线索"), **facts))
            return None
        told = {
            "name": entry.name,
            "class_name": placed_in(entry.grade, entry.class_name).label,
            "id_number": entry.id_number,
            "reason": one.reason or entry.reason,
            "days": one.days or (int(entry.absent_days) if entry.absent_days.isdecimal() else None),
            "guardian": entry.guardian,
            "phone": entry.phone,
        }
        kept = {key: value for key, value in told.items() if value}
        marked = one.marked_on is not None
        return ListedPupil(one.model_copy(update=kept), self._place(number), marked=marked)

    @cached_property
    def _cases(self) -> Mapping[str, Any]:
        return numbers_in(self.office.root)

    @cached_property
    def _leads(self) -> Mapping[str, LeadEntry]:
        files = files_below((self.office.root / CASES,), workspace=False)
        kept = kept_leads(files, self.known)
        return {one.id: one.handled.entry for one in kept}

    def _docket(self, number: str) -> Docket | None:
        path = self._cases.get(folder_key(number))
        if path is None:
            return None
        loaded, found = self.office.read(path, self.known)
        sound = isinstance(loaded, LoadedCase) and not errors(found)
        return self.office.docket(loaded) if sound and isinstance(loaded, LoadedCase) else None

    def _merged(
        self, rows: Sequence[ListRow], typed: Sequence[ListedPupil]
    ) -> tuple[list[ListedPupil], list[ListedPupil]]:
        """Lay what the file says over the rows of the roster; whoever is in none comes last."""
        spec = self.loaded.work.roster
        file = spec.file if spec else ""
        listed = [ListedPupil(one.pupil, one.row.place_in(file), row=one.row) for one in rows]
        rest: list[ListedPupil] = []
        for one in typed:
            same = [at for at, row in enumerate(listed) if _same(row.pupil, one.pupil)]
            if len(same) > 1:
                facts = {"name": one.pupil.name, "count": len(same)}
                self.problems.append(problem("WORK078", one.place, **facts))
            elif same:
                listed[same[0]] = _over(listed[same[0]], one)
            else:
                rest.append(one)
        return listed, rest


def _lesser(found: Problems) -> tuple[Problem, ...]:
    return tuple(one for one in found if one.severity != "error")


def _same(row: WorkPupil, one: WorkPupil) -> bool:
    """Tell whether a row of the roster is about a pupil whom the file names."""
    if one.id_number and row.id_number:
        return one.id_number == row.id_number
    placed = not (one.class_name and row.class_name) or one.class_name == row.class_name
    return placed and name_key(one.name) == name_key(row.name)


def _over(row: ListedPupil, one: ListedPupil) -> ListedPupil:
    """Return a row with what the file says of the pupil besides."""
    names = one.pupil.model_fields_set | ({"name"} if one.known else set())
    said = {name: value for name in names if (value := getattr(one.pupil, name))}
    pupil = row.pupil.model_copy(update=said)
    return replace(one, pupil=pupil, row=row.row)


def _of_docket(docket: Docket, day: date) -> dict[str, Any]:
    """Return what a case tells of a child on a day."""
    attendance, pupil = docket.attendance(day), docket.case.pupil
    since = attendance.since or attendance.round_start or attendance.first
    happened = [one for one in docket.happened(day) if since is None or one.day >= since]
    counts = Counter(one.kind for one in happened)
    guardian = docket.case.guardians[0] if docket.case.guardians else None
    mark = _mark(docket, day)
    back = f"{attendance.returned:%Y-%m-%d}已返校" if attendance.returned else ""
    return {
        "name": pupil.name,
        "sex": pupil.sex,
        "id_number": pupil.id_number,
        "class_name": placed_in(pupil.grade, pupil.class_name).label,
        "since": since,
        "reason": back or pupil.reason,
        "measures": "、".join(f"{kind}{counts[kind]}次" for kind in _TRIED if counts[kind]),
        "marked_on": mark.day if mark else None,
        "guardian": guardian.name if guardian else "",
        "phone": guardian.phone if guardian else "",
    }


def _mark(docket: Docket, day: date) -> Event | None:
    """Find what was marked last, if it says that the child has left school, or may have."""
    attendance = docket.attendance(day)
    since = attendance.since or attendance.round_start or attendance.first
    marks = [one for one in docket.happened(day) if one.kind == MARK]
    last = marks[-1] if marks else None
    of_now = last is not None and (since is None or last.day >= since)
    return last if last and of_now and last.result in _GONE else None

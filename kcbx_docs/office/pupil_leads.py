"""What a list of pupils leaves to be done: whoever must be looked for becomes a lead, and is marked
in the system of pupils.
"""

from collections.abc import Iterator
from datetime import date

from kcbx_docs.case.files import LoadedWork
from kcbx_docs.case.lead_list import Heard
from kcbx_docs.case.model import Guardian, Pupil
from kcbx_docs.case.roster_reading import RosterPupil
from kcbx_docs.case.work_pupils import MISSING
from kcbx_docs.office.files import CASES, files_below
from kcbx_docs.office.leads import unheard
from kcbx_docs.office.opened import Office
from kcbx_docs.office.pupil_list import ListedPupil, PupilList, list_of
from kcbx_docs.packs.work_steps import AWAY_LIST
from kcbx_docs.procedure.works import MARK, TAKE, WorkTask, pupils_of_kind
from kcbx_docs.record.presence import AWAY

_FEW = 3


def to_be_looked_for(
    found: PupilList, loaded: LoadedWork, office: Office, today: date
) -> tuple[Heard, ...]:
    """List whom somebody must look for and of whom nobody has written a case or a lead."""
    wanted = [one for one in found.pupils if one.pupil.looked_for and not one.known]
    heard = [_heard(one, loaded, office) for one in wanted]
    files = files_below((office.root / CASES,), workspace=False)
    return unheard(heard, files, today) if heard else ()


def list_tasks(loaded: LoadedWork, office: Office, today: date) -> Iterator[WorkTask]:
    """Yield what a list leaves to be done; nothing of work that has no list."""
    which = pupils_of_kind(loaded.work.kind, office.law)
    if which is None:
        return
    found = list_of(loaded, office, today)
    if heard := to_be_looked_for(found, loaded, office, today):
        names = [one.row.pupil.name for one in heard]
        yield WorkTask(TAKE, "没有线索、案件的记成线索", "机关", detail=_names(names))
    unmarked = [one.pupil.name for one in found.pupils if _is_unmarked(one)]
    if which == AWAY_LIST and unmarked:
        yield WorkTask(MARK, "在学籍系统里标注", "机关", detail=_names(unmarked))


def _names(names: list[str]) -> str:
    more = f"等{len(names)}名" if len(names) > _FEW else ""
    return "、".join(names[:_FEW]) + more


def _is_unmarked(one: ListedPupil) -> bool:
    """Tell whether nobody marked a pupil; whose case says that he came back needs it no more."""
    return one.pupil.looked_for and not one.marked and one.now in (None, AWAY)


def _heard(one: ListedPupil, loaded: LoadedWork, office: Office) -> Heard:
    work, pupil = loaded.work, one.pupil
    own = work.office or office.workspace.office.name
    if pupil.arrival == MISSING:
        school = pupil.school or (work.parties[0].name if work.parties else "")
        parts = (f"{own}{pupil.class_name}毕业，应到{school}，没有报到", pupil.why_not)
        values = {"姓名": pupil.name, "身份证号": pupil.id_number}
    else:
        school = own
        parts = (f"研判为{pupil.standing}", pupil.reason or pupil.measures)
        values = {"姓名": pupil.name, "身份证号": pupil.id_number, "班级": pupil.class_name}
    known = Pupil.model_validate({key: value for key, value in values.items() if value})
    guardians = one.row.guardians if one.row else ()
    if pupil.guardian and not guardians:
        guardians = (Guardian.model_validate({"姓名": pupil.guardian, "电话": pupil.phone}),)
    row = RosterPupil(known, guardians, phone=pupil.phone)
    days = str(pupil.days or "")
    return Heard(row, reason="；".join(filter(None, parts)), absent_days=days, school=school)

"""Where a piece of management work stands: which of its steps is next, until when."""

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from kcbx_docs.case.files import LoadedWork
from kcbx_docs.office.coming import Coming, reckoned_of
from kcbx_docs.office.opened import Office
from kcbx_docs.office.outlook import Outlook
from kcbx_docs.office.standing_data import articles_of
from kcbx_docs.office.todo import Todo
from kcbx_docs.office.work_made import every_task, with_issued
from kcbx_docs.procedure.limits import SOON
from kcbx_docs.procedure.works import WorkTask
from kcbx_docs.record.jurisdiction import Jurisdiction

if TYPE_CHECKING:  # the model of work is built where there is some
    from kcbx_docs.case.work import Work


def outlook_of_work(loaded: LoadedWork, office: Office, day: date) -> Outlook:
    """Tell where a piece of management work stands."""
    work, law = (loaded := with_issued(loaded, office)).work, office.law
    tasks = every_task(loaded, office, day)
    rest = [one for one in tasks if not (work.ended or one.done)]
    due = sorted((_coming_of(one, work, law) for one in rest if one.by), key=lambda one: one.by)
    return Outlook(
        path=loaded.path,
        case_id=loaded.folder,
        pupil="、".join(party.name for party in work.parties),
        office=work.office or law.workspace.office.name,
        states=(("", f"待{rest[0].label}" if rest else "已办结"),),
        due=tuple(due),
        first=due[0] if due else None,
        urgency=_urgency(rest, due, loaded.folder, day),
        todos=tuple(_todo_of(one, law) for one in rest if not (one.by or one.optional)),
        problems=(),
        told=tuple(_task_data(one, work, law) for one in tasks),
        kind=work.kind,
        custom=custom if isinstance(custom := law.pack.values.get(work.kind), str) else "",
        regular=tuple(chain.from_iterable(one.regular for one in tasks)),
    )


def _urgency(
    rest: Sequence[WorkTask], due: Sequence[Coming], name: str, day: date
) -> tuple[int, int, str]:
    if not rest:
        return 4, 0, name
    if not due:
        return 3, 0, name
    left = (due[0].by - day).days
    return (0 if left < 0 else 1 if left <= SOON else 2), left, name


def _coming_of(task: WorkTask, work: "Work", law: Jurisdiction) -> Coming:
    assert task.by
    return Coming(
        what=task.name,
        detail=task.detail,
        by=task.by,
        who=task.bound,
        rule=task.rule,
        guardian="、".join(_whom(task, work)),
        document=task.document,
        title=law.title(task.document) if task.document else "",
        basis=tuple(articles_of(task.basis)),
        warnings=tuple(one.message for one in task.warnings if one.severity == "warning"),
        reckoned=reckoned_of(task.reckoned),
    )


def _whom(task: WorkTask, work: "Work") -> tuple[str, ...]:
    """Name who is waited for: who answers for a thing, or the units that handed in nothing yet."""
    if task.done:
        return ()
    if task.who:
        return (task.who,)
    return work.waited_for(task.ends) if task.bound == "对象" else ()


def _todo_of(task: WorkTask, law: Jurisdiction) -> Todo:
    return Todo(
        guardian="",
        step=task.id,
        what=task.name,
        who=task.bound,
        when="现在" if task.bound == "机关" else "等待",
        title=law.title(task.document) if task.document else "",
    )


def _task_data(task: WorkTask, work: "Work", law: Jurisdiction) -> dict[str, Any]:
    """Return one step of work as plain data."""
    card = law.card(task.document)
    return {
        "step": task.id,
        "what": task.label,
        "who": task.bound,
        "whom": list(_whom(task, work)),
        "document": task.document,
        "title": law.title(task.document) if task.document else "",
        "by": task.by,
        "done": task.done,
        "optional": task.optional,
        "late": task.late,
        "signed_by": card.signed_by or "" if card else "",
        "basis": list(articles_of(task.basis)),
    }

"""What a piece of work made, as its file and the ledger tell it together."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kcbx_docs.case.files import LoadedWork
from kcbx_docs.office.book import Issue, issues_in
from kcbx_docs.office.opened import Office
from kcbx_docs.procedure.works import WorkTask, tasks_of
from kcbx_docs.record.jurisdiction import Jurisdiction

if TYPE_CHECKING:  # most offices have no work of which a ledger tells
    from kcbx_docs.case.work import Work


def with_issued(loaded: LoadedWork, office: Office) -> LoadedWork:
    """Return a piece of work with the papers that the ledger issued of it among those it made."""
    if office.register is None:
        return loaded
    standing = [one for one in issues_in(office.recorded(loaded)) if one.standing]
    rest = [one for one in standing if not _told(loaded.work, one, office.law)]
    if not rest:
        return loaded
    from kcbx_docs.case.work import WorkPaper

    made = tuple(WorkPaper.model_validate(_written(one)) for one in rest)
    return replace(loaded, work=loaded.work.model_copy(update={"made": (*loaded.work.made, *made)}))


def _told(work: "Work", issue: Issue, law: Jurisdiction) -> bool:
    """Tell whether the file says itself that this paper was made."""
    same = [one for one in work.made if law.document(one.document) == issue.document]
    return any(not one.whom or issue.guardian in one.whom for one in same)


def _written(issue: Issue) -> dict[str, object]:
    whom = {"对象": [issue.guardian]} if issue.guardian else {}
    day = issue.recorded.day.isoformat()
    return {"文书": issue.title, "日期": day, "文号": issue.number, **whom}


def every_task(loaded: LoadedWork, office: Office, day: date) -> tuple[WorkTask, ...]:
    """List the steps of a piece of work, last those that its list of pupils leaves."""
    steps = tasks_of(loaded.work, office.law, day)
    if not loaded.work.told("名单"):
        return steps
    from kcbx_docs.office.pupil_leads import list_tasks  # reads rosters

    return (*steps, *list_tasks(loaded, office, day))

"""今日: what is to be done, the late first."""

from contextlib import suppress

from flask import Blueprint, render_template

from kcbx_docs.case.users import OF_SCHOOL, OF_TOWN
from kcbx_docs.desk.here import the_desk
from kcbx_docs.desk.pictures.bars import bars
from kcbx_docs.desk.roles import open_to
from kcbx_docs.desk.rows import MOST, begun_of, rows_of
from kcbx_docs.ledger.backup_notes import BackupDue, backup_due
from kcbx_docs.office.opened import opening_of
from kcbx_docs.office.outlook import Outlooks
from kcbx_docs.problems import UserError

pages = Blueprint("today", __name__)
_PRESSING = 1
"""Cases that are late or soon due; of the others those that have something to be done now."""


@pages.get("/")
@open_to(OF_SCHOOL, OF_TOWN)
def show() -> str:
    """Show what is to be done today."""
    desk = the_desk()
    day = desk.today()
    told = desk.outlooks(day)
    rows = rows_of(told.cases, day)
    now = [row for row in rows if row.urgency <= _PRESSING or row.left == "现在"]
    return render_template(
        "today.html",
        rows=now[:MOST],
        more=max(len(now) - MOST, 0),
        pressing=len(now),
        everybody=len(rows),
        works=sum(bool(row.kind) for row in rows),
        late=sum(row.late for row in rows),
        problems=told.problems,
        begun=begun_of(told),
        states=bars(_by_state(told)),
        backup=_backup(),
        command=desk.command("status"),
    )


def _backup() -> BackupDue | None:
    """Tell whether the ledger is to be backed up, to whoever can do that."""
    desk = the_desk()
    office = opening_of(desk.root).legible if desk.sees_all else None
    with suppress(UserError):  # one out of reach is told with its cases
        register = office.register if office else None
        return backup_due(register.book, desk.today()) if register else None
    return None


def _by_state(told: Outlooks) -> dict[str, int]:
    """Count the guardians in each state."""
    counts: dict[str, int] = {}
    for case in told.cases:
        for _, state in case.states if not case.kind else ():
            counts[state] = counts.get(state, 0) + 1
    return counts

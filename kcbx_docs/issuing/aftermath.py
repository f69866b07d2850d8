"""What follows from what became of an issued paper: which periods end or run otherwise, what had
been done is unlawful now, who has to be told. It is told before it is recorded, and after.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from kcbx_docs.case.files import Issuable, LoadedCase
from kcbx_docs.case.workspace import with_school
from kcbx_docs.issuing.correction import to_be_served
from kcbx_docs.issuing.penalty_back import of_withdrawal
from kcbx_docs.ledger.model import COMPLETED, CORRECTED, VOIDED, WITHDRAWN, Draft, Recorded
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import Issue, entries_of
from kcbx_docs.office.opened import Office
from kcbx_docs.office.taken_back import still_told
from kcbx_docs.problems import Problems
from kcbx_docs.procedure.audit import wrongs
from kcbx_docs.procedure.dues import Due, dues_of
from kcbx_docs.record.docket import Docket, docket_of
from kcbx_docs.record.states import open_states

_OF_CASE = (CORRECTED, WITHDRAWN, VOIDED)
"""What changes what the case is told."""


@dataclass(frozen=True)
class Aftermath:
    """What follows from it."""

    ended: tuple[Due, ...] = ()
    """What was due, and is no longer or on another day."""
    runs: tuple[Due, ...] = ()
    """What is due now, and was not or on another day."""
    unlawful: Problems = ()
    reminders: Problems = ()
    """Who has the paper and was not told yet."""


def before_it(
    office: Office, loaded: Issuable, issue: Issue, draft: Draft, today: date
) -> Aftermath:
    """Tell what would follow from an event that is not recorded yet."""
    events = office.recorded(loaded)
    one = Recorded(
        seq=events[-1].seq + 1,
        prev="",
        hash="",
        kind=draft.kind,
        case=draft.case,
        day=draft.day,
        recorded_at=events[-1].recorded_at,
        clock_back=False,
        who=events[-1].who,
        data=draft.data,
    )
    return _follows(office, loaded, issue, (*events, one), one, today)


def after_it(
    office: Office, loaded: Issuable, issue: Issue, recorded: Recorded, today: date
) -> Aftermath:
    """Tell what follows from an event that is recorded."""
    return _follows(office, loaded, issue, office.recorded(loaded), recorded, today)


def _follows(
    office: Office,
    loaded: Issuable,
    issue: Issue,
    events: Sequence[Recorded],
    one: Recorded,
    today: date,
) -> Aftermath:
    if not isinstance(loaded, LoadedCase):
        return Aftermath(reminders=_to_be_told(office, loaded, issue, one))
    was = _docket(office, loaded, [other for other in events if other.seq != one.seq])
    told = _to_be_told(office, loaded, issue, one, was)
    if one.kind not in _OF_CASE:
        return Aftermath(reminders=told)
    now = _docket(office, loaded, events)
    due_was, due_now = (tuple(_dues(docket, issue, today)) for docket in (was, now))
    wrong = set(wrongs(was, today))
    return Aftermath(
        ended=_without(due_was, due_now),
        runs=_without(due_now, due_was),
        unlawful=tuple(found for found in wrongs(now, today) if found not in wrong),
        reminders=told,
    )


def _to_be_told(
    office: Office, loaded: Issuable, issue: Issue, one: Recorded, was: Docket | None = None
) -> Problems:
    if one.kind == WITHDRAWN:
        told = to_be_served(office, loaded, issue, "", "ISSU103", was)
        more = of_withdrawal(was, issue, one.day) if was else ()
        return (*told, *more)
    what = {CORRECTED: "更正的内容", COMPLETED: "补正的内容"}.get(one.kind, "")
    return to_be_served(office, loaded, issue, what, docket=was) if what else ()


def _docket(office: Office, loaded: LoadedCase, events: Sequence[Recorded]) -> Docket:
    """Return the case as it is with some events."""
    entries = entries_of(still_told(events, loaded.case), office.law)
    case = with_school(loaded.case, office.workspace)
    return docket_of(case, office.law, loaded.source, entries)


def _dues(docket: Docket, issue: Issue, today: date) -> Iterator[Due]:
    """List what is due of those for whom a paper is."""
    for guardian in docket.case.guardians:
        if issue.guardian in ("", guardian.name):
            progress = docket.progress(guardian, today)
            for state in open_states(progress):
                yield from dues_of(docket, progress, state, today)


def _without(dues: Sequence[Due], others: Sequence[Due]) -> tuple[Due, ...]:
    known = {(due.guardian, due.what, due.by) for due in others}
    left = {(due.guardian, due.what, due.by): due for due in dues}
    return tuple(due for key, due in left.items() if key not in known)

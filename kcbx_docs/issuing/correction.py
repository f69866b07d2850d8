"""What a correction would make of an issued paper, looked at before it is recorded for good."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_checks import check_event, check_loose_event
from kcbx_docs.case.files import Issuable, LoadedCase
from kcbx_docs.case.workspace import with_school
from kcbx_docs.ledger.model import SERVED
from kcbx_docs.office.book import Issue, entries_of, told_of
from kcbx_docs.office.opened import Office
from kcbx_docs.problems import Place, Problem, Problems, problem
from kcbx_docs.procedure.verdict import permission
from kcbx_docs.record.docket import Docket, docket_of
from kcbx_docs.record.entry import Entry


def faults_of_correction(
    office: Office, loaded: Issuable, issue: Issue, event: Event, day: date
) -> Iterator[Problem]:
    """Say what stands against a paper as it would be corrected: what an issue is asked as well."""
    if not isinstance(loaded, LoadedCase):
        yield from check_loose_event(event, max(day, event.day))
        return
    if found := tuple(check_event(loaded.case, event, max(day, event.day))):
        yield from found
        return
    before, after = office.docket(loaded), _corrected(office, loaded, issue, event)
    yield from (one for one in after.clashes if one not in before.clashes)
    known = set(_forbidden(before, issue))
    for code, reason in _forbidden(after, issue):
        if (code, reason) not in known:
            facts = {"paper": f"《{issue.title}》{issue.number}", "reason": reason}
            yield problem("ISSU047", Place(), **facts)


def _forbidden(docket: Docket, issue: Issue) -> Iterator[tuple[str, str]]:
    """Tell what forbids a paper on its own day."""
    answer = permission(docket, issue.document, issue.guardian, issue.recorded.day, made=True)
    yield from ((one.code, one.reason) for one in answer.of("禁止"))


def _corrected(office: Office, loaded: LoadedCase, issue: Issue, event: Event) -> Docket:
    """Return the case as it would be told with a paper corrected."""
    law = office.law
    entries = [_as_corrected(one, issue, event) for one in entries_of(office.recorded(loaded), law)]
    case = with_school(loaded.case, office.workspace)
    return docket_of(case, law, loaded.source, entries)


def _as_corrected(entry: Entry, issue: Issue, event: Event) -> Entry:
    if entry.seq != issue.seq:
        return entry
    named = event.model_copy(update={"document": entry.event.document})
    return replace(entry, event=named)


def to_be_served(office: Office, loaded: Issuable, issue: Issue, what: str) -> Problems:
    """Remind of those who have the paper as it was: nobody told them of the correction yet.

    Who was looked for in vain has nothing that could be wrong.
    """
    told = told_of(issue.later)
    tried = [told[one.seq] for one in issue.later if one.kind == SERVED and one.seq in told]
    days = [event.day for event in tried if event.is_service or event.in_transit]
    if isinstance(loaded, LoadedCase):
        docket = office.docket(loaded)
        for guardian in docket.case.guardians:
            acts = docket.progress(guardian, date.max).papers.get(issue.document, ())
            own = [act for act in acts if act.number == issue.number]
            found = chain.from_iterable(act.services for act in own)
            if issue.guardian in ("", guardian.name):
                days += [service.event.day for service in found]
    if not days:
        return ()
    facts = {"paper": f"《{issue.title}》{issue.number}", "what": what, "day": min(days)}
    return (problem("ISSU048", Place(), **facts),)

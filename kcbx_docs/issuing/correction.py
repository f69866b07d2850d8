"""What a correction would make of an issued paper, looked at before it is recorded for good."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_checks import check_event, check_loose_event
from kcbx_docs.case.files import Issuable, LoadedCase
from kcbx_docs.case.workspace import with_school
from kcbx_docs.ledger.model import CORRECTED, SERVED
from kcbx_docs.office.book import Issue, entries_of, event_in, told_of
from kcbx_docs.office.opened import Office
from kcbx_docs.office.taken_back import still_told
from kcbx_docs.problems import Place, Problem, Problems, errors, problem
from kcbx_docs.procedure.verdict import Finding, permission
from kcbx_docs.record.docket import Docket, docket_of
from kcbx_docs.record.entry import Entry
from kcbx_docs.record.terms import deadline_end

_OF_SUMS = ("PROC252", "PROC356", "PROC357")
"""What is said of a fine below the least, or another one than the heads agreed on."""


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
    unlawful = tuple(_made_unlawful(office, loaded, issue, event))
    unlawful = (*unlawful, *_decided_anew(office, loaded, issue, event))
    yield from unlawful
    if not errors(unlawful):
        yield from _to_his_harm(office, loaded, issue, event, day)


def _made_unlawful(
    office: Office, loaded: LoadedCase, issue: Issue, event: Event
) -> Iterator[Problem]:
    """Say what would forbid the paper as corrected that does not forbid it as it is."""
    before, after = office.docket(loaded), _corrected(office, loaded, issue, event)
    yield from (one for one in after.clashes if one not in before.clashes)
    known = set(_forbidden(before, issue))
    for code, reason in _forbidden(after, issue):
        if (code, reason) not in known:
            facts = {"paper": f"《{issue.title}》{issue.number}", "reason": reason}
            yield problem("ISSU047", Place(), **facts)


def _forbidden(docket: Docket, issue: Issue) -> Iterator[tuple[str, str]]:
    """Tell what forbids a paper on its own day."""
    found = _findings(docket, issue)
    yield from ((one.code, one.reason) for one in found if one.verdict == "禁止")


def _decided_anew(
    office: Office, loaded: LoadedCase, issue: Issue, event: Event
) -> Iterator[Problem]:
    """Refuse another sum than was agreed, announced or allowed: whoever wrote what was decided
    made no slip, another sum is another decision.
    """
    was = event_in(last_word(issue))
    if was.amount is None or event.amount is None or event.amount == was.amount:
        return
    before = office.docket(loaded)
    after = _corrected(office, loaded, issue, event)
    facts = {"paper": f"《{issue.title}》{issue.number}", "before": was.amount}
    known = {one.reason for one in _findings(before, issue)}
    for one in _findings(after, issue):
        if one.code in _OF_SUMS and one.verdict != "禁止" and one.reason not in known:
            yield problem("ISSU127", Place(), **facts, reason=one.reason)
            return
    guardian = before.guardian(issue.guardian) if issue.guardian else None
    meant = before.progress(guardian, issue.recorded.day).proposed_fine if guardian else None
    if meant == was.amount:
        yield problem("ISSU128", Place(), **facts, after=event.amount)


def _findings(docket: Docket, issue: Issue) -> Sequence[Finding]:
    day = issue.recorded.day
    return permission(docket, issue.document, issue.guardian, day, made=True).findings


def _corrected(office: Office, loaded: LoadedCase, issue: Issue, event: Event) -> Docket:
    """Return the case as it would be told with a paper corrected."""
    law = office.law
    told = entries_of(still_told(office.recorded(loaded), loaded.case), law)
    entries = [_as_corrected(one, issue, event) for one in told]
    case = with_school(loaded.case, office.workspace)
    return docket_of(case, law, loaded.source, entries)


def _as_corrected(entry: Entry, issue: Issue, event: Event) -> Entry:
    if entry.seq != issue.seq:
        return entry
    named = event.model_copy(update={"document": entry.event.document})
    return replace(entry, event=named)


def _to_his_harm(
    office: Office, loaded: LoadedCase, issue: Issue, event: Event, day: date
) -> Iterator[Problem]:
    """Refuse what is no correction: whoever got a paper goes by it, until he gets another. What
    only the ledger has wrong, of a paper that was brought, may be set right.
    """
    recorded = issue.recorded.data
    if recorded.get("existing") or recorded.get("differences"):
        return
    was = event_in(last_word(issue))
    fixed = event.period.day if event.period and event.period != was.period else None
    if fixed and fixed < day:
        yield problem("ISSU097", Place(), day=fixed, today=day)
    elif sent := _sent_days(office, loaded, issue):
        harm = {"改正期限": _sooner(office, was, event, min(sent)), "金额": _more(was, event)}
        facts = {"paper": f"《{issue.title}》{issue.number}", "day": min(sent)}
        facts["name"] = issue.guardian or "收到的人"
        for key, told in harm.items():
            if told:
                yield problem("ISSU096", Place(), **facts, key=key, before=told[0], after=told[1])


def _sooner(office: Office, was: Event, event: Event, sent: date) -> tuple[str, str] | None:
    """Tell of two deadlines where the new one ends first, counted from when the paper left."""
    if was.period is None or event.period is None:
        return None
    ends = [deadline_end(one, sent, office.law) for one in (was.period, event.period)]
    if ends[0] and ends[1] and ends[1] < ends[0]:
        return str(was.period), str(event.period)
    return None


def _more(was: Event, event: Event) -> tuple[str, str] | None:
    """Tell of two amounts where the new one is the higher."""
    if was.amount is None or event.amount is None or event.amount <= was.amount:
        return None
    return f"{was.amount}元", f"{event.amount}元"


def last_word(issue: Issue) -> Mapping[str, Any]:
    """Return the event of a paper as it was corrected last."""
    told: Mapping[str, Any] = issue.recorded.data["event"]
    for one in issue.later:
        if one.kind == CORRECTED and one.data.get("event"):
            told = one.data["event"]
    return told


def to_be_served(
    office: Office,
    loaded: Issuable,
    issue: Issue,
    what: str,
    code: str = "ISSU048",
    docket: Docket | None = None,
) -> Problems:
    """Remind of those who have the paper as it was: nobody told them of the correction yet.

    Who was looked for in vain has nothing that could be wrong. ``docket`` is the case as it was
    before; without it, as it is.
    """
    days = _sent_days(office, loaded, issue, docket)
    if not days:
        return ()
    facts = {"paper": f"《{issue.title}》{issue.number}", "what": what, "day": min(days)}
    return (problem(code, Place(), **facts),)


def _sent_days(
    office: Office, loaded: Issuable, issue: Issue, docket: Docket | None = None
) -> list[date]:
    """List the days on which a paper reached somebody, or set out to and did not come back."""
    told = told_of(issue.later)
    tried = [told[one.seq] for one in issue.later if one.kind == SERVED and one.seq in told]
    days = [event.day for event in tried if event.is_service or event.in_transit]
    if isinstance(loaded, LoadedCase):
        docket = docket or office.docket(loaded)
        for guardian in docket.case.guardians:
            acts = docket.progress(guardian, date.max).papers.get(issue.document, ())
            own = [act for act in acts if act.number == issue.number]
            found = chain.from_iterable(act.services for act in own)
            if issue.guardian in ("", guardian.name):
                days += [service.event.day for service in found]
    return days

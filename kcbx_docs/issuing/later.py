"""What becomes of an issued paper: withdrawn, voided, completed, corrected, sealed.

Nothing of the paper changes: each of these is an event of its own, with its reason.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from kcbx_docs.case.event_form import values_of
from kcbx_docs.case.files import Issuable, LoadedCase
from kcbx_docs.issuing.attempt import event_of
from kcbx_docs.issuing.clerk import MovedOnError
from kcbx_docs.issuing.correction import faults_of_correction, last_word
from kcbx_docs.issuing.doubles import of_scan
from kcbx_docs.issuing.finals import read_scan
from kcbx_docs.ledger.blobs import name_of
from kcbx_docs.ledger.model import (
    COMPLETED,
    CORRECTED,
    SEALED,
    SERVED,
    VOIDED,
    WITHDRAWN,
    Draft,
    Recorded,
)
from kcbx_docs.ledger.numbers import normalise
from kcbx_docs.ledger.who import at_this_machine
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import (
    Issue,
    book_of,
    event_in,
    issues_in,
    ledger_id,
    told_of,
    written_event,
)
from kcbx_docs.office.detached import key_again
from kcbx_docs.office.opened import Office
from kcbx_docs.office.reason import check_reason
from kcbx_docs.problems import Place, Problems, raise_errors, stop
from kcbx_docs.record.docket import Docket

FIXED = ("文号", "对象", "文书", "事项", "日期")
"""What tells one paper from another: with another number, addressee or day it is another one."""


@dataclass(frozen=True)
class Named:
    """Which issued paper is meant: by number, or by document and addressee."""

    number: str = ""
    document: str = ""
    guardian: str = ""


@dataclass(frozen=True)
class Remark:
    """What is said of it: when, why, by whom, with which file or corrections."""

    day: date
    reason: str = ""
    by: str = ""
    content: str = ""
    file: Path | None = None
    pairs: tuple[str, ...] = ()


def issues_of(office: Office, loaded: Issuable) -> tuple[Issue, ...]:
    """List the papers that were issued in a case."""
    return issues_in(office.recorded(loaded))


def find(office: Office, loaded: Issuable, named: Named) -> Issue:
    """Find the issued paper that is meant; of several, those that still stand come first."""
    document = office.library.find(named.document).front.id if named.document else ""
    found = [one for one in issues_of(office, loaded) if _is(one, named, document)]
    fitting = [one for one in found if one.standing] or found[-1:]
    if not fitting:
        what = "，".join(filter(None, (named.number, named.document, named.guardian)))
        raise stop("ISSU040", Place(str(loaded.path)), what=what or "没有写哪一份")
    if len(fitting) > 1:
        numbers = "、".join(f"{one.title}{one.number}（{one.guardian}）" for one in fitting)
        raise stop("ISSU041", Place(str(loaded.path)), numbers=numbers)
    return fitting[0]


def _is(issue: Issue, named: Named, document: str) -> bool:
    if named.number and normalise(named.number) != normalise(issue.number or ""):
        return False
    if document and document != issue.document:
        return False
    return not named.guardian or named.guardian == issue.guardian


def withdraw(office: Office, loaded: Issuable, issue: Issue, told: Remark) -> Recorded:
    """Withdraw a paper that was sent out."""
    return _steadily(
        office, loaded, issue, lambda now, paper: _gone(now, loaded, paper, told, WITHDRAWN)
    )


def void(office: Office, loaded: Issuable, issue: Issue, told: Remark) -> Recorded:
    """Void a paper that never left; its number is not given again."""
    return _steadily(office, loaded, issue, lambda now, paper: _void(now, loaded, paper, told))


def _void(office: Office, loaded: Issuable, issue: Issue, told: Remark) -> Recorded:
    if sent := _first_attempt(office, loaded, issue):
        raise stop("ISSU043", Place(), title=issue.title, number=issue.number, day=sent)
    return _gone(office, loaded, issue, told, VOIDED)


def _first_attempt(office: Office, loaded: Issuable, issue: Issue) -> date | None:
    """Return the day on which a paper set out for anybody: the ledger tells, or the case file."""
    told = told_of(issue.later)
    served = (one.seq for one in issue.later if one.kind == SERVED)
    days = [told[seq].day for seq in served if seq in told]
    if isinstance(loaded, LoadedCase) and (day := _sent(office.docket(loaded), issue)):
        days.append(day)
    return min(days, default=None)


def _sent(docket: Docket, issue: Issue) -> date | None:
    """Return the day on which a paper reached somebody, or set out to."""
    for guardian in docket.case.guardians:
        for act in docket.progress(guardian, date.max).papers.get(issue.document, ()):
            same = normalise(act.number) == normalise(issue.number) if issue.number else True
            events = (*(service.event for service in act.services), *act.sent)
            if same and events and issue.guardian in ("", guardian.name):
                return min(event.day for event in events)
    return None


def _gone(office: Office, loaded: Issuable, issue: Issue, told: Remark, kind: str) -> Recorded:
    own = event_in(issue.recorded.data["event"])
    event = {
        "日期": told.day.isoformat(),
        "事项": "撤回",
        "文书": own.document or issue.title,
        "文号": issue.number,
        "对象": list(own.targets),
        "原因": told.reason,
    }
    kept = {key: value for key, value in event.items() if value}
    return _record(office, loaded, issue, told, kind, {"event": kept})


def complete(office: Office, loaded: Issuable, issue: Issue, told: Remark) -> Recorded:
    """Record what was added to a paper, with the sheet that says so if there is one."""
    data = {"content": told.content}
    return _steadily(
        office,
        loaded,
        issue,
        lambda now, paper: _record(now, loaded, paper, told, COMPLETED, data),
    )


def correct(office: Office, loaded: Issuable, issue: Issue, told: Remark) -> Recorded:
    """Record what a paper says rightly; the record of the case follows."""
    return _steadily(office, loaded, issue, lambda now, paper: _correct(now, loaded, paper, told))


def _correct(office: Office, loaded: Issuable, issue: Issue, told: Remark) -> Recorded:
    data: dict[str, Any] = {"content": told.content}
    if told.pairs:
        own = event_in(last_word(issue))
        values, found = values_of(own.kind, told.pairs)
        raise_errors(found)
        if wrong := [key for key in values if key in FIXED]:
            raise stop("ISSU045", Place(), key=wrong[0])
        event = event_of({**written_event(own), **values})
        raise_errors(faults_of_correction(office, loaded, issue, event, told.day))
        data["event"] = written_event(event)
    return _record(office, loaded, issue, told, CORRECTED, data)


def seal(office: Office, loaded: Issuable, issue: Issue, told: Remark) -> Recorded:
    """Attach the scan of the sealed paper."""
    return _steadily(
        office, loaded, issue, lambda now, paper: _record(now, loaded, paper, told, SEALED, {})
    )


def kept_elsewhere(office: Office, issue: Issue, file: Path) -> Problems:
    """Remind of a scan that is kept already for something else; asked before it is attached."""
    scan = read_scan(file)
    book = book_of(office.root, office.workspace)
    return tuple(of_scan(book, issue, scan.data, file.name))


def _steadily(
    office: Office,
    loaded: Issuable,
    issue: Issue,
    act: Callable[[Office, Issue], Recorded],
) -> Recorded:
    """Judge a paper by the ledger of now, and again where somebody records of the case meanwhile:
    what others recorded is neither overlooked nor undone.
    """
    while True:
        now = replace(office)
        [paper] = (one for one in issues_of(now, loaded) if one.seq == issue.seq)
        try:
            return act(now, paper)
        except MovedOnError:
            continue


def _record(
    office: Office,
    loaded: Issuable,
    issue: Issue,
    told: Remark,
    kind: str,
    data: Mapping[str, Any],
) -> Recorded:
    """Record an event about an issued paper; who says the same again gets the first answer."""
    if kind != SEALED and not told.reason:
        raise stop("ISSU044")
    check_reason(told.reason, office.workspace)
    key = key_again(office.recorded(loaded), _key(issue, told, kind))
    if gone := _gone_before(issue, key):
        facts = {"title": issue.title, "number": issue.number, "kind": gone}
        raise stop("ISSU042", Place(), **facts)
    book = book_of(office.root, office.workspace)
    attached = [book.keep(*_file(told.file, kind))] if told.file else []
    body = {"issue": issue.seq, "reason": told.reason, **data}
    draft = Draft(kind, ledger_id(loaded), told.day, body, tuple(attached), key)
    with book.writing(at_this_machine(told.by)) as pen:
        if first := pen.known(key):
            return first
        if len(pen.events(draft.case)) != len(office.recorded(loaded)):
            raise MovedOnError
        return pen.append(draft)


def _gone_before(issue: Issue, key: str) -> str:
    """Tell what ended a paper before; who ends it twice in the same words gets one answer."""
    if any(one.key == key for one in issue.later):
        return ""
    return next((one.kind for one in issue.later if one.kind in (WITHDRAWN, VOIDED)), "")


def _file(path: Path, kind: str) -> tuple[bytes, str, str]:
    return read_scan(path).data, kind, path.name


def _key(issue: Issue, told: Remark, kind: str) -> str:
    files = [name_of(read_scan(told.file).data)] if told.file else []
    words = [kind, issue.seq, told.day.isoformat(), told.reason, told.content]
    text = json.dumps([*words, list(told.pairs), files], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()

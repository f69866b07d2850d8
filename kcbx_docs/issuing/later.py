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

from kcbx_docs.case.event_form import WHEN, form_of, values_of
from kcbx_docs.case.files import Issuable, LoadedCase
from kcbx_docs.issuing.attempt import event_of
from kcbx_docs.issuing.clerk import MovedOnError
from kcbx_docs.issuing.correction import faults_of_correction, last_word
from kcbx_docs.issuing.doubles import of_scan
from kcbx_docs.issuing.finals import read_scan
from kcbx_docs.issuing.said_of_correction import faults_of_words
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

_DAYS_OF_PAPER = ("成文日期", "落款日期")
"""What people call its day."""


@dataclass(frozen=True)
class Named:
    """Which issued paper is meant: by number, or by document and addressee."""

    number: str = ""
    document: str = ""
    guardian: str = ""
    entry: int = 0
    """Its place in the ledger, where it has no number that tells it from others."""


@dataclass(frozen=True)
class Remark:
    """What is said of it: when, why, by whom, with which file or corrections."""

    day: date
    reason: str = ""
    by: str = ""
    content: str = ""
    file: Path | None = None
    pairs: tuple[str, ...] = ()
    file_name: str = ""
    """How the file was called before it came in; nothing where it bears its own name."""


LaterMeaning = tuple[str, Mapping[str, Any]]
"""What becomes of a paper: the kind of event, and what it says besides its reason."""
LaterAct = Callable[[Office, Issuable, Issue, Remark], LaterMeaning]


def issues_of(office: Office, loaded: Issuable) -> tuple[Issue, ...]:
    """List the papers that were issued in a case."""
    return issues_in(office.recorded(loaded))


def find(office: Office, loaded: Issuable, named: Named) -> Issue:
    """Find the issued paper that is meant; of several, those that still stand come first."""
    document = office.library.find(named.document).front.id if named.document else ""
    found = [one for one in issues_of(office, loaded) if _is(one, named, document)]
    fitting = [one for one in found if one.standing] or found[-1:]
    if not fitting:
        entry = f"第 {named.entry} 条" if named.entry else ""
        what = "，".join(filter(None, (named.number, named.document, named.guardian, entry)))
        raise stop("ISSU040", Place(str(loaded.path)), what=what or "没有写哪一份")
    if len(fitting) > 1:
        told = (
            f"{one.title}{one.number}（{one.guardian or '没有写给谁'}，第 {one.seq} 条）"
            for one in fitting
        )
        numbers = "、".join(told)
        raise stop("ISSU041", Place(str(loaded.path)), numbers=numbers)
    return fitting[0]


def _is(issue: Issue, named: Named, document: str) -> bool:
    if named.entry and named.entry != issue.seq:
        return False
    if named.number and normalise(named.number) != normalise(issue.number or ""):
        return False
    if document and document != issue.document:
        return False
    return not named.guardian or named.guardian == issue.guardian


def withdraw(office: Office, loaded: Issuable, issue: Issue, told: Remark) -> Recorded:
    """Withdraw a paper that was sent out."""
    return _steadily(office, loaded, issue, told, _withdrawn)


def void(office: Office, loaded: Issuable, issue: Issue, told: Remark) -> Recorded:
    """Void a paper that never left; its number is not given again."""
    return _steadily(office, loaded, issue, told, _voided)


def complete(office: Office, loaded: Issuable, issue: Issue, told: Remark) -> Recorded:
    """Record what was added to a paper, with the sheet that says so if there is one."""
    return _steadily(office, loaded, issue, told, _completed)


def correct(office: Office, loaded: Issuable, issue: Issue, told: Remark) -> Recorded:
    """Record what a paper says rightly; the record of the case follows."""
    return _steadily(office, loaded, issue, told, _corrected)


def seal(office: Office, loaded: Issuable, issue: Issue, told: Remark) -> Recorded:
    """Attach the scan of the sealed paper."""
    return _steadily(office, loaded, issue, told, _sealed)


def acts_open(office: Office, loaded: Issuable, issue: Issue) -> tuple[str, ...]:
    """List what may still become of a paper: nothing of one that was withdrawn or voided, and no
    voiding of one that set out for somebody.
    """
    if not issue.standing:
        return ()
    gone = _first_attempt(office, loaded, issue)
    return tuple(kind for kind in ACTS if kind != VOIDED or gone is None)


def looked_ahead(office: Office, loaded: Issuable, issue: Issue, told: Remark, kind: str) -> Draft:
    """Return what would be recorded of a paper, and record nothing; raise what speaks against."""
    return _draft(office, loaded, issue, told, ACTS[kind](office, loaded, issue, told))


def refuse_tomorrow(told: Remark, kind: str, today: date) -> None:
    """Stop where something is said to have become of a paper on a day that is yet to come."""
    if told.day > today:
        facts = {"kind": kind, "key": WHEN, "day": told.day, "today": today}
        raise stop("CASE054", Place(path=WHEN), **facts)


def _withdrawn(_office: Office, _loaded: Issuable, issue: Issue, told: Remark) -> LaterMeaning:
    return WITHDRAWN, _end(issue, told)


def _voided(office: Office, loaded: Issuable, issue: Issue, told: Remark) -> LaterMeaning:
    if sent := _first_attempt(office, loaded, issue):
        raise stop("ISSU043", Place(), title=issue.title, number=issue.number, day=sent)
    return VOIDED, _end(issue, told)


def _completed(_office: Office, _loaded: Issuable, _issue: Issue, told: Remark) -> LaterMeaning:
    if not told.content.strip():
        raise stop("ISSU102", Place(path="内容"), kind=COMPLETED)
    return COMPLETED, {"content": told.content}


def _sealed(_office: Office, _loaded: Issuable, _issue: Issue, _told: Remark) -> LaterMeaning:
    return SEALED, {}


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


def _end(issue: Issue, told: Remark) -> Mapping[str, Any]:
    own = event_in(issue.recorded.data["event"])
    event = {
        "日期": told.day.isoformat(),
        "事项": "撤回",
        "文书": own.document or issue.title,
        "文号": issue.number,
        "对象": list(own.targets),
        "原因": told.reason,
    }
    return {"event": {key: value for key, value in event.items() if value}}


def may_be_corrected(issue: Issue) -> Mapping[str, Any]:
    """Return what the ledger holds of a paper that may be set right, as it was corrected last."""
    event = event_in(last_word(issue))
    told = written_event(event)
    keys = (blank.key for blank in form_of(event.kind))
    return {key: told[key] for key in keys if key in told and key not in FIXED}


def _corrected(office: Office, loaded: Issuable, issue: Issue, told: Remark) -> LaterMeaning:
    data: dict[str, Any] = {"content": told.content}
    own = event_in(last_word(issue))
    if dated := [pair for pair in told.pairs if pair.partition("=")[0].strip() in _DAYS_OF_PAPER]:
        raise stop("ISSU045", Place(), key=dated[0].partition("=")[0].strip())
    values, found = values_of(own.kind, told.pairs)
    raise_errors(found)
    if wrong := [key for key in values if key in FIXED]:
        raise stop("ISSU045", Place(), key=wrong[0])
    event = event_of({**written_event(own), **values})
    says_nothing = event == own and not told.content.strip()
    if says_nothing and not _is_known(issue, _key_now(office, loaded, issue, told, CORRECTED)):
        raise stop("ISSU102", Place(path="内容"), kind=CORRECTED)
    raise_errors(faults_of_words(loaded, issue, own, event, told.content))
    if values:
        raise_errors(faults_of_correction(office, loaded, issue, event, told.day))
        data["event"] = written_event(event)
    return CORRECTED, data


ACTS: Mapping[str, LaterAct] = {
    CORRECTED: _corrected,
    COMPLETED: _completed,
    WITHDRAWN: _withdrawn,
    VOIDED: _voided,
    SEALED: _sealed,
}


def kept_elsewhere(office: Office, issue: Issue, file: Path) -> Problems:
    """Remind of a scan that is kept already for something else; asked before it is attached."""
    scan = read_scan(file)
    book = book_of(office.root, office.workspace)
    return tuple(of_scan(book, issue, scan.data, file.name))


def _steadily(
    office: Office, loaded: Issuable, issue: Issue, told: Remark, act: LaterAct
) -> Recorded:
    """Judge a paper by the ledger of now, and again where somebody records of the case meanwhile:
    what others recorded is neither overlooked nor undone.
    """
    while True:
        now = replace(office)
        [paper] = (one for one in issues_of(now, loaded) if one.seq == issue.seq)
        try:
            return _record(now, loaded, paper, told, act(now, loaded, paper, told))
        except MovedOnError:
            continue


def _draft(
    office: Office, loaded: Issuable, issue: Issue, told: Remark, meaning: LaterMeaning
) -> Draft:
    """Return an event about an issued paper, its file not kept yet."""
    kind, data = meaning
    if kind != SEALED and not told.reason:
        raise stop("ISSU044")
    check_reason(told.reason, office.workspace)
    key = _key_now(office, loaded, issue, told, kind)
    facts = {"title": issue.title, "number": issue.number}
    if gone := _gone_before(issue, key):
        raise stop("ISSU042", Place(), **facts, kind=gone)
    if kind != SEALED and told.day < issue.recorded.day:
        own, said = issue.recorded.day, told.day
        raise stop("ISSU101", Place(path=WHEN), **facts, kind=kind, day=own, said=said)
    body = {"issue": issue.seq, "reason": told.reason, **data}
    return Draft(kind, ledger_id(loaded), told.day, body, (), key)


def _record(
    office: Office, loaded: Issuable, issue: Issue, told: Remark, meaning: LaterMeaning
) -> Recorded:
    """Record an event about an issued paper; who says the same again gets the first answer."""
    draft = _draft(office, loaded, issue, told, meaning)
    book = book_of(office.root, office.workspace)
    attached = [book.keep(*_file(told, draft.kind))] if told.file else []
    with book.writing(at_this_machine(told.by)) as pen:
        if first := pen.known(draft.key):
            return first
        if len(pen.events(draft.case)) != len(office.recorded(loaded)):
            raise MovedOnError
        return pen.append(replace(draft, attached=tuple(attached)))


def _key_now(office: Office, loaded: Issuable, issue: Issue, told: Remark, kind: str) -> str:
    """Return the key of an act, another where the file of the one before was taken off."""
    return key_again(office.recorded(loaded), _key(issue, told, kind))


def _is_known(issue: Issue, key: str) -> bool:
    """Tell whether an act was recorded before: who says it again gets the first answer."""
    return any(one.key == key for one in issue.later)


def _gone_before(issue: Issue, key: str) -> str:
    """Tell what ended a paper before; who ends it twice in the same words gets one answer."""
    if _is_known(issue, key):
        return ""
    return next((one.kind for one in issue.later if one.kind in (WITHDRAWN, VOIDED)), "")


def _file(told: Remark, kind: str) -> tuple[bytes, str, str]:
    assert told.file
    return read_scan(told.file).data, kind, told.file_name or told.file.name


def _key(issue: Issue, told: Remark, kind: str) -> str:
    files = [name_of(read_scan(told.file).data)] if told.file else []
    words = [kind, issue.seq, told.day.isoformat(), told.reason, told.content]
    text = json.dumps([*words, list(told.pairs), files], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()

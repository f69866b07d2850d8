"""Service as it is recorded: attempts as they were, corrections with a reason, proofs that follow.

Nothing is overwritten: whether a paper is served, and from when, follows from all of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.service_form import lacking
from kcbx_docs.case.workspace import with_school
from kcbx_docs.issuing.at_the_door import at_the_door
from kcbx_docs.issuing.attempt import (
    NOW,
    Addressed,
    Attempted,
    act_of,
    as_recorded,
    attempt,
    event_of,
    judge,
    refuse_fixed,
)
from kcbx_docs.issuing.clerk import (
    Clerk,
    add_proofs,
    append_once,
    attempt_data,
    corrections_of,
    fresh_key,
    identity_of,
    is_corrected,
    keep_all,
    kept_attempt,
    key_of_act,
    lacking_of,
    refuse_earlier,
    refuse_other,
    steadily,
    still_true,
)
from kcbx_docs.issuing.doubles import another_letter, of_proofs
from kcbx_docs.issuing.moved_days import undone
from kcbx_docs.issuing.pictures import only_named, picture_names, with_pictures
from kcbx_docs.issuing.plan import sent_too_soon
from kcbx_docs.issuing.proofs import (
    ProofFile,
    ProofsGiven,
    days_of_photographs,
    read_proofs,
)
from kcbx_docs.ledger.model import (
    SERVED,
    SERVICE_MENDED,
    VOIDED,
    WITHDRAWN,
    Draft,
    Recorded,
)
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import entries_of, issues_in, proofs_of, written_event
from kcbx_docs.office.detached import as_attached_now
from kcbx_docs.office.reason import check_reason
from kcbx_docs.office.taken_back import still_told
from kcbx_docs.problems import Place, Problem, Problems, problem, raise_errors, stop
from kcbx_docs.procedure.dues import Due, dues_of
from kcbx_docs.record.agreement import number_key
from kcbx_docs.record.docket import Docket, docket_of
from kcbx_docs.record.flaws import alone, served_by, shared_letters
from kcbx_docs.record.states import open_states

if TYPE_CHECKING:
    from kcbx_docs.ledger.book import Book


@dataclass(frozen=True)
class Entered:
    """What was recorded, and what follows from it."""

    seq: int
    attempted: Attempted
    again: bool = False
    """It was recorded before; nothing was written now, but for further proofs."""
    corrected: int = 0
    """Where the ledger holds the correction, where it is one."""
    runs: tuple[Due, ...] = ()
    """The periods that run from this service."""
    lacking: tuple[tuple[str, ...], ...] = ()
    """Groups of proofs of which none was brought yet."""
    reminders: Problems = ()
    before: date | None = None
    """The day from which it counted before a correction."""
    happened: tuple[Event, ...] = ()
    """What had already happened under that day."""
    unlawful: Problems = ()
    """What the correction makes unlawful."""

    @property
    def counts(self) -> date | None:
        """Return the day from which the paper counts as served, which may lie ahead."""
        service = self.attempted.service
        return self.attempted.first or (service.day if service else None)


@dataclass(frozen=True)
class Proved:
    """Proofs that followed, and what is still lacking."""

    seq: int
    event: Event
    lacking: tuple[tuple[str, ...], ...] = ()
    reminders: Problems = ()
    entry: int = 0
    """Where the ledger holds them; nothing where it has all of them already."""


def record(
    clerk: Clerk,
    paper: Addressed,
    values: Mapping[str, Any],
    files: ProofsGiven = (),
) -> Entered:
    """Record one attempt; told again it is answered with the first, and only new proofs added."""
    return steadily(clerk, lambda now: _record(now, paper, values, files))


def correct(
    clerk: Clerk,
    seq: int,
    values: Mapping[str, Any],
    reason: str,
    files: ProofsGiven = (),
) -> Entered:
    """Record what an attempt really was; the first entry stays, all that follows is new."""
    if not reason.strip():
        raise stop("SERV011", Place())
    check_reason(reason, clerk.office.workspace)
    return steadily(clerk, lambda now: _correct(now, seq, values, reason.strip(), files))


def foresee(
    clerk: Clerk, paper: Addressed, values: Mapping[str, Any], files: ProofsGiven
) -> Problems:
    """Return what is doubtful of an attempt before it is recorded; raise what speaks against it."""
    return _tried(clerk, paper, values, files)[0].doubts


def preview(
    clerk: Clerk,
    paper: Addressed,
    values: Mapping[str, Any],
    files: ProofsGiven,
) -> Entered:
    """Tell what an attempt would come to, and write nothing; raise what speaks against it."""
    tried, proofs = _tried(clerk, paper, values, files)
    return Entered(
        seq=tried.known,
        attempted=tried,
        again=bool(tried.known),
        runs=tuple(_runs(tried, tried.known, clerk.today)),
        lacking=lacking(tried.event, [one.kind for one in proofs], clerk.proofs),
        reminders=tuple(_reminders(clerk, tried, proofs)),
    )


def _reminders(clerk: Clerk, tried: Attempted, proofs: Sequence[ProofFile]) -> Iterator[Problem]:
    """Remind of what is unusual about an attempt and its proofs."""
    if tried.service:
        told = (tried.docket, tried.act, tried.event)
        yield from dict.fromkeys((*served_by(*told), *alone(*told)))
    yield from shared_letters(tried.docket, tried.event)
    if not tried.doubts:
        yield from sent_too_soon(tried.act, tried.guardian, tried.event)
    yield from at_the_door(tried, _runs(tried, tried.known, clerk.today))
    yield from days_of_photographs(proofs, tried.event.proof_day)
    yield from another_letter(tried.act.sent, tried.event)
    if register := clerk.office.register:
        person = tried.guardian.name
        yield from of_proofs(register.book, proofs, _issue(clerk, tried), person, tried.event)


def _tried(
    clerk: Clerk, paper: Addressed, values: Mapping[str, Any], files: ProofsGiven
) -> tuple[Attempted, tuple[ProofFile, ...]]:
    whole = with_pictures(values, picture_names(files))
    tried = attempt(clerk.docket, paper, whole, clerk.today)
    if tried.known:
        refuse_other(clerk, tried.known, tried.event)
    raise_errors(only_named(clerk, tried.event, files))
    return tried, read_proofs(files, tried.event, clerk.proofs)


def _record(
    clerk: Clerk, paper: Addressed, values: Mapping[str, Any], files: ProofsGiven
) -> Entered:
    tried, proofs = _tried(clerk, paper, values, files)
    reminders = tuple(_reminders(clerk, tried, proofs))
    book = clerk.book()
    attached = keep_all(book, proofs)
    to = {"guardian": tried.guardian.name}
    told = identity_of(tried.act.document, tried.act.number, to, tried.event)
    key = fresh_key(clerk, key_of_act(SERVED, clerk.matter, told))
    draft = Draft(SERVED, clerk.matter, tried.event.day, _data(clerk, tried), attached, key)
    seq, again = tried.known, bool(tried.known)
    if not again:
        seq, again = append_once(clerk, book, draft)
    if again and attached:
        add_proofs(clerk, book, seq, attached)
    if tried.known:
        left = _left_out(clerk, seq, tried.event)
        tried = as_recorded(clerk.docket, seq, tried, clerk.today)
        reminders = (*reminders, *left)
    return _entered(clerk, seq, tried, again=again, reminders=reminders, book=book)


def _left_out(clerk: Clerk, seq: int, event: Event) -> Iterator[Problem]:
    """Say which keys were told only the second time, and are not recorded by that."""
    known = written_event(kept_attempt(clerk, seq)[1])
    if keys := [key for key in written_event(event) if key not in known]:
        yield problem("SERV016", Place(), seq=seq, keys="、".join(keys))


@dataclass(frozen=True)
class _Mended:
    """A correction as it is judged: what stood there, what is said now."""

    first: Recorded
    was: Event
    tried: Attempted
    proofs: tuple[ProofFile, ...]
    again: bool
    """The last correction said the same."""


def _mended(
    clerk: Clerk, seq: int, values: Mapping[str, Any], reason: str, files: ProofsGiven
) -> _Mended:
    first, event = kept_attempt(clerk, seq)
    refuse_fixed(values)
    refuse_earlier(clerk, first)
    whole = {**still_true(event, values), **values}
    changed = event_of(with_pictures(whole, picture_names(files)))
    raise_errors(only_named(clerk, changed, files, event.media))
    again = changed == event
    if again and not is_corrected(clerk, first.seq, changed, reason):
        raise stop("SERV012", Place(), seq=first.seq)
    docket = without(clerk, first.seq)
    guardian, act = act_of(docket, _addressed(first), changed, clerk.today)
    tried = judge(docket, changed, act, guardian, clerk.today)
    return _Mended(first, event, tried, read_proofs(files, changed, clerk.proofs), again)


def _addressed(first: Recorded) -> Addressed:
    data = first.data
    return Addressed(str(data["document"]), str(data["number"] or ""), str(data["guardian"]))


def preview_correction(
    clerk: Clerk, seq: int, values: Mapping[str, Any], reason: str, files: ProofsGiven
) -> Entered:
    """Tell what a correction would come to, and write nothing; raise what speaks against it."""
    if not reason.strip():
        raise stop("SERV011", Place())
    check_reason(reason, clerk.office.workspace)
    now = _mended(clerk, seq, values, reason.strip(), files)
    event, first = now.tried.event, now.first
    known = (*proofs_of(as_attached_now(clerk.recorded), first.seq, event),)
    done = Entered(
        seq=first.seq,
        attempted=now.tried,
        again=now.again,
        runs=tuple(_runs(now.tried, first.seq, clerk.today)),
        lacking=lacking(event, (*known, *(one.kind for one in now.proofs)), clerk.proofs),
        reminders=tuple(days_of_photographs(now.proofs, event.proof_day)),
    )
    return _with_undone(clerk, done, now)


def _with_undone(clerk: Clerk, done: Entered, now: _Mended) -> Entered:
    if any(_ends(clerk, now.first.seq)):
        return replace(done, runs=())
    return replace(done, **undone(clerk, now.first.data, now.tried.docket, now.was))


def _correct(
    clerk: Clerk, seq: int, values: Mapping[str, Any], reason: str, files: ProofsGiven
) -> Entered:
    now = _mended(clerk, seq, values, reason, files)
    first, tried, proofs, entry = now.first, now.tried, now.proofs, 0
    book, changed = clerk.book(), tried.event
    reminders = (
        *days_of_photographs(proofs, changed.proof_day),
        *of_proofs(book, proofs, _issue(clerk, tried), tried.guardian.name, changed, first.seq),
    )
    attached = keep_all(book, proofs)
    written = {**_data(clerk, tried), "corrects": first.seq, "reason": reason}
    if not now.again:
        told = {"corrects": first.seq, "times": len(corrections_of(clerk, first.seq))}
        key = key_of_act(SERVICE_MENDED, clerk.matter, {**told, "event": written})
        case = clerk.matter
        draft = Draft(SERVICE_MENDED, case, clerk.today, written, attached, key)
        entry = append_once(clerk, book, draft)[0]
    elif attached:
        add_proofs(clerk, book, first.seq, attached)
    done = _entered(clerk, first.seq, tried, again=now.again, reminders=reminders, book=book)
    return _with_undone(clerk, replace(done, corrected=entry), now)


def as_entered(clerk: Clerk, seq: int) -> Entered:
    """Return an attempt as it stands now, with what runs from it."""
    first, event = kept_attempt(clerk, seq)
    docket = clerk.docket
    guardian, act = act_of(docket, _addressed(first), event, clerk.today)
    told = Attempted(event, act, guardian, docket)
    tried = as_recorded(docket, first.seq, told, clerk.today)
    none = Entered(first.seq, tried)
    known = proofs_of(as_attached_now(clerk.recorded), first.seq, tried.event)
    left = lacking(tried.event, known, clerk.proofs)
    return replace(none, runs=tuple(_runs(tried, first.seq, clerk.today)), lacking=left)


def prove(clerk: Clerk, seq: int, files: ProofsGiven) -> Proved:
    """Add proofs to an attempt that was recorded before, whatever is thought of it now."""
    return steadily(clerk, lambda now: _prove(now, seq, files))


def _prove(clerk: Clerk, seq: int, files: ProofsGiven) -> Proved:
    first, event = kept_attempt(clerk, seq)
    if not files:
        kinds = "；".join("或".join(group) for group in lacking(event, (), clerk.proofs)) or "没有"
        raise stop("SERV013", Place(), kinds=kinds)
    proofs = read_proofs(files, event, clerk.proofs)
    book, data = clerk.book(), first.data
    whom = str(data.get("guardian") or data.get("organ") or "")
    reminders = (
        *days_of_photographs(proofs, event.proof_day),
        *of_proofs(book, proofs, data.get("issue"), whom, event, first.seq),
    )
    entry = add_proofs(clerk, book, first.seq, keep_all(book, proofs))
    left = lacking_of(clerk, book, first.seq, event)
    return Proved(first.seq, event, left, reminders, entry)


def without(clerk: Clerk, seq: int) -> Docket:
    """Return the case as if an attempt were not there; nor the end of its paper, if it was
    withdrawn since: what was done before stays as true or wrong as it was.
    """
    entries = entries_of(still_told(clerk.recorded, clerk.case.case), clerk.office.law)
    case = with_school(clerk.case.case, clerk.office.workspace)
    left_out = {seq, *_ends(clerk, seq)}
    rest = (entry for entry in entries if entry.seq not in left_out)
    return docket_of(case, clerk.office.law, clerk.case.source, rest)


def _ends(clerk: Clerk, seq: int) -> Iterator[int]:
    """Yield where the paper of an attempt was withdrawn or voided since."""
    issue = next(one.data.get("issue") for one in clerk.recorded if one.seq == seq)
    for one in clerk.recorded if issue else ():
        if one.kind in (WITHDRAWN, VOIDED) and one.data.get("issue") == issue:
            yield one.seq


def _data(clerk: Clerk, tried: Attempted) -> dict[str, Any]:
    act, to = tried.act, {"guardian": tried.guardian.name}
    return attempt_data(_issue(clerk, tried), act.document, act.number, to, tried.event)


def _issue(clerk: Clerk, tried: Attempted) -> int | None:
    """Find the issue of the paper; one that only the case file tells of has none."""
    number = number_key(tried.act.number)
    for issue in reversed(issues_in(clerk.recorded)):
        own = issue.guardian in ("", tried.guardian.name)
        if issue.document == tried.act.document and own and number_key(issue.number) == number:
            return issue.seq
    return None


def _entered(
    clerk: Clerk,
    seq: int,
    tried: Attempted,
    *,
    again: bool,
    reminders: Problems,
    book: "Book",
) -> Entered:
    return Entered(
        seq=seq,
        attempted=tried,
        again=again,
        runs=tuple(_runs(tried, seq, clerk.today)),
        lacking=lacking_of(clerk, book, seq, tried.event),
        reminders=reminders,
    )


def _runs(tried: Attempted, seq: int, today: date) -> Iterator[Due]:
    """List what is due now and would not be without this service."""
    if tried.service is None:
        return
    entries = tried.docket.entries
    rest = tuple(entry for entry in entries if entry.place != NOW and entry.seq != seq)
    before = replace(tried.docket, entries=rest)
    known = {(due.what, due.by) for due in _dues(before, tried, today)}
    for due in _dues(tried.docket, tried, today):
        if (due.what, due.by) not in known:
            known.add((due.what, due.by))
            yield due


def _dues(docket: Docket, tried: Attempted, today: date) -> Iterator[Due]:
    """List what is due today, and what is on the day from which the service counts, be it over."""
    counts = tried.service.day if tried.service else None
    for day in sorted({max(today, tried.event.day), tried.event.day, counts or today}):
        progress = docket.progress(tried.guardian, day)
        for state in open_states(progress):
            yield from dues_of(docket, progress, state, day)

"""Service on organs: the school, the police, a court, a bureau; whoever a letter is for.

No statute tells how organs bring papers to each other: what is recorded is that one got it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_checks import check_loose_event, earliest_day, is_organisation
from kcbx_docs.case.event_kinds import WRITTEN_DOWN
from kcbx_docs.case.files import LoadedCase
from kcbx_docs.case.model import name_key
from kcbx_docs.case.service_form import Local, lacking
from kcbx_docs.case.service_methods import METHODS, POST
from kcbx_docs.case.usual_words import carrier_said
from kcbx_docs.case.workspace import SCHOOL
from kcbx_docs.issuing.attempt import NOW, Addressed, as_problem, event_of, refuse_fixed, undecided
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
from kcbx_docs.issuing.doubles import of_proofs
from kcbx_docs.issuing.pictures import only_named, picture_names, with_pictures
from kcbx_docs.issuing.proofs import ProofFile, ProofsGiven, days_of_photographs, read_proofs
from kcbx_docs.ledger.model import SERVED, SERVICE_MENDED, Draft, Recorded
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import event_in, issues_in, proofs_of, told_of
from kcbx_docs.office.reason import check_reason
from kcbx_docs.problems import Place, Problem, Problems, UserError, problem, raise_errors, stop
from kcbx_docs.record.agreement import agree, ledger_place, number_key
from kcbx_docs.record.entry import Entry
from kcbx_docs.record.organ_refusals import organ_faults
from kcbx_docs.record.organs import OrganPaper, papers_ever, receipt_clashes
from kcbx_docs.words import did_you_mean

_SIGNS = "签收人"


@dataclass(frozen=True)
class OrganEntered:
    """What was recorded of a service on an organ."""

    seq: int
    organ: str
    paper: OrganPaper
    event: Event
    again: bool = False
    """It was recorded before; nothing was written now, but for further proofs."""
    corrected: int = 0
    """Where the ledger holds the correction, where it is one."""
    lacking: tuple[tuple[str, ...], ...] = ()
    reminders: Problems = ()


def is_organ(clerk: Clerk, name: str) -> bool:
    """Tell whether a name is that of an organ; a letter goes to none but organs."""
    if not isinstance(clerk.loaded, LoadedCase):
        return True
    if clerk.loaded.case.guardian(name):
        return False
    known = chain(organs_known(clerk), *(paper.organs for paper in papers(clerk)))
    return name_key(name) in map(name_key, known) or is_organisation(name)


def organs_known(clerk: Clerk) -> Iterator[str]:
    """Name the organs of the workspace: offices, schools, courts, who reviews."""
    workspace = clerk.office.workspace
    yield from (organ.name for organ in workspace.organs)
    yield from (school.name for school in workspace.schools)
    yield from (court.name for court in workspace.courts)
    if workspace.review:
        yield workspace.review.name


def papers(clerk: Clerk) -> tuple[OrganPaper, ...]:
    """List the papers of a case or a letter with what is known of their way to organs."""
    return tuple(paper for paper in every_paper(clerk) if not paper.gone)


def every_paper(clerk: Clerk) -> tuple[OrganPaper, ...]:
    """List them with those that were withdrawn since: what was done with them stays known."""
    if not isinstance(clerk.loaded, LoadedCase):
        return letter_papers(clerk.recorded, clerk.proofs)
    docket = clerk.docket
    return tuple(papers_ever(docket.entries, docket.law, clerk.today))


def letter_papers(recorded: Sequence[Recorded], local: Local) -> tuple[OrganPaper, ...]:
    """List the official letters that were issued, also withdrawn ones; only the ledger knows."""
    return tuple(_letters(recorded, local))


def _letters(recorded: Sequence[Recorded], local: Local) -> Iterator[OrganPaper]:
    told = told_of(recorded)
    for issue in issues_in(recorded):
        attempts = (one for one in issue.later if one.kind == SERVED and one.seq in told)
        entries = tuple(_entry(one, told[one.seq], recorded, local) for one in attempts)
        yield OrganPaper(
            document=issue.document,
            title=issue.title,
            event=event_in(issue.recorded.data["event"]),
            organs=(*issue.recipients, *issue.copied),
            attempts=entries,
            seq=issue.seq,
            gone=not issue.standing,
            copied=issue.copied,
        )


def _entry(one: Recorded, event: Event, recorded: Sequence[Recorded], local: Local) -> Entry:
    left = lacking(event, proofs_of(recorded, one.seq, event), local, organ=True)
    return Entry(event, ledger_place(one.seq), one.seq, left)


def record_to_organ(
    clerk: Clerk,
    paper: Addressed,
    values: Mapping[str, Any],
    files: ProofsGiven = (),
) -> OrganEntered:
    """Record one attempt to bring a paper to an organ; told again it is answered with the first."""
    return steadily(clerk, lambda now: _record(now, paper, values, files))


def foresee_at_organ(
    clerk: Clerk, paper: Addressed, values: Mapping[str, Any], files: ProofsGiven
) -> Problems:
    """Return what is doubtful of an attempt before it is recorded; raise what speaks against it."""
    return _tried(clerk, _meant(clerk, paper), paper.guardian, values, files)[1]


def preview_at_organ(
    clerk: Clerk,
    named: Addressed,
    values: Mapping[str, Any],
    files: ProofsGiven,
) -> OrganEntered:
    """Tell what an attempt would come to, and write nothing; raise what speaks against it."""
    organ, paper = named.guardian, _meant(clerk, named)
    event, doubts, seq, proofs = _tried(clerk, paper, organ, values, files)
    reminders = (*doubts, *days_of_photographs(proofs, event.proof_day))
    left = lacking(event, [one.kind for one in proofs], clerk.proofs, organ=True)
    return OrganEntered(seq, organ, paper, event, bool(seq), lacking=left, reminders=reminders)


def _tried(
    clerk: Clerk,
    paper: OrganPaper,
    organ: str,
    values: Mapping[str, Any],
    files: ProofsGiven,
) -> tuple[Event, Problems, int, tuple[ProofFile, ...]]:
    refuse_fixed(values)
    told = {"事项": "送达", "文书": paper.title, "文号": paper.number, "对象": organ}
    event = event_of({**with_pictures(values, picture_names(files)), **told})
    raise_errors(only_named(clerk, event, files))
    doubts, seq = _judged(clerk, paper, event, 0)
    if seq:
        refuse_other(clerk, seq, event)
    return event, doubts, seq, read_proofs(files, event, clerk.proofs)


def _record(
    clerk: Clerk, named: Addressed, values: Mapping[str, Any], files: ProofsGiven
) -> OrganEntered:
    organ, paper = named.guardian, _meant(clerk, named)
    event, doubts, seq, proofs = _tried(clerk, paper, organ, values, files)
    book = clerk.book()
    reminders = (
        *doubts,
        *days_of_photographs(proofs, event.proof_day),
        *of_proofs(book, proofs, paper.seq, organ, event),
    )
    attached = keep_all(book, proofs)
    again = bool(seq)
    if not again:
        own = identity_of(paper.document, paper.number, {"organ": organ}, event)
        key = fresh_key(clerk, key_of_act(SERVED, clerk.matter, own))
        data = _data(paper, organ, event)
        draft = Draft(SERVED, clerk.matter, event.day, data, attached, key)
        seq, again = append_once(clerk, book, draft)
    if again and attached:
        add_proofs(clerk, book, seq, attached)
    left = lacking_of(clerk, book, seq, event)
    return OrganEntered(seq, organ, paper, event, again, lacking=left, reminders=reminders)


def correct_to_organ(
    clerk: Clerk,
    seq: int,
    values: Mapping[str, Any],
    reason: str,
    files: ProofsGiven = (),
) -> OrganEntered:
    """Record what an attempt at an organ really was; the first entry stays."""
    if not reason.strip():
        raise stop("SERV011", Place())
    check_reason(reason, clerk.office.workspace)
    return steadily(clerk, lambda now: _correct(now, seq, values, reason, files))


def _correct(
    clerk: Clerk,
    seq: int,
    values: Mapping[str, Any],
    reason: str,
    files: ProofsGiven,
) -> OrganEntered:
    refuse_fixed(values)
    first, event = kept_attempt(clerk, seq)
    refuse_earlier(clerk, first)
    whole = {**still_true(event, values), **values}
    data, changed = first.data, event_of(with_pictures(whole, picture_names(files)))
    raise_errors(only_named(clerk, changed, files, event.media))
    again, entry = changed == event, 0
    if again and not is_corrected(clerk, first.seq, changed, reason):
        raise stop("SERV012", Place(), seq=first.seq)
    paper, organ = _paper_of(clerk, data, changed), str(data["organ"])
    doubts = () if again else _judged(clerk, paper, changed, first.seq)[0]
    book, proofs = clerk.book(), read_proofs(files, changed, clerk.proofs)
    doubts = (*doubts, *of_proofs(book, proofs, paper.seq, organ, changed, first.seq))
    attached = keep_all(book, proofs)
    if again:
        add_proofs(clerk, book, first.seq, attached)
    else:
        written = {**_data(paper, organ, changed), "corrects": first.seq}
        times = len(corrections_of(clerk, first.seq))
        told = {"corrects": first.seq, "times": times, "event": written}
        key = key_of_act(SERVICE_MENDED, clerk.matter, told)
        body = {**written, "reason": reason.strip()}
        draft = Draft(SERVICE_MENDED, clerk.matter, clerk.today, body, attached, key)
        entry = append_once(clerk, book, draft)[0]
    left = lacking_of(clerk, book, first.seq, changed)
    done = OrganEntered(first.seq, organ, paper, changed, again=again, corrected=entry)
    return replace(done, lacking=left, reminders=doubts)


def _paper_of(clerk: Clerk, data: Mapping[str, Any], event: Event) -> OrganPaper:
    named = Addressed(str(data["document"]), str(data["number"] or ""), str(data["organ"]))
    return _chosen(clerk, named, every_paper(clerk))


def _meant(clerk: Clerk, named: Addressed) -> OrganPaper:
    """Find the paper that is brought; one that was withdrawn is brought to nobody."""
    return _chosen(clerk, named, papers(clerk))


def _chosen(clerk: Clerk, named: Addressed, every: Sequence[OrganPaper]) -> OrganPaper:
    """Find the paper that is brought: by its number or name, first of all one that is for the
    organ and did not reach it yet.
    """
    fitting = [paper for paper in every if _is(paper, named)]
    own = [paper for paper in fitting if _is_for(paper, named.guardian)] or fitting
    waiting = [paper for paper in own if not paper.received(named.guardian, clerk.today)]
    found = waiting or own[-1:]
    if not found:
        raise _no_paper(clerk, named, every)
    if len(found) > 1:
        numbers = "、".join(paper.number or f"{paper.day}的" for paper in found)
        facts = {"name": named.guardian, "document": found[0].title, "numbers": numbers}
        raise stop("SERV004", Place(), **facts)
    return found[0]


def _is_for(paper: OrganPaper, organ: str) -> bool:
    return name_key(organ) in map(name_key, paper.organs)


def _no_paper(clerk: Clerk, named: Addressed, every: Sequence[OrganPaper]) -> UserError:
    noted = [one for one in every if _only_noted(one)]
    known = f"制发过的有：{_listed([one for one in every if one not in noted]) or '没有'}。"
    if noted:
        known += f"经过里写了、还没有制发的：{_listed(noted)}。"
    facts = {"organ": named.guardian, "paper": named.number or "文书", "known": known}
    organs = list(organs_known(clerk))
    near = "" if named.guardian in organs else did_you_mean(named.guardian, organs)
    return stop("SERV061", Place(), **facts, advice=near)


def _only_noted(paper: OrganPaper) -> bool:
    """Tell whether the file tells of what happened alone, and not that a paper was made of it."""
    return not paper.seq and not paper.number and paper.event.kind in WRITTEN_DOWN


def _listed(papers: Sequence[OrganPaper]) -> str:
    return "、".join(dict.fromkeys(f"《{paper.title}》{paper.number}" for paper in papers))


def _is(paper: OrganPaper, named: Addressed) -> bool:
    same = not named.number or number_key(paper.number) == number_key(named.number)
    return same and named.document in ("", paper.document)


def _judged(clerk: Clerk, paper: OrganPaper, event: Event, seq: int) -> tuple[Problems, int]:
    """Check an attempt; raise with what is wrong, return what is doubtful, and where the ledger
    tells of it already. ``seq`` is the attempt that is corrected.
    """
    raise_errors((*check_loose_event(event, clerk.today), *_too_early(paper, event)))
    law = clerk.office.law
    judged = [*organ_faults(event, event.targets[0])]
    found = [as_problem(one, law, event, None) for one in judged]
    raise_errors(undecided(found))
    known = _agreed(clerk, paper, event, seq)
    return (*found, *_doubts(clerk, paper, event)), known


def _too_early(paper: OrganPaper, event: Event) -> Iterator[Problem]:
    key, first = earliest_day(event)
    if first < paper.day:
        facts = {"document": paper.title, "key": key, "day": first, "other": paper.day}
        yield problem("CASE060", Place(), **facts)


def _agreed(clerk: Clerk, paper: OrganPaper, event: Event, seq: int) -> int:
    """Compare an attempt with what file and ledger tell; return where the ledger tells it."""
    if not isinstance(clerk.loaded, LoadedCase):
        return _agreed_letter(paper, event, seq)
    docket = clerk.docket
    rest = tuple(entry for entry in docket.entries if not seq or entry.seq != seq)
    entries, clashes = agree(rest, (Entry(event, NOW),), docket.case, docket.law)
    raise_errors((*clashes, *receipt_clashes(_as_kept(entries), docket.law)))
    kept = {entry.seq for entry in entries}
    return next((entry.seq for entry in rest if entry.seq not in kept), 0)


def _as_kept(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return entries as if what is told now were in the ledger already."""
    return tuple(replace(one, seq=one.seq or -1) if one.place == NOW else one for one in entries)


def _agreed_letter(paper: OrganPaper, event: Event, seq: int) -> int:
    for one in paper.tried(event.targets[0]):
        if one.seq == seq or one.event.outcome != event.outcome or not event.is_service:
            continue
        if one.event.proof_day == event.proof_day and one.event.method == event.method:
            return one.seq
        facts = {"document": paper.title, "kind": event.kind, "seq": one.seq, "key": "日期"}
        days = {"typed": one.event.proof_day, "recorded": event.proof_day}
        raise stop("SERV005", Place(), **facts, **days)
    return 0


def _doubts(clerk: Clerk, paper: OrganPaper, event: Event) -> Iterator[Problem]:
    organ, method = event.targets[0], METHODS.get(event.method)
    if paper.organs and not _is_for(paper, organ):
        facts = {"document": paper.title, "organ": organ, "organs": "、".join(paper.organs)}
        yield problem("SERV063", Place(), **facts, advice=did_you_mean(organ, paper.organs))
    taken = event.is_service and not (event.refusal or event.refused_by)
    if taken and method and method.signed and not event.signer:
        yield problem("SERV064", Place(), organ=organ, document=paper.title)
    carrier = event.carrier_kind or carrier_said(event)
    card = clerk.office.law.card(paper.document)
    if carrier and carrier != POST and not (card and SCHOOL in card.issuers):
        told = {"document": paper.title, "carrier": event.carrier or carrier, "name": organ}
        yield problem("PROC117", Place(), **told)


def _data(paper: OrganPaper, organ: str, event: Event) -> dict[str, Any]:
    to = {"guardian": "", "organ": organ}
    return attempt_data(paper.seq or None, paper.document, paper.number, to, event)

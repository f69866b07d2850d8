"""The register of service: every attempt of a case with what it came to and what is lacking."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_checks import is_organisation
from kcbx_docs.case.model import Guardian, name_key
from kcbx_docs.case.service_methods import FAILED, SENT
from kcbx_docs.issuing.plan import Waiting, plan, waits
from kcbx_docs.ledger.model import Recorded
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import letter_name
from kcbx_docs.office.detached import told_of_detached
from kcbx_docs.record.acts import Act, concerning, withdrawn_acts
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.entry import Entry
from kcbx_docs.record.organ_refusals import organ_faults, reached
from kcbx_docs.record.organs import OrganPaper, papers_ever
from kcbx_docs.record.progress import Progress
from kcbx_docs.record.service import Service

WAITS, NOTICED, VOID, DOUBTED = "待送达", "公告中", "不能算送达", "有疑问"
HEARD, GONE, UNKNOWN = "在途，已有结果", "文书已撤回", "案件文件里没有这个人"


@dataclass(frozen=True)
class ServiceLine:
    """One attempt, or a paper that nobody tried to serve."""

    case: str
    title: str
    number: str
    guardian: str
    state: str
    event: Event | None = None
    seq: int = 0
    counts: date | None = None
    """The day from which it counts as served."""
    note: str = ""
    lacking: tuple[tuple[str, ...], ...] = ()
    """Proofs that are still to be brought."""
    overdue: bool = False

    @property
    def day(self) -> date | None:
        """Return the day of the attempt."""
        return self.event.day if self.event else None


def service_lines(docket: Docket, day: date) -> tuple[ServiceLine, ...]:
    """List the attempts to serve the papers of a case, person by person, and what waits."""
    found: list[ServiceLine] = []
    waiting = {id(one.act): one for one in plan(docket, day)}
    for guardian in docket.case.guardians:
        progress = docket.progress(guardian, day)
        for act in chain.from_iterable(progress.papers.values()):
            found += _of_act(docket, progress, act, waiting.get(id(act)))
        found += _heard(docket, guardian, {id(line.event) for line in found}, day)
    found += _strangers(docket, {id(line.event) for line in found}, day)
    return tuple(sorted(found, key=lambda line: (str(line.day or ""), line.number, line.guardian)))


def _of_act(
    docket: Docket,
    progress: Progress,
    act: Act,
    waiting: Waiting | None,
) -> Iterator[ServiceLine]:
    late = waiting is not None and waiting.overdue(progress.day)
    entries = {id(entry.event): entry for entry in docket.entries}
    told = {id(one.event): one for one in act.services}
    attempts = [*act.failures, *act.sent, *(one.event for one in act.services)]
    for event in sorted(attempts, key=lambda event: event.moment):
        entry = entries.get(id(event), Entry(event, docket.place(event)))
        service = told.get(id(event))
        yield ServiceLine(
            case=docket.case.id,
            title=docket.law.title(act.document),
            number=act.number,
            guardian=progress.guardian.name,
            state=_state(event, service, progress.day),
            event=event,
            seq=entry.seq,
            counts=service.day if service and service.valid else None,
            note=_note(act, event, service),
            lacking=entry.lacking,
            overdue=late,
        )
    if not attempts and waits(docket, act, progress.day):
        yield ServiceLine(
            case=docket.case.id,
            title=docket.law.title(act.document),
            number=act.number,
            guardian=progress.guardian.name,
            state=WAITS,
            note=waiting.wait if waiting else "",
            overdue=late,
        )


def _note(act: Act, event: Event, service: Service | None) -> str:
    first = act.counted_before(service) if service and service.valid else None
    again = f"{first}已经送达，这一次不另外起算" if first else ""
    return "；".join(filter(None, (event.reason or event.refusal, again)))


def _heard(
    docket: Docket, guardian: Guardian, listed: set[int], day: date
) -> Iterator[ServiceLine]:
    """List the letters of which the end was recorded later, and attempts to serve papers that
    were withdrawn since: what was done stays in the register.
    """
    gone = _gone(docket, guardian, day)
    for entry in docket.entries:
        event = entry.event
        own = event.kind == "送达" and guardian.name in event.targets
        if own and event.day <= day and id(event) not in listed:
            yield ServiceLine(
                case=docket.case.id,
                title=docket.law.title(docket.law.document(event.document)) or event.document,
                number=event.number,
                guardian=guardian.name,
                state=HEARD if event.in_transit else gone.get(id(event), _of_gone(event)),
                note=event.reason or event.refusal,
                event=event,
                seq=entry.seq,
            )


def _gone(docket: Docket, guardian: Guardian, day: date) -> dict[int, str]:
    """Tell how each service of a withdrawn paper stood on the day when that was withdrawn."""
    events = concerning(docket.happened(day), guardian)
    acts = withdrawn_acts(events, docket.case, guardian, docket.law)
    found: dict[int, str] = {}
    for act in acts:
        for one in act.services:
            found[id(one.event)] = f"{_state(one.event, one, act.withdrawn or day)}（{GONE}）"
    return found


def _of_gone(event: Event) -> str:
    return f"{event.outcome}（{GONE}）"


def _at_organs(docket: Docket) -> Iterator[int]:
    """Yield which attempts were at organs; those are listed apart."""
    for paper in papers_ever(docket.entries, docket.law, date.max):
        for entry in paper.attempts:
            if _of_organ(entry.event, paper):
                yield id(entry.event)


def _strangers(docket: Docket, listed: set[int], day: date) -> Iterator[ServiceLine]:
    """List the attempts of the ledger at people whom the case file does not name any more."""
    organs = set(_at_organs(docket))
    known = {name_key(guardian.name) for guardian in docket.case.guardians}
    for entry in docket.entries:
        event = entry.event
        whom = known.intersection(map(name_key, event.targets))
        later = event.day > day
        if event.kind != "送达" or not entry.seq or id(event) in organs | listed or whom or later:
            continue
        yield ServiceLine(
            case=docket.case.id,
            title=docket.law.title(docket.law.document(event.document)) or event.document,
            number=event.number,
            guardian="、".join(event.targets),
            state=f"{event.outcome}（{UNKNOWN}）",
            event=event,
            seq=entry.seq,
            note=event.reason or event.refusal,
            lacking=entry.lacking,
        )


def _state(event: Event, service: Service | None, day: date) -> str:
    if service is None:
        return SENT if event.in_transit else FAILED
    if not service.valid:
        return VOID
    if service.day and service.day > day:
        return NOTICED
    return f"{event.outcome}（{DOUBTED}）" if service.doubts else event.outcome


def organ_lines(papers: Sequence[OrganPaper], matter: str, day: date) -> tuple[ServiceLine, ...]:
    """List the attempts to bring papers to organs, and the papers of the ledger that none got."""
    letter = letter_name(matter)
    return tuple(_organ_lines(papers, letter or matter, day, letter=bool(letter)))


def _organ_lines(
    papers: Sequence[OrganPaper], matter: str, day: date, *, letter: bool
) -> Iterator[ServiceLine]:
    for paper in papers:
        stands = bool(paper.seq) and not paper.gone
        waiting = [organ for organ in paper.organs if stands and not paper.tried(organ)]
        for organ in waiting:
            if paper.received(organ, day) is None:
                yield ServiceLine(matter, paper.title, paper.number, organ, WAITS)
        for entry in paper.attempts:
            if entry.event.day <= day and (letter or _of_organ(entry.event, paper)):
                yield _of_attempt(paper, entry, matter, day)


def _of_organ(event: Event, paper: OrganPaper) -> bool:
    """Tell whether an attempt was at an organ: the paper is for it, or it is called like one."""
    known = set(map(name_key, paper.organs))
    return any(name_key(name) in known or is_organisation(name) for name in event.targets)


def _of_attempt(paper: OrganPaper, entry: Entry, matter: str, day: date) -> ServiceLine:
    event = entry.event
    sent = HEARD if any(paper.received(name, day) for name in event.targets) else SENT
    there = _got(event)
    return ServiceLine(
        case=matter,
        title=paper.title,
        number=paper.number,
        guardian="、".join(event.targets),
        state=_of_gone(event) if paper.gone else sent if event.in_transit else there,
        event=event,
        seq=entry.seq,
        counts=event.proof_day if event.is_service and there != VOID else None,
        note=event.reason or event.refusal,
        lacking=entry.lacking,
    )


def with_detached(
    lines: Sequence[ServiceLine], recorded: Sequence[Recorded]
) -> Iterator[ServiceLine]:
    """Say on each line which of its proofs were taken off, and why."""
    for line in lines:
        told = (line.note, *(told_of_detached(recorded, line.seq) if line.seq else ()))
        yield replace(line, note="；".join(filter(None, told)))


def _got(event: Event) -> str:
    """Tell what came of an attempt at an organ: refused by nobody who may, it did not reach it."""
    if not event.is_service:
        return event.outcome
    if not any(reached(event, name) for name in event.targets):
        return VOID
    doubted = any(any(organ_faults(event, name)) for name in event.targets)
    return f"{event.outcome}（{DOUBTED}）" if doubted else event.outcome

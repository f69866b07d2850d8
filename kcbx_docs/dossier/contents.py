"""What belongs into the dossier of a case, in the order of its pack; and what is still missing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from pathlib import PurePath

from kcbx_docs.case.event import Event
from kcbx_docs.case.service_methods import METHODS
from kcbx_docs.dossier.lacks import Lacks
from kcbx_docs.dossier.pieces import SIGNED, Item
from kcbx_docs.ledger.model import (
    PROVED,
    SEALED,
    SERVED,
    SERVICE_MENDED,
    VOIDED,
    WITHDRAWN,
    Attached,
    Recorded,
)
from kcbx_docs.light import dataclass
from kcbx_docs.office.book import Issue, issues_in, told_of
from kcbx_docs.office.detached import told_of_detached
from kcbx_docs.packs.library import Library
from kcbx_docs.papers.dossier_facts import DossierLack
from kcbx_docs.record.docket import Docket

BY_TIME, DECISION_FIRST = "时间先后", "决定在前"
ORDERS = (BY_TIME, DECISION_FIRST)
MAIN, SIDE = "正卷", "副卷"
_SERVED, _EVIDENCE, _REST = "送达的文书", "证据", "其他"
"""Places in a pack's order for what it does not name."""

_SHOWN = (*SIGNED, "pdf", "docx")
"""Of an issued paper the sealed scan is bound, else its PDF, else whatever was issued."""

Lacking = Mapping[int, tuple[tuple[str, ...], ...]]
"""By the place of an attempt in the ledger the groups of proofs of which none was brought."""


@dataclass(frozen=True)
class Volume:
    """One volume: all, or the main one and the one of the office's own papers."""

    name: str
    pieces: tuple[Item, ...]


@dataclass(frozen=True)
class Contents:
    """The volumes of a dossier, and what they lack."""

    volumes: tuple[Volume, ...]
    lacks: tuple[DossierLack, ...] = field(default=())


def contents_of(
    docket: Docket,
    events: Sequence[Recorded],
    library: Library,
    day: date,
    order: str = "",
    path: str = "",
) -> Contents:
    """List what the ledger and the case file hold of a case by the end of a day; ``path`` is the
    case file as the workspace calls it.
    """
    known = [one for one in events if one.day <= day]
    lacking = {entry.seq: entry.lacking for entry in docket.entries if entry.seq}
    papers = [_paper(issue, known, lacking) for issue in issues_in(known)]
    proofs = [*_evidence(docket), *_recorded(docket, day)]
    chosen = order or str(library.place_facts().get("案卷次序") or BY_TIME)
    if chosen == DECISION_FIRST:
        volumes = _in_two(papers, proofs, docket, library)
    else:
        volumes = (Volume("", tuple(sorted((*papers, *proofs), key=_by_time(docket, library)))),)
    missing = Lacks(docket, library, path)
    lacks = (
        *missing.of_papers(papers),
        *missing.only_told(known, day),
        *missing.of_evidence(proofs),
    )
    return Contents(tuple(one for one in volumes if one.pieces), tuple(dict.fromkeys(lacks)))


def _paper(issue: Issue, events: Sequence[Recorded], lacking: Lacking) -> Item:
    """Return an issued paper with everything that is recorded of its service."""
    ended = [one.kind for one in issue.later if one.kind in (WITHDRAWN, VOIDED)]
    later = (*_attached(issue.later, SEALED), *_attached(issue.renditions, PROVED))
    files = (*issue.recorded.attached, *later)
    return Item(
        title=issue.title,
        organ=str(issue.recorded.data.get("issuer") or ""),
        number=issue.number,
        day=issue.recorded.day,
        whom=issue.guardian,
        document=issue.document,
        kept=_shown(files),
        note="；".join((*(f"已{kind}" for kind in ended), *told_of_detached(events, issue.seq))),
        ended=bool(ended),
        seq=issue.seq,
        below=tuple(_receipts(issue, events, lacking)),
    )


def _attached(events: Sequence[Recorded], kind: str) -> Iterator[Attached]:
    for one in events:
        if one.kind == kind:
            yield from one.attached


def _shown(files: Sequence[Attached]) -> tuple[Attached, ...]:
    """Choose the file of a paper that is bound: the latest of the best kind."""
    for role in _SHOWN:
        fitting = [one for one in files if one.role == role]
        if fitting:
            return (fitting[-1],)
    return tuple(files)


def _receipts(issue: Issue, events: Sequence[Recorded], lacking: Lacking) -> Iterator[Item]:
    """Yield the attempts to serve a paper, each with its proofs, those that came later as well."""
    told = told_of(events)
    ends = {event.mail_number for event in told.values() if not event.in_transit} - {""}
    for one in issue.later:
        event = told.get(one.seq)
        if one.kind != SERVED or event is None:
            continue
        later = [other for other in events if one.seq in _about(other)]
        proofs = (*one.attached, *_attached(later, SERVICE_MENDED), *_attached(later, PROVED))
        heard = event.in_transit and event.mail_number in ends
        if heard and not proofs:
            continue  # its slip is kept with what came of it
        whom = str(one.data.get("guardian") or one.data.get("organ") or "")
        yield Item(
            title=_of_service(event),
            organ=str(issue.recorded.data.get("issuer") or ""),
            day=event.day,
            whom=whom,
            kept=proofs,
            note="；".join(told_of_detached(events, one.seq)),
            ended=heard,
            seq=one.seq,
            lacking=lacking.get(one.seq, ()),
        )


def _about(one: Recorded) -> tuple[object, object]:
    """Return of which attempt an event tells more."""
    return one.data.get("proves"), one.data.get("corrects")


def _of_service(event: Event) -> str:
    """Name what proves an attempt: a receipt is signed where the paper was handed over."""
    if event.in_transit:
        return "交寄凭证"
    served = "" if event.is_service else "（未送达）"
    method = METHODS.get(event.method)
    if method and not method.in_person:
        return f"{event.method}送达凭证{served}"
    return f"送达情况记录{served}" if served else "送达回证"


def _evidence(docket: Docket) -> Iterator[Item]:
    for one in docket.case.evidence:
        whom = "、".join(one.about)
        yield Item(one.name, one.source, day=one.day, whom=whom, file=one.file)


def _recorded(docket: Docket, day: date) -> Iterator[Item]:
    """Yield the scans that events of the case file name."""
    for event in docket.happened(day):
        for name in event.files:
            title = f"{event.kind}（{PurePath(name).stem}）"
            yield Item(title, day=event.day, whom="、".join(event.targets), file=name)


def _by_time(docket: Docket, library: Library) -> Callable[[Item], tuple[object, ...]]:
    people = {guardian.name: turn for turn, guardian in enumerate(docket.case.guardians)}
    ranks = {name: library.card(name).order for name in library.ids}

    def key(piece: Item) -> tuple[object, ...]:
        return (
            piece.day or date.max,
            ranks.get(piece.document, 0),
            people.get(piece.whom, 9),
            piece.title,
        )

    return key


def _in_two(
    papers: Sequence[Item], proofs: Sequence[Item], docket: Docket, library: Library
) -> tuple[Volume, ...]:
    """Put the decision first and the office's own papers into a volume of their own."""
    values = library.place_facts()
    main, side = _named(values, "案卷正卷"), _named(values, "案卷副卷")
    own = [piece for piece in papers if piece.document in side]
    rest = [piece for piece in papers if piece.document not in side]

    def place(piece: Item) -> int:
        if piece.document in main:
            return main.index(piece.document)
        word = _EVIDENCE
        if piece.document:
            word = _SERVED if library.card(piece.document).served else _REST
        return main.index(word) if word in main else len(main)

    by_time = _by_time(docket, library)
    people = {guardian.name: turn for turn, guardian in enumerate(docket.case.guardians)}
    first = sorted(
        (*rest, *proofs),
        key=lambda one: (place(one), people.get(one.whom, len(people)), by_time(one)),
    )
    last = sorted(own, key=lambda one: (side.index(one.document), by_time(one)))
    return Volume(MAIN, tuple(first)), Volume(SIDE, tuple(last))


def _named(values: Mapping[str, object], key: str) -> list[str]:
    listed = values.get(key)
    return [str(word) for word in listed] if isinstance(listed, list | tuple) else []

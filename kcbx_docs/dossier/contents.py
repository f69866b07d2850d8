"""What belongs into the dossier of a case, in the order of its pack; and what is still missing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import name_key
from kcbx_docs.case.service_methods import METHODS
from kcbx_docs.ledger.model import PROVED, SEALED, SERVED, VOIDED, WITHDRAWN, Attached, Recorded
from kcbx_docs.office.book import Issue, issues_in, told_of
from kcbx_docs.packs.library import Library
from kcbx_docs.papers.dossier_facts import DossierLack
from kcbx_docs.papers.issued import SCAN
from kcbx_docs.record.acts import Act
from kcbx_docs.record.agreement import number_key
from kcbx_docs.record.docket import Docket

BY_TIME, DECISION_FIRST = "时间先后", "决定在前"
ORDERS = (BY_TIME, DECISION_FIRST)
MAIN, SIDE = "正卷", "副卷"
_SERVED, _EVIDENCE, _REST = "送达的文书", "证据", "其他"
"""Places in a pack's order for what it does not name."""

_SIGNED = ("盖章件", SCAN)
"""What shows a paper as it was signed: a scan that was added, or the one that was brought in."""
_SHOWN = (*_SIGNED, "pdf", "docx")
"""Of an issued paper the sealed scan is bound, else its PDF, else whatever was issued."""


@dataclass(frozen=True)
class Item:
    """One line of the contents with the files that are bound for it."""

    title: str
    organ: str = ""
    number: str = ""
    day: date | None = None
    whom: str = ""
    document: str = ""
    """The id of a paper; nothing for evidence."""
    kept: tuple[Attached, ...] = ()
    """Files of the ledger."""
    file: str = ""
    """A file of the workspace."""
    note: str = ""
    below: tuple["Item", ...] = ()
    """Its receipts and what proves them."""

    @property
    def name(self) -> str:
        """Return how messages call it."""
        told = "，".join(filter(None, (self.whom, self.number, str(self.day or ""))))
        return f"《{self.title}》（{told}）" if told else f"《{self.title}》"


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
    docket: Docket, events: Sequence[Recorded], library: Library, day: date, order: str = ""
) -> Contents:
    """List what the ledger and the case file hold of a case by the end of a day."""
    known = [one for one in events if one.day <= day]
    papers = [_paper(issue, known) for issue in issues_in(known)]
    proofs = [*_evidence(docket), *_recorded(docket, day)]
    chosen = order or str(library.place_facts().get("案卷次序") or BY_TIME)
    if chosen == DECISION_FIRST:
        volumes = _in_two(papers, proofs, docket, library)
    else:
        volumes = (Volume("", tuple(sorted((*papers, *proofs), key=_by_time(docket, library)))),)
    lacks = (*_unbound(papers, library), *_only_told(docket, known, day), *_no_file(proofs))
    return Contents(tuple(one for one in volumes if one.pieces), tuple(dict.fromkeys(lacks)))


def _paper(issue: Issue, events: Sequence[Recorded]) -> Item:
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
        note="、".join(f"已{kind}" for kind in ended),
        below=tuple(_receipts(issue, events)),
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


def _receipts(issue: Issue, events: Sequence[Recorded]) -> Iterator[Item]:
    """Yield the attempts to serve a paper, each with its proofs, those that came later as well."""
    told = told_of(events)
    for one in issue.later:
        event = told.get(one.seq)
        if one.kind != SERVED or event is None:
            continue
        later = [other for other in events if other.data.get("proves") == one.seq]
        proofs = (*one.attached, *_attached(later, PROVED))
        whom = str(one.data.get("guardian") or one.data.get("organ") or "")
        yield Item(
            title=_of_service(event),
            organ=str(issue.recorded.data.get("issuer") or ""),
            day=event.day,
            whom=whom,
            kept=proofs,
        )


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


def _unbound(papers: Sequence[Item], library: Library) -> Iterator[DossierLack]:
    """Say of issued papers what does not prove them: no seal, no service, no receipt."""
    for piece in papers:
        if piece.note:
            continue
        if not any(one.role in _SIGNED for one in piece.kept):
            yield DossierLack(
                缺什么=f"{piece.name}没有盖章件", 怎样补="用 kcbx paper seal 存盖章的扫描件"
            )
        if library.card(piece.document).served and not piece.below:
            yield DossierLack(
                缺什么=f"{piece.name}没有送达记录", 怎样补="用 kcbx service record 记下"
            )
        for receipt in piece.below:
            if not receipt.kept:
                what = f"{piece.name}{receipt.day}的{receipt.title}没有扫描件"
                yield DossierLack(缺什么=what, 怎样补="用 kcbx service proof 补上")


def _only_told(docket: Docket, events: Sequence[Recorded], day: date) -> Iterator[DossierLack]:
    """Say of papers that only the case file tells: what left the house lies nowhere."""
    issues = issues_in(events)
    for person in docket.case.guardians:
        for document, acts in docket.progress(person, day).papers.items():
            for act in acts:
                if act.implied or any(_is(issue, act, person.name) for issue in issues):
                    continue
                name = f"《{docket.law.title(document)}》（{act.number or act.day}）"
                yield DossierLack(
                    缺什么=f"{name}只写在案件文件里，没有原件",
                    怎样补="用 kcbx issue --existing 扫描件 补录",
                )


def _is(issue: Issue, act: Act, name: str) -> bool:
    """Tell whether an issue is what the record tells of: by its number, else by its day."""
    if issue.document != act.document or number_key(issue.number) != number_key(act.number):
        return False
    if act.number:
        return not issue.guardian or name_key(issue.guardian) == name_key(name)
    return issue.recorded.day == act.day


def _no_file(proofs: Sequence[Item]) -> Iterator[DossierLack]:
    for piece in proofs:
        if not piece.file:
            yield DossierLack(缺什么=f"证据{piece.name}没有电子文件", 怎样补="放入原件或者复印件")

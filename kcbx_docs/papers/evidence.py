"""The evidence of a paper: what the case names and what the history left behind,
as far as it existed on the day of the paper and concerns its addressee.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kcbx_docs.case.event import Event
from kcbx_docs.case.event_kinds import EVENT_FIELDS, Addressee
from kcbx_docs.case.model import Case, Evidence, Guardian, name_key
from kcbx_docs.case.sightings import saw_absence
from kcbx_docs.light import dataclass
from kcbx_docs.packs.proofs import Proof, proof_sentence
from kcbx_docs.papers.evidence_facts import EvidenceKind, EvidenceLine
from kcbx_docs.procedure.issuers import issuer_of
from kcbx_docs.record.acts import Act
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.jurisdiction import Jurisdiction
from kcbx_docs.record.progress import Progress, acts_in_order
from kcbx_docs.record.states import in_arrears
from kcbx_docs.words import day_in_words


@dataclass(frozen=True)
class _Found:
    """One piece that the history left behind."""

    name: str
    kind: EvidenceKind
    day: date
    proves: str | None
    fact: bool
    source: str | None = None
    about: tuple[str, ...] = ()
    event: str | None = None


TO_ANYBODY: tuple[Addressee, ...] = ("不限",)
"""Whoever is heard may tell of anybody."""
SAID_BY_ANYBODY: tuple[Addressee, ...] = ("不限", "相关人")
"""In a suit what somebody said on a visit or the telephone may prove the case as well."""


def evidence_lines(
    docket: Docket, day: date, *names: str, open_to: Sequence[Addressee] = TO_ANYBODY
) -> tuple[EvidenceLine, ...]:
    """List evidence for some guardians, or for all of them: first as the case names it,
    then records and papers by day; nothing twice.
    """
    named = evidence_for(docket.case, day, *names)
    found = sorted(_from_history(docket, day, names, open_to), key=lambda piece: piece.day)
    fresh = [_line(piece) for piece in found if not _named(piece.name, named)]
    start = docket.attendance(day).round_start
    lines = [*(_written(piece, start) for piece in named), *fresh]
    return tuple(line.model_copy(update={"number": n}) for n, line in enumerate(lines, 1))


def whom_it_is_for(docket: Docket, day: date, name: str = "") -> tuple[str, ...]:
    """Name the guardians against whom a paper's evidence is listed: whose paper it is; for one of
    the whole case those whom the fine has come to, at the furthest stage; nobody: all.
    """
    if name:
        return (name,)
    told = [docket.progress(guardian, day) for guardian in docket.case.guardians]
    furthest = max(map(_stage, told), default=0)
    return tuple(p.guardian.name for p in told if furthest and _stage(p) == furthest)


def _stage(p: Progress) -> int:
    """Tell how far a fine has come: filed, decided, demanded, before the court."""
    e = p.enforcement
    if e is None:
        return int(bool(p.filing or p.notice) and not p.no_penalty)
    return 4 if e.application else 3 if e.demand else 2


def evidence_for(case: Case, day: date, *names: str) -> tuple[Evidence, ...]:
    """List the named evidence that existed on a day and does not concern others alone."""
    return tuple(
        piece
        for piece in case.evidence
        if (piece.day is None or piece.day <= day) and _is_about(piece.about, names)
    )


def _is_about(people: Sequence[str], names: Sequence[str]) -> bool:
    """Tell whether something that concerns some people, or everybody, concerns one of those
    named; where nobody is named, everything does.
    """
    named = {name_key(name) for name in names if name}
    return not people or not named or bool(named & set(map(name_key, people)))


def _written(e: Evidence, start: date | None) -> EvidenceLine:
    earlier = e.day is not None and start is not None and e.day < start
    return EvidenceLine(
        序号=0,
        名称=e.name,
        来源=e.source or None,
        证明对象=e.proves or None,
        形式=e.form or None,
        日期=e.day,
        页码=e.pages or None,
        份数=e.copies or None,
        种类="案件",
        失学事实=not earlier,
        涉及=e.about,
    )


def _line(piece: _Found) -> EvidenceLine:
    return EvidenceLine(
        序号=0,
        名称=piece.name,
        来源=piece.source,
        证明对象=piece.proves,
        日期=piece.day,
        种类=piece.kind,
        事项=piece.event,
        失学事实=piece.fact,
        涉及=piece.about,
    )


def _named(name: str, evidence: Sequence[Evidence]) -> bool:
    """A record that the case names itself, alone or as one of several, is not listed again."""
    bare = name.split("（", maxsplit=1)[0].strip("《》")
    return any(bare in e.name for e in evidence)


def _from_history(
    docket: Docket, day: date, names: Sequence[str], open_to: Sequence[Addressee]
) -> Iterator[_Found]:
    """List what the history proves: records by their events, served papers with their receipts.

    What an earlier dropout left proves nothing of this one, and is listed only where a fine of
    that time is still open.
    """
    records = dict(_records(docket.law))
    attendance = docket.attendance(day)
    arrears = _arrears(docket, day, names)
    for event in docket.happened(day):
        now = event.day >= (attendance.round_start or event.day)
        to_come = event.certified is not None and event.certified > day
        if event.kind not in records or to_come or not (now or arrears):
            continue
        proof, fact = records[event.kind]
        if _concerns(event, names, open_to):
            yield _record(event, proof, docket, fact and now)
        elif event.day == attendance.seen and saw_absence(event):
            yield _sighting(event, proof, docket)
    yield from _papers(docket, day, names)


def _arrears(docket: Docket, day: date, names: Sequence[str]) -> bool:
    """Tell whether somebody still owes a fine of an earlier dropout."""
    people = [one for one in docket.case.guardians if _is_about((one.name,), names)]
    return any(in_arrears(docket.progress(person, day)) for person in people)


def _concerns(event: Event, names: Sequence[str], open_to: Sequence[Addressee]) -> bool:
    """Tell whether a record concerns somebody: by its kind anybody, else those whom it names."""
    return EVENT_FIELDS[event.kind].addressee in open_to or _is_about(event.targets, names)


def _records(law: Jurisdiction) -> Iterator[tuple[str, tuple[Proof, bool]]]:
    """Yield what each kind of event leaves behind, and whether it proves the absence:
    its document, or what its step says it leaves.
    """
    for step in law.procedure.steps.values():
        if step.event and step.proof:
            yield step.event, (step.proof, False)
    for document, card in law.cards.items():
        if card.event and card.proves and not card.served:
            name = card.proof_name or law.title(document)
            yield card.event, (Proof(名称=name, 证明对象=card.proves), card.fact)


def _record(event: Event, proof: Proof, docket: Docket, fact: bool) -> _Found:
    people = "、".join(event.targets or (g.name for g in docket.addressees(event)))
    values = {
        "日期": day_in_words(event.day),
        "对象": people,
        "学生": docket.case.pupil.name,
        "结果": event.result.rstrip("。"),
        "金额": f"{event.amount:f}" if event.amount else "",
        "文号": event.number,
    }
    return _Found(
        name=f"{proof.name}（{day_in_words(event.certified or event.day)}）",
        kind="记录",
        day=event.certified or event.day,
        proves=proof_sentence(proof.proves, event.attended or event.result, values),
        fact=fact,
        source=event.recorder or "、".join(event.handlers) or _maker(docket, event),
        about=event.targets,
        event=event.kind,
    )


def _sighting(event: Event, proof: Proof, docket: Docket) -> _Found:
    """Tell the record of a talk with somebody else by which the absence was last known:
    a paper that says until when the child was away rests on it.
    """
    day, child = day_in_words(event.day), docket.case.pupil.name
    record = _record(event, proof, docket, fact=True)
    return replace(record, proves=f"{day}，{child}没有到校", about=())


def _maker(docket: Docket, event: Event) -> str | None:
    """Name the office that makes the paper of an event of which nobody is named."""
    for document, card in docket.law.cards.items():
        if card.event == event.kind:
            organ = issuer_of(docket, document, event.day).organ
            return organ.name if organ else None
    return None


def _papers(docket: Docket, day: date, names: Sequence[str]) -> Iterator[_Found]:
    """Yield served papers, one that went to several guardians once, and each receipt."""
    went: dict[tuple[str, str, date], list[tuple[Act, Progress]]] = {}
    for guardian in docket.case.guardians:
        if _is_about((guardian.name,), names):
            progress = docket.progress(guardian, day)
            every = acts_in_order(progress, earlier=in_arrears(progress))
            for act in filter(lambda act: _proves(act, day, docket.law), every):
                went.setdefault((act.document, act.number, act.day), []).append((act, progress))
    receipts: list[_Found] = []
    for made in went.values():
        paper = _paper(made, docket)
        yield paper
        for act, progress in made:
            receipts += _receipt(act, progress.guardian, day, docket.law, fact=paper.fact)
    yield from receipts


def _proves(act: Act, day: date, law: Jurisdiction) -> bool:
    """Tell whether a paper is evidence: of one that was only sent the file says neither day
    nor number.
    """
    card = law.card(act.document)
    known = not act.implied or act.served(day) is not None
    return bool(card and card.served and card.proves and known)


def _paper(made: Sequence[tuple[Act, Progress]], docket: Docket) -> _Found:
    act, progress = made[0]
    people = tuple(each.guardian.name for _, each in made)
    card, title = docket.law.cards[act.document], docket.law.title(act.document)
    number = f"（{act.number}）" if act.number else ""
    values: Mapping[str, str] = {
        "日期": day_in_words(act.day),
        "对象": "、".join(people),
        "学生": docket.case.pupil.name,
        "金额": f"{act.amount:f}" if act.amount else "",
        "文号": act.number,
    }
    current = progress.order.act if progress.order else None
    organ = issuer_of(docket, act.document, act.day, people[0]).organ
    return _Found(
        name=f"《{title}》{number}",
        kind="文书",
        day=act.day,
        proves=proof_sentence(card.proves, "", values),
        fact=card.fact and act == current,
        source=organ.name if organ else None,
        about=people,
    )


def _receipt(
    act: Act, guardian: Guardian, day: date, law: Jurisdiction, *, fact: bool
) -> Iterator[_Found]:
    served = act.served(day)
    if served and act.service:
        title, who = law.title(act.document), guardian.name
        yield _Found(
            name=f"《{title}》送达回证（{who}）",
            kind="送达回证",
            day=served,
            proves=f"《{title}》已于{day_in_words(served)}送达{who}",
            fact=fact,
            source="、".join(act.service.event.handlers) or None,
            about=(who,),
        )

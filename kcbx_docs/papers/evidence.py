"""The list of evidence: what the case names, and what the history shows was made or proved."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.model import Evidence
from kcbx_docs.packs.model import Card
from kcbx_docs.packs.procedure import Proof
from kcbx_docs.papers.procedure_facts import EvidenceLine
from kcbx_docs.record.acts import Act
from kcbx_docs.record.contradictions import acts_in_order
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.jurisdiction import Jurisdiction
from kcbx_docs.words import day_in_words


def evidence_lines(docket: Docket, day: date) -> tuple[EvidenceLine, ...]:
    """List evidence: first as the case names it, then records and papers by day; nothing twice."""
    named = docket.case.evidence
    lines = [(_written(e), e.day) for e in named]
    found = sorted(_from_history(docket, day), key=lambda line: line[1] or day)
    fresh = [(line, when) for line, when in found if not _named(line["名称"], named)]
    return tuple(
        EvidenceLine(序号=n, 日期=when, **line)
        for n, (line, when) in enumerate([*lines, *fresh], 1)
    )


def _written(e: Evidence) -> dict[str, Any]:
    keys = {
        "名称": e.name,
        "来源": e.source,
        "证明对象": e.proves,
        "形式": e.form,
        "页码": e.pages,
        "份数": e.copies,
    }
    return {key: value or None for key, value in keys.items()}


def _named(name: str | None, evidence: Sequence[Evidence]) -> bool:
    """A record that the case names itself, alone or as one of several, is not listed again."""
    bare = (name or "").split("（")[0].strip("《》")
    return any(bare in e.name for e in evidence)


EvidenceRow = tuple[dict[str, Any], date | None]


def _from_history(docket: Docket, day: date) -> Iterator[EvidenceRow]:
    """List what the history proves: records by their events, served papers with their receipts."""
    law = docket.law
    records = dict(_records(law))
    for event in docket.happened(day):
        if event.kind in records:
            yield _record(event, records[event.kind])
    shown: set[tuple[str, str, date]] = set()
    for guardian in docket.case.guardians:
        for act in acts_in_order(docket.progress(guardian, day)):
            card = law.card(act.document)
            if card is None or not (card.served and card.proves):
                continue
            if (act.document, act.number, act.day) not in shown:
                shown.add((act.document, act.number, act.day))
                yield _paper(act, card, law)
            yield from _receipt(act, guardian.name, day, law)


def _records(law: Jurisdiction) -> Iterator[tuple[str, Proof]]:
    """Yield what each kind of event leaves behind:
    its document, or what its step says it leaves.
    """
    for step in law.procedure.steps.values():
        if step.event and step.proof:
            yield step.event, step.proof
    for document, card in law.cards.items():
        if card.event and card.proves and not card.served:
            name = card.proof_name or law.title(document)
            yield card.event, Proof(名称=name, 证明对象=card.proves)


def _record(event: Event, proof: Proof) -> EvidenceRow:
    who = event.recorder or "、".join(event.handlers) or None
    return {
        "名称": f"{proof.name}（{day_in_words(event.day)}）",
        "来源": who,
        "证明对象": proof.proves,
        "形式": None,
    }, event.day


def _paper(act: Act, card: Card, law: Jurisdiction) -> EvidenceRow:
    number = f"（{act.number}）" if act.number else ""
    return {
        "名称": f"《{law.title(act.document)}》{number}",
        "来源": None,
        "证明对象": card.proves,
        "形式": None,
    }, act.day


def _receipt(act: Act, name: str, day: date, law: Jurisdiction) -> Iterator[EvidenceRow]:
    served = act.served(day)
    if served:
        title = law.title(act.document)
        yield (
            {
                "名称": f"《{title}》送达回证（{name}）",
                "来源": None,
                "证明对象": f"{title}已送达{name}",
                "形式": None,
            },
            served,
        )

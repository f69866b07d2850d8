"""What the papers of a civil suit must know: parties, and evidence against the defendants."""

from datetime import date

from kcbx_docs.case.event import EVENT_FIELDS, Event
from kcbx_docs.case.model import name_key
from kcbx_docs.papers.evidence import evidence_lines
from kcbx_docs.papers.evidence_facts import EvidenceLine
from kcbx_docs.papers.procedure_facts import CivilRecord
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.progress import Progress
from kcbx_docs.record.suit import Suit


def civil_record(p: Progress, docket: Docket) -> CivilRecord:
    """Tell the suit: the same parties in all its papers."""
    suit, filed, ended = docket.suit(p.day), p.suit, p.last("民事判决", "调解")
    outcome = (ended.result or ended.kind) if ended else None
    return CivilRecord(
        起诉日期=filed.day if filed else None,
        案号=filed.number or None if filed else None,
        结果=outcome,
        副本份数=len(suit.defendants),
        原告=suit.plaintiff or None,
        被告=tuple(guardian.name for guardian in suit.defendants),
        法定代理人=tuple(guardian.name for guardian in suit.representatives),
        证据=suit_evidence(docket, suit, p.day),
    )


def suit_evidence(docket: Docket, suit: Suit, day: date) -> tuple[EvidenceLine, ...]:
    """List the evidence of a suit; what was done against somebody else proves nothing in it."""
    sued = {name_key(guardian.name) for guardian in suit.defendants}
    against = _acts_against_others(docket.happened(day), sued)
    lines = [
        line
        for line in evidence_lines(docket, day)
        if _serves(line, sued) and (line.day, line.about) not in against
    ]
    return tuple(line.model_copy(update={"number": n}) for n, line in enumerate(lines, 1))


def _serves(line: EvidenceLine, sued: set[str]) -> bool:
    """What anybody said may prove the case; papers and receipts only those of the defendants."""
    of_somebody = line.kind != "记录" and line.about
    return not (sued and of_somebody) or bool(sued & set(map(name_key, line.about)))


def _acts_against_others(events: tuple[Event, ...], sued: set[str]) -> set[object]:
    """Find the records of what was done to guardians who are no defendants."""
    return {
        (event.day, event.targets)
        for event in events
        if EVENT_FIELDS[event.kind].addressee == "监护人"
        and event.targets
        and sued
        and not sued & set(map(name_key, event.targets))
    }

"""What the papers of a civil suit must know: parties, and evidence against the defendants."""

from datetime import date

from kcbx_docs.papers.evidence import SAID_BY_ANYBODY, evidence_lines
from kcbx_docs.papers.evidence_facts import EvidenceLine
from kcbx_docs.papers.suit_records import CivilRecord
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.progress import Progress
from kcbx_docs.record.suit import Suit


def civil_record(p: Progress, docket: Docket) -> CivilRecord:
    """Tell the suit: the same parties in all its papers."""
    suit, filed = docket.suit(p.day), p.suit
    ended = p.judged.ended if p.judged and not p.judged.open else None
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
    """List the evidence of a suit: what anybody said may prove the case,
    what was done to who is no defendant proves nothing in it.
    """
    sued = tuple(guardian.name for guardian in suit.defendants)

    def lines() -> tuple[EvidenceLine, ...]:
        return evidence_lines(docket, day, *sued, open_to=SAID_BY_ANYBODY)

    return docket.once(("suit evidence", sued, day), lines)

"""What a paper must say about review and suit: organ, period, court, by the act and its day (law-facts §5)."""

from datetime import date

from kcbx_docs.case.workspace import Organ
from kcbx_docs.law.numerals import chinese_number
from kcbx_docs.papers.procedure_facts import Remedies, Remedy
from kcbx_docs.record.acts import Act
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.jurisdiction import Jurisdiction, Term
from kcbx_docs.record.progress import Progress

_UNITS = {"日": "日", "工作日": "个工作日", "月": "个月", "年": "年"}


def remedies_of(docket: Docket, p: Progress, issuer: Organ | None, day: date) -> Remedies:
    """Tell the remedies against each act of a guardian's record."""
    e = p.enforcement
    spot = e.decision if e and e.on_the_spot else p.act("当场处罚")
    full = e.decision if e and not e.on_the_spot else None
    law = docket.law
    return Remedies(
        责令=_remedy("责令", p.order.act if p.order else None, p, law, day),
        处罚决定=_remedy("处罚决定", full, p, law, day, e.remedy.suit if e and full else None),
        当场处罚=_remedy("当场处罚", spot, p, law, day, first=review_comes_first(law, day)),
        不予处罚=_remedy("不予处罚", p.no_penalty, p, law, day),
    )


def review_comes_first(law: Jurisdiction, day: date) -> bool:
    """Tell whether a fine on the spot must first go to review."""
    rule = law.registry.rule("review-first-summary")
    return rule.start is None or day >= rule.start


def _remedy(
    name: str,
    act: Act | None,
    p: Progress,
    law: Jurisdiction,
    day: date,
    suing: Term | None = None,
    *,
    first: bool = False,
) -> Remedy:
    """Tell the remedies against one act; ``suing`` is its period for suit where a review may have changed it."""
    served = act.served(p.day) if act else None
    suing = suing or (law.term("suit-6m", served) if served and not first else None)
    review, suit = (
        law.registry.rule("review-60"),
        suing.rule if suing else law.registry.rule("suit-6m"),
    )
    organ, court = law.workspace.review, law.workspace.court_for("行政")
    when = act.day if act else day
    return Remedy(
        行为=name,
        复议机关=organ.name if organ else None,
        复议机关地址=(organ.address or None) if organ else None,
        复议期限=_words(review.value, review.unit),
        复议届满日=law.term("review-60", served).end if served else None,
        复议依据="、".join(c.text for c in law.cite(review.basis, when)) or None,
        先行复议=first,
        法院=court.name if court else None,
        起诉期限=_words(suit.value, suit.unit),
        起诉届满日=suing.unrolled if suing else None,
        起诉依据="、".join(c.text for c in law.cite(suit.basis, when)) or None,
    )


def _words(number: int | None, unit: str) -> str | None:
    return f"{chinese_number(number)}{_UNITS.get(unit, unit)}" if number else None

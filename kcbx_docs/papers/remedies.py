"""What a paper must say about review and suit:
organ, period, court, by the act and its day (law-facts §5).
"""

from datetime import date

from kcbx_docs.case.workspace import Organ
from kcbx_docs.law.figures import figure_text
from kcbx_docs.law.model import Rule
from kcbx_docs.papers.remedy_records import ChangeRecord, Remedies, RemedyFacts
from kcbx_docs.record.acts import Act
from kcbx_docs.record.challenges import review_comes_first
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.enforcement import Enforcement
from kcbx_docs.record.jurisdiction import Jurisdiction, Term
from kcbx_docs.record.progress import Progress


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


def change_record(e: Enforcement) -> ChangeRecord:
    """Tell which review or suit changed a decision, and to what fine."""
    contest = e.remedy.changed
    if contest is None or contest.end is None:
        return ChangeRecord()
    end, start, suit = contest.end, contest.start, contest.kind == "提起行政诉讼"
    named = (end.court or start.court) if suit else (end.organ or start.organ)
    return ChangeRecord(
        种类=contest.name,
        机关=named or ("人民法院" if suit else "行政复议机关"),
        文号=end.number or None,
        日期=end.day,
        结果=end.result,
        金额=end.amount,
    )


def _remedy(
    name: str,
    act: Act | None,
    p: Progress,
    law: Jurisdiction,
    day: date,
    suing: Term | None = None,
    *,
    first: bool = False,
) -> RemedyFacts:
    """Tell the remedies against one act;
    ``suing`` is its period for suit where a review may have changed it.
    """
    served = act.served(p.day) if act else None
    if suing is None and served and not first:
        suing = law.term("suit-6m", served)
    review = law.registry.rule("review-60")
    suit = suing.rule if suing else law.registry.rule("suit-6m")
    court = law.workspace.court_for("行政")
    when = act.day if act else day
    return RemedyFacts(
        行为=name,
        **_reviewer(law),
        复议期限=figure_text(review),
        复议届满日=law.term("review-60", served).told_end if served else None,
        复议依据=_articles(review, law, when),
        先行复议=first,
        法院=court.name if court else None,
        起诉期限=figure_text(suit),
        起诉届满日=suing.told_end if suing else None,
        起诉依据=_articles(suit, law, when),
    )


def _reviewer(law: Jurisdiction) -> dict[str, str | None]:
    organ = law.workspace.review
    if organ is None:
        return {"复议机关": None, "复议机关地址": None}
    return {"复议机关": organ.name, "复议机关地址": organ.address or None}


def _articles(rule: Rule, law: Jurisdiction, day: date) -> str | None:
    return "、".join(citation.text for citation in law.cite(rule.basis, day)) or None

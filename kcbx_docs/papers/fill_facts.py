"""Fill what templates learn under 程序 from the record of a guardian on the day of the paper."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.fields import Deadline
from kcbx_docs.case.workspace import Officer, Organ, PenaltyBasis
from kcbx_docs.law.citation import Citation, bracketed, plain_title
from kcbx_docs.office.clause import parse_article
from kcbx_docs.papers import procedure_facts as facts
from kcbx_docs.papers.absence_facts import (
    before_of,
    danger_lines,
    days_seen,
    persuasions_of,
    return_of,
    since_absent,
)
from kcbx_docs.papers.course_facts import course_of
from kcbx_docs.papers.evidence import evidence_lines, whom_it_is_for
from kcbx_docs.papers.outcome_facts import (
    conclusion_record,
    confirmed_record,
    ground_values,
    hearing_record,
)
from kcbx_docs.papers.paper_facts import paper_record, paper_values, text_of
from kcbx_docs.papers.payment_facts import careful, debt_told, owed
from kcbx_docs.papers.referral_facts import referral_facts, referral_line
from kcbx_docs.papers.remedies import change_record, remedies_of
from kcbx_docs.papers.suit_facts import civil_record
from kcbx_docs.procedure.issuers import issuer_of
from kcbx_docs.procedure.penalties import Clause, clause_for
from kcbx_docs.record.acts import Act
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.enforcement import Enforcement
from kcbx_docs.record.jurisdiction import Jurisdiction, Term
from kcbx_docs.record.kinds import day_of
from kcbx_docs.record.progress import Progress
from kcbx_docs.record.states import state_of
from kcbx_docs.record.terms import end_of, told

_INVESTIGATION = ("事先告知", "询问", "立案")


def procedure_facts(
    docket: Docket,
    guardian: str,
    day: date,
    issuer: Organ | None = None,
    event: Event | None = None,
) -> facts.ProcedureFacts:
    """Tell a guardian's record on a day; without a name, that of the first guardian.

    ``event`` is what the paper records, where it records one.
    """
    person = docket.guardian(guardian) or docket.case.parties[0]
    p = docket.progress(person, day)
    office = issuer or issuer_of(docket, docket.law.document_as("处罚决定"), day).organ
    clause = clause_for(docket.law, office, day)
    return facts.ProcedureFacts(
        状态=state_of(p),
        次数=p.attendance.round,
        书面报告=paper_record(p, p.act("书面报告"), docket),
        责令=_order(p, docket),
        立案=paper_record(p, p.filing, docket),
        告知=_notice(p, clause, docket),
        申辩=_defence(p),
        听证=hearing_record(p, docket, day),
        审核=_review(p),
        决定=_decision(p, docket),
        调查=conclusion_record(p),
        不予处罚=_spared(p, docket),
        **owed(p, docket, event),
        民事诉讼=civil_record(p, docket),
        救济=remedies_of(docket, p, office, day),
        处罚依据=_basis(clause, docket.law, day),
        承办人=tuple(_officers(p, docket, event)),
        结案=_close(p),
        **_reported(docket, p),
        已复议或起诉=bool(p.enforcement and p.enforcement.remedy.contests),
        日期表=tuple(_dates(p, docket)),
        **_known_of_absence(docket, guardian, p),
        **_of_everybody(docket, day),
    )


def _of_everybody(docket: Docket, day: date) -> dict[str, Any]:
    people = tuple(_line(docket, g.name, day) for g in docket.case.guardians)
    return {"各监护人": people, "办理经过": course_of(people, docket.happened(day))}


def _reported(docket: Docket, p: Progress) -> dict[str, Any]:
    return {
        "移送": tuple(referral_line(event) for event in p.kinds.get("移送", ())),
        "移送情况": referral_facts(docket, p.day),
        "核实": confirmed_record(p),
    }


def _known_of_absence(docket: Docket, guardian: str, p: Progress) -> dict[str, Any]:
    return {
        "返校": return_of(p),
        "以前辍学": before_of(p),
        "本次经过": since_absent(docket, p),
        "危险情形": danger_lines(docket, p.day),
        "正当理由": p.excuses.standing,
        "仍未到校日期": p.attendance.seen,
        "仍未到校天数": days_seen(p),
        "劝返": persuasions_of(docket, guardian, p),
        "证据目录": evidence_lines(docket, p.day, *whom_it_is_for(docket, p.day, guardian)),
    }


def _order(p: Progress, docket: Docket) -> facts.OrderRecord:
    o, written = p.order, docket.case.order
    if o is None:
        planned = written.deadline if written else None
        return facts.OrderRecord(改正期限=_said(planned))
    over = p.order_over if o.served else None
    return facts.OrderRecord(
        **paper_values(p, o.act, docket),
        改正期限届满日=told(o.end, o.term),
        改正期限=_said(o.deadline),
        已期满=over,
        逾期天数=(p.day - o.end).days if over and o.end else None,
        核查日期=day_of(o.checked),
        核查方式=text_of(o.checked, "method"),
    )


def _said(deadline: Deadline | None) -> str | None:
    return str(deadline) if deadline else None


def _notice(p: Progress, clause: Clause, docket: Docket) -> facts.NoticeRecord:
    n, law = p.notice, docket.law
    fine = n.amount if n else None
    window = _defence_window(p, law)
    return facts.NoticeRecord(
        **paper_values(p, n, docket),
        拟罚款=fine,
        应告知听证=clause.hearing_due(fine, law),
        已告知听证=n.hearing_told if n else None,
        听证标准=clause.hearing_from(law),
        申辩天数=window.result.value if window and window.result else None,
        申辩截止日=end_of(p.window),
        听证申请截止日=end_of(p.hearing_request),
    )


def _defence_window(p: Progress, law: Jurisdiction) -> Term | None:
    """Return the time for defence; a notice that is only being written counts from its own day."""
    unserved = p.notice is None or not p.served(p.notice)
    return law.term("defence-window", p.day) if unserved and not p.window else p.window


def _defence(p: Progress) -> facts.DefenceRecord:
    event = p.last("陈述申辩")
    return facts.DefenceRecord(
        日期=day_of(event),
        内容=text_of(event, "content"),
        结果=text_of(event, "result"),
        复核意见=text_of(event, "note"),
        放弃日期=day_of(p.waived),
    )


def _review(p: Progress) -> facts.ReviewRecord:
    review, talk = p.last("法制审核"), p.last("集体讨论")
    return facts.ReviewRecord(
        法制审核日期=day_of(review),
        法制审核结果=text_of(review, "result"),
        集体讨论日期=day_of(talk),
        集体讨论结果=text_of(talk, "result"),
    )


def _spared(p: Progress, docket: Docket) -> facts.NoPenaltyRecord:
    return facts.NoPenaltyRecord(**paper_values(p, p.no_penalty, docket), **ground_values(p))


def _decision(p: Progress, docket: Docket) -> facts.DecisionRecord:
    law, filed = docket.law, p.filing
    limit = law.term("decision-90", filed.day) if filed else None
    told = _decided(p, docket)
    fine = told["罚款"]
    return facts.DecisionRecord(
        **told,
        小额当场收缴=None if fine is None else fine <= law.registry.figure("spot-collect-cap"),
        最迟作出日=limit.unrolled if limit else None,
    )


def _decided(p: Progress, docket: Docket) -> dict[str, Any]:
    """Tell the decision; before it is made, the fine that was announced."""
    e = p.enforcement
    if e is None:
        return {"罚款": p.proposed_fine}
    return {
        **paper_values(p, e.decision, docket),
        "罚款": e.decision.amount or p.proposed_fine,
        "变更": change_record(e),
        "已撤销": e.remedy.annulled is not None,
        "当场": e.on_the_spot,
        "最迟送达日": docket.law.term("decision-service", e.decision.day).end,
        "缴款截止日": told(e.pay_by, e.pay_term),
    }


def clause_in_words(basis: PenaltyBasis, law: Jurisdiction, day: date) -> str:
    """Cite a clause as the registry words it on a day;
    one that the registry does not know that day, as the officer wrote it.
    """
    number = parse_article(basis.article)
    if number and law.registry.find(basis.statute):
        parts = (number.article, number.paragraph, number.item)
        citation, _ = law.registry.check_citation(basis.statute, *parts, on=day)
        if citation:
            return citation.text
    return f"{bracketed(plain_title(basis.statute))}{basis.article}"


def _basis(clause: Clause, law: Jurisdiction, day: date) -> facts.BasisRecord:
    b = clause.basis
    if b is None:
        return facts.BasisRecord()
    return facts.BasisRecord(
        已确认=clause.usable > 0,
        编号=b.id,
        法规=b.statute,
        条文=b.article,
        引用=clause_in_words(b, law, day),
        原文=b.text,
        最低罚款=b.least,
        最高罚款=b.most,
        以逾期不改为前提=clause.needs_order,
        赋权决定=b.delegation or None,
        示例=bool(b.sample),
    )


def _officers(p: Progress, docket: Docket, own: Event | None) -> Iterator[facts.OfficerLine]:
    known = {officer.name: officer for officer in docket.law.workspace.officers}
    for name in _handlers(p, docket, own):
        officer = known.get(name) or Officer(姓名=name)
        yield facts.OfficerLine(
            姓名=officer.name, 证号=officer.certificate or None, 职务=officer.title or None
        )


def _handlers(p: Progress, docket: Docket, own: Event | None) -> Sequence[str]:
    """Name who acted: in what the paper records, else in the investigation, else in the case;
    who is only listed in the office has not acted.
    """
    investigation = chain.from_iterable(p.kinds.get(kind, ()) for kind in _INVESTIGATION)
    acts = chain((own,) if own else (), investigation)
    named = (event.handlers for event in acts if event.handlers)
    return next(named, docket.case.handlers)


def _close(p: Progress) -> facts.CloseRecord:
    event = p.closing.closed
    return facts.CloseRecord(
        日期=day_of(event), 结果=text_of(event, "result"), 原因=text_of(event, "reason")
    )


def _line(docket: Docket, name: str, day: date) -> facts.GuardianLine:
    guardian = docket.guardian(name) or docket.case.parties[0]
    p = docket.progress(guardian, day)
    return facts.GuardianLine(
        姓名=guardian.name,
        关系=guardian.relation or None,
        状态=state_of(p),
        责令=_order(p, docket),
        决定=_decision(p, docket),
        不予处罚=_spared(p, docket) if p.no_penalty else facts.NoPenaltyRecord(),
        欠款=debt_told(p.enforcement),
        日期表=tuple(_dates(p, docket)),
    )


def _dates(p: Progress, docket: Docket) -> Iterator[facts.DateLine]:
    """List the papers of the ladder with their services and the days that run from them."""
    o, e, law = p.order, p.enforcement, docket.law
    if o:
        yield _date_line("责令限期改正", o.act, p, docket, told(o.end, o.term), _basis_of(o.term))
    if p.filing:
        term = law.term("decision-90", p.filing.day)
        yield _date_line("立案", p.filing, p, docket, term.unrolled, term.basis)
    if p.notice:
        yield _date_line("事先告知", p.notice, p, docket, end_of(p.window), _basis_of(p.window))
    if e:
        yield from _dates_after(e, p, docket)


def _dates_after(e: Enforcement, p: Progress, docket: Docket) -> Iterator[facts.DateLine]:
    yield _date_line(
        "处罚决定", e.decision, p, docket, told(e.pay_by, e.pay_term), _basis_of(e.pay_term)
    )
    for what, term in (("申请行政复议", e.remedy.review), ("提起行政诉讼", e.remedy.suit)):
        if term:
            yield facts.DateLine(事项=f"{what}的期限", 届满日=term.told_end, 依据=_law(term.basis))
    if e.demand:
        ten = e.demand_term
        yield _date_line("催告", e.demand, p, docket, end_of(ten), _basis_of(ten))
    if e.window:
        unrolled = "（不计起诉期限的顺延）" if careful(e) else ""
        yield facts.DateLine(
            事项=f"申请法院强制执行{unrolled}", 届满日=e.window.unrolled, 依据=_law(e.window.basis)
        )


def _date_line(
    what: str, act: Act, p: Progress, docket: Docket, ends: date | None, basis: Iterable[Citation]
) -> facts.DateLine:
    return facts.DateLine(
        事项=what,
        文书=docket.law.title(act.document),
        文号=act.number or None,
        日期=None if act.implied else act.day,
        送达日期=act.served(p.day),
        届满日=ends,
        依据=_law(basis),
    )


def _basis_of(term: Term | None) -> Iterable[Citation]:
    return term.basis if term else ()


def _law(basis: Iterable[Citation]) -> str | None:
    return "、".join(dict.fromkeys(citation.short for citation in basis)) or None

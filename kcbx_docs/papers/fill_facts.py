"""Fill what templates learn under 程序 from the record of a guardian on the day of the paper."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from kcbx_docs.case.event import Event
from kcbx_docs.case.workspace import Officer, Organ
from kcbx_docs.papers import procedure_facts as facts
from kcbx_docs.papers.evidence import evidence_lines
from kcbx_docs.papers.remedies import remedies_of
from kcbx_docs.procedure.issuers import issuer_for
from kcbx_docs.procedure.limits import Bound, last_demand, window_of
from kcbx_docs.procedure.penalties import Clause, clause_for
from kcbx_docs.record.acts import Act
from kcbx_docs.record.debt import Debt
from kcbx_docs.record.docket import Docket
from kcbx_docs.record.enforcement import Enforcement
from kcbx_docs.record.progress import Progress
from kcbx_docs.record.states import state_of


def procedure_facts(
    docket: Docket, guardian: str, day: date, issuer: Organ | None = None
) -> facts.ProcedureFacts:
    """Tell a guardian's record on a day; without a name, that of the first guardian."""
    person = docket.guardian(guardian) or docket.case.guardians[0]
    p = docket.progress(person, day)
    office = issuer or issuer_for(docket, docket.law.document_as("处罚决定"), "decision", day)
    clause = clause_for(docket.law, office, day)
    return facts.ProcedureFacts(
        状态=state_of(p),
        次数=p.attendance.round,
        书面报告=_paper(p, p.act("书面报告"), docket),
        责令=_order(p, docket),
        立案=_paper(p, p.filing, docket),
        告知=_notice(p, clause, docket),
        申辩=_defence(p),
        听证=_hearing(p, docket, day),
        审核=_review(p),
        决定=_decision(p, docket),
        不予处罚=_paper(p, p.no_penalty, docket),
        延期=_extension(p),
        欠款=debt_record(p.enforcement.debt if p.enforcement else None),
        催告=_demand(p, docket),
        强制执行=_court(p, docket),
        民事诉讼=_civil(p, docket),
        救济=remedies_of(docket, p, office, day),
        处罚依据=_basis(clause),
        承办人=tuple(_officers(p, docket)),
        返校=_back(p),
        结案=_close(p),
        移送=tuple(_referral(e) for e in p.kinds.get("移送", ())),
        已复议或起诉=bool(p.enforcement and p.enforcement.remedy.contests),
        日期表=tuple(_dates(p, docket)),
        证据目录=evidence_lines(docket, day),
        各监护人=tuple(_line(docket, g.name, day) for g in docket.case.guardians),
    )


def _paper_values(p: Progress, act: Act | None, docket: Docket) -> dict[str, Any]:
    if act is None:
        return {}
    service = act.service.event if act.service else None
    served = act.served(p.day)
    return {
        "已制发": not act.implied,
        "名称": docket.law.title(act.document),
        "文号": act.number or None,
        "日期": None if act.implied else act.day,
        "送达日期": served,
        "送达方式": service.method if service and served else None,
        "签收人": (service.signer or p.guardian.name)
        if service and served and service.method in _SIGNED
        else None,
    }


_HEARING_SEARCH = 40
_SIGNED = ("直接", "领取", "邮寄", "委托", "转交", "当场交付")


def _paper(p: Progress, act: Act | None, docket: Docket) -> facts.PaperRecord:
    return facts.PaperRecord(**_paper_values(p, act, docket))


def _order(p: Progress, docket: Docket) -> facts.OrderRecord:
    o, case_order = p.order, docket.case.order
    deadline = o.deadline if o else case_order.deadline if case_order else None
    if o is None:
        return facts.OrderRecord(改正期限=str(deadline) if deadline else None)
    over = p.order_over if o.served else None
    return facts.OrderRecord(
        **_paper_values(p, o.act, docket),
        改正期限届满日=o.end,
        改正期限=str(deadline) if deadline else None,
        已期满=over,
        逾期天数=(p.day - o.end).days if over and o.end else None,
        核查日期=o.checked.day if o.checked else None,
        核查方式=(o.checked.method or None) if o.checked else None,
    )


def _notice(p: Progress, clause: Clause, docket: Docket) -> facts.NoticeRecord:
    n, law = p.notice, docket.law
    window = p.window or (
        law.term("defence-window", p.day) if n is None or not p.served(n) else None
    )
    fine = n.amount if n else None
    return facts.NoticeRecord(
        **_paper_values(p, n, docket),
        拟罚款=fine,
        应告知听证=clause.hearing_due(fine, law),
        已告知听证=n.hearing_told if n else None,
        听证标准=clause.hearing_from(law),
        申辩天数=window.result.value if window and window.result else None,
        申辩截止日=p.window.end if p.window else None,
        听证申请截止日=p.hearing_request.end if p.hearing_request else None,
    )


def _defence(p: Progress) -> facts.DefenceRecord:
    event, waived = p.last("陈述申辩"), p.waived
    told: dict[str, Any] = (
        {}
        if event is None
        else {
            "日期": event.day,
            "内容": event.content or None,
            "结果": event.result or None,
            "复核意见": event.note or None,
        }
    )
    return facts.DefenceRecord(**told, 放弃日期=waived.day if waived else None)


def _hearing(p: Progress, docket: Docket, day: date) -> facts.HearingRecord:
    asked, waived, held = p.last("要求听证"), p.last("放弃听证"), p.last("听证")
    return facts.HearingRecord(
        要求日期=_day(asked),
        放弃日期=_day(waived),
        通知送达日期=p.served(p.act("听证通知")),
        最早举行日=earliest_hearing(docket, day),
        举行日期=_day(held),
        结果=(held.result or None) if held else None,
    )


def earliest_hearing(docket: Docket, notice: date) -> date | None:
    """Find the first working day for which a notice served on a day comes seven working days ahead."""
    held = notice
    for _ in range(_HEARING_SEARCH):
        if held == date.max:
            return None
        held = date.fromordinal(held.toordinal() + 1)
        term = docket.law.term("hearing-notice", held)
        if term.end is None:
            return None
        if term.end >= notice and docket.law.calendar.is_workday(held, docket.law.region):
            return held
    return None


def _review(p: Progress) -> facts.ReviewRecord:
    review, talk = p.last("法制审核"), p.last("集体讨论")
    return facts.ReviewRecord(
        法制审核日期=_day(review),
        法制审核结果=(review.result or None) if review else None,
        集体讨论日期=_day(talk),
        集体讨论结果=(talk.result or None) if talk else None,
    )


def _decision(p: Progress, docket: Docket) -> facts.DecisionRecord:
    e, law = p.enforcement, docket.law
    filed = law.term("decision-90", p.filing.day) if p.filing else None
    serve = law.term("decision-service", e.decision.day) if e else None
    return facts.DecisionRecord(
        **_paper_values(p, e.decision if e else None, docket),
        罚款=(e.amount if e else None) or (p.notice.amount if p.notice else None),
        当场=bool(e and e.on_the_spot),
        最迟作出日=filed.unrolled if filed else None,
        最迟送达日=serve.end if serve else None,
        缴款截止日=e.pay_by if e else None,
    )


def _extension(p: Progress) -> facts.ExtensionRecord:
    asked, e = p.last("申请延期分期"), p.enforcement
    granted = e.extension if e else None
    return facts.ExtensionRecord(
        申请日期=_day(asked),
        原因=(asked.reason or None) if asked else None,
        批准日期=_day(granted),
        文号=(granted.number or None) if granted else None,
        届满日=e.pay_by if e and granted else None,
    )


def debt_record(debt: Debt | None) -> facts.DebtRecord:
    """Tell what is owed."""
    if debt is None:
        return facts.DebtRecord()
    return facts.DebtRecord(
        计算截止日=debt.on,
        罚款=debt.fine,
        已缴=debt.paid,
        未缴罚款=debt.fine_left,
        逾期天数=debt.days_late,
        加处罚款=debt.surcharge,
        未缴加处罚款=debt.surcharge_left,
        已达上限=debt.capped,
        每日加处=debt.daily,
        合计=debt.total,
    )


def _demand(p: Progress, docket: Docket) -> facts.DemandRecord:
    e = p.enforcement
    latest = last_demand(p, docket.law)
    return facts.DemandRecord(
        **_paper_values(p, e.demand if e else None, docket),
        期满日=e.demand_term.end if e and e.demand_term else None,
        最迟送达日=latest.day if isinstance(latest, Bound) else None,
    )


def _court(p: Progress, docket: Docket) -> facts.CourtRecord:
    e = p.enforcement
    if e is None:
        return facts.CourtRecord()
    window = window_of(docket.law.procedure.steps["application"], p, docket.law)
    last = e.execution or e.ruling or e.accepted
    known = e.demand_term is not None and e.demand_term.end is not None
    return facts.CourtRecord(
        最早申请日=window.earliest.day
        if window.earliest and known and not window.refused
        else None,
        最迟申请日=e.window.unrolled if e.window else None,
        申请日期=e.application.day if e.application else None,
        受理日期=_day(e.accepted) if e.accepted and e.accepted.result == "受理" else None,
        裁定日期=_day(e.ruling),
        结果=(last.result or None) if last else None,
        案号=(last.number or None) if last else None,
    )


def _civil(p: Progress, docket: Docket) -> facts.CivilRecord:
    filed, ended = p.last("起诉"), p.last("民事判决", "调解")
    return facts.CivilRecord(
        起诉日期=_day(filed),
        案号=(filed.number or None) if filed else None,
        结果=(ended.result or ended.kind) if ended else None,
        副本份数=len(docket.defendants(p.day)),
    )


def _basis(clause: Clause) -> facts.BasisRecord:
    b = clause.basis
    if b is None:
        return facts.BasisRecord()
    return facts.BasisRecord(
        已确认=clause.usable > 0,
        编号=b.id,
        法规=b.statute,
        条文=b.article,
        引用=f"《{b.statute.strip('《》')}》{b.article}",
        原文=b.text,
        最低罚款=b.least,
        最高罚款=b.most,
        以逾期不改为前提=clause.needs_order,
        赋权决定=b.delegation or None,
        示例=bool(b.sample),
    )


def _officers(p: Progress, docket: Docket) -> Iterator[facts.OfficerLine]:
    """Name the officers of the latest act that names any, else the first two with certificates."""
    listed = docket.law.workspace.officers
    named = [
        e for kind in ("事先告知", "询问", "立案") for e in p.kinds.get(kind, ()) if e.handlers
    ]
    chosen: Iterable[Officer] = [o for o in listed if o.certificate][:2]
    if named:
        known = {o.name: o for o in listed}
        chosen = [known.get(name) or Officer(姓名=name) for name in named[0].handlers]
    for officer in chosen:
        yield facts.OfficerLine(
            姓名=officer.name, 证号=officer.certificate or None, 职务=officer.title or None
        )


def _back(p: Progress) -> facts.ReturnRecord:
    a, event = p.attendance, next(iter(p.kinds.get("返校", ())), None)
    start = p.attendance.round_start or a.first
    end = a.returned or p.day
    return facts.ReturnRecord(
        已返校=a.back,
        日期=a.returned,
        方式=(event.method or None) if event and a.back else None,
        缺课起=start,
        缺课天数=(end - start).days + (0 if a.back else 1) if start else None,
    )


def _close(p: Progress) -> facts.CloseRecord:
    event = p.last("结案")
    if event is None:
        return facts.CloseRecord()
    return facts.CloseRecord(日期=event.day, 结果=event.result or None, 原因=event.reason or None)


def _referral(event: Event) -> facts.ReferralLine:
    return facts.ReferralLine(
        日期=event.day,
        机关=event.organ or None,
        原因=event.reason or None,
        文号=event.number or None,
    )


def _line(docket: Docket, name: str, day: date) -> facts.GuardianLine:
    guardian = docket.guardian(name) or docket.case.guardians[0]
    p = docket.progress(guardian, day)
    return facts.GuardianLine(
        姓名=guardian.name,
        关系=guardian.relation or None,
        状态=state_of(p),
        责令=_order(p, docket),
        决定=_decision(p, docket),
        欠款=debt_record(p.enforcement.debt if p.enforcement else None),
    )


def _dates(p: Progress, docket: Docket) -> Iterator[facts.DateLine]:
    """List the papers of the ladder with their services and the days that run from them."""
    o, e, law = p.order, p.enforcement, docket.law
    if o:
        yield _date_line("责令限期改正", o.act, p, docket, o.end, o.term.basis if o.term else ())
    if p.filing:
        term = law.term("decision-90", p.filing.day)
        yield _date_line("立案", p.filing, p, docket, term.unrolled, term.basis)
    if p.notice:
        yield _date_line(
            "事先告知",
            p.notice,
            p,
            docket,
            p.window.end if p.window else None,
            p.window.basis if p.window else (),
        )
    if e:
        yield _date_line(
            "处罚决定", e.decision, p, docket, e.pay_by, e.pay_term.basis if e.pay_term else ()
        )
        yield from _remedy_dates(e)
    if e and e.demand:
        ten = e.demand_term
        yield _date_line(
            "催告", e.demand, p, docket, ten.end if ten else None, ten.basis if ten else ()
        )
    if e and e.window:
        yield facts.DateLine(
            事项="申请法院强制执行", 届满日=e.window.unrolled, 依据=_law(e.window.basis)
        )


def _remedy_dates(e: Enforcement) -> Iterator[facts.DateLine]:
    for what, term in (("申请行政复议", e.remedy.review), ("提起行政诉讼", e.remedy.suit)):
        if term:
            yield facts.DateLine(事项=f"{what}的期限", 届满日=term.end, 依据=_law(term.basis))


def _date_line(
    what: str, act: Act, p: Progress, docket: Docket, ends: date | None, basis: Iterable[object]
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


def _law(basis: Iterable[object]) -> str | None:
    return (
        "、".join(dict.fromkeys(str(getattr(citation, "short", citation)) for citation in basis))
        or None
    )


def _day(event: Event | None) -> date | None:
    return event.day if event else None

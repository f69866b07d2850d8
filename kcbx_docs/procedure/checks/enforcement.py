"""After the decision: payment, demand, the court's window (行政处罚法 66–73, 行政强制法 53–55)."""

from collections.abc import Mapping
from decimal import Decimal

from kcbx_docs.case.office_faults import review_fault
from kcbx_docs.procedure.checks.view import Check, Hit, Hits, View, cannot_tell, doubtful, hit
from kcbx_docs.record.acts import Act
from kcbx_docs.record.appeals import appeal_term, court_paper
from kcbx_docs.record.challenges import Contest
from kcbx_docs.record.observing import observing
from kcbx_docs.words import day_or_unknown

_APPLICATION = "application"
_MONTH = 31
"""How long before the end of the suit period a demand counts as early;
our own choice, no figure of the law.
"""


def decision_served(view: View) -> Hits:
    """The decision was served on this guardian; a bare order is no subject for the court."""
    e = view.progress.enforcement
    if e is None:
        yield hit("PROC300", name=view.name)
    elif pending := e.decision.pending(view.day):
        yield hit("PROC242", name=view.name, what="处罚决定书", day=day_or_unknown(pending))
    elif e.served is None:
        yield hit("PROC301", name=view.name)


def decision_stands(view: View) -> Hits:
    """The decision was not annulled; one that was found unlawful and stands asks for a reason."""
    e = view.progress.enforcement
    if e and (annulled := e.remedy.annulled):
        yield hit(
            "PROC302",
            what=annulled.name,
            result=annulled.result,
            day=day_or_unknown(annulled.decided),
        )
    elif e and (unlawful := e.remedy.found_unlawful):
        facts = {"what": unlawful.name, "day": day_or_unknown(unlawful.decided)}
        yield hit("PROC450", "须说明理由", **facts)


def not_contested(view: View) -> Hits:
    """No review or suit is open; a judgment that is not in force yet ends none."""
    e = view.progress.enforcement
    if e and (pending := e.remedy.pending):
        yield _open(view, pending)
    elif e and e.remedy.judged:
        judged = e.remedy.judged
        facts = {"day": day_or_unknown(judged.decided), "result": judged.result}
        yield hit("PROC304", "须说明理由", **facts)
    elif e and e.remedy.withdrawn:
        yield hit("PROC451", "须说明理由", day=day_or_unknown(e.remedy.withdrawn.decided))
    elif e and (review := e.remedy.unreceived):
        applying = view.step == _APPLICATION
        facts = {"day": day_or_unknown(review.decided), "result": review.result}
        yield hit("PROC505", "须说明理由" if applying else "提醒", **facts)


def _open(view: View, contest: Contest) -> Hit:
    """Say what keeps a review or suit open: that it is heard, an appeal, or the time for one."""
    judgment = contest.waiting
    if judgment is None:
        return hit("PROC303", what=contest.name, day=day_or_unknown(contest.start.day))
    first = day_or_unknown(judgment.day)
    if contest.appeal:
        return hit("PROC460", day=day_or_unknown(contest.appeal.day), first=first)
    term = appeal_term(judgment, view.law)
    end = judgment.effective or (term.end if term else None)
    code = "PROC461" if judgment.effective else "PROC459"
    return hit(code, first=first, end=day_or_unknown(end), paper=court_paper(judgment))


def ours_to_enforce(view: View) -> Hits:
    """What a review changed or settled is enforced by the organ for review; what another organ
    decided before it handed the case over, by that one.
    """
    e = view.progress.enforcement
    if e and (organ := e.decision.event.handed_by):
        made = e.decision.event.organ or organ
        yield hit("LEAD033", organ=made, day=day_or_unknown(e.decision.day))
    if e and (review := e.remedy.handed_over):
        yield hit("PROC427", day=day_or_unknown(review.decided), result=review.result)


def payment_over(view: View) -> Hits:
    """The time for payment, with any deferral, is over; it is never shorter than the law's."""
    e = view.progress.enforcement
    if e is None or e.served is None:
        return
    if e.pay_term and e.pay_term.result is None:
        yield cannot_tell(e.pay_term, "缴款期限")
    elif e.pay_by and e.pay_by >= view.day:
        yield hit("PROC305", end=day_or_unknown(e.pay_by))
    elif e.pay_term:
        yield from doubtful(e.pay_term, "缴款期限", view.day)


def still_owed(view: View) -> Hits:
    """Something is still to be paid."""
    e = view.progress.enforcement
    if e and e.paid_up:
        yield hit("PROC306")
    elif e and e.served and e.amount is None:
        yield hit("PROC307")


def sum_owed(view: View) -> Hits:
    """What is demanded or applied for is what is owed on that day: never more,
    and less only knowingly.
    """
    e = view.progress.enforcement
    made = view.progress.papers.get(view.document, ())
    act = made[-1] if made and made[-1].day == view.day else None
    if act is None or act.amount is None or e is None or e.debt is None:
        return
    facts: dict[str, object] = {"amount": act.amount, "owed": e.debt.total, "title": view.title}
    facts |= {"fine": e.debt.fine_left, "surcharge": e.debt.surcharge_left}
    if act.amount > e.debt.total:
        yield hit("PROC509", **facts)
    elif act.amount not in (e.debt.total, e.debt.fine_left) and not act.event.note:
        yield hit("PROC510", "提醒", **facts)


def not_paid(view: View) -> Hits:
    """The fine is not fully paid: what was paid late may leave a surcharge."""
    e = view.progress.enforcement
    if e and e.debt and e.debt.fine_left <= 0 < e.debt.surcharge_left:
        yield hit("PROC308", "提醒", left=e.debt.surcharge_left)


def payment_period_kept(view: View) -> Hits:
    """A decision may not shorten the law's time for payment (行政处罚法 67 III)."""
    act = view.progress.act("处罚决定") or view.progress.act("当场处罚")
    if act is None or act.period is None:
        return
    served = act.served(view.day) or act.day
    term, period = view.law.term("pay-15", served), act.period
    short = period.day is not None and term.unrolled is not None and period.day < term.unrolled
    if short or (period.unit == "日" and 0 < period.count < view.law.registry.figure("pay-15")):
        yield hit(
            "PROC309",
            period=period,
            least=view.law.figure_text("pay-15"),
            end=day_or_unknown(term.unrolled),
        )


def demanded(view: View) -> Hits:
    """The demand was served on this guardian."""
    e = view.progress.enforcement
    if e is None:
        return
    if e.demand is None:
        yield hit("PROC310", name=view.name)
    elif pending := e.demand.pending(view.day):
        yield hit("PROC242", name=view.name, what="催告书", day=day_or_unknown(pending))
    elif e.demand.served(view.day) is None:
        yield hit("PROC311", name=view.name)


def demand_over(view: View) -> Hits:
    """The time that the demand leaves has passed."""
    e = view.progress.enforcement
    if e is None or e.demand_term is None:
        return
    if e.demand_term.result is None:
        yield cannot_tell(e.demand_term, "催告期")
    elif e.demand_term.end and e.demand_term.end >= view.day:
        yield hit(
            "PROC312",
            period=view.law.figure_text("demand-10"),
            end=day_or_unknown(e.demand_term.end),
            next=day_or_unknown(e.demand_term.next_day),
        )
    else:
        yield from doubtful(e.demand_term, "催告期", view.day)


def remedies_over(view: View) -> Hits:
    """The time for review and suit has passed unused; before that the court may not be asked."""
    e = view.progress.enforcement
    suit = e.remedy.suit if e else None
    if suit is None:
        return
    if suit.result is None:
        yield cannot_tell(suit, "起诉期限")
    elif suit.end and suit.end >= view.day:
        code = "PROC313" if e and e.remedy.may_sue else "PROC428"
        yield hit(code, end=day_or_unknown(suit.end), next=day_or_unknown(suit.next_day))
    else:
        yield from doubtful(suit, "起诉期限", view.day)


def in_window(view: View) -> Hits:
    """The court's window runs from the end of the suit period, or of a deferral;
    the unrolled day counts.
    """
    e = view.progress.enforcement
    if e is None or e.window is None or e.window_from is None:
        return
    if e.window.unrolled and view.day > e.window.unrolled:
        yield hit(
            "PROC314",
            start=day_or_unknown(e.window_from),
            period=view.law.figure_text("court-application-window"),
            end=day_or_unknown(e.window.unrolled),
        )
    elif e.extension and e.pay_by and e.pay_by >= view.day:
        yield hit("PROC315", "禁止", end=day_or_unknown(e.pay_by))


def window_left(view: View) -> Hits:
    """A demand that is served too late leaves no day for the court;
    near the end somebody must know whether there is one.
    """
    e = view.progress.enforcement
    if e is None or e.window is None or e.window.unrolled is None:
        return
    term = view.law.term("demand-10", view.day)
    if term.result is None and (e.window.unrolled - view.day).days <= _MONTH:
        year, period = e.window.unrolled.year, view.law.figure_text("demand-10")
        end = day_or_unknown(e.window.unrolled)
        yield hit("PROC501", "须说明理由", end=end, period=period, year=year)
    elif term.next_day and term.next_day > e.window.unrolled:
        yield hit(
            "PROC316", end=day_or_unknown(e.window.unrolled), next=day_or_unknown(term.next_day)
        )


def in_last_month(view: View) -> Hits:
    """A demand early in the suit period is lawful; it does not open the court any sooner."""
    e = view.progress.enforcement
    suit = e.remedy.suit if e else None
    if e and e.remedy.may_sue and suit and suit.end and (suit.end - view.day).days > _MONTH:
        yield hit("PROC317", end=day_or_unknown(suit.end))


def spot_window(view: View) -> Hits:
    """How the court's window counts after a fine on the spot, with review first, is not settled."""
    e = view.progress.enforcement
    if e and e.on_the_spot:
        yield hit("PROC318")


def answer_given(view: View) -> Hits:
    """What the guardian said to the demand was recorded and answered (行政强制法 36)."""
    e = view.progress.enforcement
    if e is None or e.demand is None:
        return
    for event in view.progress.kinds.get("陈述申辩", ()):
        if event.day >= e.demand.day and not event.result:
            yield hit("PROC319", day=day_or_unknown(event.day))


def not_applied(view: View) -> Hits:
    """The court was not asked before."""
    e = view.progress.enforcement
    if (
        e
        and e.application
        and e.application.day < view.day
        and not (e.accepted and e.accepted.result == "不予受理")
    ):
        yield hit("PROC320", day=day_or_unknown(e.application.day))


def back_while_owing(view: View) -> Hits:
    """The child is back: the fine stands and is pressed as before (行政处罚法 72);
    an agreement is possible (行政强制法 42).
    """
    if view.progress.attendance.back:
        yield hit("PROC321", day=day_or_unknown(view.progress.attendance.returned))


def court_known(view: View) -> Hits:
    """kcbx.yaml names the court that hears administrative matters."""
    if view.law.workspace.court_for("行政") is None:
        yield hit("PROC322")


def bank_known(view: View) -> Hits:
    """Who decides a fine is not who takes the money:
    the bank is named (行政处罚法 67, 罚缴分离办法 7).
    """
    if view.law.workspace.bank is None:
        yield hit("PROC323")


def review_organ_known(view: View) -> Hits:
    """The paper names the organ for review, and since 2024 that is the county's government."""
    workspace = view.law.workspace
    if workspace.review is None:
        yield hit("PROC324", title=view.title)
        return
    one_organ = view.law.check_basis("复议机关已写明", view.day, "WORK007")
    if one_organ and review_fault(workspace) == "WORK007":
        yield hit("WORK007", name=workspace.review.name, office=workspace.office.name)


def asked_for_time(view: View) -> Hits:
    """The guardian asked for later payment or instalments."""
    if not view.progress.kinds.get("申请延期分期"):
        yield hit("PROC325")


def ended(view: View) -> Hits:
    """There is a reason to close: the child is back, the fine paid, the court done,
    no penalty, or nobody left to whom anything could be addressed.
    """
    p, e = view.progress, view.progress.enforcement
    if e is not None and not e.settled and (e.amount or Decimal(0)) > 0:
        yield hit("PROC326", "须说明理由", name=view.name)
    elif not (p.attendance.back or p.excuses.standing or _nobody_left(view)):
        yield hit("PROC327", "须说明理由")


def observed(view: View) -> Hits:
    """The checks after the return that were set are made, and the last found the child there."""
    told = observing(view.progress, view.law)
    if told.left:
        days = "、".join(map(str, told.left))
        yield hit("LEAD035", days=days)
    if told.bad:
        yield hit("LEAD036", day=day_or_unknown(told.bad.day), result=told.bad.result)


def fine_stays(view: View) -> Hits:
    """A fine stays with the organ that decided it, whoever goes on with the case."""
    e = view.progress.enforcement
    if e is not None and not e.settled and not e.decision.event.handed_by:
        yield hit("LEAD034", name=view.name)


def filing_answered(view: View) -> Hits:
    """What was filed ends with a penalty or with none, before the case is closed."""
    p = view.progress
    if p.filing and p.decision is None and p.no_penalty is None:
        yield hit("PROC429", name=view.name, day=day_or_unknown(p.filing.day))


def rests_on_lawful(view: View) -> Hits:
    """What a step builds on was lawful on its own day, or did not stay as it was."""
    for role in view.law.procedure.steps[view.step].rests_on:
        act = view.progress.act(role) or _of_old_fine(view, role)
        if act is None or act.document == view.document:
            continue
        for reason in view.faults(act):
            facts = {"title": view.law.title(act.document), "day": day_or_unknown(act.day)}
            yield hit("PROC284", **facts, reason=reason)


def _of_old_fine(view: View, role: str) -> Act | None:
    """Return the decision that an earlier dropout left."""
    e = view.progress.enforcement
    return e.decision if e and e.decision.role == role else None


def _nobody_left(view: View) -> bool:
    """Tell whether no guardian of the case is one any more; an adult has none."""
    return view.progress.grown or all(guardian.ended(view.day) for guardian in view.case.parties)


CHECKS: Mapping[str, Check] = {
    "依托的文书合法": rests_on_lawful,
    "处罚决定已送达": decision_served,
    "处罚决定有效": decision_stands,
    "没有复议诉讼": not_contested,
    "由本机关申请执行": ours_to_enforce,
    "缴款期已过": payment_over,
    "还有未缴的款": still_owed,
    "只欠加处罚款": not_paid,
    "金额不多于欠款": sum_owed,
    "缴款期没有缩短": payment_period_kept,
    "催告书已送达": demanded,
    "催告期已过": demand_over,
    "起诉期已过": remedies_over,
    "在申请期内": in_window,
    "催告来得及": window_left,
    "催告不必过早": in_last_month,
    "当场处罚的申请期": spot_window,
    "催告意见已答复": answer_given,
    "没有申请过": not_applied,
    "返校后的执行": back_while_owing,
    "法院已写明": court_known,
    "收款银行已写明": bank_known,
    "复议机关已写明": review_organ_known,
    "当事人申请过": asked_for_time,
    "有结案理由": ended,
    "立案有了结论": filing_answered,
    "罚款自己收缴": fine_stays,
    "复学观察已完成": observed,
}

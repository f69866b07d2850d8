"""The penalty: its legal basis, filing, notice, defence, hearing, review, amount (行政处罚法)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from kcbx_docs.case.clause_words import maker, told_of
from kcbx_docs.case.event import Event
from kcbx_docs.case.model import name_key
from kcbx_docs.light import regex
from kcbx_docs.procedure.checks.view import (
    Check,
    Hit,
    Hits,
    View,
    cannot_tell,
    doubtful,
    hit,
)
from kcbx_docs.procedure.limits import SOON
from kcbx_docs.procedure.penalties import faults_of
from kcbx_docs.record.acts import DECISIONS, Act, acts_with
from kcbx_docs.record.challenges import ANNULLED, review_comes_first
from kcbx_docs.record.outcomes import outcome_text, outcomes_of
from kcbx_docs.words import day_or_unknown

_YUAN = regex(r"(\d+(?:\.\d+)?)\s*元")


def has_basis(view: View) -> Hits:
    """A local clause is confirmed, in force, able to set fines, and no sample in a real office."""
    basis = view.clause.basis
    if basis is None:
        yield hit("PROC230")
        return
    facts = {**told_of(basis), "day": day_or_unknown(view.day)}
    for code in faults_of(basis, view.law, view.issuer, view.day):
        # Whether the clause names the office at all is asked of every fine by its own check.
        if code != "PROC235":
            yield hit(code, **facts)
    if maker(basis) == "要核对":
        yield hit("PROC519", "提醒", **facts)
    if not (basis.attachment or basis.sample or basis.withdrawn):
        yield hit("PROC594", "须说明理由", **facts)
    if view.clause.usable > 1:
        yield hit("PROC237", "提醒", id=basis.id, count=view.clause.usable)


def condition_met(view: View) -> Hits:
    """Where the clause punishes only disobedience to an order,
    the order was served and not obeyed.
    """
    needed = view.clause.needs_order
    if view.clause.basis is None or needed is False:
        return
    order = view.progress.order
    if needed and order and order.end and order.served and order.end <= order.served:
        end, served = day_or_unknown(order.end), day_or_unknown(order.served)
        yield hit("PROC513", end=end, served=served, name=view.name)
        return
    if view.progress.order_over:
        return
    yield hit("PROC238") if needed else hit("PROC239", "须说明理由")


def amount_of(view: View) -> Decimal | None:
    """Return the fine that the paper would set: its own event's, else what was proposed."""
    act = _own(view)
    if act and act.amount is not None:
        return act.amount
    return view.progress.proposed_fine


def _own(view: View) -> Act | None:
    made = view.progress.acts.get(view.document, ())
    return made[-1] if made and made[-1].day == view.day else None


def within_range(view: View) -> Hits:
    """The fine keeps to the clause's range."""
    fine, basis = amount_of(view), view.clause.basis
    if fine is None:
        yield hit("PROC250", "提醒")
    elif basis and basis.most and fine > basis.most:
        yield hit("PROC251", fine=fine, most=basis.most, article=basis.article)
    elif basis and basis.least and fine < basis.least:
        yield hit("PROC252", "须说明理由", fine=fine, least=basis.least, article=basis.article)


def case_filed(view: View) -> Hits:
    """The case was filed for this guardian."""
    if view.progress.filing is None:
        yield hit("PROC253", name=view.name)


def not_filed(view: View) -> Hits:
    """What was filed goes the ordinary way, with notice and defence, not on the spot."""
    filing = view.progress.filing
    if filing and filing.day <= view.day:
        yield hit("PROC430", name=view.name, day=day_or_unknown(filing.day))


def in_limitation(view: View) -> Hits:
    """The limitation runs from the end of the conduct; while the child stays away it lasts."""
    returned = view.progress.attendance.returned
    if returned is None:
        return
    term = view.law.term("penalty-limitation", returned)
    if term.unrolled and view.day > term.unrolled:
        yield hit(
            "PROC254",
            returned=day_or_unknown(returned),
            period=view.law.figure_text("penalty-limitation"),
            end=day_or_unknown(term.unrolled),
        )


def in_time_for_decision(view: View) -> Hits:
    """The decision comes in time after filing."""
    if view.progress.filing is None:
        return
    term = view.law.term("decision-90", view.progress.filing.day)
    if term.unrolled and view.day > term.unrolled:
        yield hit(
            "PROC255",
            filed=day_or_unknown(view.progress.filing.day),
            period=view.law.figure_text("decision-90"),
            end=day_or_unknown(term.unrolled),
        )


def told_before(view: View) -> Hits:
    """The intended penalty was told to this guardian, and served."""
    notice = view.progress.notice
    if notice is None:
        yield hit("PROC256", name=view.name)
    elif pending := notice.pending(view.day):
        yield hit("PROC242", name=view.name, what="事先告知书", day=day_or_unknown(pending))
    elif notice.service and notice.service.term and notice.service.day is None:
        yield cannot_tell(notice.service.term, "事先告知书的公告送达日")
    elif view.progress.served(notice) is None:
        yield hit("PROC257", name=view.name)


def defence_over(view: View) -> Hits:
    """The time for defence is over, or was clearly given up."""
    window = view.progress.window
    if window is None or view.progress.waived:
        return
    if window.result is None:
        yield cannot_tell(window, "陈述申辩期")
    elif not view.progress.window_over:
        served = view.progress.served(view.progress.notice)
        yield hit(
            "PROC258",
            served=day_or_unknown(served),
            end=day_or_unknown(window.end),
            next=day_or_unknown(window.next_day),
        )
    else:
        yield from doubtful(window, "陈述申辩期", view.day)


def hearing_time_over(view: View) -> Hits:
    """Who was told of a hearing has the law's time to ask for it;
    giving up the defence does not give it up.
    """
    request = view.progress.hearing_request
    if request is None or not view.progress.hearing_awaited:
        return
    if request.result is None:
        yield cannot_tell(request, "要求听证的期限")
    elif not view.progress.hearing_over:
        yield hit(
            "PROC285",
            served=day_or_unknown(view.progress.served(view.progress.notice)),
            end=day_or_unknown(request.end),
            next=day_or_unknown(request.next_day),
        )
    else:
        yield from doubtful(request, "要求听证的期限", view.day)


def defence_answered(view: View) -> Hits:
    """Every defence was heard, checked and answered."""
    notice = view.progress.notice
    for event in view.progress.kinds.get("陈述申辩", ()):
        if not event.result and (notice is None or event.day >= notice.day):
            yield hit("PROC259", day=day_or_unknown(event.day))


def not_heavier(view: View) -> Hits:
    """The fine is not above the one that was told (行政处罚法 45)."""
    fine, notice = amount_of(view), view.progress.notice
    if fine is not None and notice and notice.amount is not None and fine > notice.amount:
        yield hit("PROC260", fine=fine, told=notice.amount)
    if notice and notice.amount is None:
        yield hit("PROC261", "须说明理由")


def hearing_told(view: View) -> Hits:
    """Where the fine is large the notice told of the right to a hearing;
    where nobody knows, ask.
    """
    notice = view.progress.notice
    if notice is None:
        return
    due, threshold = (
        view.clause.hearing_due(amount_of(view), view.law),
        view.clause.hearing_from(view.law),
    )
    if due is True and notice.hearing_told is not True:
        yield hit(
            "PROC262", "禁止" if notice.hearing_told is False else "须说明理由", threshold=threshold
        )
    elif threshold is None and notice.hearing_told is not True:
        yield hit("PROC263", "须说明理由")


def hearing_to_tell(view: View) -> Hits:
    """The notice must tell of the hearing where the fine is large; nothing to add once it does."""
    notice = view.progress.notice
    if notice and notice.hearing_told:
        return
    due, threshold = (
        view.clause.hearing_due(amount_of(view), view.law),
        view.clause.hearing_from(view.law),
    )
    if threshold is None:
        yield hit("PROC265", "提醒")
    elif due is None:
        yield hit("PROC282", "提醒", threshold=threshold)
    elif due:
        yield hit("PROC264", "提醒", threshold=threshold)


def hearing_held(view: View) -> Hits:
    """A hearing that was asked for in time was held, announced seven working days ahead."""
    asked, late = view.progress.last("要求听证"), view.progress.asked_late
    if asked and view.progress.hearing_open:
        yield hit("PROC266", day=day_or_unknown(asked.day))
    elif late and not view.progress.last("听证", "放弃听证"):
        yield hit("PROC267", "须说明理由", **_lateness(view, late))
    else:
        yield from _announced(view)


def _lateness(view: View, asked: Event) -> dict[str, object]:
    request = view.progress.hearing_request
    end = request.end if request else None
    return {"day": day_or_unknown(asked.day), "end": day_or_unknown(end)}


def _announced(view: View) -> Iterator[Hit]:
    held, notice = view.progress.last("听证"), view.progress.act("听证通知")
    if held is None:
        return
    if not held.attended:
        yield hit("PROC531", "提醒", held=day_or_unknown(held.day))
    told = view.progress.served(notice)
    term = view.law.term("hearing-notice", held.day)
    if told is None:
        yield hit("PROC268", "须说明理由", held=day_or_unknown(held.day))
    elif term.end and told > term.end:
        yield hit(
            "PROC269",
            "须说明理由",
            held=day_or_unknown(held.day),
            told=day_or_unknown(told),
            latest=day_or_unknown(term.end),
        )
    for key, planned, was in _changed(notice.event, held) if notice else ():
        facts = {"key": key, "planned": planned, "was": was, "held": day_or_unknown(held.day)}
        yield hit("PROC431", "须说明理由", **facts)


def _changed(notice: Event, held: Event) -> Iterator[tuple[str, str, str]]:
    """Yield what of a hearing was otherwise than its notice said, where both say it."""
    if notice.hearing_day and notice.hearing_day != held.day:
        yield "日期", day_or_unknown(notice.hearing_day), day_or_unknown(held.day)
    planned, was = name_key(notice.place), name_key(held.place)
    # A hall is often written once with its house and once without.
    if planned and was and planned not in was and was not in planned:
        yield "地点", notice.place, held.place
    if notice.chair and held.chair and name_key(notice.chair) != name_key(held.chair):
        yield "主持人", notice.chair, held.chair


def hearing_asked(view: View) -> Hits:
    """Somebody asked for the hearing, and in time: a later request gives no right to it."""
    if not view.progress.kinds.get("要求听证"):
        yield hit("PROC270")
    elif (late := view.progress.asked_late) and not view.progress.hearing_open:
        yield hit("PROC454", **_lateness(view, late))


def hearing_closed(view: View) -> Hits:
    """What is said of a child in a hearing is nobody else's business."""
    arranged = view.progress.act("听证通知")
    for event in (view.progress.last("听证"), arranged.event if arranged else None):
        if event and event.public:
            yield hit("PROC527", "提醒", kind=event.kind, day=day_or_unknown(event.day))
            return


def hearing_right_known(view: View) -> Hits:
    """A hearing is due from a threshold; nobody loses by one that is not due."""
    if view.clause.hearing_from(view.law) is None:
        yield hit("PROC265", "提醒")


def legally_reviewed(view: View) -> Hits:
    """After a hearing, or where the place asks for it,
    the review agreed before the decision (行政处罚法 58).
    """
    review, held = view.progress.last("法制审核"), view.progress.last("听证")
    always = view.law.procedure.switch("legal-review").value == "必经"
    if review and review.result != "同意":
        yield hit("PROC272", "禁止", result=review.result, day=day_or_unknown(review.day))
    elif review is None and (held or always):
        yield hit("PROC271", why="举行过听证" if held else "本地规定一律审核")
    elif review and held and review.day < held.day:
        facts = {"day": day_or_unknown(review.day), "held": day_or_unknown(held.day)}
        yield hit("PROC432", "提醒", **facts)


def discussed(view: View) -> Hits:
    """Complex or heavy cases are discussed by the heads together (行政处罚法 57 II)."""
    if view.progress.last("听证") and not view.progress.last("集体讨论"):
        yield hit("PROC273")


def as_discussed(view: View) -> Hits:
    """The fine is the one on which the heads agreed; words that name another are asked about."""
    talk, fine = view.progress.last("集体讨论"), amount_of(view)
    if talk is None or fine is None or talk.day > view.day:
        return
    day = day_or_unknown(talk.day)
    if talk.amount is not None and talk.amount != fine:
        yield hit("PROC356", fine=fine, agreed=talk.amount, day=day)
    elif talk.amount is None:
        said = [Decimal(figure) for figure in _YUAN.findall(talk.result)]
        if said and fine not in said:
            yield hit("PROC357", "提醒", fine=fine, result=talk.result, day=day)


def punished_once(view: View) -> Hits:
    """One refusal is fined once (行政处罚法 29)."""
    for act in acts_with(view.progress.acts, *DECISIONS):
        annulled = view.progress.enforcement and any(
            c.result in ANNULLED and (c.closed or view.day) >= act.day
            for c in view.progress.enforcement.remedy.contests
        )
        if act.day < view.day and not annulled:
            yield hit("PROC274", day=day_or_unknown(act.day), number=act.number or "没有文号")


def no_other_outcome(view: View) -> Hits:
    """The case did not already end without a penalty (行政处罚法 57);
    who disobeys an order made since may be doing wrong anew.
    """
    spared, order = view.progress.no_penalty, view.progress.order
    if spared and spared.day < view.day:
        anew = order is not None and order.act.day > spared.day
        facts = {"day": day_or_unknown(spared.day), "number": spared.number or "没有文号"}
        yield hit("PROC275", "须说明理由" if anew else None, **facts)


def one_outcome(view: View) -> Hits:
    """Nothing rests on a decision beside which stands another outcome of the same matter."""
    if both := outcomes_of(view.progress):
        first, second = both
        yield hit("PROC297", name=view.name, first=outcome_text(first), second=outcome_text(second))


def siblings(view: View) -> Hits:
    """With several children of one family each child's facts stand apart,
    each violator gets one decision.
    """
    if view.case.related:
        yield hit("PROC276", cases="、".join(view.case.related))


def order_joined(view: View) -> Hits:
    """A penalty goes together with an order to correct (行政处罚法 28 I)."""
    if view.progress.order is None:
        yield hit("PROC277")


def below_spot_cap(view: View) -> Hits:
    """On the spot a citizen is not fined more than the cap of the law."""
    cap, fine = view.law.registry.figure("summary-cap-citizen"), amount_of(view)
    least = view.clause.basis.least if view.clause.basis else None
    if fine is not None and fine > cap:
        yield hit("PROC278", fine=fine, cap=cap)
    elif fine is None and least is not None and least > cap:
        yield hit("PROC278", fine=least, cap=cap)


def review_first(view: View) -> Hits:
    """Against a fine on the spot review comes before suit, and the paper says so."""
    if review_comes_first(view.law, view.day):
        yield hit("PROC279")


def time_for_decision_enough(view: View) -> Hits:
    """What is left of the time for the decision must hold the time for defence."""
    if view.progress.filing is None:
        return
    end = view.law.term("decision-90", view.progress.filing.day).unrolled
    window = view.law.term("defence-window", view.day)
    period = view.law.figure_text("decision-90")
    if end and window.next_day and window.next_day > end:
        later = day_or_unknown(window.next_day)
        yield hit("PROC280", period=period, end=day_or_unknown(end), next=later)
    elif end and (end - view.day).days < SOON:
        yield hit("PROC281", "提醒", period=period, end=day_or_unknown(end))


CHECKS: Mapping[str, Check] = {
    "有处罚依据": has_basis,
    "逾期不改的条件已具备": condition_met,
    "罚款在幅度内": within_range,
    "已立案": case_filed,
    "没有立案": not_filed,
    "在追诉时效内": in_limitation,
    "在决定期限内": in_time_for_decision,
    "决定期限够用": time_for_decision_enough,
    "已事先告知": told_before,
    "申辩期已过": defence_over,
    "听证申请期已过": hearing_time_over,
    "申辩已答复": defence_answered,
    "不重于告知": not_heavier,
    "已告知听证权利": hearing_told,
    "告知听证权利": hearing_to_tell,
    "要求过听证": hearing_asked,
    "听证标准已知": hearing_right_known,
    "听证不公开": hearing_closed,
    "听证已举行": hearing_held,
    "法制审核已通过": legally_reviewed,
    "已集体讨论": discussed,
    "和集体讨论一致": as_discussed,
    "没有罚过": punished_once,
    "没有作过不予处罚": no_other_outcome,
    "结论只有一个": one_outcome,
    "同一家庭的孩子": siblings,
    "同时责令改正": order_joined,
    "当场处罚的上限": below_spot_cap,
    "先行复议": review_first,
}
